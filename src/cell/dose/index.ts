export { absorbedDose, type BeamExposure, type LayerDose } from './absorbedDose.js'
export { accumulateDose, type SpotDose } from './accumulateDose.js'
export { type DosePlan, type DoseStrategy, doseBudget, type StrategyDose } from './doseBudget.js'
