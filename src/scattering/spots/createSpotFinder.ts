import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset } from '../../model/dataset.js'
import type { Geometry } from '../geometry/createGeometry.js'
import { type PixelFrame, pixelFrame } from '../geometry/pixelFrame.js'
import { radialValues } from '../geometry/pixelValues.js'
import { createRingBackground } from './ringBackground.js'
import type { Spot } from './spotTypes.js'

/** Options of {@link createSpotFinder}. */
export interface SpotFinderOptions {
  /** Pixels to leave out, 0 = good, of all frames. */
  mask?: ArrayLike<number> | undefined
  /** Standard deviations above its ring that a pixel must be to begin a spot. Default 6: one pixel in some hundred million by chance. */
  threshold?: number | undefined
  /** Standard deviations down to which neighbours belong to it. Default 2.5. */
  grow?: number | undefined
  /** Least pixels of a spot: one alone is a cosmic ray or a hot pixel. Default 2. */
  minPixels?: number | undefined
  /** Most pixels of a spot: more is a textured ring. Default 2000. */
  maxPixels?: number | undefined
  /** Value from which pixels are saturated. Default none. */
  saturation?: number | undefined
}

/** A plan made by {@link createSpotFinder}. */
export interface SpotFinder {
  /**
   * Finds the spots of one frame.
   * @param frame Rows by columns; NaN, negative and masked pixels are left out.
   * @returns By falling intensity.
   * @throws OperandoError `E_SHAPE` for a frame of another shape.
   */
  find(frame: Dataset<'y' | 'x'>): Spot[]
}

const OPTIONS: FieldsOf<SpotFinderOptions> = {
  mask: true,
  threshold: true,
  grow: true,
  minPixels: true,
  maxPixels: true,
  saturation: true,
}
const DEGREES = 180 / Math.PI

/**
 * Prepares the search for spots of single grains in frames: pixels that stand far above the median of their ring, with their neighbours. Rings of the powder are background here; what is smooth along a ring is no spot.
 * @param geometry Where the detector stands.
 * @param options  Mask, thresholds.
 * @throws OperandoError `E_RANGE` for thresholds that mean nothing, `E_SHAPE` for a mask of another size.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { createRandom } from 'operando/numeric'
 * import { createGeometry, createSpotFinder } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.2, poni1: 0.005, poni2: 0.005, shape: [100, 100], pixel1: 1e-4, wavelength: 0.2 })
 * const values = createRandom(1).counts(new Float64Array(10000).fill(30))
 * for (const pixel of [2070, 2071, 2170]) values[pixel] = 400 // a grain
 * const spots = createSpotFinder(geometry).find(createDataset({ name: 'I', dims: ['y', 'x'], shape: [100, 100], values, unit: 'counts' }))
 * console.log(spots.length, spots[0]?.row, spots[0]?.q, spots[0]?.chi)
 * ```
 */
export function createSpotFinder(geometry: Geometry, options: SpotFinderOptions = {}): SpotFinder {
  assertFields(geometry, 'createSpotFinder: geometry', ['dist', 'shape', 'pixel1'])
  assertKnown(options, 'createSpotFinder options', OPTIONS)
  const { threshold = 6, grow = 2.5, minPixels = 2, maxPixels = 2000, saturation = Infinity } = options
  if (!(threshold > 0 && grow > 0 && grow <= threshold && minPixels >= 1 && maxPixels >= minPixels))
    throw new OperandoError(
      'E_RANGE',
      `createSpotFinder: threshold = ${threshold}, grow = ${grow}, pixels ${minPixels} to ${maxPixels}: above 0, grow not above threshold, expected.`,
    )
  const [rows, columns] = geometry.shape
  const n = rows * columns
  if (options.mask && options.mask.length !== n)
    throw new OperandoError('E_SHAPE', `createSpotFinder: mask of ${n} pixels expected, ${options.mask.length} found.`)
  const rings = Math.max(4, Math.round(Math.hypot(rows, columns) / 2))
  const ringBackground = createRingBackground(radialValues(geometry, 'r', 'centre'), rings)
  const frame = pixelFrame(geometry)
  const background = new Float64Array(n)
  const noise = new Float64Array(n)
  const bad = new Uint8Array(n)
  const taken = new Uint8Array(n)
  return {
    find(data) {
      assertDataset(data, 'SpotFinder.find')
      if (data.shape.length !== 2 || data.shape[0] !== rows || data.shape[1] !== columns)
        throw new OperandoError(
          'E_SHAPE',
          `SpotFinder.find: a frame of ${rows} x ${columns} expected, found ${data.shape.join(' x ')}.`,
        )
      const { values, mask } = data
      for (let i = 0; i < n; i++)
        bad[i] = options.mask?.[i] || mask?.[i] || !(values[i]! >= 0 && Number.isFinite(values[i]!)) ? 1 : 0
      ringBackground.fill(values, bad, background, noise)
      taken.fill(0)
      const spots: Spot[] = []
      for (let seed = 0; seed < n; seed++) {
        if (taken[seed] || bad[seed] || values[seed]! - background[seed]! <= threshold * noise[seed]!) continue
        const pixels = connected(seed, columns, rows, i => {
          if (taken[i] || bad[i] || values[i]! - background[i]! <= grow * noise[i]!) return false
          taken[i] = 1
          return true
        })
        if (pixels.length < minPixels || pixels.length > maxPixels) continue
        spots.push(describe(pixels, values, background, noise, bad, geometry, frame, saturation))
      }
      return spots.sort((a, b) => b.intensity - a.intensity)
    },
  }
}

/** Pixels that hang together with a seed, corners included. */
function connected(seed: number, columns: number, rows: number, claim: (i: number) => boolean): number[] {
  const out: number[] = []
  const todo = [seed]
  claim(seed)
  for (let i = todo.pop(); i !== undefined; i = todo.pop()) {
    out.push(i)
    const [row, column] = [Math.floor(i / columns), i % columns]
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++)
      for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++)
        if (claim(r * columns + c)) todo.push(r * columns + c)
  }
  return out
}

function describe(
  pixels: readonly number[],
  values: ArrayLike<number>,
  background: Float64Array,
  noise: Float64Array,
  bad: Uint8Array,
  geometry: Geometry,
  frame: PixelFrame,
  saturation: number,
): Spot {
  const [rows, columns] = geometry.shape
  let [intensity, variance, peak, row, column] = [0, 0, 0, 0, 0]
  let saturated = false
  let cut = false
  for (const i of pixels) {
    const above = values[i]! - background[i]!
    const [r, c] = [Math.floor(i / columns), i % columns]
    intensity += above
    variance += noise[i]! ** 2 + Math.max(0, above)
    peak = Math.max(peak, above)
    row += above * (r + 0.5)
    column += above * (c + 0.5)
    saturated ||= values[i]! >= saturation
    cut ||= r === 0 || c === 0 || r === rows - 1 || c === columns - 1
    if (!cut) cut = [i - 1, i + 1, i - columns, i + columns].some(j => bad[j])
  }
  row /= intensity
  column /= intensity
  const at = ([origin, byRow, byColumn]: readonly [number, number, number]): number => origin + row * byRow + column * byColumn
  const [t1, t2, t3] = [at(frame.t1), at(frame.t2), at(frame.t3)]
  const angle = Math.atan2(Math.hypot(t1, t2), t3)
  return {
    row,
    column,
    twoTheta: angle * DEGREES,
    q: geometry.wavelength === undefined ? Number.NaN : (4 * Math.PI * Math.sin(angle / 2)) / geometry.wavelength,
    chi: Math.atan2(t1, t2) * DEGREES,
    intensity,
    sigma: Math.sqrt(variance),
    peak,
    pixels: pixels.length,
    saturated,
    cut,
  }
}
