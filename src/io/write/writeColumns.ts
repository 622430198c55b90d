import { convertFactor } from '../../core/convert.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { formatInstant } from '../../core/instant.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset, Variable } from '../../model/dataset.js'

/** Options of {@link writeCsv}. */
export interface WriteCsvOptions {
  /** Between fields. Default `,`. */
  separator?: ',' | ';' | '\t' | undefined
}

/** Their names, for `assertKnown`. */
export const WRITE_CSV_FIELDS: FieldsOf<WriteCsvOptions> = { separator: true }

/** A one-dimensional dataset with its axis as points. */
function curveOf(dataset: Dataset, what: string): { axis: Variable; x: Float64Array } {
  const dim = dataset.dims[0]
  if (dataset.dims.length !== 1 || dim === undefined || dataset.complex)
    throw new OperandoError(
      'E_SHAPE',
      `${what}: one real curve was expected, found dims (${dataset.dims.join(', ')})${dataset.complex ? ', complex' : ''}. Slice it first.`,
    )
  const axis = dataset.coords[dim]
  if (!axis) throw new OperandoError('E_AXIS', `${what}: the dataset has no coordinate '${dim}'.`)
  const n = dataset.values.length
  const x = axis.edges
    ? Float64Array.from({ length: n }, (_, i) => (axis.values[i]! + axis.values[i + 1]!) / 2)
    : Float64Array.from(axis.values)
  return { axis, x }
}

/**
 * Writes a curve as .xye text: axis, value, uncertainty, blank-separated, no header but one comment line with names and units. 2 theta is
 * written in degrees, as all readers of .xye expect. All digits that a number has are written, so that reading gives the same numbers back. Masked points
 * are left out.
 *
 * @param dataset One curve with a sigma.
 * @throws OperandoError `E_SHAPE` for anything else than a real curve, `E_MISSING` without sigma, `E_NAN` for unmasked NaN.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { writeXye } from 'operando/io'
 * const curve = createDataset({
 *   name: 'I',
 *   dims: ['q'],
 *   values: [5, 7],
 *   sigma: [2, 3],
 *   unit: 'counts',
 *   coords: { q: { dims: ['q'], values: [1, 1.1], unit: '1/Å' } },
 * })
 * writeXye(curve) // '# q (1/Å)  I (counts)  sigma\n1 5 2\n1.1 7 3\n'
 * ```
 */
export function writeXye(dataset: Dataset): string {
  assertDataset(dataset, 'writeXye')
  const { axis, x } = curveOf(dataset, 'writeXye')
  const { sigma } = dataset
  if (!sigma)
    throw new OperandoError(
      'E_MISSING',
      'writeXye: the dataset has no sigma, and .xye needs one. Use writeCsv, or attach an uncertainty first.',
    )
  const dim = dataset.dims[0]!
  const factor = dim === 'twoTheta' ? convertFactor(axis.unit, 'deg') : 1
  const unitText = dim === 'twoTheta' ? 'deg' : axis.unit.symbol
  const lines = [`# ${dim}${unitText === '' ? '' : ` (${unitText})`}  ${dataset.name}${withUnit(dataset)}  sigma`]
  for (let i = 0; i < x.length; i++) {
    if (dataset.mask?.[i]) continue
    const y = dataset.values[i]!
    const s = sigma[i]!
    if (!Number.isFinite(y) || !Number.isFinite(s))
      throw new OperandoError('E_NAN', `writeXye: ${dataset.name}[${i}] is ${y} with sigma ${s}. Mask such points.`, {
        details: { index: i },
      })
    lines.push(`${x[i]! * factor} ${y} ${s}`)
  }
  return `${lines.join('\n')}\n`
}

const withUnit = (v: Variable): string => (v.unit.symbol === '' ? '' : ` (${v.unit.symbol})`)

/**
 * Writes curves that share their axis as a table with a header line `q (1/Å),I,sigma`: axis, further coordinates on it, then value and, where there is one, sigma of each.
 * Masked points are empty fields. All digits are written.
 *
 * @param datasets One curve, or several on the same axis.
 * @param options  Separator.
 * @throws OperandoError `E_SHAPE` for anything else than real curves, `E_AXIS` when their axes differ.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { writeCsv } from 'operando/io'
 * const curve = createDataset({
 *   name: 'I',
 *   dims: ['q'],
 *   values: [5, 7],
 *   sigma: [2, 3],
 *   unit: 'counts',
 *   coords: { q: { dims: ['q'], values: [1, 1.1], unit: '1/Å' } },
 * })
 * writeCsv(curve) // 'q (1/Å),I (counts),sigma (counts)\n1,5,2\n1.1,7,3\n'
 * ```
 */
export function writeCsv(datasets: Dataset | readonly Dataset[], options: WriteCsvOptions = {}): string {
  assertKnown(options, 'writeCsv options', WRITE_CSV_FIELDS)
  const list = Array.isArray(datasets) ? (datasets as readonly Dataset[]) : [datasets as Dataset]
  const separator = options.separator ?? ','
  const first = list[0]
  if (!first) throw new OperandoError('E_ARGUMENT', 'writeCsv: no dataset was given.')
  const dim = first.dims[0]!
  const { axis, x } = curveOf(first, 'writeCsv')
  const columns: { head: string; at: (i: number) => string }[] = [{ head: dim + withUnit(axis), at: i => String(x[i]) }]
  for (const [name, coord] of Object.entries(first.coords))
    if (name !== dim && coord.dims.length === 1 && coord.dims[0] === dim && !coord.edges)
      columns.push({ head: name + withUnit(coord), at: i => String(coord.values[i]) })
  for (const dataset of list) {
    const own = curveOf(dataset, 'writeCsv')
    const at = own.x.length === x.length ? own.x.findIndex((v, i) => v !== x[i]) : Math.min(own.x.length, x.length)
    if (at >= 0 || own.axis.unit.symbol !== axis.unit.symbol)
      throw new OperandoError(
        'E_AXIS',
        `writeCsv: '${dataset.name}' and '${first.name}' do not share their axis: they part at index ${at}. Regrid them first.`,
      )
    const blank = (i: number, v: number): string => (dataset.mask?.[i] ? '' : String(v))
    columns.push({ head: dataset.name + withUnit(dataset), at: i => blank(i, dataset.values[i]!) })
    const { sigma } = dataset
    if (sigma) columns.push({ head: `sigma${withUnit(dataset)}`, at: i => blank(i, sigma[i]!) })
  }
  const quoted = columns.map(({ head }) =>
    head.includes(separator) || head.includes('"') ? `"${head.replace(/"/g, '""')}"` : head,
  )
  const lines = first.meta.start ? [`# start: ${formatInstant(first.meta.start)}`] : []
  lines.push(quoted.join(separator))
  for (let i = 0; i < x.length; i++) lines.push(columns.map(column => column.at(i)).join(separator))
  return `${lines.join('\n')}\n`
}
