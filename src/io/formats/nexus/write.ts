import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Dataset, Json, Step, Variable } from '../../../model/dataset.js'
import type { Electrochemistry } from '../../../model/electrochemistry.js'
import { buildHdf5, type H5Group } from '../../hdf5/h5.js'
import { createNameGiver, ORDER, ORIGINAL_NAME } from './names.js'
import { type StorageOptions, writeJson, writeVariable } from './writeVariable.js'

/** What a NeXus file of operando holds. */
export interface NexusContent {
  /** Datasets, each an NXdata group under its own name; the first is the default plot. */
  readonly datasets?: readonly Dataset[] | undefined
  /** Cycler records, by name. */
  readonly electrochemistry?: Readonly<Record<string, Electrochemistry>> | undefined
}

/** Options of {@link writeNexus}. */
export interface WriteNexusOptions extends StorageOptions {
  /** Title of the entry. */
  title?: string | undefined
}

const OPTIONS: FieldsOf<WriteNexusOptions> = { title: true, compression: true }

function createGroup(parent: H5Group, name: string, nxClass: string): H5Group {
  const group = parent.create_group(name)
  group.create_attribute('NX_class', nxClass)
  return group
}

/** Plain data of the models is JSON by construction; undefined members fall away in the text. */
const asJson = (value: unknown): Json => value as Json

function indices(variable: Variable, dims: readonly string[]): Int32Array {
  return Int32Array.from(variable.dims, dim => dims.indexOf(dim))
}

function writeHistory(parent: H5Group, history: readonly Step[]): void {
  history.forEach((step, i) => {
    const process = createGroup(parent, `step_${String(i).padStart(4, '0')}`, 'NXprocess')
    process.create_dataset({ name: 'program', data: 'operando' })
    process.create_dataset({ name: 'version', data: step.version })
    process.create_dataset({ name: 'sequence_index', data: Int32Array.of(i + 1), shape: [] })
    writeJson(process, 'operando_step', asJson(step))
  })
}

function writeDataset(entry: H5Group, groupName: string, ds: Dataset, options: StorageOptions): void {
  const data = createGroup(entry, groupName, 'NXdata')
  const giveName = createNameGiver()
  const signal = giveName(ds.name)
  data.create_attribute('signal', signal)
  data.create_attribute('operando_dims', JSON.stringify(ds.dims))
  writeVariable(data, signal, ds, ds.name, options)
  // NeXus names the axis of each dim by the field that holds it; a dim without its own coordinate is "."
  const fieldOf = new Map<string, string>()
  for (const [name, coord] of Object.entries(ds.coords)) {
    const field = giveName(name)
    if (name.endsWith('_errors'))
      throw new OperandoError(
        'E_ARGUMENT',
        `Coordinate ${name} of ${ds.name}: NeXus keeps the ending _errors for uncertainties. Rename it before saving.`,
      )
    fieldOf.set(name, field)
    writeVariable(data, field, coord, name, options)
    data.create_attribute(`${field}_indices`, indices(coord, ds.dims))
  }
  const axes = ds.dims.map(dim => (ds.coords[dim]?.dims.length === 1 ? fieldOf.get(dim)! : '.'))
  if (ds.complex) axes.push('.')
  if (axes.length > 0) data.create_attribute('axes', axes)
  if (fieldOf.size > 1) data.create_attribute(ORDER, [...fieldOf.values()])
  if (ds.mask) {
    const masks = createGroup(data, 'masks', 'NXcollection')
    masks.create_dataset({ name: 'mask', data: ds.mask, shape: [...ds.shape] })
  }
  const notes = createGroup(data, 'operando', 'NXcollection')
  writeJson(notes, 'meta', asJson(ds.meta))
  writeJson(notes, 'warnings', asJson(ds.warnings))
  writeHistory(notes, ds.history)
}

function writeElectrochemistry(
  entry: H5Group,
  groupName: string,
  name: string,
  record: Electrochemistry,
  options: StorageOptions,
): void {
  const data = createGroup(entry, groupName, 'NXdata')
  data.create_attribute('operando_class', 'Electrochemistry')
  if (groupName !== name) data.create_attribute(ORIGINAL_NAME, name)
  data.create_attribute('signal', 'potential')
  data.create_attribute('axes', ['time'])
  for (const field of ['time', 'potential', 'counterPotential', 'current', 'charge', 'x'] as const) {
    const variable = record[field]
    if (variable) writeVariable(data, field, variable, field, options)
  }
  for (const field of ['step', 'cycle', 'halfCycle', 'mode', 'interpolated'] as const) {
    const values = record[field]
    if (values) data.create_dataset({ name: field, data: values, shape: [values.length] })
  }
  const columns = createGroup(data, 'columns', 'NXcollection')
  const giveName = createNameGiver()
  for (const [column, variable] of Object.entries(record.columns))
    writeVariable(columns, giveName(column), variable, column, options)
  const notes = createGroup(data, 'operando', 'NXcollection')
  writeJson(notes, 'clock', asJson(record.clock))
  writeJson(notes, 'segments', asJson(record.segments))
  writeJson(notes, 'meta', asJson(record.meta))
  writeJson(notes, 'warnings', asJson(record.warnings))
}

/**
 * Writes Datasets and cycler records as a NeXus/HDF5 file: one NXentry, an NXdata for each, history as NXprocess, masks as NXcollection.
 * `readNexus` gives them back identical: units, sigma, edges, masks, history and all. Other NeXus readers see plottable NXdata.
 *
 * @param content What to write.
 * @param options Compression and title.
 * @returns The bytes of the file.
 * @throws OperandoError `E_DEPENDENCY` without the optional peer h5wasm, `E_ARGUMENT` for names that NeXus cannot hold.
 * @see NXdata, NeXus definitions 2022.07
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { readNexus, writeNexus } from 'operando/io'
 * const pattern = createDataset({ name: 'I', dims: ['q'], values: [1, 4, 2], unit: 'counts', coords: { q: { dims: ['q'], values: [1, 2, 3], unit: '1/Å' } } })
 * const bytes = await writeNexus({ datasets: [pattern] })
 * const { datasets } = await readNexus(bytes, { file: 'pattern.nxs' })
 * console.log(datasets[0]?.coords.q?.unit.symbol)
 * ```
 */
export async function writeNexus(content: NexusContent, options: WriteNexusOptions = {}): Promise<Uint8Array> {
  assertKnown(options, 'writeNexus options', OPTIONS)
  assertFields(content, 'writeNexus: { datasets, electrochemistry }', [])
  const datasets = content.datasets ?? []
  const records = Object.entries(content.electrochemistry ?? {})
  return buildHdf5(root => {
    root.create_attribute('NX_class', 'NXroot')
    root.create_attribute('default', 'entry')
    const entry = createGroup(root, 'entry', 'NXentry')
    if (options.title !== undefined) entry.create_dataset({ name: 'title', data: options.title })
    const giveName = createNameGiver()
    giveName('title')
    const groups = [...datasets.map(ds => giveName(ds.name)), ...records.map(([name]) => giveName(name))]
    if (groups[0] !== undefined) entry.create_attribute('default', groups[0])
    if (groups.length > 1) entry.create_attribute(ORDER, groups)
    for (const [i, ds] of datasets.entries()) writeDataset(entry, groups[i]!, ds, options)
    for (const [i, [name, record]] of records.entries())
      writeElectrochemistry(entry, groups[datasets.length + i]!, name, record, options)
  })
}
