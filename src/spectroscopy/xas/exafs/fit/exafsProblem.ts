import { OperandoError } from '../../../../core/errors.js'
import type { CombinedProblem } from '../../../../numeric/leastSquares/types.js'
import { PATH_PARAMETERS } from '../pathParameters.js'
import { updatePath } from './compilePath.js'
import type { Noise } from './noise.js'
import type { OpenSet } from './openSet.js'

/** Spectra and paths as a least-squares problem; the data can be exchanged. */
export interface ExafsProblem extends CombinedProblem {
  /** Where the numbers of each spectrum begin. */
  readonly offsets: readonly number[]
  /** Independent points of all spectra. */
  readonly independent: number
  /** chi on the grid, by spectrum. */
  readonly data: readonly Float64Array[]
  /** Uncertainties of the data, by spectrum, as measured. */
  readonly noise: readonly Noise[]
  /**
   * Takes other data.
   * @param chi One array a spectrum, a value for each of its wavenumbers.
   * @throws OperandoError `E_RANGE` for a spectrum that is 0 throughout.
   */
  load(chi: readonly Float64Array[]): void
  /**
   * The data as they are compared, for R factors.
   * @param out Receives as many values as there are points.
   */
  compared(out: Float64Array): void
  /**
   * chi of the model.
   * @param parameters All parameters.
   * @param set        Which spectrum.
   * @param from       First grid point.
   * @param to         Point after the last.
   * @param out        Receives the sum of its paths.
   * @param each       Receives each path, if given.
   */
  model(parameters: Float64Array, set: number, from: number, to: number, out: Float64Array, each?: readonly Float64Array[]): void
}

/**
 * Makes the problem of a fit.
 * @param sets       Spectra.
 * @param parameters Number of parameters.
 */
export function createExafsProblem(sets: readonly OpenSet[], parameters: number): ExafsProblem {
  const offsets: number[] = []
  let points = 0
  for (const { transform } of sets) {
    offsets.push(points)
    points += transform.count
  }
  const independent = sets.reduce((sum, { transform }) => sum + transform.independent, 0)
  // a residual counts as independent points, not as many as the transform was filled up to
  const oversampling = Math.sqrt(points / independent)
  const longest = Math.max(...sets.map(({ k }) => k.length))
  const data = sets.map(({ k }) => new Float64Array(k.length))
  const noise: Noise[] = []
  const weights: (readonly Float64Array[])[] = []
  const none = new Uint8Array(PATH_PARAMETERS.length)
  const all = new Float64Array(parameters + 1)
  const direction = new Float64Array(parameters + 1)
  const total = new Float64Array(longest)
  const own = new Float64Array(longest)
  const slopes = new Float64Array(PATH_PARAMETERS.length * longest)
  const columns = new Float64Array(Math.max(...sets.map(({ reads }) => reads.length)) * longest)
  // where the column of a parameter stands, within the set at hand
  const place = new Int32Array(parameters)

  const model = (
    values: Float64Array,
    set: number,
    from: number,
    to: number,
    out: Float64Array,
    each?: readonly Float64Array[],
  ): void => {
    all.set(values)
    out.fill(0, from, to)
    sets[set]!.paths.forEach((path, index) => {
      all[parameters] = path.reff
      updatePath(path, all)
      path.model.evaluate(path.values, from, to, own, null, none)
      if (each) each[index]!.set(own.subarray(from, to), from)
      for (let i = from; i < to; i++) out[i]! += own[i]!
    })
  }

  /** chi of a spectrum and its derivatives by the parameters that it reads. */
  const withSlopes = (set: OpenSet): void => {
    const { k, transform, paths, reads } = set
    const { from, to } = transform
    const n = k.length
    total.fill(0, from, to)
    reads.forEach((parameter, column) => {
      place[parameter] = column
    })
    columns.fill(0, 0, reads.length * n)
    for (const path of paths) {
      all[parameters] = path.reff
      updatePath(path, all)
      path.model.evaluate(path.values, from, to, own, slopes, path.want)
      for (let i = from; i < to; i++) total[i]! += own[i]!
      for (const { parameter, expression } of path.terms) {
        for (const read of expression.reads) {
          if (read === parameters) continue
          direction[read] = 1
          const slope = expression.slope(all, direction)
          direction[read] = 0
          if (slope !== 0) addTo(columns, place[read]! * n, slopes, parameter * n, slope, from, to)
        }
      }
    }
  }

  return {
    points,
    offsets,
    independent,
    data,
    noise,
    load(chi) {
      sets.forEach((set, s) => {
        set.loader.load(chi[s]!, data[s]!)
        const { from, to } = set.transform
        if (data[s]!.subarray(from, to).every(value => value === 0)) {
          throw new OperandoError('E_RANGE', `${set.name}: chi is 0 throughout the window: no spectrum.`, {
            details: { set: set.name },
          })
        }
        const found = set.noise(data[s]!)
        noise[s] = found
        const chosen = set.transform.space === 'k' ? found.k : found.r
        weights[s] = chosen.map(values => values.map(value => value * oversampling))
      })
    },
    compared(out) {
      sets.forEach(({ transform }, s) => {
        transform.apply(data[s]!, weights[s]!, out, offsets[s]!)
      })
    },
    model,
    evaluate(values, residual, jacobian) {
      all.set(values)
      if (jacobian) jacobian.fill(0)
      for (let s = 0; s < sets.length; s++) {
        const set = sets[s]!
        const { transform, reads } = set
        const { from, to } = transform
        if (jacobian) withSlopes(set)
        else model(values, s, from, to, total)
        const measured = data[s]!
        for (let i = from; i < to; i++) total[i]! -= measured[i]!
        transform.apply(total, weights[s]!, residual, offsets[s]!)
        if (!jacobian) continue
        const n = set.k.length
        for (let c = 0; c < reads.length; c++) {
          transform.apply(columns.subarray(c * n, (c + 1) * n), weights[s]!, jacobian, reads[c]! * points + offsets[s]!)
        }
      }
    },
  }
}

function addTo(
  out: Float64Array,
  at: number,
  from: Float64Array,
  source: number,
  factor: number,
  begin: number,
  end: number,
): void {
  for (let i = begin; i < end; i++) out[at + i]! += factor * from[source + i]!
}
