import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { gaussLegendre } from '../../numeric/calculus/gaussLegendre.js'
import { outputOf } from '../../numeric/outputOf.js'
import { GAUSSIAN_HEIGHT } from './gaussian.js'
import { LORENTZIAN_HEIGHT } from './lorentzian.js'

/** Lorentzians this far apart add up to a smooth curve to 1e-6 of its height. */
const POINTS_PER_FWHM = 8

/** Parameters of {@link fingerCoxJephcoat}. */
export interface AxialDivergence {
  /** The Bragg angle, degrees, that a line without asymmetry would have. */
  readonly twoTheta: number
  /** Fwhm of the pseudo-Voigt without asymmetry, degrees. */
  readonly fwhm: number
  /** Its Lorentzian fraction, 0 to 1. */
  readonly eta: number
  /** Half height of the sample along the axis over its distance to the detector: S/L. */
  readonly sample: number
  /** Half height of the detector's slit over that distance: H/L. It may be exchanged with S/L. */
  readonly detector: number
  /** Area. Default 1. */
  readonly area?: number | undefined
  /** Points of the integration over height, on each side of |H/L - S/L|. Default: 16, or eight for each fwhm that the asymmetry is wide. */
  readonly points?: number | undefined
}

/**
 * Pseudo-Voigt made asymmetric by axial divergence: cones of diffraction cut by a slit of some height, after Finger, Cox and Jephcoat. Integrated over the height h, where the weight
 * is smooth, not over the angle, where it has a pole. The tail is on the low side below 90 degrees and on the high side above; the maximum moves by millidegrees.
 *
 * @param x    Angles in degrees 2theta, any order, n values.
 * @param line Bragg angle, widths, S/L, H/L.
 * @param out  Receives n values, 1/degree; made if absent.
 * @throws OperandoError `E_RANGE` for an angle outside 0 to 180 degrees, a width that is not positive, eta outside 0 to 1, negative heights.
 * @see L. W. Finger, D. E. Cox, A. P. Jephcoat, J. Appl. Cryst. 27 (1994) 892
 * @example
 * ```ts
 * import { fingerCoxJephcoat } from 'operando/scattering'
 * fingerCoxJephcoat([3.1, 3.15, 3.2, 3.25], { twoTheta: 3.2, fwhm: 0.018, eta: 0.35, sample: 0.018, detector: 0.018 })
 * ```
 */
export function fingerCoxJephcoat(x: NumbersLike, line: AxialDivergence, out?: Float64Array): Float64Array {
  const angles = asFloat64(x, 'x')
  const result = outputOf(out, angles.length)
  check(line)
  result.fill(0)
  const { fwhm, eta, area = 1 } = line
  const { centres, weights } = axialCurves(line)
  const inverse = 1 / fwhm
  const gaussian = (1 - eta) * GAUSSIAN_HEIGHT * inverse
  const lorentzian = eta * LORENTZIAN_HEIGHT * inverse
  for (let k = 0; k < centres.length; k++) {
    const weight = area * weights[k]!
    for (let i = 0; i < angles.length; i++) {
      const u = (angles[i]! - centres[k]!) * inverse
      const uu = 4 * u * u
      const t = Math.LN2 * uu
      result[i]! += weight * ((t < 60 ? gaussian * Math.exp(-t) : 0) + lorentzian / (1 + uu))
    }
  }
  return result
}

/** Centres and weights (sum 1) of the symmetric curves that make up an asymmetric line. */
export function axialCurves(line: Pick<AxialDivergence, 'twoTheta' | 'fwhm' | 'sample' | 'detector' | 'points'>): {
  centres: Float64Array
  weights: Float64Array
} {
  const { twoTheta, fwhm, sample, detector } = line
  const low = Math.abs(detector - sample)
  const high = detector + sample
  const bragg = (twoTheta * Math.PI) / 180
  const cos = Math.cos(bragg)
  // beyond this height the cone does not reach the slit's plane
  const tan = Math.abs(Math.tan(bragg))
  const reach = Math.min(high, tan)
  if (reach === 0) return { centres: Float64Array.of(twoTheta), weights: Float64Array.of(1) }
  // sin 2phi by the gap to the height of grazing: arc cosine loses half its digits there
  const sineAt = (h: number, gap: number): number => Math.abs(cos) * Math.sqrt(Math.max(0, gap) * (tan + h))
  const angleAt = (h: number, gap = tan - h): number => (Math.atan2(sineAt(h, gap), cos * Math.sqrt(1 + h * h)) * 180) / Math.PI
  const { points } = line
  const centres: number[] = []
  const weights: number[] = []
  let total = 0
  // the weight has a bend at |H - S|: each side by its own rule
  for (const [from, to] of [
    [0, Math.min(low, reach)],
    [Math.min(low, reach), reach],
  ] as const) {
    if (!(to > from)) continue
    const count = points ?? Math.max(16, Math.ceil((POINTS_PER_FWHM * Math.abs(angleAt(from) - angleAt(to))) / fwhm))
    // where the cone just grazes the plane 1 / sin(2phi) has a pole: h = to - (to - from) t², t from 0 to 1, integrates it away
    const grazes = to === reach && reach < high
    const { nodes, weights: parts } = grazes ? gaussLegendre(count, 0, 1) : gaussLegendre(count, from, to)
    nodes.forEach((node, k) => {
      const h = grazes ? to - (to - from) * node * node : node
      const dh = grazes ? 2 * (to - from) * node * parts[k]! : parts[k]!
      const gap = grazes ? (to - from) * node * node : tan - h
      const seen = h < low ? 2 * Math.min(detector, sample) : high - h
      const weight = (seen * dh) / ((1 + h * h) * sineAt(h, gap))
      centres.push(angleAt(h, gap))
      weights.push(weight)
      total += weight
    })
  }
  return { centres: Float64Array.from(centres), weights: Float64Array.from(weights, w => w / total) }
}

function check({ twoTheta, fwhm, eta, sample, detector }: AxialDivergence): void {
  const wrong = !(twoTheta > 0 && twoTheta < 180)
    ? `twoTheta = ${twoTheta} degrees: above 0 and below 180`
    : !(fwhm > 0)
      ? `fwhm = ${fwhm} degrees: above 0`
      : !(eta >= 0 && eta <= 1)
        ? `eta = ${eta}: 0 to 1`
        : !(sample >= 0 && detector >= 0 && sample + detector < 1)
          ? `sample = ${sample}, detector = ${detector}: heights over distance, not below 0 and small,`
          : undefined
  if (wrong !== undefined) throw new OperandoError('E_RANGE', `fingerCoxJephcoat: ${wrong} expected.`)
}
