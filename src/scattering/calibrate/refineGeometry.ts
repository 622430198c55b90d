import type { RealArray } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import type { Dataset } from '../../model/dataset.js'
import type { FitResult } from '../../numeric/fitResult.js'
import { leastSquares } from '../../numeric/leastSquares/leastSquares.js'
import type { ParameterInput } from '../../numeric/leastSquares/types.js'
import type { Geometry } from '../geometry/createGeometry.js'
import { radialValues } from '../geometry/pixelValues.js'
import { type Calibrant, type CalibrantLine, calibrantLines } from './calibrants.js'
import { findRings, pixelAngle } from './findRings.js'
import { ringDoubts } from './ringDoubts.js'
import { angleAt, type RingPoint, ringAngle } from './ringPoints.js'

/** A number of a geometry that may be refined. */
export type GeometryParameter = 'dist' | 'poni1' | 'poni2' | 'rot1' | 'rot2' | 'rot3' | 'wavelength'

/** Options of {@link refineGeometry}. */
export interface RefineGeometryOptions {
  /**
   * What is refined. Default dist, poni1, poni2, rot1, rot2. rot3 turns rings into themselves and cannot be; the wavelength goes with the distance but for rings
   * at high angles: refine it with the distance held unless they reach far.
   */
  vary?: readonly GeometryParameter[] | undefined
  /** Sectors of azimuth that each ring is looked for in. Default 72. */
  sectors?: number | undefined
  /** Rings used at most, from the largest spacing. Default 15. */
  rings?: number | undefined
  /** How far off its place a ring may be at the start, degrees. Default: half-way to the next ring. */
  reach?: number | undefined
  /** How far a ring must stand out of its noise to be used. Default 5. */
  minSnr?: number | undefined
  /** Rounds of finding rings and refining. Default 4. */
  rounds?: number | undefined
  /** Pixels to leave out, 1 = bad. */
  mask?: Uint8Array | undefined
}

const OPTIONS: FieldsOf<RefineGeometryOptions> = {
  vary: true,
  sectors: true,
  rings: true,
  reach: true,
  minSnr: true,
  rounds: true,
  mask: true,
}

/** What {@link refineGeometry} found. */
export interface RefinedGeometry {
  /** The geometry. */
  readonly geometry: Geometry
  /** The fit: each parameter with its standard error and correlations. */
  readonly fit: FitResult
  /** The places of rings that it stands on. */
  readonly points: readonly RingPoint[]
  /** Rings that were found, of those that could be. */
  readonly rings: readonly CalibrantLine[]
  /** Root mean square of what is left, degrees. */
  readonly rms: number
  /** What speaks against it: places that scatter by more than half a pixel, strong rings that are none of the calibrant's. A start that is off by a ring shows so. */
  readonly warnings: readonly Issue[]
}

const NAMES: readonly GeometryParameter[] = ['dist', 'poni1', 'poni2', 'rot1', 'rot2', 'rot3', 'wavelength']
const USUAL: readonly GeometryParameter[] = ['dist', 'poni1', 'poni2', 'rot1', 'rot2']

/**
 * Refines where a detector stands on a frame of a calibrant, by least squares of the scattering angles of places that its rings pass through. The start must be good to less than half
 * the distance of two rings. Standard errors follow from the scatter of the places about the rings.
 *
 * @param frame    Frame of the calibrant, or its counts.
 * @param start    Geometry to start from, with its wavelength.
 * @param of       Calibrant, or its name.
 * @param options  What varies, how rings are looked for.
 * @returns Geometry, fit with esds and correlations, places. Not converging is a result: look at `fit.converged`; look at `warnings`, too: a wrong start converges as well.
 * @throws OperandoError `E_MISSING` without wavelength, `E_SHAPE` for a frame of another size, `E_SINGULAR` where fewer places of rings are seen than numbers are
 *   refined, `E_ARGUMENT` for rot3, or nothing to refine.
 * @example
 * ```ts
 * import { createGeometry, pixelMap, refineGeometry } from 'operando/scattering'
 * const truth = createGeometry({ dist: 0.2, poni1: 0.03, poni2: 0.03, shape: [300, 300], pixel1: 2e-4, wavelength: 0.4 })
 * const rings = [3.1244, 2.7058, 1.9133, 1.6317].map(d => (2 * Math.PI) / d) // CeO2
 * const frame = pixelMap(truth, 'q').values.map(q => 100 + rings.reduce((sum, at) => sum + 5000 * Math.exp(-((q - at) ** 2) / 2e-4), 0))
 * const start = createGeometry({ ...truth, dist: 0.2004, poni1: 0.0302 })
 * console.log(refineGeometry(frame, start, 'CeO2', { vary: ['dist', 'poni1', 'poni2'] }).geometry.dist) // 0.2000
 * ```
 */
export function refineGeometry(
  frame: Dataset<'y' | 'x'> | RealArray,
  start: Geometry,
  of: string | Calibrant,
  options: RefineGeometryOptions = {},
): RefinedGeometry {
  assertKnown(options, 'refineGeometry options', OPTIONS)
  const { vary = USUAL, sectors = 72, rings = 15, minSnr = 5, rounds = 4, mask } = options
  check(start, vary)
  const values = ArrayBuffer.isView(frame) ? frame : frame.values
  const bad = mask ?? (ArrayBuffer.isView(frame) ? undefined : frame.mask)
  let geometry = start
  let lines: readonly CalibrantLine[] = []
  let points: RingPoint[] = []
  let fit: FitResult | undefined
  for (let round = 0; round < rounds; round++) {
    lines = linesOn(geometry, of, rings)
    // at first as far as a ring may be off, then so far that its peak is seen whole
    const reach = round === 0 ? (options.reach ?? Infinity) : Math.min(options.reach ?? Infinity, 12 * pixelAngle(geometry))
    const found = findRings(values, geometry, { lines, sectors, reach, minSnr, mask: bad })
    points = fit ? withoutOutliers(found, geometry, lines) : found
    if (points.length < vary.length + 1) {
      throw new OperandoError(
        'E_SINGULAR',
        `refineGeometry: ${points.length} places of rings seen, more than ${vary.length} needed. Is the start too far off, the calibrant another, or minSnr (${minSnr}) too high?`,
        { details: { found: points.length, rings: lines.length } },
      )
    }
    fit = refine(points, lines, geometry, vary, round < rounds - 1)
    geometry = geometryOf(geometry, fit)
  }
  const left = points.map(p => angleAt(geometry, p.p1, p.p2) - ringAngle(lines[p.ring]!, geometry.wavelength!))
  const seen = new Set(points.map(p => p.ring))
  const rms = Math.sqrt(left.reduce((sum, v) => sum + v * v, 0) / left.length)
  return {
    geometry,
    fit: fit!,
    points,
    rings: lines.filter((_, ring) => seen.has(ring)),
    rms,
    warnings: ringDoubts(values, geometry, linesOn(geometry, of, Infinity), rms, bad),
  }
}

function check(start: Geometry, vary: readonly GeometryParameter[]): void {
  if (start.wavelength === undefined)
    throw new OperandoError('E_MISSING', 'refineGeometry: the geometry has no wavelength, without which rings have no angles.')
  if (vary.length === 0 || vary.includes('rot3') || vary.some(name => !NAMES.includes(name))) {
    throw new OperandoError(
      'E_ARGUMENT',
      `refineGeometry: vary [${vary.join(', ')}]: some of dist, poni1, poni2, rot1, rot2, wavelength expected.`,
    )
  }
}

/** The rings that may be on the detector. */
function linesOn(geometry: Geometry, of: string | Calibrant, most: number): CalibrantLine[] {
  const corners = radialValues(
    {
      ...geometry,
      shape: [1, 1],
      pixel1: geometry.pixel1 * rowsAlong1(geometry),
      pixel2: geometry.pixel2 * columnsAlong2(geometry),
    },
    'twoTheta',
    'corner',
  )
  const twoThetaMax = Math.min(179, Math.max(...corners))
  return calibrantLines(of, { twoThetaMax, wavelength: geometry.wavelength! }).slice(0, most)
}

const rowsAlong1 = ({ shape, orientation }: Geometry): number => shape[orientation > 4 ? 1 : 0]
const columnsAlong2 = ({ shape, orientation }: Geometry): number => shape[orientation > 4 ? 0 : 1]

/** Places further off than 4 robust standard deviations, of all, are of other things than the rings. */
function withoutOutliers(points: readonly RingPoint[], geometry: Geometry, lines: readonly CalibrantLine[]): RingPoint[] {
  const off = points.map(p => Math.abs(p.twoTheta - ringAngle(lines[p.ring]!, geometry.wavelength!)))
  const median = [...off].sort((a, b) => a - b)[off.length >> 1] ?? 0
  return points.filter((_, i) => off[i]! <= 4 * 1.4826 * median + 1e-12)
}

function refine(
  points: readonly RingPoint[],
  lines: readonly CalibrantLine[],
  geometry: Geometry,
  vary: readonly GeometryParameter[],
  robust: boolean,
): FitResult {
  const parameters = NAMES.map((name): ParameterInput => {
    const scale = name === 'dist' || name === 'wavelength' ? undefined : name.startsWith('rot') ? 1e-2 : geometry.pixel1
    return { name, value: geometry[name]!, vary: vary.includes(name), scale }
  })
  // errors beyond counting (grains, the sample's thickness) are alike for all places: no place may outweigh the others by far
  const floor = medianOf(points.map(p => p.sigma))
  const problem = {
    points: points.length,
    residuals(p: Float64Array, out: Float64Array): void {
      const trial: Geometry = { ...geometry, ...Object.fromEntries(NAMES.map((name, j) => [name, p[j]!])) }
      for (let i = 0; i < points.length; i++) {
        const { p1, p2, ring, sigma } = points[i]!
        out[i] = (angleAt(trial, p1, p2) - ringAngle(lines[ring]!, trial.wavelength!)) / Math.hypot(sigma, floor)
      }
    },
  }
  return leastSquares(problem, parameters, { loss: robust ? 'softL1' : 'linear', differences: 'central' })
}

function medianOf(x: readonly number[]): number {
  return [...x].sort((a, b) => a - b)[x.length >> 1]!
}

function geometryOf(geometry: Geometry, fit: FitResult): Geometry {
  return Object.freeze({ ...geometry, ...Object.fromEntries(NAMES.map(name => [name, fit.parameters[name]!.value])) })
}
