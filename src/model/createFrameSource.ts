import { OperandoError } from '../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../core/fields.js'
import type { Issue } from '../core/issue.js'
import { throwIfAborted } from '../core/progress.js'
import type { Unit } from '../core/unit.js'
import type { Dataset, Meta, Step, Variable } from './dataset.js'
import type { FrameSource, NumberedFrame, ReadFrameOptions, StreamOptions } from './frameSource.js'

/** What {@link createFrameSource} takes: what is known beforehand, and how to read a frame. */
export interface FrameSourceInput<Dim extends string> {
  /** A short name. */
  readonly name: string
  /** Dims of a frame. */
  readonly dims: readonly Dim[]
  /** Lengths of all dims, number of frames first. */
  readonly shape: readonly number[]
  /** Unit of the values. */
  readonly unit: Unit
  /** What is read at once. Default: one whole frame. */
  readonly chunkShape?: readonly number[] | undefined
  /** Number of each frame as recorded. Default: its index. */
  readonly sequence?: ArrayLike<number> | undefined
  /** Coords on `frame`. */
  readonly coords?: Readonly<Record<string, Variable>> | undefined
  /** What is known beside the numbers. */
  readonly meta?: Meta | undefined
  /** What was done before. */
  readonly history?: readonly Step[] | undefined
  /** What was doubtful before. */
  readonly warnings?: readonly Issue[] | undefined
  /**
   * Reads one frame; may be called again before it is done.
   * @param index   From 0.
   * @param options A signal to give up on.
   */
  readonly read: (index: number, options: ReadFrameOptions) => Dataset<Dim> | Promise<Dataset<Dim>>
}

const SOURCE: FieldsOf<FrameSourceInput<string>> = {
  name: true,
  dims: true,
  shape: true,
  unit: true,
  chunkShape: true,
  sequence: true,
  coords: true,
  meta: true,
  history: true,
  warnings: true,
  read: true,
}

/**
 * A {@link FrameSource} of a function that reads frames: order, numbers, abort, reading ahead and checks are seen to here.
 *
 * @param input What is known beforehand, and `read`. The source throws `E_RANGE` for a frame that is not there, `E_SHAPE` for one of other dims or lengths
 *   than said, `E_ABORTED` as soon as a signal fires, whether or not `read` minds it.
 * @throws OperandoError `E_SHAPE` if lengths do not fit each other.
 * @example
 * ```ts
 * import { createDataset, createFrameSource, unit } from 'operando'
 * const source = createFrameSource({
 *   name: 'I', dims: ['q'], shape: [1000, 2], unit: unit('counts'),
 *   read: index => createDataset({ name: 'I', dims: ['q'], values: [index, 2 * index], unit: 'counts' }),
 * })
 * let total = 0
 * for await (const { frame } of source.stream({ from: 10, to: 20 })) total += frame.values[0]!
 * console.log(total) // 145
 * ```
 */
export function createFrameSource<const Dim extends string>(input: FrameSourceInput<Dim>): FrameSource<Dim> {
  assertKnown(input, 'a FrameSource', SOURCE)
  assertFields(input, 'a FrameSource', ['name', 'dims', 'shape', 'read', 'unit'])
  const { name, shape, read, unit, coords = {}, meta = {}, history = [], warnings = [] } = input
  const dims: readonly ('frame' | Dim)[] = ['frame', ...input.dims]
  const chunkShape = input.chunkShape ?? [1, ...shape.slice(1)]
  const length = shape[0]!
  if (shape.length !== dims.length || chunkShape.length !== dims.length || (input.sequence && input.sequence.length !== length)) {
    throw new OperandoError(
      'E_SHAPE',
      `${name}: the shape and chunks of [${dims.join(', ')}] need ${dims.length} lengths, and as many sequence numbers as frames.`,
    )
  }
  const frame = async (index: number, { signal }: ReadFrameOptions = {}): Promise<Dataset<Dim>> => {
    if (!(Number.isInteger(index) && index >= 0 && index < length))
      throw new OperandoError('E_RANGE', `${name}: frame ${index} of ${length} was asked for.`, {
        details: { found: index, length },
      })
    throwIfAborted(signal)
    const data = await unlessAborted(read(index, { signal }), signal)
    if (data.dims.join() === input.dims.join() && data.shape.every((n, i) => n === shape[i + 1])) return data
    const found = data.dims.map((dim, i) => `${dim}: ${data.shape[i]}`).join(', ')
    throw new OperandoError(
      'E_SHAPE',
      `${name}, frame ${index}: [${found}] found, and lengths ${shape.slice(1).join(', ')} of [${input.dims.join(', ')}] expected.`,
      {
        details: { frame: index },
      },
    )
  }
  const stream = async function* (options: StreamOptions = {}): AsyncGenerator<NumberedFrame<Dim>> {
    const { from = 0, to = length, ahead = 1, signal } = options
    const left = new AbortController()
    const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal
    const reads: Promise<Dataset<Dim>>[] = []
    let next = from
    try {
      for (let index = from; index < to; index++) {
        throwIfAborted(signal)
        while (next < to && next <= index + ahead) {
          const reading = frame(next++, { signal: either })
          reading.catch(() => {}) // told when its turn comes; never, if the loop is left before
          reads.push(reading)
        }
        yield { sequence: input.sequence?.[index] ?? index, frame: await reads.shift()! }
      }
    } finally {
      left.abort()
    }
  }
  const about = { name, length, dims, shape, chunkShape, unit, coords, meta, history, warnings }
  return Object.freeze({ ...about, frame, stream, [Symbol.asyncIterator]: () => stream() })
}

/** The promise, or `E_ABORTED` at once when the signal fires. */
async function unlessAborted<T>(work: T | Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal || !(work instanceof Promise)) return work
  let stop = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      try {
        throwIfAborted(signal)
      } catch (error) {
        reject(error)
      }
    }
    signal.addEventListener('abort', stop)
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
