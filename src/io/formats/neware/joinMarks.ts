import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { type NewareColumns, pickRows } from './rows.js'

/** Rows with their times. */
export interface JoinedRows {
  /** All columns. */
  readonly rows: NewareColumns
  /** 1 where time and capacity were not recorded but are laid between the marks. */
  readonly interpolated: Uint8Array
}

const CAPACITIES = ['charge', 'discharge', 'chargeEnergy', 'dischargeEnergy'] as const

/**
 * Gives rows, of which newer .ndax record potential and current only, the times and capacities of the marks. Rows between two marks follow the first at
 * its interval, but never later than the second: what goes on by the interval past a mark of the same step would make the time run backwards there, as it does in
 * the maker's export. Their capacity is that of the mark plus the integral of the current. All such rows are flagged.
 *
 * @param data    Rows: index, potential, current (mA).
 * @param given   Marks: index, step time, capacities, moment.
 * @param steps   Steps in order: cycle, number, type.
 * @param context Where doubts go.
 * @throws OperandoError `E_TRUNCATED` without a mark of the first row, or when steps are missing.
 */
export function joinMarks(data: NewareColumns, given: NewareColumns, steps: NewareColumns, context: ReadContext): JoinedRows {
  const index = data.index!
  const n = index.length
  const marks = distinct(given)
  const at = markOfRows(index, marks.index!)
  const first = n > 0 ? at[0]! : 0
  if (first < 0)
    throw fileError(
      'E_TRUNCATED',
      context.name,
      `row 1 (index ${index[0]}) comes before the first mark of a time, index ${marks.index![0] ?? 'none'}: data_runInfo.ndc is not that of data.ndc.`,
      'data_runInfo.ndc',
    )
  const order = stepOrder(marks.stepCount!)
  const lacking = order.length > 0 ? Math.max(...lastOf(order)) + 1 - steps.stepIndex!.length : 0
  if (lacking > 0)
    throw fileError(
      'E_TRUNCATED',
      context.name,
      `${steps.stepIndex!.length} steps are described, rows of ${steps.stepIndex!.length + lacking} are there.`,
      'data_step.ndc',
    )
  const interpolated = Uint8Array.from(at, (mark, row) => (marks.index![mark] === index[row] ? 0 : 1))
  const byMark = Uint32Array.from(at)
  const carried = pickRows(marks, byMark)
  const stepRows = Uint32Array.from(byMark, mark => order[mark]!)
  const rows: NewareColumns = {
    ...pickRows(steps, stepRows),
    ...carried,
    ...data,
    stepCount: Float64Array.from(stepRows),
    unixTime: carried.unixTime!.map((t, i) => t + carried.unixMilliseconds![i]! / 1000),
  }
  delete rows.unixMilliseconds
  layBetween(rows, at, marks, interpolated)
  return { rows, interpolated }
}

/** Marks in order, the first of each index; capacities without sign. */
function distinct(marks: NewareColumns): NewareColumns {
  let latest = 0
  const rows = [...marks.index!.keys()].filter(i => {
    const later = marks.index![i]! > latest
    if (later) latest = marks.index![i]!
    return later
  })
  const picked = pickRows(marks, Uint32Array.from(rows))
  for (const name of CAPACITIES) picked[name] = picked[name]!.map(Math.abs)
  return picked
}

/** The last mark at or before each row, -1 for none. Both are in order of their index. */
function markOfRows(index: Float64Array, marked: Float64Array): Int32Array {
  const out = new Int32Array(index.length)
  let mark = -1
  for (let row = 0; row < out.length; row++) {
    while (mark + 1 < marked.length && marked[mark + 1]! <= index[row]!) mark++
    out[row] = mark
  }
  return out
}

/** Which step of the run a mark belongs to, from 0: the counter of the file may jump, but changes with each step. */
function stepOrder(count: Float64Array): Uint32Array {
  const out = new Uint32Array(count.length)
  for (let i = 1; i < out.length; i++) out[i] = out[i - 1]! + (count[i] === count[i - 1] ? 0 : 1)
  return out
}

const lastOf = (order: Uint32Array): Uint32Array => order.subarray(order.length - 1)

/** Times and capacities of the rows between marks. */
function layBetween(rows: NewareColumns, at: Int32Array, marks: NewareColumns, interpolated: Uint8Array): void {
  const n = at.length
  for (let from = 0; from < n; ) {
    let to = from + 1
    while (to < n && interpolated[to] === 1) to++
    const mark = at[from]!
    const next = to < n ? at[to]! : -1
    const sameStep = next >= 0 && marks.stepCount![next] === marks.stepCount![mark]
    // what may pass until the next mark: by the step's own clock within a step, by the wall clock across steps
    const room =
      next < 0
        ? Number.POSITIVE_INFINITY
        : sameStep
          ? marks.stepTime![next]! - marks.stepTime![mark]!
          : rows.unixTime![to]! - rows.unixTime![from]!
    const count = to - from
    const told = marks.interval![mark]!
    const interval = told * (count - 1) <= room ? told : Math.max(0, room / count)
    let charge = 0
    let energy = 0
    for (let row = from + 1; row < to; row++) {
      const passed = interval * (row - from)
      charge = charge + (rows.current![row]! * interval) / 3600
      energy = energy + (rows.current![row]! * rows.potential![row]! * interval) / 3600
      rows.stepTime![row]! += passed
      rows.unixTime![row]! += passed
      const flowed = [charge, -charge, energy, -energy]
      CAPACITIES.forEach((name, k) => {
        rows[name]![row]! += Math.max(0, flowed[k]!)
      })
    }
    from = to
  }
}
