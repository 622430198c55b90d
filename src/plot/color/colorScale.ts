import { OperandoError } from '../../core/errors.js'
import type { FieldsOf } from '../../core/fields.js'
import { type PlotScale, scaleOf } from '../axis/axisScale.js'
import { middleOf, positiveRange, type RangeInput, rangeOf } from '../axis/range.js'
import type { ColorMapName } from './colorMaps.js'

/** How values become colours: `linear`, `sqrt` (sign kept), `log`, `symlog` (linear about zero, logarithmic beyond). */
export type ColorNorm = 'linear' | 'sqrt' | 'log' | 'symlog'

/** Options of colours, the same in every figure with a colour bar. */
export interface ColorOptions {
  /** Colour map. Default `'viridis'`, or `'rdbu'` with a `center`. */
  colorMap?: ColorMapName | undefined
  /**
   * How values become colours. Default `'linear'`; where neither norm nor range nor centre is given and a few strong values would leave all others dark (the
   * middle value lies within the lowest eighth of the range) `'sqrt'`, and `'log'` where that leaves them dark as well. The ticks of the colour bar show it. On `log`, zeros and negatives take the lowest colour.
   */
  norm?: ColorNorm | undefined
  /** Values of the lowest and highest colour, or which part of the finite values to cover. Default `'full'`; for `log` from the smallest positive value. */
  range?: RangeInput | undefined
  /** The value at the middle of a diverging map: the range becomes symmetric about it. */
  center?: number | undefined
  /** Half-width of the linear part of `symlog`. Default a thousandth of the largest magnitude. */
  linearWidth?: number | undefined
}

/** Their names, for `assertKnown`. */
export const COLOR_FIELDS: FieldsOf<ColorOptions> = {
  colorMap: true,
  norm: true,
  range: true,
  center: true,
  linearWidth: true,
}

/** A settled assignment of values to colours. */
export interface ColorScale {
  /** Colour map. */
  readonly map: ColorMapName
  /** How values become colours. */
  readonly norm: ColorNorm
  /** Values of the lowest and the highest colour. */
  readonly domain: readonly [number, number]
  /** For `symlog`. */
  readonly constant: number
}

/**
 * Settles how values become colours.
 * @param values  The numbers; NaN and infinities do not count.
 * @param options What is asked for.
 * @throws OperandoError `E_RANGE` for a logarithm of a range that is not positive, `E_ARGUMENT` for a range that is not two rising numbers.
 */
export function colorScaleOf(values: ArrayLike<number>, options: ColorOptions = {}): ColorScale {
  const { center, range = 'full' } = options
  const free = options.norm === undefined && options.range === undefined && center === undefined
  const norm = options.norm ?? (free ? normFor(values) : 'linear')
  const map = options.colorMap ?? (center === undefined ? 'viridis' : 'rdbu')
  let domain = rangeOf(values, range)
  if (norm === 'log' && range === 'full') domain = positiveRange(values)
  if (norm === 'log' && range === 'robust') domain = [Math.max(domain[0], positiveRange(values)[0]), domain[1]]
  if (!(domain[0] < domain[1])) {
    throw new OperandoError('E_ARGUMENT', `Colour range [${domain}]: two finite rising numbers expected.`)
  }
  if (norm === 'log' && domain[0] <= 0) {
    throw new OperandoError(
      'E_RANGE',
      `Colour range [${domain}] has no logarithm: give positive ends, or take norm 'symlog' or 'sqrt'.`,
    )
  }
  if (center !== undefined) {
    const reach = Math.max(Math.abs(domain[0] - center), Math.abs(domain[1] - center))
    domain = [center - reach, center + reach]
  }
  const constant = options.linearWidth ?? Math.max(Math.abs(domain[0]), Math.abs(domain[1])) * 1e-3
  return { map, norm, domain, constant }
}

/** Parts of the colours below which the middle value is dark: on a linear scale, on one of square roots. */
const DARK = { linear: 1 / 8, sqrt: 1 / 12 }

/** The norm that leaves most values light enough to be seen beside a few strong ones. Values of either sign are left alone. */
function normFor(values: ArrayLike<number>): ColorNorm {
  const [low, high] = rangeOf(values, 'full')
  const middle = middleOf(values)
  if (low < 0 || middle === undefined || middle - low >= DARK.linear * (high - low)) return 'linear'
  const root = Math.sqrt(low)
  return Math.sqrt(middle) - root >= DARK.sqrt * (Math.sqrt(high) - root) ? 'sqrt' : 'log'
}

/**
 * Values to 0 (lowest colour) ... 1 (highest), not clamped; on a log scale zeros and negatives give -Infinity or NaN.
 * @param scale The assignment.
 */
export function fractionOf(scale: ColorScale): PlotScale {
  return scaleOf({ kind: scale.norm, domain: scale.domain, constant: scale.constant, label: '', unit: '' }, [0, 1])
}
