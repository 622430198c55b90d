import type { Kernels } from 'operando/numeric'
import { loadKernelsSync } from 'operando/numeric/sync'

/** The SIMD kernels, for benches of the twins. */
export const kernels: Kernels = loadKernelsSync()
