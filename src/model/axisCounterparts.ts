import { OperandoError } from '../core/errors.js'
import type { Issue } from '../core/issue.js'
import type { Unit } from '../core/unit.js'
import { valuesIn } from './align.js'
import type { Dataset } from './dataset.js'
import { takeOfDataset } from './layout.js'
import { coordOn } from './lookUp.js'

/**
 * The elements of a Dataset whose place on an axis (both edges of whose bin) has a finite counterpart on another.
 * @param data    The Dataset.
 * @param dim     Which dim.
 * @param to      The other axis, for messages.
 * @param map     From one to the other.
 * @param from    The unit that `map` takes.
 * @param outside What to do with the rest.
 * @throws OperandoError `E_RANGE` for the rest, unless it is to be dropped and lies at the ends.
 */
export function cutToCounterparts(
  data: Dataset,
  dim: string,
  to: string,
  map: (x: number) => number,
  from: Unit,
  outside: 'throw' | 'drop',
): { part: Dataset; doubts: Issue[] } {
  const coord = coordOn(data, dim)
  const x = valuesIn(coord, from, `axis '${dim}'`)
  const n = coord.shape[0]!
  const extra = coord.edges ? 1 : 0
  const fine = (i: number): boolean => Number.isFinite(map(x[i]!)) && (!extra || Number.isFinite(map(x[i + 1]!)))
  let first = 0
  while (first < n && !fine(first)) first++
  let last = first
  while (last < n && fine(last)) last++
  if (first === 0 && last === n) return { part: data, doubts: [] }
  const at = first > 0 ? 0 : last
  const place = `${dim} = ${coord.values[extra && Number.isFinite(map(x[at]!)) ? at + 1 : at]} ${coord.unit.symbol}`.trim()
  let rest = last
  while (rest < n && !fine(rest)) rest++
  if (outside === 'throw' || first === n || rest < n) {
    throw new OperandoError(
      'E_RANGE',
      `convertAxis: ${place} at [${at}] has no ${to}. ` +
        (first === n ? 'Nor has any other.' : "Slice the data first, or give { outside: 'drop' } to leave such ends out."),
      { details: { dim, to, index: at } },
    )
  }
  const dropped = n - (last - first)
  const doubt: Issue = {
    code: 'W_DROPPED',
    message: `convertAxis left out ${dropped} of ${n} elements along '${dim}', which have no ${to}.`,
    place: `dim ${dim}`,
  }
  return { part: { ...data, ...takeOfDataset(data, dim, first, last - first, 1) }, doubts: [doubt] }
}
