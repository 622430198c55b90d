import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { HC_EV_ANGSTROM } from '../../../core/constants.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'

/** A crystal monochromator. */
export interface Monochromator {
  /** Spacing of its lattice planes, Å, or the crystal: `'Si(111)'`, `'Si(311)'`, `'Ge(220)'`. Silicon at 22.5 °C, germanium at 25 °C: cooled crystals differ by 2e-4. */
  crystal: number | `${'Si' | 'Ge'}(${number})`
  /** What is added to the angles that the encoder shows, degrees. Default 0. */
  offset?: number | undefined
}

const FIELDS: FieldsOf<Monochromator> = { crystal: true, offset: true }

/** Lattice parameters, Å: Si CODATA 2018, 22.5 °C in vacuum; Ge, Baker and Hart, Acta Cryst. A31 (1975) 364. */
const CUBES = { Si: 5.431020511, Ge: 5.657906 }

/**
 * Spacing of the planes of a monochromator crystal.
 * @param crystal Å, or `'Si(111)'`.
 * @throws OperandoError `E_ARGUMENT` for another crystal, `E_RANGE` for a spacing that is not positive.
 * @example
 * ```ts
 * import { crystalSpacing } from 'operando/spectroscopy'
 * crystalSpacing('Si(111)') // 3.1356
 * ```
 */
export function crystalSpacing(crystal: Monochromator['crystal']): number {
  if (typeof crystal === 'number') {
    if (crystal > 0 && crystal < 1e4) return crystal
    throw new OperandoError('E_RANGE', `crystal: ${crystal} Å is no spacing of lattice planes.`)
  }
  const [, element, planes = ''] = /^(Si|Ge)\((\d{3})\)$/.exec(crystal) ?? []
  if (element === undefined)
    throw new OperandoError('E_ARGUMENT', `crystal '${crystal}': a spacing in Å, 'Si(hkl)' or 'Ge(hkl)' expected.`)
  return CUBES[element as 'Si' | 'Ge'] / Math.hypot(...[...planes].map(Number))
}

/**
 * Photon energies of Bragg angles of a monochromator, E = hc / (2 d sin(theta + offset)).
 *
 * @param angle         Degrees, n values.
 * @param monochromator Crystal and offset of its encoder.
 * @param out           Receives n energies, eV; made if absent.
 * @throws OperandoError `E_RANGE` for angles outside 0 to 90 degrees, naming the first: millidegrees, counts of an encoder, energies?
 * @example
 * ```ts
 * import { monoEnergy } from 'operando/spectroscopy'
 * monoEnergy([13.75], { crystal: 3.1355 }) // 8318.1
 * ```
 */
export function monoEnergy(angle: NumbersLike, monochromator: Monochromator, out?: Float64Array): Float64Array {
  assertFields(monochromator, 'monochromator', ['crystal'])
  assertKnown(monochromator, 'monochromator', FIELDS)
  const theta = asFloat64(angle, 'angle')
  const scale = HC_EV_ANGSTROM / (2 * crystalSpacing(monochromator.crystal))
  const { offset = 0 } = monochromator
  const result = out ?? new Float64Array(theta.length)
  for (let i = 0; i < theta.length; i++) {
    const at = theta[i]! + offset
    if (!(at > 0 && at < 90)) {
      throw new OperandoError(
        'E_RANGE',
        `angle[${i}] = ${theta[i]} with the offset ${offset}: degrees between 0 and 90 expected. Counts of an encoder are multiplied by degrees per count first.`,
        { details: { index: i } },
      )
    }
    result[i] = scale / Math.sin((at * Math.PI) / 180)
  }
  return result
}

/**
 * Bragg angles of photon energies.
 * @param energy        eV, n values.
 * @param monochromator Crystal and offset of its encoder.
 * @returns Degrees as the encoder shows them, n values.
 * @throws OperandoError `E_RANGE` for energies that the crystal cannot reach.
 * @example
 * ```ts
 * import { monoAngle } from 'operando/spectroscopy'
 * monoAngle([8333], { crystal: 'Si(111)' }) // 13.724
 * ```
 */
export function monoAngle(energy: NumbersLike, monochromator: Monochromator): Float64Array {
  assertFields(monochromator, 'monochromator', ['crystal'])
  assertKnown(monochromator, 'monochromator', FIELDS)
  const scale = HC_EV_ANGSTROM / (2 * crystalSpacing(monochromator.crystal))
  return asFloat64(energy, 'energy').map((e, i) => {
    if (!(e > scale))
      throw new OperandoError('E_RANGE', `energy[${i}] = ${e} eV: this crystal reaches no energies below ${scale.toFixed(1)} eV.`)
    return (Math.asin(scale / e) * 180) / Math.PI - (monochromator.offset ?? 0)
  })
}

/**
 * Offset of the encoder of a monochromator from an edge at a known energy: what is right for all energies, where a shift in eV is right at one only.
 * @param measured      Energy of the edge as the scan has it, eV.
 * @param expected      Energy that it should have, eV.
 * @param monochromator Crystal, and the offset with which `measured` was computed.
 * @returns The offset to use instead, degrees.
 * @throws OperandoError `E_RANGE`.
 * @example
 * ```ts
 * import { monoEnergy, monoOffset } from 'operando/spectroscopy'
 * const offset = monoOffset(8334.1, 8332.8, { crystal: 'Si(111)' })
 * console.log(offset) // 0.0022 degrees
 * ```
 */
export function monoOffset(measured: number, expected: number, monochromator: Monochromator): number {
  const [shown, wanted] = monoAngle([measured, expected], { ...monochromator, offset: 0 }) as unknown as [number, number]
  return (monochromator.offset ?? 0) + wanted - shown
}
