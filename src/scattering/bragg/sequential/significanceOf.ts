import { chiSquareCdf } from '../../../numeric/statistics/chiSquareDistribution.js'
import { normalQuantile } from '../../../numeric/statistics/normalDistribution.js'
import type { RefinementResult } from '../refinement/refinementTypes.js'
import { partsOf } from './planVariants.js'

/** Beyond this the chance is too small for a number: what is told is the root of the gain. */
const LARGEST = 30

/**
 * How many standard uncertainties a phase of known structure is above nothing: its scale over its uncertainty, all its shapes held. The square is Hamilton's F of the phase, for one number.
 * @param fit  A refinement.
 * @param name The phase.
 */
export function scaleSignificance(fit: RefinementResult, name: string): number {
  const { value, standardError } = fit.parameters[`${name}.scale`]!
  return standardError ? value / standardError : 0
}

/** A first look at a phase whose intensities are free: root of the sum of (intensity / uncertainty)², less what noise makes of it. Where lines overlap those of another phase it promises too much. */
export function linesSignificance(fit: RefinementResult, name: string): number {
  let [sum, count] = [0, 0]
  for (const { phase, intensity, standardError } of fit.lines) {
    if (phase !== name || !(standardError !== null && standardError > 0)) continue
    sum += Math.max(0, intensity / standardError) ** 2
    count++
  }
  return Math.sqrt(Math.max(0, sum - count / 2))
}

/**
 * How much better a pattern is described with a phase whose intensities are free than without it, as the normal deviate of the chance that noise does as well. Intensities are not below 0, so that half of them take nothing from
 * noise: the gain in chi-square follows a mixture of chi-square distributions.
 * @param withPhase The refinement with the phase.
 * @param without   Without it.
 * @param name      The phase.
 * @see W. C. Hamilton, Acta Cryst. 18 (1965) 502; S. G. Self, K.-Y. Liang, J. Am. Stat. Assoc. 82 (1987) 605
 */
export function gainSignificance(withPhase: RefinementResult, without: RefinementResult, name: string): number {
  const lines = withPhase.lines.filter(({ phase }) => phase === name).length
  const shapes = withPhase.varied.filter(own => partsOf(own)[0] === name).length
  return gainDeviate((without.chiSquare - withPhase.chiSquare) / withPhase.reducedChiSquare, lines, shapes)
}

/**
 * The normal deviate of a gain in chi-square.
 * @param gain   Gain, in units of the scatter.
 * @param lines  Numbers that are not below 0.
 * @param shapes Numbers that are free.
 */
export function gainDeviate(gain: number, lines: number, shapes: number): number {
  if (!(gain > 0)) return 0
  if (gain > LARGEST ** 2 + 2 * (lines + shapes)) return Math.sqrt(gain - lines / 2 - shapes)
  let chance = 0
  // binomial weights from their logarithms: 0.5^lines alone may be too small for a number
  let logWeight = -lines * Math.LN2
  for (let m = 0; m <= lines; m++) {
    if (m > 0) logWeight += Math.log((lines - m + 1) / m)
    if (m + shapes > 0) chance += Math.exp(logWeight) * chiSquareCdf(gain, m + shapes, 'upper')
  }
  // what is no better than noise is no more than nothing
  return chance > 0 ? Math.min(LARGEST, normalQuantile(Math.min(0.5, chance), 'upper')) : LARGEST
}
