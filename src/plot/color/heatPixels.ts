import type { PlotScale } from '../axis/axisScale.js'
import type { Cells } from '../axis/cells.js'
import type { Pixels } from '../scene.js'
import { paletteOf } from './colorMaps.js'
import { type ColorScale, fractionOf } from './colorScale.js'

/** What stands for the cells that share a pixel: their largest value (sharp peaks stay) or their mean. */
export type Reduction = 'max' | 'mean'

/** A grid of values with the cells of its axes; the value of cell (i, j) is `values[i * strideX + j * strideY]`. */
export interface HeatGrid {
  readonly x: Cells
  readonly y: Cells
  readonly values: Float64Array
  readonly strideX: number
  readonly strideY: number
}

/** For each pixel the first and last cell that it shows, -1 in a gap. */
interface CellSpans {
  readonly first: Int32Array
  readonly last: Int32Array
}

/**
 * Which cells each of n pixels shows: all whose middle lies in the pixel; if none, the one that covers the pixel's middle; else a gap.
 */
function spansOf(cells: Cells, scale: PlotScale, from: number, size: number, n: number): CellSpans {
  const first = new Int32Array(n).fill(-1)
  const last = new Int32Array(n).fill(-1)
  const covering = new Int32Array(n).fill(-1)
  const perPixel = n / size
  for (let i = 0; i < cells.lo.length; i++) {
    const a = (scale(cells.lo[i]!) - from) * perPixel
    const b = (scale(cells.hi[i]!) - from) * perPixel
    const lo = Math.min(a, b)
    const hi = Math.max(a, b)
    const end = Math.min(n - 1, Math.ceil(hi - 0.5) - 1)
    for (let p = Math.max(0, Math.ceil(lo - 0.5)); p <= end; p++) covering[p] = i
    const middle = Math.floor((lo + hi) / 2)
    if (middle < 0 || middle >= n) continue
    if (first[middle] === -1) first[middle] = i
    last[middle] = i
  }
  for (let p = 0; p < n; p++) if (first[p] === -1) first[p] = last[p] = covering[p]!
  return { first, last }
}

/**
 * Draws a grid into pixels through the scales of its panel, so that cells, gaps and curves on the same scale agree to the pixel.
 *
 * @param grid      Values and cells.
 * @param color     How values become colours; NaN is transparent.
 * @param reduction What stands for cells that share a pixel.
 * @param place     Scales of the panel; its left and top edge, width and height in px; image pixels per px.
 */
export function heatPixels(
  grid: HeatGrid,
  color: ColorScale,
  reduction: Reduction,
  place: { x: PlotScale; y: PlotScale; left: number; top: number; width: number; height: number; resolution: number },
): Pixels {
  const width = Math.max(1, Math.round(place.width * place.resolution))
  const height = Math.max(1, Math.round(place.height * place.resolution))
  const columns = spansOf(grid.x, place.x, place.left, place.width, width)
  const rows = spansOf(grid.y, place.y, place.top, place.height, height)
  const fraction = fractionOf(color)
  const lowest = color.domain[0]
  const { values, strideX, strideY } = grid
  const indices = new Uint8Array(width * height)
  for (let r = 0; r < height; r++) {
    const j0 = rows.first[r]!
    const j1 = rows.last[r]!
    if (j0 < 0) continue
    if (r > 0 && j0 === rows.first[r - 1] && j1 === rows.last[r - 1]) {
      indices.copyWithin(r * width, (r - 1) * width, r * width)
      continue
    }
    for (let c = 0; c < width; c++) {
      const i0 = columns.first[c]!
      const i1 = columns.last[c]!
      if (i0 < 0) continue
      if (c > 0 && i0 === columns.first[c - 1] && i1 === columns.last[c - 1]) {
        indices[r * width + c] = indices[r * width + c - 1]!
        continue
      }
      let top = -Infinity
      let sum = 0
      let count = 0
      for (let i = i0; i <= i1; i++) {
        for (let j = j0; j <= j1; j++) {
          const v = values[i * strideX + j * strideY]!
          if (v - v !== 0) continue
          if (v > top) top = v
          sum += v
          count++
        }
      }
      if (count === 0) continue
      const v = reduction === 'max' ? top : sum / count
      const t = v <= lowest ? 0 : fraction(v)
      indices[r * width + c] = 1 + Math.max(0, Math.min(254, Math.floor(t * 255)))
    }
  }
  return { width, height, indices, palette: paletteOf(color.map) }
}
