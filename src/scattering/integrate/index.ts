export { createIntegrator, type FrameInput, type FramePattern, type Integrator } from './createIntegrator.js'
export { type IntegrateOptions, integrate } from './integrate.js'
export type { AzimuthalStatistic, CakeOptions, ErrorModel, IntegratorOptions } from './integratorOptions.js'
export type { Splitting } from './pixels.js'
