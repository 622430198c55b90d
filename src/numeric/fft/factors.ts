/**
 * Prime factors in rising order, with repetition.
 * @param n An integer >= 1.
 */
export function primeFactors(n: number): number[] {
  const factors: number[] = []
  let rest = n
  for (let p = 2; p * p <= rest; p += p === 2 ? 1 : 2) {
    while (rest % p === 0) {
      factors.push(p)
      rest /= p
    }
  }
  if (rest > 1) factors.push(rest)
  return factors
}

/**
 * The radices of a Stockham transform of length n in the order of its passes: fours, at most one two, then odd primes.
 * @param n An integer >= 1.
 */
export function radicesOf(n: number): number[] {
  const primes = primeFactors(n)
  const twos = primes.filter(p => p === 2).length
  const fours = new Array<number>(twos >> 1).fill(4)
  return [...fours, ...(twos & 1 ? [2] : []), ...primes.filter(p => p !== 2)]
}

/**
 * The radices of the SIMD kernels: {@link radicesOf} with a two joined to a four, as an eight in front, and else a four in front and one
 * behind where there are two: the first pass and a last one of radix 4 can be done while values come in and go out.
 * @param n An integer >= 1.
 */
export function radicesAround(n: number): number[] {
  const radices = radicesOf(n)
  const two = radices.indexOf(2)
  const joined = two > 0 ? [8, ...radices.slice(1, two), ...radices.slice(two + 1)] : radices
  return joined[1] === 4 ? [joined[0]!, ...joined.slice(2), 4] : joined
}

/** Whether n is a power of two. */
export function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(Math.log2(n))
}
