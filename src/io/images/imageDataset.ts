import type { RealArray } from '../../core/arrays.js'
import { createDataset } from '../../model/createDataset.js'
import type { VariableInput } from '../../model/createVariable.js'
import type { Dataset, Meta } from '../../model/dataset.js'
import type { ReadContext } from '../format.js'

/** An image, or a stack of images of one size, as a file holds it. */
export interface ImageInput {
  /** Rows and columns; of a stack: frames, rows, columns. A last one of colours may follow with `channels`. */
  readonly shape: readonly number[]
  /** Pixels, rows after one another as the file has them: the first row is `y = 0`. */
  readonly values: RealArray
  /** Whether the last length of the shape counts colours. */
  readonly channels?: boolean | undefined
  /** Whether the file says that these are counts. Default false: the caller's `units.I`, else no unit. */
  readonly counts?: boolean | undefined
  /** Pixels that carry no measurement. */
  readonly mask?: Uint8Array | undefined
  /** What a stack's header says of each frame. */
  readonly coords?: Readonly<Record<string, VariableInput>> | undefined
  /** What the header says. */
  readonly meta?: Meta | undefined
}

/**
 * The Dataset `I` of an image: dims `y` (row) and `x` (column), `frame` before them for a stack.
 * @param image   The pixels and what belongs to them.
 * @param context Of the reading.
 */
export function imageDataset(image: ImageInput, context: ReadContext): Dataset {
  const { shape, values, mask, coords = {} } = image
  const pixel = image.channels ? ['y', 'x', 'channel'] : ['y', 'x']
  return createDataset({
    name: 'I',
    dims: shape.length > pixel.length ? ['frame', ...pixel] : pixel,
    shape,
    values,
    unit: context.options.units?.I ?? (image.counts ? 'counts' : ''),
    ...(mask ? { mask } : {}),
    coords,
    meta: { ...image.meta, sources: [context.source] },
    warnings: context.warnings,
  })
}

/**
 * Mask of the pixels that hybrid pixel detectors mark in their numbers: gaps and dead pixels are -1 and -2 in signed images, the two highest
 * numbers in unsigned ones of 32 bits. `undefined` if there is none.
 * @param values Pixels of an integer type.
 */
export function markedPixels(values: RealArray): Uint8Array | undefined {
  const signed = values instanceof Int32Array || values instanceof Int16Array || values instanceof Int8Array
  if (!signed && !(values instanceof Uint32Array)) return undefined
  let mask: Uint8Array | undefined
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (signed ? value >= 0 : value < 0xfffffffe) continue
    mask ??= new Uint8Array(values.length)
    mask[i] = 1
  }
  return mask
}

/**
 * Tells of saturated pixels, where the file says what the detector can count to. They keep their numbers, which are lower bounds.
 * @param values  Pixels.
 * @param highest First number that cannot be trusted.
 * @param mask    Pixels not to look at.
 * @param context Of the reading.
 */
export function warnOfSaturation(
  values: RealArray,
  highest: number | undefined,
  mask: Uint8Array | undefined,
  context: ReadContext,
): void {
  if (highest === undefined || !(highest > 0)) return
  let saturated = 0
  for (let i = 0; i < values.length; i++) if (values[i]! >= highest && !mask?.[i]) saturated++
  if (saturated > 0)
    context.warn(
      'W_SATURATED',
      `${saturated} pixels reach ${highest}, up to which the detector counts: lower bounds. Mask them: maskWhere(image, value => value >= ${highest}).`,
    )
}
