import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, assertRising, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'

/** Options of {@link rebinOverlapSigma}. */
export interface RebinSigmaOptions {
  /**
   * How the variance of a divided bin is shared.
   * - `'propagate'` (default): a share f of a value is f times that value, so its variance is f² of the old one. This is exact propagation
   *   for the new bins taken one by one; two new bins that cut the same old bin are correlated, which no list of sigmas can say.
   * - `'counts'`: a share f of Poisson counts is Poisson again, so its variance is f of the old one. The sum of the variances is conserved,
   *   so sums and fits that treat the new bins as independent get the right total; single bins look noisier than they scatter.
   */
  variance?: 'propagate' | 'counts' | undefined
}

const OPTIONS: FieldsOf<RebinSigmaOptions> = { variance: true }

function checkEdges(edges: Float64Array, name: string): void {
  if (edges.length < 2) {
    throw new OperandoError('E_SHAPE', `${name}: at least 2 bin edges expected, ${edges.length} found.`, {
      details: { name, expected: 2, found: edges.length },
    })
  }
  assertRising(edges, name)
}

/** Adds to `out` the shares of `values`: `power` 1 gives each share its fraction, 2 its squared fraction. Both edges rise. */
function distribute(edgesIn: Float64Array, values: Float64Array, edgesOut: Float64Array, out: Float64Array, power: 1 | 2): void {
  const n = edgesIn.length - 1
  const m = edgesOut.length - 1
  let i = 0
  let j = 0
  while (i < n && j < m) {
    const low = edgesIn[i]!
    const high = edgesIn[i + 1]!
    const from = edgesOut[j]!
    const to = edgesOut[j + 1]!
    const left = low > from ? low : from
    const right = high < to ? high : to
    if (right > left) {
      // an old bin that lies whole in the new one passes untouched, so counts stay integers
      const fraction = left === low && right === high ? 1 : (right - left) / (high - low)
      out[j]! += values[i]! * (power === 1 ? fraction : fraction * fraction)
    }
    if (high <= to) i++
    if (to <= high) j++
  }
}

/**
 * Moves counts from one set of bins to another, dividing each old bin among the new ones in proportion to the overlap. The sum is conserved
 * (to rounding) where the new bins cover the old; counts outside the new bins are left out, and new bins outside the old ones receive 0.
 *
 * `values` are amounts per bin (counts, charge). For densities or mean intensities multiply by the old widths first and divide by the new after.
 *
 * @param edgesIn  Old edges, n + 1 values, strictly rising.
 * @param values   Amount in each old bin, n values.
 * @param edgesOut New edges, m + 1 values, strictly rising, same unit.
 * @param out      Receives m values, overwritten; made if absent.
 * @returns `out`.
 * @throws OperandoError `E_SHAPE` on lengths that do not fit, `E_AXIS` on edges that do not rise, `E_NAN` on NaN or infinity.
 * @example
 * ```ts
 * import { rebinOverlap } from 'operando/numeric'
 * rebinOverlap([0, 1, 2, 3], [10, 20, 30], [0, 1.5, 3]) // [20, 40]
 * ```
 */
export function rebinOverlap(
  edgesIn: NumbersLike,
  values: NumbersLike,
  edgesOut: NumbersLike,
  out?: Float64Array | undefined,
): Float64Array {
  return rebin(edgesIn, asFloat64(values, 'values'), 'values', edgesOut, out, 1)
}

/**
 * Standard uncertainties that go with {@link rebinOverlap}; old bins are taken as independent.
 *
 * @param edgesIn  Old edges, n + 1 values, strictly rising.
 * @param sigma    Standard uncertainty of each old bin, n values, >= 0.
 * @param edgesOut New edges, m + 1 values, strictly rising.
 * @param options  How the variance of a divided bin is shared.
 * @param out      Receives m values, overwritten; made if absent.
 * @returns `out`.
 * @throws OperandoError `E_SHAPE`, `E_AXIS`, `E_NAN` as {@link rebinOverlap}; `E_RANGE` on a negative sigma.
 * @example
 * ```ts
 * import { rebinOverlapSigma } from 'operando/numeric'
 * rebinOverlapSigma([0, 1, 2], [3, 4], [0, 2]) // [5]
 * ```
 */
export function rebinOverlapSigma(
  edgesIn: NumbersLike,
  sigma: NumbersLike,
  edgesOut: NumbersLike,
  options: RebinSigmaOptions = {},
  out?: Float64Array | undefined,
): Float64Array {
  assertKnown(options, 'rebinOverlapSigma options', OPTIONS)
  const { variance = 'propagate' } = options
  const s = asFloat64(sigma, 'sigma')
  const squares = new Float64Array(s.length)
  for (let i = 0; i < s.length; i++) {
    if (s[i]! < 0) {
      throw new OperandoError('E_RANGE', `sigma[${i}] is ${s[i]}: standard uncertainties are >= 0.`, { details: { index: i } })
    }
    squares[i] = s[i]! * s[i]!
  }
  const result = rebin(edgesIn, squares, 'sigma', edgesOut, out, variance === 'counts' ? 1 : 2)
  for (let j = 0; j < result.length; j++) result[j] = Math.sqrt(result[j]!)
  return result
}

function rebin(
  edgesIn: NumbersLike,
  values: Float64Array,
  name: string,
  edgesOut: NumbersLike,
  out: Float64Array | undefined,
  power: 1 | 2,
): Float64Array {
  const from = asFloat64(edgesIn, 'edgesIn')
  const to = asFloat64(edgesOut, 'edgesOut')
  checkEdges(from, 'edgesIn')
  checkEdges(to, 'edgesOut')
  asFloat64(values, name, { length: from.length - 1 })
  const result = outputOf(out, to.length - 1)
  result.fill(0)
  distribute(from, values, to, result, power)
  return result
}
