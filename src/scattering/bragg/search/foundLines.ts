import { lowerBound } from '../../lowerBound.js'
import type { DrawnLine, SearchAxis } from './candidateModel.js'

/** A line of which less than this part is there is not there. */
const LEAST_PART = 0.3
/** Standard deviations that a line must have to be expected. */
const VISIBLE = 4

/**
 * Part of the lines of a phase that should be seen and are, weighted by the root of their areas: what data have within a width of each line over what the phase's pattern has there.
 * @param lines  Lines of the phase.
 * @param sharp  Its pattern without running mean, per volume.
 * @param amount Its volume.
 * @param rest   Data without running mean and other phases.
 * @param sigma  Standard uncertainties.
 */
export function foundLines(
  lines: readonly DrawnLine[],
  sharp: Float64Array,
  amount: number,
  rest: Float64Array,
  sigma: Float64Array,
  { x, fwhm, used }: SearchAxis,
): number {
  let expected = 0
  let found = 0
  for (const { centre } of lines) {
    const to = Math.min(x.length, lowerBound(x, centre + fwhm / 2))
    let [model, seen, variance] = [0, 0, 0]
    for (let i = lowerBound(x, centre - fwhm / 2); i < to; i++) {
      if (!used[i]) continue
      model += amount * sharp[i]!
      seen += rest[i]!
      variance += sigma[i]! ** 2
    }
    if (!(model > VISIBLE * Math.sqrt(variance)) || variance === 0) continue
    expected += Math.sqrt(model)
    if (seen > LEAST_PART * model) found += Math.sqrt(model)
  }
  return expected > 0 ? found / expected : 0
}
