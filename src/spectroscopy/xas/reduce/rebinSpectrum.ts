import { asFloat64, assertRising, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import { asSpectrum } from '../../spectrum.js'
import { placeBelow } from '../places.js'

/** Options of {@link rebinSpectrum}. */
export interface RebinSpectrumOptions {
  /** `'boxcar'` (default) takes the mean of the points of a bin, `'centroid'` weights them with their energy, as Larch does by default. */
  method?: 'boxcar' | 'centroid' | undefined
  /** What the first and the last bin take: `'even'` (default) as much outside as inside; `'larch'` all of the data that is left. */
  ends?: 'even' | 'larch' | undefined
}

const OPTIONS: FieldsOf<RebinSpectrumOptions> = { method: true, ends: true }

/** A spectrum on another grid. */
export interface RebinnedSpectrum {
  /** eV, m values. */
  readonly energy: Float64Array
  /** Absorption, m values. */
  readonly mu: Float64Array
  /** Standard deviation of the points of each bin, m values; 0 for a lone point. With the slope of the spectrum across the bin in it. */
  readonly scatter: Float64Array
}

/**
 * Moves a spectrum to a coarser grid, as Larch's `rebin_xafs` does: each point belongs to one bin; bins of less than three points are interpolated by straight lines. Where Larch gives NaN, since the bin has no point beside its
 * energy, the line between the neighbours of that energy is taken.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param grid    New energies, eV, m values, rising, within the data: {@link xasGrid}.
 * @param options Method.
 * @throws OperandoError `E_RANGE` for energies outside the data; `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { rebinSpectrum } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 1000 }, (_, i) => 8300 + 0.1 * i)
 * const { mu } = rebinSpectrum(energy, energy.map(e => e - 8300), [8310, 8320, 8330])
 * ```
 */
export function rebinSpectrum(
  energy: NumbersLike,
  mu: NumbersLike,
  grid: NumbersLike,
  options: RebinSpectrumOptions = {},
): RebinnedSpectrum {
  assertKnown(options, 'rebinSpectrum options', OPTIONS)
  const { method = 'boxcar', ends = 'even' } = options
  assertOneOf(method, 'method', ['boxcar', 'centroid'])
  assertOneOf(ends, 'ends', ['even', 'larch'])
  const spectrum = asSpectrum(energy, mu)
  const e = spectrum.energy
  const at = asFloat64(grid, 'grid').slice()
  assertRising(at, 'grid')
  const last = e.length - 1
  if (!(at[0]! >= e[0]! && at.at(-1)! <= e[last]! + 1e-6)) {
    throw new OperandoError(
      'E_RANGE',
      `grid reaches from ${at[0]} to ${at.at(-1)} eV, the data from ${e[0]} to ${e[last]} eV: a grid within the data expected.`,
    )
  }
  const bounds = Int32Array.from(at, x => placeBelow(e, x))
  const [values, scatter] = [new Float64Array(at.length), new Float64Array(at.length)]
  const outside = (end: number, inner: number): number => Math.min(Math.max((3 * end - inner + 1) >> 1, 0), last)
  const even = ends === 'even' && at.length > 1
  let from = even ? outside(bounds[0]!, bounds[1]!) : 0
  for (let i = 0; i < at.length; i++) {
    const to = i === at.length - 1 ? (even ? outside(bounds[i]!, bounds[i - 1]!) : last) : (bounds[i]! + bounds[i + 1]! + 1) >> 1
    const points = spectrum.mu.subarray(from, to)
    if (points.length < 3) {
      const low = Math.min(bounds[i]!, last - 1)
      values[i] = spectrum.mu[low]! + ((at[i]! - e[low]!) / (e[low + 1]! - e[low]!)) * (spectrum.mu[low + 1]! - spectrum.mu[low]!)
    } else values[i] = meanOf(points, method === 'boxcar' ? undefined : e.subarray(from, to))
    scatter[i] = deviation(points)
    from = to
  }
  return { energy: at, mu: values, scatter }
}

function meanOf(values: Float64Array, weights?: Float64Array): number {
  let [sum, total] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const w = weights ? weights[i]! : 1
    sum += w * values[i]!
    total += w
  }
  return sum / total
}

function deviation(values: Float64Array): number {
  if (values.length < 2) return 0
  const mean = meanOf(values)
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)
}
