import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Length, toValue } from '../../core/quantity.js'

/** A place that frames are taken at: a cell of a holder, a spot of a cell. */
export interface RecordedPlace {
  /** What it is called. */
  readonly name: string
  /** Where it is on the beamline's axes, mm. */
  readonly position: readonly [x: number, y: number]
}

/** Options of {@link framesByPlace}. */
export interface FramesByPlaceOptions {
  /** Horizontal position recorded with each frame, mm, n values. */
  readonly x: NumbersLike
  /** Vertical position recorded with each frame, mm, n values. Default 0. */
  readonly y?: NumbersLike | undefined
  /** Furthest that a frame may lie from its place: a number in mm. Default half the smallest distance of two places. */
  readonly tolerance?: Length | undefined
}

const OPTIONS: FieldsOf<FramesByPlaceOptions> = { x: true, y: true, tolerance: true }

/** Frames of an interleaved run, place by place. */
export interface FramesByPlace {
  /** Frames of each place, in the order of the places; rising. */
  readonly places: readonly {
    /** Name of the place. */
    readonly name: string
    /** Its frames. */
    readonly frames: readonly number[]
  }[]
  /** Frames that belong to no place, rising: the motor was on its way, or elsewhere. */
  readonly elsewhere: readonly number[]
}

/**
 * Splits an interleaved run of several cells (or several spots of one: `cell.beamSpots`) by the position recorded with each frame, never by counting: one missed
 * frame would shift all that follow.
 *
 * For positions that are not known beforehand see `groupFrames` of `operando/series`, and `synchronizeCells` for the clocks of the cells.
 * @param places  Known places, such as the beam spots of a cell.
 * @param options Recorded positions, tolerance.
 * @throws OperandoError `E_ARGUMENT` without places or for two at one position, `E_SHAPE` for other lengths, `E_RANGE` for a tolerance not above 0, `E_NAN` where
 *   nothing was recorded.
 * @example
 * ```ts
 * import { framesByPlace } from 'operando/cell'
 * const places = [{ name: 'A', position: [0, 0] }, { name: 'B', position: [25, 0] }] as const
 * const { places: [a, b], elsewhere } = framesByPlace(places, { x: [0.01, 25, -0.02, 12.5, 24.98], tolerance: 0.1 })
 * console.log(a?.frames, b?.frames, elsewhere) // [0, 2], [1, 4], [3]
 * ```
 */
export function framesByPlace(places: readonly RecordedPlace[], options: FramesByPlaceOptions): FramesByPlace {
  assertKnown(options, 'framesByPlace options', OPTIONS)
  if (!Array.isArray(places) || places.length === 0)
    throw new OperandoError('E_ARGUMENT', 'framesByPlace: at least one place, as { name, position }, was expected.')
  const x = asFloat64(options.x, 'x')
  const y = options.y === undefined ? new Float64Array(x.length) : asFloat64(options.y, 'y', { length: x.length })
  let closest = Number.POSITIVE_INFINITY
  for (const [i, a] of places.entries())
    for (const b of places.slice(0, i))
      closest = Math.min(closest, Math.hypot(a.position[0] - b.position[0], a.position[1] - b.position[1]))
  if (closest === 0)
    throw new OperandoError('E_ARGUMENT', 'framesByPlace: two places have one position; nothing tells them apart.')
  const tolerance = options.tolerance === undefined ? closest / 2 : toValue(options.tolerance, 'mm', 'tolerance')
  if (!(tolerance > 0)) throw new OperandoError('E_RANGE', `tolerance = ${tolerance} mm: above 0 expected.`)
  const frames: number[][] = places.map(() => [])
  const elsewhere: number[] = []
  for (let frame = 0; frame < x.length; frame++) {
    let best = -1
    let least = tolerance
    for (const [i, { position }] of places.entries()) {
      const distance = Math.hypot(x[frame]! - position[0], y[frame]! - position[1])
      if (distance <= least) {
        best = i
        least = distance
      }
    }
    if (best < 0) elsewhere.push(frame)
    else frames[best]!.push(frame)
  }
  return { places: places.map(({ name }, i) => ({ name, frames: frames[i]! })), elsewhere }
}
