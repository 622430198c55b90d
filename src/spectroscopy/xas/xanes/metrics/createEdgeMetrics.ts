import { asFloat64, type NumbersLike } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../../core/fields.js'
import { derivative } from '../../../../numeric/calculus/derivative.js'
import { vertexOf } from '../../../../numeric/signal/vertex.js'
import { asEnergies } from '../../../spectrum.js'

/** Options of {@link createEdgeMetrics}. */
export interface EdgeMetricsOptions {
  /** Lowest and highest energy of the edge, eV: from below its foot to behind the white line. Default: all. */
  window?: readonly [number, number] | undefined
  /** Height at which the edge is taken, of normalised absorption. Default 0.5. */
  level?: number | undefined
  /** Heights between which the crossings are averaged for `integral`. Default 0.2 to 1. */
  integralLevels?: readonly [number, number] | undefined
}

const OPTIONS: FieldsOf<EdgeMetricsOptions> = { window: true, level: true, integralLevels: true }

/** Numbers that describe an edge; NaN where a spectrum has not what one asks for. */
export interface EdgeMetrics {
  /** Energy at which the normalised absorption first reaches `level`, eV, straight between points. */
  readonly halfHeight: number
  /** Mean energy of the crossings of all heights between `integralLevels`, eV: moves with the whole edge, little with its shape. */
  readonly integral: number
  /** Energy of the steepest point, eV, by the parabola through three points. Jumps from one step of a structured edge to the next: no measure of oxidation. */
  readonly steepest: number
  /** Energy of the highest point, eV, by the parabola through three points. */
  readonly whiteLine: number
  /** The highest value. */
  readonly whiteLineHeight: number
  /** Slope d mu / dE at `halfHeight`, 1/eV: the error of `halfHeight` is that of mu over it. */
  readonly slope: number
}

/** A window of energies made ready for many spectra. */
export interface EdgeMetricsPlan {
  /** Energies of the window, eV. */
  readonly energy: Float64Array
  /** First index of the window. */
  readonly from: number
  /**
   * Measures one spectrum.
   * @param mu As many values as the plan was given energies.
   * @throws OperandoError `E_SHAPE`, `E_NAN`.
   */
  measure(mu: NumbersLike): EdgeMetrics
}

/** Heights whose crossings are averaged, ends included. */
const HEIGHTS = 161

/**
 * Prepares the measures of an edge for many normalised spectra on one grid.
 *
 * @param energy  eV, n values, strictly rising.
 * @param options Window, level.
 * @throws OperandoError `E_RANGE` for a window with less than 5 points, `E_AXIS`, `E_UNIT`.
 * @see docs/xanes.md for which measure is good for what
 * @example
 * ```ts
 * import { createEdgeMetrics } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 401 }, (_, i) => 8300 + 0.25 * i)
 * const plan = createEdgeMetrics(energy, { window: [8330, 8365] })
 * const mu = energy.map(e => 0.5 + Math.atan((e - 8345) / 1.5) / Math.PI + 0.6 * Math.exp(-(((e - 8350) / 3) ** 2)))
 * plan.measure(mu).halfHeight // 8344.8...
 * ```
 */
export function createEdgeMetrics(energy: NumbersLike, options: EdgeMetricsOptions = {}): EdgeMetricsPlan {
  assertKnown(options, 'edgeMetrics options', OPTIONS)
  const all = asEnergies(energy)
  const { window = [all[0]!, all[all.length - 1]!], level = 0.5, integralLevels = [0.2, 1] } = options
  const from = all.findIndex(e => e >= window[0])
  const to = all.findLastIndex(e => e <= window[1])
  if (from < 0 || to - from < 4)
    throw new OperandoError(
      'E_RANGE',
      `window: ${from < 0 || to < from ? 0 : to - from + 1} points lie between ${window[0]} and ${window[1]} eV, at least 5 are needed; the data reach from ${all[0]} to ${all[all.length - 1]} eV.`,
    )
  const [low, high] = integralLevels
  if (!(low < high && Number.isFinite(level)))
    throw new OperandoError('E_RANGE', `integralLevels: two rising heights expected, found ${low}, ${high}.`)
  const at = all.slice(from, to + 1)
  return {
    energy: at,
    from,
    measure(mu): EdgeMetrics {
      const y = asFloat64(mu, 'mu', { length: all.length, allowNaN: true }).subarray(from, to + 1)
      const bad = y.findIndex(Number.isNaN)
      if (bad >= 0) throw new OperandoError('E_NAN', `mu is no number at ${at[bad]} eV. Narrow the window, or interpolate.`)
      return measureEdge(at, y, level, low, high)
    },
  }
}

function measureEdge(x: Float64Array, y: Float64Array, level: number, low: number, high: number): EdgeMetrics {
  const slopes = derivative(x, y, { ends: 'two' })
  const steepest = highest(slopes)
  const top = highest(y)
  const i = crossing(y, level, 0)
  let sum = 0
  let at = 0
  for (let k = 0; k < HEIGHTS; k++) {
    const height = low + ((high - low) * k) / (HEIGHTS - 1)
    // heights rise, and so do their first crossings where the spectrum begins below them all
    at = crossing(y, height, y[0]! < low ? Math.max(0, at) : 0)
    if (at < 0) break
    sum += energyAt(x, y, at, height) * (k === 0 || k === HEIGHTS - 1 ? 0.5 : 1)
  }
  return {
    halfHeight: i < 0 ? Number.NaN : energyAt(x, y, i, level),
    integral: at < 0 ? Number.NaN : sum / (HEIGHTS - 1),
    steepest: vertexOf(x, slopes, steepest),
    whiteLine: vertexOf(x, y, top),
    whiteLineHeight: y[top]!,
    slope: i < 0 ? Number.NaN : (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!),
  }
}

/** First point from `from` on below a height whose successor is not; -1 if there is none. */
function crossing(y: Float64Array, height: number, from: number): number {
  for (let i = from; i + 1 < y.length; i++) if (y[i]! < height && y[i + 1]! >= height) return i
  return -1
}

function energyAt(x: Float64Array, y: Float64Array, i: number, height: number): number {
  return x[i]! + ((height - y[i]!) * (x[i + 1]! - x[i]!)) / (y[i + 1]! - y[i]!)
}

function highest(values: Float64Array): number {
  let found = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[found]!) found = i
  return found
}
