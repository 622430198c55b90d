import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { createNormal } from './normal.js'
import { createPhilox } from './philox.js'
import { drawPoisson } from './poisson.js'

/** Options of {@link Random.choice}. */
export interface ChoiceOptions {
  /** Whether an item may be drawn twice. Default false. */
  readonly replace?: boolean | undefined
}

/** A stream of random numbers: see {@link createRandom}. */
export interface Random {
  /** The next 32 random bits, a whole number from 0 to 2^32 - 1. */
  word(): number
  /**
   * Uniform on [low, high), in steps of 2^-53 of the range; `high` itself can come by rounding, except for [0, 1).
   * @param low  Default 0.
   * @param high Default 1.
   * @throws OperandoError `E_RANGE` unless both are finite and low <= high.
   */
  uniform(low?: number, high?: number): number
  /**
   * A whole number from low to high - 1, each equally likely to the last bit.
   * @param low  First, a whole number.
   * @param high One beyond the last.
   * @throws OperandoError `E_RANGE` unless both are safe whole numbers and low < high.
   */
  integer(low: number, high: number): number
  /**
   * Normally distributed.
   * @param mean  Default 0.
   * @param sigma Standard deviation, default 1.
   * @throws OperandoError `E_RANGE` unless both are finite and sigma is not negative.
   */
  normal(mean?: number, sigma?: number): number
  /**
   * A count with Poisson's distribution, exact for small means and large.
   * @param mean From 0 to 1e15.
   * @throws OperandoError `E_RANGE`.
   */
  poisson(mean: number): number
  /**
   * Exponentially distributed waiting time.
   * @param mean Default 1.
   * @throws OperandoError `E_RANGE` unless it is finite and not negative.
   */
  exponential(mean?: number): number
  /**
   * A copy in random order, each order equally likely.
   * @param items Left as they are.
   */
  shuffle<T>(items: ArrayLike<T>): T[]
  /**
   * Draws some of the items, in random order.
   * @param items   What to draw from.
   * @param count   How many.
   * @param options With or without replacement.
   * @throws OperandoError `E_RANGE` when there are too few.
   */
  choice<T>(items: ArrayLike<T>, count: number, options?: ChoiceOptions): T[]
  /**
   * Counting noise: one Poisson count for each mean.
   * @param means Expected counts, >= 0.
   * @throws OperandoError `E_RANGE`, `E_NAN`.
   */
  counts(means: NumbersLike): Float64Array
}

/**
 * A seeded stream of random numbers. The same seed and stream give the same numbers on every machine (normal and exponential numbers, and large
 * Poisson counts, as far as its logarithm is the same). Streams of one seed never overlap: take one for each frame, and frames done in
 * parallel get the same numbers, bit for bit, as frames done in order.
 *
 * @param seed   Whole number from 0 to 2^53 - 1.
 * @param stream Whole number from 0 to 2^53 - 1, for instance the number of the frame. Default 0. A stream is 2^66 words long.
 * @throws OperandoError `E_RANGE` for anything else.
 * @see Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy as 1, 2, 3, Proc. SC11 (2011): Philox4x32-10
 * @example
 * ```ts
 * import { createRandom } from 'operando/numeric'
 * const frame = 7
 * const random = createRandom(2026, frame)
 * const noisy = random.counts([0.3, 12, 5000])
 * const order = random.shuffle([1, 2, 3])
 * ```
 */
export function createRandom(seed: number, stream: number = 0): Random {
  for (const [name, value] of Object.entries({ seed, stream })) {
    if (Number.isSafeInteger(value) && value >= 0) continue
    throw new OperandoError('E_RANGE', `${name}: a whole number from 0 to 2^53 - 1 expected, found ${value}.`, {
      details: { name, found: value },
    })
  }
  const words = createPhilox(seed, stream)
  const uniform = (): number => {
    const high = words.next() >>> 5
    return (high * 2 ** 26 + (words.next() >>> 6)) / 2 ** 53
  }
  const normal = createNormal(uniform)

  /** 0 to n - 1: draws from the largest multiple of n, others are drawn again. */
  const below = (n: number): number => {
    const wide = n > 2 ** 32
    const limit = wide ? 2 ** 53 - (2 ** 53 % n) : 2 ** 32 - (2 ** 32 % n)
    for (;;) {
      const value = wide ? (words.next() >>> 11) * 2 ** 32 + words.next() : words.next()
      if (value < limit) return value % n
    }
  }

  const poisson = (mean: number): number => {
    if (Number.isFinite(mean) && mean >= 0 && mean <= 1e15) return drawPoisson(mean, uniform)
    throw new OperandoError('E_RANGE', `mean of a Poisson distribution: 0 to 1e15 expected, found ${mean}.`, {
      details: { found: mean },
    })
  }

  const shuffle = <T>(items: ArrayLike<T>, count: number = items.length): T[] => {
    const copy = Array.from(items)
    for (let i = 0; i < count; i++) {
      const j = i + below(copy.length - i)
      const item = copy[i]!
      copy[i] = copy[j]!
      copy[j] = item
    }
    return copy.slice(0, count)
  }

  return {
    word: () => words.next(),
    uniform(low = 0, high = 1) {
      if (!(Number.isFinite(low) && low <= high && Number.isFinite(high - low)))
        throw outOfRange('uniform: low <= high', low, high)
      return low + (high - low) * uniform()
    },
    integer(low, high) {
      if (!(Number.isSafeInteger(low) && Number.isSafeInteger(high) && low < high && high - low <= 2 ** 53)) {
        throw new OperandoError('E_RANGE', `integer: whole numbers low < high expected, found ${low} and ${high}.`)
      }
      return low + below(high - low)
    },
    normal(mean = 0, sigma = 1) {
      if (!(Number.isFinite(mean) && Number.isFinite(sigma) && sigma >= 0))
        throw outOfRange('normal: a mean and sigma >= 0', mean, sigma)
      return mean + sigma * normal()
    },
    poisson,
    exponential(mean = 1) {
      if (!(Number.isFinite(mean) && mean >= 0)) throw outOfRange('exponential: a mean >= 0', mean)
      return -mean * Math.log1p(-uniform())
    },
    shuffle: items => shuffle(items),
    choice(items, count, { replace = false } = {}) {
      const most = replace && items.length > 0 ? Infinity : items.length
      if (!(Number.isInteger(count) && count >= 0 && count <= most)) {
        throw new OperandoError('E_RANGE', `choice: 0 to ${most} of ${items.length} items can be drawn, asked for ${count}.`)
      }
      if (!replace) return shuffle(items, count)
      return Array.from({ length: count }, () => items[below(items.length)]!)
    },
    counts: means => asFloat64(means, 'means').map(poisson),
  }
}

const outOfRange = (expected: string, ...found: readonly number[]): OperandoError =>
  new OperandoError('E_RANGE', `${expected} expected, all finite, found ${found.join(', ')}.`, { details: { found: [...found] } })
