export { type CauchyWaveletOptions, cauchyWavelet } from './cauchyWavelet.js'
export type { ComplexParts } from './complexParts.js'
export { createXftf, type XftfPlan } from './createXftf.js'
export { kGrid } from './kGrid.js'
export { type MorletWaveletOptions, morletWavelet } from './morletWavelet.js'
export {
  TRANSFORM_WINDOWS,
  type TransformWindow,
  type TransformWindowOptions,
  transformWindow,
} from './transformWindow.js'
export type { WaveletMap, WaveletOptions } from './waveletMap.js'
export { energyOfWavenumber, K2_PER_EV, wavenumber } from './wavenumber.js'
export { type ChiR, xftf } from './xftf.js'
export type { PathPhase, XftfOptions } from './xftfOptions.js'
export { type ChiQ, type ChiRInput, type XftrOptions, xftr } from './xftr.js'
