import type { FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'

/** What statistics do with NaN. */
export interface NanOptions {
  /**
   * `'error'` (default): NaN throws `E_NAN`, so that a broken frame does not hide. `'omit'`: points with NaN (in the value, its sigma or its
   * weight) are left out, as masked ones. Infinities always throw.
   */
  readonly nan?: 'error' | 'omit' | undefined
}

/** Their names, for `assertKnown`. */
export const NAN_FIELDS: FieldsOf<NanOptions> = { nan: true }

/**
 * A sample through the door: all values, or those that are not NaN.
 * @param x       Values.
 * @param name    What the caller calls them.
 * @param least   How many there must be.
 * @param options What to do with NaN.
 * @throws OperandoError `E_NAN`, `E_SHAPE` when too few are left.
 */
export function sampleOf(x: NumbersLike, name: string, least: number, { nan = 'error' }: NanOptions): Float64Array {
  const all = asFloat64(x, name, { allowNaN: nan === 'omit' })
  const kept = nan === 'omit' ? all.filter(v => !Number.isNaN(v)) : all
  return assertEnough(kept, name, least)
}

/**
 * Several lists that belong together, point by point: points where any is NaN are left out of all, if so asked.
 * @param lists   Lists by the caller's names, all as long as the first.
 * @param least   How many points there must be.
 * @param options What to do with NaN.
 * @throws OperandoError `E_NAN`, `E_SHAPE`.
 */
export function samplesOf<Name extends string>(
  lists: Readonly<Record<Name, NumbersLike>>,
  least: number,
  { nan = 'error' }: NanOptions,
): Record<Name, Float64Array> {
  const names = Object.keys(lists) as Name[]
  const out = {} as Record<Name, Float64Array>
  let length: number | undefined
  for (const name of names) {
    out[name] = asFloat64(lists[name], name, { length, allowNaN: nan === 'omit' })
    length ??= out[name].length
  }
  if (nan === 'omit') {
    const whole = out[names[0]!].map((_, i) => Number(names.every(name => !Number.isNaN(out[name][i]!))))
    for (const name of names) out[name] = out[name].filter((_, i) => whole[i] === 1)
  }
  assertEnough(out[names[0]!], names[0]!, least)
  return out
}

function assertEnough(x: Float64Array, name: string, least: number): Float64Array {
  if (x.length >= least) return x
  throw new OperandoError('E_SHAPE', `${name}: ${least} or more values are needed, ${x.length} found.`, {
    details: { name, expected: least, found: x.length },
  })
}
