/** What an element of an equivalent circuit is. */
export type CircuitElementKind = 'R' | 'C' | 'L' | 'CPE' | 'W' | 'Wo' | 'Ws'

/** One parameter of a kind of element. */
export interface ElementParameter {
  /** What stands behind the name of the element: `'.n'`, or nothing where there is but one. */
  readonly suffix: string
  /** Its unit. */
  readonly unit: string
}

/** An impedance and its derivatives at one angular frequency: written to `z` (re, im) and `dz` (re, im of each parameter). */
export interface ElementModel {
  readonly parameters: readonly ElementParameter[]
  evaluate(omega: number, p: Float64Array, at: number, z: Float64Array, dz: Float64Array): void
}

const set = (out: Float64Array, at: number, re: number, im: number): void => {
  out[2 * at] = re
  out[2 * at + 1] = im
}

/** coth(a + ia) (`sign` -1) or tanh(a + ia) (`sign` 1) without cancellation or overflow. */
function hyperbolic(a: number, sign: 1 | -1, out: Float64Array): void {
  if (a > 20) {
    out[0] = 1
    out[1] = 0
    return
  }
  const s = Math.sinh(a)
  const other = sign > 0 ? Math.cos(a) : Math.sin(a)
  const below = 2 * (s * s + other * other)
  out[0] = Math.sinh(2 * a) / below
  out[1] = (sign * Math.sin(2 * a)) / below
}

/** Z0 f(u) / u with u = sqrt(j omega tau), f = tanh or coth. */
function finiteWarburg(sign: 1 | -1): ElementModel {
  const f = new Float64Array(2)
  return {
    parameters: [
      { suffix: '.Z0', unit: 'Ω' },
      { suffix: '.tau', unit: 's' },
    ],
    evaluate(omega, p, at, z, dz) {
      const z0 = p[at]!
      const tau = p[at + 1]!
      const a = Math.sqrt((omega * tau) / 2) // u = a (1 + j)
      hyperbolic(a, sign, f)
      const re = (f[0]! + f[1]!) / (2 * a)
      const im = (f[1]! - f[0]!) / (2 * a)
      set(z, 0, z0 * re, z0 * im)
      set(dz, 0, re, im)
      // dZ/dtau = Z0 / (2 tau) (f'(u) - f(u)/u), f' = 1 - f² for both
      set(dz, 1, (z0 / (2 * tau)) * (1 - f[0]! * f[0]! + f[1]! * f[1]! - re), (z0 / (2 * tau)) * (-2 * f[0]! * f[1]! - im))
    },
  }
}

/**
 * The elements of equivalent circuits:
 * `R` resistance, Z = R; `C` capacitance, 1/(jωC); `L` inductance, jωL; `CPE` constant phase element, 1/(Q (jω)^n);
 * `W` semi-infinite diffusion, σ (1 - j)/√ω; `Wo` finite diffusion against a wall (open), Z0 coth(√(jωτ))/√(jωτ), τ = L²/D;
 * `Ws` finite diffusion to a reservoir (short), Z0 tanh(√(jωτ))/√(jωτ).
 */
export const CIRCUIT_ELEMENTS: Readonly<Record<CircuitElementKind, ElementModel>> = {
  R: {
    parameters: [{ suffix: '', unit: 'Ω' }],
    evaluate(_omega, p, at, z, dz) {
      set(z, 0, p[at]!, 0)
      set(dz, 0, 1, 0)
    },
  },
  C: {
    parameters: [{ suffix: '', unit: 'F' }],
    evaluate(omega, p, at, z, dz) {
      set(z, 0, 0, -1 / (omega * p[at]!))
      set(dz, 0, 0, 1 / (omega * p[at]! * p[at]!))
    },
  },
  L: {
    parameters: [{ suffix: '', unit: 'H' }],
    evaluate(omega, p, at, z, dz) {
      set(z, 0, 0, omega * p[at]!)
      set(dz, 0, 0, omega)
    },
  },
  CPE: {
    parameters: [
      { suffix: '.Q', unit: 'S s^n' },
      { suffix: '.n', unit: '' },
    ],
    evaluate(omega, p, at, z, dz) {
      const size = omega ** -p[at + 1]! / p[at]!
      const re = size * Math.cos((p[at + 1]! * Math.PI) / 2)
      const im = -size * Math.sin((p[at + 1]! * Math.PI) / 2)
      const log = Math.log(omega)
      set(z, 0, re, im)
      set(dz, 0, -re / p[at]!, -im / p[at]!)
      set(dz, 1, -re * log + (im * Math.PI) / 2, -im * log - (re * Math.PI) / 2)
    },
  },
  W: {
    parameters: [{ suffix: '.sigma', unit: 'Ω s^-1/2' }],
    evaluate(omega, p, at, z, dz) {
      const root = 1 / Math.sqrt(omega)
      set(z, 0, p[at]! * root, -p[at]! * root)
      set(dz, 0, root, -root)
    },
  },
  Wo: finiteWarburg(-1),
  Ws: finiteWarburg(1),
}
