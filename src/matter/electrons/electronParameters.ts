import { atomicNumber } from '../../core/elements.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { formula as readFormula } from '../../core/formula.js'
import type { MaterialInput } from '../material.js'
import { resolveMaterial } from '../resolveMaterial.js'
import { valenceElectrons } from './valenceElectrons.js'

/** What the equations for electron paths ask of a material, all for one formula unit. */
export interface ElectronParameters {
  /** Valence electrons of the formula unit, d electrons of transition metals included. */
  readonly valenceElectrons: number
  /** Density, g/cm³. */
  readonly density: number
  /** Molar mass of the formula unit, g/mol. */
  readonly molarMass: number
  /** Band gap, eV; 0 of metals. */
  readonly bandGap: number
  /** Atoms in the formula unit. */
  readonly atoms: number
  /** Mean atomic number over all atoms. */
  readonly meanNumber: number
}

/** Options of {@link electronParameters}. */
export interface ElectronParametersOptions {
  /** Band gap in eV, 0 for metals. Default: that of the list, if it has one. 1 eV more lengthens the path by about 1 % (TPP-2M). */
  readonly bandGap?: number | undefined
  /** Valence electrons of the formula unit. Default: `valenceElectrons`. */
  readonly valenceElectrons?: number | undefined
}

const OPTIONS: FieldsOf<ElectronParametersOptions> = { bandGap: true, valenceElectrons: true }

/**
 * Parameters of a substance for electron paths, from the list of materials or from formula and density. A mixture of grains has none: electrons see one grain at a time.
 * @param material Name in the list, or a substance without pores.
 * @param options  Band gap and valence electrons, where the list has none.
 * @throws OperandoError `E_ARGUMENT` for a mixture or a porous material; `E_MISSING` if the band gap, or the valence electrons of an element, are not known: give them;
 *   `E_RANGE` for numbers that mean nothing; as `resolveMaterial`.
 * @example
 * ```ts
 * import { electronParameters } from 'operando/matter'
 * const { valenceElectrons, bandGap } = await electronParameters('LiFePO4') // 38 and 3.8 eV
 * const garnet = await electronParameters('LLZO', { bandGap: 5.8, valenceElectrons: 7 + 9 + 8 + 72 })
 * ```
 */
export async function electronParameters(
  material: MaterialInput,
  options: ElectronParametersOptions = {},
): Promise<ElectronParameters> {
  assertKnown(options, 'electronParameters options', OPTIONS)
  const { name, components, porosity } = await resolveMaterial(material)
  if (components.length !== 1 || porosity > 0)
    throw new OperandoError(
      'E_ARGUMENT',
      `${name}: a path of electrons belongs to one substance, not to a mixture or to pores. Ask for each substance.`,
    )
  const [{ formula, density, bandGap: listed }] = components as [(typeof components)[number]]
  const bandGap = options.bandGap ?? listed
  if (bandGap === undefined)
    throw new OperandoError('E_MISSING', `${name}: the band gap is not known; give { bandGap } in eV, 0 for a metal.`)
  const { elements, molarMass } = readFormula(formula)
  const atoms = Object.values(elements).reduce((sum, n) => sum + n, 0)
  const charge = Object.entries(elements).reduce((sum, [element, n]) => sum + n * atomicNumber(element), 0)
  const electrons = options.valenceElectrons ?? valenceElectrons(formula)
  if (!(bandGap >= 0 && bandGap < 50))
    throw new OperandoError('E_RANGE', `${name}: a band gap of 0 to below 50 eV expected, found ${bandGap}.`)
  if (!(electrons > 0 && electrons <= charge))
    throw new OperandoError('E_RANGE', `${name}: valence electrons above 0 and at most ${charge} expected, found ${electrons}.`)
  return { valenceElectrons: electrons, density, molarMass, bandGap, atoms, meanNumber: charge / atoms }
}
