import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { freezeData } from '../../../model/derive.js'
import { choleskySolve } from '../../../numeric/linear/solve.js'
import { asSpectrum } from '../../spectrum.js'
import { BROADEN_FIELDS, type BroadenOptions, bendsOf, fold } from './broaden.js'

/** Options of {@link deconvolve}. */
export interface DeconvolveOptions extends BroadenOptions {
  /** Standard uncertainty of mu: the result is the smoothest curve whose broadened form stays within it. */
  noise: number
}

const OPTIONS: FieldsOf<DeconvolveOptions> = { ...BROADEN_FIELDS, noise: true }

/** A spectrum without a broadening, as far as its noise lets tell. */
export interface DeconvolvedSpectrum {
  /** n values. */
  readonly mu: Float64Array
  /** The same broadened again, n values: to be compared with the data. */
  readonly broadened: Float64Array
  /** Root of the mean square of data minus `broadened`. */
  readonly residual: number
  /** Weight of the roughness that was chosen. */
  readonly smoothness: number
}

/** Points up to which the problem is solved: its cost grows with the third power. */
const MOST_POINTS = 1200

/**
 * Takes a broadening off a spectrum: of all curves whose broadened form agrees with the data within their noise, the one with the smallest second derivatives (Tikhonov's regularisation, its weight by Morozov's discrepancy principle).
 * Unlike a plain division it does not blow noise up; what the noise hides stays hidden.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options Widths to take off, noise.
 * @throws OperandoError `E_RANGE` for widths and noise, `E_LIMIT` for more than 1200 points, `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @see V. A. Morozov, Soviet Math. Dokl. 7 (1966) 414
 * @example
 * ```ts
 * import { deconvolve } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 150 }, (_, i) => 7100 + 0.2 * i)
 * const mu = energy.map(e => 0.5 + Math.atan((e - 7112) / 1) / Math.PI)
 * deconvolve(energy, mu, { lorentzian: 1, noise: 1e-3 }).mu // about 0.5 + atan((e - 7112) / 0.5) / pi
 * ```
 */
export function deconvolve(energy: NumbersLike, mu: NumbersLike, options: DeconvolveOptions): DeconvolvedSpectrum {
  assertFields(options, 'deconvolve options', ['noise'])
  assertKnown(options, 'deconvolve options', OPTIONS)
  const { noise, ...widths } = options
  if (!(noise > 0))
    throw new OperandoError('E_RANGE', `deconvolve: noise = ${noise}: a standard uncertainty of mu above 0 expected.`)
  const bends = bendsOf(widths, 'deconvolve')
  const { energy: x, mu: y } = asSpectrum(energy, mu)
  const n = x.length
  if (n > MOST_POINTS)
    throw new OperandoError(
      'E_LIMIT',
      `deconvolve: ${n} points, at most ${MOST_POINTS} expected. Truncate or rebin the spectrum first.`,
    )
  // columns: what each point becomes
  const matrix = Array.from({ length: n }, (_, j) => {
    const unit = new Float64Array(n)
    unit[j] = 1
    return bends.reduce<Float64Array>((curve, bend) => fold(x, curve, bend), unit)
  })
  const gram = new Float64Array(n * n)
  const right = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      let sum = 0
      for (let t = 0; t < n; t++) sum += matrix[i]![t]! * matrix[j]![t]!
      gram[i * n + j] = gram[j * n + i] = sum
    }
    for (let t = 0; t < n; t++) right[i]! += matrix[i]![t]! * y[t]!
  }
  const rough = roughness(x)
  const attempt = (weight: number): Omit<DeconvolvedSpectrum, 'smoothness'> => {
    const found = choleskySolve(
      gram.map((g, i) => g + weight * rough[i]!),
      n,
      right,
    )
    const broadened = new Float64Array(n)
    for (let j = 0; j < n; j++) for (let t = 0; t < n; t++) broadened[t]! += found[j]! * matrix[j]![t]!
    const residual = Math.sqrt(y.reduce((sum, v, t) => sum + (v - broadened[t]!) ** 2, 0) / n)
    return { mu: found, broadened, residual }
  }
  // the residual grows with the weight: halve its logarithm until it is the noise
  let [low, high] = [-10, 6]
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2
    if (attempt(10 ** middle).residual > noise) high = middle
    else low = middle
  }
  return freezeData({ ...attempt(10 ** low), smoothness: 10 ** low })
}

/** Sum of the squares of second derivatives, each times its part of the axis, as a matrix. */
function roughness(x: Float64Array): Float64Array {
  const n = x.length
  const out = new Float64Array(n * n)
  for (let i = 1; i < n - 1; i++) {
    const [a, b] = [x[i]! - x[i - 1]!, x[i + 1]! - x[i]!]
    const row = [2 / (a * (a + b)), -2 / (a * b), 2 / (b * (a + b))]
    for (let p = 0; p < 3; p++) for (let q = 0; q < 3; q++) out[(i - 1 + p) * n + i - 1 + q]! += row[p]! * row[q]! * ((a + b) / 2)
  }
  return out
}
