import { lgamma } from '../special/gamma.js'

/**
 * A Poisson-distributed count: below a mean of 10 by inversion, from there on by transformed rejection, so that the time does not grow with the
 * mean. Both are exact, not a rounded Gaussian.
 *
 * @param mean    Mean, >= 0.
 * @param uniform Uniform numbers from [0, 1).
 * @see Hörmann, Insurance: Mathematics and Economics 12 (1993) 39, algorithm PTRS
 */
export function drawPoisson(mean: number, uniform: () => number): number {
  return mean < 10 ? byInversion(mean, uniform()) : byRejection(mean, uniform)
}

function byInversion(mean: number, u: number): number {
  let share = Math.exp(-mean)
  let sum = share
  let count = 0
  // the sum ends a rounding below 1: beyond 150 nothing is left for a mean of 10
  while (u >= sum && count < 150) {
    count++
    share *= mean / count
    sum += share
  }
  return count
}

function byRejection(mean: number, uniform: () => number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  const quick = 0.9277 - 3.6224 / (b - 2)
  const logMean = Math.log(mean)
  for (;;) {
    const u = uniform() - 0.5
    const v = 1 - uniform()
    const us = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
    if (us >= 0.07 && v <= quick) return count
    if (count < 0 || (us < 0.013 && v > us)) continue
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= count * logMean - mean - lgamma(count + 1)) return count
  }
}
