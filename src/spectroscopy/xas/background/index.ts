export { type Autobk, type AutobkSpectrumOptions, autobk } from './autobk.js'
export type { AutobkLayout } from './autobkLayout.js'
export type { AutobkClamps, AutobkOptions, AutobkStandard, ClampConvention } from './autobkOptions.js'
export { type AutobkErrors, type AutobkPlan, createAutobk } from './createAutobk.js'
