import { decodeModule, kernelsRefused } from './compile.js'
import { fft } from './fft.generated.js'
import type { Kernels } from './kernels.js'
import { products } from './products.generated.js'
import { profiles } from './profiles.generated.js'
import { sparse } from './sparse.generated.js'

/**
 * As `loadKernels`, at once: for Node and workers. Some browsers refuse to compile on a page's main thread: use `loadKernels`
 * there. An application that calls this has the modules in its main bundle.
 *
 * @returns The kernels, to be given to plans. Each call compiles anew: keep the result.
 * @throws OperandoError `E_UNSUPPORTED` where WebAssembly with SIMD is missing or forbidden.
 * @example
 * ```ts
 * import { createFft } from 'operando/numeric'
 * import { loadKernelsSync } from 'operando/numeric/sync'
 * const fft = createFft(1024, { kernels: loadKernelsSync() })
 * console.log(fft.length)
 * ```
 */
export function loadKernelsSync(): Kernels {
  try {
    return {
      fft: new WebAssembly.Module(decodeModule(fft)),
      products: new WebAssembly.Module(decodeModule(products)),
      profiles: new WebAssembly.Module(decodeModule(profiles)),
      sparse: new WebAssembly.Module(decodeModule(sparse)),
    }
  } catch (cause) {
    throw kernelsRefused(cause)
  }
}
