import { OperandoError } from '../../../core/errors.js'
import type { Issue } from '../../../core/issue.js'
import { createDataset } from '../../../model/createDataset.js'
import type { Dataset, Meta, Step, Variable } from '../../../model/dataset.js'
import { datasetIn, groupIn } from '../../hdf5/children.js'
import type { H5Group } from '../../hdf5/h5.js'
import { attributeOf, readNumbers, textAttribute } from '../../hdf5/values.js'
import { inOrder, ORDER } from './names.js'
import { type Field, readField, readJson } from './readVariable.js'

/** The names in an attribute that is a text, a colon- or comma-separated text, or a list of texts. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/[:,]/).map(name => name.trim().replace(/^\[|\]$/g, ''))
  return Array.isArray(value) ? value.map(String) : []
}

/** Name of the signal: `@signal` of the group, or the field marked `signal=1` in files of the old style. */
function signalName(group: H5Group): string | undefined {
  const named = textAttribute(group, 'signal')
  if (named !== undefined) return named
  return group.keys().find(key => {
    const child = datasetIn(group, key)
    return child !== undefined && ['1', 1].includes(attributeOf(child, 'signal') as string | number)
  })
}

function dimsOf(group: H5Group, signal: string, rank: number): string[] {
  const own = textAttribute(group, 'operando_dims')
  if (own !== undefined) return JSON.parse(own) as string[]
  const names = namesIn(attributeOf(group, 'axes') ?? attributeOf(datasetIn(group, signal)!, 'axes'))
  return Array.from({ length: rank }, (_, axis) =>
    names[axis] === undefined || names[axis] === '.' || names[axis] === '' ? `dim_${axis}` : names[axis]!,
  )
}

/** Which dims of the signal a field lies on: by `@<field>_indices`, by being a named axis, else by its shape if only one dim fits. */
function fieldDims(group: H5Group, field: Field, dims: readonly string[], shape: readonly number[]): string[] | undefined {
  const indices = attributeOf(group, `${field.field}_indices`)
  const list = typeof indices === 'number' ? [indices] : Array.isArray(indices) ? (indices as number[]) : undefined
  if (list?.every(i => Number.isInteger(i) && i >= 0 && i < dims.length)) return list.map(i => dims[i]!)
  if (dims.includes(field.name)) return [field.name]
  if (field.shape.length === 0) return []
  return field.shape.length === shape.length && field.shape.every((n, i) => n === shape[i]) ? [...dims] : undefined
}

function toVariable(
  field: Field,
  dims: readonly string[],
  signalShape: readonly number[],
  signalDims: readonly string[],
): Variable | undefined {
  const lengths = dims.map(dim => signalShape[signalDims.indexOf(dim)]!)
  const last = lengths.length - 1
  const found = field.complex ? field.shape.slice(0, -1) : field.shape
  const edges = last >= 0 && found[last] === lengths[last]! + 1
  if (!found.every((n, i) => n === lengths[i]! + (edges && i === last ? 1 : 0)) || found.length !== lengths.length)
    return undefined
  return {
    dims,
    shape: lengths,
    values: field.values,
    unit: field.unit,
    ...(field.sigma ? { sigma: field.sigma } : {}),
    ...(edges ? { edges: true } : {}),
    ...(field.label === undefined ? {} : { label: field.label }),
    ...(field.complex ? { complex: true } : {}),
  }
}

function readHistory(notes: H5Group | undefined): Step[] {
  if (!notes) return []
  const names = notes
    .keys()
    .filter(key => key.startsWith('step_'))
    .sort()
  return names.map(name => readJson(groupIn(notes, name), 'operando_step') as Step)
}

function readMask(group: H5Group, file: string): Uint8Array | undefined {
  const masks = groupIn(group, 'masks')
  const mask = masks && datasetIn(masks, 'mask')
  if (!mask) return undefined
  return Uint8Array.from(readNumbers(mask, `${file}:${group.path}/masks/mask`).values)
}

/**
 * Reads one NXdata group: its signal, and each auxiliary signal as a Dataset of its own with the same coordinates.
 * @param group The open group.
 * @param file  For messages.
 * @throws OperandoError `E_FORMAT` if there is no signal; `E_SHAPE` if axes do not fit it.
 */
export function readData(group: H5Group, file: string): Dataset[] {
  const warnings: Issue[] = []
  const signal = signalName(group)
  const main = signal === undefined ? undefined : readField(group, signal, file, warnings)
  if (signal === undefined || main === undefined) {
    const what = signal === undefined ? 'an attribute "signal" was expected' : `its signal "${signal}" does not exist`
    throw new OperandoError(
      'E_FORMAT',
      `${file}:${group.path} is no NXdata: ${what}. It holds ${group.keys().join(', ') || 'nothing'}.`,
      { details: { file } },
    )
  }
  const shape = main.complex ? main.shape.slice(0, -1) : main.shape
  const dims = dimsOf(group, signal, shape.length)
  const auxiliary = namesIn(attributeOf(group, 'auxiliary_signals'))
  const coords: Record<string, Variable> = {}
  for (const key of inOrder(group.keys(), attributeOf(group, ORDER))) {
    if (key === signal || auxiliary.includes(key) || (key.endsWith('_errors') && group.get(key.slice(0, -7)) !== null)) continue
    const field = readField(group, key, file, warnings)
    if (!field) continue
    const on = fieldDims(group, field, dims, shape)
    const variable = on && toVariable(field, on, shape, dims)
    if (variable) coords[field.name] = variable
    else
      warnings.push({
        code: 'W_AXIS',
        message: `shape ${field.shape.join(' x ')} fits no dim of the signal (${shape.join(' x ')}); left out`,
        file,
        place: `${group.path}/${key}`,
      })
  }
  const notes = groupIn(group, 'operando')
  const meta = (readJson(notes, 'meta') ?? {}) as Meta
  const kept = (readJson(notes, 'warnings') ?? []) as Issue[]
  const history = readHistory(notes)
  const mask = readMask(group, file)
  const fields = [main, ...auxiliary.map(name => readField(group, name, file, warnings)).filter(field => field !== undefined)]
  return fields.map(field => {
    const variable = toVariable(field, dims, shape, dims)
    if (!variable)
      throw new OperandoError(
        'E_SHAPE',
        `${file}:${group.path}/${field.field} has shape ${field.shape.join(' x ')}, but its signal ${shape.join(' x ')}.`,
      )
    return createDataset({
      ...variable,
      name: field.name,
      coords,
      meta,
      history,
      warnings: [...kept, ...warnings],
      ...(mask ? { mask } : {}),
    })
  })
}
