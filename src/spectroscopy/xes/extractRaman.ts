import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import type { FitResult } from '../../numeric/fitResult.js'
import { leastSquares } from '../../numeric/leastSquares/leastSquares.js'
import type { ParameterInput } from '../../numeric/leastSquares/types.js'

/** What lies under a core excitation in inelastic scattering: the valence Compton profile, near the edge a straight line, a power of the loss, or the flank of a Pearson VII peak. */
export type RamanBackground = 'line' | 'power' | 'pearson'

/** Options of {@link extractRaman}. */
export interface RamanOptions {
  /** Energy losses below the edge, eV, that the background is fitted to. */
  below: readonly [number, number]
  /** Energy losses far above the edge, eV, where the spectrum is flat: its mean less background there becomes 1. Default: the area from the edge on becomes 1. */
  above?: readonly [number, number] | undefined
  /** Where the edge begins, eV. Default: the end of `below`. */
  edge?: number | undefined
  /** Shape of the background. Default `'power'`. */
  background?: RamanBackground | undefined
  /** Standard uncertainties of the intensity. Default: equal. */
  sigma?: NumbersLike | undefined
}

const OPTIONS: FieldsOf<RamanOptions> = { below: true, above: true, edge: true, background: true, sigma: true }

/** A core excitation taken out of an inelastic spectrum. */
export interface RamanEdge {
  /** Energy loss, eV. */
  readonly loss: Float64Array
  /** Like an absorption spectrum: intensity less background, over the norm. */
  readonly spectrum: Float64Array
  /** Standard uncertainties of `spectrum`, where those of the data were given; the background's is not in it. */
  readonly sigma?: Float64Array | undefined
  /** The background, in the unit of the data. */
  readonly background: Float64Array
  /** What the intensity was divided by. */
  readonly norm: number
  /** The fit of the background. */
  readonly fit: FitResult
}

/**
 * Takes a core excitation out of X-ray Raman scattering: the background is fitted below the edge and continued under it, the rest normalised. The edges of light elements, as absorption would
 * show them, from hard X-rays that pass the cell.
 *
 * @param loss      Energy loss, eV, n values, strictly rising.
 * @param intensity n values, elastic line and fluorescence out of the range.
 * @param options   Ranges, background.
 * @throws OperandoError `E_RANGE` for ranges with too few points or a norm that is not positive; `E_AXIS`, `E_SHAPE`, `E_NAN`.
 * @see Ch. J. Sahle et al., J. Synchrotron Rad. 22 (2015) 400
 * @example
 * ```ts
 * import { extractRaman } from 'operando/spectroscopy'
 * const loss = Float64Array.from({ length: 300 }, (_, i) => 250 + 0.5 * i)
 * const intensity = loss.map(e => 4e5 * e ** -1.5 + 20 * (e > 285 ? 1 - Math.exp(-(e - 285) / 2) : 0))
 * const { spectrum } = extractRaman(loss, intensity, { below: [250, 283], above: [320, 390] })
 * ```
 */
export function extractRaman(loss: NumbersLike, intensity: NumbersLike, options: RamanOptions): RamanEdge {
  assertFields(options, 'extractRaman options', ['below'])
  assertKnown(options, 'extractRaman options', OPTIONS)
  const { below, above, edge = below[1], background: kind = 'power' } = options
  assertOneOf(kind, 'background', ['line', 'power', 'pearson'])
  const x = asFloat64(loss, 'loss')
  assertRising(x, 'loss')
  const y = asFloat64(intensity, 'intensity', { length: x.length })
  const sigma = options.sigma === undefined ? undefined : asFloat64(options.sigma, 'sigma', { length: x.length })
  const inside = (range: readonly [number, number]): number[] => [...x.keys()].filter(i => x[i]! >= range[0] && x[i]! <= range[1])
  const used = inside(below)
  const start = startOf(kind, x, y, used)
  if (used.length < start.length + 1)
    throw new OperandoError(
      'E_RANGE',
      `below: ${used.length} points lie between ${below[0]} and ${below[1]} eV, more than ${start.length} are needed for a background of the kind '${kind}'.`,
    )
  const shape = SHAPES[kind]
  const fit = leastSquares(
    {
      points: used.length,
      residuals(p, out): void {
        used.forEach((i, k) => {
          out[k] = (shape(x[i]!, p) - y[i]!) / (sigma?.[i] ?? 1)
        })
      },
    },
    start,
  )
  const p = Float64Array.from(start, ({ name }) => fit.parameters[name]!.value)
  const background = x.map(e => shape(e, p))
  const rest = y.map((v, i) => v - background[i]!)
  const norm = normOf(x, rest, edge, above === undefined ? undefined : inside(above))
  if (!(norm > 0))
    throw new OperandoError(
      'E_RANGE',
      `extractRaman: ${above ? 'the mean above the edge' : 'the area'} is ${norm.toPrecision(3)} after the background; a positive one was expected. Look at { below, above }.`,
    )
  return Object.freeze({
    loss: x,
    spectrum: rest.map(v => v / norm),
    ...(sigma ? { sigma: sigma.map(s => s / norm) } : {}),
    background,
    norm,
    fit,
  })
}

const SHAPES: Readonly<Record<RamanBackground, (e: number, p: Float64Array) => number>> = {
  line: (e, p) => p[0]! + p[1]! * e,
  power: (e, p) => p[0]! * (e / p[2]!) ** p[1]!,
  pearson: (e, p) => p[0]! * (1 + ((e - p[1]!) / p[2]!) ** 2 * (2 ** (1 / p[3]!) - 1)) ** -p[3]!,
}

function startOf(kind: RamanBackground, x: Float64Array, y: Float64Array, used: readonly number[]): ParameterInput[] {
  const [a, b] = [used[0] ?? 0, used[used.length - 1] ?? 0]
  const slope = b > a ? (y[b]! - y[a]!) / (x[b]! - x[a]!) : 0
  if (kind === 'line')
    return [
      { name: 'offset', value: y[a]! - slope * x[a]! },
      { name: 'slope', value: slope, scale: Math.abs(y[a]!) / x[a]! },
    ]
  if (kind === 'power') {
    const power = y[a]! > 0 && y[b]! > 0 && b > a ? Math.log(y[b]! / y[a]!) / Math.log(x[b]! / x[a]!) : -2
    return [
      { name: 'height', value: y[a]! },
      { name: 'power', value: power, scale: 1 },
      { name: 'reference', value: x[a]!, vary: false },
    ]
  }
  const top = used.reduce((best, i) => (y[i]! > y[best]! ? i : best), a)
  return [
    { name: 'height', value: y[top]!, min: 0 },
    { name: 'centre', value: x[top]! },
    { name: 'halfWidth', value: 0.5 * (x[b]! - x[a]!) || 10, min: 1e-3 },
    { name: 'exponent', value: 2, min: 0.6, max: 100 },
  ]
}

function normOf(x: Float64Array, rest: Float64Array, edge: number, flat: readonly number[] | undefined): number {
  if (flat) return flat.reduce((sum, i) => sum + rest[i]!, 0) / flat.length
  let sum = 0
  for (let i = 1; i < x.length; i++) if (x[i - 1]! >= edge) sum += ((x[i]! - x[i - 1]!) * (rest[i]! + rest[i - 1]!)) / 2
  return sum
}
