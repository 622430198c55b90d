import { latticeSystem } from '../../../model/crystal/latticeSystem.js'
import { type CellNumbers, createUnitCell, type UnitCell } from '../../../model/crystal/unitCell.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import { CELL_NUMBERS, cellWith, SYSTEM_NUMBERS } from '../lineProblem.js'
import type { LayoutPhase } from './patternLayout.js'

/**
 * The cell of a phase after a fit, with its standard uncertainties.
 * @param name  Name of the phase.
 * @param start The cell at the start.
 * @param phase Which numbers are free.
 * @param fit   The fit.
 */
export function refinedCell(name: string, start: UnitCell, phase: LayoutPhase, fit: FitResult): UnitCell {
  const found = phase.cell.names.map(own => fit.parameters[`${name}.${own}`]!)
  const rows = SYSTEM_NUMBERS[latticeSystem(start)]
  const { a, b, c, alpha, beta, gamma } = cellWith(
    start,
    found.map(({ value }) => value),
    rows,
  )
  const sigma = CELL_NUMBERS.map((_, number) => {
    const free = rows.findIndex(row => row.includes(number))
    return free < 0 ? 0 : (found[free]!.standardError ?? 0)
  }) as unknown as CellNumbers
  const isKnown = found.some(({ standardError }) => standardError !== null)
  return createUnitCell({ a, b, c, alpha, beta, gamma, ...(isKnown && { sigma }) })
}
