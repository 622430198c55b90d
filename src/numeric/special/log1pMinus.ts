/**
 * ln(1 + u) - u without cancellation: what is left of a large power beside its Gaussian neighbour.
 * @param u     Above -1.
 * @param ratio 1 + u, where the caller has it without rounding.
 */
export function log1pMinus(u: number, ratio: number = 1 + u): number {
  if (u < -0.4 || u > 0.6) return Math.log(ratio) - u
  // 2 artanh(s) - u with s = u / (2 + u), whose first term is -u s
  const s = u / (2 + u)
  const square = s * s
  let power = 2 * s * square
  let sum = -u * s
  for (let k = 3; Math.abs(power) > 1e-18 * Math.abs(sum); k += 2) {
    sum += power / k
    power *= square
  }
  return sum
}
