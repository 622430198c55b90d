// AssemblyScript: correlation coefficients of many series with each other.
// Series are packed in groups of four: vectors of lanes of the four in turn, so that a loop over them reads on and on from one place. A
// series that fills its last vector not quite is continued by zeros, and so is a group by series of zeros.
import { add, mul, sumLanes, sumPair, VECTOR } from './vectors'

/** Bytes from one vector of a series to its next: those of four series. */
const STEP: usize = 4 * VECTOR
/** Bytes of a group that are worked on at a time, at most: long loops pay, even from the second-level cache. */
const PIECE: usize = 32768

/** Shifts and scales a value, or two of them. */
// @ts-ignore: decorator
@inline function standard(x: v128, mean: v128, scale: v128): v128 { return f64x2.mul(f64x2.sub(x, mean), scale) }

/**
 * Shifts and scales a series to mean 0 and length 1 and packs it.
 * @param x      `length` doubles.
 * @param to     Where its first vector goes.
 * @returns 1; 0 if it varies by no more than rounding: then zeros are packed; -1 if the sum is not finite: then nothing is.
 */
// @ts-ignore: decorator
@inline function standardize<T>(x: usize, length: usize, to: usize): i32 {
  const pairs = x + ((length >> 1) << 4)
  const fours = x + ((length >> 3) << 6)
  const odd = length & 1
  // four sums at a time: one alone would wait for each of its additions
  let sums = f64x2.splat(0), sums1 = f64x2.splat(0), sums2 = f64x2.splat(0), sums3 = f64x2.splat(0)
  let lows = f64x2.splat(Infinity), highs = f64x2.splat(-Infinity), lows1 = lows, highs1 = highs
  let p = x
  for (; p < fours; p += 4 * VECTOR) {
    const v = v128.load(p), v1 = v128.load(p, VECTOR), v2 = v128.load(p, 2 * VECTOR), v3 = v128.load(p, 3 * VECTOR)
    sums = f64x2.add(sums, v), sums1 = f64x2.add(sums1, v1), sums2 = f64x2.add(sums2, v2), sums3 = f64x2.add(sums3, v3)
    lows = f64x2.pmin(lows, f64x2.pmin(v, v2)), highs = f64x2.pmax(highs, f64x2.pmax(v, v2))
    lows1 = f64x2.pmin(lows1, f64x2.pmin(v1, v3)), highs1 = f64x2.pmax(highs1, f64x2.pmax(v1, v3))
  }
  for (; p < pairs; p += VECTOR) {
    const v = v128.load(p)
    sums = f64x2.add(sums, v)
    lows = f64x2.pmin(lows, v), highs = f64x2.pmax(highs, v)
  }
  sums = f64x2.add(f64x2.add(sums, sums1), f64x2.add(sums2, sums3))
  lows = f64x2.pmin(lows, lows1), highs = f64x2.pmax(highs, highs1)
  let sum = sumLanes<f64>(sums)
  let low = min(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1))
  let high = max(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1))
  if (odd) {
    const v = load<f64>(pairs)
    sum += v
    low = min(low, v)
    high = max(high, v)
  }
  if (!isFinite(sum)) return -1
  const mean = sum / <f64>length
  const means = f64x2.splat(mean)
  let squares = f64x2.splat(0), squares1 = f64x2.splat(0), squares2 = f64x2.splat(0), squares3 = f64x2.splat(0)
  for (p = x; p < fours; p += 4 * VECTOR) {
    const d = f64x2.sub(v128.load(p), means), d1 = f64x2.sub(v128.load(p, VECTOR), means)
    const d2 = f64x2.sub(v128.load(p, 2 * VECTOR), means), d3 = f64x2.sub(v128.load(p, 3 * VECTOR), means)
    squares = f64x2.add(squares, f64x2.mul(d, d)), squares1 = f64x2.add(squares1, f64x2.mul(d1, d1))
    squares2 = f64x2.add(squares2, f64x2.mul(d2, d2)), squares3 = f64x2.add(squares3, f64x2.mul(d3, d3))
  }
  for (; p < pairs; p += VECTOR) {
    const d = f64x2.sub(v128.load(p), means)
    squares = f64x2.add(squares, f64x2.mul(d, d))
  }
  squares = f64x2.add(f64x2.add(squares, squares1), f64x2.add(squares2, squares3))
  let square = sumLanes<f64>(squares)
  if (odd) square += (load<f64>(pairs) - mean) * (load<f64>(pairs) - mean)
  const varies = high - low > 4 * f64.EPSILON * max(abs(low), abs(high))
  pack<T>(x, length, mean, varies ? 1 / sqrt(square) : 0, to)
  return varies ? 1 : 0
}

// @ts-ignore: decorator
@inline function pack<T>(x: usize, length: usize, mean: f64, scale: f64, to: usize): void {
  const means = f64x2.splat(mean), scales = f64x2.splat(scale)
  const lanes = VECTOR / sizeof<T>()
  for (const end = x + ((length / lanes) * lanes << 3); x < end; x += lanes << 3, to += STEP) {
    const two = standard(v128.load(x), means, scales)
    if (sizeof<T>() == 8) v128.store(to, two)
    else {
      const next = standard(v128.load(x, VECTOR), means, scales)
      v128.store(to, v128.shuffle<f32>(f32x4.demote_f64x2_zero(two), f32x4.demote_f64x2_zero(next), 0, 1, 4, 5))
    }
  }
  const rest = length % lanes
  if (rest == 0) return
  v128.store(to, f64x2.splat(0))
  for (let i: usize = 0; i < rest; i++) store<T>(to + i * sizeof<T>(), <T>((load<f64>(x + (i << 3)) - mean) * scale))
}

/** Adds two numbers to what is at out. */
// @ts-ignore: decorator
@inline function accumulate(out: usize, sums: v128): void { v128.store(out, f64x2.add(v128.load(out), sums)) }

// @ts-ignore: decorator
@inline function plus<T>(sum: v128, x: v128, y: v128): v128 { return add<T>(sum, mul<T>(x, y)) }

/**
 * Adds the products of the four series of a group with two of another to out. Eight sums hide the latency of additions. Eight steps a turn
 * spare the engine's checks at each turn; that the loop may end after each of them keeps the engine from loading the numbers of all steps
 * first, for which there are too few registers.
 */
// @ts-ignore: decorator
@inline function fourByTwo<T>(a: usize, b: usize, bytes: usize, out: usize, outRow: usize): void {
  let s00 = v128.splat<T>(0), s01 = v128.splat<T>(0), s10 = v128.splat<T>(0), s11 = v128.splat<T>(0)
  let s20 = v128.splat<T>(0), s21 = v128.splat<T>(0), s30 = v128.splat<T>(0), s31 = v128.splat<T>(0)
  let x: v128, y0: v128, y1: v128
  const end = a + bytes
  while (true) {
    y0 = v128.load(b), y1 = v128.load(b, VECTOR), x = v128.load(a)
    s00 = plus<T>(s00, x, y0), s01 = plus<T>(s01, x, y1), x = v128.load(a, VECTOR)
    s10 = plus<T>(s10, x, y0), s11 = plus<T>(s11, x, y1), x = v128.load(a, 2 * VECTOR)
    s20 = plus<T>(s20, x, y0), s21 = plus<T>(s21, x, y1), x = v128.load(a, 3 * VECTOR)
    s30 = plus<T>(s30, x, y0), s31 = plus<T>(s31, x, y1), a += STEP, b += STEP
    if (a == end) break
    y0 = v128.load(b), y1 = v128.load(b, VECTOR), x = v128.load(a)
    s00 = plus<T>(s00, x, y0), s01 = plus<T>(s01, x, y1), x = v128.load(a, VECTOR)
    s10 = plus<T>(s10, x, y0), s11 = plus<T>(s11, x, y1), x = v128.load(a, 2 * VECTOR)
    s20 = plus<T>(s20, x, y0), s21 = plus<T>(s21, x, y1), x = v128.load(a, 3 * VECTOR)
    s30 = plus<T>(s30, x, y0), s31 = plus<T>(s31, x, y1), a += STEP, b += STEP
    if (a == end) break
    y0 = v128.load(b), y1 = v128.load(b, VECTOR), x = v128.load(a)
    s00 = plus<T>(s00, x, y0), s01 = plus<T>(s01, x, y1), x = v128.load(a, VECTOR)
    s10 = plus<T>(s10, x, y0), s11 = plus<T>(s11, x, y1), x = v128.load(a, 2 * VECTOR)
    s20 = plus<T>(s20, x, y0), s21 = plus<T>(s21, x, y1), x = v128.load(a, 3 * VECTOR)
    s30 = plus<T>(s30, x, y0), s31 = plus<T>(s31, x, y1), a += STEP, b += STEP
    if (a == end) break
    y0 = v128.load(b), y1 = v128.load(b, VECTOR), x = v128.load(a)
    s00 = plus<T>(s00, x, y0), s01 = plus<T>(s01, x, y1), x = v128.load(a, VECTOR)
    s10 = plus<T>(s10, x, y0), s11 = plus<T>(s11, x, y1), x = v128.load(a, 2 * VECTOR)
    s20 = plus<T>(s20, x, y0), s21 = plus<T>(s21, x, y1), x = v128.load(a, 3 * VECTOR)
    s30 = plus<T>(s30, x, y0), s31 = plus<T>(s31, x, y1), a += STEP, b += STEP
    if (a == end) break
    y0 = v128.load(b), y1 = v128.load(b, VECTOR), x = v128.load(a)
    s00 = plus<T>(s00, x, y0), s01 = plus<T>(s01, x, y1), x = v128.load(a, VECTOR)
    s10 = plus<T>(s10, x, y0), s11 = plus<T>(s11, x, y1), x = v128.load(a, 2 * VECTOR)
    s20 = plus<T>(s20, x, y0), s21 = plus<T>(s21, x, y1), x = v128.load(a, 3 * VECTOR)
    s30 = plus<T>(s30, x, y0), s31 = plus<T>(s31, x, y1), a += STEP, b += STEP
    if (a == end) break
    y0 = v128.load(b), y1 = v128.load(b, VECTOR), x = v128.load(a)
    s00 = plus<T>(s00, x, y0), s01 = plus<T>(s01, x, y1), x = v128.load(a, VECTOR)
    s10 = plus<T>(s10, x, y0), s11 = plus<T>(s11, x, y1), x = v128.load(a, 2 * VECTOR)
    s20 = plus<T>(s20, x, y0), s21 = plus<T>(s21, x, y1), x = v128.load(a, 3 * VECTOR)
    s30 = plus<T>(s30, x, y0), s31 = plus<T>(s31, x, y1), a += STEP, b += STEP
    if (a == end) break
    y0 = v128.load(b), y1 = v128.load(b, VECTOR), x = v128.load(a)
    s00 = plus<T>(s00, x, y0), s01 = plus<T>(s01, x, y1), x = v128.load(a, VECTOR)
    s10 = plus<T>(s10, x, y0), s11 = plus<T>(s11, x, y1), x = v128.load(a, 2 * VECTOR)
    s20 = plus<T>(s20, x, y0), s21 = plus<T>(s21, x, y1), x = v128.load(a, 3 * VECTOR)
    s30 = plus<T>(s30, x, y0), s31 = plus<T>(s31, x, y1), a += STEP, b += STEP
    if (a == end) break
    y0 = v128.load(b), y1 = v128.load(b, VECTOR), x = v128.load(a)
    s00 = plus<T>(s00, x, y0), s01 = plus<T>(s01, x, y1), x = v128.load(a, VECTOR)
    s10 = plus<T>(s10, x, y0), s11 = plus<T>(s11, x, y1), x = v128.load(a, 2 * VECTOR)
    s20 = plus<T>(s20, x, y0), s21 = plus<T>(s21, x, y1), x = v128.load(a, 3 * VECTOR)
    s30 = plus<T>(s30, x, y0), s31 = plus<T>(s31, x, y1), a += STEP, b += STEP
    if (a == end) break
  }
  accumulate(out, sumPair<T>(s00, s01))
  accumulate(out + outRow, sumPair<T>(s10, s11))
  accumulate(out + 2 * outRow, sumPair<T>(s20, s21))
  accumulate(out + 3 * outRow, sumPair<T>(s30, s31))
}

/**
 * Correlation coefficients, within [-1, 1], of all series of the groups `first` to `first + count - 1` with all series from these on.
 * @param groups Groups in all.
 * @param steps  Vectors of a series.
 * @param out    4 count x 4 groups doubles; what is left of the diagonal means nothing.
 */
function correlate<T>(packed: usize, groups: usize, steps: usize, first: usize, count: usize, out: usize): void {
  const group = steps * STEP
  const outRow = groups << 5
  memory.fill(out, 0, (count << 2) * outRow)
  // pieces of about the same length
  const pieces = (group + PIECE - 1) / PIECE
  const piece = ((steps + pieces - 1) / pieces) * STEP
  for (let k: usize = 0; k < group; k += piece) {
    const bytes = min(piece, group - k)
    for (let j = first; j < groups; j++) {
      const b = packed + j * group + k
      for (let i = first, end = min(first + count, j + 1); i < end; i++) {
        const a = packed + i * group + k
        const o = out + ((i - first) << 2) * outRow + (j << 5)
        for (let half: usize = 0; half < 2; half++) fourByTwo<T>(a, b + 2 * VECTOR * half, bytes, o + 16 * half, outRow)
      }
    }
  }
  const one = f64x2.splat(1), minusOne = f64x2.splat(-1)
  for (const end = out + (count << 2) * outRow; out < end; out += VECTOR) {
    v128.store(out, f64x2.pmax(f64x2.pmin(v128.load(out), one), minusOne))
  }
}

export function standardize64(x: usize, length: usize, to: usize): i32 { return standardize<f64>(x, length, to) }
export function standardize32(x: usize, length: usize, to: usize): i32 { return standardize<f32>(x, length, to) }
export function correlate64(packed: usize, groups: usize, steps: usize, first: usize, count: usize, out: usize): void {
  correlate<f64>(packed, groups, steps, first, count, out)
}
export function correlate32(packed: usize, groups: usize, steps: usize, first: usize, count: usize, out: usize): void {
  correlate<f32>(packed, groups, steps, first, count, out)
}
