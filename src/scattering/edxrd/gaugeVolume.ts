import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Angle, type Length, toValue } from '../../core/quantity.js'
import { sineOfTheta } from './energyAxis.js'

/** What {@link gaugeVolume} takes. */
export interface GaugeVolumeOptions {
  /** Angle of the detector, degrees. */
  twoTheta: Angle
  /** Width of the incident beam in the plane of scattering, µm. */
  incident: Length
  /** Width of the diffracted beam that the slits before the detector let through, in that plane, µm. */
  diffracted: Length
  /** Direction in which the sample is scanned: angle from the incident beam in the plane of scattering, towards the diffracted beam, degrees. Default 90: across the incident beam. */
  scan?: Angle | undefined
}

/** The parallelogram in which both beams meet, seen along the direction of the scan. */
export interface GaugeVolume {
  /** Its length along the incident beam, µm: from the first to the last point that is seen. */
  readonly length: number
  /** Its area, µm². */
  readonly area: number
  /** Widths of the two boxes whose convolution, a trapezoid, is its profile along the scan, µm. */
  readonly boxes: readonly [number, number]
  /** Full width at half maximum of the profile along the scan, µm: depth resolution. */
  readonly fwhm: number
  /** Part of the gauge that lies below a distance from its centre along the scan. @param distance µm. */
  partBelow(distance: number): number
}

const OPTIONS: FieldsOf<GaugeVolumeOptions> = { twoTheta: true, incident: true, diffracted: true, scan: true }

/**
 * Gauge volume of energy-dispersive diffraction: where the incident beam and the beam that the slits let through to the detector meet. It stays where it is, whatever the energy: that is what the technique is for.
 *
 * At small angles it is long: slits of 20 and 100 µm at 3.5 degrees are 1.97 mm along the beam, and 20 µm across.
 * @param options Slits, angle, direction of the scan.
 * @throws OperandoError `E_RANGE` for slits not above 0 or an angle outside 0 to 180 degrees.
 * @example
 * ```ts
 * import { gaugeVolume } from 'operando/scattering'
 * const { length, fwhm } = gaugeVolume({ twoTheta: 3.5, incident: 20, diffracted: 100 })
 * console.log(length, fwhm) // 1965, 20 µm
 * ```
 */
export function gaugeVolume(options: GaugeVolumeOptions): GaugeVolume {
  assertKnown(options, 'gaugeVolume options', OPTIONS)
  assertFields(options, 'gaugeVolume options', ['twoTheta', 'incident', 'diffracted'])
  sineOfTheta(options.twoTheta)
  const angle = (toValue(options.twoTheta, 'deg', 'twoTheta') * Math.PI) / 180
  const incident = toValue(options.incident, 'µm', 'incident')
  const diffracted = toValue(options.diffracted, 'µm', 'diffracted')
  const scan = (toValue(options.scan ?? 90, 'deg', 'scan') * Math.PI) / 180
  if (!(incident > 0 && diffracted > 0 && Number.isFinite(scan)))
    throw new OperandoError('E_RANGE', `gaugeVolume: incident = ${incident}, diffracted = ${diffracted} µm: above 0 expected.`)
  const sine = Math.sin(angle)
  // its sides run along the two beams
  const first = Math.abs((diffracted / sine) * Math.cos(scan))
  const second = Math.abs((incident / sine) * Math.cos(scan - angle))
  const [wide, narrow] = first > second ? [first, second] : [second, first]
  return {
    length: (diffracted + incident * Math.abs(Math.cos(angle))) / sine,
    area: (incident * diffracted) / sine,
    boxes: [wide, narrow],
    fwhm: wide,
    partBelow(distance) {
      // integral of the trapezoid: second differences of the half square
      const ramp = (z: number): number => (z > 0 ? 0.5 * z * z : 0)
      const [a, b] = [wide / 2, narrow / 2]
      if (narrow < 1e-6 * wide) return Math.min(1, Math.max(0, 0.5 + distance / wide))
      return (ramp(distance + a + b) - ramp(distance + a - b) - ramp(distance - a + b) + ramp(distance - a - b)) / (wide * narrow)
    },
  }
}
