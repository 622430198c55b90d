declare module 'h5wasm-plugins' {
  /** URL of the folder of the package. */
  export const base_url: string
}
