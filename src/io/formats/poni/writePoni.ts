import { OperandoError } from '../../../core/errors.js'
import type { PoniSettings } from './poniSettings.js'

/**
 * A PONI file of a geometry, for pyFAI and what stands on it: version 2, or 2.1 where frames are flipped, which pyFAI reads since 2024.
 * @param geometry As `createGeometry` made it or `open` read it: lengths in m, wavelength in Å, rotations in rad.
 * @throws OperandoError `E_NAN` for numbers that are none, `E_UNSUPPORTED` for transposed frames (orientation 5 to 8), which the format does not know.
 * @see https://pyfai.readthedocs.io/en/stable/geometry.html
 * @example
 * ```ts
 * import { writePoni } from 'operando/io'
 * import { createGeometry } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.2, poni1: 0.09, poni2: 0.08, detector: 'Pilatus 1M', energy: '30 keV' })
 * const text = writePoni(geometry)
 * ```
 */
export function writePoni(geometry: PoniSettings): string {
  const { dist, poni1, poni2, rot1, rot2, rot3, wavelength, shape, pixel1, pixel2 = pixel1, orientation = 3 } = geometry
  for (const [name, value] of Object.entries({ dist, poni1, poni2, rot1, rot2, rot3, wavelength: wavelength ?? 1 }))
    if (!Number.isFinite(value)) throw new OperandoError('E_NAN', `writePoni: ${name} is ${value}: a number expected.`)
  if (orientation > 4)
    throw new OperandoError(
      'E_UNSUPPORTED',
      `writePoni: orientation ${orientation}: PONI files know 1 to 4. Transpose the frames.`,
    )
  // the detector as such, with sizes: names of detectors are not the same everywhere
  const config = { pixel1, pixel2, ...(shape ? { max_shape: shape } : {}), ...(orientation === 3 ? {} : { orientation }) }
  return [
    `poni_version: ${orientation === 3 ? '2' : '2.1'}`,
    'Detector: Detector',
    `Detector_config: ${JSON.stringify(config)}`,
    `Distance: ${dist}`,
    `Poni1: ${poni1}`,
    `Poni2: ${poni2}`,
    `Rot1: ${rot1}`,
    `Rot2: ${rot2}`,
    `Rot3: ${rot3}`,
    ...(wavelength === undefined ? [] : [`Wavelength: ${metres(wavelength)}`]),
    '',
  ].join('\n')
}

/** From ångströms, digit for digit. */
const metres = (angstroms: number): string =>
  String(Number(`${angstroms}`.replace(/(?:e([-+]?\d+))?$/, (_, power: string | undefined) => `e${Number(power ?? 0) - 10}`)))
