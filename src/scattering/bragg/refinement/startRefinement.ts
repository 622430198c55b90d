import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { estimateBackground } from '../../background/estimateBackground.js'
import { fitChebyshev } from '../../background/fitChebyshev.js'
import { minimalWidth } from '../phases/phaseParameters.js'
import { type RefinementLayout, WIDTHS } from './patternLayout.js'
import type { RefinementProblem } from './refinementProblem.js'

/** The range over the widest trial. */
const WIDEST = 40

/**
 * Where a refinement starts: a background drawn below the peaks, and of widths from two points to a fortieth of the range those that describe the pattern best, wherever the caller does not say it.
 * @param layout  The parameters.
 * @param problem The problem, loaded.
 * @param tie     Sets the tied parameters among all.
 * @returns Start values of all parameters.
 */
export function startRefinement(
  layout: RefinementLayout,
  problem: RefinementProblem,
  tie: (values: Float64Array) => void,
): Float64Array {
  const { inputs } = layout
  const start = Float64Array.from(inputs, ({ value }) => value ?? 0)
  const put = (j: number, value: number): void => {
    if (inputs[j]!.value === undefined && inputs[j]!.tie === undefined) start[j] = within(value, inputs[j]!)
  }
  problem.patterns.forEach(({ y, weight, model }) => {
    const { x, background } = model.layout
    const mask = Uint8Array.from(weight, w => (w > 0 ? 0 : 1))
    const below = estimateBackground(x, y, { mask })
    const drawn = fitChebyshev(x, below, { degree: background.count - 1, mask })
    for (let k = 0; k < background.count; k++) put(background.at + k, drawn.coefficients[k]!)
  })
  guessWidths(layout, problem, start, tie)
  tie(start)
  return start
}

/** Tries widths, the same for all patterns in steps of their points. */
function guessWidths(
  layout: RefinementLayout,
  problem: RefinementProblem,
  start: Float64Array,
  tie: (values: Float64Array) => void,
): void {
  const { inputs, patterns } = layout
  const guessed = patterns.map(({ phases }) =>
    phases.filter(({ widthsAt }) => !WIDTHS.some((_, j) => inputs[widthsAt + j]!.value !== undefined)),
  )
  for (const { phases } of patterns)
    for (const { widthsAt } of phases)
      WIDTHS.forEach((_, j) => {
        const input = inputs[widthsAt + j]!
        if (input.value === undefined && input.tie === undefined) start[widthsAt + j] = within(0, input)
      })
  if (guessed.every(list => list.length === 0)) return
  const residual = new Float64Array(layout.points)
  const best = start.slice()
  let least = Infinity
  for (let widening = 3; ; widening *= 1.4) {
    const trial = start.slice()
    let isLast = true
    patterns.forEach(({ x }, index) => {
      const widest = (x[x.length - 1]! - x[0]!) / WIDEST
      const fwhm = widening * minimalWidth(x)
      if (fwhm < widest) isLast = false
      for (const { widthsAt } of guessed[index]!) setWidths(inputs, trial, widthsAt, Math.min(fwhm, widest))
    })
    if (isLast) break
    tie(trial)
    problem.settle(trial)
    problem.level()
    problem.evaluate(trial, residual, null)
    let chiSquare = 0
    for (let i = 0; i < residual.length; i++) chiSquare += residual[i]! * residual[i]!
    if (!(chiSquare < least)) continue
    least = chiSquare
    best.set(trial)
  }
  start.set(best)
}

/** Sets the widths of a phase to a fwhm, half Gaussian, half Lorentzian where both may vary. */
function setWidths(inputs: readonly ParameterInput[], values: Float64Array, at: number, fwhm: number): void {
  const indexOf = (own: (typeof WIDTHS)[number]): number => at + WIDTHS.indexOf(own)
  const varies = (own: (typeof WIDTHS)[number]): boolean => {
    const { vary, tie } = inputs[indexOf(own)]!
    return vary !== false && tie === undefined
  }
  const lorentzians = (['size', 'strain', 'constant'] as const).filter(varies)
  const gaussians = (['w', 'u', 'p'] as const).filter(varies)
  // a Voigt of equal Gaussian and Lorentzian widths is 1.636 times as wide
  const each = lorentzians.length > 0 && gaussians.length > 0 ? fwhm / 1.636 : fwhm
  for (const own of lorentzians) values[indexOf(own)] = within(each / lorentzians.length, inputs[indexOf(own)]!)
  if (gaussians.length > 0) values[indexOf(gaussians[0]!)] = within(each * each, inputs[indexOf(gaussians[0]!)]!)
}

function within(value: number, { min = -Infinity, max = Infinity }: ParameterInput): number {
  return Math.min(max, Math.max(min, value))
}

/** Values by name, those that there are, within their bounds. */
export function startFrom(
  values: Readonly<Record<string, number>>,
  inputs: readonly ParameterInput[],
  start: Float64Array,
): Float64Array {
  inputs.forEach((input, j) => {
    const value = values[input.name]
    if (value !== undefined && Number.isFinite(value) && input.tie === undefined) start[j] = within(value, input)
  })
  return start
}
