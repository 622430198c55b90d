import type { FitResult } from '../../../numeric/fitResult.js'
import { frozenFit } from '../../../numeric/frozenFit.js'
import type { LeastSquaresPlan } from '../../../numeric/leastSquares/createLeastSquares.js'
import { createParameterSpace } from '../../../numeric/leastSquares/parameterSpace.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { scaledByScatter } from '../phases/scaledByScatter.js'
import { agreementOf, berarLelann, observedIntensities } from './agreement.js'
import { describeLines, type IntensityCovariance } from './describeLines.js'
import { massFractions } from './massFractions.js'
import type { PatternPhase, RefinementLayout } from './patternLayout.js'
import type { PatternModel } from './patternModel.js'
import { refinedCell } from './refinedCell.js'
import { refinedStructure } from './refinedStructure.js'
import type { ProblemPattern, RefinementProblem } from './refinementProblem.js'
import type { Agreement, Correlation, RefinedPattern, RefinementOptions, RefinementResult } from './refinementTypes.js'
import { warningsOf } from './refinementWarnings.js'

/** The end of a refinement. */
export interface RefinementEnd {
  readonly layout: RefinementLayout
  readonly problem: RefinementProblem
  readonly options: RefinementOptions
  readonly inputs: readonly ParameterInput[]
  /** All parameters. */
  readonly p: Float64Array
  /** Makes the plan that evaluates the covariance. */
  readonly plan: (inputs: readonly ParameterInput[]) => LeastSquaresPlan
  readonly cycles: number
  readonly reason: 'step' | 'iterations' | 'not-finite' | 'aborted'
  /** Points that count. */
  readonly good: number
}

/** Pairs that correlate by more are listed. */
const NOTEWORTHY = 0.8

/**
 * Makes the result: covariance of parameters and intensities together, R factors, lines.
 * @param end Where the steps have led.
 */
export function finishRefinement(end: RefinementEnd): RefinementResult {
  const { layout, problem, options, p, good } = end
  const { scaleErrors = true } = options
  problem.settle(p)
  const varying = withoutLostGaussians(end)
  problem.exact(true)
  const joint = end.plan(varying).fit(p)
  const free = problem.patterns.reduce((sum, { band }) => sum + band.count, 0)
  const degreesOfFreedom = good - joint.varied.length - free
  const fit: FitResult = scaleErrors
    ? scaledByScatter(joint, degreesOfFreedom + joint.varied.length)
    : { ...joint, degreesOfFreedom, reducedChiSquare: joint.chiSquare / Math.max(1, degreesOfFreedom) }

  const scale = scaleErrors ? fit.reducedChiSquare : 1
  const space = createParameterSpace(varying)
  const cells = Object.fromEntries(
    layout.phases.map(phase => [phase.name, refinedCell(phase.name, phase.given.cell, phase, fit)]),
  )
  const names = end.inputs.map(input => input.name)
  const structures = Object.fromEntries(
    layout.phases
      .filter(({ sites }) => sites.length > 0)
      .map(phase => [phase.name, refinedStructure(phase, cells[phase.name]!, p, fit, names)]),
  )
  const covariance: IntensityCovariance = { space, p, matrix: fit.covariance, scale }
  const patterns = problem.patterns.map(pattern => {
    const { prefix } = pattern.model.layout
    const lines = describeLines(pattern, cells, covariance)
    const shares = massFractions(layout, pattern.model.layout, p, space, fit, options)
    return { name: prefix.slice(0, -1), lines, ...curvesOf(pattern, p, end, fit), ...(shares && { massFractions: shares }) }
  })
  problem.exact(false)
  const agreement = patterns.length === 1 ? patterns[0]!.agreement : together(problem, patterns, degreesOfFreedom)
  const plain = Object.fromEntries(
    Object.values(fit.parameters).flatMap(({ name, standardError }) => (standardError === null ? [] : [[name, standardError]])),
  )
  const weight = new Float64Array(layout.points)
  for (const own of problem.patterns) weight.set(own.weight, own.model.layout.row)
  return frozenFit({
    ...fit,
    ...outcome(end, joint),
    cost: fit.chiSquare,
    points: good,
    iterations: end.cycles,
    rFactor: agreement.rwp,
    agreement,
    berarLelann: berarLelann(fit.residual, weight, plain),
    correlated: correlationsOf(fit),
    cells,
    structures,
    ...(patterns[0]!.massFractions && { massFractions: patterns[0]!.massFractions }),
    lines: patterns[0]!.lines,
    curves: patterns[0]!.curves,
    patterns,
    warnings: warningsOf(problem, patterns, p, narrowLines),
  })
}

function curvesOf(
  pattern: ProblemPattern,
  p: Float64Array,
  { good, layout }: RefinementEnd,
  fit: FitResult,
): Pick<RefinedPattern, 'agreement' | 'curves'> {
  const { model, y, weight, areas, band } = pattern
  const { phases, x } = model.layout
  const { from, to } = model.profiles
  const n = x.length
  const background = new Float64Array(n)
  model.addBackground(p, background)
  const parts = phases.map((_, index) => {
    const part = new Float64Array(n)
    model.sum(areas, part, index)
    return part
  })
  const peaks = new Float64Array(n)
  for (const part of parts) for (let i = 0; i < n; i++) peaks[i]! += part[i]!
  const calculated = peaks.map((value, i) => value + background[i]!)
  const net = y.map((value, i) => value - background[i]!)
  const observed = observedIntensities(model.profiles, net, peaks, weight, areas)
  const rBragg = Object.fromEntries(
    phases.map(({ phase, firstLine, count }) => {
      let [difference, sum] = [0, 0]
      for (let k = firstLine; k < firstLine + count; k++) {
        if (to[k] === from[k]) continue
        difference += Math.abs(observed[k]! - areas[k]!)
        sum += Math.abs(observed[k]!)
      }
      return [phase.name, sum > 0 ? difference / sum : 0]
    }),
  )
  // what several patterns have found together is shared by their points
  const usable = weight.reduce((sum, w) => sum + (w > 0 ? 1 : 0), 0)
  const own = layout.patterns.length === 1 ? fit.varied.length : (fit.varied.length * usable) / good
  const degreesOfFreedom = usable - own - band.count
  return {
    agreement: agreementOf({ y, weight, calculated, background, degreesOfFreedom }, rBragg),
    curves: { calculated, background, phases: Object.fromEntries(phases.map(({ phase }, index) => [phase.name, parts[index]!])) },
  }
}

/** R factors of several patterns as if they were one. */
function together(problem: RefinementProblem, patterns: readonly RefinedPattern[], degreesOfFreedom: number): Agreement {
  const join = (part: (index: number) => Float64Array): Float64Array =>
    Float64Array.from(patterns.flatMap((_, index) => [...part(index)]))
  return agreementOf(
    {
      y: join(index => problem.patterns[index]!.y),
      weight: join(index => problem.patterns[index]!.weight),
      calculated: join(index => patterns[index]!.curves.calculated),
      background: join(index => patterns[index]!.curves.background),
      degreesOfFreedom,
    },
    patterns[0]!.agreement.rBragg,
  )
}

function outcome({ reason, cycles }: RefinementEnd, joint: FitResult): Pick<FitResult, 'converged' | 'reason' | 'message'> {
  const undetermined = joint.covariance === null ? ` ${joint.message.slice(joint.message.indexOf('No standard errors'))}` : ''
  const messages = {
    step: `Converged: the last round, after ${cycles} steps in all, moved no parameter by a hundredth of its standard error.`,
    iterations: `Not converged: parameters still moved in step ${cycles}, the last allowed. Start closer, hold some, or raise maxCycles.`,
    'not-finite': 'Not converged: the model gives NaN or infinity wherever it turns. Are starts and sigmas sensible?',
    aborted: `Aborted by the signal after ${cycles} steps.`,
  }
  return { converged: reason === 'step', reason, message: messages[reason] + undetermined }
}

/** Pairs of parameters that hardly can be told apart, strongest first. */
export function correlationsOf({ parameters, varied }: FitResult): Correlation[] {
  return varied
    .flatMap((first, i) =>
      varied.slice(i + 1).map((second): Correlation => ({ first, second, value: parameters[first]!.correlations[second] ?? 0 })),
    )
    .filter(({ value }) => Math.abs(value) > NOTEWORTHY)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
}

/** Lines, by their place in the phase, where Caglioti's square is not above 0. */
function narrowLines({ widthsAt, firstLine, count }: PatternPhase, model: PatternModel, p: Float64Array): number[] {
  const { instrument, radiation } = model.layout
  const [u, v, c, q] = [0, 1, 2, 3].map(j => p[widthsAt + j]! + instrument[j]!) as [number, number, number, number]
  return Array.from({ length: count }, (_, r) => r).filter(r => {
    const tan = model.places.tan[(firstLine + r) * radiation.lines.length]!
    return (
      model.profiles.to[firstLine + r]! > model.profiles.from[firstLine + r]! &&
      u * tan * tan + v * tan + c + q * (1 + tan * tan) <= 0
    )
  })
}

/** The parameters, with the Gaussian's held where no line has one left: nothing depends on them any more, and they would take the errors of all others with them. */
function withoutLostGaussians({ problem, inputs, p }: RefinementEnd): readonly ParameterInput[] {
  const held = new Set<number>()
  for (const { model, areas } of problem.patterns) {
    for (const phase of model.layout.phases) {
      const { firstLine, count, widthsAt } = phase
      let seen = 0
      for (let k = firstLine; k < firstLine + count; k++)
        if (areas[k] !== 0 && model.profiles.to[k]! > model.profiles.from[k]!) seen++
      if (seen > 0 && narrowLines(phase, model, p).length >= seen) for (let j = 0; j < 4; j++) held.add(widthsAt + j)
    }
  }
  if (held.size === 0) return inputs
  return inputs.map((input, j) => (held.has(j) && input.tie === undefined ? { ...input, value: p[j]!, vary: false } : input))
}
