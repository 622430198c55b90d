import type { AxisSpec } from '../axis/axisScale.js'

/** Anything that JSON holds in a Plotly figure. */
export type PlotlyObject = Record<string, unknown>

/** A number, a date, or nothing. */
export type PlotlyPoint = number | string | null

/** A value as JSON holds it: seven digits, those of 32 bits, null for none. */
export const plotlyNumber = (v: number): number | null => (Number.isFinite(v) ? Number(v.toPrecision(7)) + 0 : null)

/**
 * Values as JSON holds them.
 * @param values The numbers; what is not finite becomes null.
 */
export function plotlyNumbers(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, plotlyNumber)
}

/**
 * Places along an axis with all their digits; dates where the axis has dates.
 * @param values The places; what is not finite becomes null.
 * @param axis   The axis.
 */
export function plotlyPlaces(values: ArrayLike<number>, axis: AxisSpec): PlotlyPoint[] {
  return Array.from(values, v => {
    if (!Number.isFinite(v)) return null
    return axis.kind === 'utc' ? new Date(v).toISOString() : v + 0
  })
}

/**
 * Text as Plotly shows it letter by letter: it would read tags and entities, and `%{` in templates.
 * @param text Any text.
 */
export function plotlyText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('%{', '%\u200b{')
}
