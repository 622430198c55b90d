import type { FieldsOf } from '../core/fields.js'
import { drawFigure } from './draw/drawFigure.js'
import { boundedSpec, type PageDataOptions } from './page/boundedSpec.js'
import { type PlotlyFigure, plotlyOf } from './plotly/plotlyOf.js'
import { encodeRgbaPng } from './png.js'
import type { FigureSpec } from './spec/figureSpec.js'
import { escapeXml, svgOf } from './svgOf.js'

/** Options that every figure takes. */
export interface FigureOptions {
  /** Title above the figure, also for screen readers. Default none drawn. */
  title?: string | undefined
  /** Width in px. Default 760. */
  width?: number | undefined
  /** Height in px. Default by what the figure shows. */
  height?: number | undefined
  /** Prefix of ids in the SVG. Default made from what is drawn, so that figures on one page do not clash. */
  id?: string | undefined
}

/** Their names, for `assertKnown`. */
export const FIGURE_FIELDS: FieldsOf<FigureOptions> = {
  title: true,
  width: true,
  height: true,
  id: true,
}

/** Options of {@link Figure.png}. */
export interface PngOptions {
  /** Image pixels a figure pixel. Default 2. */
  scale?: number | undefined
  /** `#rrggbb`, or `'transparent'`. Default white. */
  background?: string | undefined
}

/** A figure, ready to be written in the form that is wanted. Nothing in it needs a DOM or a network. */
export interface Figure {
  /** The figure as SVG text. */
  readonly svg: string
  /**
   * A page of its own with zoom, cross-hair and line cuts; data and script are in it, nothing is fetched, it opens from a folder.
   * Maps beyond a limit are thinned for the page, which says so.
   */
  html(options?: PageDataOptions): Promise<string>
  /** The figure for a page of one's own: SVG and data in a `<figure>` element. Style and script of `pageParts` stand there once. */
  fragment(options?: PageDataOptions): Promise<string>
  /** The labelled figure as a PNG, drawn by the library itself with its own font. */
  png(options?: PngOptions): Promise<Uint8Array>
  /** Figure JSON for Plotly.js, JupyterLab and Dash. */
  plotly(): PlotlyFigure
  /**
   * What notebooks show (Deno's kernel and others that know the symbol): Plotly JSON of at most 100 000 cells, HTML, SVG, text. The HTML is the SVG as an image, which
   * notebooks that are not trusted show as well.
   */
  [key: symbol]: () => Record<string, unknown>
}

/** What a notebook keeps of a figure beside its SVG: enough to zoom, not the whole experiment. */
const NOTEBOOK: PageDataOptions = { maxCells: 100_000, maxPoints: 50_000 }

/**
 * Makes the figure object from what it shows.
 * @param spec What it shows.
 */
export function figureOf(spec: FigureSpec): Figure {
  const { scene } = drawFigure(spec)
  const svg = svgOf(scene)
  // pages bring a script and the rasteriser a font: loaded only by those who ask for them
  const fragment = async (options?: PageDataOptions): Promise<string> => {
    const { fragmentOf } = await import('./page/fragmentOf.js')
    return fragmentOf(spec, svg, options)
  }
  return {
    svg,
    fragment,
    html: async options => {
      const { figurePage } = await import('./page/figurePage.js')
      return figurePage([{ fragment }], { ...options, title: spec.title })
    },
    png: async ({ scale = 2, background } = {}) => {
      const { rasterize } = await import('./raster/rasterize.js')
      const under = background === 'transparent' ? undefined : (background ?? scene.background)
      const { rgba, width, height } = rasterize({ ...scene, background: under }, scale)
      return encodeRgbaPng(rgba, width, height)
    },
    plotly: () => plotlyOf(spec),
    [Symbol.for('Jupyter.display')]: () => ({
      'application/vnd.plotly.v1+json': plotlyOf(boundedSpec(spec, NOTEBOOK).spec),
      'text/html': imageOf(svg, spec.title),
      'image/svg+xml': svg,
      'text/plain': spec.title,
    }),
  }
}

function imageOf(svg: string, title: string): string {
  return `<img alt="${escapeXml(title)}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`
}
