// How lines of an image get into the lanes of a Stockham transform and out again. Point j of line q is at + j step + q next in the image, interleaved,
// and q + together j in the lanes; `lines` of them are there (at most `together`).

/** Copies points from an image into lanes, times `scale`. */
export function read(
  n: number,
  together: number,
  data: Float64Array,
  at: number,
  step: number,
  next: number,
  lines: number,
  xr: Float64Array,
  xi: Float64Array,
  scale: number,
): void {
  for (let j = 0; j < n; j++) {
    for (let a = at + j * step, o = j * together, end = o + lines; o < end; a += next, o++) {
      xr[o] = data[a]! * scale
      xi[o] = data[a + 1]! * scale
    }
  }
}

/** Copies points from lanes into an image. */
export function write(
  n: number,
  together: number,
  xr: Float64Array,
  xi: Float64Array,
  out: Float64Array,
  at: number,
  step: number,
  next: number,
  lines: number,
): void {
  for (let j = 0; j < n; j++) {
    for (let a = at + j * step, o = j * together, end = o + lines; o < end; a += next, o++) {
      out[a] = xr[o]!
      out[a + 1] = xi[o]!
    }
  }
}

/** The first pass, radix 4, as passRadix4 does it, straight from the image. */
export function readRadix4(
  n: number,
  together: number,
  data: Float64Array,
  at: number,
  step: number,
  next: number,
  lines: number,
  yr: Float64Array,
  yi: Float64Array,
  tw: Float64Array,
  inverse: boolean,
  scale: number,
): void {
  const sign = inverse ? -1 : 1
  const s = together
  const m = n / 4
  const quarter = m * step
  for (let p = 0, k = 0; p < m; p++, k += 6) {
    const w1r = scale * tw[k]!
    const w1i = sign * scale * tw[k + 1]!
    const w2r = scale * tw[k + 2]!
    const w2i = sign * scale * tw[k + 3]!
    const w3r = scale * tw[k + 4]!
    const w3i = sign * scale * tw[k + 5]!
    for (let a = at + p * step, o = 4 * s * p, end = o + lines; o < end; a += next, o++) {
      const b = a + quarter
      const c = b + quarter
      const d = c + quarter
      const ar = data[a]!
      const ai = data[a + 1]!
      const br = data[b]!
      const bi = data[b + 1]!
      const cr = data[c]!
      const ci = data[c + 1]!
      const dr = data[d]!
      const di = data[d + 1]!
      const sumAcR = ar + cr
      const sumAcI = ai + ci
      const difAcR = ar - cr
      const difAcI = ai - ci
      const sumBdR = br + dr
      const sumBdI = bi + di
      // -i (b - d), +i for the inverse
      const turnR = sign * (bi - di)
      const turnI = sign * (dr - br)
      yr[o] = scale * (sumAcR + sumBdR)
      yi[o] = scale * (sumAcI + sumBdI)
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

/** The last pass, radix 4, straight to the image: one group for each point, so no twiddle factors. */
export function writeRadix4(
  n: number,
  together: number,
  xr: Float64Array,
  xi: Float64Array,
  out: Float64Array,
  at: number,
  step: number,
  next: number,
  lines: number,
  inverse: boolean,
): void {
  const sign = inverse ? -1 : 1
  const m = n / 4
  const s = m * together
  const quarter = m * step
  for (let p = 0; p < m; p++) {
    for (let o = at + p * step, a = p * together, end = a + lines; a < end; o += next, a++) {
      const b = a + s
      const c = b + s
      const d = c + s
      const ar = xr[a]!
      const ai = xi[a]!
      const br = xr[b]!
      const bi = xi[b]!
      const cr = xr[c]!
      const ci = xi[c]!
      const dr = xr[d]!
      const di = xi[d]!
      const sumAcR = ar + cr
      const sumAcI = ai + ci
      const difAcR = ar - cr
      const difAcI = ai - ci
      const sumBdR = br + dr
      const sumBdI = bi + di
      const turnR = sign * (bi - di)
      const turnI = sign * (dr - br)
      const second = o + quarter
      const third = second + quarter
      const fourth = third + quarter
      out[o] = sumAcR + sumBdR
      out[o + 1] = sumAcI + sumBdI
      out[second] = difAcR + turnR
      out[second + 1] = difAcI + turnI
      out[third] = sumAcR - sumBdR
      out[third + 1] = sumAcI - sumBdI
      out[fourth] = difAcR - turnR
      out[fourth + 1] = difAcI - turnI
    }
  }
}
