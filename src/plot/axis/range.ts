/** Which part of the values sets the ends of an axis or of the colours. */
export type RangeInput = 'full' | 'robust' | readonly [number, number]

/**
 * Smallest and largest finite number; `undefined` when there is none.
 * @param lists The numbers.
 */
export function finiteRange(...lists: readonly ArrayLike<number>[]): [number, number] | undefined {
  let lo = Infinity
  let hi = -Infinity
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const v = list[i]!
      if (v - v !== 0) continue
      if (v < lo) lo = v
      if (v > hi) hi = v
    }
  }
  return lo <= hi ? [lo, hi] : undefined
}

/** The value below which a fraction of the finite numbers lies; up to about 50 000 of them are looked at. */
function quantiles(values: ArrayLike<number>, low: number, high: number): [number, number] | undefined {
  const stride = Math.max(1, Math.floor(values.length / 50_000))
  const sample: number[] = []
  for (let i = 0; i < values.length; i += stride) if (Number.isFinite(values[i])) sample.push(values[i]!)
  if (sample.length === 0) return undefined
  const sorted = Float64Array.from(sample).sort()
  const at = (f: number): number => sorted[Math.round(f * (sorted.length - 1))]!
  return [at(low), at(high)]
}

/** The median of the finite numbers, of up to about 50 000 of them; `undefined` when there is none. */
export function middleOf(values: ArrayLike<number>): number | undefined {
  return quantiles(values, 0.5, 0.5)?.[0]
}

/** A range that has a width: a constant gets some room on either side. */
export function widened([lo, hi]: readonly [number, number]): [number, number] {
  if (lo !== hi) return [lo, hi]
  const room = lo === 0 ? 1 : Math.abs(lo) / 2
  return [lo - room, hi + room]
}

/**
 * The range of values that a request asks for: `'full'` smallest to largest finite, `'robust'` without the outer half percent on
 * either side. Nothing finite gives [0, 1], a constant some room around it.
 * @param values  The numbers.
 * @param request What to cover.
 */
export function rangeOf(values: ArrayLike<number>, request: RangeInput = 'full'): [number, number] {
  if (typeof request !== 'string') return widened([request[0], request[1]])
  const full = finiteRange(values)
  if (!full) return [0, 1]
  const robust = request === 'robust' ? quantiles(values, 0.005, 0.995) : undefined
  return widened(robust && robust[0] < robust[1] ? robust : full)
}

/**
 * The range of positive values, for logarithms: from the smallest positive value, but not below 10⁻⁶ of the largest.
 * @param values The numbers.
 */
export function positiveRange(values: ArrayLike<number>): [number, number] {
  let lo = Infinity
  let hi = 0
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!
    if (!(v > 0) || v === Infinity) continue
    if (v < lo) lo = v
    if (v > hi) hi = v
  }
  if (hi === 0) return [1, 10]
  lo = Math.max(lo, hi * 1e-6)
  return lo < hi ? [lo, hi] : [lo / 3, hi * 3]
}

/**
 * A range with room on either side, so that no point sits on the frame.
 * @param range    Lowest, highest.
 * @param kind     Room is a part of the decades on a log axis.
 * @param fraction Part of the span to add on either side. Default 0.05.
 */
export function padded(range: readonly [number, number], kind: string, fraction = 0.05): [number, number] {
  const [lo, hi] = widened(range)
  if (kind === 'log') {
    const ratio = (hi / lo) ** fraction
    return [lo / ratio, hi * ratio]
  }
  const room = (hi - lo) * fraction
  return [lo - room, hi + room]
}
