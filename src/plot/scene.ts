/** A rectangle in figure pixels, y downwards. */
export interface Rect {
  /** Left edge. */
  readonly x: number
  /** Upper edge. */
  readonly y: number
  /** Width. */
  readonly width: number
  /** Height. */
  readonly height: number
}

/** One run of straight lines, x and y interleaved. */
export interface Subpath {
  /** x0, y0, x1, y1, ... in figure pixels. */
  readonly points: number[]
  /** Whether the last point joins the first. */
  closed: boolean
  /** For circles: centre and radius, so that SVG says it in two arcs. */
  readonly circle?: readonly [x: number, y: number, radius: number] | undefined
}

/** A picture of palette indices: index 0 is transparent, 1 to 255 are colours. */
export interface Pixels {
  /** Columns. */
  readonly width: number
  /** Rows, the first on top. */
  readonly height: number
  /** One palette index a pixel. */
  readonly indices: Uint8Array
  /** r, g, b of the 256 indices; index 0 is transparent whatever its colour. */
  readonly palette: Uint8Array
}

/** A filled and/or stroked path. Joins and caps of strokes are round joins, butt caps. */
export interface PathMark {
  readonly kind: 'path'
  readonly path: readonly Subpath[]
  /** `#rrggbb`; not filled if absent. */
  readonly fill?: string | undefined
  /** `#rrggbb`; not stroked if absent. */
  readonly stroke?: string | undefined
  /** Stroke width in px. Default 1. */
  readonly width?: number | undefined
  /** Dash lengths in px. */
  readonly dash?: readonly number[] | undefined
  /** 0 to 1. Default 1. */
  readonly opacity?: number | undefined
}

/** Text of one line. */
export interface TextMark {
  readonly kind: 'text'
  readonly x: number
  readonly y: number
  readonly text: string
  /** Font size in px. */
  readonly size: number
  /** Which part of the line stands at x. Default `'start'`. */
  readonly anchor?: 'start' | 'middle' | 'end' | undefined
  /** What stands at y: the foot of the letters (default) or half the height of capitals. */
  readonly baseline?: 'foot' | 'middle' | undefined
  /** Degrees clockwise about (x, y). Default 0. */
  readonly rotate?: number | undefined
  /** `#rrggbb`. */
  readonly color: string
}

/** An image stretched over a rectangle without smoothing. */
export interface ImageMark {
  readonly kind: 'image'
  readonly rect: Rect
  readonly pixels: Pixels
}

/** Marks that are drawn together, inside a rectangle only if `clip` is there. */
export interface GroupMark {
  readonly kind: 'group'
  readonly marks: readonly Mark[]
  readonly clip?: Rect | undefined
  /** Name for scripts: becomes `data-name` in the SVG. */
  readonly name?: string | undefined
}

/** What a figure is made of. */
export type Mark = PathMark | TextMark | ImageMark | GroupMark

/** A drawn figure, ready for one of two back ends: `svgOf(scene)` and `rasterize(scene)`. */
export interface Scene {
  /** Width in px. */
  readonly width: number
  /** Height in px. */
  readonly height: number
  /** Prefix of ids, so that two figures on a page do not clash. Default made from what is drawn. */
  readonly id?: string | undefined
  /** For screen readers. */
  readonly title: string
  /** Background, `#rrggbb`; transparent if absent. */
  readonly background?: string | undefined
  /** What is drawn, first at the bottom. */
  readonly marks: readonly Mark[]
}
