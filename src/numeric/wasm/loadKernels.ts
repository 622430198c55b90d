import { decodeModule, kernelsRefused } from './compile.js'
import type { Kernels } from './kernels.js'

/**
 * Compiles the SIMD kernels, off the main path: in pages as well as in Node and workers. The modules (some kB) are fetched only now.
 *
 * @returns The kernels, to be given to plans. Each call compiles anew: keep the result.
 * @throws OperandoError `E_UNSUPPORTED` where WebAssembly with SIMD is missing or forbidden.
 * @example
 * ```ts
 * import { createFft2, loadKernels } from 'operando/numeric'
 * const kernels = await loadKernels()
 * const fft = createFft2(64, 64, { kernels })
 * console.log(fft.forward(new Float64Array(2 * 64 * 64).fill(1))[0]) // 4096
 * ```
 */
export async function loadKernels(): Promise<Kernels> {
  const [{ fft }, { products }, { profiles }, { sparse }] = await Promise.all([
    import('./fft.generated.js'),
    import('./products.generated.js'),
    import('./profiles.generated.js'),
    import('./sparse.generated.js'),
  ])
  try {
    return {
      fft: await WebAssembly.compile(decodeModule(fft)),
      products: await WebAssembly.compile(decodeModule(products)),
      profiles: await WebAssembly.compile(decodeModule(profiles)),
      sparse: await WebAssembly.compile(decodeModule(sparse)),
    }
  } catch (cause) {
    throw kernelsRefused(cause)
  }
}
