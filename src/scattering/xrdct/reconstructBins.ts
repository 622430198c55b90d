import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { createPace, type LongTask } from '../../core/progress.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { derive } from '../../model/derive.js'
import type { CtAxis } from './correctSinograms.js'

/** A sinogram, as a reconstruction takes it. */
export interface SinogramToReconstruct {
  /** Values, angles x translations, row after row; masked points are 0. */
  readonly values: Float64Array
  /** Angles, degrees. */
  readonly angles: Float64Array
  /** Translations. */
  readonly translations: Float64Array
  /** Centre of rotation on the scale of translations. */
  readonly centre: number
}

/** What reconstructs a slice: size x size values, row after row, size the number of translations. Of the imaging room, or one's own. */
export type ReconstructSlice = (sinogram: SinogramToReconstruct) => Float64Array | Promise<Float64Array>

/** Options of {@link reconstructBins}. */
export interface ReconstructBinsOptions extends LongTask {
  /** What reconstructs a slice. */
  reconstruct: ReconstructSlice
  /** Centre of rotation on the scale of translations. Default their middle. See {@link findRotationCentre}. */
  centre?: number | undefined
  /** Radial bins to reconstruct. Default all. */
  bins?: readonly number[] | undefined
}

const OPTIONS: FieldsOf<ReconstructBinsOptions> = { reconstruct: true, centre: true, bins: true, signal: true, onProgress: true }

/**
 * Reconstructs XRD-CT bin by bin: a slice for each radial bin, so that every voxel has a pattern. The reconstruction is passed in.
 * @param sinograms Dims radial, angle, translation: of {@link correctSinograms}.
 * @param options   Reconstruction, centre, bins.
 * @returns Dims radial, y, x; coordinates are translations from the centre.
 * @throws OperandoError `E_ARGUMENT` for other dims, bins that are not there or no function; `E_SHAPE` where the function gives another size; `E_ABORTED`.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { reconstructBins } from 'operando/scattering'
 * const line = (dim: string, values: number[], unit: string) => ({ dims: [dim], values, unit })
 * const sinograms = createDataset({
 *   name: 'I', dims: ['q', 'angle', 'translation'], shape: [1, 2, 3], values: [0, 2, 0, 0, 2, 0], unit: '',
 *   coords: { q: line('q', [1], '1/Å'), angle: line('angle', [0, 90], 'deg'), translation: line('translation', [-1, 0, 1], 'mm') },
 * })
 * // the plainest of all: back-projection of two angles
 * const slices = await reconstructBins(sinograms, {
 *   reconstruct: ({ values }) => Float64Array.from({ length: 9 }, (_, i) => (values[i % 3]! + values[3 + Math.floor(i / 3)]!) / 2),
 * })
 * console.log(slices.dims, [...slices.values]) // q, y, x: 2 in the middle
 * ```
 */
export async function reconstructBins<Axis extends CtAxis>(
  sinograms: Dataset<Axis | 'angle' | 'translation'>,
  options: ReconstructBinsOptions,
): Promise<Dataset<Axis | 'y' | 'x'>> {
  assertKnown(options, 'reconstructBins options', OPTIONS)
  assertFields(options, 'reconstructBins options', ['reconstruct'])
  assertDataset(sinograms, 'reconstructBins')
  if (typeof options.reconstruct !== 'function')
    throw new OperandoError('E_ARGUMENT', 'reconstructBins: reconstruct, a function, expected.')
  if (sinograms.dims.length !== 3 || sinograms.dims[1] !== 'angle' || sinograms.dims[2] !== 'translation')
    throw new OperandoError(
      'E_ARGUMENT',
      `reconstructBins: dims radial, angle, translation expected, found ${sinograms.dims.join(', ')}.`,
    )
  const axis = sinograms.dims[0] as Axis
  const [count, turns, n] = sinograms.shape as [number, number, number]
  const [radial, angle, translation] = [axis, 'angle', 'translation'].map(name => {
    const coord = sinograms.coords[name]
    if (!coord) throw new OperandoError('E_MISSING', `reconstructBins: the coordinate ${name} is missing.`)
    return coord
  }) as [Dataset['coords'][string], Dataset['coords'][string], Dataset['coords'][string]]
  const angles = asFloat64(angle.values, 'angle', { length: turns })
  const translations = asFloat64(translation.values, 'translation', { length: n })
  const centre = options.centre ?? (translations[0]! + translations[n - 1]!) / 2
  const bins = options.bins ?? Array.from({ length: count }, (_, b) => b)
  for (const b of bins)
    if (!(Number.isInteger(b) && b >= 0 && b < count))
      throw new OperandoError('E_ARGUMENT', `reconstructBins: bin ${b} is none of the ${count}.`)
  const points = turns * n
  const values = new Float64Array(bins.length * n * n)
  const pace = createPace(bins.length, options)
  for (const [k, b] of bins.entries()) {
    const own = new Float64Array(points)
    for (let i = 0; i < points; i++) {
      const v = sinograms.values[b * points + i]!
      own[i] = sinograms.mask?.[b * points + i] || !Number.isFinite(v) ? 0 : v
    }
    const slice = await options.reconstruct({ values: own, angles, translations, centre })
    if (!(slice?.length === n * n))
      throw new OperandoError(
        'E_SHAPE',
        `reconstructBins: ${n} x ${n} values expected of reconstruct, ${slice?.length ?? 'none'} found.`,
      )
    values.set(slice, k * n * n)
    await pace.step(k + 1)
  }
  const place = translations.map(t => t - centre)
  return derive<Axis | 'y' | 'x'>(sinograms, {
    dims: [axis, 'y', 'x'],
    shape: [bins.length, n, n],
    values,
    sigma: undefined,
    mask: undefined,
    coords: {
      [axis]: { ...radial, shape: [bins.length], values: Float64Array.from(bins, b => radial.values[b]!) },
      y: { ...translation, dims: ['y'], values: place },
      x: { ...translation, dims: ['x'], values: place },
    },
    step: { op: 'reconstructBins', parameters: { centre, bins: bins.length } },
  })
}
