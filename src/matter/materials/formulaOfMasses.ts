import { OperandoError } from '../../core/errors.js'
import { formula as readFormula } from '../../core/formula.js'

/** Atoms that the mean formula is written for. */
const ATOMS = 100

/**
 * The mean formula of a mixture given by masses, per 100 atoms: of a glass, an alloy, a solution. What absorbs and scatters X-rays is the atoms, so that one mean formula
 * with the density of the whole says all.
 * @param masses Shares of the mass by formula, in any unit; they need not sum to 1.
 * @throws OperandoError `E_RANGE` for a share that is not above 0, `E_ARGUMENT` if there is none; as `parseFormula`.
 * @example
 * ```ts
 * import { formulaOfMasses } from 'operando/matter'
 * formulaOfMasses({ Fe: 0.7, Cr: 0.2, Ni: 0.1 }) // 'Fe69.31018226Cr21.26881809Ni9.420999653'
 * ```
 */
export function formulaOfMasses(masses: Readonly<Record<string, number>>): string {
  const atoms: Record<string, number> = {}
  for (const [formula, mass] of Object.entries(masses)) {
    if (!(mass > 0 && mass < Infinity))
      throw new OperandoError('E_RANGE', `formulaOfMasses: a share above 0 expected for ${formula}, found ${mass}.`, {
        details: { found: mass },
      })
    const { elements, molarMass } = readFormula(formula)
    for (const [element, count] of Object.entries(elements)) atoms[element] = (atoms[element] ?? 0) + (count * mass) / molarMass
  }
  const total = Object.values(atoms).reduce((sum, n) => sum + n, 0)
  if (total === 0) throw new OperandoError('E_ARGUMENT', 'formulaOfMasses: at least one substance expected.')
  return Object.entries(atoms)
    .map(([element, n]) => `${element}${Number(((ATOMS * n) / total).toPrecision(10))}`)
    .join('')
}
