import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { median } from '../../numeric/statistics/quantile.js'
import { MAD_TO_SIGMA } from '../../numeric/statistics/robust.js'

/** What a number of a fit must be for the fit to be believed. */
export interface ScreenCriterion {
  /** Least value. Default none. */
  readonly min?: number | undefined
  /** Most. Default none. */
  readonly max?: number | undefined
  /** Robust standard deviations that it may be off the median of those points that all `min` and `max` let through. Default any. */
  readonly deviations?: number | undefined
}

/** What most places of a map have. */
export interface TypicalValue {
  /** Median. */
  readonly median: number
  /** Robust standard deviation. */
  readonly sigma: number
}

/** Which fits of many are to be believed. */
export interface ScreenedFits {
  /** 0 = good, n values: a mask. */
  readonly mask: Uint8Array
  /** How many are good. */
  readonly good: number
  /** By number of the fits: how many it rejects, by itself. NaN is always rejected. */
  readonly rejected: Readonly<Record<string, number>>
  /** Median and robust standard deviation of each number over the good ones. */
  readonly typical: Readonly<Record<string, TypicalValue>>
}

const CRITERION: FieldsOf<ScreenCriterion> = { min: true, max: true, deviations: true }

/**
 * Screens thousands of fits, as those of a map or series: a refinement of a point outside the sample gives numbers, too. Limits first, then distance from the median in robust standard deviations, so that garbage does not
 * set the measure for itself.
 * @param columns  Numbers by fit: R factor, scale, edges of cells ...; n values each.
 * @param criteria By name, what they must be.
 * @throws OperandoError `E_MISSING` for a criterion on a column that is not there, `E_SHAPE` for columns of other lengths, `E_RANGE` for a limit that is none.
 * @example
 * ```ts
 * import { screenFits } from 'operando/scattering'
 * const { mask, rejected } = screenFits(
 *   { rwp: [5, 6, 55, 5.5, 5.2, 6.1], a: [10.33, 10.331, 11, 10.332, 10.9, 10.329] },
 *   { rwp: { max: 10 }, a: { deviations: 6 } },
 * )
 * console.log(mask, rejected) // 0 0 1 0 1 0; rwp 1, a 2
 * ```
 */
export function screenFits(
  columns: Readonly<Record<string, NumbersLike>>,
  criteria: Readonly<Record<string, ScreenCriterion>>,
): ScreenedFits {
  assertFields(columns, 'screenFits: columns', [])
  assertFields(criteria, 'screenFits: criteria', [])
  const names = Object.keys(criteria)
  if (names.length === 0) throw new OperandoError('E_ARGUMENT', 'screenFits: at least one criterion expected.')
  const lists = names.map(name => {
    if (!Object.hasOwn(columns, name))
      throw new OperandoError('E_MISSING', `screenFits: no column ${name}; there are ${Object.keys(columns).join(', ')}.`)
    assertKnown(criteria[name], `criteria.${name}`, CRITERION)
    const { deviations } = criteria[name]!
    if (deviations !== undefined && !(deviations > 0))
      throw new OperandoError('E_RANGE', `criteria.${name}: deviations = ${deviations}: above 0 expected.`)
    return asFloat64(columns[name]!, name, { allowNaN: true, allowInfinite: true })
  })
  const n = lists[0]!.length
  for (const [k, list] of lists.entries())
    if (list.length !== n)
      throw new OperandoError('E_SHAPE', `${names[k]}: ${n} values expected, as ${names[0]} has; found ${list.length}.`)
  const bad = names.map(() => new Uint8Array(n))
  const mask = new Uint8Array(n)
  for (const [k, list] of lists.entries()) {
    const { min = -Infinity, max = Infinity } = criteria[names[k]!]!
    for (let i = 0; i < n; i++) if (!(list[i]! >= min && list[i]! <= max && Number.isFinite(list[i]!))) mask[i] = bad[k]![i] = 1
  }
  const within = mask.slice()
  const typicalOf = (list: Float64Array, left: Uint8Array): { median: number; sigma: number } => {
    const values = list.filter((_, i) => !left[i])
    if (values.length === 0) return { median: Number.NaN, sigma: Number.NaN }
    const middle = median(values)
    return { median: middle, sigma: MAD_TO_SIGMA * median(values.map(v => Math.abs(v - middle))) }
  }
  for (const [k, list] of lists.entries()) {
    const { deviations } = criteria[names[k]!]!
    if (deviations === undefined) continue
    const { median: middle, sigma } = typicalOf(list, within)
    for (let i = 0; i < n; i++) if (!(Math.abs(list[i]! - middle) <= deviations * sigma)) mask[i] = bad[k]![i] = 1
  }
  const good = mask.reduce((sum, m) => sum + (1 - m), 0)
  return {
    mask,
    good,
    rejected: Object.fromEntries(names.map((name, k) => [name, bad[k]!.reduce((sum, b) => sum + b, 0)])),
    typical: good === 0 ? {} : Object.fromEntries(names.map((name, k) => [name, typicalOf(lists[k]!, mask)])),
  }
}
