import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { makeStep } from '../../model/derive.js'
import type { Geometry } from './createGeometry.js'
import { azimuthValues, normalization, radialValues } from './pixelValues.js'
import { RADIAL_LABELS, RADIAL_UNITS, type RadialAxis } from './radialAxis.js'

/** What {@link pixelMap} can tell of pixels. */
export type PixelQuantity = RadialAxis | 'chi' | 'solidAngle' | 'polarization'

/** Options of {@link pixelMap}. */
export interface PixelMapOptions {
  /** Centres of the pixels, or the corners that they share, one row and one column more. Default centres. */
  at?: 'centre' | 'corner' | undefined
  /** Degree of polarisation for `'polarization'`: 1 all horizontal (along axis 2), -1 all vertical, 0 none. Default 0.99. */
  polarization?: number | undefined
}

const OPTIONS: FieldsOf<PixelMapOptions> = { at: true, polarization: true }

/**
 * What each pixel of a detector sees: q (Å⁻¹), twoTheta (degrees), d (Å), r (mm on a detector upright in the beam), the azimuth chi (degrees, -180 to 180, from axis 2
 * towards axis 1), the solid angle against that at the PONI (cos³ of the incidence; times pixel1 pixel2 / dist² it is in sr), or the part of the
 * intensity that polarisation leaves, (1 + cos² 2theta - P cos 2chi sin² 2theta) / 2.
 *
 * @param geometry Where the detector stands.
 * @param quantity What.
 * @param options  Centres or corners; polarisation.
 * @returns Rows x columns, `y` slowest.
 * @throws OperandoError `E_MISSING` for q or d without wavelength, `E_ARGUMENT` for solid angle or polarisation at corners, or for another quantity.
 * @example
 * ```ts
 * import { createGeometry, pixelMap } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.1, poni1: 0.01, poni2: 0.01, shape: [100, 100], pixel1: 2e-4, wavelength: 0.4 })
 * const q = pixelMap(geometry, 'q') // Dataset<'y' | 'x'>
 * const corners = pixelMap(geometry, 'q', { at: 'corner' }) // 101 x 101
 * console.log(q.shape, corners.shape)
 * ```
 */
export function pixelMap(geometry: Geometry, quantity: PixelQuantity, options: PixelMapOptions = {}): Dataset<'y' | 'x'> {
  assertKnown(options, 'pixelMap options', OPTIONS)
  const { at = 'centre', polarization = 0.99 } = options
  const more = at === 'corner' ? 1 : 0
  return createDataset({
    name: quantity,
    dims: ['y', 'x'],
    shape: [geometry.shape[0] + more, geometry.shape[1] + more],
    ...valuesOf(geometry, quantity, at, polarization),
    meta: { wavelength: geometry.wavelength },
    history: [makeStep('pixelMap', { quantity, at, polarization: quantity === 'polarization' ? polarization : undefined })],
  })
}

function valuesOf(
  geometry: Geometry,
  quantity: PixelQuantity,
  at: 'centre' | 'corner',
  polarization: number,
): { values: Float64Array; unit: string; label: string } {
  if (quantity === 'chi') return { values: azimuthValues(geometry, at), unit: 'deg', label: 'Azimuth' }
  if (quantity !== 'solidAngle' && quantity !== 'polarization')
    return { values: radialValues(geometry, quantity, at), unit: RADIAL_UNITS[quantity], label: RADIAL_LABELS[quantity] }
  if (at === 'corner') throw new OperandoError('E_ARGUMENT', `pixelMap: ${quantity} belongs to a pixel, not to its corners.`)
  return quantity === 'solidAngle'
    ? { values: normalization(geometry, { solidAngle: true }), unit: '', label: 'Relative solid angle' }
    : { values: normalization(geometry, { solidAngle: false, polarization }), unit: '', label: 'Polarisation factor' }
}
