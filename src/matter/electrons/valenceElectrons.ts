import { OperandoError } from '../../core/errors.js'
import { parseFormula } from '../../core/formula.js'

/**
 * Valence electrons an atom for TPP-2M: s and p of the outer shell, and d of transition metals. Elements of the lanthanoids and actinoids are left out: what counts as valence is open there.
 * @see S. Tanuma, C. J. Powell, D. R. Penn, Surf. Interface Anal. 35 (2003) 268
 */
const VALENCE =
  'H 1,D 1,T 1,Li 1,Be 2,B 3,C 4,N 5,O 6,F 7,Na 1,Mg 2,Al 3,Si 4,P 5,S 6,Cl 7,K 1,Ca 2,Sc 3,Ti 4,V 5,Cr 6,Mn 7,Fe 8,Co 9,Ni 10,Cu 11,Zn 12,Ga 3,Ge 4,As 5,Se 6,' +
  'Br 7,Rb 1,Sr 2,Y 3,Zr 4,Nb 5,Mo 6,Tc 7,Ru 8,Rh 9,Pd 10,Ag 11,Cd 12,In 3,Sn 4,Sb 5,Te 6,I 7,Cs 1,Ba 2,Hf 4,Ta 5,W 6,Re 7,Os 8,Ir 9,Pt 10,Au 11,Hg 12,Tl 3,Pb 4,Bi 5'

/**
 * Valence electrons of a formula unit, as TPP-2M counts them: transition metals with their d electrons, 22 of `LiCoO2`.
 * @param formula A formula as `parseFormula` reads it.
 * @throws OperandoError `E_MISSING` for an element without an agreed number (noble gases, lanthanoids, actinoids): give the number yourself; else as `parseFormula`.
 * @see S. Tanuma, C. J. Powell, D. R. Penn, Surf. Interface Anal. 35 (2003) 268
 * @example
 * ```ts
 * import { valenceElectrons } from 'operando/matter'
 * valenceElectrons('LiFePO4') // 38
 * ```
 */
export function valenceElectrons(formula: string): number {
  const table = new Map(VALENCE.split(',').map(row => [row.split(' ')[0]!, Number(row.split(' ')[1])]))
  return Object.entries(parseFormula(formula)).reduce((sum, [element, count]) => {
    const electrons = table.get(element)
    if (electrons !== undefined) return sum + electrons * count
    throw new OperandoError(
      'E_MISSING',
      `valenceElectrons: no agreed number of valence electrons for ${element} of "${formula}". Give it: { valenceElectrons } of the formula unit.`,
      { details: { found: element } },
    )
  }, 0)
}
