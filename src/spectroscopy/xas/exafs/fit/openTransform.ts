import { OperandoError } from '../../../../core/errors.js'
import { assertOneOf } from '../../../../core/fields.js'
import { createFft } from '../../../../numeric/fft/createFft.js'
import type { GridLoader } from '../../transform/chiOnGrid.js'
import { transformWindow } from '../../transform/transformWindow.js'
import { type ExafsTransform, FIT_SPACES, type FitSpace } from './fitTypes.js'

/** From chi on the even grid to the numbers that a fit compares. */
export interface FitTransform {
  /** Space. */
  readonly space: FitSpace
  /** Powers of k. */
  readonly kweights: readonly number[]
  /** Independent points. */
  readonly independent: number
  /** Numbers that are compared. */
  readonly count: number
  /** First grid point that counts. */
  readonly from: number
  /** Point after the last that counts. */
  readonly to: number
  /** Window in k, as far as there are data. */
  readonly kwin: Float64Array
  /** Integral over the window, beyond the data too. */
  readonly area: number
  /** Step in R. */
  readonly rstep: number
  /**
   * Transforms.
   * @param chi     On the even grid; only [from, to) is read.
   * @param epsilon Uncertainty, one a k-weight: of chi(R), in k space of chi(k) at each point.
   * @param out     Receives `count` numbers from `at` on.
   * @param at      Where they begin.
   */
  apply(chi: Float64Array, epsilon: readonly Float64Array[], out: Float64Array, at: number): void
  /**
   * chi(R), m complex values interleaved.
   * @param chi    On the even grid; only where the window is.
   * @param weight Which of the k-weights.
   * @param out    Receives 2 m values.
   */
  toR(chi: Float64Array, weight: number, out: Float64Array): void
}

/**
 * Prepares the transform of a fit.
 * @param name    Of the spectrum, for messages.
 * @param loader  Its grid.
 * @param options Range, weights, space.
 * @throws OperandoError `E_RANGE` for ranges outside the data or that mean nothing, saying which.
 */
export function openTransform(name: string, loader: GridLoader, options: ExafsTransform): FitTransform {
  const { kweight = 2, dk = 4, dk2 = dk, window = 'kaiser', rmin = 1, rmax = 3, dr = 0, dr2 = dr, rwindow = 'hanning' } = options
  const { kstep = 0.05, nfft = 2048, space = 'R', kmin = 3, kmax = loader.last } = options
  assertOneOf(space, `${name}: space`, FIT_SPACES)
  const kweights = typeof kweight === 'number' ? [kweight] : [...kweight]
  const rstep = Math.PI / (kstep * nfft)
  const { points } = loader
  const refuse = (what: string, expected: string): never => {
    throw new OperandoError('E_RANGE', `${name}: ${what}: ${expected} expected.`, { details: { set: name } })
  }
  if (kweights.length === 0 || !kweights.every(Number.isFinite))
    refuse(`kweight is ${String(kweight)}`, 'a number or a list of numbers')
  if (!(Number.isInteger(nfft) && nfft >= points))
    refuse(`nfft = ${nfft}, but chi has ${points} points`, 'a whole number, at least that,')
  const data = `the data run from ${Number(loader.first.toFixed(4))} to ${Number(loader.last.toFixed(4))} 1/Å`
  if (!(kmin >= loader.first - kstep && kmin < loader.last)) refuse(`kmin = ${kmin}, but ${data}`, 'a kmin within them')
  if (!(kmax > kmin && kmax <= loader.last + kstep))
    refuse(`kmin = ${kmin}, kmax = ${kmax}, but ${data}`, 'kmin < kmax within them')
  if (!(rmin >= 0 && rmin < rmax && rmax <= (nfft / 2) * rstep)) {
    refuse(`rmin = ${rmin}, rmax = ${rmax} Å`, `0 <= rmin < rmax up to ${((nfft / 2) * rstep).toFixed(1)} Å`)
  }
  if (space !== 'k' && rmax - rmin < 2 * rstep) refuse(`rmin = ${rmin}, rmax = ${rmax} Å`, 'a range of R with two points or more')

  const whole = transformWindow(nfft, kstep, { min: kmin, max: kmax, dx: dk, dx2: dk2, window })
  const kwin = whole.slice(0, points)
  const rwin =
    space === 'q' ? transformWindow(nfft, rstep, { min: rmin, max: rmax, dx: dr, dx2: dr2, window: rwindow }) : undefined
  const weights = kweights.map(power => kwin.map((w, i) => (kstep / Math.sqrt(Math.PI)) * w * (i * kstep) ** power))
  const plain = kweights.map(power => kwin.map((_, i) => (i * kstep) ** power))
  // a hundredth of a point, against rounding
  const [k1, k2] = [Math.trunc(0.01 + kmin / kstep), Math.min(points, nfft >> 1, Math.trunc(0.01 + kmax / kstep))]
  const [r1, r2] = [Math.trunc(0.01 + rmin / rstep), Math.trunc(Math.min(nfft / 2, 0.01 + rmax / rstep))]
  const each = space === 'R' ? 2 * (r2 - r1) : k2 - k1
  const seen = (i: number): boolean => (space === 'k' ? i >= k1 && i < k2 : kwin[i]! > 0)
  let from = 0
  while (from < points - 1 && !seen(from)) from++
  let to = points
  while (to > from + 1 && !seen(to - 1)) to--

  const fft = createFft(nfft)
  const padded = new Float64Array(nfft)
  const bins = new Float64Array(2 * (nfft >> 1) + 2)
  const complex = new Float64Array(space === 'q' ? 2 * nfft : 0)
  const toBins = (chi: Float64Array, weight: Float64Array, first: number, end: number): void => {
    for (let i = first; i < end; i++) padded[i] = chi[i]! * weight[i]!
    fft.realForward(padded, bins)
  }
  const back = (4 * Math.sqrt(Math.PI)) / kstep
  return {
    space,
    kweights,
    independent: 1 + (2 * (rmax - rmin) * (kmax - kmin)) / Math.PI,
    count: each * kweights.length,
    from,
    to,
    kwin,
    area: whole.reduce((sum, w) => sum + w, 0) * kstep,
    rstep,
    apply(chi, epsilon, out, at) {
      let next = at
      for (let w = 0; w < kweights.length; w++) {
        const noise = epsilon[w]!
        if (space === 'k') {
          for (let i = k1; i < k2; i++) out[next++] = (chi[i]! * plain[w]![i]!) / noise[i]!
          continue
        }
        toBins(chi, weights[w]!, from, to)
        const scale = 1 / noise[0]!
        if (space === 'R') {
          for (let i = 2 * r1; i < 2 * r2; i++) out[next++] = bins[i]! * scale
          continue
        }
        complex.fill(0)
        for (let i = 0; i < nfft >> 1; i++) {
          complex[2 * i] = bins[2 * i]! * rwin![i]!
          complex[2 * i + 1] = bins[2 * i + 1]! * rwin![i]!
        }
        fft.inverse(complex, complex)
        for (let i = k1; i < k2; i++) out[next++] = complex[2 * i]! * back * scale
      }
    },
    toR(chi, weight, out) {
      // beyond [from, to) the weights are 0, but in k space, where no other transform uses this
      toBins(chi, weights[weight]!, 0, points)
      for (let i = 0; i < out.length; i++) out[i] = bins[i]!
    },
  }
}
