import { OperandoError } from '../../../core/errors.js'
import { assertFields } from '../../../core/fields.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import { createLeastSquares, type LeastSquaresPlan } from '../../../numeric/leastSquares/createLeastSquares.js'
import { createParameterSpace } from '../../../numeric/leastSquares/parameterSpace.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { minimalWidth } from '../phases/phaseParameters.js'
import { finishRefinement } from './finishRefinement.js'
import { type IntensityKind, layOut, type PatternSetting, WIDTHS } from './patternLayout.js'
import { enterPatterns } from './refinementPatterns.js'
import { createRefinementProblem } from './refinementProblem.js'
import type {
  LatticePhase,
  ParameterChoice,
  Refinement,
  RefinementData,
  RefinementOptions,
  RefinementResult,
} from './refinementTypes.js'
import { setScales, startFrom, startRefinement } from './startRefinement.js'
import type { SiteParameters } from './structureParameters.js'

/** What varies in a stage. */
interface Stage {
  /** Which widths and shifts. */
  readonly profile: readonly string[] | 'all'
  /** Whether sites, and what looks like them, vary. */
  readonly atoms: boolean
}

/** Trial steps before it is settled anew which lines are seen, and how far they reach. */
const STEPS = 8
/** Rounds of each stage but the last. */
const STAGE_ROUNDS = 2
/** What varies beside cells, scales and background, stage after stage: all at once, from afar, u and v would run away and atoms would follow. The last: all. */
const STAGES: readonly Stage[] = [
  { profile: [], atoms: false },
  { profile: ['zero', 'w', 'size'], atoms: false },
  { profile: 'all', atoms: false },
  { profile: 'all', atoms: true },
]
/** Of the refinement without structure before that with it: it only has to come near. */
const ROUGH = { reach: 20, cycles: 30 }
/** A round that moves no parameter by more than this part of its standard error is the last ... */
const SETTLED = 0.03
/** ... and so is one that lowers chi² by no more than this part of its reduced value: all parameters together are then a tenth of a standard error from the end, or less. */
const NEGLIGIBLE = 3e-3

/**
 * The plan behind `createRefinement`.
 * @param settings Axes, with scattering factors for phases with structure.
 * @param phases  The phases.
 * @param options Options, checked.
 * @param kinds   How the intensities of each phase come about.
 */
export function buildRefinement(
  settings: readonly PatternSetting[],
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
  const layout = layOut(settings, phases, kinds, parameters)
  const { inputs, points } = layout
  const problem = createRefinementProblem(layout, reach)
  // where no start is given it is guessed from the pattern: the plans need some number
  const known = inputs.map(input => (input.tie === undefined ? { ...input, value: input.value ?? someValue(input) } : input))
  const space = createParameterSpace(known)
  const tie = (values: Float64Array): void => {
    for (const own of space.ties) values[own.target] = own.value(values)
  }
  const atoms = new Set(layout.phases.flatMap(({ sites }) => sites.flatMap(parametersOfSite)))
  for (const { absorptionAt, phases: own } of layout.patterns)
    for (const { extinctionAt } of own) for (const at of [absorptionAt, extinctionAt]) if (at >= 0) atoms.add(at)
  const isAtom = (index: number): boolean => atoms.has(index)
  const someAtoms = space.free.some(isAtom)
  const plans: (LeastSquaresPlan | undefined)[] = []
  const planOf = (stage: number): LeastSquaresPlan => {
    plans[stage] ??= createLeastSquares(problem, ofStage(known, STAGES[stage]!, isAtom), {
      scaleErrors: false,
      maxEvaluations: STEPS,
      tolerances: { cost: NEGLIGIBLE / points, step: 1e-8 },
    })
    return plans[stage]
  }
  let covariancePlan: LeastSquaresPlan | undefined
  let latticePlan: Refinement | undefined
  const someStructure = kinds.includes('structure')

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
      let stage = start === undefined ? 0 : STAGES.length - 1
      if (start === undefined && someStructure) {
        const better = startFromLattice(given, p, signal)
        if (better) {
          p = better
          stage = 1
        }
      }
      problem.level()
      let fit: FitResult | undefined
      let [cycles, rounds, settled, chiSquare] = [0, 0, false, Infinity]
      while (cycles < maxCycles && !settled && !signal?.aborted) {
        problem.settle(p)
        keepNear(stage, p)
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
          if (stage === STAGES.length - 2 && !someAtoms) stage++
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

  /** Caglioti's terms do not go further in a round than lines are wide: in one leap the Gaussian of all lines would be lost. */
  function keepNear(stage: number, p: Float64Array): void {
    const own = ofStage(known, STAGES[stage]!, isAtom)
    for (const { model } of problem.patterns) {
      const { places, profiles, layout: pattern } = model
      for (const { widthsAt, firstLine, count } of pattern.phases) {
        let widest = (3 * minimalWidth(pattern.x)) ** 2
        for (let line = firstLine; line < firstLine + count; line++)
          if (profiles.to[line]! > profiles.from[line]!)
            widest = Math.max(widest, places.fwhm[line * places.sources.length]! ** 2)
        for (let at = widthsAt; at < widthsAt + 4; at++) {
          const { name, vary, tie: tied, min: given = -Infinity, max = Infinity } = own[at]!
          if (vary === false || tied !== undefined || given === max) continue
          // w alone is the square of a width
          const isAlone = at === widthsAt + 2 && [0, 1, 3].every(j => p[widthsAt + j] === 0 && own[widthsAt + j]!.vary === false)
          const min = isAlone && pattern.instrument[2] === 0 ? Math.max(given, (minimalWidth(pattern.x) / 4) ** 2) : given
          p[at] = Math.max(p[at]!, min)
          planOf(stage).bound(name, Math.max(min, p[at]! - widest / 2), Math.min(max, p[at]! + widest / 2))
        }
      }
    }
  }

  /**
   * Where lines lie and how wide they are is found best with free intensities: from afar, wrong atoms or a wrong cell would lead astray. The start that Le Bail's refinement gives, if the pattern is then
   * described better than by a few steps from the guess.
   */
  function startFromLattice(
    given: RefinementData | readonly RefinementData[],
    guess: Float64Array,
    signal: AbortSignal | undefined,
  ): Float64Array | undefined {
    latticePlan ??= buildRefinement(
      settings.map(setting => ({ ...setting, options: plain(setting.options) })),
      phases,
      {
        ...plain(options),
        reach: Math.min(reach, ROUGH.reach),
        maxCycles: ROUGH.cycles,
        parameters: ofLattice(parameters, inputs),
      },
      phases.map(() => 'leBail'),
    )
    const lattice = latticePlan.fit(given, { signal })
    const p = guess.slice()
    startFrom(valuesByName(lattice), known, p)
    tie(p)
    const scaled = setScales(layout, problem, p)
    tie(scaled)
    const chiSquareFrom = (start: Float64Array): number => {
      problem.settle(start)
      problem.level()
      return planOf(1).fit(start).chiSquare
    }
    return chiSquareFrom(scaled) < chiSquareFrom(guess) ? scaled : undefined
  }

  function startRefinementFrom(start: Readonly<Record<string, number>> | RefinementResult | undefined): Float64Array {
    if (start === undefined) return startRefinement(layout, problem, tie)
    assertFields(start, 'start', [])
    const byName = valuesByName(start)
    const isWhole = known.every(({ name, tie: own }) => own !== undefined || byName[name] !== undefined)
    const p = isWhole ? Float64Array.from(known, ({ value }) => value ?? 0) : startRefinement(layout, problem, tie)
    startFrom(byName, known, p)
    tie(p)
    return p
  }
}

function parametersOfSite({ coordinates, positionAt, occupancyAt, displacementAt, tensor }: SiteParameters): number[] {
  const displacements = tensor ? tensor.free.map((_, j) => displacementAt + j) : [displacementAt]
  return [...coordinates.free.map((_, j) => positionAt + j), occupancyAt, ...displacements]
}

function valuesByName(start: Readonly<Record<string, number>> | RefinementResult): Record<string, number> {
  if (!('parameters' in start)) return { ...(start as Readonly<Record<string, number>>) }
  return Object.fromEntries(Object.values((start as RefinementResult).parameters).map(({ name, value }) => [name, value]))
}

/** The choices that a refinement without structure knows; ties to what it does not know are left out. */
function ofLattice(
  choices: Readonly<Record<string, ParameterChoice>>,
  inputs: readonly ParameterInput[],
): Readonly<Record<string, ParameterChoice>> {
  const ofStructure = (name: string): boolean =>
    /\.(scale|occupancy|march|extinction|u(Iso|\d\d)|[xyz])$/.test(name) ||
    /(^|\.)(axial\.(sample|detector)|texture\.\d+|absorption|skew|skewCot)$/.test(name)
  const lattice = inputs.filter(({ name }) => !ofStructure(name))
  return Object.fromEntries(
    lattice.map(({ name, value, vary, min, max, tie }) => {
      const choice = choices[name] ? { value, vary, min, max, tie } : { value, vary }
      const known = tie === undefined ? choice : { value, tie }
      return [name, known]
    }),
  )
}

/** The options of a refinement without structure that only looks for places and widths: symmetric lines will do. */
function plain(options: RefinementOptions): RefinementOptions {
  const { axial, skew, absorption, texture, extinction, internalStandard, intensities, ...rest } = options
  return rest.instrument ? { ...rest, instrument: { ...rest.instrument, axial: undefined } } : rest
}

function someValue({ min = -Infinity, max = Infinity }: ParameterInput): number {
  return Math.min(max, Math.max(min, 0))
}

/** The parameters of a stage: cells, scales and background vary, and of the rest what is named. */
function ofStage(
  inputs: readonly ParameterInput[],
  { profile, atoms }: Stage,
  isAtom: (index: number) => boolean,
): readonly ParameterInput[] {
  if (profile === 'all' && atoms) return inputs
  const others = new Set<string>([
    ...WIDTHS,
    'zero',
    'displacement',
    'sizeAlong',
    'march',
    'skew',
    'skewCot',
    'sample',
    'detector',
  ])
  return inputs.map((input, index) => {
    const what = input.name.slice(input.name.lastIndexOf('.') + 1)
    const isProfile = others.has(what) || /^S\d{3}$/.test(what) || input.name.includes('.texture.')
    const held = isAtom(index) ? !atoms : isProfile && profile !== 'all' && !profile.includes(what)
    return held && input.tie === undefined ? { ...input, vary: false } : input
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
