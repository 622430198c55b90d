/**
 * Compiled WebAssembly SIMD kernels: give them to the functions and plans that take a `kernels` option. Without them the same work is done
 * in TypeScript, to the same results within the rounding stated there.
 *
 * Plain data: it may be posted to workers, which then need not compile again. Nothing is kept behind the caller's back: what no plan
 * and no variable holds is garbage.
 */
export interface Kernels {
  /** Fourier transforms. */
  readonly fft: WebAssembly.Module
  /** Scalar products: correlation, normal equations. */
  readonly products: WebAssembly.Module
  /** Peak profiles and their derivatives. */
  readonly profiles: WebAssembly.Module
  /** Sparse products: azimuthal integration. */
  readonly sparse: WebAssembly.Module
}
