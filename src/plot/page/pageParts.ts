/** What a page needs once, however many figures stand in it. */
export interface PageParts {
  /** Text for a `<style>` element. */
  readonly style: string
  /** Text for a `<script>` element at the end of the body, after the figures. It asks nothing of the network and evaluates no text. */
  readonly script: string
  /** A Content-Security-Policy that lets this script run, inline style and embedded pictures show, and nothing else in or out. */
  readonly policy: string
}

/**
 * Style, script and policy for a page of one's own in which figures' fragments stand.
 * @example
 * ```ts
 * import { linePlot, pageParts } from 'operando/plot'
 * const figure = linePlot({ x: { values: [1, 2, 3], label: 'q', unit: '1/Å' }, y: [1, 5, 2], label: 'Intensity', unit: 'counts' })
 * const { style, script } = await pageParts()
 * const page = `<!doctype html><meta charset="utf-8"><style>${style}</style><h1>Report</h1>${await figure.fragment()}<script>${script}</script>`
 * page.includes('<svg') // true
 * ```
 */
export async function pageParts(): Promise<PageParts> {
  const [{ pageStyle }, { pageClient, pageClientSha256 }] = await Promise.all([
    import('./pageStyle.js'),
    import('./pageClient.generated.js'),
  ])
  const policy = `default-src 'none'; script-src 'sha256-${pageClientSha256}'; style-src 'unsafe-inline'; img-src data:`
  return { style: pageStyle, script: pageClient, policy }
}
