import type { Issue } from '../../../core/issue.js'
import { dSpacing } from '../../../model/crystal/dSpacing.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import { createLeastSquares } from '../../../numeric/leastSquares/createLeastSquares.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { scaledByScatter } from '../phases/scaledByScatter.js'
import { agreementOf, berarLelann, observedIntensities } from './agreement.js'
import { intensityErrors } from './intensityErrors.js'
import type { LatticeProblem } from './latticeProblem.js'
import type { LineEquations } from './lineEquations.js'
import type { LayoutPhase, PatternLayout } from './patternLayout.js'
import type { PatternModel } from './patternModel.js'
import { refinedCell } from './refinedCell.js'
import type { Correlation, ExtractedLine, LatticePhase, LatticeRefinement, RefinementOptions } from './refinementTypes.js'

/** The end of a refinement. */
export interface LatticeEnd {
  readonly x: Float64Array
  readonly phases: readonly LatticePhase[]
  readonly options: RefinementOptions
  readonly layout: PatternLayout
  readonly model: PatternModel
  readonly problem: LatticeProblem
  readonly inputs: readonly ParameterInput[]
  /** The last fit with the intensities held. */
  readonly fit: FitResult
  /** All parameters. */
  readonly p: Float64Array
  readonly cycles: number
  readonly settled: boolean
  /** Points that count. */
  readonly good: number
}

/** Pairs that correlate by more are listed. */
const NOTEWORTHY = 0.8

/**
 * Makes the result: covariance of parameters and intensities together, R factors, lines.
 * @param end Where the cycles have led.
 */
export function finishLattice(end: LatticeEnd): LatticeRefinement {
  const { x, phases, options, layout, model, problem, inputs, p, cycles, good } = end
  const { y, weight, areas } = problem
  const n = x.length
  const profiles = problem.begin(p)
  const equations = problem.equations(profiles)
  problem.follow(equations)
  const varying = withoutLostGaussians(end)
  const followed = createLeastSquares(problem, varying, { scaleErrors: false, maxEvaluations: 1 }).fit(p)
  problem.follow(null)
  // residuals are those that are there, not those that free intensities would leave
  const residual = new Float64Array(n)
  problem.evaluate(p, residual, null)
  const joint: FitResult = { ...followed, residual, chiSquare: residual.reduce((sum, r) => sum + r * r, 0) }
  const degreesOfFreedom = good - joint.varied.length - equations.count
  const { scaleErrors = true } = options
  const fit: FitResult = scaleErrors
    ? { ...scaledByScatter(joint, degreesOfFreedom + joint.varied.length), points: good }
    : { ...joint, points: good, degreesOfFreedom, reducedChiSquare: joint.chiSquare / Math.max(1, degreesOfFreedom) }

  const background = new Float64Array(n)
  model.addBackground(p, background)
  const none = new Uint8Array(inputs.length)
  const parts = phases.map((_, index) => {
    const part = new Float64Array(n)
    model.addLines(p, areas, part, null, none, index)
    return part
  })
  const peaks = new Float64Array(n)
  for (const part of parts) for (let i = 0; i < n; i++) peaks[i]! += part[i]!
  const calculated = peaks.map((value, i) => value + background[i]!)
  const observed = observedIntensities(profiles, problem.net(p, new Float64Array(n)), peaks, weight, areas)
  const rBragg = Object.fromEntries(
    layout.phases.map(({ name, firstLine, reflections }) => {
      let [difference, sum] = [0, 0]
      for (let k = firstLine; k < firstLine + reflections.length; k++) {
        difference += Math.abs(observed[k]! - areas[k]!)
        sum += Math.abs(observed[k]!)
      }
      return [name, sum > 0 ? difference / sum : 0]
    }),
  )
  const agreement = agreementOf({ y, weight, calculated, background, degreesOfFreedom }, rBragg)
  const errors = intensityErrors(equations, problem.response(), varying, p, fit, scaleErrors ? fit.reducedChiSquare : 1)
  const cells = Object.fromEntries(
    phases.map(({ name, cell }, index): [string, UnitCell] => [name, refinedCell(name, cell, layout.phases[index]!, fit)]),
  )
  const lines = describeLines(end, cells, equations, errors)
  const plain = Object.fromEntries(
    Object.values(fit.parameters).flatMap(({ name, standardError }) => (standardError === null ? [] : [[name, standardError]])),
  )
  return {
    ...fit,
    ...outcome(end, joint),
    cost: fit.chiSquare,
    iterations: cycles,
    rFactor: agreement.rwp,
    agreement,
    berarLelann: berarLelann(fit.residual, weight, plain),
    correlated: correlationsOf(fit),
    cells,
    lines,
    curves: { calculated, background, phases: Object.fromEntries(phases.map(({ name }, index) => [name, parts[index]!])) },
    warnings: warningsOf(end, lines),
  }
}

function outcome({ fit, settled, cycles }: LatticeEnd, joint: FitResult): Pick<FitResult, 'converged' | 'reason' | 'message'> {
  const converged = settled
  if (!converged && fit.reason === 'not-finite') return { converged, reason: fit.reason, message: fit.message }
  const undetermined = joint.covariance === null ? ` ${joint.message.slice(joint.message.indexOf('No standard errors'))}` : ''
  return converged
    ? {
        converged,
        reason: 'step',
        message: `Converged: cycle ${cycles} moved no parameter by a hundredth of its standard error.${undetermined}`,
      }
    : {
        converged,
        reason: 'iterations',
        message: `Not converged: parameters still moved in cycle ${cycles}, the last allowed. Start closer, hold some, or raise maxCycles.${undetermined}`,
      }
}

function describeLines(
  { phases, layout, model, problem }: LatticeEnd,
  cells: Readonly<Record<string, UnitCell>>,
  { groupOf }: LineEquations,
  errors: Float64Array | null,
): ExtractedLine[] {
  const seen: number[] = []
  for (let k = 0; k < layout.lines; k++) if (groupOf[k]! >= 0) seen.push(k)
  const members = new Map<number, number[]>()
  seen.forEach((k, index) => {
    const group = groupOf[k]!
    members.set(group, [...(members.get(group) ?? []), index])
  })
  const phaseOf = layout.phases.flatMap(({ reflections }, index) => reflections.map(() => index))
  return seen.map((k, index) => {
    const { name, reflections, firstLine } = layout.phases[phaseOf[k]!]!
    const { hkl } = reflections[k - firstLine]!
    const overlaps = members.get(groupOf[k]!)!.filter(other => other !== index)
    return {
      phase: name,
      hkl,
      d: dSpacing(cells[phases[phaseOf[k]!]!.name]!, hkl),
      twoTheta: model.centre[k]!,
      fwhm: model.fwhm[k]!,
      intensity: problem.areas[k]!,
      standardError: overlaps.length > 0 || errors === null ? null : errors[groupOf[k]!]!,
      overlaps,
    }
  })
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

function warningsOf({ layout, model, p }: LatticeEnd, lines: readonly ExtractedLine[]): Issue[] {
  const warnings: Issue[] = []
  const overlapping = lines.filter(({ overlaps }) => overlaps.length > 0)
  if (overlapping.length > 0)
    warnings.push({
      code: 'W_OVERLAP',
      message: `${overlapping.length} of ${lines.length} lines overlap so closely that only sums of their intensities are known: see \`overlaps\`.`,
    })
  layout.phases.forEach(({ name, firstLine }, index) => {
    const narrow = narrowLines(layout.phases[index]!, model, p)
    if (narrow.length > 0)
      warnings.push({
        code: 'W_WIDTH',
        message: `phase ${name}: u tan² + v tan + w + p / cos² is not above 0 at 2theta = ${model.centre[firstLine + narrow[0]!]!.toFixed(3)} degrees; the Gaussian of such lines was taken to be a quarter of the least width that can be seen. Hold v, or u.`,
      })
  })
  return warnings
}

/** Lines, by their place in the phase, where Caglioti's square is not above 0. */
function narrowLines({ at, cell, firstLine, reflections }: LayoutPhase, model: PatternModel, p: Float64Array): number[] {
  const w = at + cell.names.length
  const [u, v, c, q] = [p[w]!, p[w + 1]!, p[w + 2]!, p[w + 3]!]
  return Array.from(reflections.keys()).filter(r => {
    const tan = Math.tan((model.centre[firstLine + r]! * Math.PI) / 360)
    return model.to[firstLine + r]! > model.from[firstLine + r]! && u * tan * tan + v * tan + c + q * (1 + tan * tan) <= 0
  })
}

/** The parameters, with the Gaussian's held where no line has one left: nothing depends on them any more, and they would take the errors of all others with them. */
function withoutLostGaussians({ layout, model, inputs, p, problem }: LatticeEnd): ParameterInput[] {
  const held = new Set<number>()
  for (const phase of layout.phases) {
    const { at, cell, firstLine, reflections } = phase
    const seen = reflections.filter(
      (_, r) => problem.areas[firstLine + r]! !== 0 && model.to[firstLine + r]! > model.from[firstLine + r]!,
    )
    if (narrowLines(phase, model, p).length >= seen.length) for (let j = 0; j < 4; j++) held.add(at + cell.names.length + j)
  }
  return inputs.map((input, j) => (held.has(j) && input.tie === undefined ? { ...input, value: p[j]!, vary: false } : input))
}
