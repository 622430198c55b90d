import { OperandoError } from '../../core/errors.js'

/** Where each sample of an axis begins and ends; between one's end and the next one's beginning there may be a gap. */
export interface Cells {
  /** Lower ends. */
  readonly lo: Float64Array
  /** Upper ends. */
  readonly hi: Float64Array
}

/** Options of {@link cellsOf}. */
export interface CellOptions {
  /** The values are n + 1 edges. Default false: mid-points. */
  edges?: boolean | undefined
  /** A step longer than this many typical steps is a pause and stays blank. Default 1.75; `Infinity` for none. */
  gapFactor?: number | undefined
  /** True width of the cells (exposure time), in the unit of the axis: one for all or one each. Cells are then exactly so wide. */
  width?: number | ArrayLike<number> | undefined
}

/** The usual step around step i: the median of three steps on either side, so that slow and fast stretches both count as regular. */
function typicalStep(steps: Float64Array, i: number): number {
  const near = steps.slice(Math.max(0, i - 3), i + 3).sort()
  const n = near.length
  return n % 2 ? near[(n - 1) / 2]! : (near[n / 2 - 1]! + near[n / 2]!) / 2
}

/**
 * Cells of an axis from its edges, or from mid-points: each cell then ends half-way to its neighbour, but half a usual step away
 * where a pause lies between. The axis may rise or fall; `lo < hi` always.
 *
 * @param x       Edges (n + 1) or mid-points (n).
 * @param name    What the caller calls it.
 * @param options Edges, gap factor, exposure.
 * @throws OperandoError `E_AXIS` if the axis is not strictly monotonic, `E_NAN` if a number of it is not finite, `E_SHAPE` for widths that do not fit, `E_RANGE`
 * for one that is not positive.
 */
export function cellsOf(x: Float64Array, name: string, options: CellOptions = {}): Cells {
  const { edges = false, gapFactor = 1.75, width } = options
  const hole = x.findIndex(v => v - v !== 0)
  if (hole >= 0) {
    throw new OperandoError(
      'E_NAN',
      `${name}[${hole}] = ${x[hole]}: an axis needs finite numbers. Leave such frames out, or number them.`,
    )
  }
  const down = x.length > 1 && x[1]! < x[0]!
  for (let i = 1; i < x.length; i++) {
    if (down ? x[i]! < x[i - 1]! : x[i]! > x[i - 1]!) continue
    throw new OperandoError(
      'E_AXIS',
      `${name}[${i}] = ${x[i]} follows ${x[i - 1]}: an axis must rise or fall strictly. Sort the data first.`,
    )
  }
  const n = edges ? x.length - 1 : x.length
  if (width !== undefined && typeof width !== 'number' && width.length !== n) {
    throw new OperandoError('E_SHAPE', `${name}: one width a cell expected, ${n}; ${width.length} found.`)
  }
  for (const w of width === undefined ? [] : typeof width === 'number' ? [width] : Array.from(width)) {
    if (!(w > 0 && w < Infinity)) throw new OperandoError('E_RANGE', `${name}: a cell cannot be ${w} wide.`)
  }
  const lo = new Float64Array(n)
  const hi = new Float64Array(n)
  const steps = Float64Array.from({ length: Math.max(0, x.length - 1) }, (_, i) => Math.abs(x[i + 1]! - x[i]!))
  /** Half the way over step i, as seen from the frame beside it. */
  const half = (step: number, frame: number): number => {
    const typical = typicalStep(steps, frame)
    return step > gapFactor * typical ? typical / 2 : step / 2
  }
  for (let i = 0; i < n; i++) {
    if (edges) {
      lo[i] = Math.min(x[i]!, x[i + 1]!)
      hi[i] = Math.max(x[i]!, x[i + 1]!)
      continue
    }
    const before = i > 0 ? half(steps[i - 1]!, i) : n > 1 ? half(steps[0]!, i) : 0.5
    const after = i < n - 1 ? half(steps[i]!, i) : n > 1 ? half(steps[n - 2]!, i) : 0.5
    const own = width === undefined ? undefined : typeof width === 'number' ? width : width[i]!
    const [left, right] = own === undefined ? (down ? [after, before] : [before, after]) : [own / 2, own / 2]
    lo[i] = x[i]! - left
    hi[i] = x[i]! + right
  }
  return { lo, hi }
}

/**
 * Cells before which there is a gap.
 * @param cells Cells in order, rising or falling.
 */
export function gapsOf({ lo, hi }: Cells): number[] {
  const out: number[] = []
  for (let i = 1; i < lo.length; i++) {
    // rounding of two neighbouring ends is no gap
    const gap = Math.max(lo[i]! - hi[i - 1]!, lo[i - 1]! - hi[i]!)
    if (gap > 1e-6 * Math.max(hi[i]! - lo[i]!, hi[i - 1]! - lo[i - 1]!)) out.push(i)
  }
  return out
}

/**
 * Indices where a curve sampled at x should break because a pause lies before that sample.
 * @param x         Samples, rising or falling.
 * @param gapFactor As for {@link cellsOf}.
 */
export function pausesOf(x: Float64Array, gapFactor = 1.75): number[] {
  return gapsOf(cellsOf(x, 'x', { gapFactor }))
}
