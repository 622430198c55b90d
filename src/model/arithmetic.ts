import { assertCompatible } from '../core/convert.js'
import { OperandoError } from '../core/errors.js'
import { assertKnown } from '../core/fields.js'
import type { Issue } from '../core/issue.js'
import { parseQuantity } from '../core/quantity.js'
import { divideUnits, multiplyUnits, type Unit, unit, withReference } from '../core/unit.js'
import { snapDecimal } from '../core/unitParser.js'
import { ALIGN_FIELDS, type AlignOptions, assertAligned, whereTheyPart } from './align.js'
import { broadcast, commonFrame, type Frame } from './broadcast.js'
import { createDataset } from './createDataset.js'
import type { Dataset, Variable } from './dataset.js'
import { derive } from './derive.js'

/** The other operand: a Dataset; a number (for sums in the Dataset's unit, for products without one); a string such as `'10 s'`. */
export type Operand<Dim extends string = string> = Dataset<Dim> | number | string

type Op = 'add' | 'subtract' | 'multiply' | 'divide'

/** The kernels: exactly Float64Array; `t` receives the variance if either sigma is there. */
function combine(op: Op, a: Float64Array, b: Float64Array, out: Float64Array): void {
  const n = out.length
  if (op === 'add') for (let i = 0; i < n; i++) out[i] = a[i]! + b[i]!
  else if (op === 'subtract') for (let i = 0; i < n; i++) out[i] = a[i]! - b[i]!
  else if (op === 'multiply') for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]!
  else for (let i = 0; i < n; i++) out[i] = a[i]! / b[i]!
}

function combineSigma(
  op: Op,
  a: Float64Array,
  b: Float64Array,
  sa: Float64Array | undefined,
  sb: Float64Array | undefined,
): Float64Array {
  const out = new Float64Array(a.length)
  for (let i = 0; i < out.length; i++) {
    let u = sa ? sa[i]! : 0
    let v = sb ? sb[i]! : 0
    // first-order propagation by the derivatives, so that it holds at zero too
    if (op === 'multiply') {
      u *= b[i]!
      v *= a[i]!
    } else if (op === 'divide') {
      u /= b[i]!
      v *= a[i]! / (b[i]! * b[i]!)
    }
    out[i] = Math.sqrt(u * u + v * v)
  }
  return out
}

function asDataset(operand: Operand, data: Dataset, op: Op): Dataset {
  if (typeof operand === 'object') return operand
  const additive = op === 'add' || op === 'subtract'
  const quantity =
    typeof operand === 'number' ? { value: operand, unit: additive ? data.unit : unit('') } : parseQuantity(operand)
  return createDataset({ name: String(operand), dims: [], values: [quantity.value], unit: quantity.unit })
}

/** The unit of a sum or difference. The operands enter as they are, but for the factor between their units. */
function additiveUnit(op: Op, a: Unit, b: Unit, name: string): Unit {
  // a plain voltage (an overpotential, a shift) may be added to a potential against a reference
  const other = a.reference !== undefined && b.reference === undefined ? withReference(b, a.reference) : b
  assertCompatible(other, a, name)
  if (a.offset === 0 && b.offset === 0)
    return op === 'subtract' && a.reference !== undefined && b.reference !== undefined ? withReference(a) : a
  if (op === 'subtract' && a.offset === b.offset) return unit('K')
  if (a.offset !== 0 && b.offset === 0) return a
  throw new OperandoError(
    'E_UNIT',
    `${name}: '${a.symbol}' and '${b.symbol}' cannot be ${op === 'add' ? 'added' : 'subtracted'}: convert to K first.`,
    {
      details: { expected: a.symbol, found: b.symbol },
    },
  )
}

/** The coords of `a`, and those of `b` on dims that only it has. Shared axes must agree; elsewhere `a` wins, and is told where it differs. */
function joinCoords(a: Dataset, b: Dataset, options: AlignOptions, doubts: Issue[]): Record<string, Variable> {
  const coords: Record<string, Variable> = { ...a.coords }
  for (const [name, other] of Object.entries(b.coords)) {
    const coord = a.coords[name]
    if (!coord) {
      if (other.dims.some(dim => !a.dims.includes(dim))) coords[name] = other
      continue
    }
    if (coord.dims.join() !== other.dims.join() || coord.dims.length === 0) continue
    if (coord.dims[0] === name) assertAligned(coord, other, name, options)
    else {
      const difference = whereTheyPart(coord, other, name, options)
      if (difference)
        doubts.push({
          code: 'W_COORD_DIFFERS',
          message: `That of '${a.name}' was kept where the operands differ: ${difference}.`,
          place: `coord ${name}`,
        })
    }
  }
  return coords
}

function operate(op: Op, a: Dataset, operand: Operand, options: AlignOptions): Dataset {
  const b = asDataset(operand, a, op)
  for (const d of [a, b])
    if (d.complex) throw new OperandoError('E_UNSUPPORTED', `${op}: '${d.name}' is complex; take its magnitude, or parts, first.`)
  const frame = commonFrame(a, b)
  const doubts: Issue[] = []
  const coords = joinCoords(a, b, options, doubts)
  const sumUnit = op === 'add' || op === 'subtract' ? additiveUnit(op, a.unit, b.unit, `${op} '${b.name}'`) : undefined
  const factor = sumUnit ? snapDecimal(b.unit.factor / a.unit.factor) : 1
  const spread = (d: Dataset, values: Dataset['values'], times: number): Float64Array => {
    const scaled = times === 1 ? values : Float64Array.from(values, x => x * times)
    return broadcast(scaled, d as Frame, frame)
  }
  const x = spread(a, a.values, 1)
  const y = spread(b, b.values, factor)
  const values = new Float64Array(x.length)
  combine(op, x, y, values)
  const sa = a.sigma && spread(a, a.sigma, 1)
  const sb = b.sigma && spread(b, b.sigma, factor)
  const mask = joinMasks(op, a, b, frame, y, doubts)
  return derive(a, {
    dims: frame.dims,
    shape: frame.shape,
    values,
    sigma: sa || sb ? combineSigma(op, x, y, sa, sb) : undefined,
    unit: sumUnit ?? (op === 'multiply' ? multiplyUnits(a.unit, b.unit) : divideUnits(a.unit, b.unit)),
    coords,
    mask,
    doubts: [...b.warnings.filter(w => !a.warnings.includes(w)), ...doubts],
    step: {
      op,
      parameters: typeof operand === 'object' ? {} : { by: operand },
      ...(typeof operand === 'object' ? { inputs: [b.name] } : {}),
    },
  })
}

function joinMasks(op: Op, a: Dataset, b: Dataset, frame: Frame, divisor: Float64Array, doubts: Issue[]): Uint8Array | undefined {
  const masks = [a, b].flatMap(d => (d.mask ? [broadcast(d.mask, d, frame)] : []))
  const out = new Uint8Array(divisor.length)
  for (const mask of masks) for (let i = 0; i < out.length; i++) if (mask[i] !== 0) out[i] = 1
  let zeros = 0
  if (op === 'divide')
    for (let i = 0; i < out.length; i++)
      if (divisor[i] === 0 && out[i] === 0) {
        out[i] = 1
        zeros++
      }
  if (zeros > 0)
    doubts.push({ code: 'W_DIVIDED_BY_ZERO', message: `${zeros} points were divided by zero in '${b.name}' and are masked.` })
  return masks.length > 0 || zeros > 0 ? out : undefined
}

/**
 * a + b, aligned by dim names: dims that one lacks are repeated. Axes of shared dims must agree within the tolerance; of other coords
 * those of `a` are kept, with a warning where they differ. `b` is converted to the unit of `a`. Masks join.
 *
 * Sigma in quadrature; an operand without sigma counts as exact. The operands are taken as independent, whatever they are: `subtract(a, a)` is 0 with
 * sigma sqrt(2) sigma(a), and a dark frame subtracted from every frame leaves an error in common that sigmas cannot say (a mean over frames is
 * then surer in its sigma than in truth: take the mean first, then subtract).
 *
 * @param a       The first Dataset; name, meta and history are its.
 * @param b       A Dataset, a number in the unit of `a`, or a string such as `'5 mV'`.
 * @param options How exactly the axes must agree.
 * @throws OperandoError `E_AXIS` where the axes part, `E_SHAPE` for other lengths, `E_UNIT`, `E_UNSUPPORTED` for complex data.
 * @example
 * ```ts
 * import { add, createDataset } from 'operando'
 * const v = createDataset({ name: 'E', dims: ['frame'], values: [3.4, 3.5], unit: 'V' })
 * add(v, '100 mV').values // 3.5, 3.6
 * ```
 */
export function add<A extends string, B extends string = never>(
  a: Dataset<A>,
  b: Operand<B>,
  options: AlignOptions = {},
): Dataset<A | B> {
  assertKnown(options, 'add options', ALIGN_FIELDS)
  return operate('add', a, b, options) as Dataset<A | B>
}

/**
 * a - b, as {@link add}. The difference of two temperatures in °C is in K, that of two potentials against the same reference has no reference.
 * @param a       The first Dataset.
 * @param b       A Dataset, a number in the unit of `a`, or a string with a unit.
 * @param options How exactly the axes must agree.
 * @throws OperandoError as {@link add}.
 * @example
 * ```ts
 * import { createDataset, subtract } from 'operando'
 * const frame = createDataset({ name: 'I', dims: ['x'], values: [9, 16], sigma: [3, 4], unit: 'counts' })
 * const blank = createDataset({ name: 'blank', dims: ['x'], values: [4, 4], sigma: [2, 2], unit: 'counts' })
 * subtract(frame, blank).values // Float64Array [5, 12]
 * ```
 */
export function subtract<A extends string, B extends string = never>(
  a: Dataset<A>,
  b: Operand<B>,
  options: AlignOptions = {},
): Dataset<A | B> {
  assertKnown(options, 'subtract options', ALIGN_FIELDS)
  return operate('subtract', a, b, options) as Dataset<A | B>
}

/**
 * a × b, as {@link add}; units multiply, relative uncertainties add in quadrature (by derivatives, so right at zero too).
 * @param a       The first Dataset.
 * @param b       A Dataset, a plain number, or a string with a unit.
 * @param options How exactly the axes must agree.
 * @throws OperandoError as {@link add}.
 * @example
 * ```ts
 * import { createDataset, multiply } from 'operando'
 * const current = createDataset({ name: 'I', dims: ['row'], values: [1, 2], unit: 'mA' })
 * multiply(current, '2 h').unit.symbol // 'mAh'
 * ```
 */
export function multiply<A extends string, B extends string = never>(
  a: Dataset<A>,
  b: Operand<B>,
  options: AlignOptions = {},
): Dataset<A | B> {
  assertKnown(options, 'multiply options', ALIGN_FIELDS)
  return operate('multiply', a, b, options) as Dataset<A | B>
}

/**
 * a / b, as {@link multiply}. Points divided by zero are masked, with a warning.
 * @param a       Dividend.
 * @param b       Divisor: a Dataset, a plain number, or a string with a unit.
 * @param options How exactly the axes must agree.
 * @throws OperandoError as {@link add}.
 * @example
 * ```ts
 * import { createDataset, divide } from 'operando'
 * const counts = createDataset({ name: 'I', dims: ['q'], values: [100, 400], sigma: [10, 20], unit: 'counts' })
 * divide(counts, '10 s').unit.symbol // 'counts/s'
 * ```
 */
export function divide<A extends string, B extends string = never>(
  a: Dataset<A>,
  b: Operand<B>,
  options: AlignOptions = {},
): Dataset<A | B> {
  assertKnown(options, 'divide options', ALIGN_FIELDS)
  return operate('divide', a, b, options) as Dataset<A | B>
}
