// AssemblyScript: scalar products of many vectors with each other (a Gram matrix): normal equations; correlation coefficients.
import { add, mul, sumLanes, VECTOR } from './vectors'

export { correlate32, correlate64, standardize32, standardize64 } from './correlations'

/** Bytes of each vector that are worked on at a time: long enough that starting on a piece costs little. */
const PIECE: usize = 8192
/** Vectors whose pieces stay in the second-level cache while the others pass by. */
const BLOCK: usize = 32

// @ts-ignore: decorator
@inline function accumulate(out: usize, sum: f64): void { store<f64>(out, load<f64>(out) + sum) }

/** Adds the products of four vectors from a on with two from b on, over `bytes` bytes, to out. Eight sums hide the latency of additions. */
// @ts-ignore: decorator
@inline function fourByTwo<T>(a: usize, b: usize, length: usize, bytes: usize, out: usize, outRow: usize): void {
  let s00 = v128.splat<T>(0), s01 = v128.splat<T>(0), s10 = v128.splat<T>(0), s11 = v128.splat<T>(0)
  let s20 = v128.splat<T>(0), s21 = v128.splat<T>(0), s30 = v128.splat<T>(0), s31 = v128.splat<T>(0)
  for (const end = a + bytes; a < end; a += VECTOR, b += VECTOR) {
    const y0 = v128.load(b)
    const y1 = v128.load(b + length)
    let x = v128.load(a)
    s00 = add<T>(s00, mul<T>(x, y0))
    s01 = add<T>(s01, mul<T>(x, y1))
    x = v128.load(a + length)
    s10 = add<T>(s10, mul<T>(x, y0))
    s11 = add<T>(s11, mul<T>(x, y1))
    x = v128.load(a + 2 * length)
    s20 = add<T>(s20, mul<T>(x, y0))
    s21 = add<T>(s21, mul<T>(x, y1))
    x = v128.load(a + 3 * length)
    s30 = add<T>(s30, mul<T>(x, y0))
    s31 = add<T>(s31, mul<T>(x, y1))
  }
  accumulate(out, <f64>sumLanes<T>(s00))
  accumulate(out + 8, <f64>sumLanes<T>(s01))
  out += outRow
  accumulate(out, <f64>sumLanes<T>(s10))
  accumulate(out + 8, <f64>sumLanes<T>(s11))
  out += outRow
  accumulate(out, <f64>sumLanes<T>(s20))
  accumulate(out + 8, <f64>sumLanes<T>(s21))
  out += outRow
  accumulate(out, <f64>sumLanes<T>(s30))
  accumulate(out + 8, <f64>sumLanes<T>(s31))
}

/**
 * Products of all pairs of `count` vectors of `length` values, upper triangle; `count` is a multiple of 4, out is count x count doubles.
 */
function gram<T>(vectors: usize, length: usize, count: usize, out: usize): void {
  const row = length * sizeof<T>()
  const outRow = count << 3
  memory.fill(out, 0, count * outRow)
  const lanes = VECTOR / sizeof<T>()
  const whole = (length / lanes) * VECTOR
  for (let k: usize = 0; k < whole; k += PIECE) {
    const piece = vectors + k
    const bytes = min(PIECE, whole - k)
    for (let block: usize = 0; block < count; block += BLOCK) {
      const blockEnd = min(count, block + BLOCK)
      for (let i: usize = 0; i < blockEnd; i += 4) {
        for (let j = max(block, i); j < blockEnd; j += 2) {
          fourByTwo<T>(piece + i * row, piece + j * row, row, bytes, out + i * outRow + (j << 3), outRow)
        }
      }
    }
  }
  // what does not fill a vector
  for (let k = whole; k < row; k += sizeof<T>()) {
    for (let i: usize = 0; i < count; i++) {
      const x = <f64>load<T>(vectors + i * row + k)
      for (let j = i; j < count; j++) accumulate(out + i * outRow + (j << 3), x * <f64>load<T>(vectors + j * row + k))
    }
  }
}

export function gram64(vectors: usize, length: usize, count: usize, out: usize): void {
  gram<f64>(vectors, length, count, out)
}

/** Multiplies `count` vectors of `length` doubles, `stride` bytes apart, by one vector of factors. */
export function scale64(vectors: usize, stride: usize, count: usize, length: usize, factors: usize): void {
  const whole = (length >> 1) << 4
  for (let c: usize = 0; c < count; c++, vectors += stride) {
    let k: usize = 0
    for (; k < whole; k += VECTOR) v128.store(vectors + k, f64x2.mul(v128.load(vectors + k), v128.load(factors + k)))
    if (length & 1) store<f64>(vectors + k, load<f64>(vectors + k) * load<f64>(factors + k))
  }
}
