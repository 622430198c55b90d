import { median } from '../../../numeric/statistics/index.js'

/** A pre-edge peak between the steepest rise and the edge. */
export interface PreEdgePeak {
  /** Index of its top. */
  readonly top: number
  /** Index of the lowest point between it and the edge. */
  readonly valley: number
}

/** Pre-edge peaks lie at most so far below the edge, eV. */
const FARTHEST = 40
/** The level above the edge is taken from here on, up to there, in eV above the steepest rise. */
const ABOVE = [15, 150] as const

/**
 * Whether the steepest rise of a spectrum is a pre-edge peak: what follows falls back below half of the step and below half of the peak, and then rises higher than the peak within 40 eV. White
 * lines and shoulders are none, since mu stays above half of the step behind them; nor is an L3 line, since L2 is lower.
 * @param energy eV, n values, rising.
 * @param mu     Absorption, n values.
 * @param rise   Index of the steepest rise.
 */
export function preEdgePeakOf(energy: Float64Array, mu: Float64Array, rise: number): PreEdgePeak | undefined {
  const at = energy[rise]!
  const below = mu.subarray(
    0,
    Math.max(
      energy.findIndex(e => e > at - 10),
      1,
    ),
  )
  const from = energy.findIndex(e => e > at + ABOVE[0])
  if (from < 0) return undefined
  const to = energy.findIndex(e => e > at + ABOVE[1])
  const above = mu.subarray(from, to < 0 ? mu.length : to)
  const floor = median(below)
  const step = median(above) - floor
  if (!(step > 0)) return undefined
  // the last rise through half of the step, within reach of the first
  let crossing = -1
  for (let i = rise; i < energy.length && energy[i]! <= at + FARTHEST; i++) if (mu[i]! - floor < 0.5 * step) crossing = i
  if (crossing <= rise) return undefined
  let [valley, top, summit] = [crossing, rise, crossing]
  for (let i = rise; i <= crossing; i++) if (mu[i]! < mu[valley]!) valley = i
  for (let i = rise; i <= valley; i++) if (mu[i]! > mu[top]!) top = i
  for (let i = crossing; i < energy.length && energy[i]! <= energy[crossing]! + ABOVE[0]; i++)
    if (mu[i]! > mu[summit]!) summit = i
  const height = mu[top]! - floor
  return mu[valley]! - floor < 0.5 * height && mu[summit]! > mu[top]! ? { top, valley } : undefined
}
