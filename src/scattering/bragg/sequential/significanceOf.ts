import { chiSquareCdf } from '../../../numeric/statistics/chiSquareDistribution.js'
import { normalQuantile } from '../../../numeric/statistics/normalDistribution.js'
import type { RefinementResult } from '../refinement/refinementTypes.js'

/** Beyond this the chance is too small for a number: what is told is a lower limit. */
const LARGEST = 30

/**
 * How many standard uncertainties a phase is above nothing. With a scale: scale over its uncertainty, all shapes held, whose square is the F of the phase with one degree of freedom. Without one
 * its lines are free and not below 0: sum of (intensity / uncertainty)² over lines that stand alone, against what noise gives, half of whose lines are at 0 (a mixture of chi-square
 * distributions), told as the normal deviate of the same chance.
 *
 * @param fit  A refinement.
 * @param name The phase.
 * @see S. G. Self, K.-Y. Liang, J. Am. Stat. Assoc. 82 (1987) 605: chi-bar-square
 */
export function significanceOf(fit: RefinementResult, name: string): number {
  const scale = fit.parameters[`${name}.scale`]
  if (scale) return scale.standardError ? scale.value / scale.standardError : 0
  let [sum, count] = [0, 0]
  for (const { phase, intensity, standardError } of fit.lines) {
    if (phase !== name || !(standardError !== null && standardError > 0)) continue
    sum += Math.max(0, intensity / standardError) ** 2
    count++
  }
  if (count === 0) return LARGEST
  if (sum > LARGEST ** 2 + 2 * count) return Math.sqrt(sum - count / 2)
  let chance = 0
  let weight = 0.5 ** count
  if (weight === 0) return (sum - count / 2) / Math.sqrt(1.25 * count)
  for (let m = 1; m <= count; m++) {
    weight *= (count - m + 1) / m
    chance += weight * chiSquareCdf(sum, m, 'upper')
  }
  // what is above a half, nothing at all for instance, is no more than nothing
  return chance > 0 ? Math.min(LARGEST, normalQuantile(Math.min(0.5, chance), 'upper')) : LARGEST
}
