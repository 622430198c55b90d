import { radicesOf } from './factors.js'
import { read, readRadix4, write, writeRadix4 } from './lineEnds.js'
import type { Lines } from './lines.js'
import { planPasses, runPass } from './mixedRadix.js'

/**
 * How many lines are transformed side by side: the innermost loops run over them, so that factors are fetched once for all. Eight interleaved
 * complex numbers fill two cache lines; with lines longer than 256 points the lanes of eight would leave the first-level cache.
 */
const linesTogether = (n: number): number => (n > 256 ? 4 : 8)

/** Real and imaginary parts. */
interface Lanes {
  readonly re: Float64Array
  readonly im: Float64Array
}

/**
 * A four in front and one behind where there are two, and eights for what else is a four and a two: an eight costs little more than a four (1.3 x),
 * a two little less.
 */
function radicesOfLines(n: number): number[] {
  const radices = radicesOf(n)
  const two = radices.indexOf(2)
  if (two > 0) radices.splice(two - 1, 2, 8)
  return radices.filter(radix => radix === 4).length > 1 ? [...radices.slice(1), 4] : radices
}

/**
 * Transforms of lines of n points, several at a time, by Stockham passes between split lanes. Point j of line q lies at lane index
 * q + together j. A radix 4 in front is done while points come in, and one behind while they go out.
 * @param n Points; prime factors at most `largestRadix`.
 */
export function createStockhamLines(n: number): Lines {
  const passes = planPasses(n, radicesOfLines(n))
  const together = linesTogether(n)
  const length = n * together
  const one: Lanes = { re: new Float64Array(length), im: new Float64Array(length) }
  const two: Lanes = { re: new Float64Array(length), im: new Float64Array(length) }
  // the inverse is the forward transform with re and im exchanged before and after
  const oneExchanged: Lanes = { re: one.im, im: one.re }
  const twoExchanged: Lanes = { re: two.im, im: two.re }
  const first = passes[0]?.radix === 4 ? passes[0] : undefined
  const last = passes.length > 1 && passes.at(-1)!.radix === 4
  const middle = passes.slice(first ? 1 : 0, last ? -1 : undefined)
  return (data, out, count, step, next, inverse) => {
    const scale = inverse ? 1 / n : 1
    const from1 = inverse ? oneExchanged : one
    const from2 = inverse ? twoExchanged : two
    for (let line = 0; line < count; line += together) {
      const lines = Math.min(together, count - line)
      const at = line * next
      if (first) readRadix4(n, together, data, at, step, next, lines, one.re, one.im, first.twiddles, inverse, scale)
      else read(n, together, data, at, step, next, lines, one.re, one.im, scale)
      for (let i = 0; i < middle.length; i++) {
        // a batch that is not full carries along what lies in the other lanes
        if (i & 1) runPass(middle[i]!, together, from2.re, from2.im, from1.re, from1.im)
        else runPass(middle[i]!, together, from1.re, from1.im, from2.re, from2.im)
      }
      const { re, im } = middle.length & 1 ? two : one
      if (last) writeRadix4(n, together, re, im, out, at, step, next, lines, inverse)
      else write(n, together, re, im, out, at, step, next, lines)
    }
  }
}
