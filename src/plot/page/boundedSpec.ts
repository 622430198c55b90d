import { OperandoError } from '../../core/errors.js'
import { type Cells, gapsOf } from '../axis/cells.js'
import type { HeatGrid, Reduction } from '../color/heatPixels.js'
import type { CurveLayer, FigureSpec, HeatLayer, Layer } from '../spec/figureSpec.js'

/** How much of a figure's data goes into a page. */
export interface PageDataOptions {
  /** Most cells of a map; a bigger one is thinned for the page, which says so. Default 1 000 000, at most about 5 MB. */
  maxCells?: number | undefined
  /** Most points of all curves together; more are thinned to lowest and highest of short stretches. Default 250 000. */
  maxPoints?: number | undefined
}

/** First and one past the last cell of each block; a block ends where a gap lies. */
function blocksOf(cells: Cells, size: number): [number, number][] {
  const blocks: [number, number][] = []
  const gaps = new Set(gapsOf(cells))
  for (let i = 0; i < cells.lo.length; i++) {
    const last = blocks.at(-1)
    if (last && last[1] - last[0] < size && !gaps.has(i)) last[1] = i + 1
    else blocks.push([i, i + 1])
  }
  return blocks
}

const joined = ({ lo, hi }: Cells, blocks: readonly [number, number][]): Cells => ({
  lo: Float64Array.from(blocks, ([from, to]) => Math.min(lo[from]!, lo[to - 1]!)),
  hi: Float64Array.from(blocks, ([from, to]) => Math.max(hi[from]!, hi[to - 1]!)),
})

function reduced(grid: HeatGrid, reduction: Reduction, columns: [number, number][], rows: [number, number][]): HeatGrid {
  const { values, strideX, strideY } = grid
  const out = new Float64Array(columns.length * rows.length)
  columns.forEach(([i0, i1], c) => {
    rows.forEach(([j0, j1], r) => {
      let top = Number.NaN
      let sum = 0
      let count = 0
      for (let i = i0; i < i1; i++) {
        for (let j = j0; j < j1; j++) {
          const v = values[i * strideX + j * strideY]!
          if (v - v !== 0) continue
          if (!(v <= top)) top = v
          sum += v
          count++
        }
      }
      out[c * rows.length + r] = reduction === 'max' || count === 0 ? top : sum / count
    })
  })
  return { x: joined(grid.x, columns), y: joined(grid.y, rows), values: out, strideX: rows.length, strideY: 1 }
}

function boundedHeat(layer: HeatLayer, maxCells: number, notes: string[]): HeatLayer {
  const [nx, ny] = [layer.grid.x.lo.length, layer.grid.y.lo.length]
  if (nx * ny <= maxCells) return layer
  let [bx, by] = [1, 1]
  // the longer side first, until it fits
  while (Math.ceil(nx / bx) * Math.ceil(ny / by) > maxCells) nx / bx > ny / by ? bx++ : by++
  const grid = reduced(layer.grid, layer.reduction, blocksOf(layer.grid.x, bx), blocksOf(layer.grid.y, by))
  const kept = layer.reduction === 'max' ? 'the largest value' : 'the mean'
  notes.push(
    `The map of ${nx} × ${ny} cells is kept in this page as ${grid.x.lo.length} × ${grid.y.lo.length}, ${kept} of each ${bx} × ${by}: read-outs and cuts are of these.`,
  )
  return { ...layer, grid, thinned: true }
}

/** First, lowest, highest and last point of each stretch, in order. */
function boundedCurve(layer: CurveLayer, points: number, notes: string[]): CurveLayer {
  const n = layer.x.length
  if (n <= points) return layer
  const size = Math.ceil((4 * n) / points)
  const keep: number[] = []
  for (let from = 0; from < n; from += size) {
    const to = Math.min(n, from + size)
    let [low, high] = [from, from]
    for (let i = from; i < to; i++) {
      if (layer.y[i]! < layer.y[low]! || Number.isNaN(layer.y[low]!)) low = i
      if (layer.y[i]! > layer.y[high]! || Number.isNaN(layer.y[high]!)) high = i
    }
    keep.push(...[...new Set([from, low, high, to - 1])].sort((a, b) => a - b))
  }
  const pick = (values: Float64Array): Float64Array => Float64Array.from(keep, i => values[i]!)
  const breaks = layer.breaks?.map(b => keep.findIndex(i => i >= b)).filter(b => b >= 0)
  notes.push(`A curve of ${n} points${layer.label ? ` (${layer.label})` : ''} is kept in this page as ${keep.length}.`)
  return { ...layer, x: pick(layer.x), y: pick(layer.y), sigma: layer.sigma && pick(layer.sigma), breaks }
}

/**
 * The figure with no more data than a page should hold. Peaks survive: a block of cells keeps what the map would show of it, a stretch of a
 * curve its lowest and highest point.
 * @param spec    What the figure shows.
 * @param options Limits.
 * @throws OperandoError `E_RANGE` for a limit below one.
 * @returns The figure, itself where nothing had to go, and sentences that say what was thinned.
 */
export function boundedSpec(spec: FigureSpec, options: PageDataOptions = {}): { spec: FigureSpec; notes: string[] } {
  const { maxCells = 1_000_000, maxPoints = 250_000 } = options
  if (!(maxCells >= 1 && maxPoints >= 1)) {
    throw new OperandoError('E_RANGE', `maxCells ${maxCells}, maxPoints ${maxPoints}: at least one of each expected.`)
  }
  const notes: string[] = []
  const curves = spec.panels.flatMap(p => p.layers).filter(l => l.kind === 'curve')
  const total = curves.reduce((sum, c) => sum + c.x.length, 0)
  const bounded = (layer: Layer): Layer => {
    if (layer.kind === 'heat') return boundedHeat(layer, maxCells, notes)
    if (layer.kind === 'curve' && total > maxPoints) return boundedCurve(layer, Math.max(400, maxPoints / curves.length), notes)
    return layer
  }
  const panels = spec.panels.map(panel => ({ ...panel, layers: panel.layers.map(bounded) }))
  return notes.length === 0 ? { spec, notes } : { spec: { ...spec, panels }, notes }
}
