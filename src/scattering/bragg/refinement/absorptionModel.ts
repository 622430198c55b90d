import { OperandoError } from '../../../core/errors.js'
import { integrateCylinder } from '../corrections/cylinderAbsorption.js'
import type { AbsorptionModel } from './intensityModel.js'

/** Chebyshev terms in cos 2theta: transmission of a cylinder changes slowly with angle. */
const TERMS = 20

/**
 * How a sample's absorption weakens lines.
 * @param geometry A cylinder in the beam, or a flat plate across it.
 */
export function createAbsorption(geometry: 'cylinder' | 'plate'): AbsorptionModel {
  return geometry === 'plate' ? plate : cylinder()
}

function plate(twoTheta: number, muT: number, out: Float64Array): void {
  const cos = Math.cos((twoTheta * Math.PI) / 180)
  if (!(cos > 0))
    throw new OperandoError('E_RANGE', `A plate in transmission sends nothing to ${twoTheta} degrees; below 90 expected.`)
  const longer = 1 / cos - 1
  const path = muT * longer
  const left = Math.exp(-path)
  out[0] = Math.abs(path) < 1e-6 ? 1 - path / 2 : (1 - left) / path
  out[1] = Math.abs(path) < 1e-4 ? longer * (path / 3 - 0.5) : (longer * (left - out[0]!)) / path
}

/** Transmission of a cylinder, interpolated between angles; computed anew when mu R changes. */
function cylinder(): AbsorptionModel {
  let known = Number.NaN
  const factor = new Float64Array(TERMS)
  const slope = new Float64Array(TERMS)
  const pair = new Float64Array(2)
  const prepare = (muR: number): void => {
    factor.fill(0)
    slope.fill(0)
    for (let k = 0; k < TERMS; k++) {
      const node = (Math.PI * (k + 0.5)) / TERMS
      integrateCylinder(node, muR, pair)
      for (let j = 0; j < TERMS; j++) {
        const wave = ((j === 0 ? 1 : 2) / TERMS) * Math.cos(j * node)
        factor[j]! += wave * pair[0]!
        slope[j]! += wave * pair[1]!
      }
    }
    known = muR
  }
  return (twoTheta, muR, out) => {
    if (muR !== known) prepare(muR)
    // Chebyshev polynomials of cos 2theta are cosines of multiples of 2theta
    const angle = (twoTheta * Math.PI) / 180
    out[0] = 0
    out[1] = 0
    for (let j = 0; j < TERMS; j++) {
      const wave = Math.cos(j * angle)
      out[0]! += factor[j]! * wave
      out[1]! += slope[j]! * wave
    }
  }
}
