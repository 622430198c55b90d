export type { Spectrum } from './spectrum.js'
export * from './xas/index.js'
export * from './xes/index.js'
