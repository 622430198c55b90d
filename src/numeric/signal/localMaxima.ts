import { asFloat64, type NumbersLike } from '../../core/index.js'

/**
 * Indices of the local maxima, rising: points with lower ones at both sides. A flat top counts once, at its middle (the left one of two);
 * the ends of the data are none.
 * @param y Values.
 * @throws OperandoError `E_NAN` on NaN or infinity.
 * @see scipy.signal.find_peaks, which starts the same way
 * @example
 * ```ts
 * import { localMaxima } from 'operando/numeric'
 * localMaxima([0, 2, 1, 3, 3, 0]) // [1, 3]
 * ```
 */
export function localMaxima(y: NumbersLike): Int32Array {
  const v = asFloat64(y, 'y')
  const found: number[] = []
  let i = 1
  while (i < v.length - 1) {
    if (v[i - 1]! < v[i]!) {
      let end = i + 1
      while (end < v.length - 1 && v[end] === v[i]) end++
      if (v[end]! < v[i]!) found.push((i + end - 1) >> 1)
      i = end
    } else i++
  }
  return Int32Array.from(found)
}
