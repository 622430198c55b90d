export { combineOpposite } from './combineOpposite.js'
export { type CorrectSinogramsOptions, type CtAxis, correctSinograms } from './correctSinograms.js'
export { findRotationCentre, type SinogramInput } from './findRotationCentre.js'
export { type ParallaxOptions, parallaxShift } from './parallax.js'
export {
  type ReconstructBinsOptions,
  type ReconstructSlice,
  reconstructBins,
  type SinogramToReconstruct,
} from './reconstructBins.js'
