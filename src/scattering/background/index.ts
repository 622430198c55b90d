export { chebyshev, chebyshevBasis, type Domain } from './chebyshev.js'
export { type EstimateBackgroundOptions, estimateBackground } from './estimateBackground.js'
export { type ChebyshevFit, type FitChebyshevOptions, fitChebyshev } from './fitChebyshev.js'
export { type SnipOptions, snip } from './snip.js'
export {
  type BackgroundPoints,
  type PickBackgroundOptions,
  pickBackground,
  type SplineBackgroundOptions,
  splineBackground,
} from './splineBackground.js'
