import { OperandoError } from '../../../core/errors.js'
import { assertFields } from '../../../core/fields.js'
import { addSeconds, differenceSeconds, formatInstant, instantFromUnix } from '../../../core/instant.js'
import type { Variable } from '../../../model/dataset.js'
import { CYCLING_MODES, type Electrochemistry } from '../../../model/electrochemistry.js'

/**
 * Writes a record in the Battery Data Format as csv: `Test Time / s`, `Voltage / V`, `Current / A` (positive on charge, that is for oxidation at the working
 * electrode), `Cycle Count / 1` (from 1), `Step Index / 1`, `Net Capacity / Ah` and, where known, `Unix Time / s`; then operando's own (`Half Cycle Count / 1`, `Control Mode` ...) and
 * every further column under its name and unit. All digits are written: {@link open} reads the same numbers back, NaN as empty fields. Uncertainties, segments,
 * warnings and the rest of meta need NeXus.
 *
 * @param echem The record.
 * @throws OperandoError `E_NAN` for a time, potential or current that is not finite: the format requires these.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { openElectrochemistry, writeBdf } from 'operando/io'
 * const echem = createElectrochemistry({ time: [0, 60], potential: [3.4, 3.5], current: [0.001, 0.001] })
 * const text = writeBdf(echem) // Test Time / s,Voltage / V,Current / A,...
 * const back = await openElectrochemistry({ name: 'cell.bdf.csv', bytes: new TextEncoder().encode(text) })
 * console.log(back.potential.values)
 * ```
 */
export function writeBdf(echem: Electrochemistry): string {
  assertFields(echem, 'writeBdf: a record', ['time', 'potential', 'current'])
  const { time, potential, current } = echem
  for (const [name, { values }] of Object.entries({ time, potential, current })) {
    const at = values.findIndex(v => !Number.isFinite(v))
    if (at >= 0)
      throw new OperandoError('E_NAN', `writeBdf: ${name} of row ${at} is ${values[at]}. Drop such rows first.`, {
        details: { row: at },
      })
  }
  const columns: [string, (row: number) => string][] = [
    ['Test Time / s', row => numeral(time.values[row]!)],
    ['Voltage / V', row => numeral(potential.values[row]!)],
    ['Current / A', row => numeral(current.values[row]!)],
    ...clockColumns(echem),
    ['Cycle Count / 1', row => String(echem.cycle[row]! + 1)],
    ['Step Index / 1', row => String(echem.step[row]!)],
    ['Net Capacity / Ah', row => numeral(echem.charge.values[row]!)],
    ['Half Cycle Count / 1', row => String(echem.halfCycle[row]!)],
    ['Control Mode', row => CYCLING_MODES[echem.mode[row]!]!],
  ]
  const { counterPotential, x, interpolated } = echem
  if (counterPotential) columns.push(['Counter Potential / V', row => numeral(counterPotential.values[row]!)])
  if (x) columns.push(['Composition / 1', row => numeral(x.values[row]!)])
  if (interpolated) columns.push(['Interpolated / 1', row => String(interpolated[row]!)])
  const reference = potential.unit.reference
  if (reference !== undefined) columns.push(['Reference Electrode', () => quoted(reference)])
  for (const [name, variable] of Object.entries(echem.columns))
    columns.push([headOf(name, variable), row => numeral(variable.values[row]!)])
  const lines = [columns.map(([head]) => quoted(head)).join(',')]
  for (let row = 0; row < time.values.length; row++) lines.push(columns.map(([, at]) => at(row)).join(','))
  return `${lines.join('\n')}\n`
}

/** The wall clock: as text, which loses nothing, and as Unix time, which others expect, if the zone is known. */
function clockColumns({ clock: { start }, time }: Electrochemistry): [string, (row: number) => string][] {
  if (!start) return []
  const text: [string, (row: number) => string] = ['Date Time', row => formatInstant(addSeconds(start, time.values[row]!))]
  if (start.source === 'naive') return [text]
  const since = differenceSeconds(start, instantFromUnix(0))
  return [text, ['Unix Time / s', row => numeral(since + time.values[row]!)]]
}

function headOf(name: string, { unit }: Variable): string {
  return `${name.replace(/[\r\n]+/g, ' ')} / ${unit.symbol === '' ? '1' : unit.symbol}`
}

/** All digits, the sign of zero among them; nothing for NaN. */
const numeral = (x: number): string => (Number.isNaN(x) ? '' : Object.is(x, -0) ? '-0' : String(x))

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)
