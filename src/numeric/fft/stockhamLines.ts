import { radicesOf } from './factors.js'
import type { Lines } from './lines.js'
import { planPasses, runPass } from './mixedRadix.js'

/**
 * Lines that are transformed side by side: the innermost loops run over them, so that factors are fetched once for all. Four complex numbers
 * fill a cache line; more lines would push the lanes of long ones out of the cache.
 */
const together = 8

/**
 * A four in front and one behind where there are two, and eights for what else is a four and a two: an eight costs little more than a four (1.3 x),
 * a two little less.
 */
function radicesOfLines(n: number): number[] {
  const radices = radicesOf(n)
  const two = radices.indexOf(2)
  if (two > 0) radices.splice(two - 1, 2, 8)
  return radices.filter(radix => radix === 4).length > 1 ? [...radices.slice(1), 4] : radices
}

/**
 * Transforms of lines of n points, several at a time, by Stockham passes between split lanes. Point j of line q lies at lane index
 * q + together j. A radix 4 in front is done while points come in, and one behind while they go out.
 * @param n Points; prime factors at most `largestRadix`.
 */
export function createStockhamLines(n: number): Lines {
  const passes = planPasses(n, radicesOfLines(n))
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
      const at = line * next
      let [xr, xi, yr, yi] = lanes
      if (first) readRadix4(n, data, at, step, next, lines, xr, xi, first.twiddles, inverse, scale)
      else read(n, data, at, step, next, lines, xr, xi, scale)
      // the inverse is the forward transform with re and im exchanged before and after
      if (inverse) [xr, xi, yr, yi] = [xi, xr, yi, yr]
      for (const pass of middle) {
        // a batch that is not full carries along what lies in the other lanes
        runPass(pass, together, xr, xi, yr, yi)
        ;[xr, xi, yr, yi] = [yr, yi, xr, xi]
      }
      if (inverse) [xr, xi] = [xi, xr]
      if (last) writeRadix4(n, xr, xi, out, at, step, next, lines, inverse)
      else write(n, xr, xi, out, at, step, next, lines)
    }
  }
}

function read(
  n: number,
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

function write(
  n: number,
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
function readRadix4(
  n: number,
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
function writeRadix4(
  n: number,
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
