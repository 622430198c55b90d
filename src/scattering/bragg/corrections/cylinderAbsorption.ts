import { OperandoError } from '../../../core/errors.js'
import { gaussLegendre, type Quadrature } from '../../../numeric/calculus/gaussLegendre.js'
import { thetaOf } from './lorentzFactor.js'

/** Points along the radius, and round the circle. */
const RADII = 32
const ANGLES = 96

let rule: Quadrature | undefined

/**
 * Absorption in a cylinder bathed in the beam, a capillary: the mean over its cross-section of exp(-mu (way in + way out)), the transmission factor A. By quadrature over the section, good to 1e-5
 * below mu R = 5.
 * @param twoTheta Scattering angle, degrees.
 * @param muR      Attenuation times radius; of a powder, with its packing.
 * @throws OperandoError `E_RANGE` for angles outside 0 to 180 degrees or a negative muR.
 * @see International Tables for Crystallography C (2004), 6.3.3.3 (there A* = 1/A)
 * @example
 * ```ts
 * import { cylinderAbsorption } from 'operando/scattering'
 * cylinderAbsorption(30, 1) // 0.2
 * ```
 */
export function cylinderAbsorption(twoTheta: number, muR: number): number {
  const theta = thetaOf(twoTheta)
  if (!(muR >= 0 && Number.isFinite(muR))) throw new OperandoError('E_RANGE', `muR = ${muR}: not below 0 expected.`)
  const out = new Float64Array(2)
  integrateCylinder(2 * theta, muR, out)
  return out[0]!
}

/**
 * Transmission factor of a cylinder and its derivative by mu R. Kernel.
 * @param angle Scattering angle, radians.
 * @param muR   Attenuation times radius.
 * @param out   Receives both.
 */
export function integrateCylinder(angle: number, muR: number, out: Float64Array): void {
  rule ??= gaussLegendre(RADII, 0, 1)
  const { nodes, weights } = rule
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  let [sum, slope] = [0, 0]
  for (let i = 0; i < RADII; i++) {
    // r = 1 - t²: dense at the rim, where the ways have a root in them
    const r = 1 - nodes[i]! * nodes[i]!
    const weight = 4 * nodes[i]! * weights[i]! * r
    for (let k = 0; k < ANGLES; k++) {
      const phi = (2 * Math.PI * (k + 0.5)) / ANGLES + 0.5 * angle
      const [x, y] = [r * Math.cos(phi), r * Math.sin(phi)]
      const along = x * cos + y * sin
      const across = y * cos - x * sin
      const way = x + Math.sqrt(Math.max(0, 1 - y * y)) - along + Math.sqrt(Math.max(0, 1 - across * across))
      const left = weight * Math.exp(-muR * way)
      sum += left
      slope -= left * way
    }
  }
  out[0] = sum / ANGLES
  out[1] = slope / ANGLES
}
