export { type CifBlock, type CifFile, type CifLoop, type CifValue, type ParseCifOptions, parseCif } from './parseCif.js'
export { type ReadStructureOptions, readStructure } from './readStructure.js'
export { writeCif } from './writeCif.js'
