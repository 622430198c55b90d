import { createBluesteinCore } from './bluestein.js'
import type { FftCore } from './core.js'
import { isPowerOfTwo, primeFactors } from './factors.js'
import { createMixedRadixCore, largestRadix } from './mixedRadix.js'
import { createPowerOfTwoCore, largestPowerOfTwo } from './powerOfTwo.js'

/**
 * The core that suits a length: fft.js for powers of two, mixed radix where all prime factors are small, Bluestein for the rest.
 * @param n Points, >= 1.
 */
export function createCore(n: number): FftCore {
  if (n > 1 && isPowerOfTwo(n) && n <= largestPowerOfTwo) return createPowerOfTwoCore(n)
  const largest = primeFactors(n).at(-1) ?? 1
  return largest <= largestRadix ? createMixedRadixCore(n) : createBluesteinCore(n, createCore)
}
