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
