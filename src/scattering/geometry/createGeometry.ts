import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { type AngleUnit, type Energy, type Length, type QuantityString, toValue } from '../../core/quantity.js'
import { detector } from './detectors.js'

/**
 * How rows and columns of a frame lie on the detector, as the orientation of EXIF and pyFAI, seen from the sample: 3 (the default, as pyFAI before 2024) has row 0 and column 0
 * where poni1 and poni2 begin; 2 has its rows reversed (a frame flipped upside down), 4 its columns, 1 both; 5 to 8 are transposed: 7 as 3, 6 with
 * the columns of the frame reversed, 8 with its rows, 5 both.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/**
 * Where a flat detector stands, by its point of normal incidence (PONI), the foot of the perpendicular from the sample. Made by {@link createGeometry}.
 *
 * Axis 1 runs along the columns of pixels (up), axis 2 along the rows; the beam runs along axis 3. The rotations act in turn: rot1 about axis 1 and rot2 about
 * axis 2, both left-handed, rot3 about the beam, right-handed. The azimuth chi counts from axis 2 towards axis 1.
 * @see J. Kieffer, J. P. Wright, Powder Diffraction 28 (2013) S339
 */
export interface Geometry {
  /** Sample to PONI, m. */
  readonly dist: number
  /** PONI along axis 1 from the corner of the detector, m. */
  readonly poni1: number
  /** PONI along axis 2, m. */
  readonly poni2: number
  /** Rotation about axis 1, rad. */
  readonly rot1: number
  /** Rotation about axis 2, rad. */
  readonly rot2: number
  /** Rotation about the beam, rad. */
  readonly rot3: number
  /** Wavelength, Å, if it is known. */
  readonly wavelength?: number | undefined
  /** Rows and columns of a frame as stored. */
  readonly shape: readonly [number, number]
  /** Size of a pixel along axis 1, m. */
  readonly pixel1: number
  /** Size of a pixel along axis 2, m. */
  readonly pixel2: number
  /** How frames lie on the detector. */
  readonly orientation: Orientation
}

/** An angle as PONI files have it: a number in radians, or `'1.2 deg'`. */
export type Radians = number | QuantityString<AngleUnit>

/** What {@link createGeometry} takes. */
export interface GeometryInput {
  /** Sample to PONI, m. */
  dist: Length
  /** PONI along axis 1, m. */
  poni1: Length
  /** PONI along axis 2, m. */
  poni2: Length
  /** Rotations, rad. Default 0. */
  rot1?: Radians | undefined
  /** See rot1. */
  rot2?: Radians | undefined
  /** See rot1. */
  rot3?: Radians | undefined
  /** Wavelength, Å (PONI files have metres: `'4.066e-11 m'`). Needed for q and d. */
  wavelength?: Length | undefined
  /** Photon energy, eV, in place of the wavelength. */
  energy?: Energy | undefined
  /** Name of a detector of the table, for shape and pixel sizes; not looked up where both are given. */
  detector?: string | undefined
  /** Rows and columns of a frame as stored. Default those of the detector. */
  shape?: readonly [number, number] | undefined
  /** Size of a pixel along axis 1, m. Default that of the detector. */
  pixel1?: Length | undefined
  /** Size of a pixel along axis 2, m. Default pixel1. */
  pixel2?: Length | undefined
  /** How frames lie on the detector. Default 3. */
  orientation?: Orientation | undefined
}

const GEOMETRY: FieldsOf<GeometryInput> = {
  dist: true,
  poni1: true,
  poni2: true,
  rot1: true,
  rot2: true,
  rot3: true,
  wavelength: true,
  energy: true,
  detector: true,
  shape: true,
  pixel1: true,
  pixel2: true,
  orientation: true,
}

/**
 * Builds a {@link Geometry} and checks it.
 * @param input PONI, detector, wavelength or energy.
 * @throws OperandoError `E_MISSING` without shape or pixel sizes, `E_RANGE` for numbers that can be no geometry (rotations in degrees, a
 *   wavelength in metres, a distance of 0), `E_ARGUMENT` for both wavelength and energy, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { createGeometry } from 'operando/scattering'
 * const geometry = createGeometry({ dist: '208.65 mm', poni1: 0.0873, poni2: 0.08, rot1: -0.0184, detector: 'Pilatus 1M', energy: '30.5 keV' })
 * console.log(geometry.wavelength) // 0.4065 Å
 * ```
 */
export function createGeometry(input: GeometryInput): Geometry {
  assertKnown(input, 'createGeometry', GEOMETRY)
  assertFields(input, 'createGeometry', ['dist', 'poni1', 'poni2'])
  // a detector that is not in the table will do when all is told that the table would tell
  const isTold = input.shape !== undefined && input.pixel1 !== undefined
  const known = input.detector === undefined || isTold ? undefined : detector(input.detector)
  const orientation = input.orientation ?? 3
  const shape = input.shape ?? (known && (orientation > 4 ? ([known.shape[1], known.shape[0]] as const) : known.shape))
  const pixel1 = input.pixel1 === undefined ? known?.pixel1 : toValue(input.pixel1, 'm', 'pixel1')
  const pixel2 = input.pixel2 === undefined ? (known?.pixel2 ?? pixel1) : toValue(input.pixel2, 'm', 'pixel2')
  if (!shape || pixel1 === undefined || pixel2 === undefined) {
    throw new OperandoError('E_MISSING', 'createGeometry: a detector of the table, or shape and pixel1 of another, expected.')
  }
  const geometry: Geometry = {
    dist: toValue(input.dist, 'm', 'dist'),
    poni1: toValue(input.poni1, 'm', 'poni1'),
    poni2: toValue(input.poni2, 'm', 'poni2'),
    rot1: toValue(input.rot1 ?? 0, 'rad', 'rot1'),
    rot2: toValue(input.rot2 ?? 0, 'rad', 'rot2'),
    rot3: toValue(input.rot3 ?? 0, 'rad', 'rot3'),
    wavelength: wavelengthOf(input),
    shape: [shape[0], shape[1]],
    pixel1,
    pixel2,
    orientation,
  }
  check(geometry)
  return Object.freeze(geometry)
}

function wavelengthOf({ wavelength, energy }: GeometryInput): number | undefined {
  if (wavelength !== undefined && energy !== undefined)
    throw new OperandoError('E_ARGUMENT', 'createGeometry: wavelength or energy expected, both found.')
  if (wavelength !== undefined) return toValue(wavelength, 'Å', 'wavelength')
  return energy === undefined ? undefined : HC_EV_ANGSTROM / toValue(energy, 'eV', 'energy')
}

function check(geometry: Geometry): void {
  const { dist, wavelength, shape, pixel1, pixel2, orientation } = geometry
  const wrong = (name: string, found: number | string, expected: string): never => {
    throw new OperandoError('E_RANGE', `createGeometry: ${name} is ${found}: ${expected}.`, { details: { name, found } })
  }
  if (!(dist > 0)) wrong('dist', dist, 'a distance above 0 in metres expected')
  for (const name of ['rot1', 'rot2', 'rot3'] as const)
    if (!(Math.abs(geometry[name]) <= 2 * Math.PI)) wrong(name, geometry[name], "radians expected; write degrees as '1.2 deg'")
  if (wavelength !== undefined && !(wavelength > 1e-3 && wavelength < 1e3))
    wrong('wavelength', wavelength, "ångströms expected; write metres as '4.066e-11 m'")
  for (const [name, size] of [
    ['pixel1', pixel1],
    ['pixel2', pixel2],
  ] as const)
    if (!(size > 0 && size < 0.1)) wrong(name, size, "metres expected; write '172 µm'")
  for (const n of shape)
    if (!(Number.isInteger(n) && n > 0 && shape[0] * shape[1] < 2 ** 31))
      wrong('shape', shape.join(' x '), 'rows and columns expected')
  if (!(Number.isInteger(orientation) && orientation >= 1 && orientation <= 8))
    wrong('orientation', orientation, '1 to 8 expected')
}
