import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields } from '../../../core/fields.js'
import { createAnomalous } from '../../../matter/index.js'
import { freezeData } from '../../../model/derive.js'
import { householderQr, solveUpper } from '../../../numeric/linear/householder.js'
import { assertEdge } from '../edge/nominalEdge.js'
import { placeBelow } from '../places.js'
import { createPreEdge } from './createPreEdge.js'
import { type PreEdge, type PreEdgeOptions, preEdge } from './preEdge.js'

/** Options of {@link mbackNorm}: those of `preEdge`, and the absorber. */
export interface MbackNormOptions extends PreEdgeOptions {
  /** The absorber. */
  element: string
  /** Its edge. Default `'K'`. */
  edge?: string | undefined
}

/** A spectrum normalised by a scaled table. */
export interface MbackNorm extends PreEdge {
  /** Step of the polynomials, for comparison: the two differ by 1 to 7 %. */
  readonly edgeStepPolynomial: number
  /** (offset + slope E + f'') scale plus the pre-edge line, n values: what mu was matched to. */
  readonly matched: Float64Array
}

/**
 * The short form of MBACK that Larch has: scale times (offset + slope E + f'') is fitted to mu minus its pre-edge line, with weight 1 below the edge, none over it, and 0.1 rising to 1 above. Linear, and of few unknowns.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options Absorber, edge, and those of `preEdge`.
 * @throws OperandoError as `preEdge`; `E_RANGE` for an edge that is not the element's, `E_MISSING`.
 * @example
 * ```ts
 * import { mbackNorm } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 400 }, (_, i) => 8180 + 2 * i)
 * const mu = energy.map(e => 0.3 + 0.9 / (1 + Math.exp((8333 - e) / 2)) - 3e-4 * (e - 8333))
 * const { edgeStep, edgeStepPolynomial } = await mbackNorm(energy, mu, { element: 'Ni', e0: 8333 })
 * ```
 */
export async function mbackNorm(energy: NumbersLike, mu: NumbersLike, options: MbackNormOptions): Promise<MbackNorm> {
  assertFields(options, 'mbackNorm options', ['element'])
  const { element, edge = 'K', ...rest } = options
  const plain = preEdge(energy, mu, rest)
  const { energy: x, e0, ranges } = plain
  await assertEdge(element, edge, e0)
  const f2 = (await createAnomalous(element)).f2.over(x)
  const n = x.length
  const weights = new Float64Array(n).fill(1)
  const [from, to] = [placeBelow(x, e0 + ranges.norm1), placeBelow(x, e0 + ranges.norm2) + 1]
  weights.fill(0, placeBelow(x, e0 + ranges.pre2))
  for (let i = from; i < to; i++) weights[i] = 0.1 + (0.9 * (i - from)) / Math.max(to - from - 1, 1)
  const given = plain.preEdge.map((line, i) => plain.norm[i]! * plain.edgeStep + line)
  const columns = new Float64Array(3 * n)
  const right = new Float64Array(n)
  const span = x[n - 1]! - x[0]!
  for (let i = 0; i < n; i++) {
    columns[i] = weights[i]!
    columns[n + i] = (weights[i]! * (x[i]! - e0)) / span
    columns[2 * n + i] = weights[i]! * f2[i]!
    right[i] = weights[i]! * (given[i]! - plain.preEdge[i]!)
  }
  householderQr(columns, n, 3, right)
  solveUpper(columns, n, 3, right)
  const [offset, slope, scale] = right as unknown as [number, number, number]
  const model = x.map((e, i) => offset + (slope * (e - e0)) / span + scale * f2[i]!)
  const { npre: _, ...known } = ranges
  const edgeStep = createPreEdge(x, { ...known, e0 }).normalize(model)
  if (!(edgeStep > 0))
    throw new OperandoError(
      'E_RANGE',
      `mbackNorm: the matched step is ${edgeStep.toPrecision(3)}: the spectrum does not follow the table. Is ${element} ${edge} its edge?`,
    )
  const ratio = plain.edgeStep / edgeStep
  return freezeData({
    ...plain,
    edgeStep,
    edgeStepSigma: plain.edgeStepSigma / ratio,
    norm: plain.norm.map(v => v * ratio),
    flat: plain.flat.map(v => v * ratio),
    edgeStepPolynomial: plain.edgeStep,
    matched: model.map((v, i) => v + plain.preEdge[i]!),
  })
}
