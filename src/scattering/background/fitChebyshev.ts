import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { householderQr, solveUpper } from '../../numeric/linear/householder.js'
import { asPattern, PATTERN_FIELDS, type PatternOptions, pick } from '../pattern.js'
import { chebyshev, chebyshevBasis, type Domain } from './chebyshev.js'

/** Options of {@link fitChebyshev}. */
export interface FitChebyshevOptions extends PatternOptions {
  /** Degree of the series. Default 5. */
  degree?: number | undefined
  /** Interval mapped to [-1, 1]. Default: first to last x. */
  domain?: Domain | undefined
  /** Standard uncertainties, n values above 0. Default: all alike. */
  sigma?: NumbersLike | undefined
  /**
   * Leaves out points that lie more than this many standard deviations of the scatter above the series, and fits anew, until they stay the same: a background under
   * peaks. Points below it stay. Default: none are left out. 2 to 3 is usual.
   */
  clip?: number | undefined
}

const OPTIONS: FieldsOf<FitChebyshevOptions> = { ...PATTERN_FIELDS, degree: true, domain: true, sigma: true, clip: true }

/** A fitted Chebyshev series. */
export interface ChebyshevFit {
  /** c0 ... c_degree. */
  readonly coefficients: Float64Array
  /** Interval mapped to [-1, 1]. */
  readonly domain: Domain
  /** The series at all x, masked points included. */
  readonly values: Float64Array
  /** 1 where a point was used. */
  readonly used: Uint8Array
  /** Rounds of clipping, 0 without. */
  readonly rounds: number
}

const MOST_ROUNDS = 50

/**
 * Fits a Chebyshev series by linear least squares (Householder QR of the basis, not normal equations), if wanted with peaks clipped away.
 *
 * @param x       Abscissae, n values, strictly rising.
 * @param y       Values, n; NaN and masked points are left out.
 * @param options Degree, domain, sigma, clipping.
 * @throws OperandoError `E_SHAPE` for fewer points than coefficients, `E_AXIS`, `E_NAN`, `E_RANGE` on a bad degree, domain, sigma or clip.
 * @example
 * ```ts
 * import { fitChebyshev } from 'operando/scattering'
 * const x = [0, 1, 2, 3, 4, 5, 6]
 * const y = [10, 11, 12, 90, 14, 15, 16] // a line and one peak
 * fitChebyshev(x, y, { degree: 1, clip: 2 }).values // 10, 11 ... 16
 * ```
 */
export function fitChebyshev(x: NumbersLike, y: NumbersLike, options: FitChebyshevOptions = {}): ChebyshevFit {
  assertKnown(options, 'fitChebyshev options', OPTIONS)
  const { degree = 5, clip = Infinity } = options
  const { x: abscissae, y: values, good } = asPattern(x, y, options)
  const n = abscissae.length
  const domain = options.domain ?? ([abscissae[0]!, abscissae[n - 1]!] as const)
  const sigma = options.sigma && asFloat64(options.sigma, 'sigma', { length: n })
  if (!(clip > 0)) throw new OperandoError('E_RANGE', `fitChebyshev: clip = ${clip}, a number above 0 expected.`)
  for (let used = good, rounds = 0; ; rounds++) {
    const coefficients = solve(abscissae, values, used, sigma, degree, domain)
    const series = chebyshev(abscissae, coefficients, domain)
    const next = clip === Infinity ? used : below(series, values, good, used, sigma, clip)
    const same = next.length === used.length && next.every((i, k) => i === used[k])
    if (same || rounds === MOST_ROUNDS || next.length <= degree + 1) {
      const flags = new Uint8Array(n)
      for (const i of used) flags[i] = 1
      return { coefficients, domain, values: series, used: flags, rounds: clip === Infinity ? 0 : rounds }
    }
    used = next
  }
}

function solve(
  x: Float64Array,
  y: Float64Array,
  used: Int32Array,
  sigma: Float64Array | undefined,
  degree: number,
  domain: Domain,
): Float64Array {
  const n = used.length
  const k = degree + 1
  if (n < k) {
    throw new OperandoError('E_SHAPE', `fitChebyshev: ${k} points or more expected for degree ${degree}, ${n} found.`)
  }
  const basis = chebyshevBasis(pick(x, used), degree, domain)
  const rhs = pick(y, used)
  if (sigma) {
    for (let i = 0; i < n; i++) {
      const s = sigma[used[i]!]!
      if (!(s > 0)) throw new OperandoError('E_RANGE', `fitChebyshev: sigma[${used[i]}] = ${s}, numbers above 0 expected.`)
      for (let j = 0; j < k; j++) basis[j * n + i]! /= s
      rhs[i]! /= s
    }
  }
  householderQr(basis, n, k, rhs)
  solveUpper(basis, n, k, rhs)
  return rhs.slice(0, k)
}

/** Points not further above the series than the scatter of those used allows. */
function below(
  series: Float64Array,
  y: Float64Array,
  good: Int32Array,
  used: Int32Array,
  sigma: Float64Array | undefined,
  clip: number,
): Int32Array {
  const excess = (i: number): number => (y[i]! - series[i]!) / (sigma ? sigma[i]! : 1)
  let square = 0
  for (const i of used) square += excess(i) ** 2
  const limit = clip * Math.sqrt(square / used.length)
  return good.filter(i => excess(i) <= limit)
}
