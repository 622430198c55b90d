import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { chebyshev } from '../../background/chebyshev.js'
import { estimateBackground } from '../../background/estimateBackground.js'
import { fitChebyshev } from '../../background/fitChebyshev.js'
import { minimalWidth } from '../phases/phaseParameters.js'
import { extractIntensities } from './extractIntensities.js'
import type { LatticeProblem } from './latticeProblem.js'
import { FIRST_TERM, type PatternLayout, WIDTHS } from './patternLayout.js'
import type { RefinementOptions } from './refinementTypes.js'

/** Rounds of extraction for a trial width. */
const ROUNDS = 4
/** The range over the widest trial. */
const WIDEST = 40

/**
 * Where a refinement starts: a background drawn below the peaks, and of widths from two points to a fortieth of the range those that describe the pattern best, wherever the caller does not say it.
 * @param x       2theta in degrees.
 * @param layout  The parameters.
 * @param problem The problem.
 * @param options What the caller chose.
 * @returns The parameters with starts.
 */
export function startLattice(
  x: Float64Array,
  layout: PatternLayout,
  problem: LatticeProblem,
  { parameters = {} }: RefinementOptions,
): ParameterInput[] {
  const { y, weight, areas } = problem
  const n = x.length
  const mask = Uint8Array.from(weight, w => (w > 0 ? 0 : 1))
  const below = estimateBackground(x, y, { mask })
  const drawn = fitChebyshev(x, below, { degree: layout.terms - 1, mask })
  const inputs = layout.inputs.map((input, j): ParameterInput => {
    const term = j - FIRST_TERM
    const isBackground = term >= 0 && term < layout.terms
    if (input.value !== undefined || input.tie !== undefined) return input
    return { ...input, value: within(isBackground ? drawn.coefficients[term]! : 0, input) }
  })
  const guessed = layout.phases.filter(({ name }) => !WIDTHS.some(own => parameters[`${name}.${own}`]?.value !== undefined))
  if (guessed.length === 0) return inputs

  const net = y.map((value, i) => value - chebyshev([x[i]!], drawn.coefficients, drawn.domain)[0]!)
  let best = inputs
  let least = Infinity
  const residual = new Float64Array(n)
  for (let fwhm = 3 * minimalWidth(x); fwhm < (x[n - 1]! - x[0]!) / WIDEST; fwhm *= 1.4) {
    const trial = inputs.slice()
    for (const { at, cell } of guessed) guessWidths(trial, at + cell.names.length, fwhm)
    const p = Float64Array.from(trial, ({ value }) => value ?? 0)
    areas.fill(1)
    extractIntensities(problem.begin(p), net, weight, areas, ROUNDS)
    problem.evaluate(p, residual, null)
    const chiSquare = residual.reduce((sum, r) => sum + r * r, 0)
    if (chiSquare < least) {
      least = chiSquare
      best = trial
    }
  }
  areas.fill(1)
  return best
}

/** Sets the widths of a phase to a fwhm, half Gaussian, half Lorentzian where both may vary. */
function guessWidths(inputs: ParameterInput[], at: number, fwhm: number): void {
  const varies = (own: (typeof WIDTHS)[number]): boolean => {
    const { vary, tie } = inputs[at + WIDTHS.indexOf(own)]!
    return vary !== false && tie === undefined
  }
  const put = (own: (typeof WIDTHS)[number], value: number): void => {
    const j = at + WIDTHS.indexOf(own)
    inputs[j] = { ...inputs[j]!, value: within(value, inputs[j]!) }
  }
  const lorentzians = (['size', 'strain', 'constant'] as const).filter(varies)
  const gaussians = (['w', 'u', 'p'] as const).filter(varies)
  // a Voigt of equal Gaussian and Lorentzian widths is 1.636 times as wide
  const each = lorentzians.length > 0 && gaussians.length > 0 ? fwhm / 1.636 : fwhm
  for (const own of lorentzians) put(own, each / lorentzians.length)
  if (gaussians.length > 0) put(gaussians[0]!, each * each)
}

function within(value: number, { min = -Infinity, max = Infinity }: ParameterInput): number {
  return Math.min(max, Math.max(min, value))
}
