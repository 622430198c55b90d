import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import { leastSquares } from '../../../numeric/leastSquares/leastSquares.js'
import type { LeastSquaresOptions, ParameterInput } from '../../../numeric/leastSquares/types.js'
import { createRandom, type Random } from '../../../numeric/random/createRandom.js'
import { circuitStart, groupsOf } from './circuitStart.js'
import { type Circuit, type CircuitParameter, createCircuit } from './createCircuit.js'
import { createImpedance, type ImpedanceSpectrum } from './spectrum.js'

/** What is known of a parameter beforehand. */
export interface CircuitGuess {
  /** Where it starts, or stays. */
  readonly value?: number | undefined
  /** Whether the fit may change it. Default true. */
  readonly vary?: boolean | undefined
  /** Lower bound, >= 0. */
  readonly min?: number | undefined
  /** Upper bound. */
  readonly max?: number | undefined
}

/** Options of {@link fitCircuit}. */
export interface FitCircuitOptions {
  /**
   * Uncertainty of both parts of a point: `'modulus'` (default) in proportion to |Z|, as instruments are specified; `'proportional'` each in proportion to itself;
   * `'unit'` the same everywhere; or a sigma of each point in Ω.
   */
  readonly weights?: 'modulus' | 'proportional' | 'unit' | NumbersLike | undefined
  /** What is known of parameters, by name: a start, or more. Default estimated from the spectrum. */
  readonly parameters?: Readonly<Record<string, number | CircuitGuess>> | undefined
  /** Starts to try from, the first at the estimate, the others scattered about it by a decade. Default 20. */
  readonly starts?: number | undefined
  /** Seed of the scattered starts. Default 1. */
  readonly seed?: number | undefined
  /** Frequencies to use, from and to, Hz. Default all. */
  readonly range?: readonly [number, number] | undefined
  /** Whether standard errors follow from the scatter found. Default true: false only with a trusted sigma. */
  readonly scaleErrors?: boolean | undefined
}

const OPTIONS: FieldsOf<FitCircuitOptions> = {
  weights: true,
  parameters: true,
  starts: true,
  seed: true,
  range: true,
  scaleErrors: true,
}

/** What {@link fitCircuit} returns: the fit, with residuals as (model - data) / sigma, all real parts first. */
export interface CircuitFit extends FitResult {
  /** The circuit as it was written. */
  readonly circuit: string
  /** Value of each parameter, as `Circuit.impedance` takes them. */
  readonly values: Readonly<Record<string, number>>
  /** Unit of each parameter. */
  readonly units: Readonly<Record<string, string>>
  /** The circuit's impedance at the frequencies used. */
  readonly spectrum: ImpedanceSpectrum
  /** Relative misfit: root of the mean of |Z - model|² / |Z|². */
  readonly rFactor: number
  /** Starts tried, and how many of them ended in the best fit (within 0.1 % of its chi-square): 1 of 20 is a warning. */
  readonly starts: {
    /** Tried. */
    readonly tried: number
    /** Ended in the best fit. */
    readonly agreed: number
  }
}

const isExponent = (p: CircuitParameter): boolean => p.element === 'CPE' && p.name.endsWith('.n')

function sigmaOf(
  weights: FitCircuitOptions['weights'],
  { real, imaginary }: ImpedanceSpectrum,
  kept: readonly number[],
): Float64Array {
  const n = kept.length
  const sigma = new Float64Array(2 * n)
  if (typeof weights === 'object') {
    const given = asFloat64(weights, 'weights', { length: real.length })
    const bad = kept.find(i => !(given[i]! > 0))
    if (bad !== undefined) throw new OperandoError('E_RANGE', `weights[${bad}] is ${given[bad]} Ω: a sigma above 0 expected.`)
    kept.forEach((i, k) => {
      sigma[k] = given[i]!
      sigma[n + k] = given[i]!
    })
    return sigma
  }
  const words = weights ?? 'modulus'
  assertOneOf(words, 'weights', ['modulus', 'proportional', 'unit'])
  kept.forEach((i, k) => {
    const size = Math.hypot(real[i]!, imaginary[i]!)
    // a part that passes through 0 is known no better than a thousandth of the whole
    const own = (part: number): number => Math.max(Math.abs(part), 1e-3 * size)
    sigma[k] = words === 'unit' ? 1 : words === 'modulus' ? size : own(real[i]!)
    sigma[n + k] = words === 'unit' ? 1 : words === 'modulus' ? size : own(imaginary[i]!)
  })
  return sigma
}

function inputsOf(circuit: Circuit, start: Float64Array, given: FitCircuitOptions['parameters'] = {}): ParameterInput[] {
  const names = circuit.parameters.map(p => p.name)
  const unknown = Object.keys(given).find(name => !names.includes(name))
  if (unknown !== undefined)
    throw new OperandoError('E_MISSING', `Circuit '${circuit.text}' has no parameter ${unknown}: it has ${names.join(', ')}.`, {
      details: { missing: unknown },
    })
  return circuit.parameters.map((p, k): ParameterInput => {
    const own = given[p.name]
    const guess: CircuitGuess = typeof own === 'number' ? { value: own } : (own ?? {})
    const min = Math.max(guess.min ?? 0, 1e-9 * start[k]!)
    const max = guess.max ?? (isExponent(p) ? 1 : Infinity)
    const value = guess.value ?? Math.min(Math.max(start[k]!, min), max)
    if (!(value > 0 && value < Infinity))
      throw new OperandoError('E_RANGE', `${p.name} is ${value} ${p.unit}: more than 0 expected.`, {
        details: { name: p.name, value },
      })
    return { name: p.name, value, vary: guess.vary ?? true, min: Math.min(min, value), max }
  })
}

/** Fits in the logarithms of the parameters: from afar no step can leave what is meaningful. Returns the values and the chi-square. */
function coarse(
  problem: Problem,
  inputs: readonly ParameterInput[],
  exponents: readonly boolean[],
): { values: Float64Array; cost: number } {
  const natural = new Float64Array(inputs.length)
  const toNatural = (q: Float64Array): Float64Array => {
    for (let k = 0; k < q.length; k++) natural[k] = exponents[k] ? q[k]! : Math.exp(q[k]!)
    return natural
  }
  const log = inputs.map((p, k): ParameterInput => {
    if (exponents[k]) return p
    const at = (x: number): number => Math.log(x)
    return {
      ...p,
      value: at(p.value!),
      min: Math.max(at(p.min!), at(p.value!) - 14),
      max: Math.min(at(p.max!), at(p.value!) + 14),
      scale: 1,
    }
  })
  const fit = leastSquares(
    {
      points: problem.points,
      evaluate(q, residual, jacobian) {
        problem.evaluate(toNatural(q), residual, jacobian)
        if (jacobian === null) return
        for (let k = 0; k < q.length; k++)
          if (!exponents[k]) for (let i = 0; i < residual.length; i++) jacobian[k * residual.length + i]! *= natural[k]!
      },
    },
    log,
    { maxEvaluations: 200, tolerances: { cost: 1e-10 } },
  )
  const values = Float64Array.from(Object.values(fit.parameters), (p, k) => (exponents[k] ? p.value : Math.exp(p.value)))
  return { values, cost: Number.isFinite(fit.chiSquare) ? fit.chiSquare : Infinity }
}

interface Problem {
  readonly points: number
  evaluate(p: Float64Array, residual: Float64Array, jacobian: Float64Array | null): void
}

function problemOf(circuit: Circuit, spectrum: ImpedanceSpectrum, sigma: Float64Array): Problem {
  const omega = spectrum.frequency.map(f => 2 * Math.PI * f)
  const data = new Float64Array(sigma.length)
  data.set(spectrum.real)
  data.set(spectrum.imaginary, spectrum.real.length)
  const n = data.length
  return {
    points: n,
    evaluate(p, residual, jacobian) {
      circuit.evaluate(p, omega, residual, jacobian)
      for (let i = 0; i < n; i++) residual[i] = (residual[i]! - data[i]!) / sigma[i]!
      if (jacobian === null) return
      for (let k = 0; k < p.length; k++) for (let i = 0; i < n; i++) jacobian[k * n + i]! /= sigma[i]!
    },
  }
}

/** Another start: every free value moved by up to a decade, branches of parallels to other frequencies. */
function scattered(
  inputs: readonly ParameterInput[],
  start: Float64Array,
  exponents: readonly boolean[],
  random: Random,
): ParameterInput[] {
  return inputs.map((p, k) => {
    if (p.vary === false) return p
    const wanted = exponents[k] ? 0.5 + 0.5 * random.uniform() : start[k]! * 10 ** (2 * random.uniform() - 1)
    return { ...p, value: Math.min(Math.max(wanted, p.min!), p.max!) }
  })
}

/**
 * Fits an equivalent circuit to an impedance spectrum by complex non-linear least squares: real and imaginary parts at once, analytic derivatives. Starts are
 * estimated from the spectrum; several are tried, and the result says how many agree. That a circuit fits does not make it the right one: look at the
 * residuals, the standard errors and correlations, and let `kramersKronig` judge the data first.
 *
 * @param spectrum The spectrum.
 * @param circuit  The circuit, or its text: see `createCircuit`.
 * @param options  Weights, what is known of parameters, starts, range of frequency.
 * @throws OperandoError `E_FORMAT` for a circuit that cannot be read, `E_MISSING` for a parameter that it does not have, `E_RANGE` for values or weights that are not
 *   positive, `E_SHAPE` with fewer numbers than free parameters; as `createImpedance`.
 * @see Boukamp, Solid State Ionics 20 (1986) 31
 * @example
 * ```ts
 * import { createCircuit, fitCircuit } from 'operando/cell'
 * const frequency = Array.from({ length: 41 }, (_, i) => 10 ** (5 - i / 5))
 * const measured = createCircuit('R0-p(R1,C1)').impedance({ R0: 10, R1: 100, C1: 1e-5 }, frequency)
 * fitCircuit(measured, 'R0-p(R1,CPE1)').values // R0 10, R1 100, CPE1.Q 1e-5, CPE1.n 1
 * ```
 */
export function fitCircuit(spectrum: ImpedanceSpectrum, circuit: Circuit | string, options: FitCircuitOptions = {}): CircuitFit {
  assertKnown(options, 'fitCircuit options', OPTIONS)
  const model = typeof circuit === 'string' ? createCircuit(circuit) : circuit
  const whole = createImpedance(spectrum)
  const [from, to] = options.range ?? [0, Infinity]
  const kept = [...whole.frequency.keys()].filter(i => whole.frequency[i]! >= from && whole.frequency[i]! <= to)
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, i => values[i]!)
  const used = { ...whole, frequency: pick(whole.frequency), real: pick(whole.real), imaginary: pick(whole.imaginary) }
  if (kept.length === 0) throw new OperandoError('E_RANGE', `No frequency between ${from} and ${to} Hz in the spectrum.`)
  const problem = problemOf(model, used, sigmaOf(options.weights, whole, kept))
  const start = circuitStart(model, used)
  const inputs = inputsOf(model, start, options.parameters)
  const free = inputs.filter(p => p.vary !== false).length
  if (problem.points < free)
    throw new OperandoError(
      'E_SHAPE',
      `${kept.length} frequencies give ${problem.points} numbers, fewer than the ${free} free parameters.`,
    )
  const exponents = model.parameters.map(isExponent)
  const { starts = 20, seed = 1 } = options
  if (!(Number.isInteger(starts) && starts >= 1 && starts <= 10_000))
    throw new OperandoError('E_RANGE', `starts is ${starts}: a whole number from 1 to 10 000 expected.`)
  const random = createRandom(seed)
  const groups = groupsOf(model.root)
  const tries = Array.from({ length: starts }, (_, k) => {
    if (k === 0) return coarse(problem, inputs, exponents)
    const moved = inputsOf(
      model,
      circuitStart(
        model,
        used,
        Array.from({ length: groups }, () => random.uniform()),
      ),
      options.parameters,
    )
    const about = Float64Array.from(moved, p => p.value!)
    return coarse(problem, scattered(inputs, about, exponents, random), exponents)
  })
  const lowest = tries.reduce((least, t) => Math.min(least, t.cost), Infinity)
  // of equals the first: branches that could change places then keep the order of the text, the fastest first, where the estimate leads there
  const best = tries.find(t => t.cost <= lowest * (1 + 1e-6) + 1e-15 * problem.points) ?? tries[0]!
  const last: LeastSquaresOptions = { scaleErrors: options.scaleErrors }
  const fit = leastSquares(
    problem,
    inputs.map((p, k) => ({ ...p, min: Math.min(p.min!, best.values[k]!), value: best.values[k]! })),
    last,
  )
  const values = Object.fromEntries(Object.values(fit.parameters).map(p => [p.name, p.value]))
  const fitted = model.impedance(values, used.frequency)
  let misfit = 0
  for (let i = 0; i < kept.length; i++)
    misfit +=
      ((fitted.real[i]! - used.real[i]!) ** 2 + (fitted.imaginary[i]! - used.imaginary[i]!) ** 2) /
      (used.real[i]! ** 2 + used.imaginary[i]! ** 2)
  // fits that are exact to rounding all agree
  const limit = fit.chiSquare * 1.001 + 1e-12 * problem.points
  return {
    ...fit,
    circuit: model.text,
    values,
    units: Object.fromEntries(model.parameters.map(p => [p.name, p.unit])),
    spectrum: fitted,
    rFactor: Math.sqrt(misfit / kept.length),
    starts: { tried: starts, agreed: tries.filter(t => t.cost <= limit).length },
  }
}
