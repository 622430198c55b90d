/**
 * The sequence with a single maximum that is nearest to the given one in the sense of least squares: rising up to a mode, then falling. Kernel of a constraint of concentrations.
 * @param y n values.
 * @returns n values.
 * @see R. Bro, N. D. Sidiropoulos, J. Chemom. 12 (1998) 223
 */
export function unimodal(y: Float64Array): Float64Array {
  const n = y.length
  const up = risingErrors(y)
  const down = risingErrors(y.slice().reverse())
  let mode = 0
  let least = Infinity
  for (let i = 0; i < n; i++) {
    // the left part ends at i, the right part begins behind it
    const misfit = up[i]! + (i + 1 < n ? down[n - 2 - i]! : 0)
    if (misfit < least) {
      least = misfit
      mode = i
    }
  }
  const out = new Float64Array(n)
  out.set(rising(y.subarray(0, mode + 1)))
  out.set(rising(y.slice(mode + 1).reverse()).reverse(), mode + 1)
  return out
}

/** Blocks of the isotonic regression by pooling adjacent violators, point by point. */
interface Blocks {
  readonly sum: number[]
  readonly count: number[]
  readonly square: number[]
}

function add({ sum, count, square }: Blocks, value: number): void {
  sum.push(value)
  count.push(1)
  square.push(value * value)
  for (let last = sum.length - 1; last > 0 && sum[last - 1]! * count[last]! >= sum[last]! * count[last - 1]!; last--) {
    sum[last - 1]! += sum.pop()!
    count[last - 1]! += count.pop()!
    square[last - 1]! += square.pop()!
  }
}

/** Square of the distance of each beginning of y from the nearest rising sequence. */
function risingErrors(y: Float64Array): Float64Array {
  const blocks: Blocks = { sum: [], count: [], square: [] }
  const errors = new Float64Array(y.length)
  for (let i = 0; i < y.length; i++) {
    add(blocks, y[i]!)
    errors[i] = blocks.sum.reduce((total, sum, b) => total + blocks.square[b]! - (sum * sum) / blocks.count[b]!, 0)
  }
  return errors
}

function rising(y: Float64Array): Float64Array {
  const blocks: Blocks = { sum: [], count: [], square: [] }
  for (const value of y) add(blocks, value)
  const out = new Float64Array(y.length)
  let at = 0
  blocks.sum.forEach((sum, b) => {
    out.fill(sum / blocks.count[b]!, at, at + blocks.count[b]!)
    at += blocks.count[b]!
  })
  return out
}
