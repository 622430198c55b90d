import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { householderQr, solveUpper } from '../../../numeric/linear/householder.js'
import { estimateBackground } from '../../background/estimateBackground.js'
import { minimalWidth } from '../phases/phaseParameters.js'
import { type RefinementLayout, WIDTHS } from './patternLayout.js'
import type { ProblemPattern, RefinementProblem } from './refinementProblem.js'
import { addSpan, dotSpans } from './spans.js'

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
  for (const pattern of problem.patterns)
    drawBackground(pattern).forEach((value, k) => {
      put(pattern.model.layout.background.at + k, value)
    })
  guessWidths(layout, problem, start, tie)
  tie(start)
  return start
}

/** Smooth terms of a background drawn below the peaks; the others start at 0. */
function drawBackground({ y, weight, model }: ProblemPattern): Float64Array {
  const { x, background } = model.layout
  const { smooth, count, curves } = background
  const n = x.length
  const out = new Float64Array(count)
  const good: number[] = []
  for (let i = 0; i < n; i++) if (weight[i]! > 0) good.push(i)
  const below = estimateBackground(x, y, { mask: Uint8Array.from(weight, w => (w > 0 ? 0 : 1)) })
  // a blank alone: as much of it as lies below the peaks
  const terms = smooth > 0 ? smooth : count
  const columns = new Float64Array(terms * good.length)
  for (let k = 0; k < terms; k++)
    good.forEach((i, row) => {
      columns[k * good.length + row] = curves[k * n + i]!
    })
  const rhs = Float64Array.from(good, i => below[i]!)
  householderQr(columns, good.length, terms, rhs)
  solveUpper(columns, good.length, terms, rhs)
  for (let k = 0; k < terms; k++) out[k] = Number.isFinite(rhs[k]) ? rhs[k]! : 0
  return out
}

/** Sets the scales of phases with structure to those that describe the patterns best, none below 0, as if nothing else were there. */
export function setScales(
  { inputs, points }: RefinementLayout,
  problem: RefinementProblem,
  p: Float64Array,
  residual: Float64Array = new Float64Array(points),
): Float64Array {
  const scaled = problem.patterns.map(({ model }) =>
    model.layout.phases
      .map((own, index) => ({ at: own.scaleAt, index }))
      .filter(({ at }) => at >= 0 && inputs[at]!.value === undefined && inputs[at]!.tie === undefined),
  )
  if (scaled.every(list => list.length === 0)) return p
  problem.settle(p)
  problem.level()
  for (const { at } of scaled.flat()) p[at] = 1
  problem.evaluate(p, residual, null)
  problem.patterns.forEach(({ model, y, weight, areas, background }, which) => {
    const n = y.length
    const list = scaled[which]!
    const curves = list.map(({ index }) => {
      const out = new Float64Array(n)
      model.sum(areas, out, index)
      for (let i = 0; i < n; i++) out[i]! *= weight[i]!
      return out
    })
    const sizes = curves.map(curve => Math.sqrt(dotSpans(curve, 0, curve, 0, n)))
    const net = y.map((value, i) => (value - background[i]!) * weight[i]!)
    // each on what the others leave: a few rounds are enough for a start
    const scales = list.map(() => 0)
    for (let round = 0; round < 20; round++)
      curves.forEach((curve, k) => {
        if (!(sizes[k]! > 0)) return
        const change = dotSpans(curve, 0, net, 0, n) / sizes[k]! ** 2
        const next = Math.max(0, scales[k]! + change)
        addSpan(scales[k]! - next, curve, 0, net, 0, n)
        scales[k] = next
      })
    list.forEach(({ at }, k) => {
      p[at] = scales[k]!
    })
  })
  return p
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
  const residual = new Float64Array(layout.points)
  if (guessed.every(list => list.length === 0)) {
    tie(start)
    problem.settle(start)
    problem.level()
    setScales(layout, problem, start, residual)
    return
  }
  const best = start.slice()
  let least = Infinity
  for (let widening = 3; ; widening *= 1.4) {
    const trial = start.slice()
    let isLast = true
    patterns.forEach(({ x }, index) => {
      const widest = (x[x.length - 1]! - x[0]!) / WIDEST
      const fwhm = widening * minimalWidth(x)
      if (fwhm < widest) isLast = false
      for (const { widthsAt, sizeAlongAt } of guessed[index]!) {
        setWidths(inputs, trial, widthsAt, Math.min(fwhm, widest))
        if (sizeAlongAt >= 0 && inputs[sizeAlongAt]!.value === undefined) trial[sizeAlongAt] = trial[widthsAt + 4]!
      }
    })
    if (isLast) break
    tie(trial)
    problem.settle(trial)
    problem.level()
    setScales(layout, problem, trial, residual)
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
