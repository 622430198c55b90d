import { OperandoError } from '../../core/index.js'

/** The bytes of a module from its base64. */
export function decodeModule(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** Says why kernels cannot be had here, and that one can do without. */
export function kernelsRefused(cause: unknown): OperandoError {
  return new OperandoError(
    'E_UNSUPPORTED',
    'WebAssembly SIMD kernels cannot be compiled here: the engine is too old, or the page has a security policy without ' +
      "'wasm-unsafe-eval'. Leave the kernels option away: the TypeScript paths give the same results.",
    { cause },
  )
}
