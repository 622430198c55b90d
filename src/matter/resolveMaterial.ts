import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import { parseFormula } from '../core/formula.js'
import { toValue } from '../core/quantity.js'
import type { MaterialInput, MatterMaterial, MixtureInput, Substance, SubstanceInput } from './material.js'
import { findMaterial } from './materials/findMaterial.js'
import type { ListedMaterial } from './materials/listedMaterial.js'

/** A listed material is a mixture that tells more. */
const MIXTURE: FieldsOf<MixtureInput & ListedMaterial> = {
  name: true,
  components: true,
  porosity: true,
  filling: true,
  aliases: true,
  formula: true,
  density: true,
  source: true,
  checked: true,
  crystal: true,
  bandGap: true,
  bandGapSource: true,
}
const SUBSTANCE: FieldsOf<SubstanceInput> = {
  formula: true,
  density: true,
  name: true,
  massFraction: true,
  volumeFraction: true,
  bandGap: true,
}

/** Mass fractions are often rounded to tenths of a percent. */
const ROUNDED = 1e-3

/**
 * A material with all names looked up and all shares checked: mass fractions of the solid, its pores, and what fills them. Densities are those of the substances
 * themselves; `composition` tells the mean.
 * @param input Name, substance or mixture.
 * @throws OperandoError `E_MISSING` for a name that is not in the list (with the nearest ones), or a formula without density; `E_FORMAT` for a formula; `E_RANGE` for a
 *   density or share that is not above 0, shares that do not sum to 1, a porosity outside 0 to below 1; `E_ARGUMENT` for mass and volume fractions in one
 *   mixture, pores filled where there are none, a porous material as component; `E_UNIT`, `E_NAN`.
 * @example
 * ```ts
 * import { resolveMaterial } from 'operando/matter'
 * const cathode = await resolveMaterial({
 *   components: [{ name: 'NMC811', massFraction: 0.94 }, { name: 'carbon black', massFraction: 0.03 }, { name: 'PVDF', massFraction: 0.03 }],
 *   porosity: 0.35,
 *   filling: 'LP57',
 * })
 * cathode.components[0].density // 4.776
 * ```
 */
export async function resolveMaterial(input: MaterialInput): Promise<MatterMaterial> {
  if (typeof input === 'string') {
    const { name, components, porosity } = await findMaterial(input)
    return { name, components, porosity }
  }
  if (typeof input !== 'object' || input === null)
    throw new OperandoError(
      'E_ARGUMENT',
      `Material: a name, { formula, density } or { components } was expected, found ${typeof input}.`,
    )
  if (!('components' in input)) return resolveSubstance(input)
  assertKnown(input, 'Material', MIXTURE)
  const components = await resolveShares(input.components, 'components')
  const name = input.name ?? components.map(one => one.name ?? one.formula).join(' + ')
  const { porosity = 0, filling } = input
  if (!(porosity >= 0 && porosity < 1)) {
    const percent = porosity >= 1 && porosity <= 100 ? ` Is it ${porosity} %? Then it is ${porosity / 100}.` : ''
    throw new OperandoError('E_RANGE', `Material ${name}: porosity ${porosity}, and 0 to below 1 was expected.${percent}`, {
      details: { place: 'porosity' },
    })
  }
  if (filling === undefined) return { name, components, porosity }
  if (porosity === 0)
    throw new OperandoError('E_ARGUMENT', `Material ${name}: pores are filled where there are none; give the porosity.`, {
      details: { place: 'filling' },
    })
  return {
    name,
    components,
    porosity,
    filling: await resolveShares(typeof filling === 'string' ? [{ name: filling }] : filling, 'filling'),
  }
}

async function resolveSubstance(input: SubstanceInput): Promise<MatterMaterial> {
  if (input.formula === undefined && input.name !== undefined) return resolveMaterial(input.name)
  const components = await resolveShares([{ ...input, massFraction: 1, volumeFraction: undefined }], 'material')
  return { name: input.name ?? components[0]!.formula, components, porosity: 0 }
}

async function resolveShares(inputs: readonly SubstanceInput[], place: string): Promise<readonly Substance[]> {
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw new OperandoError('E_ARGUMENT', `Material, ${place}: at least one substance expected.`, { details: { place } })
  const byVolume = inputs.some(one => one?.volumeFraction !== undefined)
  const shared = await Promise.all(inputs.map((one, i) => lookUp(one, `${place}[${i}]`, byVolume)))
  const sum = shared.reduce((total, { share }) => total + share, 0)
  if (Math.abs(sum - 1) > ROUNDED)
    throw new OperandoError(
      'E_RANGE',
      `Material, ${place}: the ${byVolume ? 'volume' : 'mass'} fractions sum to ${sum}, and 1 was expected.`,
      { details: { place, expected: 1, found: sum } },
    )
  const masses = shared.map(({ substance, share }) => (byVolume ? share * substance.density : share))
  const mass = masses.reduce((total, one) => total + one, 0)
  return shared.map(({ substance }, i) => ({ ...substance, massFraction: masses[i]! / mass }))
}

async function lookUp(
  input: SubstanceInput,
  place: string,
  byVolume: boolean,
): Promise<{ substance: Omit<Substance, 'massFraction'>; share: number }> {
  if (typeof input !== 'object' || input === null)
    throw new OperandoError('E_ARGUMENT', `Material, ${place}: { formula, density } or { name } expected, found ${typeof input}.`)
  assertKnown(input, `Material, ${place}`, SUBSTANCE)
  const { formula, density, name, massFraction, volumeFraction, bandGap } = input
  if (byVolume && (massFraction !== undefined || volumeFraction === undefined))
    throw new OperandoError(
      'E_ARGUMENT',
      `Material, ${place}: give volume fractions of all components and no mass fractions, or the reverse.`,
    )
  const share = positive(
    (byVolume ? volumeFraction : massFraction) ?? 1,
    `${place}.${byVolume ? 'volumeFraction' : 'massFraction'}`,
  )
  if (formula !== undefined) {
    parseFormula(formula)
    if (density === undefined)
      throw new OperandoError('E_MISSING', `Material, ${place}: the density of ${formula} is missing; give it in g/cm³.`)
    const value = positive(toValue(density, 'g/cm³', `${place}.density`), `${place}.density`, ' g/cm³')
    return { substance: { formula, density: value, name, bandGap }, share }
  }
  if (name === undefined)
    throw new OperandoError('E_MISSING', `Material, ${place}: a formula and a density, or a name, expected.`)
  const listed = await findMaterial(name)
  if (listed.porosity > 0)
    throw new OperandoError(
      'E_ARGUMENT',
      `Material, ${place}: ${listed.name} has pores; it is a material of its own, not a part of a mixture.`,
    )
  return {
    substance: { formula: listed.formula, density: listed.density, name: listed.name, bandGap: bandGap ?? listed.bandGap },
    share,
  }
}

function positive(value: number, place: string, unit = ''): number {
  if (value > 0 && value < Infinity) return value
  throw new OperandoError('E_RANGE', `Material, ${place} = ${value}${unit}: a number above 0 expected.`, {
    details: { place, found: value },
  })
}
