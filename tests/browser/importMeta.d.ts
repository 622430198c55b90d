interface ImportMeta {
  /** Vite's: imports every file that matches. */
  glob(pattern: string, options: { eager: true }): Record<string, unknown>
}
