// A subpath of its own: the kernels' bytes are imported statically here, and would otherwise come along with every small app that uses operando/numeric.
export * from './wasm/loadKernelsSync.js'
