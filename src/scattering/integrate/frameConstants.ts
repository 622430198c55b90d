import type { RealArray } from '../../core/arrays.js'
import { ALL_FINITE, type GoodValues, type SparseProduct } from '../../numeric/sparse/createSparseProduct.js'
import type { SparseMap } from '../../numeric/sparse/sparseMap.js'
import { markBad } from './goodValues.js'

/** What does not depend on the counts of a frame, for each bin: sums over the pixels that count. */
export interface FrameConstants {
  /** Of weight x normalisation. */
  readonly normalization: Float64Array
  /** Of weight: pixels in the bin. */
  readonly pixels: Float64Array
  /** Of weight x dark counts, if there are any. */
  readonly dark: Float64Array | undefined
}

/** Finds the constants of frames: once for all frames without bad pixels, and again only where the bad pixels are others than the last time. */
export interface ConstantsFinder {
  /** Of frames without bad pixels. */
  readonly clean: FrameConstants
  /**
   * Of a frame with bad pixels.
   * @param values The frame.
   * @param good   Which values count.
   */
  of(values: RealArray, good: GoodValues): FrameConstants
  /** Bad pixels of the last frame asked for, 1 = bad. */
  readonly bad: Uint8Array
}

/** A finder for a map and its per-pixel normalisation and dark counts. */
export function createConstantsFinder(
  map: SparseMap,
  product: SparseProduct,
  normalization: Float64Array,
  dark: Float64Array | undefined,
): ConstantsFinder {
  const sum = (values: Float64Array): Float64Array => {
    const out = new Float64Array(map.outputs)
    product.apply(values, ALL_FINITE, out)
    return out
  }
  const ones = new Float64Array(map.inputs).fill(1)
  const without = (values: Float64Array, bad: Uint8Array): Float64Array => {
    const out = values.slice()
    for (let i = 0; i < out.length; i++) if (bad[i]) out[i] = 0
    return out
  }
  const constants = (part: (values: Float64Array) => Float64Array): FrameConstants => ({
    normalization: sum(part(normalization)),
    pixels: sum(part(ones)),
    dark: dark && sum(part(dark)),
  })
  let known: FrameConstants | undefined
  let bad = new Uint8Array(map.inputs)
  let next = new Uint8Array(map.inputs)
  return {
    clean: constants(values => values),
    of(values, good): FrameConstants {
      markBad(values, good, next)
      if (known && next.every((b, i) => b === bad[i])) return known
      ;[bad, next] = [next, bad]
      const marked = bad
      known = constants(values => without(values, marked))
      return known
    },
    get bad(): Uint8Array {
      return bad
    },
  }
}
