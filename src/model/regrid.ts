import { assertKnown, type FieldsOf } from '../core/fields.js'
import type { Issue } from '../core/issue.js'
import { type InterpolationMethod, interpolate } from '../numeric/interpolate/interpolate.js'
import { interpolateSigma } from '../numeric/interpolate/interpolateSigma.js'
import { createInterpolationResponse, type InterpolationResponse } from '../numeric/interpolate/interpolationResponse.js'
import { intervalOf } from '../numeric/interpolate/piecewiseCubic.js'
import { type AxisPoints, axisCoord, coordsWithAxis, newAxis } from './axisPoints.js'
import type { Dataset } from './dataset.js'
import { derive } from './derive.js'
import { axisOf, withCentres } from './layout.js'
import { type Line, mapLines } from './lines.js'
import { coordOn, directionOf } from './lookUp.js'

/** Options of {@link regrid}. */
export interface RegridOptions {
  /** How to go from point to point: `'linear'`, `'spline'` (cubic, not-a-knot), `'pchip'`, `'akima'`, `'makima'`. Default `'linear'`. */
  readonly method?: InterpolationMethod | undefined
}

const OPTIONS: FieldsOf<RegridOptions> = { method: true }

/** Points nearer to an old one than this part of the step stand on it. */
const SAME_POINT = 1e-9

/**
 * The Dataset at new points along a dim, by interpolation. Never extrapolates: points outside the old ones are NaN and masked, with a warning. So are
 * points between two old ones of which one is masked or not finite; curves go through the good points only. For counts in bins use {@link rebin},
 * which conserves them.
 *
 * Sigma by the derivatives of each new value by the old ones, points taken as independent; new points between the same two are correlated, which
 * sigmas cannot say. Bins enter by their centres. Other coords on the dim are left out, with a warning.
 *
 * @param data    The Dataset.
 * @param dim     Which dim; its coord must rise or fall.
 * @param points  New points, m, rising or falling: numbers in the coord's unit, or `{ values, unit }`. The result stands in their order.
 * @param options How to interpolate.
 * @throws OperandoError `E_AXIS` if the old axis or the new points are not monotonic, `E_MISSING` without the dim's coord, `E_UNIT`, `E_NAN`.
 * @example
 * ```ts
 * import { createDataset, regrid } from 'operando'
 * const scan = createDataset({
 *   name: 'mu', dims: ['energy'], values: [0, 1, 4], unit: '', sigma: [0.1, 0.1, 0.1],
 *   coords: { energy: { dims: ['energy'], values: [7100, 7110, 7120], unit: 'eV' } },
 * })
 * const { values, sigma, mask } = regrid(scan, 'energy', { values: [7.105, 7.115, 7.125], unit: 'keV' })
 * console.log(values, sigma, mask) // 0.5, 2.5, NaN; 0.0707, 0.0707, NaN; 0, 0, 1
 * ```
 */
export function regrid<Dim extends string>(
  data: Dataset<Dim>,
  dim: NoInfer<Dim>,
  points: AxisPoints,
  options: RegridOptions = {},
): Dataset<Dim> {
  assertKnown(options, 'regrid options', OPTIONS)
  const method = options.method ?? 'linear'
  const coord = withCentres(coordOn(data, dim))
  const flipIn = directionOf(coord, dim) < 0
  const x = Float64Array.from(coord.values)
  if (flipIn) x.reverse()
  const to = newAxis(points, coord, `points of '${dim}'`)
  const places = placesOn(x, to.rising)
  const m = to.rising.length

  let response: InterpolationResponse | undefined
  const each = (line: Line, out: Line): void => {
    const { at, left, right } = places
    const all = !line.good.includes(0)
    const pick = (values: Float64Array): Float64Array => (all ? values : values.filter((_, i) => line.good[i] === 1))
    const [knots, y] = [pick(x), pick(line.values)]
    if (knots.length < 2) {
      for (let k = 0; k < m; k++) out.good[k] = 0
      out.values.fill(Number.NaN)
      out.sigma?.fill(Number.NaN)
      return
    }
    interpolate(knots, y, at, { method, outside: 'nan' }, out.values)
    if (line.sigma && out.sigma) {
      // lines without holes share one response
      if (all && (method === 'linear' || method === 'spline')) {
        response ??= createInterpolationResponse(knots, at, { method, outside: 'nan' })
        response.sigma(line.sigma, out.sigma)
      } else interpolateSigma(knots, y, pick(line.sigma), at, { method, outside: 'nan' }, out.sigma)
    }
    for (let k = 0; k < m; k++) {
      const inside = left[k]! >= 0
      out.good[k] = inside && line.good[left[k]!] === 1 && line.good[right[k]!] === 1 ? 1 : 0
      if (inside) continue
      out.values[k] = Number.NaN
      if (out.sigma) out.sigma[k] = Number.NaN
    }
  }
  const { masked, ...parts } = mapLines(data, axisOf(data, dim), m, { flipIn, flipOut: to.falls }, each)
  const doubts: Issue[] = []
  const coords = coordsWithAxis(data, dim, axisCoord(coord, to.values, false), 'regrid', doubts)
  if (masked > 0)
    doubts.push({
      code: 'W_NOT_INTERPOLATED',
      message: `regrid masked ${masked} of ${parts.values.length} points along '${dim}', outside the old ones or beside masked ones.`,
      place: `dim ${dim}`,
    })
  const parameters = { dim, method, points: m, first: to.values[0] ?? null, last: to.values[m - 1] ?? null }
  return derive<Dim>(data, { ...parts, coords, doubts, step: { op: 'regrid', parameters } })
}

/** Where new points stand among old ones. */
interface Places {
  /** The points, moved onto an old one where they miss it by rounding; those outside on the first old one. */
  readonly at: Float64Array
  /** The old point to the left, or the one it stands on; -1 outside. */
  readonly left: Int32Array
  /** The old point to the right, or the one it stands on; -1 outside. */
  readonly right: Int32Array
}

function placesOn(x: Float64Array, points: Float64Array): Places {
  const at = points.slice()
  const left = new Int32Array(points.length).fill(-1)
  const right = new Int32Array(points.length).fill(-1)
  for (let k = 0; k < at.length && x.length > 1; k++) {
    const i = intervalOf(x, at[k]!, 0)
    const near = SAME_POINT * (x[i + 1]! - x[i]!)
    const on = Math.abs(at[k]! - x[i]!) <= near ? i : Math.abs(at[k]! - x[i + 1]!) <= near ? i + 1 : -1
    if (on >= 0) at[k] = x[on]!
    else if (at[k]! < x[0]! || at[k]! > x[x.length - 1]!) {
      at[k] = x[0]!
      continue
    }
    left[k] = on >= 0 ? on : i
    right[k] = on >= 0 ? on : i + 1
  }
  return { at, left, right }
}
