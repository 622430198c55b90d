export type { CapacityBasis, CapacityPer } from './capacityBasis.js'
export * from './cRate.js'
export {
  type CapacityCurve,
  type DerivativeSmoothing,
  type DifferentialCapacity,
  type DifferentialCapacityOptions,
  differentialCapacity,
} from './differentialCapacity.js'
export * from './differentialVoltage.js'
export * from './electrodePotentials.js'
export { findHalfCycles, type HalfCycle, type HalfCycleOptions } from './findHalfCycles.js'
export * from './halfCycleCurve.js'
export * from './impedance/index.js'
export * from './ohmicDrops.js'
export * from './summarizeCycles.js'
export * from './theoreticalCapacity.js'
export * from './titration/index.js'
export * from './withCorrectedComposition.js'
