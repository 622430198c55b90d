import { levenbergMarquardt } from 'ml-levenberg-marquardt'
import type { ParameterSpace } from '../leastSquares/parameterSpace.js'

/** What the back-end is given: whitened, so that it needs no weights. */
export interface MarquardtProblem {
  /** Parameters: varied, fixed, tied. */
  readonly space: ParameterSpace
  /** y / sigma. */
  readonly data: Float64Array
  /**
   * The curve over sigma.
   * @param all All parameters.
   * @param out Receives as many values as there are data.
   */
  model(all: Float64Array, out: Float64Array): void
  /** Limit of iterations. */
  readonly maxIterations: number
  /** Ends the fit. */
  readonly signal?: AbortSignal | undefined
}

/** Where the back-end ended. */
export interface MarquardtEnd {
  /** Values of the varied parameters. */
  readonly varied: Float64Array
  /** Why. */
  readonly reason: 'cost' | 'iterations' | 'not-finite' | 'aborted'
  /** Iterations in all. */
  readonly iterations: number
}

const ROUND = 10
const SMALLEST_GAIN = 1e-10

/**
 * Fits with ml-levenberg-marquardt 5.1.0, whose peculiarities end here: it is given data over sigma and no weights (its own are wrong unless 1),
 * a difference step for each parameter (its default is 0.1, whatever the parameter), bounds, and rounds of ten iterations, since it does not
 * notice by itself that nothing is gained any more. It gives no errors: those come from our own Jacobian at its end.
 */
export function fitMarquardt({ space, data, model, maxIterations, signal }: MarquardtProblem): MarquardtEnd {
  const k = space.free.length
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
  if (!Number.isFinite(cost)) return { varied, reason: 'not-finite', iterations }
  while (iterations < maxIterations) {
    if (signal?.aborted) return { varied, reason: 'aborted', iterations }
    const round = levenbergMarquardt(
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
