import type { NumbersLike } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import type { Dataset } from '../../../../model/dataset.js'
import { readSpectrum } from '../../../spectrum.js'
import { createEdgeMetrics, type EdgeMetrics, type EdgeMetricsOptions } from './createEdgeMetrics.js'

/**
 * Position, white line and slope of the edge of a normalised spectrum, each by its definition: see `EdgeMetrics`.
 *
 * For oxidation states take `halfHeight` or `integral`: the steepest point of a structured edge jumps from one step to the next.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Normalised absorption, n values.
 * @param options Window, level.
 * @throws OperandoError `E_RANGE` where the spectrum does not reach the heights asked for, or the window is empty; `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { edgeMetrics } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 401 }, (_, i) => 8300 + 0.25 * i)
 * const mu = energy.map(e => 0.5 + Math.atan((e - 8345) / 1.5) / Math.PI + 0.6 * Math.exp(-(((e - 8350) / 3) ** 2)))
 * const { halfHeight, whiteLine } = edgeMetrics(energy, mu, { window: [8330, 8365] })
 * console.log(halfHeight.toFixed(2), whiteLine.toFixed(2))
 * ```
 */
export function edgeMetrics(energy: NumbersLike, mu: NumbersLike, options?: EdgeMetricsOptions): EdgeMetrics
export function edgeMetrics(data: Dataset<'energy'>, options?: EdgeMetricsOptions): EdgeMetrics
export function edgeMetrics(
  first: NumbersLike | Dataset,
  second?: NumbersLike | EdgeMetricsOptions,
  third?: EdgeMetricsOptions,
): EdgeMetrics {
  const { energy, mu, options } = readSpectrum('edgeMetrics', first, second, third)
  const plan = createEdgeMetrics(energy, options)
  const found = plan.measure(mu)
  if (Number.isNaN(found.halfHeight) || Number.isNaN(found.integral)) {
    const inside = mu.subarray(plan.from, plan.from + plan.energy.length)
    const [low, high] = [inside.reduce((a, b) => Math.min(a, b)), inside.reduce((a, b) => Math.max(a, b))]
    throw new OperandoError(
      'E_RANGE',
      `edgeMetrics: mu lies between ${low.toPrecision(4)} and ${high.toPrecision(4)} in the window and does not cross ${Number.isNaN(found.halfHeight) ? 'the level' : 'all integralLevels'}. Is it normalised, and does the window begin below the edge?`,
    )
  }
  return Object.freeze(found)
}
