export { fitCurve } from './fitCurve.js'
export { levenbergMarquardt } from './levenbergMarquardt.js'
export type {
  ArrayModel,
  ConfidenceBand,
  CurveDerivatives,
  CurveFit,
  CurveMethod,
  CurveModel,
  CurveParameter,
  CurveSearch,
  CurveSearchEnd,
  CurveSpace,
  CurveValues,
  FitCurveOptions,
  PointModel,
} from './types.js'
