import { OperandoError } from '../../../core/errors.js'
import { edge as edgeOf, emissionLines } from '../../../matter/index.js'

/** So far an edge may lie from the table: chemical shifts and free-atom energies of light elements make up to 15 eV, monochromators more. */
const FARTHEST = 50

/**
 * Throws unless an energy can be the edge of an element.
 * @param element Symbol.
 * @param level   `K`, `L3` ...
 * @param e0      Edge as measured, eV.
 * @throws OperandoError `E_RANGE` with the energy of the table, `E_MISSING` for elements and levels that do not exist.
 */
export async function assertEdge(element: string, level: string, e0: number): Promise<void> {
  const { energy } = await edgeOf(element, level)
  if (Math.abs(energy - e0) <= FARTHEST) return
  throw new OperandoError(
    'E_RANGE',
    `The edge lies at ${e0.toFixed(1)} eV, but the ${level} edge of ${element} at ${energy} eV: another element or edge expected, or energies that are calibrated.`,
    {
      details: { element, level, expected: energy, found: e0 },
    },
  )
}

/**
 * Energy of the strongest emission line of an edge, eV.
 * @param element Symbol.
 * @param level   `K`, `L3` ...
 * @throws OperandoError `E_MISSING` where there is none.
 */
export async function strongestLine(element: string, level: string): Promise<number> {
  const lines = (await emissionLines(element)).filter(line => line.initialLevel === level)
  if (lines.length === 0) throw new OperandoError('E_MISSING', `${element} has no emission lines of its ${level} edge.`)
  return lines.reduce((a, b) => (b.intensity > a.intensity ? b : a)).energy
}
