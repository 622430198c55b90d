import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import type { Issue } from '../../../core/issue.js'
import type { Dataset } from '../../../model/dataset.js'
import { freezeData } from '../../../model/derive.js'
import { translateOptions } from '../../foreignNames.js'
import { readSpectrum } from '../../spectrum.js'
import { type EdgeDefinition, findE0 } from '../edge/findE0.js'
import { createPreEdge, PRE_EDGE_FIELDS, PRE_EDGE_FOREIGN, type PreEdgePlan, type PreEdgePlanOptions } from './createPreEdge.js'
import type { EdgeRanges } from './edgeRanges.js'

/** Options of {@link preEdge}. */
export interface PreEdgeOptions extends Omit<PreEdgePlanOptions, 'e0'> {
  /** Edge, eV, or by which definition it is found. Default `'derivative'`. */
  e0?: number | EdgeDefinition | undefined
}

/** A spectrum with its pre-edge line and its step. */
export interface PreEdge {
  /** E0, eV. */
  readonly e0: number
  /** Rise of mu at E0. */
  readonly edgeStep: number
  /** Standard error of `edgeStep` from the scatter about both curves, 0 for a given step; it holds no error of the choice of ranges, which is larger. */
  readonly edgeStepSigma: number
  /** Where the curves were fitted, and which. */
  readonly ranges: EdgeRanges
  /** eV, n values. */
  readonly energy: Float64Array
  /** (mu - preEdge) / edgeStep, n values. */
  readonly norm: Float64Array
  /** The same with the curvature of the post-edge taken off above E0, n values. */
  readonly flat: Float64Array
  /** Pre-edge line, n values, unit of mu. */
  readonly preEdge: Float64Array
  /** Post-edge curve, n values, unit of mu. */
  readonly postEdge: Float64Array
  /** What was doubtful: `W_PRE_EDGE`, `W_SHORT_PRE_EDGE`, `W_FOREIGN_NAME`. */
  readonly warnings: readonly Issue[]
}

/**
 * Pre-edge line, edge step, normalised and flattened spectrum.
 *
 * The line goes through mu E^nvict below the edge; the polynomial through mu minus the line above it, not through mu. Ranges are half open, so that the last point never counts, as in Larch. With explicit ranges
 * the result is Larch's to rounding; defaults are those of Larch 2026.3, or of 0.9.58 on request.
 *
 * A step below 0 is refused: Larch takes its magnitude, which hides swapped counters.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options E0, ranges, degrees. Names of Larch and Athena are taken with a hint.
 * @throws OperandoError `E_RANGE` for ranges outside the data, saying which, and for a step that is not positive; `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @see Newville, J. Synchrotron Rad. 8 (2001) 322; docs/xas.md
 * @example
 * ```ts
 * import { preEdge } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 500 }, (_, i) => 8200 + 1.2 * i)
 * const mu = energy.map(e => 0.4 - 1e-4 * (e - 8345) + 0.9 * (0.5 + Math.atan((e - 8345) / 2) / Math.PI))
 * const { edgeStep, norm } = preEdge(energy, mu, { e0: 8345, pre1: -120, pre2: -40, norm1: 80, norm2: 400, nnorm: 1 })
 * console.log(edgeStep, norm[400]) // 0.91, 0.99
 * ```
 */
export function preEdge(energy: NumbersLike, mu: NumbersLike, options?: PreEdgeOptions): PreEdge
export function preEdge(data: Dataset<'energy'>, options?: PreEdgeOptions): PreEdge
export function preEdge(first: NumbersLike | Dataset, second?: NumbersLike | PreEdgeOptions, third?: PreEdgeOptions): PreEdge {
  const { energy, mu, options } = readSpectrum('preEdge', first, second, third)
  const { options: own, hints } = translateOptions(options, 'preEdge options', PRE_EDGE_FIELDS, PRE_EDGE_FOREIGN)
  const wanted = own.e0 ?? (own.defaults === 'larch-0.9.58' ? 'larch' : 'derivative')
  const found = typeof wanted === 'number' ? undefined : findE0(energy, mu, { definition: wanted })
  const plan = createPreEdge(energy, { ...own, e0: found?.energy ?? (wanted as number) })
  const n = energy.length
  const [norm, line, post, flat] = [0, 1, 2, 3].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const edgeStep = plan.normalize(mu, norm, { preEdge: line, postEdge: post, flat })
  if (!(edgeStep > 0)) {
    throw new OperandoError(
      'E_RANGE',
      `The edge step at ${plan.e0.toFixed(2)} eV is ${edgeStep.toPrecision(4)}: mu falls at the edge. Are I0 and I1 swapped, or is this transmission and not absorption?`,
    )
  }
  return freezeData({
    e0: plan.e0,
    edgeStep,
    edgeStepSigma: own.edgeStep === undefined ? stepSigma(plan, mu, line, post) : 0,
    ranges: plan.ranges,
    energy,
    norm,
    flat,
    preEdge: line,
    postEdge: post,
    warnings: [...hints, ...(found?.warnings ?? []), ...plan.warnings],
  })
}

function stepSigma(
  { places, ranges, stepVariance }: PreEdgePlan,
  mu: Float64Array,
  line: Float64Array,
  post: Float64Array,
): number {
  const scatter = (curve: Float64Array, [from, to]: readonly [number, number], degree: number): number => {
    let sum = 0
    for (let i = from; i < to; i++) sum += (mu[i]! - curve[i]!) ** 2
    return sum / Math.max(to - from - degree - 1, 1)
  }
  return Math.sqrt(
    stepVariance[0] * scatter(line, places.pre, ranges.npre) + stepVariance[1] * scatter(post, places.post, ranges.nnorm),
  )
}
