import { unit } from '../../../core/unit.js'
import type { Dataset } from '../../../model/dataset.js'
import type { Estimate } from '../dSpacingOfPeak.js'
import { meanOf } from './leverRule.js'
import type { MechanismOptions, MiscibilityGap, Trends } from './mechanismTypes.js'
import { known } from './trend.js'

/**
 * Relative change of volume for a formula unit: of a couple second over first in the frames where both are seen, of one phase its smallest volume over its largest.
 * @param volumes One trend a phase, Å³.
 * @param units   Formula units in the cell of each.
 */
export function volumeChangeOf(volumes: readonly (Dataset<'frame'> | undefined)[], units: readonly number[]): Estimate | null {
  const [one, other] = volumes
  if (!one) return null
  if (volumes.length === 2) {
    if (!other) return null
    const scale = units[0]! / units[1]!
    const ratios = known(one)
      .filter(i => !Number.isNaN(other.values[i]))
      .map(i => ratio(other, i, one, i, scale))
    return ratios.length === 0 ? null : lessOne(meanOf(ratios))
  }
  const at = known(one).sort((i, j) => one.values[i]! - one.values[j]!)
  return at.length < 2 ? null : lessOne(ratio(one, at[0]!, one, at[at.length - 1]!, 1))
}

function ratio(above: Dataset<'frame'>, i: number, below: Dataset<'frame'>, j: number, scale: number): Estimate {
  const value = (scale * above.values[i]!) / below.values[j]!
  const [s, t] = [above.sigma?.[i] ?? Number.NaN, below.sigma?.[j] ?? Number.NaN]
  const error = value * Math.hypot(s / above.values[i]!, t / below.values[j]!)
  return { value, standardError: Number.isNaN(error) ? null : error }
}

const lessOne = ({ value, standardError }: Estimate): Estimate => ({ value: value - 1, standardError })

/**
 * Compositions by Vegard's rule, the straight line between two volumes. The end members' own uncertainties are not in sigma.
 * @param names   Of the phases.
 * @param volumes One trend a phase, Å³.
 * @param units   Formula units in the cell of each.
 * @param vegard  The end members.
 */
export function compositionsOf(
  names: readonly string[],
  volumes: readonly (Dataset<'frame'> | undefined)[],
  units: readonly number[],
  vegard: NonNullable<MechanismOptions['vegard']>,
): Trends {
  const [x0, x1] = vegard.x
  const [v0, v1] = vegard.volume
  const slope = (x1 - x0) / (v1 - v0)
  const compositions: Record<string, Dataset<'frame'>> = {}
  names.forEach((name, p) => {
    const volume = volumes[p]
    if (!volume) return
    const own = `${name}.x`
    compositions[own] = Object.freeze({
      ...volume,
      name: own,
      label: `x of ${name} (Vegard)`,
      unit: unit(''),
      values: Float64Array.from(volume.values, v => x0 + slope * (v / units[p]! - v0)),
      sigma: volume.sigma && Float64Array.from(volume.sigma, s => Math.abs(slope / units[p]!) * s),
    })
  })
  return compositions
}

/**
 * The gap as the compositions of two phases that coexist.
 * @param one   Composition of the first.
 * @param other Of the second.
 */
export function gapByVegard(one: Dataset<'frame'> | undefined, other: Dataset<'frame'> | undefined): MiscibilityGap | null {
  if (!one || !other) return null
  const together = known(one).filter(i => !Number.isNaN(other.values[i]))
  if (together.length === 0) return null
  const mean = (trend: Dataset<'frame'>): Estimate =>
    meanOf(together.map(i => ({ value: trend.values[i]!, standardError: trend.sigma?.[i] ?? null })))
  const [from, to] = [mean(one), mean(other)]
  const slope = 1 / (to.value - from.value)
  const error = slope ** 2 * Math.hypot(from.standardError ?? Number.NaN, to.standardError ?? Number.NaN)
  return { from, to, slope: { value: slope, standardError: Number.isNaN(error) ? null : error }, by: 'Vegard' }
}
