import { OperandoError } from '../../core/errors.js'
import { type Unit, unit } from '../../core/unit.js'
import type { Variable } from '../../model/dataset.js'
import { ECHEM_FLAGS, type FrameRows } from './attachRows.js'
import type { CellOfRun } from './synchronizeCells.js'

const COLUMNS = ['voltage', 'current', 'charge', 'x', 'cycle', 'halfCycle', 'step', 'coverage'] as const
type Column = (typeof COLUMNS)[number]

const LABELS: Readonly<Record<Column, string>> = {
  voltage: 'Voltage',
  current: 'Current',
  charge: 'Charge',
  x: 'x',
  cycle: 'Cycle',
  halfCycle: 'Half-cycle',
  step: 'Step',
  coverage: 'Coverage of the exposure',
}

/** The coordinates that {@link synchronizeCells} adds, one value a frame, filled cell by cell. */
export interface EchemCoords {
  /** Enters the values of one cell: `rows` has one value for each of `frames`. */
  put(rows: FrameRows, frames: ArrayLike<number>): void
  /** The coordinates as they stand. */
  coords(): Record<string, Variable<'frame'>>
}

/**
 * Empty coordinates for n frames: NaN, coverage 0 and the flag `uncovered` everywhere.
 * @param n     Number of frames.
 * @param cells The cells, for their units.
 * @throws OperandoError `E_UNIT` when two cells have different units or reference electrodes.
 */
export function echemCoords(n: number, cells: readonly CellOfRun[]): EchemCoords {
  const values = {} as Record<Column, Float64Array>
  for (const name of COLUMNS) values[name] = new Float64Array(n).fill(name === 'coverage' ? 0 : Number.NaN)
  const flags = new Uint8Array(n).fill(ECHEM_FLAGS.uncovered)
  const units: Partial<Record<Column, Unit>> = {
    voltage: commonUnit(cells, 'potential'),
    current: commonUnit(cells, 'current'),
    charge: commonUnit(cells, 'charge'),
  }
  const variable = (array: Float64Array | Uint8Array, of: Unit, label: string): Variable<'frame'> => ({
    dims: ['frame'],
    shape: [n],
    values: array,
    unit: of,
    label,
  })
  return {
    put(rows, frames): void {
      for (let k = 0; k < frames.length; k++) {
        const frame = frames[k]!
        for (const name of COLUMNS) values[name][frame] = rows[name]?.[k] ?? Number.NaN
        flags[frame] = rows.flags[k]!
      }
    },
    coords(): Record<string, Variable<'frame'>> {
      const out: Record<string, Variable<'frame'>> = {}
      for (const name of COLUMNS) {
        if (name === 'x' && !cells.some(cell => cell.echem.x)) continue
        out[name] = variable(values[name], units[name] ?? unit(''), LABELS[name])
      }
      out.echemFlags = variable(flags, unit(''), 'Flags of the electrochemistry')
      return out
    },
  }
}

function commonUnit(cells: readonly CellOfRun[], column: 'potential' | 'current' | 'charge'): Unit {
  const first = cells[0]!.echem[column].unit
  for (const [index, cell] of cells.entries()) {
    const own = cell.echem[column].unit
    if (own.symbol === first.symbol) continue
    throw new OperandoError(
      'E_UNIT',
      `cells[${index}].echem.${column} is in ${own.symbol}, that of cells[0] in ${first.symbol}. Convert the records to one unit first.`,
      { details: { cell: index } },
    )
  }
  return first
}
