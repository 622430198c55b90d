export { createRefinement } from './createRefinement.js'
export { type HamiltonTest, hamiltonTest } from './hamiltonTest.js'
export { type InstrumentFromStandardOptions, instrumentFromStandard } from './instrumentFromStandard.js'
export { leBail } from './leBail.js'
export { type AntisiteSites, antisiteMixing, chargeBalance, fixedComposition, type ParameterChoices } from './occupancyTies.js'
export { pawley } from './pawley.js'
export type {
  AbsorptionChoice,
  Agreement,
  AxialHeights,
  BackgroundChoice,
  Correlation,
  ExtractedLine,
  InstrumentProfile,
  IntensityChoice,
  InternalStandard,
  LatticePhase,
  MassFractions,
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
  TextureChoice,
} from './refinementTypes.js'
export { rietveld } from './rietveld.js'
