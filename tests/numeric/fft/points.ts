/** The test input of tests/reference/fft/make_fft.py, interleaved: `count` points of the sequence of length n. */
export function points(n: number, count: number = n): Float64Array {
  const out = new Float64Array(2 * count)
  for (let j = 0; j < count; j++) {
    out[2 * j] = ((31 * j ** 3 + 17 * j + n) % 1009) / 1009 - 0.5
    out[2 * j + 1] = ((13 * j ** 2 + 7 * j + 3 * n) % 997) / 997 - 0.5
  }
  return out
}

/** The real parts of interleaved values. */
export function realParts(x: Float64Array): Float64Array {
  return x.filter((_, i) => i % 2 === 0)
}

/** Sum of a[k] conj(b[k]) as [re, im]. */
export function project(a: Float64Array, b: Float64Array): [number, number] {
  let re = 0
  let im = 0
  for (let i = 0; i < a.length; i += 2) {
    re += a[i]! * b[i]! + a[i + 1]! * b[i + 1]!
    im += a[i + 1]! * b[i]! - a[i]! * b[i + 1]!
  }
  return [re, im]
}

/** Root of the mean square of the complex values. */
export function rms(x: Float64Array): number {
  return Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / (x.length / 2))
}

/** Base64 of little-endian doubles. */
export function decodeDoubles(base64: string): Float64Array {
  const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  return Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true))
}
