import { type AxisSpec, scaleOf } from '../axis/axisScale.js'
import type { FigureSpec } from '../spec/figureSpec.js'

/** A part of an axis: where it begins and ends, 0 and 1 being the ends of the whole; linear in pixels whatever the kind of the axis. */
export type Span = readonly [from: number, to: number]

/** What a zoomed figure shows: of the shared axis, and of each panel's own one. */
export interface View {
  readonly shared: Span
  readonly own: readonly Span[]
}

/** The whole axis. */
export const WHOLE: Span = [0, 1]

/** Deepest zoom: beyond it neighbouring pixels are the same number. */
const NARROWEST = 1e-6

/**
 * The whole figure.
 * @param spec The figure.
 */
export function wholeView(spec: FigureSpec): View {
  return { shared: WHOLE, own: spec.panels.map(() => WHOLE) }
}

/**
 * Whether a view is of the whole figure.
 * @param view The view.
 */
export function isWhole(view: View): boolean {
  return [view.shared, ...view.own].every(([a, b]) => a === 0 && b === 1)
}

/** A span of allowed width that stays within the whole. */
function within(from: number, width: number): Span {
  const kept = Math.min(1, Math.max(NARROWEST, width))
  const start = Math.min(1 - kept, Math.max(0, from))
  return kept === 1 ? WHOLE : [start, start + kept]
}

/**
 * A narrower or wider span; the place under the pointer stays where it is as long as the whole allows.
 * @param span   What is shown.
 * @param at     The place, 0 to 1 along what is shown.
 * @param factor New width over old one.
 */
export function zoomSpan([from, to]: Span, at: number, factor: number): Span {
  const width = Math.min(1, (to - from) * factor)
  return within(from + at * (to - from - width), width)
}

/**
 * The same span further along.
 * @param span What is shown.
 * @param by   How far, as a part of what is shown.
 */
export function panSpan([from, to]: Span, by: number): Span {
  return within(from + by * (to - from), to - from)
}

/**
 * A part of what is shown.
 * @param span What is shown.
 * @param a    One end, 0 to 1 along what is shown.
 * @param b    The other end.
 */
export function partOfSpan([from, to]: Span, a: number, b: number): Span {
  const [lo, hi] = a < b ? [a, b] : [b, a]
  return within(from + lo * (to - from), (hi - lo) * (to - from))
}

/**
 * The axis as a span shows it.
 * @param axis The whole axis.
 * @param span The part.
 */
export function zoomedAxis(axis: AxisSpec, [from, to]: Span): AxisSpec {
  const scale = scaleOf(axis, [0, 1])
  const [start, end] = axis.domain
  return { ...axis, domain: [from === 0 ? start : scale.invert(from), to === 1 ? end : scale.invert(to)] }
}

/**
 * The figure as a view shows it.
 * @param spec The whole figure.
 * @param view What is shown.
 */
export function withView(spec: FigureSpec, view: View): FigureSpec {
  const panels = spec.panels.map((panel, i) => {
    const [x, y] = spec.share === 'x' ? [view.shared, view.own[i]!] : [view.own[i]!, view.shared]
    return { ...panel, x: zoomedAxis(panel.x, x), y: zoomedAxis(panel.y, y) }
  })
  return { ...spec, panels }
}
