import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { goldenSection } from '../goldenSection.js'
import { INTERPOLANT_FIELDS, type InterpolantOptions, interpolationData, PiecewiseCubic } from './piecewiseCubic.js'

/** Options of {@link createSmoothingSpline}. */
export interface SmoothingSplineOptions extends InterpolantOptions {
  /** Standard uncertainty of each value, n numbers > 0; weights are 1 / sigma². Default 1 each. */
  sigma?: NumbersLike | undefined
  /** The penalty, >= 0, in unit(x)³ sigma²/unit(y)²: 0 interpolates, Infinity is not needed (1e30 gives the straight line). Default `'gcv'`. */
  lambda?: number | 'gcv' | undefined
}

const OPTIONS: FieldsOf<SmoothingSplineOptions> = { ...INTERPOLANT_FIELDS, sigma: true, lambda: true }

/** What {@link createSmoothingSpline} returns. */
export interface SmoothingSpline {
  /** The curve, a natural cubic spline with a knot at every point. */
  readonly spline: PiecewiseCubic
  /** The penalty used. */
  readonly lambda: number
  /** Trace of the smoother: n for interpolation, 2 for the straight line. */
  readonly effectiveParameters: number
  /** Generalised cross-validation score, mean((y - f)² / sigma²) / (1 - effectiveParameters / n)². */
  readonly gcv: number
}

/**
 * Smoothing cubic spline: the curve that minimises sum((y - f)² / sigma²) + lambda times the integral of f''². With `lambda: 'gcv'` the penalty
 * minimises the generalised cross-validation score, which needs no knowledge of the size of the noise (but that it is independent).
 *
 * @param x       Abscissae, n >= 3 values, strictly rising.
 * @param y       Values, n.
 * @param options Uncertainties, penalty, what happens outside.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted or repeated x, `E_NAN` on NaN or infinity, `E_RANGE` on sigma <= 0 or lambda < 0.
 * @see Reinsch, Numer. Math. 10 (1967) 177; Hutchinson & de Hoog, Numer. Math. 47 (1985) 99, for the trace in O(n)
 * @example
 * ```ts
 * import { createSmoothingSpline } from 'operando/numeric'
 * const { spline, lambda } = createSmoothingSpline([0, 1, 2, 3, 4, 5], [0, 1.2, 1.9, 3.1, 3.9, 5], { lambda: 2 })
 * spline.evaluate([2.5])
 * ```
 */
export function createSmoothingSpline(x: NumbersLike, y: NumbersLike, options: SmoothingSplineOptions = {}): SmoothingSpline {
  assertKnown(options, 'createSmoothingSpline options', OPTIONS)
  const data = interpolationData(x, y, 3)
  const variance = variances(options.sigma, data.x.length)
  const system = new Reinsch(data.x, data.y, variance)
  const choice = options.lambda ?? 'gcv'
  if (choice !== 'gcv' && !(choice >= 0 && choice < Infinity)) {
    throw new OperandoError('E_RANGE', `lambda is ${choice}: a finite number >= 0 or 'gcv' expected.`)
  }
  const lambda = choice === 'gcv' ? system.bestLambda() : choice
  const gcv = system.solve(lambda)
  const { values, bend } = system
  const c = new Float64Array(4 * (data.x.length - 1))
  for (let i = 0; i < data.x.length - 1; i++) {
    const h = data.x[i + 1]! - data.x[i]!
    c[4 * i] = values[i]!
    c[4 * i + 1] = (values[i + 1]! - values[i]!) / h - (h * (2 * bend[i]! + bend[i + 1]!)) / 6
    c[4 * i + 2] = bend[i]! / 2
    c[4 * i + 3] = (bend[i + 1]! - bend[i]!) / (6 * h)
  }
  return { spline: new PiecewiseCubic(data.x, c, options.outside), lambda, effectiveParameters: system.trace, gcv }
}

function variances(sigma: NumbersLike | undefined, n: number): Float64Array {
  if (sigma === undefined) return new Float64Array(n).fill(1)
  const s = asFloat64(sigma, 'sigma', { length: n })
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    if (!(s[i]! > 0)) {
      throw new OperandoError('E_RANGE', `sigma[${i}] is ${s[i]}: a positive number expected.`, { details: { index: i } })
    }
    out[i] = s[i]! * s[i]!
  }
  return out
}

/** Reinsch's equations (R + lambda Q'VQ) bend = Q'y, values = y - lambda V Q bend, kept so that many lambdas can be tried. */
class Reinsch {
  /** Values at the points after `solve`. */
  readonly values: Float64Array
  /** Second derivatives at the points after `solve`. */
  readonly bend: Float64Array
  /** Trace of the smoother after `solve`. */
  trace = 0
  private readonly n: number
  private readonly y: Float64Array
  private readonly variance: Float64Array
  private readonly inverse: Float64Array // 1 / h
  private readonly r: readonly [Float64Array, Float64Array] // bands of R
  private readonly p: readonly [Float64Array, Float64Array, Float64Array] // bands of Q'VQ
  private readonly right: Float64Array // Q'y
  private readonly d: Float64Array
  private readonly l1: Float64Array
  private readonly l2: Float64Array

  constructor(x: Float64Array, y: Float64Array, variance: Float64Array) {
    const n = x.length
    const m = n - 2
    const make = (length: number): Float64Array => new Float64Array(length)
    this.n = n
    this.y = y
    this.variance = variance
    this.values = make(n)
    this.bend = make(n)
    this.d = make(m)
    this.l1 = make(m)
    this.l2 = make(m)
    this.right = make(m)
    this.inverse = make(n - 1)
    this.r = [make(m), make(m)]
    this.p = [make(m), make(m), make(m)]
    const g = this.inverse
    for (let i = 0; i < n - 1; i++) g[i] = 1 / (x[i + 1]! - x[i]!)
    // column j of Q has g[j], -(g[j] + g[j + 1]), g[j + 1] in rows j, j + 1, j + 2
    for (let j = 0; j < m; j++) {
      const centre = g[j]! + g[j + 1]!
      this.r[0][j] = (x[j + 2]! - x[j]!) / 3
      this.r[1][j] = (x[j + 2]! - x[j + 1]!) / 6
      this.p[0][j] = g[j]! ** 2 * variance[j]! + centre ** 2 * variance[j + 1]! + g[j + 1]! ** 2 * variance[j + 2]!
      if (j + 1 < m) {
        this.p[1][j] = -centre * g[j + 1]! * variance[j + 1]! - g[j + 1]! * (g[j + 1]! + g[j + 2]!) * variance[j + 2]!
      }
      if (j + 2 < m) this.p[2][j] = g[j + 1]! * g[j + 2]! * variance[j + 2]!
      this.right[j] = (y[j + 2]! - y[j + 1]!) * g[j + 1]! - (y[j + 1]! - y[j]!) * g[j]!
    }
  }

  /** Fills values, bend and trace; returns the GCV score. */
  solve(lambda: number): number {
    const { n, d, l1, l2, bend, values, inverse: g } = this
    const m = n - 2
    const z = bend.subarray(1, n - 1)
    // L D L' of the five-banded matrix, forward substitution along
    for (let j = 0; j < m; j++) {
      let diagonal = this.r[0][j]! + lambda * this.p[0][j]!
      let first = this.r[1][j]! + lambda * this.p[1][j]!
      let rhs = this.right[j]!
      if (j > 0) {
        diagonal -= l1[j - 1]! ** 2 * d[j - 1]!
        first -= l1[j - 1]! * l2[j - 1]! * d[j - 1]!
        rhs -= l1[j - 1]! * z[j - 1]!
      }
      if (j > 1) {
        diagonal -= l2[j - 2]! ** 2 * d[j - 2]!
        rhs -= l2[j - 2]! * z[j - 2]!
      }
      d[j] = diagonal
      l1[j] = j + 1 < m ? first / diagonal : 0
      l2[j] = j + 2 < m ? (lambda * this.p[2][j]!) / diagonal : 0
      z[j] = rhs
    }
    for (let j = m - 1; j >= 0; j--) {
      z[j] = z[j]! / d[j]! - (j + 1 < m ? l1[j]! * z[j + 1]! : 0) - (j + 2 < m ? l2[j]! * z[j + 2]! : 0)
    }
    let chiSquare = 0
    for (let i = 0; i < n; i++) {
      const qz = (i < n - 1 ? g[i]! * (bend[i + 1]! - bend[i]!) : 0) - (i > 0 ? g[i - 1]! * (bend[i]! - bend[i - 1]!) : 0)
      const residual = lambda * this.variance[i]! * qz
      values[i] = this.y[i]! - residual
      chiSquare += (residual * residual) / this.variance[i]!
    }
    const removed = lambda * this.penaltyTrace()
    this.trace = n - removed
    const ratio = removed / n
    return ratio > 0 ? chiSquare / n / (ratio * ratio) : Number.POSITIVE_INFINITY
  }

  /** Trace of B^-1 Q'VQ from the five middle bands of B^-1, which follow from L and D alone. */
  private penaltyTrace(): number {
    const { d, l1, l2, p } = this
    let [s11, s12, s22] = [0, 0, 0] // inverse at (j+1, j+1), (j+1, j+2), (j+2, j+2)
    let sum = 0
    for (let j = d.length - 1; j >= 0; j--) {
      const s02 = -l1[j]! * s12 - l2[j]! * s22
      const s01 = -l1[j]! * s11 - l2[j]! * s12
      const s00 = 1 / d[j]! - l1[j]! * s01 - l2[j]! * s02
      sum += s00 * p[0][j]! + 2 * (s01 * p[1][j]! + s02 * p[2][j]!)
      s22 = s11
      s12 = s01
      s11 = s00
    }
    return sum
  }

  /** The minimum of the GCV score: a scan over 16 decades around the balance of the two terms, then golden section. */
  bestLambda(): number {
    const total = (a: Float64Array): number => a.reduce((sum, v) => sum + v, 0)
    const scale = Math.log(total(this.r[0]) / total(this.p[0]))
    const score = (t: number): number => this.solve(Math.exp(t))
    const step = Math.log(10) / 3
    let best = scale
    let lowest = Infinity
    for (let k = -21; k <= 27; k++) {
      const value = score(scale + k * step)
      if (value < lowest) {
        lowest = value
        best = scale + k * step
      }
    }
    return Math.exp(goldenSection(score, best - step, best + step, 1e-7))
  }
}
