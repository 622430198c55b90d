export { fitCurve } from './fitCurve.js'
export type {
  ArrayModel,
  ConfidenceBand,
  CurveDerivatives,
  CurveFit,
  CurveModel,
  CurveParameter,
  FitCurveOptions,
  PointModel,
  Values,
} from './types.js'
