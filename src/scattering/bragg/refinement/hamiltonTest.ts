import { OperandoError } from '../../../core/errors.js'
import { assertFields } from '../../../core/fields.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import { fCdf } from '../../../numeric/statistics/fDistribution.js'

/** Whether a model with more parameters is better by more than they would have it. */
export interface HamiltonTest {
  /** Hamilton's ratio of weighted R factors, that of the poorer model over that of the richer one: 1 or more. */
  readonly ratio: number
  /** F: by how much chi² falls for each parameter more, over the richer model's reduced chi². */
  readonly f: number
  /** Parameters more, and degrees of freedom of the richer model. */
  readonly degreesOfFreedom: readonly [parameters: number, rest: number]
  /** Probability that F is so large or larger by chance, were the poorer model right. */
  readonly probability: number
}

/**
 * Hamilton's test between two refinements of the same data, of which one frees parameters that the other holds: an F-test. Residuals that hang together make it too ready to believe the richer model.
 * @param one   A refinement.
 * @param other Another of the same points, with fewer or more parameters.
 * @throws OperandoError `E_ARGUMENT` for refinements of unequal points, or of as many parameters; `E_RANGE` where no degrees of freedom are left.
 * @see W. C. Hamilton, Acta Cryst. 18 (1965) 502
 * @example
 * ```ts
 * import { fitCurve } from 'operando/numeric'
 * import { hamiltonTest } from 'operando/scattering'
 * const x = Float64Array.from({ length: 40 }, (_, i) => i / 10)
 * const y = x.map((v, i) => 3 + 0.5 * v + 0.2 * Math.sin(37 * i))
 * const level = fitCurve(x, y, (_, p) => p.a, { a: 3 })
 * const slope = fitCurve(x, y, (v, p) => p.a + p.b * v, { a: 3, b: 0 })
 * console.log(hamiltonTest(level, slope).probability) // far below 0.01: there is a slope
 * ```
 */
export function hamiltonTest(
  one: Pick<FitResult, 'chiSquare' | 'points' | 'degreesOfFreedom'>,
  other: Pick<FitResult, 'chiSquare' | 'points' | 'degreesOfFreedom'>,
): HamiltonTest {
  for (const fit of [one, other]) assertFields(fit, 'hamiltonTest: a refinement', ['chiSquare', 'points', 'degreesOfFreedom'])
  const [poorer, richer] = one.degreesOfFreedom >= other.degreesOfFreedom ? [one, other] : [other, one]
  if (poorer.points !== richer.points)
    throw new OperandoError(
      'E_ARGUMENT',
      `hamiltonTest: two refinements of the same data expected, found ${poorer.points} and ${richer.points} points.`,
    )
  const more = poorer.degreesOfFreedom - richer.degreesOfFreedom
  if (!(more > 0))
    throw new OperandoError('E_ARGUMENT', 'hamiltonTest: refinements with different numbers of parameters expected.')
  const rest = richer.degreesOfFreedom
  if (!(rest > 0 && richer.chiSquare > 0))
    throw new OperandoError(
      'E_RANGE',
      `hamiltonTest: degrees of freedom and a misfit above 0 expected, found ${rest} and ${richer.chiSquare}.`,
    )
  const f = Math.max(0, (poorer.chiSquare - richer.chiSquare) / more / (richer.chiSquare / rest))
  return {
    ratio: Math.sqrt(poorer.chiSquare / richer.chiSquare),
    f,
    degreesOfFreedom: [more, rest],
    probability: fCdf(f, more, rest, 'upper'),
  }
}
