import type { Kernels } from '../wasm/kernels.js'
import type { FftArray, FftCore } from './core.js'
import { createKernelImage, type doubleFormat, kernelTakesRows, type singleFormat } from './kernelImage.js'

/** Below so many points the call into the kernel and the copies cost more than they save. */
const fewestPoints = 64

/**
 * A core on the SIMD kernel, or undefined where it does not take the length or does not pay.
 * @param kernels The kernels.
 * @param n       Points.
 * @param format  Precision.
 */
export function createKernelCore<A extends FftArray>(
  kernels: Kernels,
  n: number,
  format: A extends Float64Array ? typeof doubleFormat : typeof singleFormat,
): FftCore<A> | undefined {
  if (n < fewestPoints || !kernelTakesRows<FftArray>(n, format)) return undefined
  const image = createKernelImage<FftArray>(kernels, 1, n, format, { rows: true, columns: false })
  const { buffer } = image
  return {
    length: n,
    transform(data: A, out: A, inverse: boolean): void {
      buffer.set(data)
      image.transformRows(inverse, inverse ? 1 / n : 1)
      out.set(buffer)
    },
  }
}
