import type { RealArray } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import type { Integrator } from './createIntegrator.js'

/** Covariance of the bins of a pattern: a band beside the diagonal. */
export interface BinCovariance {
  /** Number of bins. */
  readonly bins: number
  /** Diagonals kept: the variance and that many less one beside it. */
  readonly width: number
  /** Covariance of bin b with bin b + k at [b * width + k]; symmetric. NaN for empty bins. */
  readonly values: Float64Array
}

/**
 * Covariance of the bins of one frame's pattern: splitting gives parts of a pixel's counts to neighbouring bins, whose errors are then correlated, so that sigmas alone make a
 * later fit believe too much. With weights w and variances v of pixels, cov(b, c) = sum w_b w_c v / (N_b N_c).
 *
 * @param frame    Counts of the frame, rows x columns.
 * @param plan     The plan of {@link createIntegrator}, one-dimensional.
 * @param variance Variance of each pixel. Default the counts themselves (Poisson).
 * @returns The diagonal and those beside it, as far as a pixel reaches.
 * @throws OperandoError `E_ARGUMENT` for a plan with bins of azimuth, `E_SHAPE` for a frame of another size.
 * @see https://github.com/silx-kit/pyFAI/issues/884
 * @example
 * ```ts
 * import { binCovariance, createGeometry, createIntegrator } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.1, poni1: 0.01, poni2: 0.01, shape: [100, 100], pixel1: 2e-4, wavelength: 0.4 })
 * const plan = createIntegrator(geometry, { bins: 100 })
 * const { values, width } = binCovariance(new Uint32Array(10000).fill(50), plan)
 * console.log(values[40 * width + 1]! / values[40 * width]!) // how much neighbours share
 * ```
 */
export function binCovariance(frame: RealArray, plan: Integrator, variance?: RealArray | undefined): BinCovariance {
  if (plan.azimuth) throw new OperandoError('E_ARGUMENT', 'binCovariance: a plan without bins of azimuth expected.')
  const { map, normalization } = plan
  if (frame.length !== map.inputs || (variance && variance.length !== map.inputs))
    throw new OperandoError('E_SHAPE', `binCovariance: ${map.inputs} pixels expected, ${variance?.length ?? frame.length} found.`)
  const counts = plan.counts(frame)
  const bins = map.outputs
  const width = Math.max(1, ...map.tiles.flatMap(tile => tile.blocks.map(block => block.width)))
  const values = new Float64Array(bins * width)
  const norms = new Float64Array(bins)
  for (const { from, order, weights, blocks } of map.tiles) {
    for (const block of blocks) {
      let [e, w] = [block.entry, block.weight]
      for (let r = 0; r < block.end.length; r++) {
        const first = block.output[r]!
        for (; e < block.end[r]!; e++, w += block.width) {
          const pixel = from + order[e]!
          if (Number.isNaN(counts[pixel]!)) continue
          const v = variance ? variance[pixel]! : frame[pixel]!
          for (let j = 0; j < block.width; j++) {
            norms[first + j]! += weights[w + j]! * normalization[pixel]!
            for (let k = j; k < block.width; k++) values[(first + j) * width + k - j]! += weights[w + j]! * weights[w + k]! * v
          }
        }
      }
    }
  }
  for (let b = 0; b < bins; b++) {
    for (let k = 0; k < width; k++) {
      const norm = b + k < bins ? norms[b]! * norms[b + k]! : 1
      values[b * width + k] = norms[b]! > 0 && norm > 0 ? values[b * width + k]! / norm : k === 0 ? Number.NaN : 0
    }
  }
  return { bins, width, values }
}
