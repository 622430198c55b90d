import type { RealArray } from '../../core/arrays.js'
import { leastSquares } from '../../numeric/leastSquares/leastSquares.js'
import type { Geometry } from '../geometry/createGeometry.js'
import { radialValues } from '../geometry/pixelValues.js'
import { createIntegrator } from '../integrate/createIntegrator.js'
import type { CalibrantLine } from './calibrants.js'
import { pointAt, type RingPoint, ringAngle } from './ringPoints.js'

/** How rings are looked for. */
export interface RingSearch {
  /** Rings that may be on the detector. */
  readonly lines: readonly CalibrantLine[]
  /** Sectors of azimuth, each giving a place of each ring. */
  readonly sectors: number
  /** How far from where it should be a ring is looked for, degrees at most. */
  readonly reach: number
  /** How far a peak must stand out of its noise. */
  readonly minSnr: number
  /** 1 for pixels to leave out. */
  readonly mask?: Uint8Array | undefined
}

/** Radial bins that the middle of a pixel is wide. */
const FINENESS = 2
/** Widest window, in bins; narrower ones leave no background to see. */
const MOST = 400
const LEAST = 8

/**
 * Places on a frame that rings of a calibrant pass through: the frame is integrated sector by sector, and the peak nearest to where each ring should be is fitted with a
 * Gaussian on a sloping background. Rings closer together than twice the reach are looked for half-way between them at most.
 */
export function findRings(frame: RealArray, geometry: Geometry, search: RingSearch): RingPoint[] {
  const { lines, sectors, reach, minSnr, mask } = search
  const [low, high] = extremes(radialValues(geometry, 'twoTheta', 'centre'))
  const step = pixelAngle(geometry) / FINENESS
  const bins = Math.min(20000, Math.max(50, Math.ceil((high - low) / step)))
  const plan = createIntegrator(geometry, {
    axis: 'twoTheta',
    bins,
    range: [low, high],
    azimuthBins: sectors,
    split: 'box',
    mask,
    solidAngle: false,
    errors: 'poisson',
  })
  const { intensity, sigma, pixels } = plan.frame(frame)
  const width = (high - low) / bins
  const angles = lines.map(line => ringAngle(line, geometry.wavelength!))
  const points: RingPoint[] = []
  for (let ring = 0; ring < lines.length; ring++) {
    const angle = angles[ring]!
    const gap = Math.min(angle - (angles[ring - 1] ?? -Infinity), (angles[ring + 1] ?? Infinity) - angle)
    const half = Math.min(reach, gap / 2)
    const from = Math.max(0, Math.ceil((angle - half - low) / width))
    const to = Math.min(bins, Math.floor((angle + half - low) / width))
    if (to - from < LEAST || to - from > bins) continue
    const [first, last] = to - from > MOST ? [Math.round((from + to - MOST) / 2), Math.round((from + to + MOST) / 2)] : [from, to]
    for (let sector = 0; sector < sectors; sector++) {
      const row = sector * bins
      const found = peakIn(
        plan.centres.subarray(first, last),
        intensity.subarray(row + first, row + last),
        sigma.subarray(row + first, row + last),
        pixels.subarray(row + first, row + last),
        minSnr,
      )
      if (!found) continue
      const chi = plan.azimuth!.centres[sector]!
      const place = pointAt(geometry, found.centre, chi)
      if (place) points.push({ ring, p1: place[0], p2: place[1], twoTheta: found.centre, chi, sigma: found.sigma })
    }
  }
  return points
}

/** A pixel at the PONI seen from the sample, degrees. */
export function pixelAngle({ pixel1, pixel2, dist }: Geometry): number {
  return (Math.atan(Math.min(pixel1, pixel2) / dist) * 180) / Math.PI
}

function extremes(values: Float64Array): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < low) low = values[i]!
    if (values[i]! > high) high = values[i]!
  }
  return [low, high]
}

/** The highest peak of a window; undefined where there is none, where it leans on an end, or where pixels are missing. */
function peakIn(
  x: Float64Array,
  y: Float64Array,
  sigma: Float64Array,
  pixels: Float64Array,
  minSnr: number,
): { centre: number; sigma: number } | undefined {
  const n = x.length
  let top = -1
  for (let i = 0; i < n; i++) {
    if (!(pixels[i]! > 0)) return undefined
    if (top < 0 || y[i]! > y[top]!) top = i
  }
  const edge = Math.max(2, n >> 3)
  if (top < edge || top >= n - edge) return undefined
  const mean = (from: number, to: number): number => y.subarray(from, to).reduce((sum, v) => sum + v, 0) / (to - from)
  const [left, right] = [mean(0, edge), mean(n - edge, n)]
  const height = y[top]! - (left + ((right - left) * top) / n)
  if (!(height > minSnr * sigma[top]!)) return undefined
  let area = 0
  for (let i = 0; i < n; i++) area += Math.max(0, y[i]! - left - ((right - left) * i) / n)
  const step = x[1]! - x[0]!
  const problem = {
    points: n,
    evaluate(p: Float64Array, residual: Float64Array, jacobian: Float64Array | null): void {
      for (let i = 0; i < n; i++) {
        const u = (x[i]! - p[1]!) / p[2]!
        const g = Math.exp(-0.5 * u * u)
        const t = i / n
        const weight = 1 / sigma[i]!
        residual[i] = (p[0]! * g + p[3]! * (1 - t) + p[4]! * t - y[i]!) * weight
        if (!jacobian) continue
        jacobian[i] = g * weight
        jacobian[n + i] = ((p[0]! * g * u) / p[2]!) * weight
        jacobian[2 * n + i] = ((p[0]! * g * u * u) / p[2]!) * weight
        jacobian[3 * n + i] = (1 - t) * weight
        jacobian[4 * n + i] = t * weight
      }
    },
  }
  const fit = leastSquares(
    problem,
    [
      { name: 'height', value: height },
      { name: 'centre', value: x[top]!, min: x[0]!, max: x[n - 1]! },
      { name: 'width', value: Math.max(step, (area * step) / (height * Math.sqrt(2 * Math.PI))), min: step / 4, max: n * step },
      { name: 'left', value: left },
      { name: 'right', value: right },
    ],
    { maxEvaluations: 60 },
  )
  const h = fit.parameters.height!
  const centre = fit.parameters.centre!
  const error = centre.standardError
  if (!fit.converged || error === null || !(error > 0) || !(h.value > minSnr * (h.standardError ?? Infinity))) return undefined
  return { centre: centre.value, sigma: error }
}
