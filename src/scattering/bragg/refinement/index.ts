export { leBail } from './leBail.js'
export { pawley } from './pawley.js'
export type {
  Agreement,
  Correlation,
  ExtractedLine,
  LatticePhase,
  LatticeRefinement,
  ParameterChoice,
  RefinementOptions,
  RefinementPattern,
  SerialErrors,
} from './refinementTypes.js'
