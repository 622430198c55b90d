import type { AxisSpec } from '../axis/axisScale.js'
import type { Cells } from '../axis/cells.js'
import { formatNumber } from '../axis/formatNumber.js'
import type { CurveLayer, FigureSpec, HeatLayer, PanelSpec } from '../spec/figureSpec.js'

/** A cell of a map. */
export interface Cell {
  /** Along x. */
  readonly i: number
  /** Along y. */
  readonly j: number
}

/** One number under the cross-hair. */
export interface Reading {
  /** What it is. */
  readonly label: string
  /** NaN where there is none: in a pause, outside. */
  readonly value: number
  /** Its standard uncertainty. */
  readonly sigma?: number | undefined
  /** Unit as shown. */
  readonly unit: string
  /** The axis, if the value is a place on one that has dates. */
  readonly utc?: boolean | undefined
}

/**
 * The cell that covers a place, -1 in a gap.
 * @param cells Cells in order.
 * @param at    The place.
 */
export function cellAt({ lo, hi }: Cells, at: number): number {
  for (let i = 0; i < lo.length; i++) if (at >= lo[i]! && at < hi[i]!) return i
  // the very last edge belongs to its cell
  return Math.max(hi.indexOf(at), -1)
}

/** The middle of a cell. */
export const middleOf = ({ lo, hi }: Cells, i: number): number => (lo[i]! + hi[i]!) / 2

/** Value of a cell of a map. */
export const cellValue = ({ grid }: HeatLayer, { i, j }: Cell): number => grid.values[i * grid.strideX + j * grid.strideY]!

/** Index of the sample whose place is nearest; NaN places do not count. */
function nearest(places: Float64Array, at: number): number {
  let best = -1
  for (let i = 0; i < places.length; i++) {
    const d = Math.abs(places[i]! - at)
    if (d <= (best < 0 ? Infinity : Math.abs(places[best]! - at))) best = i
  }
  return best
}

/**
 * The sample of a curve at a place along the shared axis: the nearest one, on a curve in steps the one that still holds; -1 in a pause and
 * farther outside than half a step.
 * @param places Samples along the axis.
 * @param at     The place.
 * @param curve  Its pauses and form.
 */
export function sampleAt(places: Float64Array, at: number, curve: Pick<CurveLayer, 'breaks' | 'shape'>): number {
  let k = nearest(places, at)
  if (k < 0) return -1
  const step = (a: number, b: number): number => Math.abs((places[a] ?? Number.NaN) - (places[b] ?? Number.NaN))
  const rising = (places.at(-1) ?? 0) >= (places[0] ?? 0)
  const before = rising ? places[k]! <= at : places[k]! >= at
  const beyond = before ? k + 1 : k - 1
  const isPause = curve.breaks?.includes(before ? k + 1 : k) ?? false
  const isOutside = beyond < 0 || beyond >= places.length
  if (isPause || isOutside) {
    const usual = step(k, before ? k - 1 : k + 1)
    if (Math.abs(places[k]! - at) > (Number.isNaN(usual) ? 0 : usual / 2)) return -1
  }
  if (curve.shape === 'steps' && !before && k > 0 && !isPause) k--
  return k
}

const placed = (axis: AxisSpec, value: number): Reading => ({
  label: axis.label || 'x',
  value,
  unit: axis.unit,
  utc: axis.kind === 'utc',
})

/**
 * The number of the frame that a map shows at a place on the shared axis; none on images and on thinned maps.
 * @param panel  The panel with the map.
 * @param layer  The map.
 * @param shared Place on the shared axis.
 * @param alongX Whether the shared axis is x.
 */
export function frameAt(panel: PanelSpec, layer: HeatLayer, shared: number, alongX: boolean): Reading[] {
  const axis = alongX ? panel.x : panel.y
  if (panel.equalAspect || layer.thinned || axis.label === 'Frame') return []
  const value = cellAt(alongX ? layer.grid.x : layer.grid.y, shared)
  return value < 0 ? [] : [{ label: 'Frame', value, unit: '' }]
}

function readHeat(panel: PanelSpec, layer: HeatLayer, shared: number, own: number, alongX: boolean): Reading[] {
  const [x, y] = alongX ? [shared, own] : [own, shared]
  const cell = { i: cellAt(layer.grid.x, x), j: cellAt(layer.grid.y, y) }
  const value = cell.i < 0 || cell.j < 0 ? Number.NaN : cellValue(layer, cell)
  return [
    ...frameAt(panel, layer, shared, alongX),
    placed(alongX ? panel.y : panel.x, own),
    { label: layer.label || 'Value', value, unit: layer.unit },
  ]
}

/**
 * Readings of one panel but for the shared axis: every curve, and the map if a place on the panel's own axis is given.
 * @param panel  The panel.
 * @param shared Place on the shared axis.
 * @param own    Place on the panel's own axis.
 * @param alongX Whether the shared axis is x.
 */
export function readPanel(panel: PanelSpec, shared: number, own: number | undefined, alongX: boolean): Reading[] {
  const out: Reading[] = []
  const ownAxis = alongX ? panel.y : panel.x
  for (const layer of panel.layers) {
    if (layer.kind === 'heat' && own !== undefined) out.push(...readHeat(panel, layer, shared, own, alongX))
    else if (layer.kind === 'curve') {
      const k = sampleAt(alongX ? layer.x : layer.y, shared, layer)
      const values = alongX ? layer.y : layer.x
      const label = layer.label ?? (ownAxis.label || 'y')
      out.push({ label, value: k < 0 ? Number.NaN : values[k]!, sigma: k < 0 ? undefined : layer.sigma?.[k], unit: ownAxis.unit })
    } else if (layer.kind === 'area') {
      const k = sampleAt(layer.x, shared, { ...layer, shape: 'straight' })
      const value = k < 0 ? Number.NaN : layer.high[k]! - layer.low[k]!
      out.push({ label: layer.label ?? (ownAxis.label || 'y'), value, unit: ownAxis.unit })
    }
  }
  return out
}

/** Curves read at once: beyond these a list says nothing. */
const MOST = 8

/**
 * What stands under a cross-hair: the place on the shared axis, the place and the value in the panel under the pointer, and the value of
 * every curve of all panels at that place on the shared axis.
 * @param spec   The figure.
 * @param panel  Index of the panel under the pointer.
 * @param shared Place on the shared axis, as shown.
 * @param own    Place on the panel's own axis.
 */
export function readOut(spec: FigureSpec, panel: number, shared: number, own: number): Reading[] {
  const alongX = spec.share === 'x'
  const first = spec.panels[panel]!
  const readings = spec.panels.map((p, i) => readPanel(p, shared, i === panel ? own : undefined, alongX))
  const isHeat = first.layers.some(l => l.kind === 'heat')
  const crowded = readings.flat().length > MOST
  const ownPlace = isHeat ? [] : [placed(alongX ? first.y : first.x, own)]
  return [placed(alongX ? first.x : first.y, shared), ...(crowded && !isHeat ? ownPlace : []), ...readings.flat().slice(0, MOST)]
}

/**
 * A reading as people write it: `Voltage 3.712 V`, `a 8.2701 ± 0.0021 Å`.
 * @param reading The reading.
 */
export function readingText({ label, value, sigma, unit, utc }: Reading): string {
  const tail = unit ? `\u00a0${unit}` : ''
  if (!Number.isFinite(value)) return `${label} no value`
  if (utc) return `${label} ${new Date(value).toISOString().slice(0, 19).replace('T', ' ')}${tail}`
  if (sigma === undefined || !(sigma > 0)) return `${label} ${formatNumber(value, 5)}${tail}`
  const digits = Math.max(2, Math.min(10, Math.floor(Math.log10(Math.abs(value) || sigma)) - Math.floor(Math.log10(sigma)) + 2))
  return `${label} ${formatNumber(value, digits)} ± ${formatNumber(sigma, 2)}${tail}`
}
