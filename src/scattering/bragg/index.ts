export { type Doublet, K_ALPHA } from './doublet.js'
export { type DSpacingOptions, dSpacingOfPeak, type Estimate, type PeakAxis } from './dSpacingOfPeak.js'
export * from './simulatePattern.js'
