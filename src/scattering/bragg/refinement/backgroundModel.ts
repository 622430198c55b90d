import { asFloat64 } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { chebyshevBasis } from '../../background/chebyshev.js'
import type { PatternSetting } from './patternLayout.js'
import type { BackgroundChoice } from './refinementTypes.js'

/** The background of a pattern: a sum of curves, each times a parameter. */
export interface BackgroundModel {
  /** Index of its first parameter. */
  readonly at: number
  /** How many parameters. */
  readonly count: number
  /** How many of them, the first, make a smooth curve that is drawn below the peaks at the start: Chebyshev terms or heights at points. */
  readonly smooth: number
  /** The curves, n values each. */
  readonly curves: Float64Array
}

const CHOICES: FieldsOf<BackgroundChoice> = { chebyshev: true, points: true, debye: true, blank: true }

/**
 * Makes the background of a pattern.
 * @param x       2theta in degrees.
 * @param setting The pattern.
 * @param prefix  Of the names of its parameters.
 * @param add     Takes its parameters.
 */
export function createBackground(
  x: Float64Array,
  { options, radiation }: PatternSetting,
  prefix: string,
  add: (input: ParameterInput) => number,
): BackgroundModel {
  const { background = 6 } = options
  const choice: BackgroundChoice = typeof background === 'number' ? { chebyshev: background } : background
  assertKnown(choice, 'background', CHOICES)
  const { points = [], debye = [], blank } = choice
  const terms = choice.chebyshev ?? (points.length > 0 || blank !== undefined ? 0 : 6)
  if (!(Number.isInteger(terms) && terms >= 0 && (terms > 0 || typeof background === 'object')))
    throw new OperandoError('E_RANGE', `background = ${terms}: a whole number of Chebyshev terms from 1 expected.`)
  const n = x.length
  const curves: Float64Array[] = []
  const names: string[] = []
  if (terms > 0) {
    const basis = chebyshevBasis(x, terms - 1, [x[0]!, x[n - 1]!])
    for (let k = 0; k < terms; k++) {
      curves.push(basis.subarray(k * n, (k + 1) * n))
      names.push(`background.${k}`)
    }
  }
  points.forEach((_, k) => {
    curves.push(tentOf(x, points, k))
    names.push(`background.point${k}`)
  })
  const smooth = curves.length
  debye.forEach((distance, k) => {
    curves.push(debyeWave(x, radiation.lines[0]!.wavelength, distance))
    names.push(`debye.${k}`)
  })
  if (blank !== undefined) {
    curves.push(asFloat64(blank, 'background.blank', { length: n }))
    names.push('blank')
  }
  const joined = new Float64Array(n * curves.length)
  curves.forEach((curve, k) => {
    joined.set(curve, k * n)
  })
  const [at = -1] = names.map(name => add({ name: `${prefix}${name}` }))
  return { at, count: curves.length, smooth, curves: joined }
}

/** 1 at a point, falling linearly to 0 at its neighbours; level beyond the first and the last. */
function tentOf(x: Float64Array, points: readonly number[], k: number): Float64Array {
  if (points.length < 2 || points.some((point, i) => i > 0 && !(point > points[i - 1]!)))
    throw new OperandoError('E_AXIS', 'background.points: two angles or more that rise expected.')
  const [before, here, after] = [points[k - 1], points[k]!, points[k + 1]]
  return x.map(angle => {
    if (angle <= here) return before === undefined ? 1 : Math.max(0, (angle - before) / (here - before))
    return after === undefined ? 1 : Math.max(0, (after - angle) / (after - here))
  })
}

/** sin(qr)/(qr). */
function debyeWave(x: Float64Array, wavelength: number, distance: number): Float64Array {
  if (!(distance > 0)) throw new OperandoError('E_RANGE', `background.debye: distances above 0 Å expected, found ${distance}.`)
  return x.map(angle => {
    const qr = ((4 * Math.PI) / wavelength) * Math.sin((angle * Math.PI) / 360) * distance
    return qr === 0 ? 1 : Math.sin(qr) / qr
  })
}
