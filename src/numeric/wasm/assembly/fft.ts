// AssemblyScript: complex transforms in place over interleaved data, one dimension of a row-major image at a time, f64 and f32.
import { COMPLEX } from './passes'
import { begin, end, lastRadix, middle } from './stockham'
import { VECTOR, zipHigh, zipLow } from './vectors'

/** Bytes of a column batch: two cache lines of interleaved values a row, four vectors each of re and im. */
const BATCH: usize = 128

/** Copies rows of `bytes` bytes from one stride to another. */
function copyRows(to: usize, toStride: usize, from: usize, fromStride: usize, rows: usize, bytes: usize): void {
  for (let r: usize = 0; r < rows; r++, to += toStride, from += fromStride) memory.copy(to, from, bytes)
}

function columns<T>(
  data: usize, rows: usize, columns: usize, radices: usize, tw: usize, scratch: usize, step: usize, inverse: bool, scale: T,
): void {
  const stride = columns * 2 * sizeof<T>()
  // a radix 4 can be done on the way out, unless it was the only one and has been done on the way in
  const pass = lastRadix(radices) == 4 && rows > 4
  const spare = scratch + 2 * step
  for (let first: usize = 0; first < stride; first += BATCH) {
    const bytes = min(BATCH, stride - first)
    let p = data + first
    let apart = stride
    if (bytes < BATCH) {
      // the last columns do not fill a batch: work on a copy that does
      memory.fill(spare, 0, rows * BATCH)
      copyRows(spare, BATCH, p, stride, rows, bytes)
      p = spare
      apart = BATCH
    }
    const begun = begin<T>(rows, BATCH, p, apart, scratch, step, radices, tw, inverse)
    const x = middle<T>(rows, BATCH, scratch, step, radices, tw, begun, pass)
    end<T>(rows, BATCH, x, p, apart, scale, inverse, pass)
    if (p == spare) copyRows(data + first, stride, spare, BATCH, rows, bytes)
  }
}

/**
 * Two lanes hold the transforms E, O of the even and the odd points of a row: bins k and k + half are E[k] +- w^k O[k].
 * @param p      Where bin k goes; bin k + half goes `far` bytes on.
 * @param joint  Where w^k is, taken as its conjugate where re and im are exchanged.
 * @param flip   (-1, 1), or (1, -1) where re and im are exchanged.
 */
// @ts-ignore: decorator
@inline function joinBin(p: usize, far: usize, re: v128, im: v128, joint: usize, flip: v128, f: v128): void {
  const r = f64x2.mul(re, f)
  const i = f64x2.mul(im, f)
  const even = v128.shuffle<f64>(r, i, 0, 2)
  const odd = v128.shuffle<f64>(r, i, 1, 3)
  const crossed = v128.shuffle<f64>(r, i, 3, 1)
  const wr = v128.load64_splat(joint)
  const wi = f64x2.mul(v128.load64_splat(joint, 8), flip)
  const turned = f64x2.add(f64x2.mul(odd, wr), f64x2.mul(crossed, wi))
  v128.store(p, f64x2.add(even, turned))
  v128.store(p + far, f64x2.sub(even, turned))
}

/**
 * Joins the lanes of all bins of a row.
 * @param joint w^k, k = 0 ... half - 1, interleaved.
 */
function joinTwo(p: usize, half: usize, re: usize, im: usize, joint: usize, inverse: bool, scale: f64): void {
  const flip = inverse ? f64x2(1, -1) : f64x2(-1, 1)
  const f = f64x2.splat(scale)
  const far = half << 4
  for (const end = p + far; p < end; p += 16, re += COMPLEX, im += COMPLEX, joint += 16) {
    joinBin(p, far, v128.load(re), v128.load(im), joint, flip, f)
  }
}

/** {@link joinTwo} with a last pass of radix 4 on the way, which spares the lanes a way through memory. */
function passAndJoinTwo(p: usize, half: usize, re: usize, im: usize, joint: usize, inverse: bool, scale: f64): void {
  const flip = inverse ? f64x2(1, -1) : f64x2(-1, 1)
  const f = f64x2.splat(scale)
  // with re and im exchanged, so is the sense of a quarter turn
  const first = inverse ? im : re
  const second = inverse ? re : im
  const far = half << 4
  const quarter = far >> 2
  const s = quarter << 1
  for (let a: usize = 0, at: usize = 0; a < quarter; a += 16, at += COMPLEX) {
    const ra = first + at, rb = ra + s, rc = rb + s, rd = rc + s
    const ia = second + at, ib = ia + s, ic = ib + s, id = ic + s
    const ar = v128.load(ra), br = v128.load(rb), cr = v128.load(rc), dr = v128.load(rd)
    const ai = v128.load(ia), bi = v128.load(ib), ci = v128.load(ic), di = v128.load(id)
    const sumAcR = f64x2.add(ar, cr), sumAcI = f64x2.add(ai, ci), difAcR = f64x2.sub(ar, cr), difAcI = f64x2.sub(ai, ci)
    const sumBdR = f64x2.add(br, dr), sumBdI = f64x2.add(bi, di), turnR = f64x2.sub(bi, di), turnI = f64x2.sub(dr, br)
    const q = p + a
    const w = joint + a
    joinSwapped(q, far, f64x2.add(sumAcR, sumBdR), f64x2.add(sumAcI, sumBdI), w, flip, f, inverse)
    joinSwapped(q + quarter, far, f64x2.add(difAcR, turnR), f64x2.add(difAcI, turnI), w + quarter, flip, f, inverse)
    joinSwapped(q + 2 * quarter, far, f64x2.sub(sumAcR, sumBdR), f64x2.sub(sumAcI, sumBdI), w + 2 * quarter, flip, f, inverse)
    joinSwapped(q + 3 * quarter, far, f64x2.sub(difAcR, turnR), f64x2.sub(difAcI, turnI), w + 3 * quarter, flip, f, inverse)
  }
}
// @ts-ignore: decorator
@inline function joinSwapped(p: usize, far: usize, re: v128, im: v128, joint: usize, flip: v128, f: v128, swap: bool): void {
  if (swap) joinBin(p, far, im, re, joint, flip, f)
  else joinBin(p, far, re, im, joint, flip, f)
}

/** Rows of 4 vectors to columns. */
// @ts-ignore: decorator
@inline function low(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 0, 1, 4, 5) }
// @ts-ignore: decorator
@inline function high(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 2, 3, 6, 7) }

// @ts-ignore: decorator
@inline function storeBins(p: usize, re: v128, im: v128): void {
  v128.store(p, zipLow<f32>(re, im))
  v128.store(p, zipHigh<f32>(re, im), 16)
}

/**
 * Four lanes b hold the transforms of every fourth point: bin k + c quarter is the sum over b of (-i)^(b c) w^(b k) A_b[k].
 * Four bins at a time, so `quarter` is a multiple of 4.
 * @param joint For each k the vectors (re, im) of 1, w^k, w^2k, w^3k, with re and im exchanged roles as in {@link joinTwo}.
 */
function joinFour(p: usize, quarter: usize, re: usize, im: usize, joint: usize, inverse: bool, scale: f32): void {
  const sign = f32x4.splat(inverse ? -1 : 1)
  const f = f32x4.splat(scale)
  const far = quarter << 3
  for (const end = p + far; p < end; p += 32, re += 4 * COMPLEX, im += 4 * COMPLEX, joint += 128) {
    let zr0 = v128.load(re), zr1 = v128.load(re, COMPLEX), zr2 = v128.load(re, 2 * COMPLEX), zr3 = v128.load(re, 3 * COMPLEX)
    let zi0 = v128.load(im), zi1 = v128.load(im, COMPLEX), zi2 = v128.load(im, 2 * COMPLEX), zi3 = v128.load(im, 3 * COMPLEX)
    const wr0 = v128.load(joint), wr1 = v128.load(joint, 32), wr2 = v128.load(joint, 64), wr3 = v128.load(joint, 96)
    const wi0 = f32x4.mul(sign, v128.load(joint, 16)), wi1 = f32x4.mul(sign, v128.load(joint, 48))
    const wi2 = f32x4.mul(sign, v128.load(joint, 80)), wi3 = f32x4.mul(sign, v128.load(joint, 112))
    const ur0 = turnRe(zr0, zi0, wr0, wi0), ur1 = turnRe(zr1, zi1, wr1, wi1), ur2 = turnRe(zr2, zi2, wr2, wi2), ur3 = turnRe(zr3, zi3, wr3, wi3)
    const ui0 = turnIm(zr0, zi0, wr0, wi0), ui1 = turnIm(zr1, zi1, wr1, wi1), ui2 = turnIm(zr2, zi2, wr2, wi2), ui3 = turnIm(zr3, zi3, wr3, wi3)
    // from "four b of one k" to "one b of four k"
    const r01 = zipLow<f32>(ur0, ur1), r23 = zipLow<f32>(ur2, ur3), s01 = zipHigh<f32>(ur0, ur1), s23 = zipHigh<f32>(ur2, ur3)
    const i01 = zipLow<f32>(ui0, ui1), i23 = zipLow<f32>(ui2, ui3), j01 = zipHigh<f32>(ui0, ui1), j23 = zipHigh<f32>(ui2, ui3)
    zr0 = f32x4.mul(f, low(r01, r23))
    zr1 = f32x4.mul(f, high(r01, r23))
    zr2 = f32x4.mul(f, low(s01, s23))
    zr3 = f32x4.mul(f, high(s01, s23))
    zi0 = f32x4.mul(f, low(i01, i23))
    zi1 = f32x4.mul(f, high(i01, i23))
    zi2 = f32x4.mul(f, low(j01, j23))
    zi3 = f32x4.mul(f, high(j01, j23))
    const sumR = f32x4.add(zr0, zr2), sumI = f32x4.add(zi0, zi2), difR = f32x4.sub(zr0, zr2), difI = f32x4.sub(zi0, zi2)
    const sumBdR = f32x4.add(zr1, zr3), sumBdI = f32x4.add(zi1, zi3)
    // -i (b - d), or +i (b - d) where re and im are exchanged
    const turnR = f32x4.mul(sign, f32x4.sub(zi1, zi3)), turnI = f32x4.mul(sign, f32x4.sub(zr3, zr1))
    storeBins(p, f32x4.add(sumR, sumBdR), f32x4.add(sumI, sumBdI))
    storeBins(p + far, f32x4.add(difR, turnR), f32x4.add(difI, turnI))
    storeBins(p + 2 * far, f32x4.sub(sumR, sumBdR), f32x4.sub(sumI, sumBdI))
    storeBins(p + 3 * far, f32x4.sub(difR, turnR), f32x4.sub(difI, turnI))
  }
}
// @ts-ignore: decorator
@inline function turnRe(a: v128, b: v128, wr: v128, wi: v128): v128 { return f32x4.sub(f32x4.mul(a, wr), f32x4.mul(b, wi)) }
// @ts-ignore: decorator
@inline function turnIm(a: v128, b: v128, wr: v128, wi: v128): v128 { return f32x4.add(f32x4.mul(a, wi), f32x4.mul(b, wr)) }

function rows<T>(
  data: usize, rows: usize, columns: usize, radices: usize, tw: usize, joint: usize, scratch: usize, step: usize, inverse: bool, scale: T,
): void {
  // neighbouring points go to neighbouring lanes, so a row is a transform of `points` vectors
  const bytes = columns * sizeof<T>()
  const points = bytes / VECTOR
  const pass = sizeof<T>() == 8 && points > 4 && lastRadix(radices) == 4
  for (let r: usize = 0; r < rows; r++, data += 2 * bytes) {
    const begun = begin<T>(points, COMPLEX, data, COMPLEX, scratch, step, radices, tw, inverse)
    const x = middle<T>(points, COMPLEX, scratch, step, radices, tw, begun, pass)
    const re = inverse ? x + VECTOR : x
    const im = inverse ? x : x + VECTOR
    if (pass) passAndJoinTwo(data, points, re, im, joint, inverse, <f64>scale)
    else if (sizeof<T>() == 8) joinTwo(data, points, re, im, joint, inverse, <f64>scale)
    else joinFour(data, points, re, im, joint, inverse, <f32>scale)
  }
}

/** Every column of a row-major image, any number of columns; scratch: two arrays `step` bytes apart (see stockham.ts), and a batch. */
export function columns64(data: usize, height: usize, width: usize, radices: usize, tw: usize, scratch: usize, step: usize, inverse: bool, scale: f64): void {
  columns<f64>(data, height, width, radices, tw, scratch, step, inverse, scale)
}
export function columns32(data: usize, height: usize, width: usize, radices: usize, tw: usize, scratch: usize, step: usize, inverse: bool, scale: f32): void {
  columns<f32>(data, height, width, radices, tw, scratch, step, inverse, scale)
}
/** Every row of a row-major image; width even (f64) or a multiple of 16 (f32); radices and tw are those of width / 2 (f64), width / 4 (f32). */
export function rows64(data: usize, height: usize, width: usize, radices: usize, tw: usize, joint: usize, scratch: usize, step: usize, inverse: bool, scale: f64): void {
  rows<f64>(data, height, width, radices, tw, joint, scratch, step, inverse, scale)
}
export function rows32(data: usize, height: usize, width: usize, radices: usize, tw: usize, joint: usize, scratch: usize, step: usize, inverse: bool, scale: f32): void {
  rows<f32>(data, height, width, radices, tw, joint, scratch, step, inverse, scale)
}
