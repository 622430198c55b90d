import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import type { Issue } from '../../../core/issue.js'
import { createFft } from '../../../numeric/fft/createFft.js'
import { createSpline } from '../../../numeric/interpolate/spline.js'
import { outputOf } from '../../../numeric/outputOf.js'
import { translateOptions } from '../../foreignNames.js'
import { createGridLoader } from './chiOnGrid.js'
import { transformWindow } from './transformWindow.js'
import { type PathPhase, XFTF_FIELDS, XFTF_FOREIGN, type XftfOptions } from './xftfOptions.js'

/** A forward transform with its tables, for many spectra with the same wavenumbers. */
export interface XftfPlan {
  /** Distances, Å, m values. */
  readonly r: Float64Array
  /** Window on the even grid, from k = 0 to the end of the data. */
  readonly kwin: Float64Array
  /** Options as they are, defaults filled in. */
  readonly options: Readonly<Required<Omit<XftfOptions, 'phaseCorrection'>>>
  /** Names of other programs that were translated. */
  readonly hints: readonly Issue[]
  /**
   * Transforms a spectrum. Allocates nothing if `out` is given and the wavenumbers are grid points.
   * @param chi Exactly a Float64Array with a value for each wavenumber.
   * @param out Receives chi(R), 2 m values, re and im interleaved; made if absent.
   */
  transform(chi: Float64Array, out?: Float64Array): Float64Array
  /**
   * Standard uncertainties of real and imaginary part from those of chi, whose points count as independent.
   * @param sigma As many as wavenumbers.
   * @param out   Receives 2 m values, those of re and im interleaved; made if absent.
   */
  propagate(sigma: Float64Array, out?: Float64Array): Float64Array
}

/**
 * Prepares forward transforms chi(k) to chi(R): {@link xftf} for a series.
 *
 * @param k       Wavenumbers of all spectra, 1/Å.
 * @param options Range, weight, window, grid.
 * @throws OperandoError `E_RANGE` for a range outside the data, saying which, or a transform too short for them; `E_SHAPE`, `E_AXIS` for wavenumbers.
 * @example
 * ```ts
 * import { createXftf, kGrid } from 'operando/spectroscopy'
 * const k = kGrid(14)
 * const plan = createXftf(k, { kmin: 3, kmax: 12, dk: 1, window: 'hanning' })
 * const out = new Float64Array(2 * plan.r.length)
 * for (const distance of [2, 2.1]) plan.transform(k.map(q => Math.sin(2 * q * distance) * Math.exp(-0.01 * q * q)), out)
 * ```
 */
export function createXftf(k: NumbersLike, options: XftfOptions = {}): XftfPlan {
  const { options: own, hints } = translateOptions(options, 'xftf options', XFTF_FIELDS, XFTF_FOREIGN)
  const { kweight = 2, dk = 1, dk2 = dk, window = 'kaiser', kstep = 0.05, nfft = 2048, rmaxOut = 10 } = own
  if (!(kstep > 0 && Number.isFinite(kweight) && rmaxOut > 0)) {
    throw new OperandoError(
      'E_RANGE',
      `xftf: kstep = ${kstep}, kweight = ${kweight}, rmaxOut = ${rmaxOut}: numbers above 0 expected (kweight: 0 or more).`,
    )
  }
  const loader = createGridLoader(k, kstep)
  const { points } = loader
  const { kmin = Math.max(2, loader.first), kmax = loader.last } = own
  checkRange(kmin, kmax, loader.first, loader.last, kstep)
  if (!(Number.isInteger(nfft) && nfft >= points)) {
    throw new OperandoError(
      'E_RANGE',
      `xftf: nfft = ${nfft}, but chi has ${points} points: a whole number, at least that, expected.`,
      {
        details: { nfft, points },
      },
    )
  }
  // the slopes of the window may reach beyond the data
  const wide = Math.max(points, Math.floor(1.01 + (kmax + dk2) / kstep))
  const kwin = transformWindow(wide, kstep, { min: kmin, max: kmax, dx: dk, dx2: dk2, window }).slice(0, points)
  const weight = new Float64Array(points)
  for (let i = 0; i < points; i++) weight[i] = (kstep / Math.sqrt(Math.PI)) * kwin[i]! * (i * kstep) ** kweight
  const rstep = Math.PI / (kstep * nfft)
  const count = Math.min(nfft >> 1, Math.trunc(1.01 + rmaxOut / rstep))
  const r = new Float64Array(count)
  for (let i = 0; i < count; i++) r[i] = i * rstep

  const fft = createFft(nfft)
  const turn = own.phaseCorrection && phaseFactors(own.phaseCorrection, points, kstep, kwin)
  const onGrid = new Float64Array(points)
  const data = new Float64Array(turn ? 2 * nfft : nfft)
  const bins = new Float64Array(turn ? 2 * nfft : 2 * (nfft >> 1) + 2)
  const transform = (chi: Float64Array, out?: Float64Array): Float64Array => {
    const result = outputOf(out, 2 * count)
    loader.load(chi, onGrid)
    if (turn) {
      for (let i = 0; i < points; i++) {
        data[2 * i] = onGrid[i]! * weight[i]! * turn[2 * i]!
        data[2 * i + 1] = onGrid[i]! * weight[i]! * turn[2 * i + 1]!
      }
      fft.forward(data, bins)
    } else {
      for (let i = 0; i < points; i++) data[i] = onGrid[i]! * weight[i]!
      fft.realForward(data, bins)
    }
    for (let i = 0; i < 2 * count; i++) result[i] = bins[i]!
    return result
  }
  const propagate = (sigma: Float64Array, out?: Float64Array): Float64Array => {
    const result = outputOf(out, 2 * count)
    loader.load(sigma, onGrid)
    for (let i = 0; i < count; i++) {
      let re = 0
      let im = 0
      for (let j = 0; j < points; j++) {
        const size = (weight[j]! * onGrid[j]!) ** 2
        const angle = 2 * j * kstep * r[i]! - (turn ? Math.atan2(turn[2 * j + 1]!, turn[2 * j]!) : 0)
        const cos = Math.cos(angle) ** 2
        re += size * cos
        im += size * (1 - cos)
      }
      result[2 * i] = Math.sqrt(re)
      result[2 * i + 1] = Math.sqrt(im)
    }
    return result
  }
  return { r, kwin, options: { kmin, kmax, kweight, dk, dk2, window, kstep, nfft, rmaxOut }, hints, transform, propagate }
}

/** A grid point beyond the end is still rounding of the range. */
function checkRange(kmin: number, kmax: number, first: number, last: number, kstep: number): void {
  const side = !(kmin >= first - kstep && kmin < last)
    ? `kmin = ${kmin}`
    : !(kmax > kmin && kmax <= last + kstep)
      ? `kmax = ${kmax}`
      : ''
  if (side === '') return
  throw new OperandoError(
    'E_RANGE',
    `xftf: ${side} 1/Å does not fit the data, whose k runs from ${Number(first.toFixed(4))} to ${Number(last.toFixed(4))} 1/Å: kmin < kmax within them expected.`,
    { details: { kmin, kmax, first, last } },
  )
}

/** exp(-i phase) at the grid points under the window. */
function phaseFactors({ k, phase }: PathPhase, points: number, kstep: number, kwin: Float64Array): Float64Array {
  const axis = asFloat64(k, 'phaseCorrection.k')
  const values = asFloat64(phase, 'phaseCorrection.phase', { length: axis.length })
  const last = kwin.findLastIndex(value => value > 0) * kstep
  if (!(axis.length > 1 && axis[axis.length - 1]! >= last - 1e-6)) {
    throw new OperandoError(
      'E_RANGE',
      `phaseCorrection ends at k = ${axis.at(-1)}, the window at ${last} 1/Å: a phase over the whole window expected.`,
    )
  }
  const grid = Float64Array.from({ length: points }, (_, i) => i * kstep)
  const angle = createSpline(axis, values, { outside: 'clamp' }).evaluate(grid)
  const out = new Float64Array(2 * points)
  for (let i = 0; i < points; i++) {
    out[2 * i] = Math.cos(angle[i]!)
    out[2 * i + 1] = -Math.sin(angle[i]!)
  }
  return out
}
