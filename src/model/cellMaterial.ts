import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import { parseFormula } from '../core/formula.js'
import { toValue } from '../core/quantity.js'
import type { Component, Material } from './cell.js'
import type { ComponentInput, MaterialInput } from './cellInput.js'

/** The listed materials of `operando/matter` have a band gap besides, which is passed over. */
const COMPONENT: FieldsOf<ComponentInput & { bandGap: number }> = {
  formula: true,
  density: true,
  massFraction: true,
  name: true,
  bandGap: true,
}
/** What the listed materials of `operando/matter` tell besides, which is passed over. */
const LISTED = {
  aliases: true,
  formula: true,
  density: true,
  source: true,
  checked: true,
  crystal: true,
  bandGap: true,
  bandGapSource: true,
} as const

const MIXTURE: FieldsOf<MaterialInput & Record<keyof typeof LISTED, unknown>> = {
  name: true,
  components: true,
  porosity: true,
  filling: true,
  ...LISTED,
}

/** Mass fractions are often rounded to tenths of a percent. */
const ROUNDED = 1e-3

/** The number, if it is in range. @throws OperandoError `E_RANGE` that names the place. */
export function inRange(value: number, place: string, range: 'above 0' | 'not below 0', symbol: string): number {
  if (Number.isFinite(value) && (range === 'above 0' ? value > 0 : value >= 0)) return value
  throw new OperandoError('E_RANGE', `Cell, ${place} = ${`${value} ${symbol}`.trim()}: a number ${range} expected.`, {
    details: { place, found: value },
  })
}

/** An error for parts that contradict each other, or are none of those there are. */
export function contradiction(place: string, what: string): OperandoError {
  return new OperandoError('E_ARGUMENT', `Cell, ${place}: ${what}.`, { details: { place } })
}

/** A checked material; one substance alone is a mixture of one. */
export function createMaterial(input: MaterialInput | ComponentInput, place: string): Material {
  if (typeof input !== 'object' || input === null)
    throw new OperandoError('E_ARGUMENT', `Cell, ${place}: a material, as { formula, density }, was expected.`, {
      details: { place },
    })
  assertKnown(input, `Cell, ${place}`, 'components' in input ? MIXTURE : COMPONENT)
  const mixture: MaterialInput = 'components' in input ? input : { name: input.name, components: [input] }
  const components = createComponents(mixture.components, `${place}.components`)
  const { porosity = 0, filling } = mixture
  if (!(porosity >= 0 && porosity < 1)) {
    const percent = porosity >= 1 && porosity <= 100 ? ` Is it ${porosity} %? Then it is ${porosity / 100}.` : ''
    throw new OperandoError('E_RANGE', `Cell, ${place}.porosity = ${porosity}: 0 to below 1 expected.${percent}`, {
      details: { place },
    })
  }
  if (filling && porosity === 0)
    throw new OperandoError('E_ARGUMENT', `Cell, ${place}.filling: pores are filled where there are none; give the porosity.`, {
      details: { place },
    })
  return {
    name: mixture.name ?? components.map(c => c.name ?? c.formula).join(' + '),
    components,
    porosity,
    filling: filling && createComponents(filling, `${place}.filling`),
  }
}

function createComponents(inputs: readonly ComponentInput[], place: string): readonly Component[] {
  if (inputs.length === 0)
    throw new OperandoError('E_ARGUMENT', `Cell, ${place}: at least one substance expected.`, { details: { place } })
  const components = inputs.map((input, i) => {
    const at = `${place}[${i}]`
    assertKnown(input, `Cell, ${at}`, COMPONENT)
    const { formula, density, massFraction = 1, name } = input
    parseFormula(formula)
    return {
      formula,
      density: inRange(toValue(density, 'g/cm³', `${at}.density`), `${at}.density`, 'above 0', 'g/cm³'),
      massFraction: inRange(massFraction, `${at}.massFraction`, 'above 0', ''),
      name,
    }
  })
  const sum = components.reduce((total, c) => total + c.massFraction, 0)
  if (Math.abs(sum - 1) <= ROUNDED) return components.map(c => ({ ...c, massFraction: c.massFraction / sum }))
  throw new OperandoError('E_RANGE', `Cell, ${place}: the mass fractions sum to ${sum}, and 1 was expected.`, {
    details: { place, expected: 1, found: sum },
  })
}
