/**
 * Polynomials of degree 0, 1 ... that are orthonormal over some points of an axis, evaluated at all of its points: the fit of y over these points is the sum of (p_d · y) p_d. By Forsythe's recurrence on a
 * centred and scaled axis: powers of raw energies in eV have a condition of 1e13.
 *
 * @param x      Axis, n values, rising.
 * @param from   First point of the range.
 * @param to     The point after the last.
 * @param degree Highest degree, less than the points of the range.
 * @returns degree + 1 polynomials, n values each.
 * @see G. E. Forsythe, J. Soc. Indust. Appl. Math. 5 (1957) 74
 */
export function orthonormalPolynomials(x: Float64Array, from: number, to: number, degree: number): Float64Array[] {
  const n = x.length
  const centre = (x[from]! + x[to - 1]!) / 2
  const scale = (x[to - 1]! - x[from]!) / 2 || 1
  const u = x.map(v => (v - centre) / scale)
  const first = new Float64Array(n).fill(1 / Math.sqrt(to - from))
  const found = [first]
  for (let d = 1; d <= degree; d++) {
    const before = found[d - 1]!
    const p = before.map((v, i) => v * u[i]!)
    // once more against rounding, against all that came before
    for (let pass = 0; pass < 2; pass++) {
      for (const q of found) {
        const share = dot(p, q, from, to)
        for (let i = 0; i < n; i++) p[i]! -= share * q[i]!
      }
    }
    const length = Math.sqrt(dot(p, p, from, to))
    for (let i = 0; i < n; i++) p[i]! /= length
    found.push(p)
  }
  return found
}

/** Sum of products over a range. Kernel. */
export function dot(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += a[i]! * b[i]!
  return sum
}
