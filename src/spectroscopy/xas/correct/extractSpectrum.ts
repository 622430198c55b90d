import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { freezeData } from '../../../model/derive.js'
import { derivative } from '../../../numeric/calculus/derivative.js'
import { median } from '../../../numeric/statistics/index.js'
import { asSpectrum } from '../../spectrum.js'

/** Options of {@link extractSpectrum}. */
export interface ExtractSpectrumOptions {
  /** Energies, from, to in eV, where the known part has a feature and the unknown one has none. Default: all. */
  range?: readonly [number, number] | undefined
  /** `'derivative'` (default): the slopes of the known part vanish from the rest; `'nonnegative'`: as much of it as leaves the rest nowhere below 0 by more than its noise, an upper limit. */
  method?: 'derivative' | 'nonnegative' | undefined
  /** Standard uncertainty of the mixed spectrum, for `'nonnegative'`. Default 0. */
  noise?: number | undefined
}

const OPTIONS: FieldsOf<ExtractSpectrumOptions> = { range: true, method: true, noise: true }

/** What is left of a spectrum without a known part. */
export interface ExtractedSpectrum {
  /** eV, n values. */
  readonly energy: Float64Array
  /** (mixed - fraction known) / (1 - fraction), n values: on the scale of a normalised spectrum. */
  readonly mu: Float64Array
  /** Share of the known part. */
  readonly fraction: number
  /** Its standard error; NaN for `'nonnegative'`. */
  readonly sigma: number
  /** `W_NEGATIVE` where the rest goes clearly below 0: too much was taken off, or the known part is not in it as it was measured. */
  readonly warnings: readonly Issue[]
}

/** Weights of slopes that do not agree fall off beyond so many scatters (Huber). */
const HUBER = 1.345
const PASSES = 50

/**
 * Takes a known spectrum out of a mixed one: of the electrolyte out of that of the interphase that grows in it, of a bubble out of that of a wet electrode. Both are normalised; the share of the known part is that with which the slopes of
 * its features vanish from the rest, robustly, so that features of the rest and slow backgrounds do not count (a plain least-squares scale takes the whole area and far too much).
 *
 * @param energy  eV, n values, strictly rising.
 * @param mixed   Normalised spectrum of the mixture, n values.
 * @param known   Normalised spectrum of the known part on the same grid, n values.
 * @param options Range, method.
 * @throws OperandoError `E_RANGE` for a range without points or features, or a share of 1 and more; `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { extractSpectrum } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 200 }, (_, i) => 525 + 0.1 * i)
 * const line = (at: number) => energy.map(e => Math.exp(-((e - at) ** 2)))
 * const [electrolyte, interphase] = [line(533), line(538)]
 * const mixed = energy.map((_, i) => 0.7 * electrolyte[i]! + 0.3 * interphase[i]!)
 * extractSpectrum(energy, mixed, electrolyte, { range: [530, 535] }).fraction // 0.7
 * ```
 */
export function extractSpectrum(
  energy: NumbersLike,
  mixed: NumbersLike,
  known: NumbersLike,
  options: ExtractSpectrumOptions = {},
): ExtractedSpectrum {
  assertKnown(options, 'extractSpectrum options', OPTIONS)
  const { method = 'derivative', noise = 0 } = options
  assertOneOf(method, 'method', ['derivative', 'nonnegative'])
  const { energy: x, mu: whole } = asSpectrum(energy, mixed)
  const part = asFloat64(known, 'known', { length: x.length })
  const { range = [x[0]!, x.at(-1)!] } = options
  assertFields(range, 'range', ['0', '1'])
  const inside = Array.from(x.keys()).filter(i => x[i]! >= range[0] && x[i]! <= range[1])
  if (inside.length < 5)
    throw new OperandoError(
      'E_RANGE',
      `extractSpectrum: ${inside.length} points between ${range[0]} and ${range[1]} eV; the data reach from ${x[0]} to ${x.at(-1)} eV.`,
    )
  const shown = inside.map(i => part[i]!)
  const size = part.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  if (!(Math.max(...shown) - Math.min(...shown) > 1e-9 * size)) {
    throw new OperandoError(
      'E_RANGE',
      'extractSpectrum: the known spectrum is flat in the range: it has no feature there to go by.',
    )
  }
  const { fraction, sigma } =
    method === 'derivative' ? slopeShare(x, whole, part, inside) : largestShare(whole, part, inside, noise)
  if (!(fraction < 1 - 1e-6))
    throw new OperandoError(
      'E_RANGE',
      `extractSpectrum: the known part makes up ${fraction.toFixed(3)} of the mixture: nothing is left of it.`,
    )
  const mu = whole.map((v, i) => (v - fraction * part[i]!) / (1 - fraction))
  const scale = mu.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  const lowest = mu.reduce((least, v) => Math.min(least, v), 0)
  const warnings: Issue[] = []
  if (lowest < -0.05 * scale - (5 * noise) / (1 - fraction)) {
    warnings.push({
      code: 'W_NEGATIVE',
      message: `The rest goes down to ${lowest.toPrecision(3)}: more of the known part was taken off than there is, or it is not in the mixture as it was measured.`,
    })
  }
  return freezeData({ energy: x, mu, fraction, sigma, warnings })
}

/** Share with which slopes vanish: least squares of derivatives, those that do not agree weighted down. */
function slopeShare(
  x: Float64Array,
  whole: Float64Array,
  part: Float64Array,
  inside: readonly number[],
): { fraction: number; sigma: number } {
  const [a, b] = [derivative(x, whole), derivative(x, part)]
  let share = 0
  let weights = inside.map(() => 1)
  let square = 0
  for (let pass = 0; pass < PASSES; pass++) {
    let cross = 0
    square = 0
    inside.forEach((i, k) => {
      cross += weights[k]! * a[i]! * b[i]!
      square += weights[k]! * b[i]! * b[i]!
    })
    const next = cross / square
    const off = inside.map(i => Math.abs(a[i]! - next * b[i]!))
    const scatter = 1.4826 * median(off)
    weights = off.map(d => (scatter > 0 && d > HUBER * scatter ? (HUBER * scatter) / d : 1))
    const done = Math.abs(next - share) < 1e-12
    share = next
    if (done) break
  }
  const left = inside.reduce((sum, i, k) => sum + weights[k]! * (a[i]! - share * b[i]!) ** 2, 0)
  return { fraction: share, sigma: Math.sqrt(left / Math.max(inside.length - 1, 1) / square) }
}

/** The largest share that leaves the rest above -2 sigma everywhere. */
function largestShare(
  whole: Float64Array,
  part: Float64Array,
  inside: readonly number[],
  noise: number,
): { fraction: number; sigma: number } {
  let share = Infinity
  for (const i of inside) if (part[i]! > 0) share = Math.min(share, (whole[i]! + 2 * noise) / part[i]!)
  return { fraction: Math.max(0, share), sigma: Number.NaN }
}
