import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Dataset } from '../../../model/dataset.js'
import { createSpline } from '../../../numeric/interpolate/spline.js'
import { erfc } from '../../../numeric/special/erf.js'
import { readSpectrum } from '../../spectrum.js'

/** Widths of a broadening, eV: both make a Voigt profile. */
export interface BroadenOptions {
  /** Full width at half maximum of a Gaussian: resolution of the monochromator. Default 0. */
  gaussian?: number | undefined
  /** Full width at half maximum of a Lorentzian: lifetime of the core hole. Default 0. */
  lorentzian?: number | undefined
}

/** Names there are. */
export const BROADEN_FIELDS: FieldsOf<BroadenOptions> = { gaussian: true, lorentzian: true }

/** Second antiderivative of a kernel of unit area: what a change of slope becomes. */
export type Bend = (t: number) => number

/** Full width over standard deviation of a Gaussian. */
const FWHM = 2 * Math.sqrt(2 * Math.log(2))
/** Pieces into which an interval is cut before it counts as straight. */
const PIECES = 8

/**
 * Bends of both kernels.
 * @param options Widths.
 * @throws OperandoError `E_RANGE` unless a width is above 0.
 */
export function bendsOf(options: BroadenOptions, verb: string): Bend[] {
  assertKnown(options, `${verb} options`, BROADEN_FIELDS)
  const { gaussian = 0, lorentzian = 0 } = options
  if (!(gaussian >= 0 && lorentzian >= 0 && gaussian + lorentzian > 0 && gaussian + lorentzian < Infinity)) {
    throw new OperandoError(
      'E_RANGE',
      `${verb}: gaussian = ${gaussian}, lorentzian = ${lorentzian}: widths in eV, one above 0, expected.`,
    )
  }
  const sigma = gaussian / FWHM
  const half = lorentzian / 2
  const bends: Bend[] = []
  if (gaussian > 0) {
    bends.push(
      t => t * 0.5 * erfc(-t / (sigma * Math.SQRT2)) + (sigma / Math.sqrt(2 * Math.PI)) * Math.exp(-0.5 * (t / sigma) ** 2),
    )
  }
  if (lorentzian > 0)
    bends.push(t => t * (0.5 + Math.atan(t / half) / Math.PI) - (half / (2 * Math.PI)) * Math.log(t * t + half * half))
  return bends
}

/**
 * Broadens a spectrum on its own, even or uneven grid. Each interval is cut into eight by a cubic spline; the polygon through these points is folded with the kernel in closed form, so that no grid is needed and nothing moves. The
 * first and the last value go on outside.
 *
 * Larch's `xas_convolve` adds half of the width to the energies; a broadening must not move an edge.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options Widths.
 * @returns n values.
 * @throws OperandoError `E_RANGE` for widths, `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { broaden } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 200 }, (_, i) => 7100 + 0.2 * i)
 * const sharp = energy.map(e => 0.5 + Math.atan((e - 7112) / 0.5) / Math.PI)
 * broaden(energy, sharp, { lorentzian: 1 }) // 0.5 + atan((e - 7112) / 1) / pi: widths of Lorentzians add
 * ```
 */
export function broaden(energy: NumbersLike, mu: NumbersLike, options: BroadenOptions): Float64Array
export function broaden(data: Dataset<'energy'>, options: BroadenOptions): Float64Array
export function broaden(
  first: NumbersLike | Dataset,
  second?: NumbersLike | BroadenOptions,
  third?: BroadenOptions,
): Float64Array {
  const { energy, mu, options } = readSpectrum<BroadenOptions>('broaden', first, second, third)
  return bendsOf(options, 'broaden').reduce((curve, bend) => fold(energy, curve, bend), mu)
}

/** A curve folded with one kernel. */
export function fold(x: Float64Array, y: Float64Array, bend: Bend): Float64Array {
  const knots = new Float64Array((x.length - 1) * PIECES + 1)
  for (let i = 0; i < x.length - 1; i++)
    for (let p = 0; p < PIECES; p++) knots[i * PIECES + p] = x[i]! + ((x[i + 1]! - x[i]!) * p) / PIECES
  knots[knots.length - 1] = x[x.length - 1]!
  const values = createSpline(x, y).evaluate(knots)
  const out = new Float64Array(x.length).fill(values[0]!)
  let before = 0
  for (let j = 0; j < knots.length; j++) {
    const slope = j < knots.length - 1 ? (values[j + 1]! - values[j]!) / (knots[j + 1]! - knots[j]!) : 0
    const change = slope - before
    before = slope
    if (change !== 0) for (let i = 0; i < out.length; i++) out[i]! += change * bend(x[i]! - knots[j]!)
  }
  return out
}
