export { type DesignXasOptions, designXas, type XasDesign, type XasThickness } from './designXas.js'
export { type Dilution, type DilutionOptions, diluteForEdge } from './diluteForEdge.js'
export type { EdgeChoice } from './edgeJump.js'
export { type HiddenEdge, type HiddenEdgesOptions, hiddenEdges } from './hiddenEdges.js'
