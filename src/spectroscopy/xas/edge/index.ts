export type { EdgeSense } from './edgeSense.js'
export { type EdgeDefinition, type EdgeEnergy, type FindE0Options, findE0 } from './findE0.js'
export { type EnergyAndMu, type FoilShift, type FoilShiftOptions, foilShift } from './foilShift.js'
