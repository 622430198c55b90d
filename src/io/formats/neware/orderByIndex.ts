import type { ReadContext } from '../../format.js'
import type { PlaceOf } from '../cycler/soundRows.js'

/**
 * The rows in order of their index, each once. Neware appends rows that arrive late and repeats some after a pause: this is told, as is an index that is
 * missing.
 * @param index   Index of each row, as the cycler counted.
 * @param place   Where a row stands.
 * @param context Where the doubts go.
 * @returns `undefined` if the rows are in order.
 */
export function orderByIndex(index: Float64Array, place: PlaceOf, context: ReadContext): Uint32Array | undefined {
  let disorder = -1
  let missing = 0
  let gap = -1
  for (let i = 1; i < index.length; i++) {
    if (index[i]! <= index[i - 1]!) disorder = disorder < 0 ? i : disorder
    else if (index[i]! > index[i - 1]! + 1) gap = gap < 0 ? i : gap
  }
  let order: Uint32Array | undefined
  if (disorder > 0) {
    const first = new Map<number, number>()
    index.forEach((value, row) => {
      if (!first.has(value)) first.set(value, row)
    })
    order = Uint32Array.from(
      [...first.keys()].sort((a, b) => a - b),
      value => first.get(value)!,
    )
    context.warn(
      'W_ORDER',
      `index ${index[disorder]} follows ${index[disorder - 1]}: the rows were put in order, ${index.length - order.length} that came twice were left out.`,
      place(disorder),
    )
  }
  const rows = order?.length ?? index.length
  if (rows > 0) missing = (order ? index[order[rows - 1]!]! - index[order[0]!]! : index[rows - 1]! - index[0]!) + 1 - rows
  if (missing > 0)
    context.warn(
      'W_ROWS',
      `${missing} rows are missing by their index: is a part of the file lost?`,
      gap > 0 ? place(gap) : undefined,
    )
  return order
}
