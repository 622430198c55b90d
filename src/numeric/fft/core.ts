/** The strict arrays that plans take: doubles, or single precision where the plan is so. */
export type FftArray = Float32Array | Float64Array

/**
 * What every plan stands on: one complex transform of one length. Lengths are not checked again here.
 * `data` and `out` are interleaved re, im and may be the same array, but must not overlap otherwise.
 */
export interface FftCore<A extends FftArray = Float64Array> {
  /** Points of the transform. */
  readonly length: number
  /**
   * Transforms.
   * @param data    2 n values, not written to (unless it is `out`).
   * @param out     Receives 2 n values.
   * @param inverse Whether the exponent is positive and the result divided by n.
   */
  transform(data: A, out: A, inverse: boolean): void
}
