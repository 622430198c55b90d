/**
 * Writes exp(-2 pi i k / n) to out[at], out[at + 1]. The angle is folded into the first octant with whole numbers first, so that
 * both parts are good to the last bit and symmetric roots are equal to the last bit.
 * @param k   Power, an integer >= 0.
 * @param n   Order, k * 8 must be exact (n below 2^50).
 * @param out Receives re, im.
 * @param at  Where.
 */
export function rootOfUnity(k: number, n: number, out: Float64Array, at: number): void {
  // in units of 1/(8 n) of a turn: one octant is n units
  let units = 8 * (k % n)
  const lowerHalf = units > 4 * n
  if (lowerHalf) units = 8 * n - units
  const left = units > 2 * n
  if (left) units = 4 * n - units
  const steep = units > n
  if (steep) units = 2 * n - units
  const angle = (Math.PI / 4) * (units / n)
  const cos = steep ? Math.sin(angle) : Math.cos(angle)
  const sin = steep ? Math.cos(angle) : Math.sin(angle)
  out[at] = left ? -cos : cos
  out[at + 1] = lowerHalf ? sin : -sin
}

/**
 * The first `count` powers of exp(-2 pi i / n), interleaved re, im.
 * @param n     Order.
 * @param count How many.
 */
export function rootsOfUnity(n: number, count: number): Float64Array {
  const roots = new Float64Array(2 * count)
  for (let k = 0; k < count; k++) rootOfUnity(k, n, roots, 2 * k)
  return roots
}
