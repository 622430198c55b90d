import type { Dataset } from '../../../model/dataset.js'

/** Indices of the frames that have a value. */
export function known(trend: Dataset<'frame'>): number[] {
  return [...trend.values.keys()].filter(i => !Number.isNaN(trend.values[i]))
}

/** How far a trend goes. */
export interface Sweep {
  /** Its low end. */
  readonly from: number
  /** Its high end. */
  readonly to: number
  /** Median standard uncertainty. */
  readonly sigma: number
}

/** Range of a trend without its most extreme twentieths on either side, over given frames. */
export function sweepOf(trend: Dataset<'frame'>, frames: readonly number[]): Sweep {
  const values = frames.map(i => trend.values[i]!).sort((a, b) => a - b)
  const sigmas = frames.map(i => trend.sigma?.[i] ?? Number.NaN).sort((a, b) => a - b)
  const cut = Math.floor(values.length / 20)
  return {
    from: values[cut] ?? Number.NaN,
    to: values[values.length - 1 - cut] ?? Number.NaN,
    sigma: sigmas[sigmas.length >> 1] ?? Number.NaN,
  }
}

/** The way of a trend as a part of itself. */
export function relativeSweep(trend: Dataset<'frame'>): number {
  const { from, to } = sweepOf(trend, known(trend))
  return (to - from) / from
}

/** Pearson's r of two trends over the frames where both are known. */
export function correlationOf(one: Dataset<'frame'>, other: Dataset<'frame'>): number {
  const at = known(one).filter(i => !Number.isNaN(other.values[i]))
  const mean = (t: Dataset<'frame'>): number => at.reduce((sum, i) => sum + t.values[i]!, 0) / at.length
  const [mx, my] = [mean(one), mean(other)]
  let [sxx, syy, sxy] = [0, 0, 0]
  for (const i of at) {
    const [x, y] = [one.values[i]! - mx, other.values[i]! - my]
    sxx += x * x
    syy += y * y
    sxy += x * y
  }
  return sxx > 0 && syy > 0 ? sxy / Math.sqrt(sxx * syy) : Number.NaN
}

/** A fraction with two digits, without the sign of a rounded nothing. */
export const share = (value: number): string => (Math.round(100 * value) / 100 + 0).toFixed(2)

/** A value with the digits that its uncertainty leaves. */
export const digits = (value: number, sigma: number): string =>
  value.toFixed(Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(sigma || 1e-4)))))
