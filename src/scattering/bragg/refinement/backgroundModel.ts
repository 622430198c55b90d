import { OperandoError } from '../../../core/errors.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { chebyshevBasis } from '../../background/chebyshev.js'

/** The background of a pattern: a sum of curves, each times a parameter. */
export interface BackgroundModel {
  /** Index of its first parameter. */
  readonly at: number
  /** How many parameters. */
  readonly count: number
  /** The curves, n values each. */
  readonly curves: Float64Array
}

/**
 * Makes the background of a pattern.
 * @param x      2theta in degrees.
 * @param terms  Chebyshev terms.
 * @param prefix Of the names of its parameters.
 * @param add    Takes its parameters.
 */
export function createBackground(
  x: Float64Array,
  terms: number | undefined = 6,
  prefix: string,
  add: (input: ParameterInput) => number,
): BackgroundModel {
  if (!(Number.isInteger(terms) && terms >= 1))
    throw new OperandoError('E_RANGE', `background = ${terms}: a whole number of Chebyshev terms from 1 expected.`)
  const curves = chebyshevBasis(x, terms - 1, [x[0]!, x[x.length - 1]!])
  const [at] = Array.from({ length: terms }, (_, k) => add({ name: `${prefix}background.${k}` }))
  return { at: at!, count: terms, curves }
}
