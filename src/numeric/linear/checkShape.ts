import { OperandoError } from '../../core/index.js'

/**
 * @param rows    Rows of a matrix.
 * @param columns Columns of a matrix.
 * @throws OperandoError `E_RANGE` unless both are whole numbers >= 1.
 */
export function checkShape(rows: number, columns: number): void {
  for (const [name, value] of Object.entries({ rows, columns })) {
    if (Number.isInteger(value) && value >= 1) continue
    throw new OperandoError('E_RANGE', `${name}: a whole number >= 1 expected, found ${value}.`, {
      details: { name, found: value },
    })
  }
}
