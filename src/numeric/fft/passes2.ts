import type { FftCore } from './core.js'

/**
 * Transforms every row of a row-major complex image.
 * @param core Of the length of a row.
 */
export function createRowPass(core: FftCore): (data: Float64Array, out: Float64Array, rows: number, inverse: boolean) => void {
  const width = 2 * core.length
  const points = new Float64Array(width)
  const bins = new Float64Array(width)
  return (data, out, rows, inverse) => {
    for (let start = 0; start < rows * width; start += width) {
      for (let i = 0; i < width; i++) points[i] = data[start + i]!
      core.transform(points, bins, inverse)
      for (let i = 0; i < width; i++) out[start + i] = bins[i]!
    }
  }
}

/** Columns that are gathered together: four complex numbers fill a cache line, so each line fetched is used whole. */
const together = 4

/**
 * Transforms every column of a row-major complex image in place.
 * @param core Of the length of a column.
 */
export function createColumnPass(core: FftCore): (data: Float64Array, columns: number, inverse: boolean) => void {
  const rows = core.length
  const points = Array.from({ length: together }, () => new Float64Array(2 * rows))
  const bins = new Float64Array(2 * rows)
  return (data, columns, inverse) => {
    for (let first = 0; first < columns; first += together) {
      const count = Math.min(together, columns - first)
      gather(data, 2 * columns, 2 * first, count, points)
      for (let c = 0; c < count; c++) {
        core.transform(points[c]!, bins, inverse)
        points[c]!.set(bins)
      }
      scatter(points, count, data, 2 * columns, 2 * first)
    }
  }
}

function gather(data: Float64Array, stride: number, at: number, count: number, points: readonly Float64Array[]): void {
  const rows = points[0]!.length
  for (let i = 0, from = at; i < rows; i += 2, from += stride) {
    for (let c = 0; c < count; c++) {
      points[c]![i] = data[from + 2 * c]!
      points[c]![i + 1] = data[from + 2 * c + 1]!
    }
  }
}

function scatter(points: readonly Float64Array[], count: number, data: Float64Array, stride: number, at: number): void {
  const rows = points[0]!.length
  for (let i = 0, to = at; i < rows; i += 2, to += stride) {
    for (let c = 0; c < count; c++) {
      data[to + 2 * c] = points[c]![i]!
      data[to + 2 * c + 1] = points[c]![i + 1]!
    }
  }
}
