import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { ClockRelation } from '../../model/electrochemistry.js'
import { median } from '../../numeric/statistics/quantile.js'

/** One event on two clocks: [t of the record, s of the run]. */
export type ClockPair = readonly [number, number]

/** Options of {@link fitClock}. */
export interface FitClockOptions {
  /** Whether the rate is free. Default: with four pairs or more. Held at `rate` otherwise. */
  fitRate?: boolean | undefined
  /** The rate when it is not free. Default 1. */
  rate?: number | undefined
  /** Standard uncertainty of one pair in s, if known: the least that is claimed. Default 0; then a single pair has no uncertainty (`null`). */
  pairSigma?: number | undefined
}

const OPTIONS: FieldsOf<FitClockOptions> = { fitRate: true, rate: true, pairSigma: true }

/** What {@link fitClock} returns: a relation without `start`, so it counts from the run's own zero. */
export interface ClockFit extends ClockRelation {
  /** Indices of pairs that were left out because they lie too far off. */
  readonly outliers: readonly number[]
}

/**
 * Robust relation of two clocks, run = offset + rate * t, from pairs of one event on both: median slopes first (Theil and Sen), then least squares
 * on what lies within 3.5 robust standard deviations. A third of the pairs may be wrong.
 *
 * `sigma` is the standard uncertainty at that end of the span where it is largest.
 *
 * @param pairs   [t of the record, s of the run], any order.
 * @param options Whether the rate is free; uncertainty of a pair.
 * @throws OperandoError `E_TIME` without pairs, `E_NAN` for one that is not finite.
 * @example
 * ```ts
 * import { fitClock } from 'operando/series'
 * const { offset, rate } = fitClock([[0, 37], [1000, 1037.02], [2000, 2037.04], [3000, 3100], [4000, 4037.08]])
 * ```
 */
export function fitClock(pairs: readonly ClockPair[], options: FitClockOptions = {}): ClockFit {
  assertKnown(options, 'fitClock options', OPTIONS)
  if (!Array.isArray(pairs)) throw new OperandoError('E_ARGUMENT', 'pairs: a list of [t, s] expected.')
  if (pairs.length === 0) throw new OperandoError('E_TIME', 'pairs: at least one event on both clocks expected, none found.')
  const bad = pairs.findIndex(([t, s]) => !(Number.isFinite(t) && Number.isFinite(s)))
  if (bad >= 0) throw new OperandoError('E_NAN', `pairs[${bad}] is [${pairs[bad]}]: finite seconds expected.`)
  const free = options.fitRate ?? pairs.length >= 4
  const held = options.rate ?? 1
  // Differences to the held rate, about the middle: drifts are 1e-5, so that is where the digits are.
  const middle = median(pairs.map(([t]) => t))
  const t = Float64Array.from(pairs, pair => pair[0] - middle)
  const d = Float64Array.from(pairs, ([own, run]) => run - held * own)
  let slope = free ? medianSlope(t, d) : 0
  let level = median(d.map((value, i) => value - slope * t[i]!))
  let inliers: number[] = []
  for (let round = 0; round < 10; round++) {
    const off = d.map((value, i) => Math.abs(value - level - slope * t[i]!))
    const limit = Math.max(3.5 * 1.4826 * median(off), 3.5 * (options.pairSigma ?? 0), 1e-9 * (1 + Math.abs(level)))
    const kept = [...off.keys()].filter(i => off[i]! <= limit)
    if (kept.length === inliers.length && kept.every((i, k) => i === inliers[k])) break
    inliers = kept
    ;[level, slope] = straightLine(t, d, inliers, free)
  }
  return {
    offset: level - slope * middle,
    rate: held + slope,
    sigma: uncertainty(t, d, inliers, level, slope, free, options.pairSigma ?? 0),
    pairs: inliers.map(i => pairs[i]!),
    outliers: [...pairs.keys()].filter(i => !inliers.includes(i)),
  }
}

/** Median of the slopes between pairs; between points half the list apart when there are very many. */
function medianSlope(t: Float64Array, d: Float64Array): number {
  const order = [...t.keys()].sort((a, b) => t[a]! - t[b]!)
  const slopes: number[] = []
  const stride = order.length > 300 ? order.length >> 1 : 1
  for (let i = 0; i < order.length; i++) {
    for (let j = i + stride; j < order.length; j += stride) {
      const span = t[order[j]!]! - t[order[i]!]!
      if (span > 0) slopes.push((d[order[j]!]! - d[order[i]!]!) / span)
    }
  }
  return slopes.length > 0 ? median(slopes) : 0
}

function straightLine(t: Float64Array, d: Float64Array, use: readonly number[], free: boolean): [number, number] {
  const n = use.length
  let mt = 0
  let md = 0
  for (const i of use) {
    mt += t[i]! / n
    md += d[i]! / n
  }
  let stt = 0
  let std = 0
  for (const i of use) {
    stt += (t[i]! - mt) ** 2
    std += (t[i]! - mt) * (d[i]! - md)
  }
  const slope = free && stt > 0 ? std / stt : 0
  return [md - slope * mt, slope]
}

function uncertainty(
  t: Float64Array,
  d: Float64Array,
  use: readonly number[],
  level: number,
  slope: number,
  free: boolean,
  pairSigma: number,
): number | null {
  const n = use.length
  const freedom = n - (free ? 2 : 1)
  let sum = 0
  let mt = 0
  for (const i of use) {
    sum += (d[i]! - level - slope * t[i]!) ** 2
    mt += t[i]! / n
  }
  const single = Math.max(pairSigma, freedom > 0 ? Math.sqrt(sum / freedom) : 0)
  if (freedom <= 0 && pairSigma === 0) return null
  if (!free) return single / Math.sqrt(n)
  let stt = 0
  let far = 0
  for (const i of use) {
    stt += (t[i]! - mt) ** 2
    far = Math.max(far, (t[i]! - mt) ** 2)
  }
  return single * Math.sqrt(1 / n + (stt > 0 ? far / stt : 0))
}
