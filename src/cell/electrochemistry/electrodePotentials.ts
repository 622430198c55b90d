import { OperandoError } from '../../core/errors.js'
import type { Issue } from '../../core/issue.js'
import { createVariable } from '../../model/createVariable.js'
import type { Variable } from '../../model/dataset.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import { cyclingColumns, inVolt } from './columns.js'

/** The potentials of a three-electrode cell. */
export interface ElectrodePotentials {
  /** Working electrode against the reference, V. */
  readonly working: Variable<'row'>
  /** Counter electrode against the reference, V. */
  readonly counter: Variable<'row'>
  /** Working minus counter electrode, V: what a two-electrode measurement would see. */
  readonly cell: Variable<'row'>
  /** Part of each change of the cell voltage that the working electrode makes, over the whole record: 1 when the counter electrode stands still. `null` without change. */
  readonly workingShare: number | null
  /** Contradictions. */
  readonly warnings: readonly Issue[]
}

/** Columns in which makers keep the cell voltage. */
const CELL_VOLTAGES = ['Ewe-Ece/V', '<Ewe-Ece>/V']

/**
 * The potentials of both electrodes against the reference and of the cell between them. Where the file has the cell voltage as well, it must be their
 * difference: by how much it is not is told in `warnings`, as is a counter electrode that never moves though current flows (a lead that was not connected).
 *
 * @param echem     A record with `counterPotential`.
 * @param tolerance Largest difference between the file's cell voltage and that of the electrodes, V. Default 0.005.
 * @throws OperandoError `E_MISSING` for a record without the potential of the counter electrode.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { electrodePotentials } from 'operando/cell'
 * const echem = createElectrochemistry({ time: [0, 1], potential: [3.9, 4], counterPotential: [0.1, 0.08], current: [0, 1e-3] })
 * electrodePotentials(echem).cell.values // [3.8, 3.92]
 * ```
 */
export function electrodePotentials(echem: Electrochemistry, tolerance: number = 0.005): ElectrodePotentials {
  if (!echem.counterPotential)
    throw new OperandoError(
      'E_MISSING',
      'The record has no potential of the counter electrode: a three-electrode measurement with counterPotential expected.',
    )
  const { potential, voltage, current, resting } = cyclingColumns(echem)
  const counter = inVolt(echem.counterPotential, 'echem.counterPotential')
  const warnings: Issue[] = []
  const told = CELL_VOLTAGES.map(name => echem.columns[name]).find(v => v !== undefined)
  if (told) {
    let worst = 0
    let row = 0
    let count = 0
    for (let i = 0; i < voltage.length; i++) {
      const off = Math.abs(told.values[i]! - voltage[i]!)
      if (!(off > tolerance)) continue
      count++
      if (off > worst) {
        worst = off
        row = i
      }
    }
    if (count > 0)
      warnings.push({
        code: 'W_POTENTIALS',
        message: `The cell voltage of the file and the difference of its two electrodes are more than ${tolerance} V apart in ${count} of ${voltage.length} rows, at most ${worst.toPrecision(3)} V (row ${row}). Which lead was where?`,
        place: `row ${row}`,
      })
  }
  const span = (values: Float64Array): number => {
    let low = Infinity
    let high = -Infinity
    for (const v of values) {
      if (v < low) low = v
      if (v > high) high = v
    }
    return high - low
  }
  const flows = resting.some((r, i) => !r && Math.abs(current[i]!) > 0)
  if (flows && span(counter) < 1e-6)
    warnings.push({
      code: 'W_COUNTER_STILL',
      message: `The counter electrode stays at ${counter[0]} V though current flows: it was probably not connected to the potentiostat.`,
      place: 'column counterPotential',
    })
  let ww = 0
  let cc = 0
  for (let i = 1; i < voltage.length; i++) {
    const [dw, dc] = [Math.abs(potential[i]! - potential[i - 1]!), Math.abs(counter[i]! - counter[i - 1]!)]
    if (!Number.isFinite(dw + dc)) continue
    ww += dw
    cc += dc
  }
  const [a, b] = [echem.potential.sigma, echem.counterPotential.sigma]
  const [fa, fb] = [echem.potential.unit.factor, echem.counterPotential.unit.factor]
  return {
    working: echem.potential,
    counter: echem.counterPotential,
    cell: createVariable(
      {
        dims: ['row'],
        values: voltage,
        unit: 'V',
        label: 'Cell voltage',
        sigma: a && b && Float64Array.from(a, (s, i) => Math.hypot(s * fa, b[i]! * fb)),
      },
      'cell voltage',
    ),
    workingShare: ww + cc > 0 ? ww / (ww + cc) : null,
    warnings,
  }
}
