/**
 * Scalar product of two spans, in four sums: one sum alone would wait for itself. Kernel.
 * @param a     Values; read from `aAt` on.
 * @param aAt   Where they begin.
 * @param b     Values; read from `bAt` on.
 * @param bAt   Where they begin.
 * @param count How many.
 */
export function dotSpans(a: Float64Array, aAt: number, b: Float64Array, bAt: number, count: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < count; i += 4) {
    s0 += a[aAt + i]! * b[bAt + i]!
    s1 += a[aAt + i + 1]! * b[bAt + i + 1]!
    s2 += a[aAt + i + 2]! * b[bAt + i + 2]!
    s3 += a[aAt + i + 3]! * b[bAt + i + 3]!
  }
  for (; i < count; i++) s0 += a[aAt + i]! * b[bAt + i]!
  return s0 + s1 + (s2 + s3)
}

/**
 * Adds a multiple of a span to another. Kernel.
 * @param factor The multiple.
 * @param a      Values; read from `aAt` on.
 * @param aAt    Where they begin.
 * @param out    Receives them, from `outAt` on.
 * @param outAt  Where it begins.
 * @param count  How many.
 */
export function addSpan(factor: number, a: Float64Array, aAt: number, out: Float64Array, outAt: number, count: number): void {
  let i = 0
  for (; i + 3 < count; i += 4) {
    out[outAt + i]! += factor * a[aAt + i]!
    out[outAt + i + 1]! += factor * a[aAt + i + 1]!
    out[outAt + i + 2]! += factor * a[aAt + i + 2]!
    out[outAt + i + 3]! += factor * a[aAt + i + 3]!
  }
  for (; i < count; i++) out[outAt + i]! += factor * a[aAt + i]!
}
