import type { AxisSpec } from '../axis/axisScale.js'
import { finiteRange, padded } from '../axis/range.js'
import { CURVE_COLORS, colorOf } from '../color/colorMaps.js'
import { colorScaleOf, fractionOf } from '../color/colorScale.js'
import { type Figure, type FigureOptions, figureOf } from '../figure.js'
import type { CurveLayer, Layer, PanelSpec } from '../spec/figureSpec.js'
import { emptyNote } from './emptyNote.js'

/** A curve that belongs to a cycle. */
export interface CycleCurve {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Cycle from 0. */
  readonly cycle: number
}

/** What the axes of a panel say. */
export interface CycleAxes {
  readonly x: { readonly label: string; readonly unit: string }
  readonly y: { readonly label: string; readonly unit: string }
}

/** Up to so many cycles have a colour and a name of their own; more run through a colour map. */
const NAMED = CURVE_COLORS.length

/**
 * A panel of curves coloured by cycle, cycles counted from 1 as people do.
 * @param curves The curves, in the order to be drawn.
 * @param axes   What they say.
 * @param rules  Lines across, beneath the curves.
 */
export function curvesByCycle(curves: readonly CycleCurve[], axes: CycleAxes, rules: readonly Layer[] = []): PanelSpec {
  const cycles = [...new Set(curves.map(c => c.cycle))].sort((a, b) => a - b)
  const scale = colorScaleOf(cycles.map(c => c + 1))
  const fraction = fractionOf(scale)
  const named = cycles.length <= NAMED
  const color = (cycle: number): string =>
    // the palest end of the map does not show on white
    named ? CURVE_COLORS[cycles.indexOf(cycle) % NAMED]! : colorOf(scale.map, 0.92 * fraction(cycle + 1))
  const seen = new Set<number>()
  const layers = curves.map((curve): CurveLayer => {
    const first = !seen.has(curve.cycle)
    seen.add(curve.cycle)
    return {
      kind: 'curve',
      x: curve.x,
      y: curve.y,
      sigmaStyle: 'bars',
      color: color(curve.cycle),
      lineWidth: 1.3,
      shape: 'straight',
      markerSize: 0,
      label: named && first && cycles.length > 1 ? `Cycle ${curve.cycle + 1}` : undefined,
    }
  })
  const axis = (words: CycleAxes['x'], lists: readonly Float64Array[]): AxisSpec => ({
    kind: 'linear',
    domain: padded(finiteRange(...lists) ?? [0, 1], 'linear', 0.03),
    ...words,
  })
  const x = axis(
    axes.x,
    curves.map(c => c.x),
  )
  const y = axis(
    axes.y,
    curves.map(c => c.y),
  )
  const empty = finiteRange(...curves.map(c => c.y)) === undefined
  return {
    name: 'cycles',
    x,
    y,
    weight: 1,
    layers: empty ? [emptyNote(x, y)] : [...rules, ...layers],
    colorBar: named ? undefined : { color: scale, label: 'Cycle', unit: '' },
  }
}

/**
 * The figure of one panel of curves by cycle.
 * @param title   For screen readers, where the caller gives none.
 * @param panel   The panel.
 * @param options Size, title.
 */
export function figureByCycle(title: string, panel: PanelSpec, options: FigureOptions): Figure {
  return figureOf({
    id: options.id,
    title: options.title ?? title,
    showTitle: options.title !== undefined,
    width: options.width ?? 620,
    height: options.height ?? 420,
    share: 'x',
    panels: [panel],
  })
}
