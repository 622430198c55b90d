import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { createFreeCell } from './freeCell.js'
import type { FitPhase } from './phaseFitTypes.js'

const PHASE: FieldsOf<FitPhase> = {
  name: true,
  cell: true,
  reflections: true,
  couple: true,
  formulaUnits: true,
  fixedCell: true,
  cellRoom: true,
}

/**
 * Throws unless phases have names of their own, lines in range, and the zero can be told from the cells.
 * @param phases     The phases.
 * @param x          2theta in degrees.
 * @param wavelength Å.
 * @param zero       As in the options.
 */
export function checkPhases(
  phases: readonly FitPhase[],
  x: Float64Array,
  wavelength: number,
  zero: number | 'refine' | undefined,
): void {
  if (!Array.isArray(phases as unknown) || phases.length === 0)
    throw new OperandoError('E_ARGUMENT', 'phases: at least one expected, none found.')
  for (const [index, phase] of phases.entries()) {
    assertFields(phase, `phases[${index}]`, ['name', 'cell', 'reflections'])
    assertKnown(phase, `phases[${index}]`, PHASE)
  }
  const names = phases.map(phase => phase.name)
  const twice = names.find((name, i) => name === '' || name === 'background' || names.indexOf(name) !== i)
  if (twice !== undefined)
    throw new OperandoError('E_ARGUMENT', `phases: '${twice}' is no name, or comes twice. Give each its own.`)
  if (zero === 'refine' && !phases.some(phase => phase.fixedCell)) {
    throw new OperandoError(
      'E_ARGUMENT',
      "zero: 'refine' needs a phase of known cell, { fixedCell: true }: zero and free cells cannot be told apart.",
    )
  }
  for (const { name, reflections, cell } of phases) {
    const free = createFreeCell(cell, reflections)
    const spacings = new Float64Array(reflections.length * (1 + free.names.length))
    free.spacings(Float64Array.from(free.start), 0, spacings)
    const seen = reflections.some((_, r) => {
      const angle = (2 * Math.asin((wavelength / 2) * spacings[r * (1 + free.names.length)]!) * 180) / Math.PI
      return angle >= x[0]! && angle <= x[x.length - 1]!
    })
    if (!seen)
      throw new OperandoError('E_ARGUMENT', `phase ${name}: none of its lines lies within ${x[0]} to ${x[x.length - 1]} degrees.`)
  }
}
