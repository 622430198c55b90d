// AssemblyScript: the first and the last pass of a Stockham transform, from and to interleaved values: point j lies at p + stride j, `width`
// bytes. `swap` exchanges re and im, which makes an inverse of the transform where it is done at both ends.
import { COMPLEX, storeButterfly4, storeButterfly8 } from './passes'
import { add, evens, loadSplat, mul, odds, sub, VECTOR, zipHigh, zipLow } from './vectors'

/** Real (`im` false) or imaginary parts of the vector of interleaved values at p. */
// @ts-ignore: decorator
@inline function part<T>(p: usize, im: bool): v128 {
  const a = v128.load(p)
  const b = v128.load(p, 16)
  return im ? odds<T>(a, b) : evens<T>(a, b)
}

/** The first pass, radix 4. */
// @ts-ignore: decorator
@inline export function firstPass4<T>(m: usize, width: usize, p: usize, stride: usize, y: usize, tw: usize, swap: bool): void {
  const quarter = stride * m
  for (const end = p + quarter; p < end; p += stride, y += 3 * width) {
    const w1r = loadSplat<T>(tw)
    const w1i = loadSplat<T>(tw + sizeof<T>())
    const w2r = loadSplat<T>(tw + 2 * sizeof<T>())
    const w2i = loadSplat<T>(tw + 3 * sizeof<T>())
    const w3r = loadSplat<T>(tw + 4 * sizeof<T>())
    const w3i = loadSplat<T>(tw + 5 * sizeof<T>())
    tw += 6 * sizeof<T>()
    for (let a = p, last = p + width; a < last; a += COMPLEX, y += COMPLEX) {
      const b = a + quarter
      const c = b + quarter
      const d = c + quarter
      storeButterfly4<T>(
        y, width,
        part<T>(a, swap), part<T>(a, !swap), part<T>(b, swap), part<T>(b, !swap),
        part<T>(c, swap), part<T>(c, !swap), part<T>(d, swap), part<T>(d, !swap),
        w1r, w1i, w2r, w2i, w3r, w3i,
      )
    }
  }
}

/** The first pass, radix 8. */
// @ts-ignore: decorator
@inline export function firstPass8<T>(m: usize, width: usize, p: usize, stride: usize, y: usize, tw: usize, swap: bool): void {
  const sm = stride * m
  for (const end = p + sm; p < end; p += stride, y += 7 * width, tw += 14 * sizeof<T>()) {
    for (let a = p, last = p + width; a < last; a += COMPLEX, y += COMPLEX) {
      const a1 = a + sm, a2 = a1 + sm, a3 = a2 + sm, a4 = a3 + sm, a5 = a4 + sm, a6 = a5 + sm, a7 = a6 + sm
      storeButterfly8<T>(
        y, width, tw,
        part<T>(a, swap), part<T>(a, !swap), part<T>(a1, swap), part<T>(a1, !swap),
        part<T>(a2, swap), part<T>(a2, !swap), part<T>(a3, swap), part<T>(a3, !swap),
        part<T>(a4, swap), part<T>(a4, !swap), part<T>(a5, swap), part<T>(a5, !swap),
        part<T>(a6, swap), part<T>(a6, !swap), part<T>(a7, swap), part<T>(a7, !swap),
      )
    }
  }
}

/** Interleaves a vector of values times f and stores it. */
// @ts-ignore: decorator
@inline function storeJoined<T>(p: usize, re: v128, im: v128, f: v128, swap: bool): void {
  const a = mul<T>(swap ? im : re, f)
  const b = mul<T>(swap ? re : im, f)
  v128.store(p, zipLow<T>(a, b))
  v128.store(p, zipHigh<T>(a, b), 16)
}

/** The last pass, radix 4. It has one group, so no twiddle factors. */
// @ts-ignore: decorator
@inline export function lastPass4<T>(n: usize, width: usize, x: usize, p: usize, stride: usize, f: v128, swap: bool): void {
  const s = (n >> 2) * width
  const quarter = (n >> 2) * stride
  for (const end = x + s; x < end; p += stride) {
    for (let q = p, last = p + width; q < last; q += COMPLEX, x += COMPLEX) {
      const b = x + s
      const c = b + s
      const d = c + s
      const ar = v128.load(x), ai = v128.load(x, VECTOR), br = v128.load(b), bi = v128.load(b, VECTOR)
      const cr = v128.load(c), ci = v128.load(c, VECTOR), dr = v128.load(d), di = v128.load(d, VECTOR)
      const sumAcR = add<T>(ar, cr), sumAcI = add<T>(ai, ci), difAcR = sub<T>(ar, cr), difAcI = sub<T>(ai, ci)
      const sumBdR = add<T>(br, dr), sumBdI = add<T>(bi, di), turnR = sub<T>(bi, di), turnI = sub<T>(dr, br)
      storeJoined<T>(q, add<T>(sumAcR, sumBdR), add<T>(sumAcI, sumBdI), f, swap)
      storeJoined<T>(q + quarter, add<T>(difAcR, turnR), add<T>(difAcI, turnI), f, swap)
      storeJoined<T>(q + 2 * quarter, sub<T>(sumAcR, sumBdR), sub<T>(sumAcI, sumBdI), f, swap)
      storeJoined<T>(q + 3 * quarter, sub<T>(difAcR, turnR), sub<T>(difAcI, turnI), f, swap)
    }
  }
}

/** Splits n points: what {@link firstPass4} does without a butterfly. */
// @ts-ignore: decorator
@inline export function split<T>(n: usize, width: usize, p: usize, stride: usize, x: usize, swap: bool): void {
  for (let r: usize = 0; r < n; r++, p += stride) {
    for (let q = p, last = p + width; q < last; q += COMPLEX, x += COMPLEX) {
      v128.store(x, part<T>(q, swap))
      v128.store(x, part<T>(q, !swap), VECTOR)
    }
  }
}

/** Joins n points: what {@link lastPass4} does without a butterfly. */
// @ts-ignore: decorator
@inline export function join<T>(n: usize, width: usize, x: usize, p: usize, stride: usize, f: v128, swap: bool): void {
  for (let r: usize = 0; r < n; r++, p += stride) {
    for (let q = p, last = p + width; q < last; q += COMPLEX, x += COMPLEX) {
      storeJoined<T>(q, v128.load(x), v128.load(x, VECTOR), f, swap)
    }
  }
}
