import type { Geometry } from './createGeometry.js'
import { type PixelFrame, pixelFrame } from './pixelFrame.js'
import { fillRadial, type RadialAxis, radialScale } from './radialAxis.js'

const DEGREES = 180 / Math.PI

/** t1, t2, t3 of a row at a column, then of a step of one column. */
function rowOf(frame: PixelFrame, row: number, column: number, out: Float64Array): void {
  const { t1, t2, t3 } = frame
  out[0] = t1[0] + row * t1[1] + column * t1[2]
  out[1] = t2[0] + row * t2[1] + column * t2[2]
  out[2] = t3[0] + row * t3[1] + column * t3[2]
  out[3] = t1[2]
  out[4] = t2[2]
  out[5] = t3[2]
}

/**
 * Radial coordinate of all pixels: of their centres, rows x columns, or of the corners that they share, (rows + 1) x (columns + 1).
 * @throws OperandoError `E_MISSING` without a wavelength that is needed.
 */
export function radialValues(geometry: Geometry, axis: RadialAxis, at: 'centre' | 'corner'): Float64Array {
  const scale = radialScale(axis, geometry)
  return eachRow(geometry, at, (t, out, from, count) => fillRadial(axis, scale, t, out, from, count))
}

/** Azimuth of all pixels in degrees, from -180 to 180. */
export function azimuthValues(geometry: Geometry, at: 'centre' | 'corner'): Float64Array {
  return eachRow(geometry, at, fillAzimuth)
}

function fillAzimuth(t: Float64Array, out: Float64Array, at: number, count: number): void {
  for (let j = 0; j < count; j++) out[at + j] = DEGREES * Math.atan2(t[0]! + j * t[3]!, t[1]! + j * t[4]!)
}

function eachRow(
  geometry: Geometry,
  at: 'centre' | 'corner',
  fill: (t: Float64Array, out: Float64Array, at: number, count: number) => void,
): Float64Array {
  const frame = pixelFrame(geometry)
  const [more, shift] = at === 'centre' ? [0, 0.5] : [1, 0]
  const rows = geometry.shape[0] + more
  const columns = geometry.shape[1] + more
  const out = new Float64Array(rows * columns)
  const t = new Float64Array(6)
  for (let i = 0; i < rows; i++) {
    rowOf(frame, i + shift, shift, t)
    fill(t, out, i * columns, columns)
  }
  return out
}

/** What pixels of equal rays count, relative: see {@link normalization}. */
export interface NormalizationParts {
  /** Solid angle of a pixel against that at the PONI. */
  readonly solidAngle: boolean
  /** Degree of polarisation, 1 for all horizontal (along axis 2); undefined for no correction. */
  readonly polarization?: number | undefined
}

/** Solid angle (cos³ of the incidence) times polarisation of all pixels, rows x columns. */
export function normalization(geometry: Geometry, { solidAngle, polarization }: NormalizationParts): Float64Array {
  const [rows, columns] = geometry.shape
  const out = new Float64Array(rows * columns).fill(1)
  if (!solidAngle && polarization === undefined) return out
  const { dist } = geometry
  const t = new Float64Array(6)
  const frame = pixelFrame(geometry)
  const factor = polarization ?? 0
  for (let i = 0, k = 0; i < rows; i++) {
    rowOf(frame, i + 0.5, 0.5, t)
    const [a1, a2, a3, d1, d2, d3] = [t[0]!, t[1]!, t[2]!, t[3]!, t[4]!, t[5]!]
    for (let j = 0; j < columns; j++, k++) {
      const t1 = a1 + j * d1
      const t2 = a2 + j * d2
      const t3 = a3 + j * d3
      const nn = t1 * t1 + t2 * t2 + t3 * t3
      let value = 1
      if (solidAngle) value = (dist * dist * dist) / (nn * Math.sqrt(nn))
      // cos 2chi sin² 2theta = (t2² - t1²) / |t|², with chi from axis 2
      if (polarization !== undefined) value *= 0.5 * (1 + (t3 * t3 - factor * (t2 * t2 - t1 * t1)) / nn)
      out[k] = value
    }
  }
  return out
}
