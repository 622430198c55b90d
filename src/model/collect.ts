import { OperandoError } from '../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../core/fields.js'
import { createPace, type LongTask } from '../core/progress.js'
import { concat } from './concat.js'
import { createDataset } from './createDataset.js'
import type { Dataset, Variable } from './dataset.js'
import { makeStep } from './derive.js'
import type { FrameSource } from './frameSource.js'
import { takeOfVariable } from './layout.js'

/** Options of {@link collect}. */
export interface CollectOptions extends LongTask {
  /** First frame. Default 0. */
  readonly from?: number | undefined
  /** One past the last. Default: all. */
  readonly to?: number | undefined
  /** How many frames are read ahead. Default 1. */
  readonly ahead?: number | undefined
}

const OPTIONS: FieldsOf<CollectOptions> = { from: true, to: true, ahead: true, signal: true, onProgress: true }

/**
 * Reads frames of a source into one Dataset with the dim `frame`. Single-number coords of the frames go onto `frame`, and so do the source's own.
 * Sequence numbers that are not the indices become the coord `sequence`.
 *
 * @param source  The source.
 * @param options Which frames; abort and progress.
 * @throws OperandoError `E_RANGE` for frames that are not there, `E_ABORTED`; `E_UNIT`, `E_AXIS` and others as `concat` where frames do not fit each other.
 * @example
 * ```ts
 * import { collect, createDataset, createFrameSource, unit } from 'operando'
 * const source = createFrameSource({
 *   name: 'I', dims: ['q'], shape: [1000, 1], unit: unit('counts'),
 *   read: index => createDataset({ name: 'I', dims: ['q'], values: [index], unit: 'counts' }),
 * })
 * console.log((await collect(source, { from: 997 })).values) // 997, 998, 999
 * ```
 */
export async function collect<Dim extends string>(
  source: FrameSource<Dim>,
  options: CollectOptions = {},
): Promise<Dataset<'frame' | Dim>> {
  assertKnown(options, 'collect options', OPTIONS)
  assertFields(source, 'collect: a FrameSource', ['length', 'frame'])
  const { from = 0, to = source.length, ahead, signal } = options
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= source.length))
    throw new OperandoError('E_RANGE', `collect: frames ${from} to ${to} of ${source.length} were asked for.`, {
      details: { from, to, length: source.length },
    })
  const pace = createPace(to - from, options)
  const frames: Dataset<Dim>[] = []
  const numbers: number[] = []
  for await (const { frame, sequence } of source.stream({ from, to, ahead, signal })) {
    frames.push(frame)
    numbers.push(sequence)
    await pace.step(frames.length)
  }
  const coords: Record<string, Variable> = {}
  for (const [name, coord] of Object.entries(source.coords)) coords[name] = takeOfVariable(coord, 'frame', from, to - from, 1)
  const recorded = numbers.some((n, i) => n !== from + i)
  const { name, dims, unit, meta, warnings } = source
  const joined =
    frames.length > 0
      ? concat(frames, 'frame')
      : createDataset({ name, dims, unit, meta, warnings, shape: [0, ...source.shape.slice(1)], values: new Float64Array(0) })
  return createDataset<'frame' | Dim>({
    ...joined,
    coords: {
      ...joined.coords,
      ...coords,
      ...(recorded ? { sequence: { dims: ['frame'], values: Float64Array.from(numbers), unit: '' } } : {}),
    },
    history: [...source.history, makeStep('collect', { from, to })],
  })
}
