import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import type { Issue } from '../core/issue.js'
import { type RebinSigmaOptions, rebinOverlap, rebinOverlapSigma } from '../numeric/signal/rebinOverlap.js'
import { type AxisPoints, axisCoord, coordsWithAxis, edgesAround, newAxis } from './axisPoints.js'
import type { Dataset } from './dataset.js'
import { derive } from './derive.js'
import { axisOf } from './layout.js'
import { type Line, mapLines } from './lines.js'
import { coordOn, directionOf } from './lookUp.js'

/** Options of {@link rebin}. */
export interface RebinOptions extends RebinSigmaOptions {
  /**
   * What the values are. `'counts'`: amounts per bin (counts, charge), which are shared out and summed. `'density'`: amounts per unit of the axis, or
   * mean intensities, of which the new bins hold the average over their width.
   */
  readonly kind: 'counts' | 'density'
  /** Least share of a new bin that good old bins must cover, 0 to 1; bins with less are masked. Default 1. */
  readonly coverage?: number | undefined
}

const OPTIONS: FieldsOf<RebinOptions> = { kind: true, coverage: true, variance: true }

/** Widths that differ by this little, relative, are the same. */
const ROUNDING = 1e-9

/**
 * The Dataset on new bins along a dim. Old bins are divided among the new ones in proportion to their overlap, so counts are conserved where the new
 * bins cover the old. Points without edges stand for the bins that end midway between them.
 *
 * Masked and non-finite points give nothing. A new bin that they, or the ends of the old axis, leave partly uncovered is masked (see `coverage`), with a
 * warning; its value is then the counts found, or the average over the covered part (NaN over none). Sigma as `rebinOverlapSigma`: old bins are
 * independent, and new bins that cut the same old one are correlated, which sigmas cannot say. Other coords on the dim are left out, with a warning.
 *
 * @param data    The Dataset.
 * @param dim     Which dim; its coord must rise or fall.
 * @param edges   New edges, m + 1, rising or falling: numbers in the coord's unit, or `{ values, unit }`. The result stands in their order.
 * @param options Whether values are counts or a density; how much of a bin must be covered; how variance is shared.
 * @throws OperandoError `E_AXIS` if the old axis or the new edges are not monotonic, or one point has no edges; `E_MISSING` without the dim's coord;
 *   `E_UNIT`; `E_SHAPE` for fewer than 2 edges; `E_ARGUMENT` without `kind`, or for another `variance`; `E_RANGE` for a coverage outside 0 to 1.
 * @example
 * ```ts
 * import { createDataset, rebin } from 'operando'
 * const pattern = createDataset({
 *   name: 'I', dims: ['q'], values: [10, 20, 30], unit: 'counts',
 *   coords: { q: { dims: ['q'], values: [0, 1, 2, 3], unit: '1/Å', edges: true } },
 * })
 * rebin(pattern, 'q', [0, 1.5, 3], { kind: 'counts' }).values // 20, 40
 * rebin(pattern, 'q', [0, 1.5, 3], { kind: 'density' }).values // 13.33, 26.67
 * ```
 */
export function rebin<Dim extends string>(
  data: Dataset<Dim>,
  dim: NoInfer<Dim>,
  edges: AxisPoints,
  options: RebinOptions,
): Dataset<Dim> {
  assertKnown(options, 'rebin options', OPTIONS)
  const { kind, coverage = 1, variance } = options ?? {}
  if (kind !== 'counts' && kind !== 'density')
    throw new OperandoError('E_ARGUMENT', `rebin: { kind: 'counts' } or { kind: 'density' } expected, found '${String(kind)}'.`)
  if (variance !== undefined && variance !== 'propagate' && variance !== 'counts')
    throw new OperandoError('E_ARGUMENT', `rebin: variance 'propagate' or 'counts' expected, found '${String(variance)}'.`)
  if (!(coverage >= 0 && coverage <= 1)) throw new OperandoError('E_RANGE', `coverage is ${coverage}: 0 to 1 expected.`)
  const coord = coordOn(data, dim)
  const flipIn = directionOf(coord, dim) < 0
  const own = Float64Array.from(coord.values)
  if (flipIn) own.reverse()
  const from = coord.edges ? own : edgesAround(own, dim)
  const to = newAxis(edges, coord, `edges of '${dim}'`)
  const widths = Float64Array.from({ length: from.length - 1 }, (_, i) => from[i + 1]! - from[i]!)
  const whole = rebinOverlap(from, widths, to.rising)
  const m = whole.length
  const share = new Float64Array(widths.length)

  const each = (line: Line, out: Line): void => {
    let covered = whole
    if (line.good.includes(0)) {
      for (let i = 0; i < share.length; i++) share[i] = line.good[i]! * widths[i]!
      covered = rebinOverlap(from, share, to.rising)
    }
    const amounts = kind === 'counts' ? line.values : line.values.map((v, i) => v * widths[i]!)
    rebinOverlap(from, amounts, to.rising, out.values)
    if (line.sigma && out.sigma) {
      const known = line.sigma.map((s, i) => (Number.isFinite(s) ? s * (kind === 'counts' ? 1 : widths[i]!) : 0))
      rebinOverlapSigma(from, known, to.rising, { variance }, out.sigma)
      if (line.sigma.some(s => !Number.isFinite(s))) {
        const unknown = rebinOverlap(
          from,
          line.sigma.map(s => (Number.isFinite(s) ? 0 : 1)),
          to.rising,
        )
        for (let j = 0; j < m; j++) if (unknown[j]! > 0) out.sigma[j] = Number.NaN
      }
    }
    for (let j = 0; j < m; j++) {
      const part = covered[j]! / (to.rising[j + 1]! - to.rising[j]!)
      out.good[j] = part > 0 && part >= coverage * (1 - ROUNDING) ? 1 : 0
      if (kind === 'counts') continue
      out.values[j] = out.values[j]! / covered[j]! // 0/0 is NaN under a mask: there is no average of nothing
      if (out.sigma) out.sigma[j] = out.sigma[j]! / covered[j]!
    }
  }
  const { masked, ...parts } = mapLines(data, axisOf(data, dim), m, { flipIn, flipOut: to.falls }, each)
  const doubts: Issue[] = []
  const coords = coordsWithAxis(data, dim, axisCoord(coord, to.values, true), 'rebin', doubts)
  if (masked > 0)
    doubts.push({
      code: 'W_PARTLY_COVERED',
      message: `rebin masked ${masked} of ${parts.values.length} new bins along '${dim}', which good old bins do not cover.`,
      place: `dim ${dim}`,
    })
  const parameters = { dim, kind, bins: m, first: to.values[0]!, last: to.values[m]!, coverage, variance }
  return derive<Dim>(data, { ...parts, coords, doubts, step: { op: 'rebin', parameters } })
}
