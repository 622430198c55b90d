import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import type { TransformWindow } from '../transform/transformWindow.js'

/**
 * What holds the ends of the background: rows `weight · scale · (mu - background)` of the first and last points of the k grid are added to the residual. `fixed`: scale 1, the problem stays linear. `larch-0.9.58`: scale
 * 1 + 100 m, `larch-2026.3`: 0.1 + 10 m, with m the mean of the squares of the Fourier residual; the two give chi that differ by up to 1 on one and the same scan.
 */
export type ClampConvention = 'fixed' | 'larch-2026.3' | 'larch-0.9.58'

/** Clamps of a background. */
export interface AutobkClamps {
  /** Weight at the begin. Default 0. */
  low?: number | undefined
  /** Weight at the end. Default 0. */
  high?: number | undefined
  /** Points at each end. Default 3. */
  points?: number | undefined
  /** Which scale. Default `'fixed'`. */
  convention?: ClampConvention | undefined
}

/** Options of {@link createAutobk}. */
export interface AutobkOptions {
  /** Energy where k = 0, eV. */
  e0: number
  /** Distance below which chi(R) is background, Å. Default 1. */
  rbkg?: number | undefined
  /** Begin of the range in k, 1/Å. Default 0. */
  kmin?: number | undefined
  /** Its end, 1/Å. Default where the data end. */
  kmax?: number | undefined
  /** Power of k in the residual. Default 1. */
  kweight?: number | undefined
  /** Slopes of the window, 1/Å. Default 0.1. */
  dk?: number | undefined
  /** Window. Default `'hanning'`. */
  window?: TransformWindow | undefined
  /** Points of the spline. Default 1 + trunc(2 rbkg (kmax - kmin) / π), from 5 to 128. */
  nknots?: number | undefined
  /** Step of the k grid, 1/Å. Default 0.05. */
  kstep?: number | undefined
  /** Points of the transform. Default 2048. */
  nfft?: number | undefined
  /** Clamps. Default none: the background is the one solution of a linear problem, the same in all versions of Larch. */
  clamps?: AutobkClamps | undefined
  /** A chi(k) whose low distances are no background: that of a standard, normalised. */
  standard?: AutobkStandard | undefined
}

/** A chi(k) to compare with. */
export interface AutobkStandard {
  /** Wavenumbers, 1/Å. */
  readonly k: NumbersLike
  /** chi(k), dimensionless. */
  readonly chi: NumbersLike
}

/** Names there are. */
export const AUTOBK_FIELDS: FieldsOf<AutobkOptions> = {
  e0: true,
  rbkg: true,
  kmin: true,
  kmax: true,
  kweight: true,
  dk: true,
  window: true,
  nknots: true,
  kstep: true,
  nfft: true,
  clamps: true,
  standard: true,
}

/** What Larch and Athena call them. */
export const AUTOBK_FOREIGN: Readonly<Record<string, string>> = {
  ek0: 'e0',
  kw: 'kweight',
  win: 'window',
  bkg_e0: 'e0',
  bkg_rbkg: 'rbkg',
  bkg_kw: 'kweight',
  bkg_spl1: 'kmin',
  bkg_spl2: 'kmax',
  bkg_dk: 'dk',
}

const CLAMP_FIELDS: FieldsOf<AutobkClamps> = { low: true, high: true, points: true, convention: true }

/** Clamps with everything filled in; `undefined` for none. */
export function clampsOf(
  given: AutobkClamps | undefined,
): Required<{ [Name in keyof AutobkClamps]: NonNullable<AutobkClamps[Name]> }> | undefined {
  assertKnown(given, 'autobk clamps', CLAMP_FIELDS)
  const { low = 0, high = 0, points = 3, convention = 'fixed' } = given ?? {}
  assertOneOf(convention, 'clamps.convention', ['fixed', 'larch-2026.3', 'larch-0.9.58'])
  if (!(Number.isFinite(low) && Number.isFinite(high) && Number.isInteger(points) && points >= 0)) {
    throw new OperandoError(
      'E_RANGE',
      `autobk clamps: low = ${low}, high = ${high}, points = ${points}: weights and a whole number of points expected.`,
    )
  }
  return points === 0 || (low === 0 && high === 0) ? undefined : { low: Math.abs(low), high: Math.abs(high), points, convention }
}
