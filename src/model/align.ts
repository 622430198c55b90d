import { assertCompatible, convert } from '../core/convert.js'
import { OperandoError } from '../core/errors.js'
import type { FieldsOf } from '../core/fields.js'
import type { Unit } from '../core/unit.js'
import type { Variable } from './dataset.js'

/** How exactly axes must agree. */
export interface AlignOptions {
  /** Greatest difference between two axes, in the unit of the first one's coord. Default: a thousandth of its smallest step. */
  tolerance?: number | undefined
}

/** Their names, for `assertKnown`. */
export const ALIGN_FIELDS: FieldsOf<AlignOptions> = { tolerance: true }

function smallestStep(x: ArrayLike<number>): number {
  let step = Infinity
  for (let i = 1; i < x.length; i++) {
    const d = Math.abs(x[i]! - x[i - 1]!)
    if (d > 0 && d < step) step = d
  }
  return step === Infinity ? Math.abs(x[0] ?? 0) : step
}

/** Numbers of a variable in another unit, as Float64Array; the variable's own array if nothing is to be done. */
export function valuesIn(
  variable: { readonly values: ArrayLike<number>; readonly unit: Unit },
  unit: Unit,
  name?: string,
): Float64Array {
  const { values, unit: from } = variable
  assertCompatible(from, unit, name)
  const same = from.factor === unit.factor && from.offset === unit.offset
  if (same && values instanceof Float64Array) return values
  const out = new Float64Array(values)
  if (!same) for (let i = 0; i < out.length; i++) out[i] = convert(out[i]!, from, unit)
  return out
}

/** Where two coords part: a sentence, or `undefined` where they agree within the tolerance. */
export function whereTheyPart(a: Variable, b: Variable, name: string, { tolerance }: AlignOptions = {}): string | undefined {
  if (a.dims.join() !== b.dims.join()) return `'${name}' stands on [${a.dims.join(', ')}] and on [${b.dims.join(', ')}]`
  if ((a.edges ?? false) !== (b.edges ?? false)) return `'${name}' is bin edges on one side and centres on the other`
  if (a.values.length !== b.values.length) return `'${name}' has ${a.values.length} values and ${b.values.length}`
  const other = valuesIn(b, a.unit, `coord '${name}'`)
  const allowed = tolerance ?? 1e-3 * smallestStep(a.values)
  let worst = 0
  let at = -1
  let first = -1
  for (let i = 0; i < other.length; i++) {
    const x = a.values[i]!
    const y = other[i]!
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue
    const off = Math.abs(x - y)
    if (off <= allowed) continue
    if (first < 0) first = i
    if (!(off <= worst)) {
      worst = off
      at = i
    }
  }
  if (first < 0) return undefined
  const symbol = a.unit.symbol
  return `'${name}' parts at [${first}]: ${a.values[first]} and ${other[first]} ${symbol}; worst at [${at}], ${worst} apart, ${allowed} allowed`
}

/** Throws where two axes part. */
export function assertAligned(a: Variable, b: Variable, name: string, options: AlignOptions = {}): void {
  const difference = whereTheyPart(a, b, name, options)
  if (difference === undefined) return
  throw new OperandoError('E_AXIS', `the axes differ: ${difference}. Regrid or rebin one to the other, or give { tolerance }.`, {
    details: { coord: name },
  })
}
