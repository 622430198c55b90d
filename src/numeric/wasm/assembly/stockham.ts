// AssemblyScript: passes of a Stockham transform (decimation in frequency, no bit reversal) over vectors of lanes, split re and im.
// The same algebra and the same tables as ../../fft/butterflies.ts. A pass joins groups of r points: point j of group p lies at
// x + s (p + m j), result k goes to y + s (r p + k), times w^(p k). s is in bytes and holds one vector a transform, so that the
// innermost loop over it is contiguous.
import { add, evens, loadSplat, mul, odds, sub, VECTOR, zipHigh, zipLow } from './vectors'

/** Stores (u + i v) (wr + i wi). */
// @ts-ignore: decorator
@inline function storeTurned<T>(yr: usize, yi: usize, o: usize, u: v128, v: v128, wr: v128, wi: v128): void {
  v128.store(yr + o, sub<T>(mul<T>(u, wr), mul<T>(v, wi)))
  v128.store(yi + o, add<T>(mul<T>(u, wi), mul<T>(v, wr)))
}

function pass2<T>(m: usize, s: usize, xr: usize, xi: usize, yr: usize, yi: usize, tw: usize): void {
  const sm = s * m
  let o: usize = 0
  let a: usize = 0
  for (let p: usize = 0; p < m; p++, o += s) {
    const wr = loadSplat<T>(tw)
    const wi = loadSplat<T>(tw + sizeof<T>())
    tw += 2 * sizeof<T>()
    for (const end = a + s; a < end; a += VECTOR, o += VECTOR) {
      const ar = v128.load(xr + a)
      const ai = v128.load(xi + a)
      const br = v128.load(xr + a + sm)
      const bi = v128.load(xi + a + sm)
      v128.store(yr + o, add<T>(ar, br))
      v128.store(yi + o, add<T>(ai, bi))
      storeTurned<T>(yr, yi, o + s, sub<T>(ar, br), sub<T>(ai, bi), wr, wi)
    }
  }
}

function pass3<T>(m: usize, s: usize, xr: usize, xi: usize, yr: usize, yi: usize, tw: usize): void {
  const sm = s * m
  const half = v128.splat<T>(<T>0.5)
  const sin60 = v128.splat<T>(<T>0.8660254037844386467637232)
  let o: usize = 0
  let a: usize = 0
  for (let p: usize = 0; p < m; p++, o += 2 * s) {
    const w1r = loadSplat<T>(tw)
    const w1i = loadSplat<T>(tw + sizeof<T>())
    const w2r = loadSplat<T>(tw + 2 * sizeof<T>())
    const w2i = loadSplat<T>(tw + 3 * sizeof<T>())
    tw += 4 * sizeof<T>()
    for (const end = a + s; a < end; a += VECTOR, o += VECTOR) {
      const b = a + sm
      const c = b + sm
      const ar = v128.load(xr + a)
      const ai = v128.load(xi + a)
      const br = v128.load(xr + b)
      const bi = v128.load(xi + b)
      const cr = v128.load(xr + c)
      const ci = v128.load(xi + c)
      const sr = add<T>(br, cr)
      const si = add<T>(bi, ci)
      const dr = mul<T>(sin60, sub<T>(br, cr))
      const di = mul<T>(sin60, sub<T>(bi, ci))
      v128.store(yr + o, add<T>(ar, sr))
      v128.store(yi + o, add<T>(ai, si))
      const hr = sub<T>(ar, mul<T>(half, sr))
      const hi = sub<T>(ai, mul<T>(half, si))
      storeTurned<T>(yr, yi, o + s, add<T>(hr, di), sub<T>(hi, dr), w1r, w1i)
      storeTurned<T>(yr, yi, o + 2 * s, sub<T>(hr, di), add<T>(hi, dr), w2r, w2i)
    }
  }
}

/** A butterfly of four points, its results turned and stored s bytes apart. */
// @ts-ignore: decorator
@inline function storeButterfly4<T>(
  yr: usize, yi: usize, o: usize, s: usize,
  ar: v128, ai: v128, br: v128, bi: v128, cr: v128, ci: v128, dr: v128, di: v128,
  w1r: v128, w1i: v128, w2r: v128, w2i: v128, w3r: v128, w3i: v128,
): void {
  const sumAcR = add<T>(ar, cr)
  const sumAcI = add<T>(ai, ci)
  const difAcR = sub<T>(ar, cr)
  const difAcI = sub<T>(ai, ci)
  const sumBdR = add<T>(br, dr)
  const sumBdI = add<T>(bi, di)
  // -i (b - d)
  const turnR = sub<T>(bi, di)
  const turnI = sub<T>(dr, br)
  v128.store(yr + o, add<T>(sumAcR, sumBdR))
  v128.store(yi + o, add<T>(sumAcI, sumBdI))
  storeTurned<T>(yr, yi, o + s, add<T>(difAcR, turnR), add<T>(difAcI, turnI), w1r, w1i)
  storeTurned<T>(yr, yi, o + 2 * s, sub<T>(sumAcR, sumBdR), sub<T>(sumAcI, sumBdI), w2r, w2i)
  storeTurned<T>(yr, yi, o + 3 * s, sub<T>(difAcR, turnR), sub<T>(difAcI, turnI), w3r, w3i)
}

function pass4<T>(m: usize, s: usize, xr: usize, xi: usize, yr: usize, yi: usize, tw: usize): void {
  const sm = s * m
  let o: usize = 0
  let a: usize = 0
  for (let p: usize = 0; p < m; p++, o += 3 * s) {
    const w1r = loadSplat<T>(tw)
    const w1i = loadSplat<T>(tw + sizeof<T>())
    const w2r = loadSplat<T>(tw + 2 * sizeof<T>())
    const w2i = loadSplat<T>(tw + 3 * sizeof<T>())
    const w3r = loadSplat<T>(tw + 4 * sizeof<T>())
    const w3i = loadSplat<T>(tw + 5 * sizeof<T>())
    tw += 6 * sizeof<T>()
    for (const end = a + s; a < end; a += VECTOR, o += VECTOR) {
      const b = a + sm
      const c = b + sm
      const d = c + sm
      storeButterfly4<T>(
        yr, yi, o, s,
        v128.load(xr + a), v128.load(xi + a), v128.load(xr + b), v128.load(xi + b),
        v128.load(xr + c), v128.load(xi + c), v128.load(xr + d), v128.load(xi + d),
        w1r, w1i, w2r, w2i, w3r, w3i,
      )
    }
  }
}

/**
 * A butterfly of eight points, its results turned and stored s bytes apart: two of radix 4, of the even and of the odd points, and one of
 * radix 2 that joins them. Factors are read where they are used, since there are too few registers to keep them.
 */
// @ts-ignore: decorator
@inline function storeButterfly8<T>(
  yr: usize, yi: usize, o: usize, s: usize, tw: usize,
  x0r: v128, x0i: v128, x1r: v128, x1i: v128, x2r: v128, x2i: v128, x3r: v128, x3i: v128,
  x4r: v128, x4i: v128, x5r: v128, x5i: v128, x6r: v128, x6i: v128, x7r: v128, x7i: v128,
): void {
  const cos45 = v128.splat<T>(<T>0.7071067811865475244008444)
  const q0r = add<T>(x1r, x5r), q0i = add<T>(x1i, x5i), q1r = sub<T>(x1r, x5r), q1i = sub<T>(x1i, x5i)
  // -i times the difference
  const q2r = add<T>(x3r, x7r), q2i = add<T>(x3i, x7i), q3r = sub<T>(x3i, x7i), q3i = sub<T>(x7r, x3r)
  // the odd ones times 1, exp(-i pi/4), -i, exp(-3 i pi/4)
  const o0r = add<T>(q0r, q2r), o0i = add<T>(q0i, q2i), o2r = sub<T>(q0i, q2i), o2i = sub<T>(q2r, q0r)
  const u1r = add<T>(q1r, q3r), u1i = add<T>(q1i, q3i), u3r = sub<T>(q1r, q3r), u3i = sub<T>(q1i, q3i)
  const o1r = mul<T>(cos45, add<T>(u1r, u1i)), o1i = mul<T>(cos45, sub<T>(u1i, u1r))
  const o3r = mul<T>(cos45, sub<T>(u3i, u3r)), h3 = mul<T>(cos45, add<T>(u3r, u3i))
  const p0r = add<T>(x0r, x4r), p0i = add<T>(x0i, x4i), p1r = sub<T>(x0r, x4r), p1i = sub<T>(x0i, x4i)
  const p2r = add<T>(x2r, x6r), p2i = add<T>(x2i, x6i), p3r = sub<T>(x2i, x6i), p3i = sub<T>(x6r, x2r)
  const e0r = add<T>(p0r, p2r), e0i = add<T>(p0i, p2i), e2r = sub<T>(p0r, p2r), e2i = sub<T>(p0i, p2i)
  v128.store(yr + o, add<T>(e0r, o0r))
  v128.store(yi + o, add<T>(e0i, o0i))
  storeFactored<T>(yr, yi, o + 4 * s, sub<T>(e0r, o0r), sub<T>(e0i, o0i), tw + 6 * sizeof<T>())
  storeFactored<T>(yr, yi, o + 2 * s, add<T>(e2r, o2r), add<T>(e2i, o2i), tw + 2 * sizeof<T>())
  storeFactored<T>(yr, yi, o + 6 * s, sub<T>(e2r, o2r), sub<T>(e2i, o2i), tw + 10 * sizeof<T>())
  const e1r = add<T>(p1r, p3r), e1i = add<T>(p1i, p3i), e3r = sub<T>(p1r, p3r), e3i = sub<T>(p1i, p3i)
  storeFactored<T>(yr, yi, o + s, add<T>(e1r, o1r), add<T>(e1i, o1i), tw)
  storeFactored<T>(yr, yi, o + 5 * s, sub<T>(e1r, o1r), sub<T>(e1i, o1i), tw + 8 * sizeof<T>())
  storeFactored<T>(yr, yi, o + 3 * s, add<T>(e3r, o3r), sub<T>(e3i, h3), tw + 4 * sizeof<T>())
  storeFactored<T>(yr, yi, o + 7 * s, sub<T>(e3r, o3r), add<T>(e3i, h3), tw + 12 * sizeof<T>())
}

/** {@link storeTurned} with the factor at tw. */
// @ts-ignore: decorator
@inline function storeFactored<T>(yr: usize, yi: usize, o: usize, u: v128, v: v128, tw: usize): void {
  storeTurned<T>(yr, yi, o, u, v, loadSplat<T>(tw), loadSplat<T>(tw + sizeof<T>()))
}

/** Real (`im` false) or imaginary parts of the vector of interleaved values at p. */
// @ts-ignore: decorator
@inline function part<T>(p: usize, im: bool): v128 {
  const a = v128.load(p)
  const b = v128.load(p, 16)
  return im ? odds<T>(a, b) : evens<T>(a, b)
}

/** The first pass, radix 4, straight from interleaved values: point j lies at p + stride j, 2 width bytes. `swap` exchanges re and im. */
// @ts-ignore: decorator
@inline function firstPass4<T>(
  m: usize, width: usize, p: usize, stride: usize, yr: usize, yi: usize, tw: usize, swap: bool,
): void {
  const quarter = stride * m
  let o: usize = 0
  for (const end = p + quarter; p < end; p += stride, o += 3 * width) {
    const w1r = loadSplat<T>(tw)
    const w1i = loadSplat<T>(tw + sizeof<T>())
    const w2r = loadSplat<T>(tw + 2 * sizeof<T>())
    const w2i = loadSplat<T>(tw + 3 * sizeof<T>())
    const w3r = loadSplat<T>(tw + 4 * sizeof<T>())
    const w3i = loadSplat<T>(tw + 5 * sizeof<T>())
    tw += 6 * sizeof<T>()
    for (let a = p, last = p + 2 * width; a < last; a += 2 * VECTOR, o += VECTOR) {
      const b = a + quarter
      const c = b + quarter
      const d = c + quarter
      storeButterfly4<T>(
        yr, yi, o, width,
        part<T>(a, swap), part<T>(a, !swap), part<T>(b, swap), part<T>(b, !swap),
        part<T>(c, swap), part<T>(c, !swap), part<T>(d, swap), part<T>(d, !swap),
        w1r, w1i, w2r, w2i, w3r, w3i,
      )
    }
  }
}

/** {@link firstPass4} with radix 8. */
// @ts-ignore: decorator
@inline function firstPass8<T>(
  m: usize, width: usize, p: usize, stride: usize, yr: usize, yi: usize, tw: usize, swap: bool,
): void {
  const sm = stride * m
  let o: usize = 0
  for (const end = p + sm; p < end; p += stride, o += 7 * width, tw += 14 * sizeof<T>()) {
    for (let a = p, last = p + 2 * width; a < last; a += 2 * VECTOR, o += VECTOR) {
      const a1 = a + sm, a2 = a1 + sm, a3 = a2 + sm, a4 = a3 + sm, a5 = a4 + sm, a6 = a5 + sm, a7 = a6 + sm
      storeButterfly8<T>(
        yr, yi, o, width, tw,
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

/** The last pass, radix 4, straight to interleaved values: the counterpart of {@link firstPass4}. It has one group, so no twiddle factors. */
// @ts-ignore: decorator
@inline function lastPass4<T>(
  n: usize, width: usize, xr: usize, xi: usize, p: usize, stride: usize, f: v128, swap: bool,
): void {
  const s = (n >> 2) * width
  const quarter = (n >> 2) * stride
  for (let a: usize = 0; a < s; p += stride) {
    for (let q = p, last = p + 2 * width; q < last; q += 2 * VECTOR, a += VECTOR) {
      const b = a + s
      const c = b + s
      const d = c + s
      const ar = v128.load(xr + a)
      const ai = v128.load(xi + a)
      const br = v128.load(xr + b)
      const bi = v128.load(xi + b)
      const cr = v128.load(xr + c)
      const ci = v128.load(xi + c)
      const dr = v128.load(xr + d)
      const di = v128.load(xi + d)
      const sumAcR = add<T>(ar, cr)
      const sumAcI = add<T>(ai, ci)
      const difAcR = sub<T>(ar, cr)
      const difAcI = sub<T>(ai, ci)
      const sumBdR = add<T>(br, dr)
      const sumBdI = add<T>(bi, di)
      const turnR = sub<T>(bi, di)
      const turnI = sub<T>(dr, br)
      storeJoined<T>(q, add<T>(sumAcR, sumBdR), add<T>(sumAcI, sumBdI), f, swap)
      storeJoined<T>(q + quarter, add<T>(difAcR, turnR), add<T>(difAcI, turnI), f, swap)
      storeJoined<T>(q + 2 * quarter, sub<T>(sumAcR, sumBdR), sub<T>(sumAcI, sumBdI), f, swap)
      storeJoined<T>(q + 3 * quarter, sub<T>(difAcR, turnR), sub<T>(difAcI, turnI), f, swap)
    }
  }
}

/** Splits n points of interleaved values into lanes: what {@link firstPass4} does without a butterfly. */
// @ts-ignore: decorator
@inline function split<T>(n: usize, width: usize, p: usize, stride: usize, re: usize, im: usize, swap: bool): void {
  for (let r: usize = 0; r < n; r++, p += stride) {
    for (let q = p, last = p + 2 * width; q < last; q += 2 * VECTOR, re += VECTOR, im += VECTOR) {
      v128.store(re, part<T>(q, swap))
      v128.store(im, part<T>(q, !swap))
    }
  }
}

/** Joins n points of lanes to interleaved values: what {@link lastPass4} does without a butterfly. */
// @ts-ignore: decorator
@inline function join<T>(n: usize, width: usize, re: usize, im: usize, p: usize, stride: usize, f: v128, swap: bool): void {
  for (let r: usize = 0; r < n; r++, p += stride) {
    for (let q = p, last = p + 2 * width; q < last; q += 2 * VECTOR, re += VECTOR, im += VECTOR) {
      storeJoined<T>(q, v128.load(re), v128.load(im), f, swap)
    }
  }
}

function pass5<T>(m: usize, s: usize, xr: usize, xi: usize, yr: usize, yi: usize, tw: usize): void {
  const sm = s * m
  const cos72 = v128.splat<T>(<T>0.3090169943749474241022934)
  const cos144 = v128.splat<T>(<T>-0.8090169943749474241022934)
  const sin72 = v128.splat<T>(<T>0.9510565162951535721164393)
  const sin144 = v128.splat<T>(<T>0.5877852522924731291687060)
  let o: usize = 0
  let a: usize = 0
  for (let p: usize = 0; p < m; p++, o += 4 * s) {
    for (const end = a + s; a < end; a += VECTOR, o += VECTOR) {
      const b = a + sm
      const c = b + sm
      const d = c + sm
      const e = d + sm
      const ar = v128.load(xr + a)
      const ai = v128.load(xi + a)
      const s1r = add<T>(v128.load(xr + b), v128.load(xr + e))
      const s1i = add<T>(v128.load(xi + b), v128.load(xi + e))
      const d1r = sub<T>(v128.load(xr + b), v128.load(xr + e))
      const d1i = sub<T>(v128.load(xi + b), v128.load(xi + e))
      const s2r = add<T>(v128.load(xr + c), v128.load(xr + d))
      const s2i = add<T>(v128.load(xi + c), v128.load(xi + d))
      const d2r = sub<T>(v128.load(xr + c), v128.load(xr + d))
      const d2i = sub<T>(v128.load(xi + c), v128.load(xi + d))
      v128.store(yr + o, add<T>(add<T>(ar, s1r), s2r))
      v128.store(yi + o, add<T>(add<T>(ai, s1i), s2i))
      const c1r = add<T>(add<T>(ar, mul<T>(cos72, s1r)), mul<T>(cos144, s2r))
      const c1i = add<T>(add<T>(ai, mul<T>(cos72, s1i)), mul<T>(cos144, s2i))
      const c2r = add<T>(add<T>(ar, mul<T>(cos144, s1r)), mul<T>(cos72, s2r))
      const c2i = add<T>(add<T>(ai, mul<T>(cos144, s1i)), mul<T>(cos72, s2i))
      const t1r = add<T>(mul<T>(sin72, d1r), mul<T>(sin144, d2r))
      const t1i = add<T>(mul<T>(sin72, d1i), mul<T>(sin144, d2i))
      const t2r = sub<T>(mul<T>(sin144, d1r), mul<T>(sin72, d2r))
      const t2i = sub<T>(mul<T>(sin144, d1i), mul<T>(sin72, d2i))
      const size = sizeof<T>()
      storeTurned<T>(yr, yi, o + s, add<T>(c1r, t1i), sub<T>(c1i, t1r), loadSplat<T>(tw), loadSplat<T>(tw + size))
      storeTurned<T>(yr, yi, o + 2 * s, add<T>(c2r, t2i), sub<T>(c2i, t2r), loadSplat<T>(tw + 2 * size), loadSplat<T>(tw + 3 * size))
      storeTurned<T>(yr, yi, o + 3 * s, sub<T>(c2r, t2i), add<T>(c2i, t2r), loadSplat<T>(tw + 4 * size), loadSplat<T>(tw + 5 * size))
      storeTurned<T>(yr, yi, o + 4 * s, sub<T>(c1r, t1i), add<T>(c1i, t1r), loadSplat<T>(tw + 6 * size), loadSplat<T>(tw + 7 * size))
    }
    tw += 8 * sizeof<T>()
  }
}

/** Bytes between lanes arrays, an odd number of cache lines; kernelImage.ts reserves them. */
const PAD: usize = 1088

/**
 * Bytes from one lanes array of scratch to the next: n * width and some more, so that points of the four arrays with the same number do
 * not fall into the same set of the first-level cache.
 */
export function laneBytes(n: usize, width: usize): usize { return n * width + PAD }

// One transform from interleaved values to interleaved values is begin(), middle passes, end(). Scratch holds four arrays of
// laneBytes() bytes: re and im of x, re and im of y. The inverse is the forward transform with re and im exchanged at both ends.

/**
 * Reads n interleaved points into scratch and, where the first radix is 4 or 8, does the first pass on the way.
 * @returns Whether a pass was done: then the lanes are in y.
 */
export function begin<T>(n: usize, width: usize, p: usize, stride: usize, scratch: usize, radices: usize, tw: usize, inverse: bool): bool {
  const lane = laneBytes(n, width)
  if (load<i32>(radices) == 4) {
    const y = scratch + 2 * lane
    if (inverse) firstPass4<T>(n >> 2, width, p, stride, y, y + lane, tw, true)
    else firstPass4<T>(n >> 2, width, p, stride, y, y + lane, tw, false)
    return true
  }
  if (load<i32>(radices) == 8) {
    const y = scratch + 2 * lane
    if (inverse) firstPass8<T>(n >> 3, width, p, stride, y, y + lane, tw, true)
    else firstPass8<T>(n >> 3, width, p, stride, y, y + lane, tw, false)
    return true
  }
  if (inverse) split<T>(n, width, p, stride, scratch, scratch + lane, true)
  else split<T>(n, width, p, stride, scratch, scratch + lane, false)
  return false
}

/**
 * The passes between the lanes arrays of scratch.
 * @param n       Points; `width` bytes (vectors side by side) each.
 * @param radices i32 values 2, 3, 4 or 5, the first of all may be 8 (see {@link begin}); their product n, then 0.
 * @param tw      Twiddle factors of all passes in order of use, as T.
 * @param inY     Whether the first radix is done and the lanes are in y: see {@link begin}.
 * @param keep    Whether to leave a last radix 4 to {@link end}.
 * @returns Whether the lanes are in y (else in x).
 */
export function middle<T>(n: usize, width: usize, scratch: usize, radices: usize, tw: usize, inY: bool, keep: bool): bool {
  const lane = laneBytes(n, width)
  let x = inY ? scratch + 2 * lane : scratch
  let y = inY ? scratch : scratch + 2 * lane
  let s = width
  if (inY) {
    const r = <usize>load<i32>(radices)
    radices += 4
    n /= r
    s *= r
    tw += 2 * (r - 1) * n * sizeof<T>()
  }
  for (let radix = load<i32>(radices); radix != 0; radices += 4, radix = load<i32>(radices)) {
    const r = <usize>radix
    const m = n / r
    if (r == 4) {
      if (keep && m == 1) break
      pass4<T>(m, s, x, x + lane, y, y + lane, tw)
    } else if (r == 2) pass2<T>(m, s, x, x + lane, y, y + lane, tw)
    else if (r == 3) pass3<T>(m, s, x, x + lane, y, y + lane, tw)
    else pass5<T>(m, s, x, x + lane, y, y + lane, tw)
    tw += 2 * (r - 1) * m * sizeof<T>()
    n = m
    s *= r
    const t = x
    x = y
    y = t
    inY = !inY
  }
  return inY
}

/** Writes the lanes at x as n interleaved points times `scale`, with the last pass on the way if `pass` (its radix is 4). */
export function end<T>(n: usize, width: usize, x: usize, p: usize, stride: usize, scale: T, inverse: bool, pass: bool): void {
  const im = x + laneBytes(n, width)
  const f = v128.splat<T>(scale)
  if (pass) {
    if (inverse) lastPass4<T>(n, width, x, im, p, stride, f, true)
    else lastPass4<T>(n, width, x, im, p, stride, f, false)
  } else {
    if (inverse) join<T>(n, width, x, im, p, stride, f, true)
    else join<T>(n, width, x, im, p, stride, f, false)
  }
}

/** The last of the radices. */
export function lastRadix(radices: usize): i32 {
  let last = 0
  for (let radix = load<i32>(radices); radix != 0; radices += 4, radix = load<i32>(radices)) last = radix
  return last
}
