import { atomicWeight } from '../../../core/index.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import type { ParameterSpace } from '../../../numeric/leastSquares/parameterSpace.js'
import type { Share } from '../phases/fractions.js'
import type { PatternLayout, RefinementLayout } from './patternLayout.js'
import type { MassFractions, RefinementOptions } from './refinementTypes.js'

/** Change of a parameter for derivatives of shares, relative. */
const STEP = 1e-6

/**
 * Shares of the mass of the phases with structure in a pattern: S (ZM) V over the sum, ZM the mass of the cell's atoms as their occupancies are. With an internal standard also what is amorphous.
 * @param layout  All parameters.
 * @param pattern The pattern.
 * @param p       Values of all parameters.
 * @param space   The parameters, compiled.
 * @param fit     Covariance of the varied ones.
 * @param options The internal standard.
 * @returns `undefined` where no phase has a structure.
 * @see R. J. Hill, C. J. Howard, J. Appl. Cryst. 20 (1987) 467; D. L. Bish, S. A. Howard, J. Appl. Cryst. 21 (1988) 86
 */
export function massFractions(
  layout: RefinementLayout,
  pattern: PatternLayout,
  p: Float64Array,
  space: ParameterSpace,
  { covariance }: FitResult,
  { internalStandard }: RefinementOptions,
): MassFractions | undefined {
  const scaled = pattern.phases.filter(({ scaleAt }) => scaleAt >= 0)
  if (scaled.length === 0) return undefined
  const standard = internalStandard && scaled.findIndex(({ phase }) => phase.name === internalStandard.phase)
  const added = standard !== undefined && standard >= 0 ? internalStandard!.massFraction : undefined
  /** Shares of the crystalline, then of the amorphous part of the sample without the standard. */
  const sharesAt = (values: Float64Array): number[] => {
    const masses = scaled.map(({ phase, scaleAt }) => {
      const volume = phase.cell.spacings(values, phase.cellAt, phase.spacings)[0]!
      const mass = phase.sites.reduce(
        (sum, { site, multiplicity, occupancyAt }) => sum + multiplicity * values[occupancyAt]! * atomicWeight(site.element),
        0,
      )
      return values[scaleAt]! * mass * volume
    })
    const total = masses.reduce((sum, mass) => sum + mass, 0)
    const shares = masses.map(mass => (total > 0 ? mass / total : Number.NaN))
    if (added === undefined) return shares
    return [...shares, (1 - added / shares[standard!]!) / (1 - added)]
  }

  const found = sharesAt(p)
  const k = space.free.length
  const slopes = found.map(() => new Float64Array(k))
  const moved = p.slice()
  for (let j = 0; j < k; j++) {
    const at = space.free[j]!
    const step = STEP * (Math.abs(p[at]!) || 1e-3)
    const [above, below] = [1, -1].map(sign => {
      moved.set(p)
      moved[at]! += sign * step
      for (const tie of space.ties) moved[tie.target] = tie.value(moved)
      return sharesAt(moved)
    }) as [number[], number[]]
    found.forEach((_, i) => {
      slopes[i]![j] = (above[i]! - below[i]!) / (2 * step)
    })
  }
  for (const { cell, cellAt, spacings } of layout.phases) cell.spacings(p, cellAt, spacings)
  const shareOf = (i: number): Share => {
    const value = found[i]!
    if (covariance === null || !Number.isFinite(value)) return { value, standardError: null }
    let variance = 0
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) variance += slopes[i]![a]! * covariance[a * k + b]! * slopes[i]![b]!
    return { value, standardError: Math.sqrt(Math.max(0, variance)) }
  }
  return {
    phases: Object.fromEntries(scaled.map(({ phase }, i) => [phase.name, shareOf(i)])),
    ...(added !== undefined && { amorphous: shareOf(scaled.length) }),
  }
}
