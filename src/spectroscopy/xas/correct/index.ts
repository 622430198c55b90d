export { type BroadenOptions, broaden } from './broaden.js'
export { type CompareYieldsOptions, compareYields, type YieldComparison } from './compareYields.js'
export { correctLeak, leakedAbsorption } from './correctLeak.js'
export { type DeconvolvedSpectrum, type DeconvolveOptions, deconvolve } from './deconvolve.js'
export { type Deglitched, type DeglitchOptions, deglitch } from './deglitch.js'
export { type ExtractedSpectrum, type ExtractSpectrumOptions, extractSpectrum } from './extractSpectrum.js'
export { type LockIn, type LockInOptions, lockIn } from './lockIn.js'
export {
  type CorrectOverAbsorptionOptions,
  correctOverAbsorption,
  type OverAbsorption,
  type OverAbsorptionCorrected,
  type OverAbsorptionOptions,
  overAbsorptionOf,
} from './overAbsorption.js'
export {
  layerAbsorption,
  type SubtractComponentsOptions,
  type SubtractedComponents,
  subtractComponents,
} from './subtractComponents.js'
export { type TruncateOptions, truncateSpectrum } from './truncateSpectrum.js'
export { correctYieldSaturation, type YieldDepth, type YieldSaturationOptions, yieldSignal } from './yieldSaturation.js'
