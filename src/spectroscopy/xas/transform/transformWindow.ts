import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import { besselI0 } from '../../../numeric/special/besselI0.js'

/**
 * Windows of EXAFS transforms, as Larch and IFEFFIT define them. `hanning`, `parzen`, `welch` are 1 between slopes that are sin², straight or parabolic and dx wide; `fhanning` is
 * `hanning` whose slopes take the fraction dx (0 to 1) of the window; `kaiser` is (I0(dx w) - 1) / (I0(dx) - 1) and `bessel` I0(dx w) / I0(dx) with w the half circle over the window;
 * `sine` is half a period of a sine; `gaussian` has the standard deviation dx and goes on outside.
 */
export type TransformWindow = 'hanning' | 'fhanning' | 'parzen' | 'welch' | 'sine' | 'kaiser' | 'bessel' | 'gaussian'

/** The words of {@link TransformWindow}. */
export const TRANSFORM_WINDOWS: readonly TransformWindow[] = [
  'hanning',
  'fhanning',
  'parzen',
  'welch',
  'sine',
  'kaiser',
  'bessel',
  'gaussian',
]

/** Where a window lies. All in the unit of its axis. */
export interface TransformWindowOptions {
  /** Middle of the rising slope. */
  min: number
  /** Middle of the falling slope. */
  max: number
  /** Width of the slopes, or parameter of the window. Default 1. */
  dx?: number | undefined
  /** Width of the falling slope. Default dx. */
  dx2?: number | undefined
  /** Which window. Default `kaiser`. */
  window?: TransformWindow | undefined
}

const FIELDS: FieldsOf<TransformWindowOptions> = { min: true, max: true, dx: true, dx2: true, window: true }

/** Part of a step by which a limit may miss its grid point. */
const SNAP = 1e-4

/**
 * A window on the even grid 0, step, 2 step ...: its four corners are min - dx/2, min + dx/2, max - dx2/2, max + dx2/2, moved down to grid points, as Larch does (so windows differ from
 * `slopedWindow` of `operando/numeric`, whose corners lie where they are told, unless the corners are grid points).
 *
 * @param n       Points of the grid.
 * @param step    Step of the grid.
 * @param options Limits, slopes, which window.
 * @throws OperandoError `E_RANGE` for max < min, negative slopes, a limit outside the grid, or a Kaiser window without width; `E_ARGUMENT` for another window.
 * @see Larch, ftwindow; Newville, Ravel, Haskel, Rehr, Stern, Yacoby, Physica B 208 & 209 (1995) 154
 * @example
 * ```ts
 * import { transformWindow } from 'operando/spectroscopy'
 * transformWindow(9, 1, { min: 2, max: 6, dx: 2, window: 'hanning' }) // 0, 0, 0.5, 1, 1, 1, 0.5, 0, 0
 * ```
 */
export function transformWindow(n: number, step: number, options: TransformWindowOptions): Float64Array {
  assertKnown(options, 'transformWindow options', FIELDS)
  const { min, max, dx = 1, dx2 = dx, window = 'kaiser' } = options
  assertOneOf(window, 'window', TRANSFORM_WINDOWS)
  if (!(Number.isInteger(n) && n > 1 && step > 0)) {
    throw new OperandoError('E_RANGE', `window: a grid of 2 points or more with a step above 0 expected, found ${n} and ${step}.`)
  }
  checkLimits(min, max, dx, dx2, (n - 1) * step, window)
  const eps = SNAP * step
  const place = (x: number): number => Math.min(n - 1, Math.max(0, Math.trunc((x + eps) / step)))
  const whole = window === 'fhanning'
  const from = Math.max(0, min - dx / 2)
  const to = Math.min((n - 1) * step, max + dx2 / 2)
  let i1 = place(from)
  const i2 = place(whole ? from + eps + (dx * (max - min)) / 2 : min + dx / 2 + eps)
  let i3 = place(whole ? to - eps - (Math.min(dx2, 1) * (max - min)) / 2 : max - dx2 / 2 - eps)
  const i4 = place(to)
  if (i1 === i2) i1 = Math.max(0, i2 - 1)
  if (i3 === i4) i3 = Math.max(i2, i4 - 1)
  // the corners, in steps; a slope without width still has one
  const rise = i2 > i1 ? i2 - i1 : SNAP
  const fall = i4 > i3 ? i4 - i3 : SNAP
  const out = new Float64Array(n)

  if (window === 'kaiser' || window === 'bessel' || window === 'gaussian') {
    const centre = (i1 + i4) / 2
    const half = (i4 - i1) / 2
    for (let i = 0; i < n; i++) out[i] = bell(window, i - centre, half, dx, step)
    return out
  }
  if (window === 'sine') {
    for (let i = i1; i <= i4; i++) out[i] = Math.sin((Math.PI * (i4 - i)) / (i4 - i1))
    return out
  }
  const slope = SLOPES[window]
  for (let i = i2; i < i3; i++) out[i] = 1
  for (let i = i1; i <= i2; i++) out[i] = slope((i - i1) / rise)
  for (let i = i3; i <= i4; i++) out[i] = slope(1 - (i - i3) / fall)
  return out
}

const hanningSlope = (t: number): number => Math.sin((Math.PI / 2) * t) ** 2

const SLOPES = {
  hanning: hanningSlope,
  fhanning: hanningSlope,
  parzen: (t: number): number => t,
  welch: (t: number): number => 1 - (1 - t) ** 2,
}

/** Windows that are one curve, at `offset` steps from the middle. */
function bell(window: 'kaiser' | 'bessel' | 'gaussian', offset: number, half: number, dx: number, step: number): number {
  if (window === 'gaussian') return Math.exp(-0.5 * ((offset * step) / Math.max(dx, SNAP * step)) ** 2)
  const circle = Math.sqrt(Math.max(0, 1 - (offset / half) ** 2))
  if (window === 'kaiser') return (besselI0(dx * circle) - 1) / (besselI0(dx) - 1)
  return Math.abs(offset) < half ? besselI0(dx * circle) / besselI0(dx) : 0
}

function checkLimits(min: number, max: number, dx: number, dx2: number, end: number, window: TransformWindow): void {
  const found = `min = ${min}, max = ${max}, dx = ${dx}, dx2 = ${dx2}`
  if (!(min >= 0 && min < max && dx >= 0 && dx2 >= 0 && Number.isFinite(dx + dx2))) {
    throw new OperandoError('E_RANGE', `window: 0 <= min < max and slopes of 0 or more expected, found ${found}.`)
  }
  if (!(min < end)) {
    throw new OperandoError('E_RANGE', `window: it begins at ${min}, but its axis ends at ${end}.`, { details: { min, end } })
  }
  if (window !== 'kaiser' || (dx >= 1e-3 && dx <= 700)) return
  throw new OperandoError(
    'E_RANGE',
    `window 'kaiser': dx from 0.001 to 700 expected, found ${dx}. A window without slopes is 'hanning' with dx = 0.`,
  )
}
