export { kernelArrays } from './kernelArrays.js'
export type { Kernels } from './kernels.js'
export { loadKernels } from './loadKernels.js'
