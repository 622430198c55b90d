import type { AxisSpec } from '../axis/axisScale.js'
import type { ColorScale } from '../color/colorScale.js'
import type { HeatGrid, Reduction } from '../color/heatPixels.js'

/** Shapes of points, told apart by form as well as by colour. */
export type MarkerShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross'

/** A map of values in colours. */
export interface HeatLayer {
  readonly kind: 'heat'
  readonly grid: HeatGrid
  readonly color: ColorScale
  readonly reduction: Reduction
  /** Whether cells stand for several of the data: their indices are then not those of frames. */
  readonly thinned?: boolean | undefined
  /** What the values are, without unit. */
  readonly label: string
  /** Their unit as shown, `''` for none. */
  readonly unit: string
}

/** Points joined by lines, or points alone. NaN breaks the line. */
export interface CurveLayer {
  readonly kind: 'curve'
  readonly x: Float64Array
  readonly y: Float64Array
  /** Standard uncertainty of y. */
  readonly sigma?: Float64Array | undefined
  /** How sigma is shown. */
  readonly sigmaStyle: 'bars' | 'band'
  /** `#rrggbb`. */
  readonly color: string
  /** Line width in px; 0 for no line. */
  readonly lineWidth: number
  readonly dash?: readonly number[] | undefined
  /** `steps`: each value holds until the next x. */
  readonly shape: 'straight' | 'steps'
  readonly marker?: MarkerShape | undefined
  readonly markerSize: number
  /** Points before which the line breaks: a pause lies there. */
  readonly breaks?: readonly number[] | undefined
  /** Name in the legend; not in it if absent. */
  readonly label?: string | undefined
}

/** The area between two curves: bands, stacked fractions. */
export interface AreaLayer {
  readonly kind: 'area'
  readonly x: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly color: string
  readonly opacity: number
  readonly breaks?: readonly number[] | undefined
  readonly label?: string | undefined
}

/** A row of short vertical strokes: positions of reflections. */
export interface StrokesLayer {
  readonly kind: 'strokes'
  readonly x: Float64Array
  /** Middle of the row, in units of y. */
  readonly at: number
  /** Height of a stroke in px. */
  readonly height: number
  readonly color: string
  readonly label?: string | undefined
}

/** A straight line across the panel. */
export interface RuleLayer {
  readonly kind: 'rule'
  readonly axis: 'x' | 'y'
  readonly at: number
  readonly color: string
  readonly dash?: readonly number[] | undefined
}

/** Text at a point of the data. */
export interface NoteLayer {
  readonly kind: 'note'
  readonly x: number
  readonly y: number
  readonly text: string
  readonly color: string
  readonly anchor: 'start' | 'middle' | 'end'
  readonly size?: number | undefined
  readonly dx?: number | undefined
  readonly dy?: number | undefined
}

/** A bar of known length in a corner of a map. */
export interface ScaleBarLayer {
  readonly kind: 'scaleBar'
  /** Length in units of x. */
  readonly length: number
  readonly text: string
}

/** What the colours of a panel stand for. */
export interface ColorBar {
  readonly color: ColorScale
  /** What the values are, without unit. */
  readonly label: string
  /** Their unit as shown, `''` for none. */
  readonly unit: string
}

/** What a panel shows. */
export type Layer = HeatLayer | CurveLayer | AreaLayer | StrokesLayer | RuleLayer | NoteLayer | ScaleBarLayer

/** One frame with its axes and what is in it. */
export interface PanelSpec {
  /** Name for scripts, unique in the figure. */
  readonly name: string
  readonly x: AxisSpec
  readonly y: AxisSpec
  /** Share of the length that the panels divide. */
  readonly weight: number
  readonly layers: readonly Layer[]
  /** Same length of a unit on both axes (maps of space). */
  readonly equalAspect?: boolean | undefined
  /** Colour bar for curves coloured by a value. */
  readonly colorBar?: ColorBar | undefined
  /** Colour behind the data. Default white. */
  readonly background?: string | undefined
  /** Where the legend stands. Default the emptiest corner. */
  readonly legend?: 'auto' | 'none' | undefined
}

/** A figure before it has pixels. Every figure function makes one; drawing, page and Plotly JSON all read it. */
export interface FigureSpec {
  /** Prefix of ids. Default made from what is drawn, so that two figures on one page do not clash. */
  readonly id?: string | undefined
  readonly title: string
  /** Whether the title is drawn; it always is there for screen readers. */
  readonly showTitle: boolean
  readonly width: number
  readonly height: number
  /** The axis that all panels share: panels one above the other share x, side by side y. */
  readonly share: 'x' | 'y'
  readonly panels: readonly PanelSpec[]
}
