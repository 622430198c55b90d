import type { Kernels } from '../wasm/index.js'
import { createBluesteinCore } from './bluestein.js'
import type { FftCore } from './core.js'
import { isPowerOfTwo, primeFactors } from './factors.js'
import { createKernelCore } from './kernelCore.js'
import { doubleFormat } from './kernelImage.js'
import { createMixedRadixCore, largestRadix } from './mixedRadix.js'
import { createPowerOfTwoCore, largestPowerOfTwo } from './powerOfTwo.js'

/**
 * The core that suits a length: the kernel where given and able, fft.js for powers of two, mixed radix where all prime factors are small,
 * Bluestein for the rest (whose convolution may again run on the kernel).
 * @param n       Points, >= 1.
 * @param kernels SIMD kernels, if any.
 */
export function createCore(n: number, kernels?: Kernels): FftCore {
  const core = kernels && createKernelCore<Float64Array>(kernels, n, doubleFormat)
  if (core) return core
  if (n > 1 && isPowerOfTwo(n) && n <= largestPowerOfTwo) return createPowerOfTwoCore(n)
  const largest = primeFactors(n).at(-1) ?? 1
  return largest <= largestRadix ? createMixedRadixCore(n) : createBluesteinCore(n, length => createCore(length, kernels))
}
