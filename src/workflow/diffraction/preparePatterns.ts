import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import type { Issue } from '../../core/issue.js'
import { unit } from '../../core/unit.js'
import { convertAxis } from '../../model/convertAxis.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset, Variable } from '../../model/dataset.js'
import { makeStep } from '../../model/derive.js'
import type { DiffractionOptions } from './config.js'

/**
 * Where weights come from: the uncertainties of the patterns; else their square roots, as of `counts`, or of counts times an unknown factor (`scaled`)
 * where intensities are no whole numbers.
 */
export type PatternWeights = 'sigma' | 'counts' | 'scaled'

/** Patterns ready to be fitted: 2theta in degrees rises, every point has a weight, times are known. */
export interface PreparedPatterns {
  /** The patterns within the range. */
  readonly run: Dataset<'frame' | 'twoTheta'>
  /** Wavelength in Å. */
  readonly wavelength: number
  /** Where the weights come from, for the report. */
  readonly weights: PatternWeights
}

/**
 * Brings a series onto 2theta, cuts it to the range, gives it weights and times.
 *
 * @param patterns Dataset with the dims `frame` and `twoTheta` (or `q`, `d`).
 * @param options  Wavelength, range, parts to leave out, times.
 * @throws OperandoError `E_AXIS` for other dims, `E_MISSING` without wavelength or time, `E_RANGE` for a range without points.
 */
export function preparePatterns(patterns: Dataset, options: DiffractionOptions): PreparedPatterns {
  const [frameDim, axisName] = patterns.dims
  if (patterns.dims.length !== 2 || frameDim !== 'frame' || axisName === undefined) {
    throw new OperandoError(
      'E_AXIS',
      `patterns: the dims frame and twoTheta (or q, or d) expected, found [${patterns.dims.join(', ')}].`,
    )
  }
  const wavelength = options.wavelength ?? options.doublet?.wavelengths[0] ?? patterns.meta.wavelength
  if (wavelength === undefined || !(wavelength > 0)) {
    throw new OperandoError('E_MISSING', 'The patterns do not tell their wavelength. Pass { wavelength } in Å.')
  }
  const angled = convertAxis(patterns, axisName, 'twoTheta', { from: kindOf(axisName), wavelength, order: 'rising' })
  const angle = asFloat64(angled.coords.twoTheta!.values, 'twoTheta')
  const [low, high] = options.range ?? [-Infinity, Infinity]
  const kept = [...angle.keys()].filter(i => angle[i]! >= low && angle[i]! <= high)
  if (kept.length < 10) {
    throw new OperandoError(
      'E_RANGE',
      `range: ${kept.length} points lie within ${low} to ${high} degrees 2theta; the patterns run from ${angle[0]} to ${angle[angle.length - 1]}.`,
    )
  }
  const left = (i: number): boolean => (options.exclude ?? []).some(([from, to]) => angle[i]! >= from && angle[i]! <= to)
  const [frames, points] = angled.shape as [number, number]
  const pick = (values: ArrayLike<number>): Float64Array => {
    const out = new Float64Array(frames * kept.length)
    for (let f = 0; f < frames; f++) {
      for (const [k, i] of kept.entries()) out[f * kept.length + k] = values[f * points + i]!
    }
    return out
  }
  const values = pick(angled.values)
  const mask = new Uint8Array(values.length)
  for (let f = 0; f < frames; f++) {
    kept.forEach((i, k) => {
      const at = f * kept.length + k
      mask[at] = left(i) || angled.mask?.[f * points + i] || Number.isNaN(values[at]) ? 1 : 0
    })
  }
  const coords = Object.fromEntries(
    Object.entries(patterns.coords).filter(([, c]) => c.dims.length === 1 && c.dims[0] === 'frame'),
  )
  const doubts = maskEmptyFrames(values, mask, frames)
  const weights = patterns.sigma ? 'sigma' : weightsOf(values, mask)
  const run = createDataset({
    name: patterns.name,
    dims: ['frame', 'twoTheta'],
    shape: [frames, kept.length],
    values,
    unit: patterns.unit,
    label: patterns.label ?? 'Intensity',
    sigma: patterns.sigma ? pick(angled.sigma!) : rootsOf(values, weights === 'counts' ? 1 : leastOf(values, mask)),
    mask,
    coords: {
      ...coords,
      ...timesOf(patterns, options, frames),
      twoTheta: { dims: ['twoTheta'], values: Float64Array.from(kept, i => angle[i]!), unit: 'deg', label: '2θ' },
    },
    meta: { ...patterns.meta, wavelength },
    history: [
      ...angled.history,
      makeStep('preparePatterns', {
        from: axisName,
        wavelength,
        range: options.range,
        exclude: options.exclude?.map(part => [...part]),
      }),
    ],
    warnings: [...angled.warnings, ...doubts],
  })
  return { run, wavelength, weights }
}

/** Frames in which nothing was counted (a beam dump, a missed read-out) are masked whole: there is nothing to fit, and they are told. */
function maskEmptyFrames(values: Float64Array, mask: Uint8Array, frames: number): Issue[] {
  const points = values.length / frames
  const empty: number[] = []
  for (let f = 0; f < frames; f++) {
    const [from, to] = [f * points, (f + 1) * points]
    let counted = false
    for (let i = from; i < to && !counted; i++) counted = mask[i] === 0 && values[i]! > 0
    if (counted) continue
    mask.fill(1, from, to)
    empty.push(f)
  }
  if (empty.length === 0) return []
  const which = `${empty.slice(0, 12).join(', ')}${empty.length > 12 ? ' ...' : ''}`
  const message = `Nothing above zero was measured in ${empty.length} of ${frames} frames (${which}): they are left out.`
  return [{ code: 'W_EMPTY_FRAMES', message }]
}

function weightsOf(values: Float64Array, mask: Uint8Array): PatternWeights {
  return values.every((v, i) => mask[i] === 1 || (v >= 0 && Number.isInteger(v))) ? 'counts' : 'scaled'
}

/** Square roots, as of counts; none below that of `least`, since nothing is known to be free of noise. */
const rootsOf = (values: Float64Array, least: number): Float64Array =>
  values.map(v => Math.sqrt(Number.isNaN(v) ? least : Math.max(v, least)))

/** A thousandth of the mean of what lies above zero. */
function leastOf(values: Float64Array, mask: Uint8Array): number {
  let sum = 0
  let count = 0
  values.forEach((v, i) => {
    if (mask[i] === 1 || !(v > 0)) return
    sum += v
    count++
  })
  return count > 0 ? (1e-3 * sum) / count : 1
}

function kindOf(name: string): 'twoTheta' | 'q' | 'd' {
  if (name === 'twoTheta' || name === 'q' || name === 'd') return name
  throw new OperandoError(
    'E_AXIS',
    `patterns: the axis twoTheta, q or d expected, found "${name}". Name it when opening: { columns: ['twoTheta', 'I'] }.`,
  )
}

/** Time and exposure of the frames as the options have them; nothing where the patterns know. */
function timesOf(
  patterns: Dataset,
  { interval, firstFrame = 0, exposure }: DiffractionOptions,
  n: number,
): Record<string, Variable<'frame'>> {
  const seconds = (values: Float64Array, label: string): Variable<'frame'> => ({
    dims: ['frame'],
    shape: [n],
    values,
    unit: unit('s'),
    label,
  })
  const times: Record<string, Variable<'frame'>> = {}
  if (interval !== undefined)
    times.time = seconds(
      Float64Array.from({ length: n }, (_, i) => firstFrame + i * interval),
      'Time',
    )
  else if (patterns.coords.time === undefined) {
    throw new OperandoError(
      'E_MISSING',
      'The patterns do not tell when they were taken. Pass { interval }, the seconds from one frame to the next, or give them a coordinate "time".',
    )
  }
  if (exposure !== undefined) {
    const values =
      typeof exposure === 'number' ? new Float64Array(n).fill(exposure) : asFloat64(exposure, 'exposure', { length: n })
    times.exposure = seconds(values, 'Exposure')
  } else if (patterns.coords.exposure === undefined) {
    // nothing known: the frame fills the time to the next one where that is given, else it is a moment
    times.exposure = seconds(new Float64Array(n).fill(interval ?? 0), 'Exposure')
  }
  return times
}
