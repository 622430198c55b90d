import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { createFft } from '../../../numeric/fft/createFft.js'
import { translateOptions } from '../../foreignNames.js'
import { type ComplexParts, complexParts } from './complexParts.js'
import { type TransformWindow, transformWindow } from './transformWindow.js'

/** What {@link xftr} goes back from: a {@link ChiR}, or the same by hand. */
export interface ChiRInput {
  /** Distances, Å, even steps from 0. */
  readonly r: NumbersLike
  /** Real part of chi(R). */
  readonly re: NumbersLike
  /** Imaginary part. */
  readonly im: NumbersLike
}

/** Options of {@link xftr}. */
export interface XftrOptions {
  /** Middle of the rising slope of the window, Å. */
  rmin: number
  /** Middle of the falling slope, Å. */
  rmax: number
  /** Width of the slopes, Å, or parameter of the window. Default 0.2. */
  dr?: number | undefined
  /** Width of the falling slope. Default dr. */
  dr2?: number | undefined
  /** Which window. Default `hanning`. */
  window?: TransformWindow | undefined
  /** Power of R that chi(R) is multiplied by. Default 0. */
  rweight?: number | undefined
  /** Points of the transform. Default 2048: take that of the forward transform. */
  nfft?: number | undefined
  /** Where the result ends, 1/Å. Default 30. */
  qmaxOut?: number | undefined
}

const FIELDS: FieldsOf<XftrOptions> = {
  rmin: true,
  rmax: true,
  dr: true,
  dr2: true,
  window: true,
  rweight: true,
  nfft: true,
  qmaxOut: true,
}

/** What Larch and Athena call them. */
const FOREIGN: Readonly<Record<string, string>> = {
  rw: 'rweight',
  rMin: 'rmin',
  rMax: 'rmax',
  rwindow: 'window',
  qmax_out: 'qmaxOut',
  bft_rmin: 'rmin',
  bft_rmax: 'rmax',
  bft_dr: 'dr',
  bft_rwindow: 'window',
}

/** chi(q): what of the k-weighted, windowed chi(k) comes from a range of R. Its real part is that chi(k). */
export interface ChiQ extends ComplexParts {
  /** Wavenumbers, 1/Å, even steps from 0. */
  readonly q: Float64Array
  /** The window, at the distances given. */
  readonly rwin: Float64Array
  /** Names of other programs that were translated. */
  readonly warnings: readonly Issue[]
}

/**
 * Back transform of a range of R: chi(q) = 2 sqrt(pi) / kstep * IFFT(chi(R) R^rweight W(R)). With a window over all R its real part is chi(k) k^kweight W(k) again, its magnitude the envelope and
 * its phase 2 k R + phi(k) - pi/2 of the shells in the window. Larch's normalisation.
 *
 * @param chir    chi(R) as {@link xftf} gives it.
 * @param options Range and window; `rmin` and `rmax` are needed.
 * @throws OperandoError `E_RANGE` for a range outside the data, saying which; `E_SHAPE`, `E_AXIS`, `E_NAN`, `E_MISSING`, `E_ARGUMENT` for other input.
 * @see Larch, xftr
 * @example
 * ```ts
 * import { kGrid, xftf, xftr } from 'operando/spectroscopy'
 * const k = kGrid(14)
 * const chi = k.map(q => (Math.sin(2 * q * 2.1) + Math.sin(2 * q * 3.6)) * Math.exp(-0.012 * q * q))
 * const { q, re } = xftr(xftf(k, chi, { kmin: 3, kmax: 12 }), { rmin: 1.5, rmax: 2.8 })
 * ```
 */
export function xftr(chir: ChiRInput, options: XftrOptions): ChiQ {
  assertFields(chir, 'xftr: chi(R)', ['r', 're', 'im'])
  const { options: own, hints } = translateOptions(options, 'xftr options', FIELDS, FOREIGN)
  assertFields(own, 'xftr options', ['rmin', 'rmax'])
  const { rmin, rmax, dr = 0.2, dr2 = dr, window = 'hanning', rweight = 0, nfft = 2048, qmaxOut = 30 } = own
  const r = asFloat64(chir.r, 'r')
  const n = r.length
  const re = asFloat64(chir.re, 're', { length: n })
  const im = asFloat64(chir.im, 'im', { length: n })
  const rstep = stepOf(r)
  if (!(Number.isInteger(nfft) && nfft >= n && qmaxOut > 0 && Number.isFinite(rweight))) {
    throw new OperandoError(
      'E_RANGE',
      `xftr: nfft = ${nfft}, qmaxOut = ${qmaxOut}, rweight = ${rweight}: nfft of ${n} or more and a qmaxOut above 0 expected.`,
    )
  }
  const end = r[n - 1]!
  if (!(rmin >= 0 && rmin < rmax && rmax <= end + rstep)) {
    throw new OperandoError(
      'E_RANGE',
      `xftr: rmin = ${rmin}, rmax = ${rmax} Å do not fit chi(R), which runs from 0 to ${end.toFixed(3)} Å: rmin < rmax within it expected. A larger rmaxOut of xftf makes it longer.`,
      { details: { rmin, rmax, end } },
    )
  }
  const full = transformWindow(nfft, rstep, { min: rmin, max: rmax, dx: dr, dx2: dr2, window })
  const data = new Float64Array(2 * nfft)
  for (let i = 0; i < n; i++) {
    const weight = full[i]! * r[i]! ** rweight
    data[2 * i] = re[i]! * weight
    data[2 * i + 1] = im[i]! * weight
  }
  createFft(nfft).inverse(data, data)
  const kstep = Math.PI / (rstep * nfft)
  const count = Math.min(nfft >> 1, Math.trunc(1.05 + qmaxOut / kstep))
  const q = new Float64Array(count)
  for (let i = 0; i < count; i++) q[i] = i * kstep
  const parts = complexParts(data, count, (2 * Math.sqrt(Math.PI)) / kstep)
  return Object.freeze({ q, ...parts, rwin: full.slice(0, n), warnings: hints })
}

function stepOf(r: Float64Array): number {
  const step = r.length > 1 ? (r[r.length - 1]! - r[0]!) / (r.length - 1) : 0
  const isEven = step > 0 && r.every((value, i) => Math.abs(value - i * step) <= 1e-6 * step)
  if (isEven) return step
  throw new OperandoError(
    'E_AXIS',
    `xftr: r must rise in even steps from 0, as xftf gives it; found ${r.length} values from ${r[0]} to ${r.at(-1)}.`,
  )
}
