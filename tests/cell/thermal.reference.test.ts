import { readFileSync } from 'node:fs'
import { latticeParameter, latticeTemperature, separateHeating, type ThermalExpansion } from 'operando/cell'
import { describe, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'

const { thermal } = hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/io/cell.json'), 'utf8')) : { thermal: null }

/** The table that defines the reference, or one with a constant coefficient. */
function table(metal: 'Cu' | 'Al', constant?: number): ThermalExpansion {
  const rows = Object.entries(thermal['alpha_table_1e-6_per_K'][metal]) as [string, number][]
  return {
    metal,
    temperatures: constant === undefined ? rows.map(([t]) => Number(t)) : [200, 400],
    coefficients: constant === undefined ? rows.map(([, alpha]) => alpha) : [constant, constant],
    relativeSigma: 0,
    referenceTemperature: 293,
    latticeParameter: thermal.a_293_A[metal],
    latticeParameterSigma: 0,
    source: thermal.source,
  }
}

describe.skipIf(!hasSharedData)('thermometry against computed references', () => {
  it('reads the temperatures of lattice parameters with the same table', () => {
    for (const metal of ['Cu', 'Al'] as const)
      for (const { T_K, a_A } of thermal.a[metal])
        expectClose(latticeTemperature(table(metal), a_A).temperature, T_K, { atol: 1e-6 })
  })

  it('gives lattice parameters and lines at temperatures, and with a constant coefficient what the reference does', () => {
    for (const metal of ['Cu', 'Al'] as const)
      for (const row of thermal.a[metal]) {
        const a = latticeParameter(table(metal), row.T_K)
        expectClose([a, (2 * Math.PI * Math.sqrt(3)) / a], [row.a_A, row.Q111_invA], { rtol: 1e-12 })
        const alpha = thermal.degeneracy.relative_d_change_per_K[metal] * 1e6
        // theirs grows by 1 + α ΔT, ours by exp(α ΔT): α ΔT² / 2 apart, 0.1 K over 100 K
        const apart = 0.6e-6 * alpha * (row.T_K - 293) ** 2 + 1e-6
        expectClose(latticeTemperature(table(metal, alpha), row.a_A).temperature, row.T_from_constant_alpha_K, { atol: apart })
      }
  })

  it('tells 15 K and 80 µm apart, and knows either alone', () => {
    for (const { L_m, true: truth, twotheta_ref_deg: reference, twotheta_seen_deg: seen } of thermal.two_metal_solve) {
      const { temperature, displacement } = separateHeating(
        (['Cu', 'Al'] as const).map(metal => ({
          metal: table(metal, thermal.degeneracy.relative_d_change_per_K[metal] * 1e6),
          reference: reference[metal],
          twoTheta: seen[metal],
        })),
        { distance: L_m, referenceTemperature: 293 },
      )
      // theirs grows by 1 + α ΔT, ours by exp(α ΔT): (α ΔT)² / 2 apart
      expectClose(temperature - 293, truth.dT_K, { atol: 0.03 })
      expectClose(displacement, truth.dL_um, { atol: 0.2 })
    }
  })
})
