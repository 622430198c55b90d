import type { ScatteringPath } from '../../../model/scatteringPath.js'
import { createSpline } from '../../../numeric/interpolate/spline.js'
import { K2_PER_EV } from '../transform/wavenumber.js'
import { PATH_PARAMETERS } from './pathParameters.js'

/** The EXAFS equation of one path on one grid, with derivatives. */
export interface PathModel {
  /**
   * Adds chi of the path.
   * @param p    Values of {@link PATH_PARAMETERS}, in their order.
   * @param from First grid point.
   * @param to   Point after the last.
   * @param chi  Receives chi at [from, to); overwritten there.
   * @param jac  Receives the derivatives by parameter, `jac[parameter * n + i]`, for those wanted; null for none.
   * @param want 1 for each parameter whose derivative is wanted.
   */
  evaluate(p: Float64Array, from: number, to: number, chi: Float64Array, jac: Float64Array | null, want: Uint8Array): void
}

/** Smallest |k² - e0 in 1/Å²|: at threshold 1/q would diverge. */
const SMALLEST = 1e-6
const [DEGEN, S02, E0, EI, DELTAR, SIGMA2, THIRD, FOURTH] = PATH_PARAMETERS.map((_, i) => i) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]

/**
 * Prepares the EXAFS equation of a path:
 *
 * chi = Im[ degen s02 F(q) / (q (reff + deltar)²) exp(-2 reff Im p - 2 p² sigma2 + 2/3 p⁴ fourth) exp(i (2 q reff + phase(q) + 2 p (deltar - 2 sigma2 / reff) - 4/3 p³ third)) ],
 * q² = k² - 2 m e0 / ħ² (q < 0 below threshold), p² = (real[p] + i / lambda)² + 2 i m ei / ħ², F = mag[feff] * red factor, phase = real[2*phc] + phase[feff], each by a cubic spline at q. The
 * mean free path enters once, through p. Where the grid begins with k = 0, that point is extrapolated from the next two, since 1/q diverges.
 *
 * @param path The path.
 * @param k    Grid, n values.
 */
export function createPathModel(path: ScatteringPath, k: Float64Array): PathModel {
  const n = k.length
  const { reff } = path
  const columns = [
    path.magFeff.map((magnitude, i) => magnitude * path.redFactor[i]!),
    path.phaseFeff.map((phase, i) => phase + path.realPhc[i]!),
    path.realP,
    path.lambda,
  ]
  const x = path.k
  const last = x.length - 2
  // the four cubics of an interval side by side
  const c = new Float64Array(16 * (last + 1))
  columns.forEach((column, j) => {
    const { coefficients } = createSpline(x, column)
    for (let i = 0; i <= last; i++) for (let m = 0; m < 4; m++) c[16 * i + 4 * j + m] = coefficients[4 * i + m]!
  })

  const evaluate = (
    p: Float64Array,
    from: number,
    to: number,
    chi: Float64Array,
    jac: Float64Array | null,
    want: Uint8Array,
  ): void => {
    const [scale, e0, ei, deltar, sigma2, third, fourth] = [
      p[DEGEN]! * p[S02]!,
      p[E0]!,
      p[EI]!,
      p[DELTAR]!,
      p[SIGMA2]!,
      p[THIRD]!,
      p[FOURTH]!,
    ]
    const distance = reff + deltar
    const spread = 1 / (distance * distance)
    let interval = 0
    for (let i = from; i < to; i++) {
      let en = k[i]! * k[i]! - e0 * K2_PER_EV
      if (Math.abs(en) < SMALLEST) en = SMALLEST
      const size = Math.sqrt(Math.abs(en))
      const q = en < 0 ? -size : size
      while (interval < last && q >= x[interval + 1]!) interval++
      while (interval > 0 && q < x[interval]!) interval--
      const d = q - x[interval]!
      const at = 16 * interval
      const amp = c[at]! + d * (c[at + 1]! + d * (c[at + 2]! + d * c[at + 3]!))
      const phase = c[at + 4]! + d * (c[at + 5]! + d * (c[at + 6]! + d * c[at + 7]!))
      const rep = c[at + 8]! + d * (c[at + 9]! + d * (c[at + 10]! + d * c[at + 11]!))
      const lambda = c[at + 12]! + d * (c[at + 13]! + d * (c[at + 14]! + d * c[at + 15]!))
      const loss = 1 / lambda
      // s = p², p = its root in the upper half plane
      const sr = rep * rep - loss * loss
      const si = 2 * rep * loss + ei * K2_PER_EV
      const modulus = Math.sqrt(sr * sr + si * si)
      const pr = Math.sqrt(Math.max(0, (modulus + sr) / 2))
      const pi = (si < 0 ? -1 : 1) * Math.sqrt(Math.max(0, (modulus - sr) / 2))
      // a = sigma2 - s fourth / 3, b = deltar - 2 sigma2 / reff - 2 s third / 3
      const ar = sigma2 - (sr * fourth) / 3
      const ai = (-si * fourth) / 3
      const br = deltar - (2 * sigma2) / reff - (2 * sr * third) / 3
      const bi = (-2 * si * third) / 3
      const damping = Math.exp(-2 * (reff * pi + (sr * ar - si * ai) + (pr * bi + pi * br)))
      const angle = 2 * q * reff + phase - 2 * (sr * ai + si * ar) + 2 * (pr * br - pi * bi)
      const height = (damping * spread) / q
      const cos = height * Math.cos(angle)
      const sin = height * Math.sin(angle)
      chi[i] = scale * amp * sin
      if (jac === null) continue

      const [zr, zi] = [scale * amp * cos, scale * amp * sin]
      if (want[DEGEN]) jac[DEGEN * n + i] = p[S02]! * amp * sin
      if (want[S02]) jac[S02 * n + i] = p[DEGEN]! * amp * sin
      if (want[DELTAR]) jac[DELTAR * n + i] = 2 * pr * zr - (2 * pi + 2 / distance) * zi
      if (want[SIGMA2]) jac[SIGMA2 * n + i] = (-2 * si - (4 * pr) / reff) * zr + (-2 * sr + (4 * pi) / reff) * zi
      if (want[THIRD]) jac[THIRD * n + i] = (-4 / 3) * (pr * sr - pi * si) * zr + (4 / 3) * (pr * si + pi * sr) * zi
      if (want[FOURTH]) jac[FOURTH * n + i] = (2 / 3) * (2 * sr * si * zr + (sr * sr - si * si) * zi)
      if (!want[EI] && !want[E0]) continue
      // Im(z d exponent) = Im(zA ds + zB dp) - 2 reff Im(dp) Im z, A = -2 sigma2 + 4/3 s fourth - 4/3 i p third, B = 2 i b
      const zAr = (-2 * sigma2 + (4 / 3) * (sr * fourth + pi * third)) * zr - (4 / 3) * (si * fourth - pr * third) * zi
      const zAi = (-2 * sigma2 + (4 / 3) * (sr * fourth + pi * third)) * zi + (4 / 3) * (si * fourth - pr * third) * zr
      const zBr = -2 * (bi * zr + br * zi)
      const zBi = 2 * (br * zr - bi * zi)
      // dp = ds / 2 p
      const over = 1 / (2 * modulus)
      if (want[EI]) {
        const dpr = K2_PER_EV * pi * over
        const dpi = K2_PER_EV * pr * over
        jac[EI * n + i] = zAr * K2_PER_EV + zBr * dpi + zBi * dpr - 2 * reff * dpi * zi
      }
      if (want[E0]) {
        const dq = -K2_PER_EV / (2 * size)
        const dRep = slopeOf(c, at + 8, d) * dq
        const dLoss = -slopeOf(c, at + 12, d) * loss * loss * dq
        const dsr = 2 * (rep * dRep - loss * dLoss)
        const dsi = 2 * (rep * dLoss + loss * dRep)
        const dpr = (dsr * pr + dsi * pi) * over
        const dpi = (dsi * pr - dsr * pi) * over
        const throughP = zAr * dsi + zAi * dsr + zBr * dpi + zBi * dpr - 2 * reff * dpi * zi
        jac[E0 * n + i] =
          throughP + (2 * reff + slopeOf(c, at + 4, d)) * dq * zr - (dq / q) * zi + scale * slopeOf(c, at, d) * dq * sin
      }
    }
    if (from > 0 || to < 3 || k[0] !== 0) return
    chi[0] = 2 * chi[1]! - chi[2]!
    if (jac) for (let j = 0; j < PATH_PARAMETERS.length; j++) if (want[j]) jac[j * n] = 2 * jac[j * n + 1]! - jac[j * n + 2]!
  }
  return { evaluate }
}

/** Slope of the cubic whose coefficients begin at `at`. */
function slopeOf(c: Float64Array, at: number, d: number): number {
  return c[at + 1]! + d * (2 * c[at + 2]! + d * 3 * c[at + 3]!)
}
