import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import { molarMass } from '../core/formula.js'
import { toValue } from '../core/quantity.js'
import { unit } from '../core/unit.js'
import type { Electrode, ElectrodeName, ReferenceElectrode } from './cell.js'
import type { ActiveMaterialInput, ElectrodeInput, ReferenceElectrodeInput } from './cellInput.js'
import { inRange } from './cellMaterial.js'

const ELECTRODE: FieldsOf<ElectrodeInput> = { name: true, active: true, activeMass: true, area: true, specificCharge: true }
const ACTIVE: FieldsOf<ActiveMaterialInput> = { formula: true, molarMass: true, x0: true, dxPerElectron: true }
const REFERENCE: FieldsOf<ReferenceElectrodeInput> = { couple: true, potential: true }

/** A checked electrode. */
export function createElectrode(input: ElectrodeInput, name: ElectrodeName): Electrode {
  const place = `electrodes.${name}`
  const optional = (value: number | string | undefined, to: string, field: string): number | undefined =>
    value === undefined ? undefined : inRange(toValue(value, to, `${place}.${field}`), `${place}.${field}`, 'above 0', to)
  assertKnown(input, `Cell, ${place}`, ELECTRODE)
  assertKnown(input.active, `Cell, ${place}.active`, ACTIVE)
  const { active } = input
  const x0 = active?.x0 === undefined ? undefined : inRange(active.x0, `${place}.active.x0`, 'not below 0', '')
  return {
    name: input.name ?? active?.formula ?? name,
    active: active && {
      formula: active.formula,
      molarMass: optional(active.molarMass, 'g/mol', 'active.molarMass') ?? molarMass(active.formula),
      x0,
      dxPerElectron: toValue(active.dxPerElectron ?? -1, '', `${place}.active.dxPerElectron`),
    },
    activeMass: optional(input.activeMass, 'g', 'activeMass'),
    area: optional(input.area, 'cm²', 'area'),
    specificCharge: optional(input.specificCharge, 'mAh/g', 'specificCharge'),
  }
}

/** A checked reference electrode, its couple as units write it. */
export function createReference(input: ReferenceElectrodeInput): ReferenceElectrode {
  assertKnown(input, 'Cell, electrodes.reference', REFERENCE)
  if (typeof input.couple !== 'string' || input.couple.trim() === '')
    throw new OperandoError('E_ARGUMENT', "Cell, electrodes.reference.couple: a couple such as 'Li/Li+' was expected.")
  const { reference = input.couple } = unit(`V vs ${input.couple}`)
  const potential = input.potential
  return {
    couple: reference,
    potential: potential === undefined ? undefined : toValue(potential, 'V', 'electrodes.reference.potential'),
  }
}
