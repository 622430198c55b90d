import { FARADAY } from '../core/constants.js'
import { OperandoError } from '../core/errors.js'
import { assertFields } from '../core/fields.js'
import { type Mass, toValue } from '../core/quantity.js'
import type { Electrode } from './cell.js'
import { createVariable } from './createVariable.js'
import { freezeData } from './derive.js'
import type { Electrochemistry } from './electrochemistry.js'

/** What turns charge into composition. */
export interface CompositionInput {
  /** Composition at the first row: Li (or Na ...) per formula unit. */
  readonly x0: number
  /** Molar mass of the formula unit in g/mol. */
  readonly molarMass: number
  /** Mass of active material: a number in g, or `'6.84 mg'`. */
  readonly activeMass: Mass
  /** Change of x per electron that leaves the electrode. Default -1: oxidation takes one ion out for each. */
  readonly dxPerElectron?: number | undefined
}

/**
 * The record with x from charge: x = x0 + dxPerElectron Q M / (m F). This is the nominal x: it counts every electron as intercalation, so that side
 * reactions, a wrong mass and a wrong x0 all stay in it.
 * @param echem       The record.
 * @param composition x0, molar mass, active mass; or the electrode of a `Cell`, which says them.
 * @throws OperandoError `E_RANGE` unless masses are above 0; `E_MISSING` for an electrode without active material, its mass or x0; `E_UNIT`, `E_NAN` as `toValue`.
 * @example
 * ```ts
 * import { createElectrochemistry, withComposition } from 'operando'
 * const echem = createElectrochemistry({ time: [0, 3600], potential: [3.4, 3.5], current: [0, 170e-6] })
 * withComposition(echem, { x0: 1, molarMass: 157.76, activeMass: '1 mg' }).x?.values[1] // 0.0: LiFePO4 holds 169.9 mAh/g
 * ```
 */
export function withComposition(echem: Electrochemistry, composition: CompositionInput | Electrode): Electrochemistry {
  assertFields(echem, 'withComposition: a record', ['time', 'potential', 'charge'])
  assertFields(composition, 'composition', [])
  return attach(echem, 'molarMass' in composition ? composition : compositionOf(composition))
}

function compositionOf({ name, active, activeMass }: Electrode): CompositionInput {
  if (active?.x0 !== undefined && activeMass !== undefined) return { ...active, x0: active.x0, activeMass }
  const missing = !active ? 'active material' : active.x0 === undefined ? 'x0' : 'activeMass'
  throw new OperandoError(
    'E_MISSING',
    `Electrode '${name}' has no ${missing}, without which charge says nothing of x. Give it to createCell.`,
    {
      details: { expected: missing },
    },
  )
}

function attach(echem: Electrochemistry, composition: CompositionInput): Electrochemistry {
  const { molarMass, dxPerElectron = -1 } = composition
  const mass = toValue(composition.activeMass, 'g', 'activeMass')
  const x0 = toValue(composition.x0, '', 'x0')
  if (!(mass > 0 && molarMass > 0 && Number.isFinite(molarMass)))
    throw new OperandoError('E_RANGE', `activeMass ${mass} g and molarMass ${molarMass} g/mol must be above 0.`)
  const perAh = (dxPerElectron * 3600 * molarMass) / (mass * FARADAY)
  const values = Float64Array.from(echem.charge.values, q => x0 + perAh * q)
  return freezeData({ ...echem, x: createVariable({ dims: ['row'], values, unit: '', label: 'x (nominal)' }, 'x') })
}
