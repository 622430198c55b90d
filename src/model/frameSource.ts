import { OperandoError } from '../core/errors.js'
import type { Issue } from '../core/issue.js'
import type { Unit } from '../core/unit.js'
import { createFrameSource } from './createFrameSource.js'
import type { Dataset, Meta, Step, Variable } from './dataset.js'
import { coordsOnFrame, frameAt } from './frameAt.js'
import { axisOf } from './layout.js'

/** Options of reading a frame. */
export interface ReadFrameOptions {
  /** Gives up reading; the call then throws `E_ABORTED`. */
  readonly signal?: AbortSignal | undefined
}

/** A frame and its number. */
export interface NumberedFrame<Dim extends string = string> {
  /** Number that the detector or file gave it; a gap means that frames were lost. */
  readonly sequence: number
  /** The frame, its own coords (time, voltage ...) as single numbers. */
  readonly frame: Dataset<Dim>
}

/** Options of {@link FrameSource.stream}. */
export interface StreamOptions extends ReadFrameOptions {
  /** First frame. Default 0. */
  readonly from?: number | undefined
  /** One past the last. Default: all. */
  readonly to?: number | undefined
  /**
   * How many frames may be read before they are asked for, so that reading and working overlap; no more than this and the one at work are ever held:
   * a slow consumer slows the reader down. Default 1; 0 reads on demand only.
   */
  readonly ahead?: number | undefined
}

/**
 * A series too big for memory: frames by number, or one after the other by `for await (const { sequence, frame } of source)`. Made by {@link frameSource} of
 * a Dataset, or by `createFrameSource` of a function that reads. `sequence` of operando/series, and everything else that takes `length` and
 * `frame(index)`, takes it.
 */
export interface FrameSource<Dim extends string = string> extends AsyncIterable<NumberedFrame<Dim>> {
  /** A short name: `I`. */
  readonly name: string
  /** Number of frames. */
  readonly length: number
  /** `frame`, then the dims of a frame. */
  readonly dims: readonly ('frame' | Dim)[]
  /** Lengths of the dims, frames first. */
  readonly shape: readonly number[]
  /** What is read at once: frames in a chunk, then its part of the frame. Reading in this rhythm is fastest. */
  readonly chunkShape: readonly number[]
  /** Unit of the values. */
  readonly unit: Unit
  /** Coords on `frame` that are known without reading. */
  readonly coords: Readonly<Record<string, Variable>>
  /** What is known beside the numbers. */
  readonly meta: Meta
  /** What was done before. */
  readonly history: readonly Step[]
  /** What was doubtful before. */
  readonly warnings: readonly Issue[]
  /**
   * Reads one frame.
   * @param index   From 0.
   * @param options Abort.
   */
  frame(index: number, options?: ReadFrameOptions): Promise<Dataset<Dim>>
  /**
   * Frames one after the other, from one to another, so many ahead. Leaving the loop stops the reads under way.
   * @param options Range, how many ahead, abort.
   */
  stream(options?: StreamOptions): AsyncIterableIterator<NumberedFrame<Dim>>
}

/**
 * A Dataset in memory as a {@link FrameSource}: what works on a stream works on it too. Frames share its arrays.
 * @param data A Dataset whose first dim is `frame`.
 * @throws OperandoError `E_AXIS` if `frame` is not its first dim: transpose it.
 * @example
 * ```ts
 * import { collect, createDataset, frameSource } from 'operando'
 * const run = createDataset({ name: 'I', dims: ['frame', 'q'], shape: [3, 2], values: [1, 2, 3, 4, 5, 6], unit: 'counts' })
 * const last = await collect(frameSource(run), { from: 1 })
 * console.log(last.values) // 3, 4, 5, 6
 * ```
 */
export function frameSource<Dim extends string>(data: Dataset<Dim | 'frame'>): FrameSource<Exclude<Dim, 'frame'>> {
  if (axisOf(data, 'frame') !== 0)
    throw new OperandoError(
      'E_AXIS',
      `${data.name}: the first dim must be 'frame', found [${data.dims.join(', ')}]. Transpose it.`,
    )
  const { name, shape, unit, meta, history, warnings } = data
  const dims = data.dims.slice(1) as Exclude<Dim, 'frame'>[]
  const read = (index: number): Dataset<Exclude<Dim, 'frame'>> => frameAt(data, index) as Dataset<Exclude<Dim, 'frame'>>
  return createFrameSource({ name, dims, shape, unit, coords: coordsOnFrame(data), meta, history, warnings, read })
}
