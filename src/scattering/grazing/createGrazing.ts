import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { type Angle, type Energy, type Length, toValue } from '../../core/quantity.js'
import type { MaterialInput } from '../../matter/material.js'
import { createRefraction } from '../../matter/refraction/createRefraction.js'

/** A plan made by {@link createGrazing}. Angles are counted from the surface, degrees. */
export interface Grazing {
  /** Decrement of the refractive index, 1 - n = delta - i beta. */
  readonly delta: number
  /** Its imaginary part. */
  readonly beta: number
  /** Critical angle of total reflection, degrees. */
  readonly criticalAngle: number
  /**
   * Depth from which diffraction comes: that at which what goes in and comes out again has fallen to 1/e, µm.
   * @param incidence Angle of incidence.
   * @param exit      Angle under which the diffracted beam leaves. Default: no loss on the way out.
   */
  depth(incidence: Angle, exit?: Angle): number
  /**
   * Angle of incidence that gives a depth; the inverse of {@link Grazing.depth} without exit.
   * @param depth µm.
   * @throws OperandoError `E_RANGE` for a depth that no angle gives.
   */
  incidenceFor(depth: Length): number
  /**
   * How much further a line stands out in 2theta because the beam is refracted on its way in, degrees: incidence minus the angle inside.
   * @param incidence Angle of incidence.
   */
  refractionShift(incidence: Angle): number
  /**
   * Share of the diffraction that comes from each of some layers of this material, from the surface on; what comes from below is missing from the sum.
   * @param thicknesses µm.
   * @param incidence   Angle of incidence.
   * @param exit        Angle of the diffracted beam.
   */
  shares(thicknesses: NumbersLike, incidence: Angle, exit?: Angle): Float64Array
  /**
   * Intensity of the wave in the material just below the surface, that of the incident beam being 1: up to 4 at the critical angle.
   * @param incidence Angle of incidence.
   */
  surfaceIntensity(incidence: Angle): number
  /**
   * Length of the surface that a beam lights, mm.
   * @param height    Height of the beam, µm.
   * @param incidence Angle of incidence.
   */
  footprint(height: Length, incidence: Angle): number
}

/**
 * Prepares diffraction at grazing incidence on a flat, smooth surface of one material: how deep it looks, how refraction shifts its lines, what each depth gives. Roughness and layers of other density change it near the
 * critical angle; above some three times that angle it is plain absorption.
 * @param material Name, substance or mixture, with its density.
 * @param energy   Photon energy, eV.
 * @throws OperandoError as `createRefraction` of `operando/matter`; `E_RANGE` for an energy that is not above 0. The functions throw `E_RANGE` for angles outside above 0 to 90 degrees.
 * @see M. F. Toney, S. Brennan, Phys. Rev. B 39 (1989) 7963 (refraction shift); G. H. Vineyard, Phys. Rev. B 26 (1982) 4146; L. G. Parratt, Phys. Rev. 95 (1954) 359
 * @example
 * ```ts
 * import { createGrazing } from 'operando/scattering'
 * const grazing = await createGrazing('Cu', '12 keV')
 * console.log(grazing.criticalAngle, grazing.depth(0.1), grazing.depth(1), grazing.refractionShift(0.5)) // 0.28 degrees, 0.0018 and 0.14 µm, 0.084 degrees
 * ```
 */
export async function createGrazing(material: MaterialInput, energy: Energy): Promise<Grazing> {
  const value = toValue(energy, 'eV', 'energy')
  if (!(value > 0)) throw new OperandoError('E_RANGE', `createGrazing: energy = ${value} eV: above 0 expected.`)
  const refraction = await createRefraction(material)
  const [delta, beta] = [refraction.delta.at(value), refraction.beta.at(value)]
  const wavelength = HC_EV_ANGSTROM / value
  const angleOf = (angle: Angle, name: string): number => {
    const degrees = toValue(angle, 'deg', name)
    if (!(degrees > 0 && degrees <= 90))
      throw new OperandoError('E_RANGE', `${name} = ${degrees} degrees: counted from the surface, above 0 to 90 expected.`)
    return (degrees * Math.PI) / 180
  }
  /** Component of the wave vector along the normal inside, in units of that in vacuum: sqrt(sin² + n² - 1). */
  const inside = (angle: number): { real: number; imaginary: number } => {
    const re = Math.sin(angle) ** 2 - 2 * delta + delta * delta - beta * beta
    const im = 2 * beta * (1 - delta)
    const size = Math.hypot(re, im)
    // of the two parts the larger by the root, the other by the quotient: no digits are lost
    if (re >= 0) {
      const real = Math.sqrt((size + re) / 2)
      return { real, imaginary: im / (2 * real) }
    }
    const imaginary = Math.sqrt((size - re) / 2)
    return { real: im / (2 * imaginary), imaginary }
  }
  /** 1 / depth, 1/µm. */
  const loss = (angle: number): number => ((4 * Math.PI) / wavelength) * inside(angle).imaginary * 1e4
  const depthOf = (incidence: Angle, exit?: Angle): number =>
    1 / (loss(angleOf(incidence, 'incidence')) + (exit === undefined ? 0 : loss(angleOf(exit, 'exit'))))
  return {
    delta,
    beta,
    criticalAngle: (Math.asin(Math.sqrt(Math.min(1, Math.max(0, 2 * delta)))) * 180) / Math.PI,
    depth: depthOf,
    incidenceFor(depth) {
      const wanted = toValue(depth, 'µm', 'depth')
      let [low, high] = [1e-6, 90]
      if (!(wanted >= depthOf(low) && wanted <= depthOf(high)))
        throw new OperandoError(
          'E_RANGE',
          `depth = ${wanted} µm: from ${depthOf(low)} to ${depthOf(high)} µm can be had in this material.`,
        )
      for (let k = 0; k < 80; k++) {
        const middle = Math.sqrt(low * high)
        if (depthOf(middle) < wanted) low = middle
        else high = middle
      }
      return Math.sqrt(low * high)
    },
    refractionShift(incidence) {
      const angle = angleOf(incidence, 'incidence')
      // inside the beam runs under the angle of the real parts
      const { real } = inside(angle)
      return ((angle - Math.atan2(real, Math.cos(angle))) * 180) / Math.PI
    },
    shares(thicknesses, incidence, exit) {
      const layers = asFloat64(thicknesses, 'thicknesses')
      const length = depthOf(incidence, exit)
      let top = 0
      return layers.map((thickness, i) => {
        if (!(thickness > 0)) throw new OperandoError('E_RANGE', `thicknesses[${i}] = ${thickness} µm: above 0 expected.`)
        const share = -Math.exp(-top / length) * Math.expm1(-thickness / length)
        top += thickness
        return share
      })
    },
    surfaceIntensity(incidence) {
      const sine = Math.sin(angleOf(incidence, 'incidence'))
      const { real, imaginary } = inside(angleOf(incidence, 'incidence'))
      return (4 * sine * sine) / ((sine + real) ** 2 + imaginary ** 2)
    },
    footprint(height, incidence) {
      const beam = toValue(height, 'µm', 'height')
      if (!(beam > 0)) throw new OperandoError('E_RANGE', `height = ${beam} µm: above 0 expected.`)
      return beam / 1000 / Math.sin(angleOf(incidence, 'incidence'))
    },
  }
}
