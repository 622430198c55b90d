export { type CellFromPeaks, type CellFromPeaksOptions, cellFromPeaks, type IndexedLine } from './cellFromPeaks.js'
export * from './corrections/index.js'
export { type Doublet, K_ALPHA } from './doublet.js'
export { type DSpacingOptions, dSpacingOfPeak, type Estimate, type PeakAxis } from './dSpacingOfPeak.js'
export * from './indexing/index.js'
export { type LatticeParameter, type LatticeParameterOptions, latticeParameter } from './latticeParameter.js'
export * from './mechanism/index.js'
export * from './phases/index.js'
export * from './plating/index.js'
export { type PowderLine, type PowderReflectionOptions, type PowderReflections, powderReflections } from './powderReflections.js'
export * from './quickLooks/index.js'
export * from './refinement/index.js'
export * from './search/index.js'
export * from './sequential/index.js'
export * from './simulatePattern.js'
export * from './staging/index.js'
export {
  createStructureFactors,
  type StructureFactorOptions,
  type StructureFactors,
} from './structureFactors/createStructureFactors.js'
export * from './weakLines/index.js'
export * from './widths/index.js'
