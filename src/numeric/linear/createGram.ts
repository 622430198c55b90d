import { KernelMemory } from '../wasm/kernelMemory.js'
import type { Kernels } from '../wasm/kernels.js'
import { gram } from './gram.js'

/** A Gram matrix that is computed again and again: see {@link createGram}. */
export interface Gram<A extends Float32Array | Float64Array = Float64Array> {
  /** The vectors one after another, count x length: written by the caller, not by `compute`. */
  readonly vectors: A
  /**
   * Scalar products of all pairs of vectors.
   * @param out count x count; row-major; receives the upper triangle and its mirror image.
   */
  compute(out: Float64Array): void
}

/** The function of assembly/products.ts. */
type GramKernel = (vectors: number, length: number, count: number, out: number) => void

/**
 * A Gram matrix of `count` vectors of `length` values, in double precision. The vectors lie where the kernel can reach them, so that nothing
 * is copied.
 * @param length  Values of a vector.
 * @param count   Vectors.
 * @param kernels SIMD kernels; the result differs by the order of summation only.
 */
export function createGram(length: number, count: number, kernels?: Kernels): Gram {
  if (kernels) return kernelGram(kernels, length, count, 'gram64')
  const vectors = new Float64Array(length * count)
  return {
    vectors,
    compute(out): void {
      gram(vectors, length, count, out)
      mirror(out, count, out, count)
    },
  }
}

/**
 * As {@link createGram} with single-precision vectors and products: sums of 64 products of neighbours are single, the sums of these double.
 * @param length  Values of a vector.
 * @param count   Vectors.
 * @param kernels SIMD kernels.
 */
export function createSingleGram(length: number, count: number, kernels: Kernels): Gram<Float32Array> {
  return kernelGram(kernels, length, count, 'gram32')
}

function kernelGram(kernels: Kernels, length: number, count: number, name: 'gram64'): Gram
function kernelGram(kernels: Kernels, length: number, count: number, name: 'gram32'): Gram<Float32Array>
function kernelGram(kernels: Kernels, length: number, count: number, name: 'gram32' | 'gram64'): Gram | Gram<Float32Array> {
  const bytes = name === 'gram64' ? 8 : 4
  // the kernel takes four vectors at a time: those that are not there are zero
  const padded = Math.ceil(count / 4) * 4
  const memory = new KernelMemory()
  const vectorsPiece = memory.take(bytes * length * padded)
  const productsPiece = memory.take(8 * padded * padded)
  memory.open(kernels)
  const kernel = memory.functions<Record<typeof name, GramKernel>>('products')[name]
  const vectorsAt = memory.address(vectorsPiece)
  const productsAt = memory.address(productsPiece)
  const products = memory.float64(productsPiece, padded * padded)
  const compute = (out: Float64Array): void => {
    kernel(vectorsAt, length, padded, productsAt)
    mirror(products, padded, out, count)
  }
  return name === 'gram64'
    ? { vectors: memory.float64(vectorsPiece, length * count), compute }
    : { vectors: memory.float32(vectorsPiece, length * count), compute }
}

/** Rows and columns of a tile: its two images stay in the cache. */
const tile = 32

/** Copies the upper triangle and its mirror image to `to`, which may be `from`. */
function mirror(from: Float64Array, stride: number, to: Float64Array, count: number): void {
  for (let top = 0; top < count; top += tile) {
    for (let left = top; left < count; left += tile) {
      const bottom = Math.min(count, top + tile)
      const right = Math.min(count, left + tile)
      for (let i = top; i < bottom; i++) {
        for (let j = Math.max(i, left); j < right; j++) {
          const value = from[i * stride + j]!
          to[i * count + j] = value
          to[j * count + i] = value
        }
      }
    }
  }
}
