import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset, Variable } from '../../model/dataset.js'
import { coordsOnFrame } from '../../model/frameAt.js'

/** A series as a matrix: a row a frame. */
export interface SeriesMatrix {
  /** frames x points, row-major. */
  readonly data: Float64Array
  /** Frames. */
  readonly frames: number
  /** Points of a frame, all its dims taken together. */
  readonly points: number
  /** The dims of a frame and their lengths. */
  readonly dims: readonly string[]
  /** Their lengths. */
  readonly shape: readonly number[]
  /** Coordinates on `frame`. */
  readonly frameCoords: Readonly<Record<string, Variable>>
  /** Coordinates on the dims of a frame. */
  readonly pointCoords: Readonly<Record<string, Variable>>
}

/**
 * The door of decompositions: a Dataset whose first dim is `frame`.
 * @param series The series.
 * @param verb   For messages.
 * @throws OperandoError `E_AXIS` for another first dim, `E_NAN` for values that are masked or no numbers, `E_SHAPE` for fewer than two frames or points.
 */
export function matrixOfSeries(series: Dataset, verb: string): SeriesMatrix {
  assertDataset(series, verb)
  const { dims, shape, mask } = series
  if (dims[0] !== 'frame' || series.complex)
    throw new OperandoError(
      'E_AXIS',
      `${verb}: ${series.name} must be real with "frame" as its first dim, found [${dims.join(', ')}]. Transpose it first.`,
    )
  const frames = shape[0]!
  const points = shape.slice(1).reduce((product, n) => product * n, 1)
  if (frames < 2 || points < 2)
    throw new OperandoError('E_SHAPE', `${verb}: two frames of two points or more expected, found ${frames} of ${points}.`)
  const masked = mask?.findIndex(bad => bad !== 0) ?? -1
  if (masked >= 0)
    throw new OperandoError(
      'E_NAN',
      `${verb}: frame ${Math.floor(masked / points)} is masked at point ${masked % points}. Cut the range with slice, or leave frames out with select.`,
    )
  const data = asFloat64(series.values, series.name)
  const pointCoords = Object.fromEntries(
    Object.entries(series.coords).filter(([, coord]) => coord.dims.length > 0 && !coord.dims.includes('frame')),
  )
  return { data, frames, points, dims: dims.slice(1), shape: shape.slice(1), frameCoords: coordsOnFrame(series), pointCoords }
}
