import { asFloat64, type NumbersLike } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import { expSquares } from './expSquare.js'
import { WOFZ_H, WOFZ_HALF, WOFZ_WHOLE } from './tables.generated.js'

const INV_SQRT_PI = 0.5641895835477563

/** exp(v² - u²) for any u, v >= 0, including those whose squares overflow. */
function growth(u: number, v: number): number {
  const rough = u === v ? 0 : (v - u) * (v + u)
  if (rough < -746) return 0
  if (rough > 710) return Infinity
  return u > 1e18 ? Math.exp(rough) : expSquares(u, v)
}

/** u v - fl(u v) by halves of 24 bits. */
function lostProduct(u: number, v: number): number {
  if (u > 1e18 || v > 1e18) return 0
  const uh = Math.fround(u)
  const vh = Math.fround(v)
  return uh * vh - u * v + uh * (v - vh) + (u - uh) * vh + (u - uh) * (v - vh)
}

/**
 * Kernel of {@link faddeeva}: writes Re w, Im w to `out[at]`, `out[at + 1]`, and with `derivative` Re w', Im w' to the next two.
 * Allocates nothing.
 *
 * Near the origin the integral w(z) = (2iz/pi) int_0^inf exp(-t²) / (z² - t²) dt is a sum over nodes t, corrected for the pole at t = z; of the two
 * sets of nodes (whole, half) the one away from z is taken. Real parts are sums of positive terms, so they keep their relative accuracy
 * close to the real axis. Far out Laplace's continued fraction converges in a few steps.
 *
 * @param x          Real part of z.
 * @param y          Imaginary part of z.
 * @param out        Receives 2 or 4 values.
 * @param at         Where.
 * @param derivative Whether to write w' too.
 * @see Al Azah & Chandler-Wilde, SIAM J. Numer. Anal. 59 (2021) 2346, for the sums
 * @see Gautschi, SIAM J. Numer. Anal. 7 (1970) 187, for the continued fraction
 * @example
 * ```ts
 * import { faddeevaAt } from 'operando/numeric'
 * const out = new Float64Array(2)
 * faddeevaAt(1, 1, out, 0, false)
 * out // [0.30474420525691..., 0.20821893820283...]
 * ```
 */
export function faddeevaAt(x: number, y: number, out: Float64Array, at: number, derivative = false): void {
  const u = Math.abs(x)
  const v = Math.abs(y)
  const squared = u * u + v * v
  let re: number
  let im: number
  let dre = 0
  let dim = 0
  if (squared > 144) {
    // Laplace: w = (i / sqrt(pi)) / (z - r), r = (1/2) / (z - 1 / (z - (3/2) / ...))
    let a = u
    let b = v
    let rre = 0
    let rim = 0
    if (squared < 1e30) {
      for (let k = squared > 1e4 ? 4 : squared > 900 ? 6 : 9; k > 0; k--) {
        const f = (0.5 * k) / (a * a + b * b)
        rre = a * f
        rim = -b * f
        a = u - rre
        b = v - rim
      }
      const f = INV_SQRT_PI / (a * a + b * b)
      re = b * f
      im = a * f
    } else {
      // i / (sqrt(pi) z) without squares that overflow
      const [big, small] = a > b ? [a, b] : [b, a]
      const ratio = big === Infinity ? 0 : small / big
      const f = INV_SQRT_PI / (big + small * ratio)
      re = a > b ? ratio * f : f
      im = a > b ? f : ratio * f
      if (derivative) {
        // r = 1 / (2 z)
        rre = 0.5 * im * (1 / INV_SQRT_PI)
        rim = -0.5 * re * (1 / INV_SQRT_PI)
      }
    }
    if (derivative) {
      dre = -2 * (rre * re - rim * im)
      dim = -2 * (rre * im + rim * re)
    }
    if (v < 1e-8 && u < 27.3) {
      // the Gaussian that the fraction does not see; all there is of Re w on the real axis
      const gauss = expSquares(u, v)
      re += gauss
      if (derivative) dre -= 2 * u * gauss
    }
  } else {
    const phase = u / WOFZ_H
    const part = phase - Math.floor(phase)
    const far = v >= u && v * WOFZ_H >= Math.PI
    const whole = v < u && part >= 0.25 && part <= 0.75
    const weights = whole ? WOFZ_WHOLE : WOFZ_HALF
    const first = whole ? WOFZ_H : 0.5 * WOFZ_H
    let sumRe = whole ? 0.5 / squared : 0
    let sumIm = sumRe
    const vv = v * v
    // two nodes at a time, so that they share one division
    for (let k = 0; k < weights.length; k += 2) {
      const t = first + k * WOFZ_H
      const s = t + WOFZ_H
      const p = ((u - t) * (u - t) + vv) * ((u + t) * (u + t) + vv)
      const q = ((u - s) * (u - s) + vv) * ((u + s) * (u + s) + vv)
      const f = 1 / (p * q)
      const fp = weights[k]! * q * f
      const fq = weights[k + 1]! * p * f
      const t2 = t * t
      const s2 = s * s
      sumRe += fp * (squared + t2) + fq * (squared + s2)
      sumIm += fp * (squared - t2) + fq * (squared - s2)
    }
    re = ((2 * WOFZ_H) / Math.PI) * v * sumRe
    im = ((2 * WOFZ_H) / Math.PI) * u * sumIm
    if (!far) {
      const decay = (2 * Math.PI * v) / WOFZ_H
      if (v * v - u * u - decay > -50 || v < 1e-4) {
        // 2 exp(-z²) / (1 ± exp(-2 pi i z / h)), numerator and denominator times exp(-2 pi y / h)
        const e = Math.exp(-decay)
        const theta = 2 * Math.PI * part
        const c = whole ? e - Math.cos(theta) : e + Math.cos(theta)
        const s = whole ? -Math.sin(theta) : Math.sin(theta)
        const f = (2 * e * expSquares(u, v)) / (c * c + s * s)
        const phi = 2 * u * v
        const cosPhi = Math.cos(phi)
        const sinPhi = Math.sin(phi)
        // exp(-z²) = (cos - i sin) exp(y² - x²); 1 / (c - i s) = (c + i s) / |.|²
        re += f * (cosPhi * c + sinPhi * s)
        im += f * (cosPhi * s - sinPhi * c)
      }
    }
    if (derivative) {
      dre = -2 * (u * re - v * im)
      dim = -2 * (u * im + v * re) + 2 * INV_SQRT_PI
    }
  }
  if (x < 0) {
    // w(-conj z) = conj w(z)
    im = -im
    dre = -dre
  }
  if (y < 0) {
    // w(z) = 2 exp(-z²) - w(-z); here (re, im) is w(conj z) and -z = -conj(conj z)
    const gauss = 2 * growth(u, v)
    const phi = 2 * u * v
    // what the product rounded away: it matters where phi is large
    const low = 2 * lostProduct(u, v)
    const cosPhi = Math.cos(phi) - low * Math.sin(phi)
    const sinPhi = (Math.sin(phi) + low * Math.cos(phi)) * (x < 0 ? -1 : 1)
    const gre = gauss * cosPhi
    const gim = sinPhi === 0 ? 0 : gauss * sinPhi
    re = gre - re
    im = gim + im
    dre = -2 * (x * gre - y * gim) - dre
    dim = -2 * (x * gim + y * gre) + dim
  }
  out[at] = re
  out[at + 1] = im
  if (derivative) {
    out[at + 2] = dre
    out[at + 3] = dim
  }
}

/**
 * Faddeeva function w(z) = exp(-z²) erfc(-iz) in the whole complex plane. In the upper half plane real and imaginary part each have a relative
 * error below 1e-13, down to Re w = exp(-x²) on the real axis; in the lower half, where w has zeros, the error is relative to |2 exp(-z²)| + |w(-z)|.
 *
 * Voigt profile of Gaussian standard deviation s and Lorentzian half width g: Re w((x + ig) / (s sqrt 2)) / (s sqrt(2 pi)).
 *
 * @param x Real part of z; NaN in either part gives NaN. -Infinity and Infinity give 0 for finite y.
 * @param y Imaginary part of z. Below -26 w grows as exp(y² - x²), up to Infinity.
 * @returns [Re w, Im w].
 * @example
 * ```ts
 * import { faddeeva } from 'operando/numeric'
 * faddeeva(1, 1) // [0.30474420525691265, 0.20821893820283162]
 * ```
 */
export function faddeeva(x: number, y: number): [re: number, im: number] {
  const out = new Float64Array(2)
  faddeevaAt(x, y, out, 0)
  return [out[0]!, out[1]!]
}

/**
 * {@link faddeeva} and its derivative dw/dz = -2 z w + 2i/sqrt(pi), without the cancellation that the formula suffers far out.
 * @param x Real part of z.
 * @param y Imaginary part of z.
 * @returns [Re w, Im w, Re w', Im w'].
 * @example
 * ```ts
 * import { faddeevaDerivative } from 'operando/numeric'
 * const [re, im] = faddeevaDerivative(0, 1)
 * console.log(re, im) // 0.42758..., 0
 * ```
 */
export function faddeevaDerivative(x: number, y: number): [re: number, im: number, dRe: number, dIm: number] {
  const out = new Float64Array(4)
  faddeevaAt(x, y, out, 0, true)
  return [out[0]!, out[1]!, out[2]!, out[3]!]
}

/**
 * {@link faddeeva} of many points.
 * @param x   Real parts, n values.
 * @param y   Imaginary parts, n values, or one number for all.
 * @param out Receives 2 n values, re and im interleaved; made if absent.
 * @returns `out`.
 * @throws OperandoError `E_SHAPE` on lengths that do not fit, `E_NAN` on NaN or infinity.
 * @example
 * ```ts
 * import { faddeevaArray } from 'operando/numeric'
 * faddeevaArray([-1, 0, 1], 0.5)
 * ```
 */
export function faddeevaArray(x: NumbersLike, y: NumbersLike | number, out?: Float64Array | undefined): Float64Array {
  const re = asFloat64(x, 'x')
  const result = outputOf(out, 2 * re.length)
  if (typeof y === 'number') {
    asFloat64([y], 'y')
    for (let i = 0; i < re.length; i++) faddeevaAt(re[i]!, y, result, 2 * i)
  } else {
    const im = asFloat64(y, 'y', { length: re.length })
    for (let i = 0; i < re.length; i++) faddeevaAt(re[i]!, im[i]!, result, 2 * i)
  }
  return result
}
