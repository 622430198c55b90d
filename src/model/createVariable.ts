import { asFloat64, isRealArray, type NumbersLike, type RealArray, rowMajor, type StridedArray } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import { assertFields, type FieldsOf } from '../core/fields.js'
import { asUnit, type Unit } from '../core/unit.js'
import type { Variable } from './dataset.js'

/** What {@link createVariable} takes. */
export interface VariableInput<Dim extends string = string> {
  /** Names of the axes, slowest first; `[]` for a single number. */
  readonly dims: readonly Dim[]
  /** The numbers, row-major. Typed arrays are kept as they are, not copied; views (ndarray) are gathered in order and keep their array type; lists become Float64Array. */
  readonly values: NumbersLike
  /** Unit or its symbol; `''` for plain numbers. */
  readonly unit: Unit | string
  /** Lengths of the axes. May be left out for one dim, for a single number, and for n-d views. */
  readonly shape?: readonly number[] | undefined
  /** Standard uncertainty, as many as `values`, >= 0. NaN where it is not known. */
  readonly sigma?: NumbersLike | undefined
  /** `values` are bin edges, one more than the axis is long. Only for one dim. */
  readonly edges?: boolean | undefined
  /** For people, without the unit. */
  readonly label?: string | undefined
  /** `values` are re, im pairs. */
  readonly complex?: boolean | undefined
}

const isView = (x: NumbersLike): x is StridedArray => typeof x === 'object' && x !== null && 'stride' in x && 'shape' in x

function fail(code: 'E_SHAPE' | 'E_RANGE' | 'E_ARGUMENT', message: string, name: string): never {
  throw new OperandoError(code, message, { details: { name } })
}

function shapeOf(input: VariableInput, length: number, name: string): readonly number[] {
  const { dims, edges, complex } = input
  const given = input.shape ?? (isView(input.values) ? input.values.shape : undefined)
  const extra = edges ? 1 : 0
  const width = complex ? 2 : 1
  if (edges && dims.length !== 1) fail('E_SHAPE', `${name}: bin edges have one dim, found ${dims.length}.`, name)
  let shape = given
  if (shape === undefined) {
    if (dims.length > 1)
      fail(
        'E_SHAPE',
        `${name}: with dims [${dims.join(', ')}] the shape must be said, as in { shape: [${dims.map(() => 'n').join(', ')}] }.`,
        name,
      )
    shape = dims.length === 0 ? [] : [length / width - extra]
  }
  if (shape.length !== dims.length)
    fail('E_SHAPE', `${name}: ${dims.length} dims [${dims.join(', ')}] but ${shape.length} lengths [${shape.join(', ')}].`, name)
  for (const n of shape)
    if (!Number.isInteger(n) || n < 0)
      fail('E_SHAPE', `${name}: the shape [${shape.join(', ')}] must hold whole numbers from 0.`, name)
  const expected = (shape.reduce((product, n) => product * n, 1) + extra) * width
  if (expected !== length)
    fail(
      'E_SHAPE',
      `${name}: ${expected} values expected from the shape [${shape.join(', ')}]${edges ? ' plus one edge' : ''}${complex ? ', re and im' : ''}, ${length} found.`,
      name,
    )
  return Object.freeze([...shape])
}

function sigmaOf(given: NumbersLike, length: number, name: string): Float32Array | Float64Array {
  const sigma =
    given instanceof Float32Array ? given : asFloat64(given, `sigma of ${name}`, { allowNaN: true, allowInfinite: true })
  if (sigma.length !== length)
    fail('E_SHAPE', `sigma of ${name}: ${length} values expected, as many as the values, ${sigma.length} found.`, name)
  for (let i = 0; i < length; i++)
    if (sigma[i]! < 0)
      fail(
        'E_RANGE',
        `sigma[${i}] of ${name} is ${sigma[i]}: a standard uncertainty is 0 or above. Is it a variance or a flag?`,
        name,
      )
  return sigma
}

/** Names that a variable may have. */
export const VARIABLE_FIELDS: FieldsOf<VariableInput> = {
  dims: true,
  values: true,
  unit: true,
  shape: true,
  sigma: true,
  edges: true,
  label: true,
  complex: true,
}

/**
 * Builds a {@link Variable} and checks it: lengths against the shape, the unit, sigma. The shell is frozen; typed arrays cannot be, and are
 * shared with the caller, so do not write to them afterwards.
 *
 * @param input Dims, values, unit and the rest.
 * @param name  What to call it in messages. Default `values`.
 * @throws OperandoError `E_SHAPE` on lengths that do not fit or a dim named twice, `E_UNIT` for an unknown unit, `E_RANGE` for a negative sigma,
 *   `E_ARGUMENT` if values are no numbers or dims no list of names, `E_MISSING` without dims, values or unit.
 * @example
 * ```ts
 * import { createVariable } from 'operando'
 * const q = createVariable({ dims: ['q'], values: [0.5, 1, 1.5], unit: '1/Å' })
 * ```
 */
export function createVariable<const Dim extends string>(input: VariableInput<Dim>, name = 'values'): Variable<Dim> {
  assertFields(input, name, ['dims', 'values', 'unit'])
  const given = input.values
  let values: RealArray
  if (isRealArray(given)) values = given
  else if (isView(given)) values = rowMajor(given)
  else values = asFloat64(given, name, { allowNaN: true, allowInfinite: true })
  const named: unknown = input.dims
  if (!Array.isArray(named) || !named.every(dim => typeof dim === 'string'))
    fail('E_ARGUMENT', `${name}: dims must be a list of names such as ['frame', 'q'].`, name)
  if (new Set(input.dims).size !== input.dims.length)
    fail('E_SHAPE', `${name}: a dim is named twice in [${input.dims.join(', ')}].`, name)
  if (values instanceof Uint8ClampedArray)
    fail('E_ARGUMENT', `${name}: clamped bytes are not supported; pass a Uint8Array of the same buffer.`, name)
  const variable: { -readonly [K in keyof Variable<Dim>]: Variable<Dim>[K] } = {
    dims: Object.freeze([...input.dims]),
    shape: shapeOf(input, values.length, name),
    values,
    unit: asUnit(input.unit, name),
  }
  if (input.sigma !== undefined) variable.sigma = sigmaOf(input.sigma, values.length, name)
  if (input.edges) variable.edges = true
  if (input.label !== undefined) variable.label = input.label
  if (input.complex) variable.complex = true
  return Object.freeze(variable)
}
