export type { CapacityBasis, CapacityPer } from './capacityBasis.js'
export * from './cRate.js'
export * from './theoreticalCapacity.js'
