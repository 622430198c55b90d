import { OperandoError } from '../../../core/errors.js'
import { assertFields } from '../../../core/fields.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import { createLeastSquares, type LeastSquaresPlan } from '../../../numeric/leastSquares/createLeastSquares.js'
import { createParameterSpace } from '../../../numeric/leastSquares/parameterSpace.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { finishRefinement } from './finishRefinement.js'
import { type IntensityKind, layOut, WIDTHS } from './patternLayout.js'
import { axesOf, enterPatterns } from './refinementPatterns.js'
import { createRefinementProblem } from './refinementProblem.js'
import type { LatticePhase, Refinement, RefinementAxis, RefinementOptions, RefinementResult } from './refinementTypes.js'
import { startFrom, startRefinement } from './startRefinement.js'

/** Trial steps before it is settled anew which lines are seen, and how far they reach. */
const STEPS = 8
/** Rounds of each stage but the last. */
const STAGE_ROUNDS = 2
/** What varies beside cells, scales and background, stage after stage: all at once, from afar, u and v would run away. The last: all. */
const STAGES: readonly (readonly string[] | undefined)[] = [[], ['zero', 'w', 'size'], undefined]
/** A round that moves no parameter by more than this part of its standard error is the last ... */
const SETTLED = 0.03
/** ... and so is one that lowers chi² by no more than this part of its reduced value: all parameters together are then a tenth of a standard error from the end, or less. */
const NEGLIGIBLE = 3e-3

/**
 * The plan behind `createRefinement`, for phases whose intensities need no tables.
 * @param axis    Axis, or axes.
 * @param phases  The phases.
 * @param options Options, checked.
 * @param kinds   How the intensities of each phase come about.
 */
export function buildRefinement(
  axis: RefinementAxis,
  phases: readonly LatticePhase[],
  options: RefinementOptions,
  kinds: readonly IntensityKind[],
): Refinement {
  const { reach = 40, maxCycles = 100, parameters = {} } = options
  if (!(reach > 0 && maxCycles >= 1))
    throw new OperandoError(
      'E_RANGE',
      `reach = ${reach}, maxCycles = ${maxCycles}: a reach above 0 and one cycle or more expected.`,
    )
  const settings = axesOf(axis, options)
  const layout = layOut(settings, phases, kinds, parameters)
  const { inputs, points } = layout
  const problem = createRefinementProblem(layout, reach)
  // where no start is given it is guessed from the pattern: the plans need some number
  const known = inputs.map(input => (input.tie === undefined ? { ...input, value: input.value ?? someValue(input) } : input))
  const space = createParameterSpace(known)
  const tie = (values: Float64Array): void => {
    for (const own of space.ties) values[own.target] = own.value(values)
  }
  const plans: (LeastSquaresPlan | undefined)[] = []
  const planOf = (stage: number): LeastSquaresPlan => {
    plans[stage] ??= createLeastSquares(problem, ofStage(known, STAGES[stage]), {
      scaleErrors: false,
      maxEvaluations: STEPS,
      tolerances: { cost: NEGLIGIBLE / points, step: 1e-8 },
    })
    return plans[stage]
  }
  let covariancePlan: LeastSquaresPlan | undefined

  return {
    names: inputs.map(({ name }) => name),
    fit(given, { start, signal } = {}): RefinementResult {
      const good = enterPatterns(given, settings, problem.patterns)
      if (good <= space.free.length)
        throw new OperandoError(
          'E_SHAPE',
          `pattern: ${good} of ${points} points can be used, but ${space.free.length} parameters are to be found: more points than parameters expected.`,
          { details: { usable: good, parameters: space.free.length } },
        )
      let p = startRefinementFrom(start)
      problem.level()
      let stage = start === undefined ? 0 : STAGES.length - 1
      let fit: FitResult | undefined
      let [cycles, rounds, settled, chiSquare] = [0, 0, false, Infinity]
      while (cycles < maxCycles && !settled && !signal?.aborted) {
        problem.settle(p)
        fit = planOf(stage).fit(p)
        const now = valuesOf(fit)
        cycles += Math.max(1, fit.iterations)
        rounds++
        const isLast = stage === STAGES.length - 1
        settled =
          isLast && (hasSettled(fit, p, now) || Math.abs(chiSquare - fit.chiSquare) <= (10 * NEGLIGIBLE * fit.chiSquare) / good)
        chiSquare = fit.chiSquare
        p = now
        if (fit.reason === 'not-finite') break
        if (!isLast && (rounds === STAGE_ROUNDS || fit.converged)) {
          stage++
          rounds = 0
        }
      }
      const plan = (varying: readonly ParameterInput[]): LeastSquaresPlan => {
        if (varying !== known) return createLeastSquares(problem, varying, { scaleErrors: false, maxEvaluations: 1 })
        covariancePlan ??= createLeastSquares(problem, known, { scaleErrors: false, maxEvaluations: 1 })
        return covariancePlan
      }
      const reason = signal?.aborted ? 'aborted' : settled ? 'step' : fit?.reason === 'not-finite' ? 'not-finite' : 'iterations'
      return finishRefinement({ layout, problem, options, inputs: known, p, plan, cycles, reason, good })
    },
  }

  function startRefinementFrom(start: Readonly<Record<string, number>> | RefinementResult | undefined): Float64Array {
    if (start === undefined) return startRefinement(layout, problem, tie)
    assertFields(start, 'start', [])
    const values = 'parameters' in start ? (start as RefinementResult).parameters : (start as Record<string, number>)
    const byName = Object.fromEntries(
      Object.entries(values).map(([name, own]) => [name, typeof own === 'number' ? own : own.value]),
    )
    const isWhole = known.every(({ name, tie: own }) => own !== undefined || byName[name] !== undefined)
    const p = isWhole ? Float64Array.from(known, ({ value }) => value ?? 0) : startRefinement(layout, problem, tie)
    startFrom(byName, known, p)
    tie(p)
    return p
  }
}

function someValue({ min = -Infinity, max = Infinity }: ParameterInput): number {
  return Math.min(max, Math.max(min, 0))
}

/** The parameters of a stage: cells, scales and background vary, and of the rest what is named; without names, all. */
function ofStage(inputs: readonly ParameterInput[], names: readonly string[] | undefined): readonly ParameterInput[] {
  if (names === undefined) return inputs
  const others = new Set<string>([...WIDTHS, 'zero', 'displacement'])
  return inputs.map(input => {
    const what = input.name.slice(input.name.lastIndexOf('.') + 1)
    const isHeld = others.has(what) && !names.includes(what) && input.tie === undefined
    return isHeld ? { ...input, vary: false } : input
  })
}

const valuesOf = (fit: FitResult): Float64Array => Float64Array.from(Object.values(fit.parameters), parameter => parameter.value)

function hasSettled(fit: FitResult, before: Float64Array, now: Float64Array): boolean {
  // no step has been taken since none was good yet
  if (fit.iterations === 0 && !fit.converged && fit.reason !== 'stalled') return false
  return Object.values(fit.parameters).every(({ varied, standardError }, j) => {
    const change = Math.abs(now[j]! - before[j]!)
    return !varied || change <= SETTLED * (standardError ?? 0) || change <= 1e-10 * Math.abs(now[j]!)
  })
}
