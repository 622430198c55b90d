import { OperandoError } from '../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import { unit } from '../../core/unit.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { svd } from '../../numeric/linear/svd.js'
import { historyStep } from '../historyStep.js'
import { matrixOfSeries } from './matrixOfSeries.js'
import { type RankStatistics, rankStatistics } from './rankStatistics.js'

/** Options of {@link pca}. */
export interface PcaOptions {
  /** Whether the mean of all frames is subtracted first. Default true; say false for target transformation and for the rank of a mixture. */
  centre?: boolean | undefined
  /**
   * Whether frames are scaled first: `'none'` (default), or `'standard'`: each frame, after the mean of all was subtracted, less its own mean and over its own standard
   * deviation, as Larch's `pca_train`.
   */
  scale?: 'none' | 'standard' | undefined
  /** Components to return. Default: as many as the F test finds, at least 2. */
  components?: number | undefined
}

const OPTIONS: FieldsOf<PcaOptions> = { centre: true, scale: true, components: true }

/** Principal components of a series. */
export interface PrincipalComponents {
  /** The components, unit length each, on `component` and the dims of a frame: abstract spectra, not phases. */
  readonly components: Dataset
  /** Their amounts in each frame, on `frame`, `component`; time and voltage stay beside. */
  readonly scores: Dataset<'frame' | 'component'>
  /** The mean that was subtracted; zeros without `centre`. */
  readonly mean: Dataset
  /** All singular values, falling. */
  readonly singularValues: Float64Array
  /** Share of the variance, one a singular value. */
  readonly explained: Float64Array
  /** How many components the data have, from the singular values of the matrix that was not centred. */
  readonly rank: RankStatistics
}

/**
 * Principal component analysis of a series: frames as mean plus a few components times their amounts.
 *
 * Components are not phases: rotations of them fit as well. They count (with `rank`) what changes independently, show where (components) and when (scores), and test whether a reference can be one of the
 * constituents (`targetTransform`).
 *
 * @param series  Dataset whose first dim is `frame`; further dims are taken together.
 * @param options Centring, scaling, how many.
 * @throws OperandoError `E_AXIS`, `E_NAN` for masked points, `E_SHAPE`, `E_RANGE` for more components than there are, or a frame that cannot be standardised.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { pca } from 'operando/series'
 * const series = createDataset({ name: 'mu', dims: ['frame', 'energy'], shape: [3, 4], unit: '', values: [0, 1, 2, 3, 1, 1, 2, 2, 2, 1, 2, 1] })
 * pca(series, { components: 1 }).explained[0] // 1: one thing changes
 * ```
 */
export function pca(series: Dataset, options: PcaOptions = {}): PrincipalComponents {
  assertKnown(options, 'pca options', OPTIONS)
  const { centre = true, scale = 'none' } = options
  assertOneOf(scale, 'scale', ['none', 'standard'])
  const { data, frames, points, dims, shape, frameCoords, pointCoords } = matrixOfSeries(series, 'pca')
  const mean = new Float64Array(points)
  if (centre) for (let i = 0; i < data.length; i++) mean[i % points]! += data[i]! / frames
  const centred = centre ? data.map((v, i) => v - mean[i % points]!) : data
  const matrix = scale === 'standard' ? standardized(centred, frames, points) : centred
  const { u, singularValues, v } = svd(matrix, frames, points)
  const raw = matrix !== data ? svd(data, frames, points).singularValues : singularValues
  const rank = rankStatistics(raw, frames, points)
  const k = singularValues.length
  const many = options.components ?? Math.min(k, Math.max(2, rank.bySignificance))
  if (!(Number.isInteger(many) && many >= 1 && many <= k))
    throw new OperandoError('E_RANGE', `components: 1 to ${k} expected, found ${many}.`)
  const total = singularValues.reduce((sum, s) => sum + s * s, 0)
  const components = new Float64Array(many * points)
  for (let c = 0; c < many; c++) for (let i = 0; i < points; i++) components[c * points + i] = v[i * k + c]!
  const scores = new Float64Array(frames * many)
  for (let f = 0; f < frames; f++) for (let c = 0; c < many; c++) scores[f * many + c] = u[f * k + c]! * singularValues[c]!
  const around = {
    meta: series.meta,
    history: [...series.history, historyStep('pca', { centre, scale, components: many })],
    warnings: series.warnings,
  }
  const none = unit('')
  return Object.freeze({
    components: createDataset({
      ...around,
      name: 'components',
      dims: ['component', ...dims],
      shape: [many, ...shape],
      values: components,
      unit: none,
      coords: pointCoords,
    }),
    scores: createDataset({
      ...around,
      name: 'scores',
      dims: ['frame', 'component'] as const,
      shape: [frames, many],
      values: scores,
      unit: series.unit,
      coords: frameCoords,
    }),
    mean: createDataset({ ...around, name: 'mean', dims, shape, values: mean, unit: series.unit, coords: pointCoords }),
    singularValues,
    explained: singularValues.map(s => (s * s) / total),
    rank,
  })
}

function standardized(data: Float64Array, frames: number, points: number): Float64Array {
  const out = data.slice()
  for (let f = 0; f < frames; f++) {
    const row = out.subarray(f * points, (f + 1) * points)
    const mean = row.reduce((sum, v) => sum + v, 0) / points
    const deviation = Math.sqrt(row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / points)
    if (!(deviation > 0))
      throw new OperandoError('E_RANGE', `pca: frame ${f} is constant and cannot be standardised. Leave it out.`)
    for (let i = 0; i < points; i++) row[i] = (row[i]! - mean) / deviation
  }
  return out
}
