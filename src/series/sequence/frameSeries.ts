import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset, Meta, Step, Variable } from '../../model/dataset.js'
import { coordsOnFrame, frameAt } from '../../model/frameAt.js'

/** Frames by number. A `FrameSource` is one, and what it tells of itself (coords, meta, history) goes to the result. */
export interface FrameAccess<Frame> {
  /** How many there are. */
  readonly length: number
  /** The frame of a number. */
  frame(index: number): Frame | Promise<Frame>
}

/** What {@link sequence} runs along: a Dataset with dim `frame`, a list of frames, or frames by number. */
export type FrameSeries = Dataset | readonly unknown[] | FrameAccess<unknown>

/** The frames of a series: for a Dataset those without the dim `frame`. */
export type FramesOf<Series> =
  Series extends Dataset<infer Dim>
    ? Dataset<Exclude<Dim, 'frame'>>
    : Series extends readonly (infer Frame)[]
      ? Frame
      : Series extends FrameAccess<infer Frame>
        ? Frame
        : never

/** A series as frames by number, with what the result takes over. */
export interface OpenSeries<Frame> extends FrameAccess<Frame> {
  /** Coordinates on `frame`. */
  readonly coords: Readonly<Record<string, Variable>>
  /** What is known beside the numbers. */
  readonly meta: Meta
  /** What was done before. */
  readonly history: readonly Step[]
}

/**
 * Opens a series.
 * @param series Dataset, list or frames by number.
 * @throws OperandoError `E_AXIS` for a Dataset whose first dim is not `frame`.
 */
export function framesOf<Series extends FrameSeries>(series: Series): OpenSeries<FramesOf<Series>> {
  type Frame = FramesOf<Series>
  if (Array.isArray(series))
    return { coords: {}, meta: {}, history: [], length: series.length, frame: index => series[index] as Frame }
  assertFields(series, 'sequence: a Dataset, a list, or frames by number', [])
  if ('frame' in series) {
    const access = series as FrameAccess<Frame> & Partial<OpenSeries<Frame>>
    const { coords = {}, meta = {}, history = [], length } = access
    return { coords, meta, history, length, frame: index => access.frame(index) }
  }
  const data = series as Dataset
  assertDataset(data, 'sequence')
  if (data.dims[0] !== 'frame') {
    throw new OperandoError(
      'E_AXIS',
      `${data.name}: the first dim must be "frame", found [${data.dims.join(', ')}]. Transpose it first.`,
    )
  }
  return {
    coords: coordsOnFrame(data),
    meta: data.meta,
    history: data.history,
    length: data.shape[0]!,
    frame: index => frameAt(data, index) as Frame,
  }
}
