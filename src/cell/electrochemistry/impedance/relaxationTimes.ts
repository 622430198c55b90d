import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import { nnls } from '../../../numeric/linear/nnls.js'
import { createImpedance, type ImpedanceSpectrum } from './spectrum.js'

/** Options of {@link relaxationTimes}. */
export interface RelaxationTimesOptions {
  /**
   * Weight of the smoothness, > 0: the larger, the broader the peaks. Default the largest that fits the spectrum no worse than 1.2 times as well as the
   * smallest does, or to 0.1 % of |Z|.
   */
  readonly lambda?: number | undefined
  /** Times a decade. Default 10. */
  readonly perDecade?: number | undefined
  /** Whether a capacitance stands in series, for spectra that end in a vertical tail. Default false. */
  readonly capacitance?: boolean | undefined
}

const OPTIONS: FieldsOf<RelaxationTimesOptions> = { lambda: true, perDecade: true, capacitance: true }

/** What {@link relaxationTimes} returns. */
export interface RelaxationTimes {
  /** Relaxation times in s, rising, evenly spaced over the logarithm. */
  readonly tau: Float64Array
  /** Distribution over ln(tau), Ω: its area is the resistance of what relaxes. */
  readonly gamma: Float64Array
  /** Resistance in series, Ω. */
  readonly resistance: number
  /** Inductance in series, H. */
  readonly inductance: number
  /** Capacitance in series, F; `null` without. */
  readonly capacitance: number | null
  /** Weight of the smoothness used. */
  readonly lambda: number
  /** Root mean square of the residuals as a part of |Z|. */
  readonly rms: number
  /** The spectrum of the distribution. */
  readonly spectrum: ImpedanceSpectrum
}

interface LinearProblem {
  readonly a: Float64Array
  readonly y: Float64Array
  readonly rows: number
  readonly columns: number
  readonly times: number
  readonly tau: Float64Array
  readonly step: number
}

/** Rows of Re and Im over |Z|, then the second differences of the distribution, whose weight is set later. */
function problemOf(data: ImpedanceSpectrum, perDecade: number, capacitance: boolean): LinearProblem {
  const n = data.frequency.length
  const omega = data.frequency.map(f => 2 * Math.PI * f)
  // half a decade beyond what was measured on either side: what lies further shows as resistance or not at all
  const low = Math.log10(1 / Math.max(...omega)) - 0.5
  const high = Math.log10(1 / Math.min(...omega)) + 0.5
  const times = Math.max(3, Math.round((high - low) * perDecade) + 1)
  const tau = Float64Array.from({ length: times }, (_, k) => 10 ** (low + ((high - low) * k) / (times - 1)))
  const step = (Math.LN10 * (high - low)) / (times - 1)
  const columns = times + 2 + (capacitance ? 1 : 0)
  const rows = 2 * n + times
  const a = new Float64Array(rows * columns)
  const y = new Float64Array(rows)
  for (let i = 0; i < n; i++) {
    const size = Math.hypot(data.real[i]!, data.imaginary[i]!)
    const [re, im] = [i * columns, (n + i) * columns]
    for (let k = 0; k < times; k++) {
      const wt = omega[i]! * tau[k]!
      a[re + k] = step / (1 + wt * wt) / size
      a[im + k] = (-step * wt) / (1 + wt * wt) / size
    }
    a[re + times] = 1 / size
    a[im + times + 1] = omega[i]! / size
    if (capacitance) a[im + times + 2] = -1 / (omega[i]! * size)
    y[i] = data.real[i]! / size
    y[n + i] = data.imaginary[i]! / size
  }
  return { a, y, rows, columns, times, tau, step }
}

function solve(problem: LinearProblem, lambda: number, scale: number): { x: Float64Array; rms: number } {
  const { y, rows, columns, times, step } = problem
  const data = rows - times
  const a = problem.a.slice()
  // second difference over ln(tau), zero beyond the ends, in units of the impedance so that lambda is a number
  const weight = Math.sqrt(lambda * step) / (step * step * scale)
  for (let k = 0; k < times; k++) {
    const row = (data + k) * columns
    if (k > 0) a[row + k - 1] = weight
    a[row + k] = -2 * weight
    if (k < times - 1) a[row + k + 1] = weight
  }
  const { x } = nnls(a, rows, columns, y)
  let sum = 0
  for (let i = 0; i < data; i++) {
    let r = -y[i]!
    for (let j = 0; j < columns; j++) r += a[i * columns + j]! * x[j]!
    sum += r * r
  }
  return { x, rms: Math.sqrt(sum / data) }
}

/**
 * Distribution of relaxation times: the spectrum as a continuum of RC elements that are not negative, found by least squares with a penalty on the second
 * derivative (Tikhonov). Peaks tell how many processes there are and where, without a circuit. Their widths depend on `lambda`: an RC element
 * alone is a line, which no data with noise show as one.
 *
 * @param spectrum The spectrum.
 * @param options  Weight of the smoothness, grid.
 * @throws OperandoError `E_SHAPE` for fewer than 5 frequencies, `E_RANGE` for options out of range; as `createImpedance`.
 * @see Wan, Saccoccio, Chen & Ciucci, Electrochim. Acta 184 (2015) 483
 * @example
 * ```ts
 * import { createCircuit, relaxationTimes } from 'operando/cell'
 * const frequency = Array.from({ length: 41 }, (_, i) => 10 ** (5 - i / 5))
 * const measured = createCircuit('R0-p(R1,CPE1)').impedance({ R0: 10, R1: 100, 'CPE1.Q': 1e-5, 'CPE1.n': 0.8 }, frequency)
 * relaxationTimes(measured).resistance // 10 Ω
 * ```
 */
export function relaxationTimes(spectrum: ImpedanceSpectrum, options: RelaxationTimesOptions = {}): RelaxationTimes {
  assertKnown(options, 'relaxationTimes options', OPTIONS)
  const data = createImpedance(spectrum)
  const { perDecade = 10, capacitance = false } = options
  if (data.frequency.length < 5)
    throw new OperandoError('E_SHAPE', `At least 5 frequencies expected, ${data.frequency.length} found.`)
  if (!(perDecade >= 1 && perDecade <= 50)) throw new OperandoError('E_RANGE', `perDecade is ${perDecade}: 1 to 50 expected.`)
  const { lambda } = options
  if (lambda !== undefined && !(lambda > 0 && lambda < Infinity))
    throw new OperandoError('E_RANGE', `lambda is ${lambda}: more than 0 expected.`)
  const problem = problemOf(data, perDecade, capacitance)
  const { times, tau } = problem
  const scale = data.real.reduce((most, re, i) => Math.max(most, Math.hypot(re, data.imaginary[i]!)), 0)
  let used = lambda ?? 1e-8
  let found = solve(problem, used, scale)
  if (lambda === undefined) {
    const limit = Math.max(1.2 * found.rms, 1e-3)
    for (let next = used * Math.sqrt(10); next <= 10; next *= Math.sqrt(10)) {
      const smoother = solve(problem, next, scale)
      if (smoother.rms > limit) break
      used = next
      found = smoother
    }
  }
  const { x } = found
  const n = data.frequency.length
  const model = (i: number): number => {
    const size = Math.hypot(data.real[i % n]!, data.imaginary[i % n]!)
    let sum = 0
    for (let j = 0; j < problem.columns; j++) sum += problem.a[i * problem.columns + j]! * x[j]!
    return sum * size
  }
  return {
    tau,
    gamma: x.slice(0, times),
    resistance: x[times]!,
    inductance: x[times + 1]!,
    capacitance: capacitance && x[times + 2]! > 0 ? 1 / x[times + 2]! : null,
    lambda: used,
    rms: found.rms,
    spectrum: { ...data, real: data.real.map((_, i) => model(i)), imaginary: data.real.map((_, i) => model(n + i)) },
  }
}
