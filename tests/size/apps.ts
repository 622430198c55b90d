/** A tiny app, what it may weigh minified with all that it loads at once, and what must not be in it. */
export interface TinyApp {
  /** For the table. */
  readonly name: string
  /** Its source. */
  readonly code: string
  /** Limit in bytes. */
  readonly maxBytes: number
  /** Marker strings: tables, heavy packages, eval. */
  readonly mustNotContain: readonly string[]
}

const never = ['new Function', 'node:fs']

/** The apps that `npm run check:size` bundles. */
export const tinyApps: readonly TinyApp[] = [
  {
    name: 'one unit',
    code: `import { unit } from 'operando'; console.log(unit('keV').factor)`,
    maxBytes: 12_000,
    mustNotContain: never,
  },
]
