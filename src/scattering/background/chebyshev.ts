import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { outputOf } from '../../numeric/outputOf.js'
import { chebyshevSum } from '../../numeric/special/chebyshev.js'

/** The interval of x that is mapped to [-1, 1]. */
export type Domain = readonly [low: number, high: number]

/**
 * Chebyshev polynomials of the first kind T0 ... Tdegree at mapped abscissae: the derivatives of {@link chebyshev} by its coefficients. Kernel.
 *
 * @param x      Abscissae, n values.
 * @param degree Highest degree.
 * @param domain Interval mapped to [-1, 1].
 * @param out    Receives (degree + 1) n values, polynomial after polynomial; made if absent.
 * @throws OperandoError `E_RANGE` on a degree or domain that means nothing, `E_SHAPE` if out does not fit.
 * @example
 * ```ts
 * import { chebyshevBasis } from 'operando/scattering'
 * chebyshevBasis(Float64Array.of(0, 5, 10), 1, [0, 10]) // 1, 1, 1 and -1, 0, 1
 * ```
 */
export function chebyshevBasis(x: Float64Array, degree: number, domain: Domain, out?: Float64Array): Float64Array {
  checkDegree(degree)
  const [centre, half] = mapping(domain)
  const n = x.length
  const basis = outputOf(out, (degree + 1) * n)
  for (let i = 0; i < n; i++) {
    const t = (x[i]! - centre) / half
    let before = 1
    let now = t
    basis[i] = 1
    for (let k = 1; k <= degree; k++) {
      basis[k * n + i] = now
      const next = 2 * t * now - before
      before = now
      now = next
    }
  }
  return basis
}

/**
 * A Chebyshev series c0 + c1 T1(t) + c2 T2(t) + ..., t = x mapped linearly from the domain to [-1, 1]: the background of most Rietveld programs.
 *
 * @param x            Abscissae, n values, any order; those outside the domain are extrapolated, which grows fast.
 * @param coefficients c0 ... c_degree.
 * @param domain       Interval of x mapped to [-1, 1]: the range of the pattern.
 * @param out          Receives n values; made if absent.
 * @throws OperandoError `E_RANGE` on an empty domain or no coefficients, `E_NAN`, `E_SHAPE`.
 * @see numpy.polynomial.Chebyshev, which means the same by `coef` and `domain`
 * @example
 * ```ts
 * import { chebyshev } from 'operando/scattering'
 * chebyshev([0, 5, 10], [100, 20], [0, 10]) // [80, 100, 120]
 * ```
 */
export function chebyshev(x: NumbersLike, coefficients: NumbersLike, domain: Domain, out?: Float64Array): Float64Array {
  const points = asFloat64(x, 'x')
  const c = asFloat64(coefficients, 'coefficients')
  checkDegree(c.length - 1)
  const [centre, half] = mapping(domain)
  const result = outputOf(out, points.length)
  for (let i = 0; i < points.length; i++) result[i] = chebyshevSum(c, (points[i]! - centre) / half)
  return result
}

function checkDegree(degree: number): void {
  if (Number.isInteger(degree) && degree >= 0) return
  throw new OperandoError('E_RANGE', `Chebyshev series: a degree that is a whole number from 0 expected, found ${degree}.`)
}

function mapping([low, high]: Domain): [centre: number, half: number] {
  if (high > low && Number.isFinite(high - low)) return [(low + high) / 2, (high - low) / 2]
  throw new OperandoError('E_RANGE', `Chebyshev series: a domain [low, high] with low < high expected, found [${low}, ${high}].`)
}
