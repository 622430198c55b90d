import { OperandoError } from '../../../core/errors.js'
import { thetaOf } from './lorentzFactor.js'

/**
 * Primary extinction in the blocks of a powder after Sabine: E = E_B sin² theta + E_L cos² theta, with E_B = 1/sqrt(1 + x) and
 * E_L = exp(-x) (I0(x) + I1(x)) = 1 - x/2 + x²/4 - 5x³/48 .... x = (block size x wavelength x |F| / V)², with lengths in Å and |F| as a scattering length; in a refinement x = extinction x (wavelength/V)² |F|², so that
 * `extinction` stands for (r_e x block size)².
 * @param twoTheta Scattering angle, degrees.
 * @param x        Strength, not below 0.
 * @returns What is left of the line, 0 to 1.
 * @throws OperandoError `E_RANGE` for angles outside 0 to 180 degrees or x below 0.
 * @see T. M. Sabine, R. B. Von Dreele, J.-E. Jørgensen, Acta Cryst. A 44 (1988) 374
 * @example
 * ```ts
 * import { primaryExtinction } from 'operando/scattering'
 * primaryExtinction(30, 0.2) // 0.909
 * ```
 */
export function primaryExtinction(twoTheta: number, x: number): number {
  const sin = Math.sin(thetaOf(twoTheta))
  if (!(x >= 0 && Number.isFinite(x))) throw new OperandoError('E_RANGE', `extinction: x = ${x}, not below 0 expected.`)
  const out = new Float64Array(2)
  sabineExtinction(x, sin * sin, out)
  return out[0]!
}

/** Points of the integral over a period: of a smooth periodic function their sum is exact to rounding. */
const POINTS = 48

/**
 * Sabine's factor and its derivative by x: E_L = exp(-x) (I0(x) + I1(x)), here as the integral that the Bessel functions are. Kernel.
 * @param x    Strength; below 0 it counts as 0.
 * @param sin2 sin² theta.
 * @param out  Receives both.
 */
export function sabineExtinction(x: number, sin2: number, out: Float64Array): void {
  const strength = Math.max(0, x)
  const bragg = 1 / Math.sqrt(1 + strength)
  let laue = 0
  let byLaue = 0
  for (let i = 0; i < POINTS; i++) {
    const cos = Math.cos((2 * Math.PI * i) / POINTS)
    const wave = Math.exp(strength * (cos - 1)) * (1 + cos)
    laue += wave
    byLaue += wave * (cos - 1)
  }
  out[0] = bragg * sin2 + (laue / POINTS) * (1 - sin2)
  out[1] = -0.5 * bragg ** 3 * sin2 + (byLaue / POINTS) * (1 - sin2)
}
