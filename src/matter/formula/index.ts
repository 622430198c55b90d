export type { StateOrigin } from './chargeLedger.js'
export * from './oxidationStates.js'
