import { KernelMemory } from './kernelMemory.js'
import type { Kernels } from './kernels.js'

/**
 * Arrays that kernels reach without copies, side by side in one memory: inputs and outputs of functions that run on SIMD where their output lies in
 * kernel memory, such as the profiles. Copy them (`slice()`) before posting them to a worker: they are parts of a larger memory.
 *
 * @param lengths Values of each array.
 * @param kernels SIMD kernels of `loadKernels()`; ordinary arrays if absent.
 * @returns Arrays of zeros.
 * @throws OperandoError `E_LIMIT` where the engine has no memory left.
 * @example
 * ```ts
 * import { kernelArrays, loadKernels } from 'operando/numeric'
 * import { pseudoVoigt } from 'operando/scattering'
 * const [x, y] = kernelArrays([2000, 2000], await loadKernels())
 * x!.forEach((_, i) => (x![i] = 30 + 0.01 * i))
 * pseudoVoigt(x!, { centre: 40, fwhm: 0.2, eta: 0.4 }, y)
 * ```
 */
export function kernelArrays(lengths: readonly number[], kernels?: Kernels): Float64Array[] {
  if (!kernels) return lengths.map(length => new Float64Array(length))
  const memory = new KernelMemory()
  const pieces = lengths.map(length => memory.take(8 * length))
  memory.open(kernels)
  return pieces.map((piece, i) => memory.float64(piece, lengths[i]!))
}
