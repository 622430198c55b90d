/**
 * A source of standard normal numbers by Marsaglia's polar method: exact, with two numbers for each accepted pair.
 * @param uniform Uniform numbers from [0, 1).
 * @see Marsaglia & Bray, SIAM Rev. 6 (1964) 260
 */
export function createNormal(uniform: () => number): () => number {
  let spare = Number.NaN
  return () => {
    if (!Number.isNaN(spare)) {
      const value = spare
      spare = Number.NaN
      return value
    }
    for (;;) {
      const u = 2 * uniform() - 1
      const v = 2 * uniform() - 1
      const s = u * u + v * v
      if (s >= 1 || s === 0) continue
      const factor = Math.sqrt((-2 * Math.log(s)) / s)
      spare = v * factor
      return u * factor
    }
  }
}
