import type { ReadContext } from '../../format.js'
import type { Curve } from '../../scans/curves.js'
import { tryUnit } from '../../text/tryUnit.js'
import type { XdiHeader } from './xdiHeader.js'

/** Names that XDI defines; files write them in any case. */
const STANDARD =
  /^(energy|angle|k|chi|time|i0|itrans|ifluor|irefer|mutrans|mufluor|murefer|normtrans|normfluor|normrefer|iplus|iminus|monitor)$/i

/**
 * Gives the columns their names and units: by `Column.N`, else by the line of labels, else `column3`.
 * @param columns The numbers.
 * @param header  The header.
 * @param context Where doubts go.
 */
export function xdiColumns(columns: readonly Float64Array[], header: XdiHeader, context: ReadContext): Curve[] {
  const count = columns.length
  const named = header.columns.filter(label => label !== undefined).length
  const labels = header.labels.length === count ? header.labels : undefined
  if (named === 0)
    context.warn(
      'W_XDI',
      `no Column.1 ... Column.${count}: ${labels ? 'the names are those of the line above the data' : 'the columns have no names'}.`,
    )
  else if (named !== count || header.columns.length !== count)
    context.warn(
      'W_XDI',
      `${named} columns are named (Column.1 ... Column.${header.columns.length}), the data have ${count}. Names without data are left out.`,
    )
  return columns.map((values, i) => {
    const words = (header.columns[i] ?? labels?.[i] ?? '').split(/\s+/).filter(Boolean)
    const [word = `column${i + 1}`, ...rest] = words
    const unit = tryUnit(rest.join(' '))
    return {
      name: STANDARD.test(word) ? word.toLowerCase() : word,
      values,
      ...(unit === undefined ? {} : { unit: unit.symbol }),
    }
  })
}
