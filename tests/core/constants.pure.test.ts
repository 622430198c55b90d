import * as operando from 'operando'
import { describe, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/core/units.json'

// relative change from CODATA 2018 (scipy 1.10) to CODATA 2022 that is due to new measurements; the rest is exact
const CHANGED: Readonly<Record<string, number>> = {
  ELECTRON_MASS: 1.5e-9,
  ELECTRON_REST_ENERGY: 1.5e-9,
  ELECTRON_RADIUS: 2.2e-9,
  THOMSON_CROSS_SECTION: 4.3e-9,
  COMPTON_WAVELENGTH: 1.5e-9,
  FINE_STRUCTURE: 8e-10,
  BOHR_RADIUS: 8e-10,
  RYDBERG_EV: 1e-12,
  ATOMIC_MASS: 1.5e-9,
  VACUUM_PERMITTIVITY: 8e-10,
  NEUTRON_MASS: 3e-9,
}

describe('constants', () => {
  it('agree with scipy where they are exact, and to parts in 1e9 where CODATA 2022 measured anew', () => {
    const ours = operando as unknown as Record<string, number>
    for (const [name, value] of Object.entries(reference.constants))
      expectClose(ours[name]!, value, { rtol: CHANGED[name] ?? 4e-16, peer: reference.peer })
  })

  it('fit each other as the relations between them demand', () => {
    const { PLANCK: h, SPEED_OF_LIGHT: c, ELECTRON_MASS: m, FINE_STRUCTURE: alpha, ELEMENTARY_CHARGE: e } = operando
    expectClose(operando.COMPTON_WAVELENGTH, h / (m * c), { rtol: 1e-10 })
    expectClose(operando.BOHR_RADIUS, operando.HBAR / (m * c * alpha), { rtol: 1e-10 })
    expectClose(operando.ELECTRON_RADIUS, alpha * alpha * operando.BOHR_RADIUS, { rtol: 1e-10 })
    expectClose(operando.THOMSON_CROSS_SECTION, ((8 * Math.PI) / 3) * operando.ELECTRON_RADIUS ** 2, { rtol: 1e-10 })
    expectClose(operando.ELECTRON_REST_ENERGY, (m * c * c) / e, { rtol: 1e-10 })
    expectClose(operando.RYDBERG_EV, (alpha * alpha * m * c * c) / (2 * e), { rtol: 2e-10 })
    expectClose(operando.VACUUM_PERMITTIVITY, (e * e) / (2 * alpha * h * c), { rtol: 1e-10 })
  })

  it('give the factor between k² and energy that EXAFS programs use', () => {
    expectClose(operando.HBAR2_OVER_2M, 3.80998211, { rtol: 1e-8 })
  })
})
