import { HBAR2_OVER_2M, HC_EV_ANGSTROM } from '../core/constants.js'
import { OperandoError } from '../core/errors.js'

/**
 * What an axis may say. Of elastic scattering: `twoTheta`, `q` = 4 pi sin(theta) / wavelength, `d` = 2 pi / q, `s` = 1 / d. Of the radiation: `energy`,
 * `wavelength`, `wavenumber` = 1 / wavelength, and `k` of the photoelectron, energy = e0 + ħ² k² / 2m.
 */
export type AxisKind = 'twoTheta' | 'q' | 'd' | 's' | 'energy' | 'wavelength' | 'wavenumber' | 'k'

/** The fixed numbers that a conversion may need. */
export interface AxisConstants {
  /** Å. */
  readonly wavelength: number | undefined
  /** Edge energy in eV. */
  readonly e0: number | undefined
  /** Fixed scattering angle of energy-dispersive scattering, degrees. */
  readonly twoTheta: number | undefined
}

/** One kind of axis in its relation to the hub of its family: q for scattering, energy for radiation. */
export interface AxisRelation {
  /** The unit in which the relation holds, and in which results come. */
  readonly unit: string
  /** The hub of its family. */
  readonly hub: 'q' | 'energy'
  /** The hub's number; NaN where there is none. */
  toHub(x: number): number
  /** Derivative of the hub's number by x. */
  slope(x: number): number
  /** From the hub's number; NaN where there is none. */
  fromHub(hub: number): number
}

const RADIAN = Math.PI / 180

/** An edge at 7.112 keV and an energy of 7112 eV are the same place, and so is backscattering by way of d. */
const ROUNDING = 4 * Number.EPSILON

/** For people, and to tell kinds from other names. */
export const AXIS_KINDS: readonly AxisKind[] = ['twoTheta', 'q', 'd', 's', 'energy', 'wavelength', 'wavenumber', 'k']

/** A relation x = constant / hub, which holds for positive numbers. */
const inverse = (unit: string, hub: 'q' | 'energy', constant: number): AxisRelation => ({
  unit,
  hub,
  toHub: x => (x > 0 ? constant / x : Number.NaN),
  slope: x => -constant / (x * x),
  fromHub: h => (h > 0 ? constant / h : Number.NaN),
})

/** A relation hub = constant × x. */
const linear = (unit: string, hub: 'q' | 'energy', constant: number): AxisRelation => ({
  unit,
  hub,
  toHub: x => constant * x,
  slope: () => constant,
  fromHub: h => h / constant,
})

/** The relation of a kind. @throws OperandoError `E_ARGUMENT` when a number that it needs was not given. */
export function axisRelation(kind: AxisKind, constants: AxisConstants): AxisRelation {
  switch (kind) {
    case 'q':
      return linear('1/Å', 'q', 1)
    case 's':
      return linear('1/Å', 'q', 2 * Math.PI)
    case 'd':
      return inverse('Å', 'q', 2 * Math.PI)
    case 'twoTheta':
      return twoThetaRelation(needed(constants.wavelength, 'twoTheta', 'wavelength (or energy)'))
    case 'energy':
      return linear('eV', 'energy', 1)
    case 'wavelength':
      return inverse('Å', 'energy', HC_EV_ANGSTROM)
    case 'wavenumber':
      return linear('1/cm', 'energy', HC_EV_ANGSTROM * 1e-8)
    case 'k':
      return photoelectronRelation(needed(constants.e0, 'k', 'e0'))
    default:
      throw new OperandoError('E_ARGUMENT', `convertAxis: '${String(kind)}' is none of ${AXIS_KINDS.join(', ')}.`)
  }
}

function needed(value: number | undefined, kind: AxisKind, name: string): number {
  if (value !== undefined) return value
  throw new OperandoError('E_ARGUMENT', `convertAxis: an axis of ${kind} needs ${name}; give it in the options.`, {
    details: { missing: name },
  })
}

/** An angle in degrees from -180 to 180; a negative one is the other side of the beam, with negative q. */
function twoThetaRelation(wavelength: number): AxisRelation {
  const scale = (4 * Math.PI) / wavelength
  return {
    unit: 'deg',
    hub: 'q',
    toHub: x => (Math.abs(x) <= 180 ? scale * Math.sin((x * RADIAN) / 2) : Number.NaN),
    slope: x => (scale * Math.cos((x * RADIAN) / 2) * RADIAN) / 2,
    fromHub: q =>
      (2 * Math.asin(Math.abs(q) > scale * (1 + ROUNDING) ? Number.NaN : Math.max(-1, Math.min(1, q / scale)))) / RADIAN,
  }
}

function photoelectronRelation(e0: number): AxisRelation {
  return {
    unit: '1/Å',
    hub: 'energy',
    toHub: k => (k >= 0 ? e0 + HBAR2_OVER_2M * k * k : Number.NaN),
    slope: k => 2 * HBAR2_OVER_2M * k,
    fromHub: energy => Math.sqrt((Math.abs(energy - e0) <= ROUNDING * e0 ? 0 : energy - e0) / HBAR2_OVER_2M),
  }
}

/**
 * From the hub of one family to that of the other: Bragg's law at a fixed angle, q = 4 pi sin(theta) energy / hc.
 * @throws OperandoError `E_ARGUMENT` without the angle.
 */
export function hubFactor(from: 'q' | 'energy', to: 'q' | 'energy', { twoTheta }: AxisConstants): number {
  if (from === to) return 1
  if (twoTheta === undefined) {
    throw new OperandoError(
      'E_ARGUMENT',
      'convertAxis: between the energy of the beam and a scattering vector stands the angle. Give { twoTheta } if it is fixed (energy-dispersive ' +
        'scattering); the wavelength of an angular scan is the option, not the axis.',
    )
  }
  const factor = (4 * Math.PI * Math.sin((twoTheta * RADIAN) / 2)) / HC_EV_ANGSTROM
  return to === 'q' ? factor : 1 / factor
}
