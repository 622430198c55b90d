import { radicesAround } from './factors.js'
import type { Lines } from './lines.js'
import { planPasses, runPass } from './mixedRadix.js'

/**
 * Lines that are transformed side by side: the innermost loops run over them, so that factors are fetched once for all. Four complex numbers
 * fill a cache line; more lines would push the lanes of long ones out of the cache.
 */
const together = 4

/**
 * Transforms of lines of n points, several at a time, by Stockham passes between split lanes. Point j of line q lies at lane index
 * q + together j. A radix 4 in front is done while points come in, and one behind while they go out.
 * @param n Points; prime factors at most `largestRadix`.
 */
export function createStockhamLines(n: number): Lines {
  const passes = planPasses(n, radicesAround(n))
  const lanes = Array.from({ length: 4 }, () => new Float64Array(n * together)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const first = passes[0]?.radix === 4 ? passes[0] : undefined
  const last = passes.length > 1 && passes.at(-1)!.radix === 4
  const middle = passes.slice(first ? 1 : 0, last ? -1 : undefined)
  return (data, out, count, step, next, inverse) => {
    const scale = inverse ? 1 / n : 1
    for (let line = 0; line < count; line += together) {
      const lines = Math.min(together, count - line)
      let [xr, xi, yr, yi] = lanes
      // the inverse is the forward transform with re and im exchanged on the way in and out
      const re = line * next + (inverse ? 1 : 0)
      const im = line * next + (inverse ? 0 : 1)
      if (first) readRadix4(n, data, re, im, step, next, lines, xr, xi, first.twiddles)
      else read(n, data, re, im, step, next, lines, xr, xi)
      for (const pass of middle) {
        // a batch that is not full carries along what lies in the other lanes
        runPass(pass, together, xr, xi, yr, yi)
        ;[xr, xi, yr, yi] = [yr, yi, xr, xi]
      }
      if (last) writeRadix4(n, xr, xi, out, re, im, step, next, lines, scale)
      else write(n, xr, xi, out, re, im, step, next, lines, scale)
    }
  }
}

function read(
  n: number,
  data: Float64Array,
  re: number,
  im: number,
  step: number,
  next: number,
  lines: number,
  xr: Float64Array,
  xi: Float64Array,
): void {
  for (let j = 0, at = 0; j < n; j++, at += step) {
    for (let q = 0, a = at, o = j * together; q < lines; q++, a += next, o++) {
      xr[o] = data[re + a]!
      xi[o] = data[im + a]!
    }
  }
}

function write(
  n: number,
  xr: Float64Array,
  xi: Float64Array,
  out: Float64Array,
  re: number,
  im: number,
  step: number,
  next: number,
  lines: number,
  scale: number,
): void {
  for (let j = 0, at = 0; j < n; j++, at += step) {
    for (let q = 0, a = at, o = j * together; q < lines; q++, a += next, o++) {
      out[re + a] = xr[o]! * scale
      out[im + a] = xi[o]! * scale
    }
  }
}

/** The first pass, radix 4, as passRadix4 does it, straight from the image. */
function readRadix4(
  n: number,
  data: Float64Array,
  re: number,
  im: number,
  step: number,
  next: number,
  lines: number,
  yr: Float64Array,
  yi: Float64Array,
  tw: Float64Array,
): void {
  const s = together
  const m = n / 4
  const quarter = m * step
  for (let p = 0, k = 0; p < m; p++, k += 6) {
    const w1r = tw[k]!
    const w1i = tw[k + 1]!
    const w2r = tw[k + 2]!
    const w2i = tw[k + 3]!
    const w3r = tw[k + 4]!
    const w3i = tw[k + 5]!
    for (let a = p * step, o = 4 * s * p, end = o + lines; o < end; a += next, o++) {
      const b = a + quarter
      const c = b + quarter
      const d = c + quarter
      const ar = data[re + a]!
      const ai = data[im + a]!
      const br = data[re + b]!
      const bi = data[im + b]!
      const cr = data[re + c]!
      const ci = data[im + c]!
      const dr = data[re + d]!
      const di = data[im + d]!
      const sumAcR = ar + cr
      const sumAcI = ai + ci
      const difAcR = ar - cr
      const difAcI = ai - ci
      const sumBdR = br + dr
      const sumBdI = bi + di
      // -i (b - d)
      const turnR = bi - di
      const turnI = dr - br
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

/** The last pass, radix 4, straight to the image: one group for each point, so no twiddle factors. */
function writeRadix4(
  n: number,
  xr: Float64Array,
  xi: Float64Array,
  out: Float64Array,
  re: number,
  im: number,
  step: number,
  next: number,
  lines: number,
  scale: number,
): void {
  const m = n / 4
  const s = m * together
  const quarter = m * step
  for (let p = 0; p < m; p++) {
    for (let o = p * step, a = p * together, end = a + lines; a < end; o += next, a++) {
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
      const sumAcR = (ar + cr) * scale
      const sumAcI = (ai + ci) * scale
      const difAcR = (ar - cr) * scale
      const difAcI = (ai - ci) * scale
      const sumBdR = (br + dr) * scale
      const sumBdI = (bi + di) * scale
      const turnR = (bi - di) * scale
      const turnI = (dr - br) * scale
      const second = o + quarter
      const third = second + quarter
      const fourth = third + quarter
      out[re + o] = sumAcR + sumBdR
      out[im + o] = sumAcI + sumBdI
      out[re + second] = difAcR + turnR
      out[im + second] = difAcI + turnI
      out[re + third] = sumAcR - sumBdR
      out[im + third] = sumAcI - sumBdI
      out[re + fourth] = difAcR - turnR
      out[im + fourth] = difAcI - turnI
    }
  }
}
