// Inputs that bench/peers/peers.py makes in the same way, so that both sides do the same work.

/** n numbers from 0 to 1, a hash of seed and index: bench/peers/peers.py has the same. */
export function uniform(seed: number, n: number): Float64Array {
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let h = (i + Math.imul(seed, 0x9e3779b9)) >>> 0
    h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
    h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
    out[i] = (((h ^ (h >>> 16)) >>> 0) + 0.5) / 2 ** 32
  }
  return out
}

/** n numbers with a normal distribution, from {@link uniform}. */
export function normal(seed: number, n: number): Float64Array {
  const u = uniform(seed, n)
  const v = uniform(seed + 7919, n)
  return u.map((value, i) => Math.sqrt(-2 * Math.log(value)) * Math.cos(2 * Math.PI * v[i]!))
}
