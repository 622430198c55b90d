import { OperandoError } from '../../core/errors.js'
import type { Dataset, Meta, Step, Variable } from '../../model/dataset.js'

/** Frames by number: what a lazy source offers. */
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
  const nothing = { coords: {}, meta: {}, history: [] }
  if (Array.isArray(series)) return { ...nothing, length: series.length, frame: index => series[index] as Frame }
  if (!('dims' in series)) {
    const access = series as FrameAccess<Frame>
    return { ...nothing, length: access.length, frame: index => access.frame(index) }
  }
  const data = series as Dataset
  if (data.dims[0] !== 'frame') {
    throw new OperandoError(
      'E_AXIS',
      `${data.name}: the first dim must be "frame", found [${data.dims.join(', ')}]. Transpose it first.`,
    )
  }
  const coords = Object.fromEntries(Object.entries(data.coords).filter(([, c]) => c.dims.length === 1 && c.dims[0] === 'frame'))
  return {
    coords,
    meta: data.meta,
    history: data.history,
    length: data.shape[0]!,
    frame: index => frameAt(data, index) as Frame,
  }
}

/** One frame, its arrays shared with the series. */
function frameAt(data: Dataset, index: number): Dataset {
  const cut = <Array extends { subarray(from: number, to: number): Array }>(array: Array, width: number): Array =>
    array.subarray(index * width, (index + 1) * width)
  const part = (variable: Variable): Variable => {
    if (variable.dims[0] !== 'frame') return variable
    const width = variable.values.length / variable.shape[0]!
    return {
      ...variable,
      dims: variable.dims.slice(1),
      shape: variable.shape.slice(1),
      values: cut(variable.values as Float64Array, width),
      sigma: variable.sigma && cut(variable.sigma as Float64Array, width),
    }
  }
  const coords: Record<string, Variable> = {}
  for (const [name, coord] of Object.entries(data.coords))
    if (!(coord.edges && coord.dims[0] === 'frame')) coords[name] = part(coord)
  const points = data.shape.slice(1).reduce((product, n) => product * n, 1)
  return { ...data, ...part(data), coords, mask: data.mask && cut(data.mask, points) }
}
