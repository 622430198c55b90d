import { erf, erfc } from '../../../numeric/special/erf.js'
import type { DiffusionPath } from './diffusionLength.js'

const PI2 = Math.PI ** 2
/** Below this the solution for a body without end is exact to 1e-8 (and the series converges slowly), above it the series needs few terms. */
const SHORT = 0.05
const TERMS = 12

/** Roots of tan(x) = x, by Newton's method from (n + 1/2) pi. */
function tangentRoots(count: number): Float64Array {
  const out = new Float64Array(count)
  for (let n = 1; n <= count; n++) {
    let x = (n + 0.5) * Math.PI - 1 / ((n + 0.5) * Math.PI)
    // sin x - x cos x has the same roots and no poles
    for (let k = 0; k < 5; k++) x -= (Math.sin(x) - x * Math.cos(x)) / (x * Math.sin(x))
    out[n - 1] = x
  }
  return out
}

let roots: Float64Array | undefined

/**
 * Concentration at the surface of a body that takes up ions at a constant rate from time 0, in units of what the body would hold on the average after one
 * diffusion time: it tends to theta + 1/3 in a layer, theta + 1/15 in a sphere.
 *
 * @param theta D t / L², dimensionless time; 0 and below give 0.
 * @param kind  Layer (one side sealed) or sphere.
 * @see Crank, The Mathematics of Diffusion (1975), eqs 4.55 and 6.45
 */
export function fluxResponse(theta: number, kind: DiffusionPath['kind']): number {
  if (!(theta > 0)) return 0
  if (theta < SHORT) {
    const root = Math.sqrt(theta)
    if (kind === 'planar') {
      // one image beyond the sealed side: 2 sqrt(theta) (ierfc(0) + 2 ierfc(1 / sqrt(theta)))
      const z = 1 / root
      return 2 * root * (1 / Math.sqrt(Math.PI) + 2 * (Math.exp(-z * z) / Math.sqrt(Math.PI) - z * erfc(z)))
    }
    return (Math.expm1(theta) + Math.exp(theta) * erf(root)) / 3
  }
  let sum = 0
  if (kind === 'planar') {
    for (let n = TERMS; n >= 1; n--) sum += Math.exp(-n * n * PI2 * theta) / (n * n)
    return theta + 1 / 3 - (2 / PI2) * sum
  }
  roots ??= tangentRoots(TERMS)
  for (let n = TERMS - 1; n >= 0; n--) {
    const square = roots[n]! * roots[n]!
    sum += Math.exp(-square * theta) / square
  }
  return theta + 1 / 15 - (2 / 3) * sum
}
