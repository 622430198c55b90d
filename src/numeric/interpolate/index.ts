export * from './akima.js'
export * from './bspline.js'
export { type InterpolateOptions, type InterpolationMethod, interpolate } from './interpolate.js'
export * from './interpolateSigma.js'
export {
  createInterpolationResponse,
  type InterpolationResponse,
  type InterpolationResponseOptions,
} from './interpolationResponse.js'
export * from './linear.js'
export * from './pchip.js'
export { type InterpolantOptions, type Outside, PiecewiseCubic } from './piecewiseCubic.js'
export * from './smoothingSpline.js'
export { createSpline, type SplineEnds, type SplineOptions } from './spline.js'
export { createSplineResampler, type SplineResampler } from './splineResampler.js'
