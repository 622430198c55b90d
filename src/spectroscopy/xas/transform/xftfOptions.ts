import type { NumbersLike } from '../../../core/arrays.js'
import type { FieldsOf } from '../../../core/fields.js'
import type { TransformWindow } from './transformWindow.js'

/** The phase of a scattering path, which shifts its peak in chi(R). */
export interface PathPhase {
  /** Wavenumbers, 1/Å, rising. */
  readonly k: NumbersLike
  /** Phase in radians without 2 k R: that of the central atom and of the scatterers. */
  readonly phase: NumbersLike
}

/** Options of {@link xftf} and {@link createXftf}. */
export interface XftfOptions {
  /** Middle of the rising slope of the window, 1/Å. Default 2. */
  kmin?: number | undefined
  /** Middle of the falling slope, 1/Å. Default where the data end. */
  kmax?: number | undefined
  /** Power of k that chi is multiplied by. Default 2. */
  kweight?: number | undefined
  /** Width of the slopes, 1/Å, or parameter of the window. Default 1. */
  dk?: number | undefined
  /** Width of the falling slope. Default dk. */
  dk2?: number | undefined
  /** Which window. Default `kaiser`. */
  window?: TransformWindow | undefined
  /** Step of the even grid in k, 1/Å. Default 0.05. */
  kstep?: number | undefined
  /** Points of the transform, chi filled up with 0. Default 2048: steps of 0.0307 Å in R. */
  nfft?: number | undefined
  /** Where the result ends, Å. Default 10. */
  rmaxOut?: number | undefined
  /** Phase that is taken off, so that peaks of this path stand at their distances. Default none: they stand 0.2 to 0.5 Å too low. */
  phaseCorrection?: PathPhase | undefined
}

/** Options that there are. */
export const XFTF_FIELDS: FieldsOf<XftfOptions> = {
  kmin: true,
  kmax: true,
  kweight: true,
  dk: true,
  dk2: true,
  window: true,
  kstep: true,
  nfft: true,
  rmaxOut: true,
  phaseCorrection: true,
}

/** What Larch and Athena call them. */
export const XFTF_FOREIGN: Readonly<Record<string, string>> = {
  kw: 'kweight',
  kWeight: 'kweight',
  kMin: 'kmin',
  kMax: 'kmax',
  kwindow: 'window',
  kstepsize: 'kstep',
  rmax_out: 'rmaxOut',
  fft_kmin: 'kmin',
  fft_kmax: 'kmax',
  fft_dk: 'dk',
  fft_kwindow: 'window',
  fft_kweight: 'kweight',
}
