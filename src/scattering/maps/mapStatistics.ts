import { OperandoError } from '../../core/errors.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { linearLeastSquares } from '../../numeric/linear/linearLeastSquares.js'
import { quantiles } from '../../numeric/statistics/quantile.js'
import type { Estimate } from '../bragg/dSpacingOfPeak.js'

/** How even a map is. */
export interface MapStatistics {
  /** Points that count. */
  readonly points: number
  /** Mean. */
  readonly mean: number
  /** Standard deviation over the map. */
  readonly deviation: number
  /** Values below which 5, 50 and 95 of 100 points lie. */
  readonly quantiles: readonly [p5: number, median: number, p95: number]
  /** Slope along x and along y, in the unit of the coordinates: of the plane through the map. Errors take points as independent. */
  readonly gradient: readonly [x: Estimate, y: Estimate]
  /** Part of the variance that the plane explains. */
  readonly planar: number
  /** Correlation of neighbours: near 1 the map shows the sample, near 0 noise. */
  readonly neighbours: number
}

/**
 * Mean, spread, slope and smoothness of a map, masked points left out.
 * @param map Rows by columns with coordinates, as `rasterMap` or `gridMap` make it.
 * @throws OperandoError `E_ARGUMENT` for other dims or fewer than four good points.
 * @example
 * ```ts
 * import { mapStatistics, rasterMap } from 'operando/scattering'
 * const map = rasterMap(Array.from({ length: 20 }, (_, i) => 0.5 + 0.01 * (i % 5)), { columns: 5, step: [0.5, 0.5] })
 * const { mean, gradient, neighbours } = mapStatistics(map) // 0.52; 0.02 a mm along x, 0 along y; 0.74
 * ```
 */
export function mapStatistics(map: Dataset<'y' | 'x'>): MapStatistics {
  assertDataset(map, 'mapStatistics')
  if (map.dims.join() !== 'y,x')
    throw new OperandoError('E_ARGUMENT', `mapStatistics: a map of dims y, x expected, found ${map.dims.join(', ')}.`)
  const [rows, columns] = map.shape as [number, number]
  const isGood = (i: number): boolean => !map.mask?.[i] && Number.isFinite(map.values[i]!)
  const good = Array.from({ length: rows * columns }, (_, i) => i).filter(isGood)
  if (good.length < 4)
    throw new OperandoError('E_ARGUMENT', `mapStatistics: four good points or more expected, found ${good.length}.`)
  const values = Float64Array.from(good, i => map.values[i]!)
  const n = values.length
  const mean = values.reduce((sum, v) => sum + v, 0) / n
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0)
  const at = (axis: 'x' | 'y', k: number): number => map.coords[axis]?.values[k] ?? k
  const [x, y] = [good.map(i => at('x', i % columns)), good.map(i => at('y', Math.floor(i / columns)))]
  const middle = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / n
  const [mx, my] = [middle(x), middle(y)]
  const matrix = Float64Array.from(good.flatMap((_, k) => [1, x[k]! - mx, y[k]! - my]))
  const plane = linearLeastSquares(matrix, n, 3, values, { minimumNorm: true })
  const slope = (k: number): Estimate => ({ value: plane.x[k]!, standardError: plane.standardErrors?.[k] ?? null })
  let [pairs, together] = [0, 0]
  for (const i of good)
    for (const j of [(i + 1) % columns === 0 ? -1 : i + 1, i + columns])
      if (j >= 0 && j < rows * columns && isGood(j)) {
        pairs++
        together += (map.values[i]! - mean) * (map.values[j]! - mean)
      }
  const variance = square / n
  const [p5, p50, p95] = quantiles(values, [0.05, 0.5, 0.95])
  return {
    points: n,
    mean,
    deviation: Math.sqrt(square / (n - 1)),
    quantiles: [p5!, p50!, p95!],
    gradient: [slope(1), slope(2)],
    planar: square > 0 ? Math.max(0, 1 - plane.chiSquare / square) : 0,
    neighbours: pairs > 0 && variance > 0 ? together / pairs / variance : 0,
  }
}
