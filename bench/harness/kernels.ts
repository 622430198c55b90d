import { type Kernels, loadKernelsSync } from 'operando/numeric'

/** The SIMD kernels, for benches of the twins. */
export const kernels: Kernels = loadKernelsSync()
