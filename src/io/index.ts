export { crc32 } from './bytes/crc32.js'
export { gunzip } from './bytes/gunzip.js'
export { unzip } from './bytes/unzip.js'
export { createReadContext } from './context.js'
export {
  DEFAULT_LIMITS,
  type Format,
  type Limits,
  type Opened,
  type OpenedArrays,
  type OpenedDataset,
  type OpenedElectrochemistry,
  type OpenedGeometry,
  type OpenedScatteringPath,
  type OpenedStructure,
  type OpenOptions,
  type ReadContext,
} from './format.js'
export * from './formats/index.js'
export { readNpy, writeNpy } from './formats/npy.js'
export { writeNpz } from './formats/npz.js'
export { type WriteXdiOptions, writeXdi } from './formats/xdi/writeXdi.js'
export type { NumberArray } from './numberArray.js'
export { type NamedBytes, type OpenInput, open, openDataset, openElectrochemistry } from './open.js'
export { type Saveable, type SaveFormat, type SaveOptions, save } from './save.js'
export * from './series/index.js'
export { type WriteCsvOptions, writeCsv, writeXye } from './write/writeColumns.js'
