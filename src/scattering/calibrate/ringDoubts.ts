import type { RealArray } from '../../core/arrays.js'
import type { Issue } from '../../core/issue.js'
import type { Geometry } from '../geometry/createGeometry.js'
import { createIntegrator } from '../integrate/createIntegrator.js'
import { findPeaks } from '../peaks/findPeaks.js'
import type { CalibrantLine } from './calibrants.js'
import { pixelAngle } from './findRings.js'
import { ringAngle } from './ringPoints.js'

/** Scatter about the rings, in pixels, that no grain of a calibrant explains. */
const SCATTER = 0.5
/** Peaks of the pattern that count: over noise, and over the highest. */
const LEAST_SNR = 10
const LEAST_HEIGHT = 0.1
/** How far from a ring a peak is another, in pixels beside half its width. */
const APART = 3
/** Peaks that are told one by one. */
const TOLD = 6

/**
 * What speaks against a refined geometry. A start that is off by a ring converges like any other: then places scatter about rings of other spacings, and the pattern has lines that the
 * calibrant has not.
 * @param frame    Counts.
 * @param geometry As refined.
 * @param lines    All rings that may be on the detector.
 * @param rms      What is left of the places, degrees.
 * @param mask     1 for pixels to leave out.
 */
export function ringDoubts(
  frame: RealArray,
  geometry: Geometry,
  lines: readonly CalibrantLine[],
  rms: number,
  mask: Uint8Array | undefined,
): Issue[] {
  const doubts: Issue[] = []
  const pixel = pixelAngle(geometry)
  if (rms > SCATTER * pixel)
    doubts.push({
      code: 'W_RINGS_SCATTER',
      message: `places of rings scatter by ${rms.toPrecision(2)} degrees, ${(rms / pixel).toPrecision(2)} pixels: rings may have been taken for one another. Start nearer, or give a smaller reach.`,
    })
  const foreign = foreignPeaks(frame, geometry, lines, mask)
  if (foreign.length > 0)
    doubts.push({
      code: 'W_RINGS_FOREIGN',
      message: `${foreign.length} strong rings are none of the calibrant's, at ${foreign
        .slice(0, TOLD)
        .map(at => at.toFixed(2))
        .join(
          ', ',
        )} degrees${foreign.length > TOLD ? ' ...' : ''}: a start that is off by a ring, another calibrant, another wavelength, or a second phase.`,
    })
  return doubts
}

function foreignPeaks(
  frame: RealArray,
  geometry: Geometry,
  lines: readonly CalibrantLine[],
  mask: Uint8Array | undefined,
): number[] {
  const plan = createIntegrator(geometry, { axis: 'twoTheta', bins: 1000, mask, errors: 'poisson' })
  const { intensity, sigma } = plan.frame(frame)
  const peaks = findPeaks(plan.centres, intensity, { sigma, minSnr: LEAST_SNR })
  const highest = peaks.reduce((most, peak) => Math.max(most, peak.prominence), 0)
  const rings = lines.map(line => ringAngle(line, geometry.wavelength!))
  return peaks
    .filter(peak => {
      const near = APART * pixelAngle(geometry) + peak.fwhm / 2
      return peak.prominence >= LEAST_HEIGHT * highest && !rings.some(at => Math.abs(at - peak.centre) <= near)
    })
    .map(peak => peak.centre)
}
