import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { AVOGADRO, ELECTRON_RADIUS, ELECTRON_REST_ENERGY, HC_EV_ANGSTROM } from '../../core/constants.js'
import { atomicWeight } from '../../core/elements.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Angle, type Energy, toValue } from '../../core/quantity.js'
import { createFormFactor, createIncoherentFunction } from '../../matter/index.js'
import { absorptionFactor } from '../beam/absorptionFactor.js'
import type { BeamStack } from '../beam/beamStack.js'
import { pathLengths } from '../beam/pathLengths.js'

/** What {@link scatteringBackground} takes. */
export interface ScatteringBackgroundOptions {
  /** Photon energy: a number in eV, or `'80 keV'`. */
  readonly energy: Energy
  /** Scattering angles, degrees, above 0 to below 180; n values. */
  readonly twoTheta: NumbersLike
  /** Flat cells: tilt in degrees. Default that of the cell. */
  readonly tilt?: Angle | undefined
  /** Share of the field along the horizontal, 0 to 1: 1 for a synchrotron. Default 1. */
  readonly polarization?: number | undefined
  /** Azimuth of the pattern, degrees from the horizontal. Default: the mean over the circle. */
  readonly azimuth?: number | undefined
}

const OPTIONS: FieldsOf<ScatteringBackgroundOptions> = {
  energy: true,
  twoTheta: true,
  tilt: true,
  polarization: true,
  azimuth: true,
}

/** What a layer scatters into a pattern. */
export interface LayerBackground {
  /** Name of the layer. */
  readonly name: string
  /** Elastic photons per incident photon and sr, n values. */
  readonly coherent: Float64Array
  /** Inelastic (Compton) ones, n values. */
  readonly incoherent: Float64Array
}

/** Background over scattering angles. */
export interface ScatteringBackground {
  /** Scattering angles, degrees, n values. */
  readonly twoTheta: Float64Array
  /** Scattering vectors of elastic scattering, 1/Å, n values. */
  readonly q: Float64Array
  /** Layer by layer. */
  readonly layers: readonly LayerBackground[]
  /** Sum of all, photons per incident photon and sr, n values. */
  readonly total: Float64Array
}

/**
 * Scattering background to expect from the layers of a cell: per incident photon and solid angle, as if all atoms were alone (f0² and the incoherent scattering function),
 * with polarisation, and absorption on the way in and out.
 *
 * That is the level of what is amorphous (windows, binder, electrolyte), right in the mean over q: their halos swing about it, the lines of crystals stand in their place, and
 * near the beam their order takes it away. Compton photons are absorbed as if elastic; scattering twice is left out.
 * @param stack   The cell with its tables.
 * @param options Energy, angles, polarisation.
 * @throws OperandoError `E_RANGE` for angles not between 0 and 180 degrees, a polarisation not from 0 to 1, or an energy outside the tables.
 * @see J. H. Hubbell et al., J. Phys. Chem. Ref. Data 4 (1975) 471
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, scatteringBackground } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [{ role: 'window', thickness: 50, material: { name: 'Kapton', formula: 'C22H10N2O5', density: 1.42 } }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const { total } = await scatteringBackground(await createBeamStack(cell), { energy: '60 keV', twoTheta: [5, 10, 20] })
 * console.log(total.length) // 3
 * ```
 */
export async function scatteringBackground(
  stack: BeamStack,
  options: ScatteringBackgroundOptions,
): Promise<ScatteringBackground> {
  assertKnown(options, 'scatteringBackground options', OPTIONS)
  const energy = toValue(options.energy, 'eV', 'energy')
  const twoTheta = asFloat64(options.twoTheta, 'twoTheta')
  const { polarization = 1, tilt, azimuth } = options
  if (!(polarization >= 0 && polarization <= 1))
    throw new OperandoError('E_RANGE', `polarization = ${polarization}: 0 (vertical) to 1 (horizontal) expected.`)
  const n = twoTheta.length
  const s = new Float64Array(n)
  const q = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    if (!(twoTheta[k]! > 0 && twoTheta[k]! < 180))
      throw new OperandoError('E_RANGE', `twoTheta[${k}] = ${twoTheta[k]}: between 0 and 180 degrees expected.`)
    s[k] = (Math.sin((twoTheta[k]! * Math.PI) / 360) * energy) / HC_EV_ANGSTROM
    q[k] = 4 * Math.PI * s[k]!
  }
  const elements = [...new Set(stack.layers.flatMap(layer => Object.keys(layer.elements)))]
  const atoms = new Map(await Promise.all(elements.map(async element => [element, await atomOf(element, s)] as const)))
  const paths = pathLengths(stack, { tilt })
  const angular = factors(twoTheta, energy, polarization, azimuth)
  const layers = stack.layers.map(({ name, elements: masses, hole }, i): LayerBackground => {
    const coherent = new Float64Array(n)
    const incoherent = new Float64Array(n)
    if (hole !== undefined) return { name, coherent, incoherent }
    const { factor } = absorptionFactor(stack, energy, {
      layer: i,
      twoTheta,
      azimuth: azimuth ?? 90,
      tilt: stack.geometry.kind === 'flat' ? tilt : undefined,
    })
    for (const [element, mass] of Object.entries(masses)) {
      // atoms per cm² on the path
      const count = (mass / atomicWeight(element)) * AVOGADRO * paths[i]! * 1e-4
      const { elastic, inelastic } = atoms.get(element)!
      for (let k = 0; k < n; k++) {
        coherent[k]! += count * elastic[k]! * angular.thomson[k]! * factor[k]!
        incoherent[k]! += count * inelastic[k]! * angular.compton[k]! * factor[k]!
      }
    }
    return { name, coherent, incoherent }
  })
  const total = new Float64Array(n)
  for (const { coherent, incoherent } of layers) for (let k = 0; k < n; k++) total[k]! += coherent[k]! + incoherent[k]!
  return { twoTheta, q, layers, total }
}

/** f0² and S of an atom at s. */
async function atomOf(element: string, s: Float64Array): Promise<{ elastic: Float64Array; inelastic: Float64Array }> {
  const symbol = element === 'D' || element === 'T' ? 'H' : element
  const [f0, incoherent] = await Promise.all([createFormFactor(symbol), createIncoherentFunction(symbol)])
  return { elastic: f0.over(s).map(f => f * f), inelastic: incoherent.over(s) }
}

/** Cross sections of a free electron per sr, cm²: of Thomson, and of Klein and Nishina, polarised. */
function factors(
  twoTheta: Float64Array,
  energy: number,
  polarization: number,
  azimuth: number | undefined,
): { thomson: Float64Array; compton: Float64Array } {
  const area = (ELECTRON_RADIUS * 100) ** 2
  const thomson = new Float64Array(twoTheta.length)
  const compton = new Float64Array(twoTheta.length)
  // sin² of the angle between field and ray within sin²(2θ): cos² of the azimuth for a horizontal field, 1/2 in the mean
  const along =
    azimuth === undefined
      ? 0.5
      : polarization * Math.cos((azimuth * Math.PI) / 180) ** 2 + (1 - polarization) * Math.sin((azimuth * Math.PI) / 180) ** 2
  for (let k = 0; k < twoTheta.length; k++) {
    const angle = (twoTheta[k]! * Math.PI) / 180
    const lost = Math.sin(angle) ** 2 * along
    const ratio = 1 / (1 + (energy / ELECTRON_REST_ENERGY) * (1 - Math.cos(angle)))
    thomson[k] = area * (1 - lost)
    compton[k] = (area / 2) * ratio * ratio * (ratio + 1 / ratio - 2 * lost)
  }
  return { thomson, compton }
}
