import { asFloat64, type NumbersLike } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import { projectRows } from '../../../../numeric/linear/projectRows.js'
import type { CombinationParts } from './createLinearCombination.js'
import type { LinearCombinationSeries } from './linearCombination.js'

/** Frames that are worked on at a time: what stays in the cache. */
const CHUNK = 64
/** A misfit below this part of the data has lost digits in the difference of squares, and is summed point by point. */
const DIGITS = 1e-8

/**
 * Fits many spectra on the energies of a plan: projections of a chunk of frames, then their weights.
 * @param parts  The plan.
 * @param frames frames x energies.
 * @param into   Receives the result.
 */
export function fitManyCombinations(
  parts: CombinationParts,
  frames: NumbersLike,
  into?: LinearCombinationSeries,
): LinearCombinationSeries {
  const { names, all, from, energy, weights, unweighted, basis, triangle, solver, options } = parts
  const k = names.length
  const n = energy.length
  const single = frames instanceof Float32Array ? frames : undefined
  const given = single ?? asFloat64(frames, 'frames')
  const count = given.length / all.length
  if (!Number.isInteger(count))
    throw new OperandoError(
      'E_SHAPE',
      `frames: a multiple of ${all.length} values expected, as many as energies, ${given.length} found.`,
    )
  const vectors = new Float64Array(Math.ceil(k / 3) * 3 * n)
  vectors.set(basis)
  const rows = new Float64Array(CHUNK * n)
  const products = new Float64Array(CHUNK * (k + 1))
  const full = options.sum === 'one' ? -1 : 2 ** k - 1
  const out = into ?? {
    names,
    points: n,
    weights: new Float64Array(count * k),
    sigma: new Float64Array(count * k),
    chiSquare: new Float64Array(count),
    rFactor: new Float64Array(count),
  }
  if (out.weights.length !== count * k || out.chiSquare.length !== count)
    throw new OperandoError(
      'E_SHAPE',
      `out: a result for ${count} frames and ${k} references expected, found one for ${out.chiSquare.length}.`,
    )
  for (let start = 0; start < count; start += CHUNK) {
    const many = Math.min(CHUNK, count - start)
    const whole = !single && unweighted
    if (!whole) gather(given, start, many, all.length, from, n, unweighted ? undefined : weights, rows)
    if (whole) projectRows(given as Float64Array, start * all.length + from, all.length, many, vectors, k, n, products)
    else projectRows(rows, 0, n, many, vectors, k, n, products)
    for (let r = 0; r < many; r++) {
      const frame = start + r
      const at = r * (k + 1)
      const size = products[at + k]!
      if (!(size < Infinity))
        throw new OperandoError(
          'E_NAN',
          `frames: frame ${frame} has values that are no numbers between ${energy[0]} and ${energy[n - 1]} eV.`,
        )
      const free = solver.solve(products, at, out.weights, frame * k)
      // with all weights free the part within the references is met exactly
      let chiSquare = free === full ? 0 : missed(products, at, triangle, out.weights, frame * k, k)
      let outside = size
      for (let j = 0; j < k; j++) outside -= products[at + j]! ** 2
      chiSquare += outside
      if (!(chiSquare > DIGITS * size)) chiSquare = exactly(parts, given, frame, out.weights)
      out.chiSquare[frame] = chiSquare
      out.rFactor[frame] = size > 0 ? chiSquare / size : 0
      const operator = solver.operatorOf(free)
      const variance = options.scaleErrors === false ? 1 : chiSquare / Math.max(1, n - (operator?.unknowns ?? 0))
      for (let j = 0; j < k; j++)
        out.sigma[frame * k + j] = (free & (1 << j)) !== 0 && operator ? Math.sqrt(variance * operator.variance[j]!) : Number.NaN
    }
  }
  return Object.freeze(out)
}

/** Copies the points that count of some frames, weighted if there are weights. */
function gather(
  given: Float32Array | Float64Array,
  start: number,
  many: number,
  stride: number,
  from: number,
  n: number,
  weights: Float64Array | undefined,
  rows: Float64Array,
): void {
  // whole rows one after the other are one copy
  if (n === stride && !weights) {
    rows.set(given.subarray(start * n, (start + many) * n))
    return
  }
  for (let r = 0; r < many; r++) {
    const at = (start + r) * stride + from
    rows.set(given.subarray(at, at + n), r * n)
    if (weights) for (let i = 0; i < n; i++) rows[r * n + i]! *= weights[i]!
  }
}

/** |R w - c|². */
function missed(c: Float64Array, at: number, triangle: Float64Array, w: Float64Array, wAt: number, k: number): number {
  let square = 0
  for (let i = 0; i < k; i++) {
    let sum = -c[at + i]!
    for (let j = i; j < k; j++) sum += triangle[j * k + i]! * w[wAt + j]!
    square += sum * sum
  }
  return square
}

/** The misfit of one frame, point by point. */
function exactly(parts: CombinationParts, given: Float32Array | Float64Array, frame: number, w: Float64Array): number {
  const { names, all, from, energy, references, weights } = parts
  const k = names.length
  const n = energy.length
  let chiSquare = 0
  for (let i = 0; i < n; i++) {
    let sum = given[frame * all.length + from + i]!
    for (let j = 0; j < k; j++) sum -= w[frame * k + j]! * references[j * n + i]!
    chiSquare += (sum * weights[i]!) ** 2
  }
  return chiSquare
}
