import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'

/** Prominences of peaks, and where they were read. */
export interface Prominences {
  /** By peak: how far it stands above the higher of its two bases. */
  readonly prominence: Float64Array
  /** Index of the lowest point between the peak and the next higher one (or the end) to its left. */
  readonly leftBase: Int32Array
  /** The same to its right. */
  readonly rightBase: Int32Array
}

/**
 * Prominences of maxima: the drop from each to the higher one of the lowest points that separate it from higher ground on either side.
 *
 * @param y       Values, n.
 * @param indices Maxima, as from `localMaxima`.
 * @throws OperandoError `E_RANGE` for an index outside the data, `E_NAN`.
 * @see scipy.signal.peak_prominences, which gives the same
 * @example
 * ```ts
 * import { peakProminences } from 'operando/scattering'
 * peakProminences([0, 5, 2, 9, 1], [1, 3]).prominence // 3, 8
 * ```
 */
export function peakProminences(y: NumbersLike, indices: ArrayLike<number>): Prominences {
  const v = asFloat64(y, 'y')
  const prominence = new Float64Array(indices.length)
  const leftBase = new Int32Array(indices.length)
  const rightBase = new Int32Array(indices.length)
  for (let k = 0; k < indices.length; k++) {
    const top = peakIndex(indices[k]!, v.length)
    const base = (step: 1 | -1): number => {
      let lowest = top
      for (let i = top; i >= 0 && i < v.length && v[i]! <= v[top]!; i += step) if (v[i]! < v[lowest]!) lowest = i
      return lowest
    }
    leftBase[k] = base(-1)
    rightBase[k] = base(1)
    prominence[k] = v[top]! - Math.max(v[leftBase[k]!]!, v[rightBase[k]!]!)
  }
  return { prominence, leftBase, rightBase }
}

/** Widths of peaks, and where they were read. */
export interface PeakWidths {
  /** By peak: its width in the unit of x. */
  readonly width: Float64Array
  /** The value at which it was read. */
  readonly level: Float64Array
  /** Where the left flank crosses this level. */
  readonly left: Float64Array
  /** Where the right flank does. */
  readonly right: Float64Array
}

/**
 * Widths of maxima at a fraction of their prominence, the crossings found by linear interpolation.
 *
 * @param x        Abscissae, n values, strictly rising, even or not.
 * @param y        Values, n.
 * @param indices  Maxima.
 * @param fraction How far down from the top: 0.5 (default) gives full widths at half prominence.
 * @throws OperandoError `E_RANGE` for an index outside the data or a fraction outside [0, 1], `E_SHAPE`, `E_NAN`.
 * @see scipy.signal.peak_widths, which gives the same on an even grid
 * @example
 * ```ts
 * import { peakWidths } from 'operando/scattering'
 * peakWidths([0, 1, 2, 3, 4], [0, 0, 4, 0, 0], [2]).width // 1: from 1.5 to 2.5
 * ```
 */
export function peakWidths(x: NumbersLike, y: NumbersLike, indices: ArrayLike<number>, fraction = 0.5): PeakWidths {
  const at = asFloat64(x, 'x')
  const v = asFloat64(y, 'y', { length: at.length })
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new OperandoError('E_RANGE', `peakWidths: fraction = ${fraction}, a number from 0 to 1 expected.`)
  }
  const { prominence, leftBase, rightBase } = peakProminences(v, indices)
  const count = indices.length
  const [width, level, left, right] = Array.from({ length: 4 }, () => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let k = 0; k < count; k++) {
    const top = indices[k]!
    const target = v[top]! - fraction * prominence[k]!
    const crossing = (end: number, step: 1 | -1): number => {
      let i = top
      while (i !== end && v[i]! > target) i += step
      const share = v[i]! < target ? (target - v[i]!) / (v[i - step]! - v[i]!) : 0
      return at[i]! + share * (at[i - step]! - at[i]! || 0)
    }
    level[k] = target
    left[k] = crossing(leftBase[k]!, -1)
    right[k] = crossing(rightBase[k]!, 1)
    width[k] = right[k]! - left[k]!
  }
  return { width, level, left, right }
}

function peakIndex(index: number, n: number): number {
  if (Number.isInteger(index) && index >= 0 && index < n) return index
  throw new OperandoError('E_RANGE', `A peak at index ${index} does not lie within the ${n} values.`)
}
