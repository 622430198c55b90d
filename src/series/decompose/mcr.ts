import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { createPace, type LongTask } from '../../core/progress.js'
import { unit } from '../../core/unit.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { historyStep } from '../historyStep.js'
import { alternate, lackOfFit } from './alternate.js'
import { matrixOfSeries } from './matrixOfSeries.js'
import { startingSpectra } from './startingSpectra.js'

/** Options of {@link mcr}. */
export interface McrOptions extends LongTask {
  /** How many components. */
  components: number
  /** Spectra to begin with: numbers of frames, or components x points values. Default: `purestFrames`. */
  start?: readonly number[] | Float64Array | undefined
  /** Whether the concentrations of a frame add up to one. Default false. */
  closed?: boolean | undefined
  /** Components whose concentration may have one maximum only, along the frames. Default none. */
  unimodal?: readonly number[] | undefined
  /** Spectra that are known and stay: points values, by number of the component. */
  knownSpectra?: Readonly<Record<number, ArrayLike<number>>> | undefined
  /** Frames that are known to be pure: number of the component, by number of the frame. Anchors take away most of the ambiguity. */
  pureFrames?: Readonly<Record<number, number>> | undefined
  /** Limit of iterations. Default 500. */
  maxIterations?: number | undefined
  /** Relative change of the lack of fit at which to stop. Default 1e-12. */
  tolerance?: number | undefined
}

const OPTIONS: FieldsOf<McrOptions> = {
  components: true,
  start: true,
  closed: true,
  unimodal: true,
  knownSpectra: true,
  pureFrames: true,
  maxIterations: true,
  tolerance: true,
  signal: true,
  onProgress: true,
}

/** A series as concentrations times spectra. */
export interface McrResult {
  /** Concentrations, on `frame`, `component`; time and voltage stay beside. */
  readonly concentrations: Dataset<'frame' | 'component'>
  /** Spectra, on `component` and the dims of a frame. */
  readonly spectra: Dataset
  /** 100 sqrt(sum of residual² / sum of data²), in percent. A good fit proves nothing: see {@link mcr}. */
  readonly lackOfFit: number
  /** Whether the lack of fit came to rest. */
  readonly converged: boolean
  /** Iterations made. */
  readonly iterations: number
}

/**
 * Multivariate curve resolution by alternating least squares: a series as non-negative concentrations times non-negative spectra.
 *
 * The solution is not unique: within bands, concentrations and spectra trade against each other at the same lack of fit (0.014 % may go with concentrations that are wrong by 0.14). Anchor it with `pureFrames`
 * and `knownSpectra`, start from different spectra and compare, and report the difference as the uncertainty.
 *
 * Each half step is a full non-negative least squares solution, not a clipped one.
 *
 * @param series  Dataset whose first dim is `frame`; further dims are taken together.
 * @param options Components, start, constraints; `onProgress` counts iterations.
 * @throws OperandoError `E_RANGE` for numbers of components or frames that are not there, `E_SHAPE` for spectra of other lengths, `E_AXIS`, `E_NAN`, `E_ABORTED`.
 * @see R. Tauler, Chemom. Intell. Lab. Syst. 30 (1995) 133; A. de Juan, R. Tauler, Anal. Chim. Acta 1145 (2021) 59
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { mcr } from 'operando/series'
 * const [a, b] = [[0, 1, 4, 1, 0, 0], [0, 0, 1, 3, 2, 0]]
 * const values = [0, 0.25, 0.5, 1].flatMap(t => a.map((v, i) => (1 - t) * v + t * b[i]!))
 * const series = createDataset({ name: 'mu', dims: ['frame', 'energy'], shape: [4, 6], unit: '', values })
 * const { concentrations } = await mcr(series, { components: 2, closed: true, pureFrames: { 0: 0, 3: 1 } })
 * console.log(concentrations.values) // 1, 0, 0.75, 0.25, 0.5, 0.5, 0, 1
 * ```
 */
export async function mcr(series: Dataset, options: McrOptions): Promise<McrResult> {
  assertFields(options, 'mcr options', ['components'])
  assertKnown(options, 'mcr options', OPTIONS)
  const { data, frames, points, dims, shape, frameCoords, pointCoords } = matrixOfSeries(series, 'mcr')
  const { components: k, maxIterations = 500, tolerance = 1e-12, closed = false } = options
  if (!(Number.isInteger(k) && k >= 1 && k <= Math.min(frames, points)))
    throw new OperandoError('E_RANGE', `components: 1 to ${Math.min(frames, points)} expected, found ${k}.`)
  const step = alternate(data, frames, points, k, options)
  const spectra = startingSpectra(data, frames, points, options)
  const concentrations = new Float64Array(frames * k)
  const pace = createPace(maxIterations, options)
  let last = Number.NaN
  let converged = false
  let iterations = 0
  while (iterations < maxIterations && !converged) {
    step(concentrations, spectra)
    iterations++
    const now = lackOfFit(data, concentrations, spectra, frames, points, k)
    converged = Math.abs(last - now) < tolerance * Math.max(now, 1e-30)
    last = now
    await pace.step(iterations)
  }
  const around = {
    meta: series.meta,
    history: [
      ...series.history,
      historyStep('mcr', { components: k, closed, iterations, lackOfFit: last, unimodal: options.unimodal ?? [] }),
    ],
    warnings: series.warnings,
  }
  return Object.freeze({
    concentrations: createDataset({
      ...around,
      name: 'concentrations',
      dims: ['frame', 'component'] as const,
      shape: [frames, k],
      values: concentrations,
      unit: unit(''),
      coords: frameCoords,
    }),
    spectra: createDataset({
      ...around,
      name: 'spectra',
      dims: ['component', ...dims],
      shape: [k, ...shape],
      values: spectra,
      unit: series.unit,
      coords: pointCoords,
    }),
    lackOfFit: last,
    converged,
    iterations,
  })
}
