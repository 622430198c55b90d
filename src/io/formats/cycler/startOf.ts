import { addSeconds, type Instant } from '../../../core/instant.js'
import type { ReadContext } from '../../format.js'
import type { PlaceOf } from './soundRows.js'

/**
 * The wall clock of time 0. It is not believed where it does not run as the time does: the warning names where they part most, which is a pause or a clock that
 * was set.
 * @param first   Wall clock of its own second 0.
 * @param wall    Seconds of the wall clock since then, one a row.
 * @param time    Time in s, one a row.
 * @param place   Where a row stands.
 * @param context Where the doubt goes.
 */
export function startOf(
  first: Instant,
  wall: Float64Array,
  time: Float64Array,
  place: PlaceOf,
  context: ReadContext,
): Instant | undefined {
  const last = time.length - 1
  if (last < 0) return undefined
  const passed = wall[last]! - wall[0]!
  const span = time[last]! - time[0]!
  if (Math.abs(passed - span) <= Math.max(60, 1e-3 * span)) return addSeconds(first, wall[0]! - time[0]!)
  let worst = 1
  let gap = 0
  for (let i = 1; i <= last; i++) {
    const here = Math.abs(wall[i]! - wall[i - 1]! - (time[i]! - time[i - 1]!))
    if (here <= gap) continue
    gap = here
    worst = i
  }
  context.warn(
    'W_TIME',
    `by the wall clock ${short(passed)} s pass, by the time ${short(span)} s: they part most here, by ${short(gap)} s (a pause, or a clock that was set). The start is left open. Pass the clock relation to synchronize().`,
    place(worst),
  )
  return undefined
}

const short = (x: number): string => String(Number(x.toFixed(3)))
