import { linearLeastSquares } from '../../../numeric/linear/linearLeastSquares.js'

/** Highest degree of a course. */
const DEGREE = 3

/** How a quantity runs through an interval: as a constant, and as the smooth course that describes it best. */
export interface CourseModels {
  /** Its mean, weighted. */
  readonly mean: number
  /** Values of the best course, at `samples` equal steps through the interval. */
  readonly course: Float64Array
  /** Points. */
  readonly points: number
  /** Misfit of the constant, in uncertainties widened to the scatter about the best course. */
  readonly constant: number
  /** Misfit of the best course that is no constant. */
  readonly moving: number
  /** Numbers that course takes. */
  readonly parameters: number
}

/** How an information criterion counts parameters. */
export type Penalty = (parameters: number, points: number) => number

/** Penalties of the criteria. */
export const PENALTIES: Readonly<Record<'bic' | 'aicc', Penalty>> = {
  bic: (k, n) => k * Math.log(n),
  aicc: (k, n) => 2 * k + (2 * k * (k + 1)) / Math.max(0.5, n - k - 1),
}

const SAMPLES = 33

/**
 * Holds a constant against straight lines, parabolas and cubics. Uncertainties are widened where not even the best of them is followed to within noise (the overdispersion c of Burnham and
 * Anderson): systematic wiggles of fits must not pass for physics.
 *
 * @param t       Abscissae.
 * @param y       Values.
 * @param sigma   Standard uncertainties.
 * @param penalty How parameters count.
 * @param domain  The interval, beyond the points where they do not fill it. Default: theirs.
 * @returns `null` for fewer than three points.
 * @see K. P. Burnham, D. R. Anderson, Model Selection and Multimodel Inference, 2nd ed. (2002), section 2.5
 */
export function courseModels(
  t: Float64Array,
  y: Float64Array,
  sigma: Float64Array,
  penalty: Penalty,
  domain: readonly [number, number] = [Math.min(...t), Math.max(...t)],
): CourseModels | null {
  const n = t.length
  const [low, high] = domain
  if (n < 3 || !(high > low)) return null
  const fits: { readonly coefficients: Float64Array; readonly chiSquare: number }[] = []
  for (let degree = 0; degree <= Math.min(DEGREE, n - 2); degree++) {
    const columns = degree + 1
    const matrix = new Float64Array(n * columns)
    for (let i = 0; i < n; i++) powers((2 * (t[i]! - low)) / (high - low) - 1, matrix.subarray(i * columns, (i + 1) * columns))
    const { x, chiSquare } = linearLeastSquares(matrix, n, columns, y, { sigma, minimumNorm: true })
    fits.push({ coefficients: x, chiSquare })
  }
  const scatter = Math.max(1, Math.min(...fits.map(({ chiSquare }, degree) => chiSquare / (n - degree - 1))))
  const criterion = (degree: number): number => fits[degree]!.chiSquare / scatter + penalty(degree + 1, n)
  let best = 1
  for (let degree = 2; degree < fits.length; degree++) if (criterion(degree) < criterion(best)) best = degree
  const { coefficients, chiSquare } = fits[best]!
  const course = new Float64Array(SAMPLES)
  const row = new Float64Array(best + 1)
  // as far as there are points: polynomials run away beyond
  const [first, last] = [Math.min(...t), Math.max(...t)].map(at => (2 * (at - low)) / (high - low) - 1) as [number, number]
  for (let s = 0; s < SAMPLES; s++) {
    powers(Math.min(last, Math.max(first, (2 * s) / (SAMPLES - 1) - 1)), row)
    course[s] = row.reduce((sum, p, k) => sum + p * coefficients[k]!, 0)
  }
  return {
    mean: fits[0]!.coefficients[0]!,
    course,
    points: n,
    constant: fits[0]!.chiSquare / scatter,
    moving: chiSquare / scatter,
    parameters: best + 1,
  }
}

function powers(u: number, out: Float64Array): void {
  for (let k = 0, p = 1; k < out.length; k++, p *= u) out[k] = p
}
