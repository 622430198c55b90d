import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Dataset } from '../../model/dataset.js'
import type { FitResult } from '../../numeric/fitResult.js'
import { leastSquares } from '../../numeric/leastSquares/leastSquares.js'
import { fromFit2d, toFit2d } from '../geometry/conventions.js'
import type { Geometry } from '../geometry/createGeometry.js'
import { fitPeaks } from '../peaks/fitPeaks.js'
import { type OpenPeakData, openPeakData } from '../peaks/peakData.js'
import { type Calibrant, type CalibrantLine, calibrantLines } from './calibrants.js'
import { ringAngle } from './ringPoints.js'

/** Options of {@link refineDistance}. */
export interface RefineDistanceOptions {
  /** What is refined: the distance along the beam, or the wavelength with the distance held. Default the distance. */
  vary?: 'dist' | 'wavelength' | undefined
  /** How far a line must stand out of its noise, in errors of its area. Default 5. */
  minSnr?: number | undefined
  /** How far off its place a line may be, degrees. Default: half-way to the next line. */
  reach?: number | undefined
}

const OPTIONS: FieldsOf<RefineDistanceOptions> = { vary: true, minSnr: true, reach: true }

/** What {@link refineDistance} found. */
export interface RefinedDistance {
  /** The geometry with the new distance (the spot of the beam stays where it is) or wavelength. */
  readonly geometry: Geometry
  /** The fit: parameter `dist` (m, along the detector's normal) or `wavelength` (Å) with its standard error. */
  readonly fit: FitResult
  /** Lines that it stands on. */
  readonly lines: readonly CalibrantLine[]
  /** Where they were found, degrees. */
  readonly twoTheta: readonly number[]
  /** Root mean square of what is left, degrees. */
  readonly rms: number
}

const RADIANS = Math.PI / 180

/**
 * Refines the distance of a detector, or the wavelength, on a pattern of a calibrant that was integrated with a geometry: where only the pattern is left. Centre and tilt cannot be told
 * from it; for a tilted detector the distance scales as if it were upright.
 *
 * @param pattern  1-d Dataset on `twoTheta` (degrees) or `q` (1/Å), as `integrate` gives it.
 * @param geometry Geometry that it was integrated with, and its wavelength.
 * @param of       Calibrant, or its name.
 * @param options  Distance or wavelength; how lines are looked for.
 * @throws OperandoError `E_MISSING` without wavelength, `E_AXIS` for a pattern on another axis, `E_SINGULAR` where no line is seen.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { calibrantLines, createGeometry, gaussian, refineDistance } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.2, poni1: 0.03, poni2: 0.03, shape: [300, 300], pixel1: 2e-4, wavelength: 0.4 })
 * const x = Float64Array.from({ length: 900 }, (_, i) => 5 + 0.01 * i)
 * const y = new Float64Array(900).fill(20)
 * for (const { d } of calibrantLines('CeO2', { dMin: 1.7 })) {
 *   // the detector stood at 0.2002 m
 *   const seen = (Math.atan((Math.tan(2 * Math.asin(0.2 / d)) * 0.2002) / 0.2) * 180) / Math.PI
 *   gaussian(x, { centre: seen, fwhm: 0.08, area: 30 }).forEach((v, i) => (y[i]! += v))
 * }
 * const coords = { twoTheta: { dims: ['twoTheta'], values: x, unit: 'deg' } }
 * const pattern = createDataset({ name: 'I', dims: ['twoTheta'], values: y, unit: 'counts', coords })
 * console.log(refineDistance(pattern, geometry, 'CeO2').geometry.dist) // 0.2002
 * ```
 */
export function refineDistance(
  pattern: Dataset,
  geometry: Geometry,
  of: string | Calibrant,
  options: RefineDistanceOptions = {},
): RefinedDistance {
  assertKnown(options, 'refineDistance options', OPTIONS)
  const { vary = 'dist', minSnr = 5, reach = Infinity } = options
  const { wavelength } = geometry
  if (wavelength === undefined)
    throw new OperandoError('E_MISSING', 'refineDistance: the geometry has no wavelength, without which lines have no angles.')
  const open = openPeakData(pattern)
  const x = anglesOf(open, wavelength)
  const all = calibrantLines(of, { twoThetaMax: Math.min(85, x[x.length - 1]!), wavelength })
  const angles = all.map(line => ringAngle(line, wavelength))
  const found: { line: CalibrantLine; twoTheta: number; sigma: number }[] = []
  for (const [i, line] of all.entries()) {
    const gap = Math.min(angles[i]! - (angles[i - 1] ?? 0), (angles[i + 1] ?? Infinity) - angles[i]!)
    const half = Math.min(reach, gap / 2)
    const seen = lineIn({ ...open, x }, angles[i]! - half, angles[i]! + half, minSnr)
    if (seen) found.push({ line, ...seen })
  }
  if (found.length === 0) {
    throw new OperandoError(
      'E_SINGULAR',
      `refineDistance: none of the ${all.length} lines that could be is seen from ${x[0]} to ${x[x.length - 1]} degrees. Is the calibrant another, or minSnr (${minSnr}) too high?`,
    )
  }
  const misfit = (value: number, i: number): number => {
    const { line, twoTheta } = found[i]!
    if (vary === 'wavelength') return twoTheta - ringAngle(line, value)
    return Math.atan((Math.tan(twoTheta * RADIANS) * geometry.dist) / value) / RADIANS - ringAngle(line, wavelength)
  }
  const residuals = (p: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < out.length; i++) out[i] = misfit(p[0]!, i) / found[i]!.sigma
  }
  const fit = leastSquares({ points: found.length, residuals }, [{ name: vary, value: geometry[vary]! }], {
    differences: 'central',
    scaleErrors: found.length > 1,
  })
  const value = fit.parameters[vary]!.value
  return {
    geometry: vary === 'wavelength' ? Object.freeze({ ...geometry, wavelength: value }) : atDistance(geometry, value),
    fit,
    lines: found.map(({ line }) => line),
    twoTheta: found.map(({ twoTheta }) => twoTheta),
    rms: Math.sqrt(found.reduce((sum, _, i) => sum + misfit(value, i) ** 2, 0) / found.length),
  }
}

/** The detector moved along the beam: the spot of the beam on it stays. */
function atDistance(geometry: Geometry, dist: number): Geometry {
  const fit2d = toFit2d(geometry)
  const moved = fromFit2d({ ...fit2d, directDist: (fit2d.directDist * dist) / geometry.dist }, geometry)
  return Object.freeze({ ...moved, rot3: geometry.rot3 })
}

function anglesOf({ x, axis }: OpenPeakData, wavelength: number): Float64Array {
  if (axis === 'twoTheta') return x
  if (axis === 'q') return x.map(q => (2 * Math.asin((q * wavelength) / (4 * Math.PI))) / RADIANS)
  throw new OperandoError(
    'E_AXIS',
    `refineDistance: a pattern on twoTheta or q expected, found '${axis ?? 'arrays'}'. Convert it by convertAxis.`,
  )
}

/** The highest peak between two angles, if it stands out. */
function lineIn(data: OpenPeakData, from: number, to: number, minSnr: number): { twoTheta: number; sigma: number } | undefined {
  const { x, y, sigma, mask } = data
  const inside = [...x.keys()].filter(i => x[i]! > from && x[i]! < to && !Number.isNaN(y[i]!) && !mask?.[i])
  if (inside.length < 8) return undefined
  const top = inside.reduce((best, i) => (y[i]! > y[best]! ? i : best), inside[0]!)
  const take = (values: Float64Array): Float64Array => Float64Array.from(inside, i => values[i]!)
  const cut = { x: take(x), y: take(y), sigma: sigma && take(sigma) }
  const { peaks, converged } = fitPeaks(cut, [x[top]!], { profile: 'pseudoVoigt', background: 1 })
  const peak = peaks[0]!
  const error = peak.centre.standardError
  if (!converged || peak.weak || !(peak.significance > minSnr) || error === null || !(error > 0)) return undefined
  return { twoTheta: peak.centre.value, sigma: error }
}
