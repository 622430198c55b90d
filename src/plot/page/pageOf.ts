import type { FigureSpec } from '../spec/figureSpec.js'
import type { PlacedPanel } from '../spec/layout.js'
import { escapeXml } from '../svgOf.js'

/**
 * The page of a figure.
 * @param spec   What it shows.
 * @param panels Where its panels stand.
 * @param svg    The figure as it was drawn.
 */
export function pageOf(spec: FigureSpec, panels: readonly PlacedPanel[], svg: string): string {
  return `<!doctype html><meta charset="utf-8"><title>${escapeXml(spec.title)}</title><body data-panels="${panels.length}">${svg}</body>`
}
