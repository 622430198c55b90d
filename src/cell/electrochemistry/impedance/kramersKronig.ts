import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import { linearLeastSquares } from '../../../numeric/linear/linearLeastSquares.js'
import { createImpedance, type ImpedanceSpectrum } from './spectrum.js'

/** Options of {@link kramersKronig}. */
export interface KramersKronigOptions {
  /** Under-fitting ends when mu falls to this. 0 to 1, default 0.85. */
  readonly muLimit?: number | undefined
  /** Number of RC elements. Default chosen by mu. */
  readonly elements?: number | undefined
  /** Most RC elements to try. Default 50, and no more than the spectrum has points. */
  readonly maxElements?: number | undefined
  /** Whether a capacitance stands in series, for spectra that end in a vertical or diffusion tail. Default true. */
  readonly capacitance?: boolean | undefined
  /** Largest residual of a consistent spectrum as a part of |Z|. Default 0.01. */
  readonly tolerance?: number | undefined
}

const OPTIONS: FieldsOf<KramersKronigOptions> = {
  muLimit: true,
  elements: true,
  maxElements: true,
  capacitance: true,
  tolerance: true,
}

/** What {@link kramersKronig} returns. */
export interface KramersKronigCheck {
  /** Whether every residual is within the tolerance. */
  readonly consistent: boolean
  /** Frequencies whose residuals are not, Hz. */
  readonly suspect: readonly number[]
  /** (Re Z - model) / |Z|, n values in the order of the spectrum. */
  readonly real: Float64Array
  /** (Im Z - model) / |Z|. */
  readonly imaginary: Float64Array
  /** Root mean square of both. */
  readonly rms: number
  /** RC elements used. */
  readonly elements: number
  /** mu at the end: 1 for no negative resistance, small when noise is being fitted. */
  readonly mu: number
  /** The spectrum of the RC elements: consistent by construction. */
  readonly spectrum: ImpedanceSpectrum
  /** Largest residual allowed. */
  readonly tolerance: number
}

interface LinearModel {
  readonly mu: number
  readonly model: Float64Array
}

/** Least squares of R0 + sum of R_k / (1 + j omega tau_k) + j omega L (+ 1 / (j omega C)), each point weighted by 1/|Z|. */
function fitElements(spectrum: ImpedanceSpectrum, count: number, capacitance: boolean): LinearModel {
  const { frequency, real, imaginary } = spectrum
  const n = frequency.length
  const omega = frequency.map(f => 2 * Math.PI * f)
  const [slow, fast] = [omega.reduce((a, b) => Math.min(a, b)), omega.reduce((a, b) => Math.max(a, b))]
  const columns = count + 2 + (capacitance ? 1 : 0)
  const a = new Float64Array(2 * n * columns)
  const y = new Float64Array(2 * n)
  const sigma = new Float64Array(2 * n)
  for (let i = 0; i < n; i++) {
    const w = omega[i]!
    const [re, im] = [i * columns, (n + i) * columns]
    a[re] = 1
    for (let k = 0; k < count; k++) {
      const tau = count === 1 ? 1 / Math.sqrt(slow * fast) : (1 / fast) * (fast / slow) ** (k / (count - 1))
      const below = 1 + (w * tau) ** 2
      a[re + 1 + k] = 1 / below
      a[im + 1 + k] = (-w * tau) / below
    }
    a[im + 1 + count] = w
    if (capacitance) a[im + 2 + count] = -1 / w
    y[i] = real[i]!
    y[n + i] = imaginary[i]!
    sigma[i] = Math.hypot(real[i]!, imaginary[i]!)
    sigma[n + i] = sigma[i]!
  }
  const { x, residual } = linearLeastSquares(a, 2 * n, columns, y, { sigma, minimumNorm: true })
  let positive = 0
  let negative = 0
  for (let k = 1; k <= count; k++) {
    if (x[k]! < 0) negative -= x[k]!
    else positive += x[k]!
  }
  return { mu: positive > 0 ? 1 - negative / positive : 0, model: residual.map((r, i) => y[i]! + r * sigma[i]!) }
}

/**
 * Linear Kramers-Kronig test: a spectrum that a sum of RC elements reproduces is causal, linear and steady; what it cannot reproduce drifted, was not
 * linear, or was disturbed. Time constants are spread evenly over the logarithm of the range; their number grows until mu = 1 - sum |negative R| /
 * sum (positive R) falls to `muLimit`, when elements begin to fit noise.
 *
 * @param spectrum The spectrum.
 * @param options  Limit of mu, or the number of elements; tolerance.
 * @throws OperandoError `E_SHAPE` for fewer than 5 frequencies, `E_RANGE` for options out of range; as `createImpedance`.
 * @see Schönleber, Klotz & Ivers-Tiffée, Electrochim. Acta 131 (2014) 20; Boukamp, J. Electrochem. Soc. 142 (1995) 1885
 * @example
 * ```ts
 * import { createCircuit, kramersKronig } from 'operando/cell'
 * const frequency = Array.from({ length: 41 }, (_, i) => 10 ** (5 - i / 5))
 * const measured = createCircuit('R0-p(R1,CPE1)').impedance({ R0: 10, R1: 100, 'CPE1.Q': 1e-5, 'CPE1.n': 0.9 }, frequency)
 * kramersKronig(measured).consistent // true
 * ```
 */
export function kramersKronig(spectrum: ImpedanceSpectrum, options: KramersKronigOptions = {}): KramersKronigCheck {
  assertKnown(options, 'kramersKronig options', OPTIONS)
  const data = createImpedance(spectrum)
  const n = data.frequency.length
  const { muLimit = 0.85, maxElements = 50, capacitance = true, tolerance = 0.01 } = options
  if (n < 5) throw new OperandoError('E_SHAPE', `At least 5 frequencies expected, ${n} found.`)
  if (!(muLimit >= 0 && muLimit <= 1)) throw new OperandoError('E_RANGE', `muLimit is ${muLimit}: 0 to 1 expected.`)
  if (!(tolerance > 0)) throw new OperandoError('E_RANGE', `tolerance is ${tolerance}: more than 0 expected.`)
  const most = options.elements ?? Math.min(maxElements, n)
  if (!(Number.isInteger(most) && most >= 1 && most <= 1000))
    throw new OperandoError('E_RANGE', `The number of RC elements is ${most}: a whole number from 1 to 1000 expected.`)
  let elements = options.elements ?? 1
  let found = fitElements(data, elements, capacitance)
  while (options.elements === undefined && elements < most && found.mu > muLimit)
    found = fitElements(data, ++elements, capacitance)
  const size = data.real.map((re, i) => Math.hypot(re, data.imaginary[i]!))
  const real = data.real.map((re, i) => (re - found.model[i]!) / size[i]!)
  const imaginary = data.imaginary.map((im, i) => (im - found.model[n + i]!) / size[i]!)
  const suspect = [...data.frequency].filter((_, i) => !(Math.abs(real[i]!) <= tolerance && Math.abs(imaginary[i]!) <= tolerance))
  const sum = real.reduce((s, r, i) => s + r * r + imaginary[i]! ** 2, 0)
  return {
    consistent: suspect.length === 0,
    suspect,
    real,
    imaginary,
    rms: Math.sqrt(sum / (2 * n)),
    elements,
    mu: found.mu,
    spectrum: { ...data, real: found.model.slice(0, n), imaginary: found.model.slice(n) },
    tolerance,
  }
}
