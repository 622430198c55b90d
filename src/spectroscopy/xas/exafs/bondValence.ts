import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { WithError } from './fit/fittedTypes.js'

/** Softness of a bond, Å: the value that nearly all tables have in common. */
const SOFTNESS = 0.37

/**
 * Lengths of bonds of unit valence between a cation and oxygen, Å, for b = 0.37 Å. Other anions and states need their own: see the paper and its later compilations.
 * @see Brown, Altermatt, Acta Cryst. B 41 (1985) 244
 */
export const BOND_VALENCE_R0: Readonly<Record<string, number>> = Object.freeze({
  'Li1+': 1.466,
  'Mg2+': 1.693,
  'Al3+': 1.651,
  'Si4+': 1.624,
  'S6+': 1.624,
  'Ti4+': 1.815,
  'V3+': 1.743,
  'V4+': 1.784,
  'V5+': 1.803,
  'Mn2+': 1.79,
  'Mn3+': 1.76,
  'Mn4+': 1.753,
  'Fe2+': 1.734,
  'Fe3+': 1.759,
  'Co2+': 1.692,
  'Ni2+': 1.654,
  'Cu2+': 1.679,
  'Zn2+': 1.704,
})

/**
 * Valence of a bond: exp((r0 - r) / b).
 *
 * @param r  Length, Å.
 * @param r0 Length of a bond of unit valence, Å, as of {@link BOND_VALENCE_R0}.
 * @param b  Softness, Å. Default 0.37.
 * @throws OperandoError `E_RANGE` for lengths that are not above 0.
 * @see Brown, Altermatt, Acta Cryst. B 41 (1985) 244
 * @example
 * ```ts
 * import { BOND_VALENCE_R0, bondValence } from 'operando/spectroscopy'
 * 6 * bondValence(2.089, BOND_VALENCE_R0['Ni2+']!) // 1.85: NiO
 * ```
 */
export function bondValence(r: number, r0: number, b: number = SOFTNESS): number {
  if (r > 0 && r0 > 0 && b > 0 && Number.isFinite(r + r0 + b)) return Math.exp((r0 - r) / b)
  throw new OperandoError('E_RANGE', `bondValence: lengths above 0 Å expected, found r = ${r}, r0 = ${r0}, b = ${b}.`)
}

/** A shell of bonds around an atom. */
export interface BondShell {
  /** Length, Å: a number, or that of a fitted path with its error. */
  readonly r: number | WithError
  /** How many. */
  readonly n: number | WithError
  /** Length of a bond of unit valence, Å. */
  readonly r0: number
  /** Softness, Å. Default 0.37. */
  readonly b?: number | undefined
}

const FIELDS: FieldsOf<BondShell> = { r: true, n: true, r0: true, b: true }

/**
 * Sum of the valences of the bonds of an atom, which should be its oxidation state, with the error that follows from those of lengths and numbers (as if they were independent).
 *
 * @param shells Shells of bonds.
 * @throws OperandoError `E_ARGUMENT`, `E_MISSING`, `E_RANGE` for shells that mean nothing.
 * @see Brown, Altermatt, Acta Cryst. B 41 (1985) 244
 * @example
 * ```ts
 * import { BOND_VALENCE_R0, bondValenceSum } from 'operando/spectroscopy'
 * const r0 = BOND_VALENCE_R0['Fe3+']!
 * bondValenceSum([{ r: { value: 1.945, standardError: 0.005 }, n: 3, r0 }, { r: 2.116, n: 3, r0 }]) // 2.96 ± 0.02: haematite
 * ```
 */
export function bondValenceSum(shells: readonly BondShell[]): WithError {
  if (!Array.isArray(shells) || shells.length === 0) {
    throw new OperandoError('E_ARGUMENT', 'bondValenceSum: a list of shells such as [{ r: 2.08, n: 6, r0: 1.654 }] expected.')
  }
  let value = 0
  let variance = 0
  for (const [index, shell] of (shells as readonly BondShell[]).entries()) {
    assertFields(shell, `bondValenceSum: shell ${index}`, ['r', 'n', 'r0'])
    assertKnown(shell, `bondValenceSum: shell ${index}`, FIELDS)
    const { r0, b = SOFTNESS } = shell
    const [r, n] = [numberOf(shell.r), numberOf(shell.n)]
    if (!(n.value >= 0))
      throw new OperandoError(
        'E_RANGE',
        `bondValenceSum: shell ${index}: a number of bonds of 0 or more expected, found ${n.value}.`,
      )
    const each = bondValence(r.value, r0, b)
    value += n.value * each
    variance += ((n.value * each * (r.standardError ?? 0)) / b) ** 2 + (each * (n.standardError ?? 0)) ** 2
  }
  return { value, standardError: Math.sqrt(variance) }
}

const numberOf = (x: number | WithError): WithError => (typeof x === 'number' ? { value: x, standardError: 0 } : x)
