export * from './chiSquareDistribution.js'
export * from './covarianceMatrix.js'
export { fCdf, fQuantile } from './fDistribution.js'
export { type LinearRegression, type LinearRegressionOptions, linearRegression } from './linearRegression.js'
export { mean, standardDeviation, type VarianceOptions, variance } from './mean.js'
export * from './normalDistribution.js'
export type { Tail } from './probability.js'
export { median, quantiles, weightedMedian } from './quantile.js'
export * from './robust.js'
export {
  type CumulativeStatistics,
  cumulativeStatistics,
  type RollingOptions,
  type RollingStatistic,
  rolling,
} from './rolling.js'
export type { NanOptions } from './sample.js'
export * from './studentDistribution.js'
export * from './theilSen.js'
export * from './weightedMean.js'
