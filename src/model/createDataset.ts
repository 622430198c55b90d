import { isRealArray } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../core/fields.js'
import type { Issue } from '../core/issue.js'
import { createVariable, VARIABLE_FIELDS, type VariableInput } from './createVariable.js'
import type { Dataset, Meta, Step, Variable } from './dataset.js'
import { freeze } from './derive.js'

/** What {@link createDataset} takes: a variable, its name, and what stands around it. */
export interface DatasetInput<Dim extends string = string> extends VariableInput<Dim> {
  /** A short name: `I`, `mu`. */
  readonly name: string
  /** Axes under their dim's name, and further coordinates on the same dims. Single numbers (dims `[]`) may stand here too. */
  readonly coords?: Readonly<Record<string, VariableInput>> | undefined
  /** 0 = good, one per value (per pair, if complex). Booleans: true = bad. */
  readonly mask?: Uint8Array | readonly boolean[] | undefined
  /** Sample, instrument, energy, wavelength, start, sources. */
  readonly meta?: Meta | undefined
  /** What was done before. */
  readonly history?: readonly Step[] | undefined
  /** What was doubtful before. */
  readonly warnings?: readonly Issue[] | undefined
}

function checkCoord(name: string, coord: Variable, dims: readonly string[], shape: readonly number[]): void {
  coord.dims.forEach((dim, i) => {
    const axis = dims.indexOf(dim)
    if (axis < 0) {
      throw new OperandoError('E_AXIS', `coord '${name}' stands on the dim '${dim}', which is not among [${dims.join(', ')}].`, {
        details: { coord: name, dim },
      })
    }
    if (coord.shape[i] !== shape[axis]) {
      throw new OperandoError(
        'E_SHAPE',
        `coord '${name}': ${shape[axis]} values expected along '${dim}'${coord.edges ? ', plus one edge' : ''}, ${coord.shape[i]} found.` +
          (coord.shape[i] === shape[axis]! + 1 && !coord.edges ? ' If they are bin edges, say { edges: true }.' : ''),
        { details: { coord: name, dim, expected: shape[axis]!, found: coord.shape[i]! } },
      )
    }
  })
}

/** A doubt about a dim's own axis: not monotonic, or not a number somewhere. */
export function axisWarning(name: string, coord: Variable): Issue | undefined {
  const x = coord.values
  let rises = true
  let falls = true
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]))
      return { code: 'W_AXIS_NAN', message: `The axis '${name}' is NaN at [${i}].`, place: `coord ${name}[${i}]` }
    if (i === 0) continue
    if (!(x[i]! > x[i - 1]!)) rises = false
    if (!(x[i]! < x[i - 1]!)) falls = false
    if (!rises && !falls) {
      const message = `The axis '${name}' is not monotonic: ${x[i]} at [${i}] follows ${x[i - 1]}. Look-ups by value and rebinning will refuse it.`
      return { code: 'W_AXIS_NOT_MONOTONIC', message, place: `coord ${name}[${i}]` }
    }
  }
  return undefined
}

function maskOf(given: Uint8Array | readonly boolean[], length: number): Uint8Array {
  const list: unknown = given
  const readable =
    isRealArray(list) || (Array.isArray(list) && list.every(bad => typeof bad === 'boolean' || bad === 0 || bad === 1))
  if (!readable)
    throw new OperandoError('E_ARGUMENT', 'mask: a Uint8Array (0 = good) or a list of booleans (true = bad) was expected.')
  const mask = given instanceof Uint8Array ? given : Uint8Array.from(given, bad => (bad ? 1 : 0))
  if (mask.length === length) return mask
  throw new OperandoError('E_SHAPE', `mask: ${length} values expected, one per data point, ${mask.length} found.`, {
    details: { expected: length, found: mask.length },
  })
}

const FIELDS: FieldsOf<DatasetInput> = {
  ...VARIABLE_FIELDS,
  name: true,
  coords: true,
  mask: true,
  meta: true,
  history: true,
  warnings: true,
}

/** A Dataset may stand where a coordinate is asked for: what it has besides is passed over. */
const COORD_FIELDS: FieldsOf<DatasetInput> = FIELDS

/**
 * Builds a {@link Dataset} and checks it. An axis that is not strictly monotonic is kept and told in `warnings`.
 * The shell is frozen; typed arrays are shared with the caller, who must not write to them afterwards.
 *
 * @param input Name, dims, values, unit, coords and the rest.
 * @throws OperandoError `E_SHAPE`, `E_UNIT`, `E_RANGE`, `E_ARGUMENT`, `E_MISSING` as {@link createVariable}; `E_AXIS` for a coord on a dim that the data do not have.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * const pattern = createDataset({
 *   name: 'I', dims: ['q'], values: [10, 40, 20], unit: 'counts', sigma: [3, 6, 4],
 *   coords: { q: { dims: ['q'], values: [1, 1.5, 2], unit: '1/Å' } },
 * })
 * ```
 */
export function createDataset<const Dim extends string>(input: DatasetInput<Dim>): Dataset<Dim> {
  assertFields(input, 'a Dataset', ['name', 'dims', 'values', 'unit'])
  assertKnown(input, `Dataset '${input.name}'`, FIELDS)
  const variable = createVariable(input, input.name)
  if (input.edges) throw new OperandoError('E_ARGUMENT', `${input.name}: bin edges belong to coords, not to data.`)
  const coords: Record<string, Variable> = {}
  const warnings: Issue[] = [...(input.warnings ?? [])]
  for (const [name, given] of Object.entries(input.coords ?? {})) {
    const coord = createVariable<string>(given, `coord '${name}'`)
    assertKnown(given, `coord '${name}'`, COORD_FIELDS)
    checkCoord(name, coord, variable.dims, variable.shape)
    coords[name] = coord
    const doubt = coord.dims.length === 1 && coord.dims[0] === name ? axisWarning(name, coord) : undefined
    if (doubt && !warnings.some(w => w.code === doubt.code && w.message === doubt.message)) warnings.push(doubt)
  }
  const points = variable.values.length / (variable.complex ? 2 : 1)
  return freeze({
    ...variable,
    name: input.name,
    coords,
    ...(input.mask === undefined ? {} : { mask: maskOf(input.mask, points) }),
    meta: input.meta ?? {},
    history: input.history ?? [],
    warnings,
  })
}
