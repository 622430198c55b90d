export { type CellLine, type CellLinesOptions, cellLines } from './cellLines.js'
export type { LineStructure } from './knownStructures.js'
