import { atomicWeight } from './elements.js'
import { OperandoError } from './errors.js'
import { readFormula } from './readFormula.js'

/** Atoms by element symbol, in the order in which the formula names them first. */
export type ElementCounts = Readonly<Record<string, number>>

/** What a formula says. */
export interface Formula {
  /** As it was written. */
  readonly formula: string
  /** Atoms of each element in the formula unit, `D` and `T` apart from `H`. */
  readonly elements: ElementCounts
  /** Charge of the formula unit in elementary charges: -3 for `PO4^3-`, 0 for what is neutral. */
  readonly charge: number
  /** Molar mass in g/mol, with standard atomic weights; the electrons that a charge adds or takes are not counted. */
  readonly molarMass: number
  /** Share of the mass by element; they sum to 1. */
  readonly massFractions: Readonly<Record<string, number>>
}

/**
 * Reads a formula: atoms, charge, molar mass, mass fractions. Groups nest (`K4[Fe(CN)6]`), counts may be fractions, parts are separated by `·` or `*`
 * (`CuSO4·5H2O`; a full stop is a decimal point, and `NiO.8` for `Ni0.8` is refused, as is the polonium of `LiFePo4`), subscript digits pass. Letters for unknown amounts (x, 1-x, δ) are refused.
 *
 * A charge ends a formula, part or group: `PO4^3-`, `SO4(2-)`, `PO₄³⁻`, `SO4 2-`, `Li+`, `NH4+`, `[Fe(CN)6]4-`. A digit before a bare sign is the charge of a single
 * element (`Fe3+`, `O2-`, as form-factor tables write) and counts atoms in a molecule (`PF6-`); `SO42-` could be both and is refused. Write `I3^-` for
 * triiodide. Charges of parts add up: `Na+·PF6-` is neutral.
 *
 * @param formula Element symbols with counts, round or square brackets, charges.
 * @throws OperandoError `E_FORMAT` that tells the place, `E_RANGE` if nothing is left of an element's count.
 * @example
 * ```ts
 * import { formula } from 'operando'
 * formula('PO4^3-').charge // -3
 * formula('LiFePO4').massFractions.Fe // 0.354
 * ```
 */
export function formula(formula: string): Formula {
  const { counts, charge } = readFormula(formula)
  const masses = Object.entries(counts).map(([element, count]) => [element, count * atomicWeight(element)] as const)
  const molarMass = masses.reduce((sum, [, mass]) => sum + mass, 0)
  return Object.freeze({
    formula,
    elements: Object.freeze(counts),
    charge,
    molarMass,
    massFractions: Object.freeze(Object.fromEntries(masses.map(([element, mass]) => [element, mass / molarMass]))),
  })
}

/**
 * The atoms of the formula unit of a substance: `LiNi0.8Mn0.1Co0.1O2`, `Li(NiMnCo)0.333O2`, `(C2H4O)n` without the n, `CuSO4·5H2O`. For ions see `formula`, which
 * tells the rules of writing.
 *
 * @param formula A formula whose charges, if any, sum to 0.
 * @returns Atoms of each element, `D` and `T` apart from `H`.
 * @throws OperandoError `E_FORMAT` that tells the place, or that a charge is left over; `E_RANGE` if nothing is left of an element's count.
 * @example
 * ```ts
 * import { parseFormula } from 'operando'
 * parseFormula('LiFePO4') // { Li: 1, Fe: 1, P: 1, O: 4 }
 * ```
 */
export function parseFormula(formula: string): ElementCounts {
  const { counts, charge } = readFormula(formula)
  if (Math.abs(charge) < 1e-9) return Object.freeze(counts)
  throw new OperandoError(
    'E_FORMAT',
    `Formula "${formula}": its charges sum to ${charge > 0 ? '+' : ''}${charge}, and a neutral substance was expected. Ions are read by formula().`,
    { details: { expected: 0, found: charge } },
  )
}

/**
 * Molar mass of a formula unit, with standard atomic weights.
 * @param formula A formula as `formula` reads it.
 * @returns g/mol.
 * @throws OperandoError as `formula`.
 * @example
 * ```ts
 * import { molarMass } from 'operando'
 * molarMass('LiFePO4') // 157.76
 * ```
 */
export function molarMass(formula: string): number {
  return Object.entries(readFormula(formula).counts).reduce((sum, [element, count]) => sum + count * atomicWeight(element), 0)
}
