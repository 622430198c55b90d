export { createRefinement } from './createRefinement.js'
export { leBail } from './leBail.js'
export { pawley } from './pawley.js'
export type {
  Agreement,
  Correlation,
  ExtractedLine,
  InstrumentProfile,
  LatticePhase,
  ParameterChoice,
  PatternAxis,
  RefinedPattern,
  Refinement,
  RefinementAxis,
  RefinementData,
  RefinementFitOptions,
  RefinementOptions,
  RefinementPattern,
  RefinementResult,
  SerialErrors,
} from './refinementTypes.js'
