import { OperandoError } from '../../../core/errors.js'
import { nearestPlace, placeBelow } from '../places.js'
import { kGrid } from '../transform/kGrid.js'
import { energyOfWavenumber, wavenumber } from '../transform/wavenumber.js'
import type { AutobkOptions } from './autobkOptions.js'

/** Where the pieces of AUTOBK lie: the same numbers as in Larch, off by one changes chi. */
export interface AutobkLayout {
  /** First point of the background: the last energy at or below E0. */
  readonly first: number
  /** Its points, which may reach one beyond kmax. */
  readonly count: number
  /** Wavenumbers of these points; the first may lie below 0. */
  readonly kraw: Float64Array
  /** Even grid. */
  readonly k: Float64Array
  /** Range. */
  readonly kmin: number
  /** Range. */
  readonly kmax: number
  /** Knots of the cubic spline, spline points + 4 values. */
  readonly knots: Float64Array
  /** Bins of the transform that count as background. */
  readonly bins: number
}

/** Points of a spline: fewer are no background, and more are no use. */
const SPLINE_POINTS = { least: 5, most: 128, refused: 4 }

/**
 * Lays out a background.
 * @param energy  eV, rising.
 * @param options As given.
 * @throws OperandoError `E_RANGE` for a range outside the data, saying which, a scan that is too short, or more spline points than data.
 */
export function autobkLayout(energy: Float64Array, options: AutobkOptions): AutobkLayout {
  const { e0, kmin = 0, kstep = 0.05, nfft = 2048, nknots } = options
  if (!(e0 >= energy[0]! && e0 < energy.at(-1)!)) {
    throw new OperandoError('E_RANGE', `autobk: e0 = ${e0} lies outside the data, ${energy[0]} to ${energy.at(-1)} eV.`)
  }
  const first = placeBelow(energy, e0)
  const all = wavenumber(energy.subarray(first), e0)
  const end = all.at(-1)!
  const kmax = Math.min(options.kmax ?? end, end)
  if (!(kmin >= 0 && kmin < kmax)) {
    throw new OperandoError(
      'E_RANGE',
      `autobk: kmin = ${kmin}, kmax = ${options.kmax ?? kmax}: 0 <= kmin < kmax expected; the data end at k = ${end.toFixed(3)} 1/Å.`,
    )
  }
  const rstep = Math.PI / (kstep * nfft)
  const rbkg = Math.max(options.rbkg ?? 1, 2 * rstep)
  const natural = 1 + Math.trunc((2 * rbkg * (kmax - kmin)) / Math.PI)
  if (nknots === undefined && natural < SPLINE_POINTS.refused) {
    throw new OperandoError(
      'E_RANGE',
      `autobk: the scan reaches k = ${kmax.toFixed(2)} 1/Å only, ${(energy.at(-1)! - e0).toFixed(0)} eV above the edge: with rbkg = ${rbkg} Å that tells ${natural} points of a background, too few. ${(((SPLINE_POINTS.refused - 1) * Math.PI) / (2 * rbkg)).toFixed(1)} 1/Å are needed, or a larger rbkg.`,
      { details: { kmax, rbkg } },
    )
  }
  const points = Math.max(SPLINE_POINTS.least, Math.min(SPLINE_POINTS.most, nknots ?? natural))
  const bins = Math.trunc(1 + ((natural - 1) * Math.PI) / (2 * rstep * (kmax - kmin)))
  const stop = Math.min(energy.length, 2 + placeBelow(energy, energyOfWavenumber([kmax], e0)[0]!)) - 1
  const kraw = all.subarray(0, stop - first + 1)
  return { first, count: kraw.length, kraw, k: kGrid(kmax, kstep), kmin, kmax, knots: splineKnots(all, points, kmin, kmax), bins }
}

/** Knots of the not-a-knot spline through the data points nearest to even wavenumbers. */
function splineKnots(kraw: Float64Array, points: number, kmin: number, kmax: number): Float64Array {
  const at = new Float64Array(points)
  for (let i = 0; i < points; i++) {
    at[i] = kraw[nearestPlace(kraw, kmin + (i * (kmax - kmin)) / (points - 1))]!
    if (i === 0 || at[i]! > at[i - 1]!) continue
    throw new OperandoError(
      'E_RANGE',
      `autobk: ${points} points of the spline, but the data near k = ${at[i]!.toFixed(2)} 1/Å are too sparse for them. Lower rbkg or nknots.`,
      { details: { points } },
    )
  }
  const knots = new Float64Array(points + 4)
  knots.fill(at[0]!, 0, 4)
  knots.set(at.subarray(2, points - 2), 4)
  knots.fill(at[points - 1]!, points)
  return knots
}
