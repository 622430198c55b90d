import type { Dataset } from '../../../model/dataset.js'
import { median } from '../../../numeric/statistics/quantile.js'
import type { Verdict } from './mechanismTypes.js'
import { digits, known, sweepOf } from './trend.js'

/** A position moves when it changes by so many standard uncertainties, and by at least this part of itself. */
const MOVED_SIGMAS = 8
const MOVED_PART = 3e-4
/** A line narrower than this part of its way is one line that moves. */
const ONE_LINE = 0.7
/** Half-way, two lines that trade intensity add 2 ln 2 times their distance² to the fwhm² of one; a line that gains less than this part of it is one. */
const BULGE = 0.25
/** A position that is at either end of its way in these parts of the frames, and between them in fewer than that, jumps. */
const JUMP = { ends: 0.1, between: 0.03 }

/**
 * Whether the position of what was followed as one phase, or one line, moves as one line does: two that trade intensity make it jump, or as wide half-way as they are apart.
 * @param name     What the position is: `a`, `d`.
 * @param trend    The position, Å.
 * @param width    Its width, degrees 2theta; without one nothing speaks against one line.
 * @param twoTheta A typical angle, to compare width and way, degrees.
 */
export function positionVerdict(
  name: string,
  trend: Dataset<'frame'>,
  width: Dataset<'frame'> | undefined,
  twoTheta: number,
): { readonly verdict: Verdict; readonly evidence: readonly string[] } {
  const at = known(trend)
  if (at.length < 10) return { verdict: 'undecided', evidence: [`It was found in ${at.length} frames only.`] }
  const { from, to, sigma } = sweepOf(trend, at)
  const part = (to - from) / from
  const moved = to - from > MOVED_SIGMAS * sigma && part > MOVED_PART
  const evidence = [
    `It is found in ${at.length} of ${trend.values.length} frames; ${name} goes over ${digits(from, sigma)} to ${digits(to, sigma)} Å (${(100 * part).toFixed(2)} %), ${((to - from) / sigma).toFixed(0)} standard uncertainties.`,
  ]
  if (!moved) return { verdict: 'no change', evidence }
  const third = (to - from) / 3
  const low = at.filter(i => trend.values[i]! <= from + third).length
  const high = at.filter(i => trend.values[i]! >= to - third).length
  const between = at.length - low - high
  if (between < JUMP.between * at.length && Math.min(low, high) > JUMP.ends * at.length) {
    evidence.push(
      `It jumps: ${low} frames lie in the lower third of the way, ${high} in the upper, ${between} between. The stronger of two lines was followed.`,
    )
    return { verdict: 'two-phase', evidence }
  }
  const expected = Math.max(3, at.length / 20)
  evidence.push(`${between} frames lie in the middle third of the way.`)
  // two lines at either end that are taken for one make it as wide, half-way, as they are apart
  const way = (2 * part * Math.tan((twoTheta * Math.PI) / 360) * 180) / Math.PI
  const widest = width
    ? sweepOf(
        width,
        at.filter(i => !Number.isNaN(width.values[i])),
      ).to
    : 0
  evidence.push(
    `Its width is at most ${widest.toFixed(3)}°, its way ${way.toFixed(3)}° 2θ: two lines at either end that trade intensity would look ${way.toFixed(2)}° wide half-way.`,
  )
  const square = (frames: readonly number[]): number => {
    const known = frames.map(i => (width?.values[i] ?? Number.NaN) ** 2).filter(w => !Number.isNaN(w))
    return known.length > 0 ? median(known) : 0
  }
  const isBetween = (i: number): boolean => trend.values[i]! > from + third && trend.values[i]! < to - third
  const bulge = square(at.filter(isBetween)) - square(at.filter(i => !isBetween(i)))
  const expectedBulge = 2 * Math.LN2 * way * way
  evidence.push(
    `Half-way its width² grows by ${bulge.toPrecision(2)} degrees² over that at the ends; two such lines would make it grow by ${expectedBulge.toPrecision(2)}.`,
  )
  const isNarrow = widest < ONE_LINE * way || bulge < BULGE * expectedBulge
  const oneLine = between >= expected && isNarrow
  return { verdict: oneLine && at.length > trend.values.length / 2 ? 'solid solution' : 'undecided', evidence }
}
