// Passes of a decimation-in-frequency Stockham transform on split lanes. A pass takes m groups of r points, s transforms side by
// side: point j of group p of transform q lies at x[q + s (p + m j)]; result k goes to y[q + s (r p + k)], times w^(p k).
// One function a radix, so that every index is linear and every constant known.

type Lanes = Float64Array

/** One pass of radix 2. */
export function passRadix2(s: number, m: number, xr: Lanes, xi: Lanes, yr: Lanes, yi: Lanes, tw: Float64Array): void {
  const sm = s * m
  for (let p = 0; p < m; p++) {
    const wr = tw[2 * p]!
    const wi = tw[2 * p + 1]!
    let o = 2 * s * p
    for (let a = s * p, end = a + s; a < end; a++, o++) {
      const ar = xr[a]!
      const ai = xi[a]!
      const br = xr[a + sm]!
      const bi = xi[a + sm]!
      yr[o] = ar + br
      yi[o] = ai + bi
      const ur = ar - br
      const ui = ai - bi
      yr[o + s] = ur * wr - ui * wi
      yi[o + s] = ur * wi + ui * wr
    }
  }
}

/** One pass of radix 3. */
export function passRadix3(s: number, m: number, xr: Lanes, xi: Lanes, yr: Lanes, yi: Lanes, tw: Float64Array): void {
  const sm = s * m
  const sin60 = Math.sqrt(0.75)
  for (let p = 0, k = 0; p < m; p++, k += 4) {
    const w1r = tw[k]!
    const w1i = tw[k + 1]!
    const w2r = tw[k + 2]!
    const w2i = tw[k + 3]!
    let o = 3 * s * p
    for (let a = s * p, end = a + s; a < end; a++, o++) {
      const b = a + sm
      const c = b + sm
      const ar = xr[a]!
      const ai = xi[a]!
      const sr = xr[b]! + xr[c]!
      const si = xi[b]! + xi[c]!
      const dr = sin60 * (xr[b]! - xr[c]!)
      const di = sin60 * (xi[b]! - xi[c]!)
      yr[o] = ar + sr
      yi[o] = ai + si
      const hr = ar - 0.5 * sr
      const hi = ai - 0.5 * si
      let ur = hr + di
      let ui = hi - dr
      yr[o + s] = ur * w1r - ui * w1i
      yi[o + s] = ur * w1i + ui * w1r
      ur = hr - di
      ui = hi + dr
      yr[o + 2 * s] = ur * w2r - ui * w2i
      yi[o + 2 * s] = ur * w2i + ui * w2r
    }
  }
}

/** One pass of radix 4. */
export function passRadix4(s: number, m: number, xr: Lanes, xi: Lanes, yr: Lanes, yi: Lanes, tw: Float64Array): void {
  const sm = s * m
  for (let p = 0, k = 0; p < m; p++, k += 6) {
    const w1r = tw[k]!
    const w1i = tw[k + 1]!
    const w2r = tw[k + 2]!
    const w2i = tw[k + 3]!
    const w3r = tw[k + 4]!
    const w3i = tw[k + 5]!
    let o = 4 * s * p
    for (let a = s * p, end = a + s; a < end; a++, o++) {
      const b = a + sm
      const c = b + sm
      const d = c + sm
      const sumAcR = xr[a]! + xr[c]!
      const sumAcI = xi[a]! + xi[c]!
      const difAcR = xr[a]! - xr[c]!
      const difAcI = xi[a]! - xi[c]!
      const sumBdR = xr[b]! + xr[d]!
      const sumBdI = xi[b]! + xi[d]!
      // -i (b - d)
      const turnR = xi[b]! - xi[d]!
      const turnI = xr[d]! - xr[b]!
      yr[o] = sumAcR + sumBdR
      yi[o] = sumAcI + sumBdI
      let ur = difAcR + turnR
      let ui = difAcI + turnI
      yr[o + s] = ur * w1r - ui * w1i
      yi[o + s] = ur * w1i + ui * w1r
      ur = sumAcR - sumBdR
      ui = sumAcI - sumBdI
      yr[o + 2 * s] = ur * w2r - ui * w2i
      yi[o + 2 * s] = ur * w2i + ui * w2r
      ur = difAcR - turnR
      ui = difAcI - turnI
      yr[o + 3 * s] = ur * w3r - ui * w3i
      yi[o + 3 * s] = ur * w3i + ui * w3r
    }
  }
}

const cos45 = Math.SQRT1_2

/** One pass of radix 8: two butterflies of radix 4, of the even and of the odd points, and one of radix 2 that joins them. */
export function passRadix8(s: number, m: number, xr: Lanes, xi: Lanes, yr: Lanes, yi: Lanes, tw: Float64Array): void {
  const sm = s * m
  for (let p = 0, k = 0; p < m; p++, k += 14) {
    const w1r = tw[k]!
    const w1i = tw[k + 1]!
    const w2r = tw[k + 2]!
    const w2i = tw[k + 3]!
    const w3r = tw[k + 4]!
    const w3i = tw[k + 5]!
    const w4r = tw[k + 6]!
    const w4i = tw[k + 7]!
    const w5r = tw[k + 8]!
    const w5i = tw[k + 9]!
    const w6r = tw[k + 10]!
    const w6i = tw[k + 11]!
    const w7r = tw[k + 12]!
    const w7i = tw[k + 13]!
    for (let a = s * p, o = 8 * a, end = a + s; a < end; a++, o++) {
      const a1 = a + sm
      const a2 = a1 + sm
      const a3 = a2 + sm
      const a4 = a3 + sm
      const a5 = a4 + sm
      const a6 = a5 + sm
      const a7 = a6 + sm
      const p0r = xr[a]! + xr[a4]!
      const p0i = xi[a]! + xi[a4]!
      const p1r = xr[a]! - xr[a4]!
      const p1i = xi[a]! - xi[a4]!
      const p2r = xr[a2]! + xr[a6]!
      const p2i = xi[a2]! + xi[a6]!
      // -i times the difference
      const p3r = xi[a2]! - xi[a6]!
      const p3i = xr[a6]! - xr[a2]!
      const e0r = p0r + p2r
      const e0i = p0i + p2i
      const e1r = p1r + p3r
      const e1i = p1i + p3i
      const e2r = p0r - p2r
      const e2i = p0i - p2i
      const e3r = p1r - p3r
      const e3i = p1i - p3i
      const q0r = xr[a1]! + xr[a5]!
      const q0i = xi[a1]! + xi[a5]!
      const q1r = xr[a1]! - xr[a5]!
      const q1i = xi[a1]! - xi[a5]!
      const q2r = xr[a3]! + xr[a7]!
      const q2i = xi[a3]! + xi[a7]!
      // -i times the difference
      const q3r = xi[a3]! - xi[a7]!
      const q3i = xr[a7]! - xr[a3]!
      // the odd ones times 1, exp(-i pi/4), -i, exp(-3 i pi/4)
      const o0r = q0r + q2r
      const o0i = q0i + q2i
      const o1r = cos45 * (q1r + q3r + q1i + q3i)
      const o1i = cos45 * (q1i + q3i - (q1r + q3r))
      const o2r = q0i - q2i
      const o2i = q2r - q0r
      const o3r = cos45 * (q1i - q3i - (q1r - q3r))
      const o3i = -cos45 * (q1r - q3r + q1i - q3i)
      yr[o] = e0r + o0r
      yi[o] = e0i + o0i
      let ur = e1r + o1r
      let ui = e1i + o1i
      let out = o + s
      yr[out] = ur * w1r - ui * w1i
      yi[out] = ur * w1i + ui * w1r
      ur = e2r + o2r
      ui = e2i + o2i
      out += s
      yr[out] = ur * w2r - ui * w2i
      yi[out] = ur * w2i + ui * w2r
      ur = e3r + o3r
      ui = e3i + o3i
      out += s
      yr[out] = ur * w3r - ui * w3i
      yi[out] = ur * w3i + ui * w3r
      ur = e0r - o0r
      ui = e0i - o0i
      out += s
      yr[out] = ur * w4r - ui * w4i
      yi[out] = ur * w4i + ui * w4r
      ur = e1r - o1r
      ui = e1i - o1i
      out += s
      yr[out] = ur * w5r - ui * w5i
      yi[out] = ur * w5i + ui * w5r
      ur = e2r - o2r
      ui = e2i - o2i
      out += s
      yr[out] = ur * w6r - ui * w6i
      yi[out] = ur * w6i + ui * w6r
      ur = e3r - o3r
      ui = e3i - o3i
      out += s
      yr[out] = ur * w7r - ui * w7i
      yi[out] = ur * w7i + ui * w7r
    }
  }
}

const cos72 = Math.cos(0.4 * Math.PI)
const sin72 = Math.sin(0.4 * Math.PI)
const cos144 = Math.cos(0.8 * Math.PI)
const sin144 = Math.sin(0.8 * Math.PI)

/** One pass of radix 5. */
export function passRadix5(s: number, m: number, xr: Lanes, xi: Lanes, yr: Lanes, yi: Lanes, tw: Float64Array): void {
  const sm = s * m
  for (let p = 0; p < m; p++) {
    const k = 8 * p
    let o = 5 * s * p
    for (let a = s * p, end = a + s; a < end; a++, o++) {
      const b = a + sm
      const c = b + sm
      const d = c + sm
      const e = d + sm
      const ar = xr[a]!
      const ai = xi[a]!
      const s1r = xr[b]! + xr[e]!
      const s1i = xi[b]! + xi[e]!
      const d1r = xr[b]! - xr[e]!
      const d1i = xi[b]! - xi[e]!
      const s2r = xr[c]! + xr[d]!
      const s2i = xi[c]! + xi[d]!
      const d2r = xr[c]! - xr[d]!
      const d2i = xi[c]! - xi[d]!
      yr[o] = ar + s1r + s2r
      yi[o] = ai + s1i + s2i
      const c1r = ar + cos72 * s1r + cos144 * s2r
      const c1i = ai + cos72 * s1i + cos144 * s2i
      const c2r = ar + cos144 * s1r + cos72 * s2r
      const c2i = ai + cos144 * s1i + cos72 * s2i
      const t1r = sin72 * d1r + sin144 * d2r
      const t1i = sin72 * d1i + sin144 * d2i
      const t2r = sin144 * d1r - sin72 * d2r
      const t2i = sin144 * d1i - sin72 * d2i
      let ur = c1r + t1i
      let ui = c1i - t1r
      yr[o + s] = ur * tw[k]! - ui * tw[k + 1]!
      yi[o + s] = ur * tw[k + 1]! + ui * tw[k]!
      ur = c2r + t2i
      ui = c2i - t2r
      yr[o + 2 * s] = ur * tw[k + 2]! - ui * tw[k + 3]!
      yi[o + 2 * s] = ur * tw[k + 3]! + ui * tw[k + 2]!
      ur = c2r - t2i
      ui = c2i + t2r
      yr[o + 3 * s] = ur * tw[k + 4]! - ui * tw[k + 5]!
      yi[o + 3 * s] = ur * tw[k + 5]! + ui * tw[k + 4]!
      ur = c1r - t1i
      ui = c1i + t1r
      yr[o + 4 * s] = ur * tw[k + 6]! - ui * tw[k + 7]!
      yi[o + 4 * s] = ur * tw[k + 7]! + ui * tw[k + 6]!
    }
  }
}

/** Any odd radix, straight from the definition; roots are exp(-2 pi i k / r), interleaved. */
export function passRadixOdd(
  r: number,
  s: number,
  m: number,
  xr: Lanes,
  xi: Lanes,
  yr: Lanes,
  yi: Lanes,
  tw: Float64Array,
  roots: Float64Array,
): void {
  const sm = s * m
  for (let p = 0; p < m; p++) {
    for (let q = 0; q < s; q++) {
      const a = q + s * p
      const o = q + s * r * p
      for (let k = 0; k < r; k++) {
        let sumR = xr[a]!
        let sumI = xi[a]!
        for (let j = 1, power = k, b = a + sm; j < r; j++, b += sm) {
          const wr = roots[2 * power]!
          const wi = roots[2 * power + 1]!
          sumR += xr[b]! * wr - xi[b]! * wi
          sumI += xr[b]! * wi + xi[b]! * wr
          power += k
          if (power >= r) power -= r
        }
        if (k === 0) {
          yr[o] = sumR
          yi[o] = sumI
        } else {
          const at = 2 * ((r - 1) * p + k - 1)
          yr[o + k * s] = sumR * tw[at]! - sumI * tw[at + 1]!
          yi[o + k * s] = sumR * tw[at + 1]! + sumI * tw[at]!
        }
      }
    }
  }
}
