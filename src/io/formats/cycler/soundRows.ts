import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'

/** Where a row stands in the file: `line 12`, `byte 4096`. */
export type PlaceOf = (row: number) => string

/**
 * Rows whose time, potential and current are numbers: a fault names the first that is none; lenient mode leaves such rows out.
 * @param columns Name and numbers of each.
 * @param place   Where a row stands.
 * @param context Where the fault goes.
 * @returns `undefined` for all rows.
 * @throws OperandoError `E_NAN` in strict mode, and in lenient mode when no row is left.
 */
export function rowsOfNumbers(
  columns: readonly (readonly [string, Float64Array])[],
  place: PlaceOf,
  context: ReadContext,
): Uint32Array | undefined {
  const rows = columns[0]![1].length
  const bad = new Uint8Array(rows)
  let any = false
  for (const [name, values] of columns) {
    let first = -1
    let count = 0
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) continue
      if (first < 0) first = i
      count++
      bad[i] = 1
    }
    if (first < 0) continue
    any = true
    context.fault(
      'E_NAN',
      `${count} of ${values.length} values of the ${name} are no finite numbers. Lenient mode leaves such rows out.`,
      place(first),
    )
  }
  if (!any) return undefined
  const keep = Uint32Array.from([...bad.keys()].filter(i => bad[i] === 0))
  if (keep.length === 0) throw fileError('E_NAN', context.name, 'no row has time, potential and current.')
  return keep
}

/**
 * Rows whose time does not fall behind one before: a fault names the first that does; lenient mode leaves rows out until the clock has caught up, and
 * says how many.
 * @param time    Time in s.
 * @param place   Where a row stands.
 * @param context Where the fault goes.
 * @returns `undefined` for all rows.
 * @throws OperandoError `E_TIME` in strict mode.
 */
export function rowsInTime(time: Float64Array, place: PlaceOf, context: ReadContext): Uint32Array | undefined {
  let first = -1
  let count = 0
  let latest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < time.length; i++) {
    if (time[i]! >= latest) {
      latest = time[i]!
      continue
    }
    if (first < 0) first = i
    count++
  }
  if (first < 0) return undefined
  context.fault(
    'E_TIME',
    `time runs backwards: ${time[first]} s follows ${time[first - 1]} s, and ${count} of ${time.length} rows lie before an earlier one. Does it start anew at each step, or are these several records? Name the columns with { columns: [...] }, or split the file. Lenient mode leaves such rows out.`,
    place(first),
  )
  const keep = new Uint32Array(time.length - count)
  let n = 0
  latest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < time.length; i++) {
    if (time[i]! < latest) continue
    latest = time[i]!
    keep[n++] = i
  }
  return keep
}

/**
 * Rows of rows: the second choice counts within the first.
 * @param first  Rows, `undefined` for all.
 * @param second Rows among them, `undefined` for all.
 */
export function rowsOfRows(first: Uint32Array | undefined, second: Uint32Array | undefined): Uint32Array | undefined {
  return first && second ? second.map(i => first[i]!) : (first ?? second)
}
