import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertOneOf, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { outputOf } from '../../../numeric/outputOf.js'
import { translateOptions } from '../../foreignNames.js'
import { asEnergies } from '../../spectrum.js'
import { type EdgePlaces, type EdgeRangeOptions, type EdgeRanges, edgePlaces, edgeRanges } from './edgeRanges.js'
import { dot, orthonormalPolynomials } from './orthonormalPolynomials.js'

/** Options of {@link createPreEdge}. */
export interface PreEdgePlanOptions extends EdgeRangeOptions {
  /** Edge, eV. */
  e0: number
  /** Edge step instead of that of the data. */
  edgeStep?: number | undefined
}

/** Names there are. */
export const PRE_EDGE_FIELDS: FieldsOf<PreEdgePlanOptions> = {
  e0: true,
  edgeStep: true,
  pre1: true,
  pre2: true,
  norm1: true,
  norm2: true,
  nnorm: true,
  nvict: true,
  defaults: true,
}

/** What Larch and Athena call them. */
export const PRE_EDGE_FOREIGN: Readonly<Record<string, string>> = {
  step: 'edgeStep',
  edge_step: 'edgeStep',
  E0: 'e0',
  ek0: 'e0',
  bkg_e0: 'e0',
  bkg_step: 'edgeStep',
  bkg_pre1: 'pre1',
  bkg_pre2: 'pre2',
  bkg_nor1: 'norm1',
  bkg_nor2: 'norm2',
  emin: 'pre1',
  emax: 'norm2',
}

/** Curves that a plan fills on request; each n values. */
export interface PreEdgeCurves {
  /** Pre-edge line. */
  preEdge?: Float64Array | undefined
  /** Post-edge curve, the pre-edge line included. */
  postEdge?: Float64Array | undefined
  /** Flattened normalised spectrum. */
  flat?: Float64Array | undefined
}

/** Normalisation of many spectra on one grid with one E0. */
export interface PreEdgePlan {
  /** eV, n values. */
  readonly energy: Float64Array
  /** E0, eV. */
  readonly e0: number
  /** Ranges, defaults filled in. */
  readonly ranges: EdgeRanges
  /** Where they lie on the grid. */
  readonly places: EdgePlaces
  /** Variance of the step over that of a point of mu in the pre-edge range, and in the post-edge range. */
  readonly stepVariance: readonly [pre: number, post: number]
  /** `W_SHORT_PRE_EDGE`, names of other programs that were translated. */
  readonly warnings: readonly Issue[]
  /**
   * Normalises a spectrum. Allocates nothing if `norm` is given.
   * @param mu     Exactly a Float64Array of n values.
   * @param norm   Receives n values; made if absent.
   * @param curves Further curves to fill.
   * @returns The edge step; negative where mu falls at the edge. The spectrum is divided by it in any case.
   */
  normalize(mu: Float64Array, norm?: Float64Array, curves?: PreEdgeCurves): number
}

/**
 * Prepares normalisation: {@link preEdge} for a series. A line is fitted through mu E^nvict below the edge, a polynomial through mu minus that line above it; the step is the polynomial at the grid point nearest
 * to E0. Both fits are projections on orthonormal polynomials that are computed once.
 *
 * @param energy  Energies of all spectra, eV.
 * @param options E0, ranges.
 * @throws OperandoError `E_RANGE` for ranges outside the data, saying which; `E_AXIS`, `E_UNIT`, `E_NAN`.
 * @example
 * ```ts
 * import { createPreEdge } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 500 }, (_, i) => 8200 + 1.2 * i)
 * const plan = createPreEdge(energy, { e0: 8345, pre1: -120, pre2: -40, norm1: 80, norm2: 400 })
 * const norm = new Float64Array(500)
 * for (const thickness of [0.8, 1.1]) plan.normalize(energy.map(e => thickness * (0.5 + Math.atan((e - 8345) / 2) / Math.PI)), norm)
 * ```
 */
export function createPreEdge(energy: NumbersLike, options: PreEdgePlanOptions): PreEdgePlan {
  const { options: own, hints } = translateOptions(options, 'preEdge options', PRE_EDGE_FIELDS, PRE_EDGE_FOREIGN)
  const { defaults = 'larch-2026.3', edgeStep } = own
  assertOneOf(defaults, 'defaults', ['larch-2026.3', 'larch-0.9.58'])
  const axis = asEnergies(energy)
  const e0 = checkE0(axis, own.e0, defaults === 'larch-0.9.58')
  if (edgeStep !== undefined && !(edgeStep > 0))
    throw new OperandoError('E_RANGE', `edgeStep is ${edgeStep}: a number above 0 expected.`)
  const { ranges, warnings } = edgeRanges(axis, e0, own)
  const { pre, post, edge } = edgePlaces(axis, e0, ranges)
  const below = orthonormalPolynomials(axis, pre[0], pre[1], ranges.npre)
  const above = orthonormalPolynomials(axis, post[0], post[1], ranges.nnorm)
  const power = ranges.nvict === 0 ? undefined : axis.map(e => (e / e0) ** ranges.nvict)
  const n = axis.length
  const variance = stepVariance(below, above, { pre, post, edge }, power)
  const scaled = new Float64Array(n)
  const rise = new Float64Array(n)

  const normalize = (mu: Float64Array, norm?: Float64Array, curves: PreEdgeCurves = {}): number => {
    const out = outputOf(norm, n)
    const line = curves.preEdge ?? scaled
    // the line through mu E^nvict, in units of E0^nvict
    let source = mu
    if (power) {
      for (let i = pre[0]; i < pre[1]; i++) rise[i] = mu[i]! * power[i]!
      source = rise
    }
    const offset = dot(below[0]!, source, pre[0], pre[1])
    const slope = ranges.npre === 1 ? dot(below[1]!, source, pre[0], pre[1]) : 0
    const [p0, p1] = [below[0]!, below[ranges.npre]!]
    for (let i = 0; i < n; i++) {
      const value = (offset * p0[i]! + slope * p1[i]!) / (power ? power[i]! : 1)
      line[i] = value
      out[i] = mu[i]! - value
    }
    rise.fill(0)
    for (let d = 0; d < above.length; d++) {
      const p = above[d]!
      const share = dot(p, out, post[0], post[1])
      for (let i = 0; i < n; i++) rise[i]! += share * p[i]!
    }
    const step = edgeStep ?? rise[edge]!
    if (curves.postEdge) for (let i = 0; i < n; i++) curves.postEdge[i] = line[i]! + rise[i]!
    for (let i = 0; i < n; i++) out[i]! /= step
    if (curves.flat) for (let i = 0; i < n; i++) curves.flat[i] = i < edge ? out[i]! : out[i]! - (rise[i]! - rise[edge]!) / step
    return step
  }
  return {
    energy: axis,
    e0,
    ranges,
    places: { pre, post, edge },
    stepVariance: variance,
    warnings: [...hints, ...warnings],
    normalize,
  }
}

function checkE0(energy: Float64Array, e0: number, snap: boolean): number {
  if (!(e0 > energy[1]! && e0 < energy[energy.length - 2]!)) {
    throw new OperandoError('E_RANGE', `e0 is ${e0}: an energy within the data, ${energy[0]} to ${energy.at(-1)} eV, expected.`)
  }
  if (!snap) return e0
  return energy.reduce((best, e) => (Math.abs(e - e0) < Math.abs(best - e0) ? e : best))
}

/** The step is a weighted sum of mu: of the post-edge points, and of the pre-edge points through the line that is taken off. */
function stepVariance(
  below: readonly Float64Array[],
  above: readonly Float64Array[],
  { pre, post, edge }: EdgePlaces,
  power: Float64Array | undefined,
): [number, number] {
  const line = below.map(() => 0)
  let after = 0
  for (let i = post[0]; i < post[1]; i++) {
    let weight = 0
    for (const p of above) weight += p[edge]! * p[i]!
    after += weight * weight
    below.forEach((q, k) => {
      line[k]! += (weight * q[i]!) / (power ? power[i]! : 1)
    })
  }
  let before = 0
  for (let j = pre[0]; j < pre[1]; j++) {
    let weight = 0
    below.forEach((q, k) => {
      weight += line[k]! * q[j]! * (power ? power[j]! : 1)
    })
    before += weight * weight
  }
  return [before, after]
}
