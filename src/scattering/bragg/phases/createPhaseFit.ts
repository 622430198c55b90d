import { asFloat64, assertRising, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { FitParameter, FitResult } from '../../../numeric/fitResult.js'
import { frozenFit } from '../../../numeric/frozenFit.js'
import { createLeastSquares, type LeastSquaresPlan } from '../../../numeric/leastSquares/createLeastSquares.js'
import { checkPhases } from './checkPhases.js'
import { moleFractions } from './fractions.js'
import type { FitPhase, PhaseFit, PhaseFitOptions } from './phaseFitTypes.js'
import { knownOnly, phaseParameters, withHeld } from './phaseParameters.js'
import { createPhaseProblem, radiationOf } from './phaseProblem.js'
import { scaledByScatter } from './scaledByScatter.js'
import { guessWidths, searchCell } from './searchPhases.js'

type Values = Readonly<Record<string, number>>
const NONE: ReadonlySet<string> = new Set()
/** Lines this many times wider than expected were cut too short. */
const TOO_WIDE = 1.5

const OPTIONS: FieldsOf<PhaseFitOptions> = {
  wavelength: true,
  doublet: true,
  polarization: true,
  background: true,
  zero: true,
  significance: true,
}

/**
 * Prepares the fit of known phases to powder patterns: scale, cell and width of each phase, a common Lorentzian share and a Chebyshev background.
 * Lines have area scale x m |F|² P / (V sin² theta cos theta), so that the scale counts unit cells in the beam: no texture, no absorption, |F|² that
 * does not change with composition. From the scales follow mole fractions of couples, with their uncertainties.
 *
 * @param twoTheta Scattering angles in degrees, rising, n values.
 * @param phases   The phases.
 * @param options  Wavelength, second line, background, zero.
 * @throws OperandoError `E_AXIS` for angles that do not rise, `E_RANGE` for a wavelength that means nothing, `E_ARGUMENT` for phases without name, lines
 *   in range, or a zero that nothing determines.
 * @example
 * ```ts
 * import { createUnitCell } from 'operando'
 * import { createPhaseFit, simulatePattern } from 'operando/scattering'
 * const silicon = { name: 'Si', cell: createUnitCell({ a: 5.43 }), reflections: [{ hkl: [1, 1, 1] as const, multiplicity: 8, f2: 3500 }] }
 * const twoTheta = Float64Array.from({ length: 200 }, (_, i) => 28 + i * 0.005)
 * const intensity = simulatePattern(twoTheta, [{ ...silicon, amount: 1e-3 }], { wavelength: 1.54056, fwhm: 0.05 }).map(y => y + 20)
 * const { parameters } = createPhaseFit(twoTheta, [silicon], { wavelength: 1.54056, background: 1 }).fit({ intensity })
 * console.log(parameters['Si.a']!.value)
 * ```
 */
export function createPhaseFit(twoTheta: NumbersLike, phases: readonly FitPhase[], options: PhaseFitOptions): PhaseFit {
  assertKnown(options, 'createPhaseFit options', OPTIONS)
  const x = asFloat64(twoTheta, 'twoTheta')
  assertFields(options, 'createPhaseFit options', [])
  assertRising(x, 'twoTheta')
  const radiation = radiationOf(options)
  const { background = 8, significance = 4 } = options
  checkPhases(phases, x, radiation.lines[0]!.wavelength, options.zero)
  const layout = phaseParameters(x, phases, options, background)
  const problem = createPhaseProblem(x, layout, radiation)
  const fixedCells = new Set(phases.filter(phase => phase.fixedCell).map(phase => phase.name))
  const plans = new Map<string, LeastSquaresPlan>()
  let good = x.length

  /** Fits with cell and width of absent phases held; with `shapes` all but scales and background. */
  const run = (absent: ReadonlySet<string>, shapes: boolean, start: Values): FitResult => {
    const key = shapes ? 'shapes' : [...absent].sort().join('|')
    let plan = plans.get(key)
    if (!plan) {
      const parameters = withHeld(layout.inputs, { absent, fixedCells, zero: options.zero !== 'refine', shapes })
      plan = createLeastSquares(problem, parameters, { scaleErrors: false, tolerances: { cost: 1e-8, step: 1e-7 } })
      plans.set(key, plan)
    }
    problem.begin(shapes)
    return scaledByScatter(plan.fit(start), good)
  }
  const fitScales = (start: Values): FitResult => run(NONE, true, start)
  const absentIn = (fit: FitResult): string[] =>
    phases
      .map(phase => phase.name)
      .filter(name => {
        const { value, standardError } = fit.parameters[`${name}.scale`]!
        return !(value > significance * (standardError ?? Infinity))
      })
  /** Phases that are not where they were expected are looked for nearby. */
  const look = (start: Values): FitResult => {
    let fit = fitScales(start)
    for (const phase of phases) {
      if (phase.fixedCell || phase.couple !== undefined || !absentIn(fit).includes(phase.name)) continue
      const moved = searchCell(phase, layout.inputs, { ...start, ...valuesOf(fit) }, x, fitScales)
      if (fit.chiSquare - moved.chiSquare > significance ** 2 * moved.reducedChiSquare) fit = moved
    }
    return fit
  }

  return {
    fit(pattern, seed) {
      good = problem.load(pattern)
      const free = layout.inputs.filter(({ vary }) => vary !== false).length
      if (good <= free) {
        throw new OperandoError(
          'E_SHAPE',
          `pattern: ${good} of ${x.length} points can be used, but ${free} parameters are to be found: more points than parameters expected.`,
          { details: { usable: good, parameters: free } },
        )
      }
      const start = seed ? knownOnly(seed, layout.inputs) : guessWidths(x, phases, fitScales)
      let fit = look(start)
      let from: Values = { ...start, ...valuesOf(fit) }
      let absent = new Set(absentIn(fit))
      // each round may find a phase absent, or lines too wide for where they were cut
      for (let round = 0; round <= phases.length; round++) {
        fit = run(absent, false, from)
        // asked with all shapes held: a free width makes the scale uncertain, not the phase
        const missing = absentIn(fitScales(valuesOf(fit))).filter(name => !absent.has(name))
        const wide = phases.some(
          ({ name }) =>
            !absent.has(name) && fit.parameters[`${name}.fwhm`]!.value > TOO_WIDE * (from[`${name}.fwhm`] ?? Infinity),
        )
        if (missing.length === 0 && !wide) break
        if (missing.length === 0) from = valuesOf(fit)
        absent = new Set([...absent, ...missing])
      }
      return frozenFit({ ...fit, parameters: withFractions(fit, phases, absent), absent: [...absent] })
    },
    curves(parameters) {
      const values = Float64Array.from(layout.inputs, ({ name, value }) => parameters[name] ?? value!)
      return problem.curves(
        values,
        phases.map(phase => phase.name),
      )
    },
  }
}

const valuesOf = (fit: FitResult): Record<string, number> =>
  Object.fromEntries(Object.values(fit.parameters).map(p => [p.name, p.value]))

function withFractions(fit: FitResult, phases: readonly FitPhase[], held: ReadonlySet<string>): Record<string, FitParameter> {
  const parameters = { ...fit.parameters }
  for (const couple of new Set(phases.map(phase => phase.couple))) {
    const members = phases.filter(phase => phase.couple === couple)
    if (couple === undefined || members.length < 2) continue
    const scales = members.map(({ name }) => `${name}.scale`)
    const shares = moleFractions(
      fit,
      scales,
      members.map(phase => phase.formulaUnits ?? 1),
    )
    // nothing is shared where none of them is there
    if (members.every(({ name }) => held.has(name))) continue
    members.forEach(({ name }, i) => {
      const own = { name: `${name}.fraction`, ...shares[i]!, initial: Number.NaN, min: -Infinity, max: Infinity }
      parameters[own.name] = { ...own, varied: false, tie: `mole fraction of the couple ${couple}`, correlations: {} }
    })
  }
  return parameters
}
