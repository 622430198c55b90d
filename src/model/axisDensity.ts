import { divideUnits, multiplyUnits } from '../core/unit.js'
import type { Dataset, Variable } from './dataset.js'
import { axisOf, layoutOf } from './layout.js'

/**
 * Values per unit of a new axis instead of the old: times |d old / d new|, by the widths where there are bins, so that integrals stay. Where that is
 * infinite the value is NaN and masked.
 * @param data   The Dataset with its old axis.
 * @param dim    Which dim.
 * @param slopes d new / d old at its points, in the units of the coords.
 * @param axis   The new axis.
 */
export function newDensity(
  data: Dataset,
  dim: string,
  slopes: Float64Array,
  axis: Variable,
): Pick<Dataset, 'values' | 'sigma' | 'mask' | 'unit'> {
  const old = data.coords[dim]!
  const width = data.complex ? 2 : 1
  const { n, inner } = layoutOf(data.shape, axisOf(data, dim), width)
  const factors = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const factor = axis.edges ? (old.values[i + 1]! - old.values[i]!) / (axis.values[i + 1]! - axis.values[i]!) : 1 / slopes[i]!
    factors[i] = Number.isFinite(factor) ? Math.abs(factor) : Number.NaN
  }
  const values = new Float64Array(data.values.length)
  const sigma = data.sigma && new Float64Array(values.length)
  const mask = factors.includes(Number.NaN) || data.mask ? new Uint8Array(values.length / width) : undefined
  if (mask && data.mask) mask.set(data.mask)
  for (let at = 0; at < values.length; at++) {
    const factor = factors[Math.floor(at / inner) % n]!
    values[at] = data.values[at]! * factor
    if (sigma) sigma[at] = data.sigma![at]! * factor
    if (mask && Number.isNaN(factor)) mask[Math.floor(at / width)] = 1
  }
  return { values, sigma, mask, unit: multiplyUnits(data.unit, divideUnits(old.unit, axis.unit)) }
}
