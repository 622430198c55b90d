import type { NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import { area, asEmission, type EmissionSpectrum } from './emissionSpectrum.js'

/** Options of {@link normalizeEmission}. */
export interface NormalizeEmissionOptions {
  /** Energies that are kept and whose area becomes 1, eV. Default: all. */
  window?: readonly [number, number] | undefined
  /** What is subtracted first: nothing (default), or the straight line through the means of the outermost points at both ends. */
  background?: 'none' | 'line' | undefined
  /** Points at each end that the line is drawn through. Default 5. */
  ends?: number | undefined
}

const OPTIONS: FieldsOf<NormalizeEmissionOptions> = { window: true, background: true, ends: true }

/**
 * Normalises an emission spectrum to unit area: what moments and differences are compared at.
 *
 * @param energy    eV, n values, strictly rising.
 * @param intensity n values.
 * @param options   Window, background.
 * @throws OperandoError `E_RANGE` for an area that is not positive, or a window without points; `E_AXIS`, `E_SHAPE`, `E_NAN`.
 * @example
 * ```ts
 * import { normalizeEmission } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 161 }, (_, i) => 6470 + 0.25 * i)
 * const line = energy.map(e => 50 + 900 / (1 + ((e - 6491) / 1.6) ** 2))
 * const { intensity } = normalizeEmission(energy, line, { background: 'line' })
 * ```
 */
export function normalizeEmission(
  energy: NumbersLike,
  intensity: NumbersLike,
  options: NormalizeEmissionOptions = {},
): EmissionSpectrum {
  assertKnown(options, 'normalizeEmission options', OPTIONS)
  const { window, background = 'none', ends = 5 } = options
  assertOneOf(background, 'background', ['none', 'line'])
  const { energy: x, intensity: y } = asEmission(energy, intensity, window)
  const flat = background === 'line' ? withoutLine(x, y, ends) : y
  const whole = area(x, flat)
  if (!(whole > 0))
    throw new OperandoError(
      'E_RANGE',
      `normalizeEmission: the area is ${whole.toPrecision(4)}; a positive one was expected. Is the background too high?`,
    )
  return Object.freeze({ energy: x, intensity: flat.map(v => v / whole) })
}

function withoutLine(x: Float64Array, y: Float64Array, ends: number): Float64Array {
  const n = x.length
  if (!(Number.isInteger(ends) && ends >= 1 && 2 * ends < n))
    throw new OperandoError('E_RANGE', `ends: 1 to ${Math.floor((n - 1) / 2)} points expected, found ${ends}.`)
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length
  const [x0, x1] = [mean(x.subarray(0, ends)), mean(x.subarray(n - ends))]
  const [y0, y1] = [mean(y.subarray(0, ends)), mean(y.subarray(n - ends))]
  return y.map((v, i) => v - (y0 + ((y1 - y0) * (x[i]! - x0)) / (x1 - x0)))
}
