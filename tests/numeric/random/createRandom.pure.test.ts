import fc from 'fast-check'
import { createRandom, erf, gammaQ, lgamma, type Random } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const draws = (n: number, draw: () => number): Float64Array => Float64Array.from({ length: n }, draw)

/** Probability of a chi-square as large as this one: small if the counts do not follow the shares. */
function chiSquareProbability(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((a, b) => a + b, 0)
  const chiSquare = counts.reduce((sum, n, i) => sum + (n - total * shares[i]!) ** 2 / (total * shares[i]!), 0)
  return gammaQ((counts.length - 1) / 2, chiSquare / 2)
}

/** Mean, variance, skewness and excess, each in standard errors of n draws from a distribution with the moments given. */
function momentDeviations(x: Float64Array, mean: number, variance: number): { mean: number; variance: number } {
  const n = x.length
  const m = x.reduce((a, b) => a + b, 0) / n
  const v = x.reduce((a, b) => a + (b - mean) ** 2, 0) / n
  const fourth = x.reduce((a, b) => a + (b - mean) ** 4, 0) / n
  return { mean: (m - mean) / Math.sqrt(variance / n), variance: (v - variance) / Math.sqrt((fourth - variance ** 2) / n) }
}

function expectMoments(x: Float64Array, mean: number, variance: number): void {
  const off = momentDeviations(x, mean, variance)
  expect(Math.abs(off.mean)).toBeLessThan(4)
  expect(Math.abs(off.variance)).toBeLessThan(4)
}

describe('createRandom', () => {
  it('gives the same numbers for the same seed and stream, and others for another', () => {
    const first = (seed: number, stream?: number): number[] => {
      const random = createRandom(seed, stream)
      return [
        random.uniform(),
        random.normal(),
        random.poisson(3),
        random.poisson(300),
        random.exponential(),
        random.integer(0, 99),
      ]
    }
    expect(first(5, 2)).toEqual(first(5, 2))
    expect(first(5)).toEqual(first(5, 0))
    for (const other of [first(6, 2), first(5, 3), first(5 + 2 ** 32, 2), first(5, 2 + 2 ** 32)])
      expect(other).not.toEqual(first(5, 2))
  })

  it('gives a frame the same noise whichever order the frames are done in', () => {
    const noise = (frame: number): Float64Array => createRandom(11, frame).counts([0.5, 20, 1e6])
    const forwards = [0, 1, 2, 3].map(noise)
    const backwards = [3, 2, 1, 0].map(noise).reverse()
    expect(backwards).toEqual(forwards)
  })

  it('streams are independent: no correlation between neighbours beyond chance', () => {
    const n = 20_000
    const [a, b] = [createRandom(1, 0), createRandom(1, 1)]
    let sum = 0
    for (let i = 0; i < n; i++) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5)
    expect(Math.abs((12 * sum) / n) * Math.sqrt(n)).toBeLessThan(4)
  })

  it('every bit of a word is one half of the time 1', () => {
    const random = createRandom(9)
    const n = 20_000
    const ones = new Array<number>(32).fill(0)
    for (let i = 0; i < n; i++) {
      const word = random.word()
      for (let bit = 0; bit < 32; bit++) ones[bit]! += (word >>> bit) & 1
    }
    for (const count of ones) expect(Math.abs(count - n / 2) / Math.sqrt(n / 4)).toBeLessThan(4.5)
  })
})

describe('numbers that make no distribution', () => {
  it('are refused, and strings are no numbers', () => {
    const random = createRandom(1)
    const text = '3' as unknown as number
    for (const run of [
      () => random.uniform(Number.NaN, 1),
      () => random.uniform(1, 0),
      () => random.uniform(0, Infinity),
      () => random.normal(0, -1),
      () => random.normal(text, 1),
      () => random.exponential(-1),
      () => random.poisson(text),
    ])
      expect(errorCode(run)).toBe('E_RANGE')
    expect(random.uniform(2, 2)).toBe(2)
    expect(random.normal(5, 0)).toBe(5)
  })
})

describe('distributions', () => {
  const n = 100_000

  it('uniform: moments, 100 equal bins, and pairs on a 20 x 20 grid', () => {
    const random = createRandom(1)
    const x = draws(n, () => random.uniform())
    expectMoments(x, 1 / 2, 1 / 12)
    const bins = new Array<number>(100).fill(0)
    for (const v of x) bins[Math.floor(100 * v)]!++
    expect(chiSquareProbability(bins, new Array<number>(100).fill(0.01))).toBeGreaterThan(1e-3)
    const grid = new Array<number>(400).fill(0)
    for (let i = 0; i < n; i += 2) grid[20 * Math.floor(20 * x[i]!) + Math.floor(20 * x[i + 1]!)]!++
    expect(chiSquareProbability(grid, new Array<number>(400).fill(1 / 400))).toBeGreaterThan(1e-3)
    expectMoments(
      draws(n, () => random.uniform(-3, 5)),
      1,
      64 / 12,
    )
  })

  it('integer: each value equally often, also where 2^32 is no multiple of the range', () => {
    const random = createRandom(2)
    const counts = new Array<number>(7).fill(0)
    for (let i = 0; i < n; i++) counts[random.integer(-3, 4) + 3]!++
    expect(chiSquareProbability(counts, new Array<number>(7).fill(1 / 7))).toBeGreaterThan(1e-3)
    // a range of 3/4 of 2^32: without rejection the lower third would come twice as often
    const thirds = [0, 0, 0]
    for (let i = 0; i < n; i++) thirds[Math.floor(random.integer(0, 3 * 2 ** 30) / 2 ** 30)]!++
    expect(chiSquareProbability(thirds, [1 / 3, 1 / 3, 1 / 3])).toBeGreaterThan(1e-3)
    const large = draws(n, () => random.integer(0, 2 ** 52) / 2 ** 52)
    expectMoments(large, 1 / 2, 1 / 12)
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1e9 }), fc.nat(), (low, span, seed) => {
        const value = createRandom(seed).integer(low, low + span)
        expect(Number.isInteger(value) && value >= low && value < low + span).toBe(true)
      }),
    )
  })

  it('normal: moments and bins of a quarter of sigma', () => {
    const random = createRandom(3)
    const x = draws(n, () => random.normal())
    expectMoments(x, 0, 1)
    const edges = Array.from({ length: 27 }, (_, i) => -3.25 + 0.25 * i)
    const below = (z: number): number => 0.5 * (1 + erf(z / Math.SQRT2))
    const shares = [...edges.map(below), 1].map((p, i, all) => p - (all[i - 1] ?? 0))
    const counts = new Array<number>(shares.length).fill(0)
    for (const v of x) counts[edges.filter(e => v >= e).length]!++
    expect(chiSquareProbability(counts, shares)).toBeGreaterThan(1e-3)
    const lag = x.reduce((sum, v, i) => sum + (i > 0 ? v * x[i - 1]! : 0), 0)
    expect(Math.abs(lag) / Math.sqrt(n)).toBeLessThan(4)
    expectMoments(
      draws(n, () => random.normal(5, 0.1)),
      5,
      0.01,
    )
  })

  it('exponential: moments and the shares of ten intervals', () => {
    const random = createRandom(4)
    const x = draws(n, () => random.exponential())
    expectMoments(x, 1, 1)
    const counts = new Array<number>(10).fill(0)
    for (const v of x) counts[Math.min(9, Math.floor(10 * -Math.expm1(-v)))]!++
    expect(chiSquareProbability(counts, new Array<number>(10).fill(0.1))).toBeGreaterThan(1e-3)
    expect(x.every(v => v >= 0 && v < Infinity)).toBe(true)
  })

  it.each([0.05, 0.9, 4, 9.99, 10, 11.7, 40, 350.5, 2e4])('poisson of mean %s: moments and the share of each count', mean => {
    const random = createRandom(5, Math.round(mean * 100))
    const x = draws(n, () => random.poisson(mean))
    expectMoments(x, mean, mean)
    const width = Math.ceil(Math.sqrt(mean) / 4)
    const from = Math.max(0, Math.floor(mean - 4 * Math.sqrt(mean)))
    const bins = Math.ceil((mean + 5 * Math.sqrt(mean) - from) / width) + 1
    const shares = new Array<number>(bins).fill(0)
    const share = (k: number): number => Math.exp(k * Math.log(mean) - mean - lgamma(k + 1))
    for (let i = 0; i < bins; i++) for (let k = 0; k < width; k++) shares[i]! += share(from + i * width + k)
    // what lies outside goes to the ends; ends that expect fewer than five counts are merged
    const counts = new Array<number>(bins).fill(0)
    for (const k of x) counts[Math.min(bins - 1, Math.max(0, Math.floor((k - from) / width)))]!++
    const below = Array.from({ length: from }, (_, k) => share(k)).reduce((a, b) => a + b, 0)
    shares[0]! += below
    shares[bins - 1]! += 1 - shares.reduce((a, b) => a + b, 0)
    while (shares.length > 2 && shares.at(-1)! * n < 5) {
      shares.splice(-2, 2, shares.at(-2)! + shares.at(-1)!)
      counts.splice(-2, 2, counts.at(-2)! + counts.at(-1)!)
    }
    expect(chiSquareProbability(counts, shares)).toBeGreaterThan(1e-3)
  })

  it('poisson of large means has their spread, and 0 gives 0', () => {
    const random = createRandom(6)
    for (const mean of [1e6, 1e9, 1e14]) {
      expectMoments(
        draws(20_000, () => (random.poisson(mean) - mean) / Math.sqrt(mean)),
        0,
        1,
      )
    }
    expect(random.poisson(0)).toBe(0)
    const means = Float64Array.of(0, 1, 1e3)
    const counts = random.counts(means)
    expect(counts.every(Number.isInteger)).toBe(true)
    expect([...means]).toEqual([0, 1, 1e3])
  })

  it('shuffle: each of 24 orders equally often; the items stay', () => {
    const random = createRandom(7)
    const seen = new Map<string, number>()
    const items = Object.freeze(['a', 'b', 'c', 'd'])
    for (let i = 0; i < 24_000; i++) {
      const order = random.shuffle(items).join('')
      seen.set(order, (seen.get(order) ?? 0) + 1)
    }
    expect(seen.size).toBe(24)
    expect(chiSquareProbability([...seen.values()], new Array<number>(24).fill(1 / 24))).toBeGreaterThan(1e-3)
  })

  it('choice: each pair equally often without replacement, repeats with it', () => {
    const random = createRandom(8)
    const pairs = new Map<string, number>()
    for (let i = 0; i < 12_000; i++) {
      const pair = random.choice([1, 2, 3, 4], 2)
      expect(pair[0]).not.toBe(pair[1])
      pairs.set(pair.join(), (pairs.get(pair.join()) ?? 0) + 1)
    }
    expect(pairs.size).toBe(12)
    expect(chiSquareProbability([...pairs.values()], new Array<number>(12).fill(1 / 12))).toBeGreaterThan(1e-3)
    const many = random.choice(['x', 'y'], 1000, { replace: true })
    expectClose(many.filter(v => v === 'x').length, 500, { atol: 4 * Math.sqrt(250) })
  })

  it('refuses what makes no sense', () => {
    const random: Random = createRandom(0)
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) expect(errorCode(() => createRandom(seed))).toBe('E_RANGE')
    expect(errorCode(() => createRandom(1, -1))).toBe('E_RANGE')
    for (const mean of [-1, Number.NaN, 1e16]) expect(errorCode(() => random.poisson(mean))).toBe('E_RANGE')
    expect(errorCode(() => random.integer(3, 3))).toBe('E_RANGE')
    expect(errorCode(() => random.integer(0, 1.5))).toBe('E_RANGE')
    expect(errorCode(() => random.choice([1, 2], 3))).toBe('E_RANGE')
    expect(errorCode(() => random.choice([], 1, { replace: true }))).toBe('E_RANGE')
    expect(errorCode(() => random.counts([1, Number.NaN]))).toBe('E_NAN')
    expect(random.shuffle([])).toEqual([])
  })
})
