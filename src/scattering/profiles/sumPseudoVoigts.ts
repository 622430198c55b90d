import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { outputOf } from '../../numeric/outputOf.js'
import { lowerBound } from '../lowerBound.js'
import { GAUSSIAN_HEIGHT } from './gaussian.js'
import { LORENTZIAN_HEIGHT } from './lorentzian.js'

const FOUR_LN2 = 4 * Math.LN2
/** Fwhm from the centre at which a Gaussian has 1e-26 of its height left. */
const GAUSSIAN_REACH = 4.65

/** Lines of a pattern: four arrays of one length. */
export interface PseudoVoigtLines {
  /** Areas. */
  readonly area: NumbersLike
  /** Centres. */
  readonly centre: NumbersLike
  /** Full widths at half maximum, above 0. */
  readonly fwhm: NumbersLike
  /** Lorentzian fractions, 0 to 1. */
  readonly eta: NumbersLike
}

/** Options of {@link sumPseudoVoigts}. */
export interface SumPseudoVoigtsOptions {
  /** How far a line is computed, fwhm on either side of its centre. Default: all of x. At 30 a Lorentzian has 3e-4 of its height left. */
  reach?: number | undefined
  /** Receives n values; made if absent. */
  out?: Float64Array | undefined
}

const OPTIONS: FieldsOf<SumPseudoVoigtsOptions> = { reach: true, out: true }

/**
 * Sum of many pseudo-Voigt lines: the pattern of a powder. A grid that is even to a millionth of its step is taken as even; the Gaussian parts then go
 * by recurrence instead of exponentials, good to 1e-9 of a line's height.
 *
 * @param x       Abscissae, n values, strictly rising.
 * @param lines   Areas, centres, widths, fractions of m lines.
 * @param options Reach, output.
 * @throws OperandoError `E_AXIS`, `E_SHAPE`, `E_NAN`; `E_RANGE` for a width that is not positive.
 * @example
 * ```ts
 * import { sumPseudoVoigts } from 'operando/scattering'
 * const x = Float64Array.from({ length: 1001 }, (_, i) => 20 + 0.02 * i)
 * sumPseudoVoigts(x, { area: [100, 40], centre: [25, 33], fwhm: [0.1, 0.12], eta: [0.5, 0.5] }, { reach: 30 })
 * ```
 */
export function sumPseudoVoigts(x: NumbersLike, lines: PseudoVoigtLines, options: SumPseudoVoigtsOptions = {}): Float64Array {
  assertKnown(options, 'sumPseudoVoigts options', OPTIONS)
  const points = asFloat64(x, 'x')
  assertRising(points, 'x')
  const area = asFloat64(lines.area, 'area')
  const [centre, fwhm, eta] = (['centre', 'fwhm', 'eta'] as const).map(name =>
    asFloat64(lines[name], name, { length: area.length }),
  ) as [Float64Array, Float64Array, Float64Array]
  const out = outputOf(options.out, points.length).fill(0)
  const step = evenStep(points)
  for (let r = 0; r < area.length; r++) {
    if (!(fwhm[r]! > 0)) throw new OperandoError('E_RANGE', `fwhm[${r}] = ${fwhm[r]}, a number above 0 expected.`)
    addPseudoVoigtLine(points, step, area[r]!, centre[r]!, fwhm[r]!, eta[r]!, options.reach ?? Infinity, out)
  }
  return out
}

/** The step of a grid that is even to a millionth of it, else 0. */
export function evenStep(x: Float64Array): number {
  const n = x.length
  const step = (x[n - 1]! - x[0]!) / (n - 1)
  for (let i = 1; i < n; i++) if (!(Math.abs(x[i]! - x[0]! - i * step) <= 1e-6 * step)) return 0
  return step > 0 ? step : 0
}

/**
 * Adds one line to a pattern. Kernel.
 * @param x      Abscissae, rising.
 * @param step   Their step if they are even, else 0.
 * @param area   Area.
 * @param centre Centre.
 * @param fwhm   Full width at half maximum.
 * @param eta    Lorentzian fraction.
 * @param reach  How far to go, in fwhm.
 * @param out    The pattern.
 */
export function addPseudoVoigtLine(
  x: Float64Array,
  step: number,
  area: number,
  centre: number,
  fwhm: number,
  eta: number,
  reach: number,
  out: Float64Array,
): void {
  const inverse = 1 / fwhm
  const lorentz = area * eta * LORENTZIAN_HEIGHT * inverse
  const gauss = area * (1 - eta) * GAUSSIAN_HEIGHT * inverse
  const twice = 2 * inverse
  if (lorentz !== 0) {
    const from = firstNotBelow(x, step, centre - reach * fwhm)
    const to = firstNotBelow(x, step, centre + reach * fwhm)
    const farthest = Math.max(Math.abs(x[0]! - centre), Math.abs(x[x.length - 1]! - centre)) * twice
    if (step > 0 && farthest < PAIRS_WITHIN) addEvenLorentzian(x[0]!, step, from, to, lorentz, centre, twice, out)
    else {
      for (let i = from; i < to; i++) {
        const u = (x[i]! - centre) * twice
        out[i]! += lorentz / (1 + u * u)
      }
    }
  }
  if (gauss === 0) return
  const near = Math.min(reach, GAUSSIAN_REACH) * fwhm
  const from = firstNotBelow(x, step, centre - near)
  const to = firstNotBelow(x, step, centre + near)
  if (step === 0) {
    for (let i = from; i < to; i++) {
      const u = (x[i]! - centre) * inverse
      out[i]! += gauss * Math.exp(-FOUR_LN2 * u * u)
    }
    return
  }
  if (from >= to) return
  // exp(-c (u + d)²) = exp(-c u²) exp(-c (2 u d + d²)), and the last factor changes by exp(-2 c d²) from point to point
  const d = step * inverse
  const u = (x[from]! - centre) * inverse
  const change = Math.exp(-2 * FOUR_LN2 * d * d)
  let value = gauss * Math.exp(-FOUR_LN2 * u * u)
  let factor = Math.exp(-FOUR_LN2 * (2 * u * d + d * d))
  for (let i = from; i < to; i++) {
    out[i]! += value
    value *= factor
    factor *= change
  }
}

/** Beyond this distance, in half widths, the product of two squares could overflow. */
const PAIRS_WITHIN = 1e70

/**
 * Adds height / (1 + u²), u = (x - centre) scale, on an even grid from x0 on. One division, which costs as much as all else at a point, serves
 * two points: 1 / a = b / (a b).
 */
function addEvenLorentzian(
  x0: number,
  step: number,
  from: number,
  to: number,
  height: number,
  centre: number,
  scale: number,
  out: Float64Array,
): void {
  const start = (x0 - centre) * scale
  const d = step * scale
  for (let i = from; i + 1 < to; i += 2) {
    const u = start + i * d
    const v = u + d
    const a = 1 + u * u
    const b = 1 + v * v
    const shared = height / (a * b)
    out[i]! += shared * b
    out[i + 1]! += shared * a
  }
  if ((to - from) % 2 === 1) {
    const u = start + (to - 1) * d
    out[to - 1]! += height / (1 + u * u)
  }
}

function firstNotBelow(x: Float64Array, step: number, value: number): number {
  const n = x.length
  if (!(value > x[0]!)) return 0
  if (value > x[n - 1]!) return n
  return step > 0 ? Math.ceil((value - x[0]!) / step) : lowerBound(x, value)
}
