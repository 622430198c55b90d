import type { Dataset } from '../../../model/dataset.js'
import { meanOf } from './leverRule.js'
import type { Hysteresis } from './mechanismTypes.js'

/** Frames of one direction. */
export interface Branch {
  /** Its frames. */
  readonly frames: readonly number[]
  /** Whether the progress rises. */
  readonly isForward: boolean
}

/**
 * Backward minus forward at the same coordinate: each frame of a backward branch against the forward branch before it (or after, for the first), straight between its frames.
 * @param name       The trend, for the result.
 * @param trend      What is compared.
 * @param coordinate Composition or charge of each frame of the series.
 * @param branches   From turn to turn.
 */
export function hysteresisOf(
  name: string,
  trend: Dataset<'frame'>,
  coordinate: ArrayLike<number>,
  branches: readonly Branch[],
): Hysteresis | null {
  const differences: { readonly at: number; readonly value: number; readonly standardError: number | null }[] = []
  branches.forEach(({ frames, isForward }, k) => {
    if (isForward) return
    const other = branches[k - 1] ?? branches[k + 1]
    if (!other?.isForward) return
    const pointsOf = (list: readonly number[]): { x: number; y: number; s: number }[] =>
      list
        .map(i => ({ x: coordinate[i]!, y: trend.values[i]!, s: trend.sigma?.[i] ?? Number.NaN }))
        .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
    const forward = pointsOf(other.frames).sort((a, b) => a.x - b.x)
    for (const { x, y, s } of pointsOf(frames)) {
      const next = forward.findIndex(point => point.x >= x)
      if (next < 0 || (next === 0 && forward[0]!.x > x)) continue
      const [one, two] = [forward[Math.max(0, next - 1)]!, forward[next]!]
      const w = two.x > one.x ? (x - one.x) / (two.x - one.x) : 1
      const error = Math.hypot(s, (1 - w) * one.s, w * two.s)
      const value = y - ((1 - w) * one.y + w * two.y)
      differences.push({ at: x, value, standardError: Number.isNaN(error) ? null : error })
    }
  })
  if (differences.length < 3) return null
  const most = differences.reduce((best, own) => (Math.abs(own.value) > Math.abs(best.value) ? own : best))
  return { of: name, mean: meanOf(differences), largest: Math.abs(most.value), at: most.at }
}
