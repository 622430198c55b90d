export { createLeastSquares, type LeastSquaresPlan, type StartValues } from './createLeastSquares.js'
export { type Expression, type ExpressionFunction, parseExpression } from './expression.js'
export { leastSquares } from './leastSquares.js'
export type { TieFunction } from './ties.js'
export type {
  CombinedProblem,
  FitTolerances,
  LeastSquaresOptions,
  LeastSquaresProblem,
  Loss,
  ParameterInput,
  ResidualProblem,
} from './types.js'
