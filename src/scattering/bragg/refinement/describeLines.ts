import { dSpacing } from '../../../model/crystal/dSpacing.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { ParameterSpace } from '../../../numeric/leastSquares/parameterSpace.js'
import type { ProblemPattern } from './refinementProblem.js'
import type { ExtractedLine } from './refinementTypes.js'

/** Profiles whose cosine is above this cannot be told apart: their separate errors would be three times that of each alone, and more. */
const ALIKE = 0.95

/** What standard errors of intensities follow from. */
export interface IntensityCovariance {
  /** The parameters. */
  readonly space: ParameterSpace
  /** Their values. */
  readonly p: Float64Array
  /** Covariance of the varied ones; null where it is not known. */
  readonly matrix: Float64Array | null
  /** What variances are multiplied by. */
  readonly scale: number
}

/**
 * The lines of a pattern with their intensities, and the standard errors of free ones: those that they would have with all else known, and what the uncertainty of all else adds.
 * @param pattern    The pattern, last derived with exact overlaps.
 * @param cells      The cells found.
 * @param covariance Of the parameters.
 */
export function describeLines(
  { model, areas, band, response }: ProblemPattern,
  cells: Readonly<Record<string, UnitCell>>,
  { space, p, matrix, scale }: IntensityCovariance,
): ExtractedLine[] {
  const { places, profiles, layout } = model
  const { phases, lines } = layout
  const sources = places.sources.length
  const positionOf = new Int32Array(lines).fill(-1)
  for (let i = 0; i < band.count; i++) positionOf[band.order[i]!] = i
  const seen: number[] = []
  for (let line = 0; line < lines; line++) if (profiles.to[line]! > profiles.from[line]!) seen.push(line)
  const indexOf = new Map(seen.map((line, index) => [line, index]))
  const alike = overlapping(band)

  const k = space.free.length
  const slopes = new Float64Array(space.ties.length * k)
  space.slopes(p, slopes)
  const change = new Float64Array(k)
  const errorOf = (position: number): number | null => {
    if (matrix === null) return null
    let variance = scale * band.variance(position)
    for (let j = 0; j < k; j++) {
      change[j] = response[space.free[j]! * lines + position]!
      space.ties.forEach((tie, t) => {
        change[j]! += slopes[t * k + j]! * response[tie.target * lines + position]!
      })
    }
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) variance += change[i]! * change[j]! * matrix[i * k + j]!
    return Math.sqrt(Math.max(0, variance))
  }

  return phases.flatMap(({ phase, firstLine, count }) =>
    seen
      .filter(line => line >= firstLine && line < firstLine + count)
      .map((line): ExtractedLine => {
        const at = 3 * (line - firstLine)
        const hkl = [phase.hkl[at]!, phase.hkl[at + 1]!, phase.hkl[at + 2]!] as const
        const position = positionOf[line]!
        const overlaps = position < 0 ? [] : alike[position]!.map(other => indexOf.get(band.order[other]!)!).sort((a, b) => a - b)
        return {
          phase: phase.name,
          hkl,
          d: dSpacing(cells[phase.name]!, hkl),
          twoTheta: places.centre[line * sources]!,
          fwhm: places.fwhm[line * sources]!,
          intensity: areas[line]!,
          standardError: position < 0 || overlaps.length > 0 ? null : errorOf(position),
          overlaps,
        }
      }),
  )
}

/** Positions that are alike, by position: each list without the position itself. */
function overlapping(band: ProblemPattern['band']): number[][] {
  const alike = Array.from({ length: band.count }, (): number[] => [])
  for (let i = 0; i < band.count; i++) {
    for (let j = i - 1; j >= 0 && band.cosine(i, j) > 0; j--) {
      const cosine = band.cosine(i, j)
      if (cosine > ALIKE) {
        alike[i]!.push(j)
        alike[j]!.push(i)
      } else if (cosine < 0.5) break
    }
  }
  return alike
}
