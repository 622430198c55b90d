import { gram } from '../linear/gram.js'
import { KernelMemory } from '../wasm/kernelMemory.js'
import type { Kernels } from '../wasm/kernels.js'
import type { GramKernel } from './localModel.js'

/** The large arrays of a fit and the products of its normal equations, where a kernel can reach them if there is one. */
export interface Workspace {
  /** Jacobian by columns of varied parameters, then the residuals as one more: (k + 1) n values. */
  readonly system: Float64Array
  /** Jacobian by all parameters, where those are not the varied ones in order; else its part of `system`. */
  readonly byAll: Float64Array
  /** Residuals at the point, at the trial point, and of no interest: n values each. */
  readonly residuals: readonly [Float64Array, Float64Array, Float64Array]
  /** Products of the columns of `system`. */
  readonly gram: GramKernel
}

/** The function of wasm/assembly/products.ts. */
type GramOfKernel = (vectors: number, length: number, count: number, out: number) => void

/**
 * Makes the arrays of a fit.
 * @param n       Residuals.
 * @param k       Varied parameters.
 * @param all     Parameters that the problem gives derivatives for, 0 if they are the varied ones in order.
 * @param kernels SIMD kernels, if any.
 */
export function createWorkspace(n: number, k: number, all: number, kernels?: Kernels): Workspace {
  const width = k + 1
  if (!kernels) {
    const system = new Float64Array(width * n)
    const byAll = all > 0 ? new Float64Array(all * n) : system.subarray(0, k * n)
    return { system, byAll, residuals: [new Float64Array(n), new Float64Array(n), new Float64Array(n)], gram }
  }
  // the kernel takes four columns at a time: those that are not there are zero
  const padded = Math.ceil(width / 4) * 4
  const memory = new KernelMemory()
  const systemPiece = memory.take(8 * padded * n)
  const productsPiece = memory.take(8 * padded * padded)
  const byAllPiece = memory.take(8 * all * n)
  const residualPieces = [0, 1, 2].map(() => memory.take(8 * n))
  memory.open(kernels)
  const { gram64 } = memory.functions<{ gram64: GramOfKernel }>('products')
  const system = memory.float64(systemPiece, width * n)
  const products = memory.float64(productsPiece, padded * padded)
  return {
    system,
    byAll: all > 0 ? memory.float64(byAllPiece, all * n) : system.subarray(0, k * n),
    residuals: residualPieces.map(piece => memory.float64(piece, n)) as [Float64Array, Float64Array, Float64Array],
    gram(_, rows, columns, out): void {
      gram64(memory.address(systemPiece), rows, padded, memory.address(productsPiece))
      for (let i = 0; i < columns; i++) for (let j = i; j < columns; j++) out[i * columns + j] = products[i * padded + j]!
    },
  }
}
