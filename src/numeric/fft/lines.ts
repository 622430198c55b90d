import { createCore } from './createCore.js'
import { primeFactors } from './factors.js'
import { largestRadix } from './mixedRadix.js'
import { createStockhamLines } from './stockhamLines.js'

/**
 * Transforms lines (rows or columns) of a complex image.
 * @param data    Interleaved re, im.
 * @param out     Receives the same lines; may be `data`.
 * @param count   Lines.
 * @param step    From a point of a line to its next, in numbers.
 * @param next    From a line to the next one, in numbers.
 * @param inverse Whether the exponent is positive and the result divided by the points of a line.
 */
export type Lines = (data: Float64Array, out: Float64Array, count: number, step: number, next: number, inverse: boolean) => void

/**
 * Transforms of lines of n points in plain TypeScript: several lines side by side where mixed radix takes the length, one after another
 * where it takes Bluestein's detour.
 */
export function createLines(n: number): Lines {
  const largest = primeFactors(n).at(-1) ?? 1
  return largest <= largestRadix ? createStockhamLines(n) : createSingleLines(n)
}

/** Lines that are gathered together: four complex numbers fill a cache line, so each line fetched is used whole. */
const together = 4

function createSingleLines(n: number): Lines {
  const core = createCore(n)
  const points = Array.from({ length: together }, () => new Float64Array(2 * n))
  return (data, out, count, step, next, inverse) => {
    for (let first = 0; first < count; first += together) {
      const lines = Math.min(together, count - first)
      const at = first * next
      for (let i = 0; i < n; i++) {
        for (let c = 0, from = at + i * step; c < lines; c++, from += next) {
          points[c]![2 * i] = data[from]!
          points[c]![2 * i + 1] = data[from + 1]!
        }
      }
      for (let c = 0; c < lines; c++) core.transform(points[c]!, points[c]!, inverse)
      for (let i = 0; i < n; i++) {
        for (let c = 0, to = at + i * step; c < lines; c++, to += next) {
          out[to] = points[c]![2 * i]!
          out[to + 1] = points[c]![2 * i + 1]!
        }
      }
    }
  }
}
