import { OperandoError } from '../../../core/errors.js'
import { assertBytes, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import type { Dataset, Meta, Variable } from '../../../model/dataset.js'
import type { ClockRelation, CyclingSegment, Electrochemistry } from '../../../model/electrochemistry.js'
import { datasetIn, groupIn } from '../../hdf5/children.js'
import { type H5File, type H5Group, withHdf5 } from '../../hdf5/h5.js'
import { attributeOf, readNumbers, textAttribute } from '../../hdf5/values.js'
import { inOrder, ORDER, ORIGINAL_NAME } from './names.js'
import { readData } from './readData.js'
import { readField, readJson } from './readVariable.js'
import { isOldXas, readOldXas, withXasMeta, xasEntryOf } from './xasEntry.js'

/** Options of {@link readNexus}. */
export interface ReadNexusOptions {
  /** Name of the file, for messages. Default `(bytes)`. */
  file?: string | undefined
  /** Path of the one NXdata group to read, e.g. `/entry/data`. Default: all of them, the default plot first. */
  path?: string | undefined
}

const OPTIONS: FieldsOf<ReadNexusOptions> = { file: true, path: true }

/** What {@link readNexus} returns. */
export interface NexusFile {
  /** The Datasets, that of the default plot first. */
  readonly datasets: readonly Dataset[]
  /** The cycler records that operando wrote, by name. */
  readonly electrochemistry: Readonly<Record<string, Electrochemistry>>
  /** Groups that could not be read, and why. */
  readonly warnings: readonly Issue[]
}

/** Groups of class NXdata below a group, in the order of the file; links that lead nowhere are passed over. */
function dataGroups(group: H5Group, found: H5Group[] = []): H5Group[] {
  for (const key of inOrder(group.keys(), attributeOf(group, ORDER))) {
    const child = groupIn(group, key)
    if (!child) continue
    if (textAttribute(child, 'NX_class') === 'NXdata') found.push(child)
    else dataGroups(child, found)
  }
  return found
}

/** Follows the `@default` chain from the root to an NXdata group. */
function defaultGroup(root: H5File): string | undefined {
  let group: H5Group = root
  for (let depth = 0; depth < 16; depth++) {
    if (textAttribute(group, 'NX_class') === 'NXdata') return group.path
    const next = textAttribute(group, 'default')
    const child = next === undefined ? undefined : groupIn(group, next)
    if (!child) return undefined
    group = child
  }
  return undefined
}

function readRecord(group: H5Group, file: string, warnings: Issue[]): Electrochemistry {
  const variable = (from: H5Group, name: string): Variable<'row'> | undefined => {
    const field = readField(from, name, file, warnings)
    return (
      field && {
        dims: ['row'],
        shape: [field.values.length],
        values: field.values,
        unit: field.unit,
        ...(field.sigma ? { sigma: field.sigma } : {}),
        ...(field.label === undefined ? {} : { label: field.label }),
      }
    )
  }
  const must = (name: string): Variable<'row'> => {
    const found = variable(group, name)
    if (!found)
      throw new OperandoError('E_MISSING', `${file}:${group.path} is a cycler record without ${name}.`, { details: { file } })
    return found
  }
  const numbers = (name: string): Float64Array | undefined => {
    const dataset = datasetIn(group, name)
    return dataset && Float64Array.from(readNumbers(dataset, `${file}:${group.path}/${name}`).values)
  }
  const integers = (name: string): Int32Array => {
    const found = numbers(name)
    if (!found)
      throw new OperandoError('E_MISSING', `${file}:${group.path} is a cycler record without ${name}.`, { details: { file } })
    return Int32Array.from(found)
  }
  const columns: Record<string, Variable<'row'>> = {}
  const columnGroup = groupIn(group, 'columns')
  if (columnGroup) {
    for (const key of inOrder(columnGroup.keys(), attributeOf(columnGroup, ORDER))) {
      const column = key.endsWith('_errors') ? undefined : variable(columnGroup, key)
      if (column) columns[textAttribute(datasetIn(columnGroup, key)!, ORIGINAL_NAME) ?? key] = column
    }
  }
  const notes = groupIn(group, 'operando')
  const counterPotential = variable(group, 'counterPotential')
  const x = variable(group, 'x')
  const interpolated = numbers('interpolated')
  return Object.freeze({
    time: must('time'),
    potential: must('potential'),
    ...(counterPotential ? { counterPotential } : {}),
    current: must('current'),
    charge: must('charge'),
    ...(x ? { x } : {}),
    step: integers('step'),
    cycle: integers('cycle'),
    halfCycle: integers('halfCycle'),
    mode: Uint8Array.from(integers('mode')),
    ...(interpolated ? { interpolated: Uint8Array.from(interpolated) } : {}),
    columns,
    clock: readJson(notes, 'clock') as ClockRelation,
    segments: (readJson(notes, 'segments') ?? []) as CyclingSegment[],
    meta: (readJson(notes, 'meta') ?? {}) as Meta,
    warnings: [...((readJson(notes, 'warnings') ?? []) as Issue[]), ...warnings],
  })
}

/**
 * Reads the NXdata groups of a NeXus/HDF5 file as Datasets, and the cycler records that operando wrote.
 * Understands `@signal`/`@axes`, `_indices`, `_errors`, auxiliary signals, bin edges (n + 1 values) and the old `signal=1` style; of NXxas, the old definition and those
 * that extend the new one, element, edge, sample and moment go into `meta`.
 *
 * @param bytes   The whole file.
 * @param options File name for messages; the path of one group.
 * @throws OperandoError `E_FORMAT` if it is no HDF5, is damaged or holds no NXdata; `E_MISSING` for a path that does not exist;
 *   `E_UNSUPPORTED` for filters without plugin; `E_DEPENDENCY` without the optional peer h5wasm.
 * @see NXdata, NeXus definitions 2022.07
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { readNexus, writeNexus } from 'operando/io'
 * const curve = createDataset({
 *   name: 'I',
 *   dims: ['q'],
 *   values: [5, 7],
 *   sigma: [2, 3],
 *   unit: 'counts',
 *   coords: { q: { dims: ['q'], values: [1, 1.1], unit: '1/Å' } },
 * })
 * const file = await writeNexus({ datasets: [curve] })
 * const { datasets } = await readNexus(file, { file: 'curve.nxs' })
 * datasets[0]!.unit.symbol // 'counts'
 * ```
 */
export async function readNexus(bytes: Uint8Array, options: ReadNexusOptions = {}): Promise<NexusFile> {
  assertKnown(options, 'readNexus options', OPTIONS)
  assertBytes(bytes, 'readNexus')
  const file = options.file ?? '(bytes)'
  return withHdf5(bytes, file, root => {
    const groups = dataGroups(root)
    const paths = groups.map(group => group.path)
    if (options.path !== undefined && !paths.includes(options.path)) {
      throw new OperandoError('E_MISSING', `${file}: no NXdata at ${options.path}; there are ${paths.join(', ') || 'none'}.`, {
        details: { file, path: options.path },
      })
    }
    if (groups.length === 0)
      throw new OperandoError('E_FORMAT', `${file}: no group of class NXdata; it holds ${root.keys().join(', ') || 'nothing'}.`, {
        details: { file },
      })
    const first = options.path ?? defaultGroup(root)
    const chosen =
      options.path === undefined
        ? groups.sort((a, b) => Number(b.path === first) - Number(a.path === first))
        : groups.filter(group => group.path === first)
    const datasets: Dataset[] = []
    const electrochemistry: Record<string, Electrochemistry> = {}
    const warnings: Issue[] = []
    for (const group of chosen) {
      if (textAttribute(group, 'operando_class') === 'Electrochemistry') {
        electrochemistry[textAttribute(group, ORIGINAL_NAME) ?? group.path.split('/').pop()!] = readRecord(group, file, [])
        continue
      }
      const entry = xasEntryOf(root, group)
      if (!entry) datasets.push(...readData(group, file))
      else {
        const spectra = isOldXas(group) ? readOldXas(group, entry, file) : readData(group, file)
        datasets.push(...spectra.map(spectrum => withXasMeta(spectrum, entry)))
      }
    }
    return { datasets, electrochemistry, warnings }
  })
}
