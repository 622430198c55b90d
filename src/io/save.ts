import { gzipSync } from 'fflate'
import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import { throwIfAborted } from '../core/progress.js'
import type { Structure } from '../model/crystal/index.js'
import type { Dataset } from '../model/dataset.js'
import type { Electrochemistry } from '../model/electrochemistry.js'
import { writeCif } from './formats/cif/index.js'
import { writeBdf } from './formats/cycler/writeBdf.js'
import { type NexusContent, type WriteNexusOptions, writeNexus } from './formats/nexus/index.js'
import { writeNpy } from './formats/npy.js'
import { writeNpz } from './formats/npz.js'
import { type WriteXdiOptions, writeXdi } from './formats/xdi/writeXdi.js'
import type { NumberArray } from './numberArray.js'
import { WRITE_CSV_FIELDS, type WriteCsvOptions, writeCsv, writeXye } from './write/writeColumns.js'

/** What `save` takes: one Dataset or several, a cycler record, both (for NeXus), a crystal structure, bare arrays by name. */
export type Saveable =
  | Dataset
  | readonly Dataset[]
  | Electrochemistry
  | NexusContent
  | Structure
  | {
      /** Bare arrays by name. */
      readonly arrays: Readonly<Record<string, NumberArray>>
    }

/** The formats that operando writes. */
export type SaveFormat = 'nexus' | 'xdi' | 'xye' | 'csv' | 'bdf' | 'npy' | 'npz' | 'cif'

/** Options of `save`: the format, and those of its writer. */
export interface SaveOptions extends WriteNexusOptions, WriteCsvOptions, WriteXdiOptions {
  /** The format. Default: by the extension of the name. */
  format?: SaveFormat | undefined
  /** Aborts before writing. */
  signal?: AbortSignal | undefined
}

/** Their names, for `assertKnown`. */
export const SAVE_FIELDS: FieldsOf<SaveOptions> = {
  ...WRITE_CSV_FIELDS,
  format: true,
  signal: true,
  title: true,
  compression: true,
  element: true,
  edge: true,
  dSpacing: true,
  comments: true,
}

const EXTENSIONS: Readonly<Record<string, SaveFormat>> = {
  nxs: 'nexus',
  nexus: 'nexus',
  h5: 'nexus',
  hdf5: 'nexus',
  xdi: 'xdi',
  xye: 'xye',
  csv: 'csv',
  bdf: 'bdf',
  npy: 'npy',
  npz: 'npz',
  cif: 'cif',
}

/**
 * Saves to bytes, in the format that the name's extension asks for: `.nxs`/`.h5` (NeXus, which keeps everything), `.xye`, `.xdi` (absorption spectra, for Athena and Larch), `.csv` (curves on one axis; a cycler
 * record becomes a BDF table), `.bdf.csv`, `.npy`/`.npz` (numbers only), `.cif`. A further `.gz` packs it. `operando/io/node` writes to a path.
 *
 * @param name    File name; only its extension counts.
 * @param thing   What to save.
 * @param options Format, and the options of its writer.
 * @returns The bytes of the file; `open` reads them back.
 * @throws OperandoError `E_ARGUMENT` for an extension of no known format, `E_UNSUPPORTED` when the format cannot hold the thing (the message says which can),
 * and what the writer throws: `E_SHAPE`, `E_NAN`, `E_MISSING`, `E_DEPENDENCY`.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { open, save } from 'operando/io'
 * const pattern = createDataset({
 *   name: 'I', dims: ['twoTheta'], values: [10, 40, 20], sigma: [3, 6, 4], unit: 'counts',
 *   coords: { twoTheta: { dims: ['twoTheta'], values: [20, 20.1, 20.2], unit: 'deg' } },
 * })
 * const bytes = await save('pattern.xye', pattern)
 * console.log((await open({ name: 'pattern.xye', bytes })).kind) // dataset
 * ```
 */
export async function save(name: string, thing: Saveable, options: SaveOptions = {}): Promise<Uint8Array> {
  assertKnown(options, 'save options', SAVE_FIELDS)
  throwIfAborted(options.signal)
  if (typeof name !== 'string') throw new OperandoError('E_ARGUMENT', `save: a file name was expected, found ${typeof name}.`)
  assertObjects(thing)
  const packed = /\.gz$/i.test(name)
  const format = options.format ?? formatOf(name.replace(/\.gz$/i, ''))
  const content = await write(format, thing, options)
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return packed ? gzipSync(bytes) : bytes
}

function assertObjects(thing: unknown): void {
  const odd = (Array.isArray(thing) ? thing : [thing]).find(one => typeof one !== 'object' || one === null)
  if (odd === undefined && thing !== undefined) return
  throw new OperandoError('E_ARGUMENT', `save: a Dataset, a record, a structure or arrays were expected, found ${String(odd)}.`)
}

function formatOf(name: string): SaveFormat {
  if (/\.bdf\.csv$/i.test(name)) return 'bdf'
  const format = EXTENSIONS[/\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '']
  if (format) return format
  throw new OperandoError(
    'E_ARGUMENT',
    `save: ${name || '(no name)'} tells no format. Known extensions: ${Object.keys(EXTENSIONS)
      .map(e => `.${e}`)
      .join(' ')} .bdf.csv. Or pass { format }.`,
  )
}

async function write(format: SaveFormat, thing: Saveable, options: SaveOptions): Promise<string | Uint8Array> {
  const { title, compression, separator } = options
  const datasets = datasetsOf(thing)
  const record = isRecord(thing) ? thing : undefined
  switch (format) {
    case 'nexus':
      if (datasets) return writeNexus({ datasets }, { title, compression })
      if (record) return writeNexus({ electrochemistry: { electrochemistry: record } }, { title, compression })
      if ('datasets' in thing || 'electrochemistry' in thing) return writeNexus(thing as NexusContent, { title, compression })
      break
    case 'xdi':
      if (datasets) return writeXdi(datasets, xdiOptions(options))
      break
    case 'xye':
      if (datasets?.length === 1) return writeXye(datasets[0]!)
      break
    case 'csv':
      if (datasets) return writeCsv(datasets, { separator })
      if (record) return writeBdf(record)
      break
    case 'bdf':
      if (record) return writeBdf(record)
      break
    case 'npy':
      if (datasets?.length === 1) return writeNpy(datasets[0]!)
      if ('arrays' in thing && Object.keys(thing.arrays).length === 1) return writeNpy(Object.values(thing.arrays)[0]!)
      break
    case 'npz':
      if (datasets) return writeNpz(Object.fromEntries(datasets.map(d => [d.name, d])))
      if ('arrays' in thing) return writeNpz(thing.arrays)
      break
    case 'cif':
      if ('sites' in thing) return writeCif(thing)
      break
    default:
      throw new OperandoError(
        'E_ARGUMENT',
        `save: the format '${String(format)}' is not known: ${[...new Set(Object.values(EXTENSIONS))].join(', ')}.`,
      )
  }
  throw new OperandoError(
    'E_UNSUPPORTED',
    `save: ${format} cannot hold ${describe(thing)}. NeXus (.nxs) holds Datasets and cycler records, .csv curves or a record, .xdi spectra on energies, .xye one curve, .cif a structure, .npz arrays.`,
  )
}

function xdiOptions({ element, edge, dSpacing, comments }: SaveOptions): WriteXdiOptions {
  return { element, edge, dSpacing, comments }
}

function datasetsOf(thing: Saveable): readonly Dataset[] | undefined {
  if (Array.isArray(thing))
    return thing.length > 0 && thing.every(one => 'dims' in one) ? (thing as readonly Dataset[]) : undefined
  return 'dims' in thing ? [thing] : undefined
}

const isRecord = (thing: Saveable): thing is Electrochemistry => 'potential' in thing && 'current' in thing

function describe(thing: Saveable): string {
  if (Array.isArray(thing))
    return thing.every(one => 'dims' in one) ? `${thing.length} Datasets` : 'a list that is not of Datasets alone'
  if ('dims' in thing) return 'a Dataset'
  if (isRecord(thing)) return 'a cycler record'
  if ('sites' in thing) return 'a structure'
  return 'arrays' in thing ? 'bare arrays' : `an object with ${Object.keys(thing).join(', ') || 'nothing in it'}`
}
