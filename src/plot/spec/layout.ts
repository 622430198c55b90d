import { type AxisSpec, type PlotScale, scaleOf } from '../axis/axisScale.js'
import { type TickSet, ticksOf } from '../axis/ticks.js'
import { axisTitle } from '../axis/unitText.js'
import type { ColorScale } from '../color/colorScale.js'
import type { Rect } from '../scene.js'
import { textWidth } from '../textWidth.js'
import type { ColorBar, FigureSpec, PanelSpec } from './figureSpec.js'
import { wrapped } from './wrapped.js'

/** Sizes of the light theme, px. */
export const SIZES: {
  readonly tickText: number
  readonly labelText: number
  readonly titleText: number
  readonly tick: number
  readonly gap: number
  readonly edge: number
  readonly bar: number
} = { tickText: 11, labelText: 12.5, titleText: 14, tick: 4, gap: 14, edge: 12, bar: 12 }

/** A colour bar that has its place. */
export interface PlacedBar {
  readonly rect: Rect
  readonly color: ColorScale
  readonly axis: AxisSpec
  readonly ticks: TickSet
  /** Width of its widest label, px. */
  readonly labelWidth: number
  /** Lines of its title. */
  readonly title: readonly string[]
}

/** A panel that has its place: the frame, and the scales through which everything in it is drawn. */
export interface PlacedPanel {
  readonly spec: PanelSpec
  readonly rect: Rect
  readonly x: PlotScale
  readonly y: PlotScale
  readonly xTicks: TickSet
  readonly yTicks: TickSet
  /** Whether the x labels are slanted, being too long to stand side by side. */
  readonly slanted: boolean
  /** Whether labels and title of the axis are drawn here. */
  readonly showX: boolean
  readonly showY: boolean
  /** Lines of the y title, and its distance from the frame. */
  readonly yTitle: readonly string[]
  readonly yTitleAt: number
  readonly bar?: PlacedBar | undefined
}

/** Widest label of some ticks, px. */
export function widestLabel(ticks: TickSet): number {
  return ticks.ticks.reduce((w, t) => Math.max(w, t.text === undefined ? 0 : textWidth(t.text, SIZES.tickText)), 0)
}

const barSource = (panel: PanelSpec): ColorBar | undefined => panel.layers.find(layer => layer.kind === 'heat') ?? panel.colorBar

const countFor = (length: number, each: number): number => Math.max(2, Math.floor(length / each))

/**
 * As many ticks on a horizontal axis as fit without labels touching.
 * @param axis   The axis.
 * @param length Its length in px.
 */
export function horizontalTicks(axis: AxisSpec, length: number): TickSet {
  let count = countFor(length, 75)
  for (;;) {
    const set = ticksOf(axis, count)
    const labels = set.ticks.filter(t => t.text !== undefined).length
    if (count <= 2 || axis.ticks || labels * (widestLabel(set) + 14) <= length) return set
    count--
  }
}

/** Room around the panels, px: what labels, titles and colour bars need. */
export interface Margins {
  readonly left: number
  readonly right: number
  /** Distance of the y titles from the frames. */
  readonly yTitleAt: number
}

const NONE: Margins = { left: 0, right: 0, yTitleAt: 0 }

/** Panels with their places, and the margins that they were given. */
export interface Layout {
  readonly panels: readonly PlacedPanel[]
  readonly margins: Margins
}

/** Ticks and title of the colour bar of a panel of a height. */
function measuredBar(panel: PanelSpec, height: number): Omit<PlacedBar, 'rect'> | undefined {
  const source = barSource(panel)
  if (!source) return undefined
  const { norm, domain, constant } = source.color
  const axis: AxisSpec = { kind: norm, domain, constant, label: '', unit: '' }
  const ticks = ticksOf(axis, countFor(height, 38))
  const title = wrapped(axisTitle(source.label, source.unit, ticks.exponent), height, SIZES.labelText)
  return { axis, ticks, color: source.color, labelWidth: widestLabel(ticks), title }
}

/**
 * Gives every panel its frame and scales. Panels that share an axis get the same frame edges along it and one and the same scale object.
 * @param spec  The figure.
 * @param least Margins are at least these, so that frames do not jump while the numbers on the axes change. Default what is needed.
 */
export function layout(spec: FigureSpec, least: Margins = NONE): Layout {
  const { panels, share, width, height } = spec
  const stacked = share === 'x'
  const weights = panels.reduce((sum, p) => sum + p.weight, 0)
  const title = titleLines(spec)
  const top = SIZES.edge + (title.length > 0 ? title.length * (SIZES.titleText + 4) + 6 : 0)
  const bottom = bottomMargin(spec)
  const gaps = SIZES.gap * (panels.length - 1)
  const innerHeight = height - top - bottom - (stacked ? gaps : 0)
  const heightOf = (p: PanelSpec): number => (stacked ? Math.round((innerHeight * p.weight) / weights) : innerHeight)

  const yTicks = panels.map(p => ticksOf(p.y, countFor(heightOf(p), 40)))
  const yTitles = panels.map((p, i) =>
    wrapped(axisTitle(p.y.label, p.y.unit, yTicks[i]!.exponent), heightOf(p) + SIZES.gap / 2, SIZES.labelText),
  )
  const labelled = panels.map((_, i) => stacked || i === 0)
  const titled = yTitles.map((t, i) => labelled[i]! && t.some(line => line !== ''))
  const labelWidths = yTicks.map((t, i) => (labelled[i] ? Math.ceil(SIZES.tick + 4 + widestLabel(t)) : 0))
  // titles stand in one column; long names on an axis without a title may reach into it
  const yTitleAt = Math.max(least.yTitleAt, 6 + Math.max(0, ...labelWidths.filter((_, i) => titled[i])))
  const lines = Math.max(0, ...yTitles.map((t, i) => (titled[i] ? t.length : 0)))
  const wanted = SIZES.edge + Math.max(...labelWidths, lines === 0 ? 0 : yTitleAt + lines * (SIZES.labelText + 2))
  const left = Math.max(least.left, Math.round(wanted))

  const bars = panels.map(p => measuredBar(p, heightOf(p)))
  const barSpace = Math.max(
    0,
    ...bars.map(b => (b ? 12 + SIZES.bar + SIZES.tick + 4 + b.labelWidth + 6 + b.title.length * (SIZES.labelText + 2) : 0)),
  )
  const overhang = lastLabelOverhang(panels.at(-1)!, (width - left - barSpace) / (stacked ? 1 : panels.length))
  const right = Math.max(least.right, Math.ceil(SIZES.edge + Math.max(barSpace, 4, overhang)))
  const innerWidth = width - left - right - (stacked ? 0 : gaps)
  const widthOf = (p: PanelSpec): number => (stacked ? innerWidth : Math.round((innerWidth * p.weight) / weights))

  let x = left
  let y = Math.round(top)
  let shared: PlotScale | undefined
  const placed = panels.map((panel, i): PlacedPanel => {
    let rect: Rect = { x, y, width: Math.round(widthOf(panel)), height: Math.round(heightOf(panel)) }
    if (panel.equalAspect) rect = equalised(rect, panel)
    if (stacked) y += rect.height + SIZES.gap
    else x += rect.width + SIZES.gap
    const xScale = (stacked ? shared : undefined) ?? scaleOf(panel.x, [rect.x, rect.x + rect.width])
    const yScale = (stacked ? undefined : shared) ?? scaleOf(panel.y, [rect.y + rect.height, rect.y])
    shared = stacked ? xScale : yScale
    const bar = bars[i]
    return {
      spec: panel,
      rect,
      x: xScale,
      y: yScale,
      xTicks: horizontalTicks(panel.x, rect.width),
      yTicks: yTicks[i]!,
      slanted: slantedDepth(panel.x, width) > 0,
      showX: !stacked || i === panels.length - 1,
      showY: labelled[i]!,
      yTitle: yTitles[i]!,
      yTitleAt,
      bar: bar && {
        ...bar,
        rect: { x: stacked ? rect.x + rect.width + 12 : width - right + 12, y: rect.y, width: SIZES.bar, height: rect.height },
      },
    }
  })
  return { panels: placed, margins: { left, right, yTitleAt } }
}

/**
 * The lines of the drawn title, none if there is none.
 * @param spec The figure.
 */
export function titleLines({ showTitle, title, width }: FigureSpec): string[] {
  return showTitle && title !== '' ? wrapped(title, width - 5 * SIZES.edge, SIZES.titleText) : []
}

/** How far the label of the last tick on the x axis reaches beyond the frame. */
function lastLabelOverhang({ x }: PanelSpec, width: number): number {
  const end = Math.max(...x.domain)
  const last = horizontalTicks(x, width).ticks.filter(
    t => t.text !== undefined && Math.abs(t.value - end) < 0.02 * Math.abs(x.domain[1] - x.domain[0]),
  )
  return Math.max(0, ...last.map(t => textWidth(t.text!, SIZES.tickText) / 2))
}

const bottomMargin = ({ panels, width }: FigureSpec): number => {
  const title = panels.some(p => p.x.label !== '' || p.x.unit !== '') ? SIZES.labelText + 12 : 2
  return SIZES.tick + SIZES.tickText + 10 + title + Math.max(...panels.map(p => slantedDepth(p.x, width)))
}

/**
 * The figure with the height that its one panel of equal aspect needs for the width it has, no more.
 * @param spec    The figure.
 * @param highest No higher than this, px.
 */
export function withFittedHeight(spec: FigureSpec, highest: number): FigureSpec {
  const { rect } = layout({ ...spec, height: highest }).panels[0]!
  return { ...spec, height: Math.ceil(rect.y + rect.height + bottomMargin(spec)) }
}

/** How much deeper named ticks reach when they have to be slanted; 0 when they fit side by side. */
function slantedDepth(axis: AxisSpec, width: number): number {
  if (!axis.ticks) return 0
  const widest = widestLabel({ ticks: axis.ticks, exponent: 0 })
  return axis.ticks.length * (widest + 8) < width * 0.7 ? 0 : Math.ceil(widest * Math.SQRT1_2)
}

/** Shrinks a frame so that a unit is equally long on both axes. */
function equalised(rect: Rect, panel: PanelSpec): Rect {
  const spanX = Math.abs(panel.x.domain[1] - panel.x.domain[0])
  const spanY = Math.abs(panel.y.domain[1] - panel.y.domain[0])
  const perUnit = Math.min(rect.width / spanX, rect.height / spanY)
  return { ...rect, width: Math.round(spanX * perUnit), height: Math.round(spanY * perUnit) }
}
