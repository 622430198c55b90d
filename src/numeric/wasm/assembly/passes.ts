// AssemblyScript: passes of a Stockham transform (decimation in frequency, no bit reversal) over vectors of lanes, re and im of a vector
// side by side. The same algebra and the same tables as ../../fft/butterflies.ts. A pass joins groups of r points: point j of group p lies at
// x + s (p + m j), result k goes to y + s (r p + k), times w^(p k). s is in bytes and holds two vectors (re, im) a transform, so that the
// innermost loop over it is contiguous.
import { add, loadSplat, mul, sub, VECTOR } from './vectors'

/** Bytes of a vector of complex values. */
export const COMPLEX: usize = 2 * VECTOR

/** Stores (u + i v) (wr + i wi). */
// @ts-ignore: decorator
@inline function storeTurned<T>(p: usize, u: v128, v: v128, wr: v128, wi: v128): void {
  storeComplex(p, sub<T>(mul<T>(u, wr), mul<T>(v, wi)), add<T>(mul<T>(u, wi), mul<T>(v, wr)))
}

/** Stores a vector of complex values. */
// @ts-ignore: decorator
@inline function storeComplex(p: usize, re: v128, im: v128): void {
  v128.store(p, re)
  v128.store(p, im, VECTOR)
}

export function pass2<T>(m: usize, s: usize, x: usize, y: usize, tw: usize): void {
  const sm = s * m
  for (let p: usize = 0; p < m; p++, y += s) {
    const wr = loadSplat<T>(tw)
    const wi = loadSplat<T>(tw + sizeof<T>())
    tw += 2 * sizeof<T>()
    for (const end = x + s; x < end; x += COMPLEX, y += COMPLEX) {
      const ar = v128.load(x)
      const ai = v128.load(x, VECTOR)
      const br = v128.load(x + sm)
      const bi = v128.load(x + sm, VECTOR)
      storeComplex(y, add<T>(ar, br), add<T>(ai, bi))
      storeTurned<T>(y + s, sub<T>(ar, br), sub<T>(ai, bi), wr, wi)
    }
  }
}

export function pass3<T>(m: usize, s: usize, x: usize, y: usize, tw: usize): void {
  const sm = s * m
  const half = v128.splat<T>(<T>0.5)
  const sin60 = v128.splat<T>(<T>0.8660254037844386467637232)
  for (let p: usize = 0; p < m; p++, y += 2 * s) {
    const w1r = loadSplat<T>(tw)
    const w1i = loadSplat<T>(tw + sizeof<T>())
    const w2r = loadSplat<T>(tw + 2 * sizeof<T>())
    const w2i = loadSplat<T>(tw + 3 * sizeof<T>())
    tw += 4 * sizeof<T>()
    for (const end = x + s; x < end; x += COMPLEX, y += COMPLEX) {
      const b = x + sm
      const c = b + sm
      const ar = v128.load(x)
      const ai = v128.load(x, VECTOR)
      const br = v128.load(b)
      const bi = v128.load(b, VECTOR)
      const cr = v128.load(c)
      const ci = v128.load(c, VECTOR)
      const sr = add<T>(br, cr)
      const si = add<T>(bi, ci)
      const dr = mul<T>(sin60, sub<T>(br, cr))
      const di = mul<T>(sin60, sub<T>(bi, ci))
      storeComplex(y, add<T>(ar, sr), add<T>(ai, si))
      const hr = sub<T>(ar, mul<T>(half, sr))
      const hi = sub<T>(ai, mul<T>(half, si))
      storeTurned<T>(y + s, add<T>(hr, di), sub<T>(hi, dr), w1r, w1i)
      storeTurned<T>(y + 2 * s, sub<T>(hr, di), add<T>(hi, dr), w2r, w2i)
    }
  }
}

/** A butterfly of four points, its results turned and stored s bytes apart. */
// @ts-ignore: decorator
@inline export function storeButterfly4<T>(
  y: usize, s: usize,
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
  storeComplex(y, add<T>(sumAcR, sumBdR), add<T>(sumAcI, sumBdI))
  storeTurned<T>(y + s, add<T>(difAcR, turnR), add<T>(difAcI, turnI), w1r, w1i)
  storeTurned<T>(y + 2 * s, sub<T>(sumAcR, sumBdR), sub<T>(sumAcI, sumBdI), w2r, w2i)
  storeTurned<T>(y + 3 * s, sub<T>(difAcR, turnR), sub<T>(difAcI, turnI), w3r, w3i)
}

export function pass4<T>(m: usize, s: usize, x: usize, y: usize, tw: usize): void {
  const sm = s * m
  for (let p: usize = 0; p < m; p++, y += 3 * s) {
    const w1r = loadSplat<T>(tw)
    const w1i = loadSplat<T>(tw + sizeof<T>())
    const w2r = loadSplat<T>(tw + 2 * sizeof<T>())
    const w2i = loadSplat<T>(tw + 3 * sizeof<T>())
    const w3r = loadSplat<T>(tw + 4 * sizeof<T>())
    const w3i = loadSplat<T>(tw + 5 * sizeof<T>())
    tw += 6 * sizeof<T>()
    for (const end = x + s; x < end; x += COMPLEX, y += COMPLEX) {
      const b = x + sm
      const c = b + sm
      const d = c + sm
      storeButterfly4<T>(
        y, s,
        v128.load(x), v128.load(x, VECTOR), v128.load(b), v128.load(b, VECTOR),
        v128.load(c), v128.load(c, VECTOR), v128.load(d), v128.load(d, VECTOR),
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
@inline export function storeButterfly8<T>(
  y: usize, s: usize, tw: usize,
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
  storeComplex(y, add<T>(e0r, o0r), add<T>(e0i, o0i))
  storeFactored<T>(y + 4 * s, sub<T>(e0r, o0r), sub<T>(e0i, o0i), tw + 6 * sizeof<T>())
  storeFactored<T>(y + 2 * s, add<T>(e2r, o2r), add<T>(e2i, o2i), tw + 2 * sizeof<T>())
  storeFactored<T>(y + 6 * s, sub<T>(e2r, o2r), sub<T>(e2i, o2i), tw + 10 * sizeof<T>())
  const e1r = add<T>(p1r, p3r), e1i = add<T>(p1i, p3i), e3r = sub<T>(p1r, p3r), e3i = sub<T>(p1i, p3i)
  storeFactored<T>(y + s, add<T>(e1r, o1r), add<T>(e1i, o1i), tw)
  storeFactored<T>(y + 5 * s, sub<T>(e1r, o1r), sub<T>(e1i, o1i), tw + 8 * sizeof<T>())
  storeFactored<T>(y + 3 * s, add<T>(e3r, o3r), sub<T>(e3i, h3), tw + 4 * sizeof<T>())
  storeFactored<T>(y + 7 * s, sub<T>(e3r, o3r), add<T>(e3i, h3), tw + 12 * sizeof<T>())
}

/** {@link storeTurned} with the factor at tw. */
// @ts-ignore: decorator
@inline function storeFactored<T>(y: usize, u: v128, v: v128, tw: usize): void {
  storeTurned<T>(y, u, v, loadSplat<T>(tw), loadSplat<T>(tw + sizeof<T>()))
}

export function pass5<T>(m: usize, s: usize, x: usize, y: usize, tw: usize): void {
  const sm = s * m
  const cos72 = v128.splat<T>(<T>0.3090169943749474241022934)
  const cos144 = v128.splat<T>(<T>-0.8090169943749474241022934)
  const sin72 = v128.splat<T>(<T>0.9510565162951535721164393)
  const sin144 = v128.splat<T>(<T>0.5877852522924731291687060)
  for (let p: usize = 0; p < m; p++, y += 4 * s) {
    for (const end = x + s; x < end; x += COMPLEX, y += COMPLEX) {
      const b = x + sm
      const c = b + sm
      const d = c + sm
      const e = d + sm
      const ar = v128.load(x)
      const ai = v128.load(x, VECTOR)
      const s1r = add<T>(v128.load(b), v128.load(e))
      const s1i = add<T>(v128.load(b, VECTOR), v128.load(e, VECTOR))
      const d1r = sub<T>(v128.load(b), v128.load(e))
      const d1i = sub<T>(v128.load(b, VECTOR), v128.load(e, VECTOR))
      const s2r = add<T>(v128.load(c), v128.load(d))
      const s2i = add<T>(v128.load(c, VECTOR), v128.load(d, VECTOR))
      const d2r = sub<T>(v128.load(c), v128.load(d))
      const d2i = sub<T>(v128.load(c, VECTOR), v128.load(d, VECTOR))
      storeComplex(y, add<T>(add<T>(ar, s1r), s2r), add<T>(add<T>(ai, s1i), s2i))
      const c1r = add<T>(add<T>(ar, mul<T>(cos72, s1r)), mul<T>(cos144, s2r))
      const c1i = add<T>(add<T>(ai, mul<T>(cos72, s1i)), mul<T>(cos144, s2i))
      const c2r = add<T>(add<T>(ar, mul<T>(cos144, s1r)), mul<T>(cos72, s2r))
      const c2i = add<T>(add<T>(ai, mul<T>(cos144, s1i)), mul<T>(cos72, s2i))
      const t1r = add<T>(mul<T>(sin72, d1r), mul<T>(sin144, d2r))
      const t1i = add<T>(mul<T>(sin72, d1i), mul<T>(sin144, d2i))
      const t2r = sub<T>(mul<T>(sin144, d1r), mul<T>(sin72, d2r))
      const t2i = sub<T>(mul<T>(sin144, d1i), mul<T>(sin72, d2i))
      const size = sizeof<T>()
      storeTurned<T>(y + s, add<T>(c1r, t1i), sub<T>(c1i, t1r), loadSplat<T>(tw), loadSplat<T>(tw + size))
      storeTurned<T>(y + 2 * s, add<T>(c2r, t2i), sub<T>(c2i, t2r), loadSplat<T>(tw + 2 * size), loadSplat<T>(tw + 3 * size))
      storeTurned<T>(y + 3 * s, sub<T>(c2r, t2i), add<T>(c2i, t2r), loadSplat<T>(tw + 4 * size), loadSplat<T>(tw + 5 * size))
      storeTurned<T>(y + 4 * s, sub<T>(c1r, t1i), add<T>(c1i, t1r), loadSplat<T>(tw + 6 * size), loadSplat<T>(tw + 7 * size))
    }
    tw += 8 * sizeof<T>()
  }
}
