import { ELEMENTARY_CHARGE } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { type Angle, type Duration, type Energy, type Length, toValue } from '../../core/quantity.js'
import type { BeamStack } from '../beam/beamStack.js'
import { stackTransmission } from '../beam/stackTransmission.js'
import { koppHeatCapacity } from './heatCapacity.js'

/** A beam and how long it stays. */
export interface BeamExposure {
  /** Photon energy: a number in eV, or `'8.4 keV'`. */
  readonly energy: Energy
  /** Photons per second before the cell. */
  readonly flux: number
  /** Size of the beam, horizontal and vertical: numbers in µm. */
  readonly spot: readonly [horizontal: Length, vertical: Length]
  /** How long: a number in s, or `'50 ms'`. */
  readonly exposure: Duration
  /** Share of that time during which the beam is on (chopper, shutter), above 0 to 1. Default 1. */
  readonly duty?: number | undefined
  /**
   * How the photons lie across the spot: `'tophat'` evenly over a rectangle of that size (default), `'gaussian'` with that full width at half maximum; doses are then
   * those of the middle, 0.88 of the even ones.
   */
  readonly profile?: 'tophat' | 'gaussian' | undefined
  /** Flat cells: tilt in degrees. Default that of the cell. */
  readonly tilt?: Angle | undefined
  /**
   * Specific heat capacities in J/(kg K), by name of the layer. Default: by Kopp's rule from the elements, good to 10 % for solids, 30 % for liquids.
   */
  readonly heatCapacity?: Readonly<Record<string, number>> | undefined
}

/** What a layer gets of the beam. */
export interface LayerDose {
  /** Name of the layer. */
  readonly name: string
  /** Photons per second that arrive at it. */
  readonly flux: number
  /** Dose rate while the beam is on, mean over its depth, Gy/s. */
  readonly doseRate: number
  /** Dose rate where the beam enters it, Gy/s: what the mean hides in thick layers. */
  readonly entranceDoseRate: number
  /** Dose of the exposure, mean over its depth, Gy. */
  readonly dose: number
  /** Rise of temperature while the beam is on if no heat leaves, K/s: an upper limit, heat does leave. */
  readonly heatingRate: number
  /** The same over the whole exposure, K. */
  readonly heating: number
}

const GAUSSIAN_PEAK = (4 * Math.LN2) / Math.PI

/**
 * Absorbed dose, dose rate and adiabatic heating of each layer.
 *
 * Dose rate = flux E (μen / μ)(1 - exp(-μ s)) / (ρ A s) along the path s: energy-absorption coefficients (Compton recoil counted, fluorescence taken as escaped); what
 * layers scatter into each other is left out. Holes let the beam pass and get none.
 * @param stack    The cell with its tables.
 * @param exposure Beam and time.
 * @throws OperandoError `E_RANGE` for a flux, spot, time or duty without meaning; as {@link stackTransmission}.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { absorbedDose, createBeamStack } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [{ role: 'electrolyte', name: 'DMC', thickness: 100, material: { formula: 'C3H6O3', density: 1.07 } }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const beam = { energy: '8.4 keV', flux: 1e12, spot: [300, 100], exposure: '1 s' } as const
 * const [electrolyte] = absorbedDose(await createBeamStack(cell), beam)
 * electrolyte?.dose // 28e3 Gy
 * ```
 */
export function absorbedDose(stack: BeamStack, exposure: BeamExposure): LayerDose[] {
  const { flux, duty = 1, profile = 'tophat', tilt, heatCapacity = {} } = exposure
  const energy = toValue(exposure.energy, 'eV', 'energy')
  const seconds = toValue(exposure.exposure, 's', 'exposure')
  const [horizontal, vertical] = exposure.spot.map(size => toValue(size, 'µm', 'spot')) as [number, number]
  for (const [name, value, allowed] of [
    ['flux', flux, flux >= 0],
    ['exposure', seconds, seconds >= 0],
    ['spot', Math.min(horizontal, vertical), horizontal > 0 && vertical > 0],
    ['duty', duty, duty > 0 && duty <= 1],
  ] as const)
    if (!(allowed && Number.isFinite(value)))
      throw new OperandoError(
        'E_RANGE',
        `${name} = ${value}: a finite ${name === 'duty' ? 'share above 0 to 1' : 'amount'} expected.`,
        {
          details: { name, found: value },
        },
      )
  // photons per cm² and second for one photon per second
  const density = (profile === 'gaussian' ? GAUSSIAN_PEAK : 1) / (horizontal * vertical * 1e-8)
  const { layers } = stackTransmission(stack, energy, { tilt })
  return stack.layers.map((layer, i): LayerDose => {
    const through = layers[i]!
    const passed = layer.hole !== undefined
    const arriving = flux * through.arriving
    // J deposited per g by a photon per cm²
    const perPhoton = (energy * ELEMENTARY_CHARGE * layer.energyAbsorption.at(energy)) / layer.density
    const entranceDoseRate = passed ? 0 : arriving * density * perPhoton * 1000
    const mean = through.exponent < 1e-9 ? 1 : -Math.expm1(-through.exponent) / through.exponent
    const doseRate = entranceDoseRate * mean
    const capacity = heatCapacity[layer.name] ?? koppHeatCapacity(layer.elements, layer.role === 'electrolyte')
    if (!(capacity > 0))
      throw new OperandoError('E_RANGE', `heatCapacity of ${layer.name} = ${capacity} J/(kg K): above 0 expected.`)
    const dose = doseRate * seconds * duty
    return {
      name: layer.name,
      flux: arriving,
      doseRate,
      entranceDoseRate,
      dose,
      heatingRate: doseRate / capacity,
      heating: dose / capacity,
    }
  })
}
