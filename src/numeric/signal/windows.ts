import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { besselI0 } from '../special/besselI0.js'
import { sinc } from '../special/sinc.js'

/** A window by name; some have a parameter. */
export type WindowKind =
  | 'rectangular'
  | 'hann'
  | 'hamming'
  | 'blackman'
  | 'blackmanHarris'
  | 'sine'
  | 'welch'
  | 'parzen'
  | 'lorch'
  | {
      /** `beta` >= 0: 0 is rectangular, 5 about Hamming, 8.6 about Blackman. */
      readonly kaiser: number
    }
  | {
      /** Standard deviation in points, > 0. */
      readonly gaussian: number
    }
  | {
      /** Tapered part, 0 (rectangular) to 1 (Hann). */
      readonly tukey: number
    }

/** Options of {@link createWindow}. */
export interface WindowOptions {
  /** For spectral analysis: the window of n + 1 points without its last, so that repeats join. Default false: symmetric. */
  periodic?: boolean | undefined
}

const WINDOW_FIELDS: FieldsOf<WindowOptions> = { periodic: true }

/**
 * Window of n points, the largest value at most 1, symmetric. Lorch is sinc(pi u) with u from -1 to 1, Welch 1 - u², sine sin(pi (k + 1/2) / n);
 * the others are those of scipy.signal.windows.
 *
 * @param kind    Name, or name with parameter.
 * @param n       Points, >= 1. One point is always 1.
 * @param options Periodic or symmetric.
 * @throws OperandoError `E_RANGE` on a bad n or parameter.
 * @see Harris, Proc. IEEE 66 (1978) 51; Lorch, J. Phys. C 2 (1969) 229
 * @example
 * ```ts
 * import { createWindow } from 'operando/numeric'
 * createWindow('hann', 5) // [0, 0.5, 1, 0.5, 0]
 * createWindow({ kaiser: 8.6 }, 128)
 * ```
 */
export function createWindow(kind: WindowKind, n: number, options: WindowOptions = {}): Float64Array {
  assertKnown(options, 'createWindow options', WINDOW_FIELDS)
  const { periodic = false } = options
  if (!Number.isInteger(n) || n < 1) throw new OperandoError('E_RANGE', `n is ${n}: a whole number >= 1 expected.`)
  const points = periodic && n > 1 ? n + 1 : n
  const out = new Float64Array(n)
  if (n === 1) return out.fill(1)
  const shape = shapeOf(kind, points)
  // by pairs from both ends, so that the window is symmetric to the bit
  for (let k = 0; k < n; k++) out[k] = shape(Math.min(k, points - 1 - k))
  return out
}

function shapeOf(kind: WindowKind, n: number): (k: number) => number {
  const full = n - 1
  const u = (k: number): number => (2 * k - full) / full
  const cosines =
    (...a: number[]) =>
    (k: number): number =>
      a.reduce((sum, c, m) => sum + (m % 2 === 0 ? c : -c) * Math.cos((2 * Math.PI * m * k) / full), 0)
  if (typeof kind === 'object') {
    if ('kaiser' in kind) {
      const beta = parameter('kaiser', kind.kaiser, 0, 700)
      return k => besselI0(beta * Math.sqrt(Math.max(0, 1 - u(k) * u(k)))) / besselI0(beta)
    }
    if ('gaussian' in kind) {
      const deviation = parameter('gaussian', kind.gaussian, Number.MIN_VALUE, Infinity)
      return k => Math.exp(-0.5 * ((k - full / 2) / deviation) ** 2)
    }
    const alpha = parameter('tukey', kind.tukey, 0, 1)
    return k => (2 * k < alpha * full ? 0.5 * (1 - Math.cos((2 * Math.PI * k) / (alpha * full))) : 1)
  }
  switch (kind) {
    case 'rectangular':
      return () => 1
    case 'hann':
      return cosines(0.5, 0.5)
    case 'hamming':
      return cosines(0.54, 0.46)
    case 'blackman':
      return cosines(0.42, 0.5, 0.08)
    case 'blackmanHarris':
      return cosines(0.35875, 0.48829, 0.14128, 0.01168)
    case 'sine':
      return k => Math.sin((Math.PI * (k + 0.5)) / n)
    case 'welch':
      return k => 1 - u(k) * u(k)
    case 'parzen':
      return k => {
        const v = Math.abs(2 * k - full) / n
        return v <= 0.5 ? 1 - 6 * v * v * (1 - v) : 2 * (1 - v) ** 3
      }
    case 'lorch':
      return k => sinc(Math.PI * u(k))
    default:
      throw new OperandoError('E_ARGUMENT', `window '${String(kind)}' is unknown.`)
  }
}

function parameter(name: string, value: number, low: number, high: number): number {
  if (value >= low && value <= high) return value
  throw new OperandoError('E_RANGE', `${name} is ${value}: ${low} to ${high} expected.`)
}

/** Options of {@link slopedWindow}. */
export interface SlopedWindowOptions {
  /** Middle of the rising slope. */
  min: number
  /** Middle of the falling slope. */
  max: number
  /** Width of the slopes: one number, or rising and falling, >= 0. */
  slope: number | readonly [rising: number, falling: number]
  /** Form of the slopes: `'hanning'` (default) sin², `'parzen'` straight, `'welch'` parabolic. */
  form?: 'hanning' | 'parzen' | 'welch' | undefined
}

const SLOPED_WINDOW_FIELDS: FieldsOf<SlopedWindowOptions> = { min: true, max: true, slope: true, form: true }

/**
 * Window on an axis: 1 between two slopes, 0 outside, the slopes centred on `min` and `max`: from min - slope/2 to min + slope/2.
 * The usual window of EXAFS Fourier transforms.
 *
 * @param x       Axis, n values, any order.
 * @param options Limits, slopes, form.
 * @throws OperandoError `E_RANGE` on max < min or a negative slope, `E_NAN`.
 * @see Larch, ftwindow
 * @example
 * ```ts
 * import { slopedWindow } from 'operando/numeric'
 * slopedWindow([2, 3, 4, 8, 12], { min: 3, max: 11, slope: 2 }) // [0, 0.5, 1, 1, 0]
 * ```
 */
export function slopedWindow(x: NumbersLike, options: SlopedWindowOptions): Float64Array {
  assertKnown(options, 'slopedWindow options', SLOPED_WINDOW_FIELDS)
  const { min, max, slope, form = 'hanning' } = options
  const axis = asFloat64(x, 'x')
  const [rising, falling] = typeof slope === 'number' ? [slope, slope] : slope
  if (!(min <= max && rising >= 0 && falling >= 0)) {
    throw new OperandoError(
      'E_RANGE',
      `min ${min}, max ${max}, slope ${rising}, ${falling}: min <= max and slopes >= 0 expected.`,
    )
  }
  const out = new Float64Array(axis.length)
  for (let i = 0; i < axis.length; i++) {
    const up = (axis[i]! - min) / rising + 0.5
    const down = (max - axis[i]!) / falling + 0.5
    out[i] = sill(rising === 0 ? Number(axis[i]! >= min) : up, form) * sill(falling === 0 ? Number(axis[i]! <= max) : down, form)
  }
  return out
}

function sill(f: number, form: 'hanning' | 'parzen' | 'welch'): number {
  if (f <= 0) return 0
  if (f >= 1) return 1
  if (form === 'parzen') return f
  return form === 'welch' ? 1 - (1 - f) ** 2 : Math.sin((Math.PI / 2) * f) ** 2
}
