import type { NumbersLike } from '../../../../core/arrays.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../../core/fields.js'
import type { Dataset } from '../../../../model/dataset.js'
import { derivative } from '../../../../numeric/calculus/derivative.js'
import { localMaxima } from '../../../../numeric/signal/localMaxima.js'
import { vertexOf } from '../../../../numeric/signal/vertex.js'
import { readSpectrum } from '../../../spectrum.js'

/** Options of {@link derivativeFeatures}. */
export interface DerivativeFeaturesOptions {
  /** `inflection` (default): maxima of the first derivative, where steps and flanks are steepest; `peak`: minima of the second, where lines and shoulders sit. */
  kind?: 'inflection' | 'peak' | undefined
  /** Energies between which to look, eV. Default: all. */
  window?: readonly [number, number] | undefined
  /** Points of the polynomial that the derivative is taken from, odd, for noisy spectra. Default 3 for inflections, 5 for peaks. */
  points?: number | undefined
  /** Least height of a feature as a part of the highest. Default 0.1. */
  least?: number | undefined
}

const OPTIONS: FieldsOf<DerivativeFeaturesOptions> = { kind: true, window: true, points: true, least: true }

/** A feature of the derivative of a spectrum. */
export interface DerivativeFeature {
  /** eV, by the parabola through three points. */
  readonly energy: number
  /** The derivative there; for peaks minus the second derivative. */
  readonly height: number
}

/**
 * Features of the derivatives of a spectrum, rising in energy: inflections (steps, flanks) or hidden peaks (shoulders).
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options Kind, window, smoothing, threshold.
 * @throws OperandoError `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`, `E_RANGE`.
 * @example
 * ```ts
 * import { derivativeFeatures } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 201 }, (_, i) => 8320 + 0.25 * i)
 * const mu = energy.map(e => 0.5 + Math.atan((e - 8345) / 1.5) / Math.PI + 0.05 * Math.exp(-((e - 8333) ** 2)))
 * derivativeFeatures(energy, mu, { kind: 'peak' })[0]!.energy // 8333
 * ```
 */
export function derivativeFeatures(energy: NumbersLike, mu: NumbersLike, options?: DerivativeFeaturesOptions): DerivativeFeature[]
export function derivativeFeatures(data: Dataset<'energy'>, options?: DerivativeFeaturesOptions): DerivativeFeature[]
export function derivativeFeatures(
  first: NumbersLike | Dataset,
  second?: NumbersLike | DerivativeFeaturesOptions,
  third?: DerivativeFeaturesOptions,
): DerivativeFeature[] {
  const { energy, mu, options } = readSpectrum('derivativeFeatures', first, second, third)
  assertKnown(options, 'derivativeFeatures options', OPTIONS)
  const { kind = 'inflection', window = [-Infinity, Infinity], least = 0.1 } = options
  assertOneOf(kind, 'kind', ['inflection', 'peak'])
  const peak = kind === 'peak'
  const found = derivative(energy, mu, { order: peak ? 2 : 1, points: options.points ?? (peak ? 5 : 3) })
  const curve = peak ? found.map(v => -v) : found
  const maxima = Array.from(localMaxima(curve)).filter(i => energy[i]! >= window[0] && energy[i]! <= window[1] && curve[i]! > 0)
  const most = maxima.reduce((high, i) => Math.max(high, curve[i]!), 0)
  return maxima.filter(i => curve[i]! >= least * most).map(i => ({ energy: vertexOf(energy, curve, i), height: curve[i]! }))
}
