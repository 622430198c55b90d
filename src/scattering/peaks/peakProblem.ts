import type { CombinedProblem } from '../../numeric/leastSquares/types.js'
import { scaleColumns } from '../../numeric/linear/scaleColumns.js'
import { type Doublet, secondLine } from '../bragg/doublet.js'
import { lowerBound } from '../lowerBound.js'
import type { DerivativeColumns } from '../profiles/profile.js'
import type { PeakLayout } from './peakLayout.js'

/** The pattern that a problem is about at this moment: written before each fit. */
export interface PeakTarget {
  /** Abscissae, n values. */
  readonly x: Float64Array
  /** Data less any fixed background. */
  readonly data: Float64Array
  /** 1 / sigma; 0 for points that do not count. */
  readonly weight: Float64Array
  /** Chebyshev polynomials at x, one after the other. */
  readonly basis: Float64Array
}

/** How peaks are summed. */
export interface PeakSumOptions {
  /** The second line, if any. */
  readonly doublet?: Doublet | undefined
  /** What x is, for the second line. */
  readonly axis: 'twoTheta' | 'q'
  /** Range over which a peak is computed, in fwhm on either side of its centre. */
  readonly reach: number
}

/** Sum of peaks and background, of one peak alone, and the least-squares problem made of it. */
export interface PeakProblem extends CombinedProblem {
  /**
   * Adds one peak, with the second line of a doublet.
   * @param peak       Its number.
   * @param parameters All parameters.
   * @param out        n values to add to.
   */
  addPeak(peak: number, parameters: Float64Array, out: Float64Array): void
  /**
   * Adds the fitted background.
   * @param parameters All parameters.
   * @param out        n values to add to.
   */
  addBackground(parameters: Float64Array, out: Float64Array): void
}

/**
 * The problem of fitting peaks: residuals and analytic derivatives in one pass; nothing is allocated after this call.
 * @param layout  Parameters.
 * @param target  The pattern.
 * @param options Doublet, range of the profiles.
 */
export function createPeakProblem(layout: PeakLayout, target: PeakTarget, options: PeakSumOptions): PeakProblem {
  const { profile, inputs, peaks, background } = layout
  const { x, data, weight, basis } = target
  const { doublet, axis, reach } = options
  const n = x.length
  const shapes = profile.shape.length
  const shape = new Float64Array(shapes)
  const second = new Float64Array(2)
  const fixed = inputs.map(input => input.vary === false && input.tie === undefined)
  const columns: DerivativeColumns & { values: Float64Array } = {
    values: new Float64Array(0),
    area: -1,
    centre: -1,
    shape: new Int32Array(shapes),
    areaFactor: 1,
    centreFactor: 1,
  }

  const uses = new Uint8Array(background)
  for (const { area, centre, shape: shapeAt } of peaks) for (const j of [area, centre, ...shapeAt]) uses[j]!++
  const wanted = Array.from(uses, (_, j) => j).filter(j => !fixed[j])
  const shared = wanted.filter(j => uses[j]! > 1)
  const own = peaks.map(p => [p.area, p.centre, ...p.shape].filter(j => !fixed[j] && uses[j] === 1))

  /** Adds a line, as far as it reaches. */
  const addLine = (area: number, centre: number, out: Float64Array, slopes: boolean): void => {
    let [from, to] = [0, n]
    if (reach < Infinity) {
      const half = reach * profile.fwhm(shape)
      from = lowerBound(x, centre - half)
      to = lowerBound(x, centre + half)
    }
    if (from < to) profile.add(x, from, to, area, centre, shape, 0, out, slopes ? columns : null)
  }

  const addPeak = (p: number, parameters: Float64Array, out: Float64Array, slopes: boolean): void => {
    const peak = peaks[p]!
    for (let k = 0; k < shapes; k++) shape[k] = parameters[peak.shape[k]!]!
    const area = parameters[peak.area]!
    const centre = parameters[peak.centre]!
    columns.areaFactor = 1
    columns.centreFactor = 1
    if (slopes) {
      columns.area = fixed[peak.area] ? -1 : peak.area * n
      columns.centre = fixed[peak.centre] ? -1 : peak.centre * n
      for (let k = 0; k < shapes; k++) columns.shape[k] = fixed[peak.shape[k]!] ? -1 : peak.shape[k]! * n
    }
    addLine(area, centre, out, slopes)
    if (!doublet) return
    secondLine(centre, doublet.wavelengths[1] / doublet.wavelengths[0], axis, second)
    if (Number.isNaN(second[0])) return
    columns.areaFactor = doublet.ratio
    columns.centreFactor = second[1]!
    addLine(doublet.ratio * area, second[0]!, out, slopes)
  }

  const addBackground = (parameters: Float64Array, out: Float64Array): void => {
    for (let j = background; j < inputs.length; j++) {
      const c = parameters[j]!
      const from = (j - background) * n
      for (let i = 0; i < n; i++) out[i]! += c * basis[from + i]!
    }
  }

  const clear = (list: readonly number[]): void => {
    for (const j of list) columns.values.fill(0, j * n, (j + 1) * n)
  }

  return {
    points: n,
    addPeak: (p, parameters, out) => addPeak(p, parameters, out, false),
    addBackground,
    evaluate(parameters, residual, jacobian) {
      const slopes = jacobian !== null
      if (slopes) columns.values = jacobian
      residual.fill(0)
      if (slopes) clear(shared)
      for (let p = 0; p < peaks.length; p++) {
        // just before they are summed: they are in the cache then
        if (slopes) clear(own[p]!)
        addPeak(p, parameters, residual, slopes)
      }
      addBackground(parameters, residual)
      for (let i = 0; i < n; i++) residual[i] = (residual[i]! - data[i]!) * weight[i]!
      if (!slopes) return
      jacobian.set(basis, background * n)
      scaleColumns(jacobian, inputs.length, weight)
    },
  }
}
