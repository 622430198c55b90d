import type { FigureSpec } from '../spec/figureSpec.js'
import { escapeXml } from '../svgOf.js'
import { boundedSpec, type PageDataOptions } from './boundedSpec.js'
import { packSpec } from './packSpec.js'

/**
 * A figure for a page: its SVG and its data. It shows as it is and comes to life where the script of `pageParts` runs.
 * @param spec    What it shows.
 * @param svg     The figure as it was drawn.
 * @param options How much data.
 * @throws OperandoError `E_RANGE` for a limit below one.
 */
export function fragmentOf(spec: FigureSpec, svg: string, options: PageDataOptions = {}): string {
  const { spec: bounded, notes } = boundedSpec(spec, options)
  const caption = notes.length > 0 ? `\n<figcaption>${notes.map(escapeXml).join(' ')}</figcaption>` : ''
  return (
    `<figure class="operando-figure" tabindex="0" aria-label="${escapeXml(spec.title)}">\n<div class="operando-picture">${svg}</div>` +
    `${caption}\n<script type="application/json">${packSpec(bounded)}</script>\n</figure>\n`
  )
}
