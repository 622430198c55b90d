import type { Dataset } from './dataset.js'
import { layoutOf } from './layout.js'

/** The numbers along one dim at one place of the others. */
export interface Line {
  /** Values; 0 where not good. */
  readonly values: Float64Array
  /** Standard uncertainties, if there are any; 0 where not good. */
  readonly sigma: Float64Array | undefined
  /** 1 where the value is finite and not masked. */
  readonly good: Uint8Array
}

/** What {@link mapLines} gives: the parts of a Dataset that change, and how many points are masked that are new. */
export interface MappedLines {
  /** New shape. */
  readonly shape: readonly number[]
  /** New values. */
  readonly values: Float64Array
  /** New uncertainties, if there were any. */
  readonly sigma: Float64Array | undefined
  /** New mask; absent when nothing is masked and nothing was. */
  readonly mask: Uint8Array | undefined
  /** Points masked in the result. */
  readonly masked: number
}

/** Which way lines are read and written. */
export interface LineDirections {
  /** Read from the last element to the first. */
  readonly flipIn: boolean
  /** Write from the last element to the first. */
  readonly flipOut: boolean
}

/**
 * Runs a function along every line of a dim. Both buffers are reused from line to line.
 * @param data       The Dataset; re and im of complex data are lines of their own under one mask.
 * @param axis       Position of the dim.
 * @param length     Length of the new lines.
 * @param directions Which way.
 * @param each       Reads `from`, fills `to`; `to.good` 0 masks the point.
 */
export function mapLines(
  data: Dataset,
  axis: number,
  length: number,
  { flipIn, flipOut }: LineDirections,
  each: (from: Line, to: Line) => void,
): MappedLines {
  const width = data.complex ? 2 : 1
  const { outer, n, inner } = layoutOf(data.shape, axis, width)
  const makeLine = (size: number): Line => ({
    values: new Float64Array(size),
    sigma: data.sigma && new Float64Array(size),
    good: new Uint8Array(size),
  })
  const [from, to] = [makeLine(n), makeLine(length)]
  const values = new Float64Array(outer * length * inner)
  const sigma = data.sigma && new Float64Array(values.length)
  const mask = new Uint8Array(values.length / width)
  for (let block = 0; block < outer; block++) {
    for (let j = 0; j < inner; j++) {
      for (let i = 0; i < n; i++) {
        const at = (block * n + (flipIn ? n - 1 - i : i)) * inner + j
        const value = data.values[at]!
        const good = Number.isFinite(value) && !data.mask?.[Math.floor(at / width)]
        from.good[i] = good ? 1 : 0
        from.values[i] = good ? value : 0
        if (from.sigma) from.sigma[i] = good ? data.sigma![at]! : 0
      }
      each(from, to)
      for (let i = 0; i < length; i++) {
        const at = (block * length + (flipOut ? length - 1 - i : i)) * inner + j
        values[at] = to.values[i]!
        if (sigma) sigma[at] = to.sigma![i]!
        if (to.good[i] === 0) mask[Math.floor(at / width)] = 1
      }
    }
  }
  const masked = mask.reduce((count, bad) => count + bad, 0)
  const shape = data.shape.map((size, i) => (i === axis ? length : size))
  return { shape, values, sigma, mask: masked > 0 || data.mask ? mask : undefined, masked }
}
