import { OperandoError } from '../../core/errors.js'
import { datasetIn, groupIn } from '../hdf5/children.js'
import type { H5Dataset, H5File, H5Group } from '../hdf5/h5.js'
import { textAttribute } from '../hdf5/values.js'

/** Frames of an HDF5 file, in one dataset or in several that follow each other. */
export interface FrameStack {
  /** The group in which the first dataset lies by the path that was taken: its other fields tell of the frames. */
  readonly group: H5Group
  /** Datasets with the number of their first frame. */
  readonly parts: readonly { readonly dataset: H5Dataset; readonly first: number }[]
  /** Frames, rows, columns. */
  readonly shape: readonly [number, number, number]
  /** Names of parts that are linked and are not there. */
  readonly missing: readonly string[]
}

/** How deep groups are searched: links may run in circles. */
const DEPTH = 8

/**
 * Finds the frames of an HDF5 file: a dataset that is named; `data_000001` ... of an EIGER master; the signal of the default plot; or the only stack of images there is.
 * @param root Open file.
 * @param file Its name, for messages.
 * @param path Of the dataset, or of the group of `data_000001` ....
 * @throws OperandoError `E_MISSING` when there is no stack there, `E_ARGUMENT` when it is not clear which, `E_SHAPE` when parts do not fit each other.
 */
export function frameStack(root: H5File, file: string, path?: string): FrameStack {
  if (path !== undefined) {
    const named = root.get(path)
    if (named !== null && 'type' in named && named.type === 'Group') {
      const parts = numberedParts(named as H5Group)
      if (parts) return joined(named as H5Group, parts, file)
    }
    const dataset = named !== null && 'type' in named && named.type === 'Dataset' ? (named as H5Dataset) : undefined
    const parent = root.get(path.slice(0, path.lastIndexOf('/')) || '/') as H5Group
    if (dataset && isStack(dataset)) return joined(parent, [[path, dataset]], file)
    throw new OperandoError(
      'E_MISSING',
      `${file}: ${path} is no stack of images (frames x rows x columns). ${told(stacks(root))}`,
      {
        details: { file, path },
      },
    )
  }
  for (const place of ['entry/data', 'entry']) {
    const group = groupIn(root, place)
    const parts = group && numberedParts(group)
    if (group && parts) return joined(group, parts, file)
  }
  const signal = defaultSignal(root)
  if (signal) return joined(signal.group, [[signal.name, signal.dataset]], file)
  const found = stacks(root)
  if (found.length === 1) return joined(found[0]!.group, [[found[0]!.path, found[0]!.dataset]], file)
  if (found.length > 1)
    throw new OperandoError(
      'E_ARGUMENT',
      `${file}: which stack of images is meant? Say { dataset: '${found[0]!.path}' }. ${told(found)}`,
      {
        details: { file },
      },
    )
  throw new OperandoError('E_MISSING', `${file}: holds no stack of images (a dataset of frames x rows x columns).`, {
    details: { file },
  })
}

type Named = readonly [name: string, dataset: H5Dataset | undefined]

/** `data_000001` ... of a group, in their order; links that lead nowhere with nothing. */
function numberedParts(group: H5Group): Named[] | undefined {
  const names = group.keys().filter(name => /^data_\d+$/.test(name))
  if (names.length === 0) return undefined
  names.sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
  return names.map(name => [name, datasetIn(group, name)])
}

function joined(group: H5Group, named: readonly Named[], file: string): FrameStack {
  const parts: { dataset: H5Dataset; first: number }[] = []
  const missing: string[] = []
  let frames = 0
  let size: [number, number] | undefined
  for (const [name, dataset] of named) {
    if (!dataset) {
      missing.push(name)
      continue
    }
    const [count, rows, columns] = dataset.shape as [number, number, number]
    if (!isStack(dataset) || (size && (rows !== size[0] || columns !== size[1])))
      throw new OperandoError(
        'E_SHAPE',
        `${file}: ${name} is ${dataset.shape?.join(' x ')}: frames x ${size ? size.join(' x ') : 'rows x columns'} expected.`,
        { details: { file } },
      )
    size = [rows, columns]
    parts.push({ dataset, first: frames })
    frames += count
  }
  if (size && frames > 0) return { group, parts, shape: [frames, ...size], missing }
  throw new OperandoError(
    'E_MISSING',
    `${file}: none of the files that hold its frames is there (${missing.join(', ')}). They must lie beside it under their own names.`,
    { details: { file } },
  )
}

/** The images of the default plot, as `@default` and `@signal` lead to them. */
function defaultSignal(root: H5File): { group: H5Group; name: string; dataset: H5Dataset } | undefined {
  let group: H5Group = root
  for (let depth = 0; depth < DEPTH; depth++) {
    const name = textAttribute(group, 'signal')
    const dataset = name === undefined ? undefined : datasetIn(group, name)
    if (name !== undefined && dataset && isStack(dataset)) return { group, name, dataset }
    const next = textAttribute(group, 'default')
    const child = next === undefined ? undefined : groupIn(group, next)
    if (!child) return undefined
    group = child
  }
  return undefined
}

interface FoundStack {
  readonly group: H5Group
  readonly path: string
  readonly dataset: H5Dataset
}

function stacks(group: H5Group, depth = 0, path = ''): FoundStack[] {
  if (depth > DEPTH) return []
  return group.keys().flatMap(name => {
    const dataset = datasetIn(group, name)
    if (dataset) return isStack(dataset) ? [{ group, path: `${path}/${name}`, dataset }] : []
    const child = groupIn(group, name)
    return child ? stacks(child, depth + 1, `${path}/${name}`) : []
  })
}

const isStack = ({ shape }: H5Dataset): boolean => shape?.length === 3 && shape[1]! > 1 && shape[2]! > 1

const told = (found: readonly FoundStack[]): string =>
  found.length === 0
    ? ''
    : `It holds ${found
        .slice(0, 8)
        .map(({ path, dataset }) => `${path} (${dataset.shape?.join(' x ')})`)
        .join(', ')}.`
