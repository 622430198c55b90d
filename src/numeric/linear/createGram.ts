import { KernelMemory } from '../wasm/kernelMemory.js'
import type { Kernels } from '../wasm/kernels.js'
import { gram } from './gram.js'
import { mirror } from './mirror.js'

/** A Gram matrix that is computed again and again: see {@link createGram}. */
export interface Gram {
  /** The vectors one after another, count x length: written by the caller, not by `compute`. */
  readonly vectors: Float64Array
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
  if (kernels) return kernelGram(kernels, length, count)
  const vectors = new Float64Array(length * count)
  return {
    vectors,
    compute(out): void {
      gram(vectors, length, count, out)
      mirror(out, count, 0, count, out, count)
    },
  }
}

/** {@link createGram} on the kernel. */
function kernelGram(kernels: Kernels, length: number, count: number): Gram {
  // the kernel takes four vectors at a time: those that are not there are zero
  const padded = Math.ceil(count / 4) * 4
  const memory = new KernelMemory()
  const vectorsPiece = memory.take(8 * length * padded)
  const productsPiece = memory.take(8 * padded * padded)
  memory.open(kernels)
  const { gram64 } = memory.functions<{ readonly gram64: GramKernel }>('products')
  const vectorsAt = memory.address(vectorsPiece)
  const productsAt = memory.address(productsPiece)
  const products = memory.float64(productsPiece, padded * padded)
  return {
    vectors: memory.float64(vectorsPiece, length * count),
    compute(out): void {
      gram64(vectorsAt, length, padded, productsAt)
      mirror(products, padded, 0, count, out, count)
    },
  }
}
