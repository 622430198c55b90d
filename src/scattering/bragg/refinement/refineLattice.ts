import { asFloat64, assertRising } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown } from '../../../core/fields.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import { createLeastSquares, type LeastSquaresPlan } from '../../../numeric/leastSquares/createLeastSquares.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { goodPoints } from '../../pattern.js'
import { loadPattern, radiationOf } from '../phases/phaseProblem.js'
import { finishLattice } from './finishLattice.js'
import { createLatticeProblem, type LatticeProblem } from './latticeProblem.js'
import { patternLayout, WIDTHS } from './patternLayout.js'
import { createPatternModel, type LineProfiles } from './patternModel.js'
import {
  type LatticePhase,
  type LatticeRefinement,
  REFINEMENT_FIELDS,
  type RefinementOptions,
  type RefinementPattern,
} from './refinementTypes.js'
import { startLattice } from './startLattice.js'

/** A line of this part of the strongest is not there, and does not follow. */
const NOTHING = 1e-7

/** Finds the intensities of all lines, with places, widths and background held. */
export type IntensityStep = (problem: LatticeProblem, profiles: LineProfiles, net: Float64Array) => void

/** Trial steps of a cycle. */
const STEPS = 6

/** What varies beside cells and background, stage after stage: all at once, from afar, u and v would run away. The last: all. */
const STAGES: readonly (readonly string[] | undefined)[] = [[], ['zero', 'w', 'size'], undefined]
/** Cycles of each stage but the last. */
const STAGE_CYCLES = 3

/** A cycle that moves no parameter by more than this part of its standard error is the last. */
const SETTLED = 0.01

/**
 * Refines lattices in turns: intensities, then all else.
 * @param pattern Pattern.
 * @param phases  Phases.
 * @param options Options.
 * @param extract How intensities are found.
 */
export function refineLattice(
  pattern: RefinementPattern,
  phases: readonly LatticePhase[],
  options: RefinementOptions,
  extract: IntensityStep,
): LatticeRefinement {
  assertKnown(options, 'refinement options', REFINEMENT_FIELDS)
  const x = asFloat64(pattern.twoTheta, 'twoTheta')
  assertRising(x, 'twoTheta')
  const { reach = 40, maxCycles = 100 } = options
  if (!(reach > 0 && maxCycles >= 1))
    throw new OperandoError(
      'E_RANGE',
      `reach = ${reach}, maxCycles = ${maxCycles}: a reach above 0 and one cycle or more expected.`,
    )
  const radiation = radiationOf(options)
  const shortest = Math.min(...radiation.lines.map(line => line.wavelength))
  const layout = patternLayout(x, phases, shortest, options)
  const model = createPatternModel(x, layout, radiation, reach)
  const { y, weight, good } = enter(pattern, x.length)
  const problem = createLatticeProblem(model, layout, y, weight)
  const net = new Float64Array(x.length)
  const free = layout.inputs.filter(({ vary, tie }) => vary !== false && tie === undefined).length
  if (good <= free)
    throw new OperandoError(
      'E_SHAPE',
      `pattern: ${good} of ${x.length} points can be used, but ${free} parameters are to be found: more points than parameters expected.`,
      { details: { usable: good, parameters: free } },
    )

  const inputs = startLattice(x, layout, problem, options)
  const stages = STAGES.map(names => planOf(problem, inputs, names))
  let p: Float64Array = Float64Array.from(inputs, ({ value }) => value ?? Number.NaN)
  let fit = createLeastSquares(problem, inputs, { scaleErrors: false, maxEvaluations: 1 }).fit()
  p = valuesOf(fit)
  let cycles = 0
  let stage = 0
  let settled = false
  while (cycles < maxCycles && !settled) {
    const profiles = problem.begin(p)
    extract(problem, profiles, problem.net(p, net))
    const before = p
    problem.follow(problem.equations(profiles, NOTHING * problem.areas.reduce((most, area) => Math.max(most, area), 0)))
    fit = stages[stage]!.fit(p)
    problem.follow(null)
    cycles++
    p = valuesOf(fit)
    const isLast = stage === stages.length - 1
    settled = isLast && hasSettled(fit, before, p)
    if (!isLast && cycles % STAGE_CYCLES === 0) stage++
    if (fit.reason === 'not-finite') break
  }
  const profiles = problem.begin(p)
  extract(problem, profiles, problem.net(p, net))
  return finishLattice({ x, phases, options, layout, model, problem, inputs, fit, p, cycles, settled, good })
}

/** A plan in which cells and background vary, and of the rest what is named; without names, all. */
function planOf(
  problem: LatticeProblem,
  inputs: readonly ParameterInput[],
  names: readonly string[] | undefined,
): LeastSquaresPlan {
  const others = new Set<string>([...WIDTHS, 'zero', 'displacement'])
  const own = inputs.map(input => {
    const what = input.name.slice(input.name.lastIndexOf('.') + 1)
    const isHeld = names !== undefined && others.has(what) && !names.includes(what) && input.tie === undefined
    return isHeld ? { ...input, vary: false } : input
  })
  return createLeastSquares(problem, own, { scaleErrors: false, maxEvaluations: STEPS })
}

const valuesOf = (fit: FitResult): Float64Array => Float64Array.from(Object.values(fit.parameters), parameter => parameter.value)

function hasSettled(fit: FitResult, before: Float64Array, now: Float64Array): boolean {
  // no step has been taken since none was good yet
  if (fit.iterations === 0 && !fit.converged) return false
  return Object.values(fit.parameters).every(({ varied, standardError }, j) => {
    const change = Math.abs(now[j]! - before[j]!)
    return !varied || change <= SETTLED * (standardError ?? 0) || change <= 1e-10 * Math.abs(now[j]!)
  })
}

/** Pattern and weights; points that are NaN are masked. */
function enter(pattern: RefinementPattern, n: number): { y: Float64Array; weight: Float64Array; good: number } {
  const intensity = asFloat64(pattern.intensity, 'intensity', { length: n, allowNaN: true })
  const mask = new Uint8Array(n).fill(1)
  for (const i of goodPoints(intensity, pattern.mask)) mask[i] = 0
  const [y, weight] = [new Float64Array(n), new Float64Array(n)]
  const good = loadPattern({ ...pattern, intensity, mask }, y, weight)
  return { y, weight, good }
}
