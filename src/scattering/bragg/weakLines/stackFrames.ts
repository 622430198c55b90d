import { asFloat64, assertRising, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import { assertDataset } from '../../../model/assertDataset.js'
import type { Dataset } from '../../../model/dataset.js'
import { derive } from '../../../model/derive.js'

/** Options of {@link stackFrames}. */
export interface StackFramesOptions {
  /** Frames to take. Default all. */
  frames?: ArrayLike<number> | undefined
  /** Relative change of the lattice of the phase that is looked at, by frame, against that of the stack: (a - a0) / a0. Its lines then fall together however it swells. Default 0. */
  strain?: NumbersLike | undefined
  /** How frames count: `'variance'` by their uncertainties, which must be there, or `'equal'`. Default `'equal'`: right for counts of equal time, where weights by counts would favour low ones. */
  weights?: 'equal' | 'variance' | undefined
}

const OPTIONS: FieldsOf<StackFramesOptions> = { frames: true, strain: true, weights: true }

/**
 * Mean of many frames on the axis of the series, each stretched first so that the lines of one phase fall together: weak lines (superstructure, impurities) come out of the noise with the root of the number of frames, and
 * are not smeared while the cell breathes.
 *
 * Values are interpolated linearly; sigma follows by the same weights, neighbouring points then hang together a little (for one frame shifted by half a step by 1/2, averaged over shifts by 1/4).
 *
 * @param series  Frames on `q`, `d` or `twoTheta` (with wavelength in no need: sin(theta) stretches).
 * @param options Which frames, strain, weights.
 * @throws OperandoError `E_ARGUMENT` for another axis, an absent frame, or `'variance'` without sigma; `E_SHAPE` for a strain of another length, `E_RANGE` for one beyond 0.2.
 * @returns The mean frame; masked where no frame has a value. Without sigma in the series, the scatter of the frames gives it.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { gaussian, stackFrames } from 'operando/scattering'
 * const q = Float64Array.from({ length: 200 }, (_, i) => 1 + 0.005 * i)
 * const strain = [0, 0.004, 0.008]
 * const frames = strain.flatMap(e => [...gaussian(q, { centre: 1.5 / (1 + e), fwhm: 0.02, area: 0.01 })])
 * const series = createDataset({ name: 'I', dims: ['frame', 'q'], shape: [3, 200], values: Float64Array.from(frames), unit: '', coords: { q: { dims: ['q'], values: q, unit: '1/Å' } } })
 * const stack = stackFrames(series, { strain }) // one line at 1.5, as narrow as that of one frame
 * console.log(stack.dims, Math.max(...stack.values))
 * ```
 */
export function stackFrames<Axis extends 'q' | 'd' | 'twoTheta'>(
  series: Dataset<'frame' | Axis>,
  options: StackFramesOptions = {},
): Dataset<Axis> {
  assertKnown(options, 'stackFrames options', OPTIONS)
  assertDataset(series, 'stackFrames')
  const axis = series.dims[1] as Axis
  if (series.dims.length !== 2 || series.dims[0] !== 'frame' || !['q', 'd', 'twoTheta'].includes(axis))
    throw new OperandoError(
      'E_ARGUMENT',
      `stackFrames: a series of dims frame, q (or d, twoTheta) expected, found ${series.dims.join(', ')}.`,
    )
  const [count, points] = series.shape as [number, number]
  const coord = series.coords[axis]
  if (!coord) throw new OperandoError('E_MISSING', `stackFrames: the coordinate ${axis} is missing.`)
  const x = asFloat64(coord.values, axis, { length: points })
  assertRising(x, axis)
  const chosen = options.frames === undefined ? Array.from({ length: count }, (_, k) => k) : Array.from(options.frames)
  for (const k of chosen)
    if (!(Number.isInteger(k) && k >= 0 && k < count))
      throw new OperandoError('E_ARGUMENT', `stackFrames: frame ${k} is none of the ${count}.`)
  const strain =
    options.strain === undefined
      ? new Float64Array(count)
      : asFloat64(options.strain, 'strain', { length: count, allowNaN: true })
  const byVariance = options.weights === 'variance'
  if (byVariance && !series.sigma)
    throw new OperandoError('E_ARGUMENT', "stackFrames: weights 'variance' need the sigma of the series; it has none.")
  const sums = {
    w: new Float64Array(points),
    y: new Float64Array(points),
    yy: new Float64Array(points),
    variance: new Float64Array(points),
  }
  const seen = new Int32Array(points)
  for (const k of chosen) {
    const e = strain[k]!
    // a frame whose cell is not known cannot be laid on the others
    if (Number.isNaN(e)) continue
    if (!(Math.abs(e) < 0.2)) throw new OperandoError('E_RANGE', `stackFrames: strain[${k}] = ${e}: within 0.2 of 0 expected.`)
    addFrame(series, k, x, at => unstretched(at, e, axis), byVariance, sums, seen)
  }
  const values = new Float64Array(points)
  const sigma = new Float64Array(points)
  for (let i = 0; i < points; i++) {
    values[i] = sums.y[i]! / sums.w[i]!
    // without sigma: scatter of the frames about their mean
    const scatter = (sums.yy[i]! / sums.w[i]! - values[i]! ** 2) / Math.max(1, seen[i]! - 1)
    sigma[i] = series.sigma ? Math.sqrt(sums.variance[i]!) / sums.w[i]! : Math.sqrt(Math.max(0, scatter))
  }
  return derive<Axis>(series, {
    dims: [axis],
    shape: [points],
    values,
    sigma,
    mask: Uint8Array.from(seen, n => Number(n === 0)),
    coords: { [axis]: coord },
    step: { op: 'stackFrames', parameters: { frames: chosen.length, stretched: options.strain !== undefined } },
  })
}

/** Where a point of the stack was in a frame whose lattice was longer by a strain. */
function unstretched(at: number, strain: number, axis: 'q' | 'd' | 'twoTheta'): number {
  if (axis === 'q') return at / (1 + strain)
  if (axis === 'd') return at * (1 + strain)
  return (360 / Math.PI) * Math.asin(Math.min(1, Math.sin((at * Math.PI) / 360) / (1 + strain)))
}

function addFrame(
  { values, sigma, mask }: Dataset,
  k: number,
  x: Float64Array,
  placeOf: (at: number) => number,
  byVariance: boolean,
  sums: { w: Float64Array; y: Float64Array; yy: Float64Array; variance: Float64Array },
  seen: Int32Array,
): void {
  const n = x.length
  let j = 0
  for (let i = 0; i < n; i++) {
    const at = placeOf(x[i]!)
    if (!(at >= x[0]! && at <= x[n - 1]!)) continue
    while (j < n - 2 && x[j + 1]! < at) j++
    const t = n === 1 ? 0 : (at - x[j]!) / (x[j + 1]! - x[j]!)
    const [a, b] = [k * n + j, k * n + Math.min(j + 1, n - 1)]
    // a neighbour of no weight may be missing
    const left = t < 1 ? values[a]! : 0
    const right = t > 0 ? values[b]! : 0
    if ((t < 1 && (mask?.[a] || Number.isNaN(left))) || (t > 0 && (mask?.[b] || Number.isNaN(right)))) continue
    const y = (1 - t) * left + t * right
    const variance = sigma ? ((1 - t) * sigma[a]!) ** 2 + (t * sigma[b]!) ** 2 : 0
    // by the mean of the two: by the interpolated variance, points between would count twice
    const w = byVariance ? 2 / (sigma![a]! ** 2 + sigma![b]! ** 2) : 1
    if (!(w > 0 && Number.isFinite(w))) continue
    sums.w[i]! += w
    sums.y[i]! += w * y
    sums.yy[i]! += w * y * y
    sums.variance[i]! += w * w * variance
    seen[i]!++
  }
}
