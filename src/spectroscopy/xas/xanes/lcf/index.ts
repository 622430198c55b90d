export { type BestCombinationsOptions, bestCombinations, type RankedCombination } from './bestCombinations.js'
export { createLinearCombination, type LinearCombinationPlan } from './createLinearCombination.js'
export type {
  EnergyShift,
  LinearCombinationFit,
  LinearCombinationOptions,
  LinearCombinationSeries,
  LinearComponent,
} from './linearCombination.js'
export { linearCombinationFit } from './linearCombinationFit.js'
export { type LinearCombinationTrends, linearCombinationSeries } from './linearCombinationSeries.js'
export type { ReferenceSpectrum } from './references.js'
