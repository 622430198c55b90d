import { levenbergMarquardt as runMarquardt } from 'ml-levenberg-marquardt'
import { OperandoError } from '../../core/index.js'
import type { CurveMethod, CurveSearch, CurveSearchEnd } from './types.js'

const ROUND = 10
const SMALLEST_GAIN = 1e-10

function search({ space, data, model, maxIterations = 300, signal }: CurveSearch): CurveSearchEnd {
  const k = space.free.length
  if (data.length < 2)
    throw new OperandoError(
      'E_ARGUMENT',
      `levenbergMarquardt needs 2 points or more, found ${data.length}. Take the default method.`,
    )
  const all = space.start.slice()
  const curve = new Float64Array(data.length)
  const index = Float64Array.from(data, (_, i) => i)
  let varied = Float64Array.from(space.free, i => space.start[i]!)

  const evaluate = (p: ArrayLike<number>): Float64Array => {
    space.expand(Float64Array.from(p), all)
    model(all, curve)
    return curve
  }
  const costAt = (p: ArrayLike<number>): number => evaluate(p).reduce((sum, f, i) => sum + (f - data[i]!) ** 2, 0)

  let iterations = 0
  let cost = costAt(varied)
  if (k === 0 && Number.isFinite(cost)) return { varied, reason: 'cost', iterations }
  if (!Number.isFinite(cost)) return { varied, reason: 'not-finite', iterations }
  while (iterations < maxIterations) {
    if (signal?.aborted) return { varied, reason: 'aborted', iterations }
    const round = runMarquardt(
      { x: index, y: data },
      p => {
        // the curve as a whole, once for each set of parameters
        const values = evaluate(p).slice()
        return i => values[i]!
      },
      {
        initialValues: varied,
        minValues: space.lower.map(v => Math.max(v, -Number.MAX_VALUE)),
        maxValues: space.upper.map(v => Math.min(v, Number.MAX_VALUE)),
        gradientDifference: Float64Array.from({ length: k }, (_, j) => 1e-6 * (Math.abs(varied[j]!) || space.scale[j]! || 1)),
        centralDifference: true,
        maxIterations: Math.min(ROUND, maxIterations - iterations),
        errorTolerance: Number.MIN_VALUE,
      },
    )
    iterations += round.iterations
    const reached = costAt(round.parameterValues)
    const gain = (cost - reached) / cost
    if (reached < cost) {
      cost = reached
      varied = Float64Array.from(round.parameterValues)
    }
    if (!(gain > SMALLEST_GAIN)) return { varied, reason: 'cost', iterations }
  }
  return { varied, reason: 'iterations', iterations }
}

/**
 * The search of the package ml-levenberg-marquardt 5.1.0, as `method` of {@link fitCurve}. Its peculiarities end here: it is given data over sigma
 * and no weights (its own are wrong unless 1), a difference step for each parameter (its default is 0.1, whatever the parameter), bounds, and
 * rounds of ten iterations, since it does not notice by itself that nothing is gained any more. It gives no errors: those come from our own
 * Jacobian where it ended. Slower than the default, by a factor of three where it does well; it is there to be
 * compared with.
 *
 * @see Gavin, The Levenberg-Marquardt algorithm for nonlinear least squares curve-fitting problems (Duke University, 2013)
 * @example
 * ```ts
 * import { fitCurve, levenbergMarquardt } from 'operando/numeric'
 * const fit = fitCurve([0, 1, 2, 3], [1, 2.9, 5.1, 7], (x, p) => p.a + p.b * x, { a: 0, b: 1 }, { method: levenbergMarquardt })
 * ```
 */
export const levenbergMarquardt: CurveMethod = { name: 'levenbergMarquardt', search }
