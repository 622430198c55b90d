import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { createAnomalous } from '../../../matter/index.js'
import { freezeData } from '../../../model/derive.js'
import { householderQr, solveUpper } from '../../../numeric/linear/householder.js'
import { erfc } from '../../../numeric/special/erf.js'
import { translateOptions } from '../../foreignNames.js'
import { asSpectrum } from '../../spectrum.js'
import { findE0 } from '../edge/findE0.js'
import { assertEdge, strongestLine } from '../edge/nominalEdge.js'
import { nearestPlace, placeBelow } from '../places.js'
import { createPreEdge } from './createPreEdge.js'

/** Options of {@link mback}. */
export interface MbackOptions {
  /** The absorber. */
  element: string
  /** Its edge. Default `'K'`. */
  edge?: string | undefined
  /** Edge, eV. Default: that of `findE0`. It is moved to the nearest point, as Larch does. */
  e0?: number | undefined
  /** Begin of the pre-edge range, eV from E0. Default: the first point. */
  pre1?: number | undefined
  /** Its end. Default -50. */
  pre2?: number | undefined
  /** Begin of the post-edge range. Default 100. */
  norm1?: number | undefined
  /** Its end. Default: the last point. */
  norm2?: number | undefined
  /** Degree of the polynomial, 0 to 5. Default 3. */
  order?: number | undefined
  /** Whether an error function at the strongest fluorescence line is fitted as well, for scatter into the detector: its amplitude and width. Default false. */
  fitErfc?: boolean | undefined
}

const FIELDS: FieldsOf<MbackOptions> = {
  element: true,
  edge: true,
  e0: true,
  pre1: true,
  pre2: true,
  norm1: true,
  norm2: true,
  order: true,
  fitErfc: true,
}
const FOREIGN = { z: 'element', atsym: 'element', fit_erfc: 'fitErfc' }

/** The error function that stands for the tail of the emission line. */
export interface MbackErfc {
  /** Its height; 0 where it was not fitted. */
  readonly amplitude: number
  /** Its width, eV. */
  readonly width: number
}

/** A spectrum on the scale of a table. */
export interface Mback {
  /** E0, eV. */
  readonly e0: number
  /** Rise of mu at E0. */
  readonly edgeStep: number
  /** eV, n values. */
  readonly energy: Float64Array
  /** Normalised absorption, n values. */
  readonly norm: Float64Array
  /** Matched spectrum, electrons: scale mu minus background, n values. */
  readonly fpp: Float64Array
  /** f'' of the table, electrons, n values. */
  readonly f2: Float64Array
  /** Electrons per unit of mu. */
  readonly scale: number
  /** Coefficients of the polynomial in (E - E0), constant first. */
  readonly coefficients: readonly number[]
  /** Amplitude of the error function, electrons, and its width, eV. */
  readonly erfc: MbackErfc
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

/** Width of the error function where it is not fitted, eV. */
const WIDTH = 50

/**
 * MBACK: matches a spectrum to the tabulated f'' of free atoms below and above the edge, by a scale and a polynomial (and an error function), and normalises by the matched step: the same for every sample of an element, also of short scans.
 *
 * A linear least-squares problem, pre- and post-edge weighted by their numbers of points; with an error function its width is looked for besides. f'' is Chantler's.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options Absorber, edge, ranges, degree.
 * @throws OperandoError `E_RANGE` for an edge that is not the element's, or ranges with too few points; `E_MISSING` for elements and edges that do not exist; `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @see T. C. Weng, G. S. Waldo, J. E. Penner-Hahn, J. Synchrotron Rad. 12 (2005) 506
 * @example
 * ```ts
 * import { mback } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 400 }, (_, i) => 8180 + 2 * i)
 * const mu = energy.map(e => 0.3 + 0.9 / (1 + Math.exp((8333 - e) / 2)) - 3e-4 * (e - 8333))
 * const { norm } = await mback(energy, mu, { element: 'Ni', e0: 8333 })
 * ```
 */
export async function mback(energy: NumbersLike, mu: NumbersLike, options: MbackOptions): Promise<Mback> {
  assertFields(options, 'mback options', [])
  const { options: own, hints } = translateOptions(options, 'mback options', FIELDS, FOREIGN)
  assertFields(own, 'mback options', ['element'])
  const { element, edge = 'K', pre2 = -50, norm1 = 100, order = 3, fitErfc = false } = own
  const { energy: x, mu: y } = asSpectrum(energy, mu)
  const found = own.e0 === undefined ? findE0(x, y) : undefined
  const place = nearestPlace(x, own.e0 ?? found!.energy)
  const e0 = x[place]!
  await assertEdge(element, edge, e0)
  const n = x.length
  const pre1 = Math.max(own.pre1 ?? x[0]! - e0, x[0]! - e0)
  const norm2 = Math.min(own.norm2 ?? x[n - 1]! - e0, x[n - 1]! - e0)
  const below = [placeBelow(x, pre1 + e0), nearestPlace(x, pre2 + e0)] as const
  const above = [nearestPlace(x, norm1 + e0), placeBelow(x, norm2 + e0)] as const
  if (!(Number.isInteger(order) && order >= 0 && order <= 5))
    throw new OperandoError('E_RANGE', `mback: order = ${order}: a degree from 0 to 5 expected.`)
  if (below[1] - below[0] < 2 || above[1] - above[0] < 2 || below[1] >= place || above[0] <= place) {
    throw new OperandoError(
      'E_RANGE',
      `mback: the ranges ${pre1.toFixed(0)} to ${pre2} and ${norm1} to ${norm2.toFixed(0)} eV from E0 hold too few points of a scan from ${(x[0]! - e0).toFixed(0)} to ${(x[n - 1]! - e0).toFixed(0)} eV.`,
    )
  }
  const f2 = (await createAnomalous(element)).f2.over(x)
  const line = await strongestLine(element, edge)
  const fit = (width: number): MatchedTable =>
    matchTable({ x, y, f2, e0, below, above, order }, fitErfc ? { line, width } : undefined)
  const width = fitErfc ? narrowest(w => fit(w).residual, 2, 2000) : WIDTH
  const matched = fit(width)
  // the step of the table with the background under it, by the quadratic that Larch takes
  const model = f2.map((v, i) => v + matched.background[i]!)
  const plan = createPreEdge(x, { e0, pre1, pre2, norm1, norm2, nnorm: 2 })
  const preCurve = new Float64Array(n)
  const step = plan.normalize(model, undefined, { preEdge: preCurve })
  return freezeData({
    e0,
    edgeStep: step / matched.scale,
    energy: x,
    norm: y.map((v, i) => (matched.scale * v - preCurve[i]!) / step),
    fpp: y.map((v, i) => matched.scale * v - matched.background[i]!),
    f2,
    scale: matched.scale,
    coefficients: matched.coefficients,
    erfc: { amplitude: matched.amplitude, width },
    warnings: [...hints, ...(found?.warnings ?? [])],
  })
}

interface MatchedTable {
  readonly scale: number
  readonly coefficients: number[]
  readonly amplitude: number
  /** Polynomial and error function, electrons. */
  readonly background: Float64Array
  readonly residual: number
}

interface TableProblem {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly f2: Float64Array
  readonly e0: number
  readonly below: readonly [number, number]
  readonly above: readonly [number, number]
  readonly order: number
}

/** f2 + polynomial + error function = scale mu, in the least-squares sense. */
function matchTable(
  { x, y, f2, e0, below, above, order }: TableProblem,
  bump: { line: number; width: number } | undefined,
): MatchedTable {
  const ranges = [below, above]
  const rows = ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0)
  const reach = Math.max(Math.abs(x[0]! - e0), Math.abs(x.at(-1)! - e0))
  const bumpAt = (i: number): number => (bump ? erfc((x[i]! - bump.line) / bump.width) : 0)
  const unknowns = order + 2 + (bump ? 1 : 0)
  const columns = new Float64Array(unknowns * rows)
  const right = new Float64Array(rows)
  let row = 0
  for (const [from, to] of ranges) {
    const weight = 1 / Math.sqrt(to - from + 1)
    for (let i = from; i <= to; i++) {
      columns[row] = weight * y[i]!
      for (let d = 0; d <= order; d++) columns[(d + 1) * rows + row] = -weight * ((x[i]! - e0) / reach) ** d
      if (bump) columns[(order + 2) * rows + row] = -weight * bumpAt(i)
      right[row++] = weight * f2[i]!
    }
  }
  householderQr(columns, rows, unknowns, right)
  let residual = 0
  for (let i = unknowns; i < rows; i++) residual += right[i]! ** 2
  solveUpper(columns, rows, unknowns, right)
  const amplitude = bump ? right[order + 2]! : 0
  const background = x.map((e, i) => {
    let sum = amplitude * bumpAt(i)
    for (let d = 0; d <= order; d++) sum += right[d + 1]! * ((e - e0) / reach) ** d
    return sum
  })
  const coefficients = Array.from({ length: order + 1 }, (_, d) => right[d + 1]! / reach ** d)
  return { scale: right[0]!, coefficients, amplitude, background, residual }
}

/** Where a function of a positive number is smallest: by steps of its logarithm, then between the best three. */
function narrowest(f: (x: number) => number, low: number, high: number): number {
  let [best, factor] = [low, (high / low) ** (1 / 24)]
  for (let pass = 0; pass < 4; pass++) {
    const centre = pass === 0 ? Math.sqrt(low * high) : best
    const tries = Array.from({ length: 25 }, (_, i) => Math.min(high, Math.max(low, centre * factor ** (i - 12))))
    best = tries.reduce((a, b) => (f(b) < f(a) ? b : a))
    factor **= 1 / 8
  }
  return best
}
