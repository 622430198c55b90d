import { readFileSync } from 'node:fs'
import { createGrazing } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../errorCode.js'
import { expectClose } from '../matchers.js'

const reference = JSON.parse(readFileSync('tests/reference/scattering/grazing.json', 'utf8')) as {
  peer: string
  cases: {
    formula: string
    density: number
    energy: number
    delta: number
    beta: number
    incidence: number[]
    depth: number[]
    shift: number[]
    surface: number[]
  }[]
}

describe('createGrazing', () => {
  it.each(reference.cases.map(c => [`${c.formula} at ${c.energy} eV`, c] as const))(
    'looks as deep, and refracts as much, as complex wave vectors say: %s',
    async (_, c) => {
      const grazing = await createGrazing({ formula: c.formula, density: c.density }, c.energy)
      const { peer } = reference
      // both from the table of Chantler, interpolated in two ways
      expectClose([grazing.delta, grazing.beta], [c.delta, c.beta], { rtol: 0.01, peer })
      expectClose(grazing.criticalAngle, (Math.sqrt(2 * c.delta) * 180) / Math.PI, { rtol: 0.01 })
      for (const [i, angle] of c.incidence.entries()) {
        // at the critical angle itself a part in a thousand of delta is one in ten of the depth
        const near = Math.abs(angle / grazing.criticalAngle - 1) < 0.2
        expectClose(grazing.depth(angle), c.depth[i]!, { rtol: near ? 0.1 : 0.015, peer })
        expectClose(grazing.refractionShift(angle), c.shift[i]!, { rtol: near ? 0.05 : 0.015, peer })
        expectClose(grazing.surfaceIntensity(angle), c.surface[i]!, { rtol: near ? 0.05 : 0.01, peer })
      }
    },
  )

  it('is plain absorption far above the critical angle', async () => {
    const grazing = await createGrazing('Cu', '12 keV')
    const mu = ((4 * Math.PI * grazing.beta) / (12398.419843320025 / 12000)) * 1e4
    expectClose(grazing.depth(10), Math.sin(Math.PI / 18) / mu, { rtol: 2e-3 })
    expectClose(grazing.depth(10, 25), 1 / (mu / Math.sin(Math.PI / 18) + mu / Math.sin((25 * Math.PI) / 180)), { rtol: 2e-3 })
    // delta / alpha of the books
    expectClose(grazing.refractionShift(3), (grazing.delta / Math.tan(Math.PI / 60)) * (180 / Math.PI), { rtol: 0.01 })
  })

  it('gives the angle for a depth, and shares of layers that sum to 1', async () => {
    const grazing = await createGrazing('Cu', '12 keV')
    for (const depth of [0.002, 0.02, 0.5]) expectClose(grazing.depth(grazing.incidenceFor(depth)), depth, { rtol: 1e-6 })
    const shares = grazing.shares([0.01, 0.05, 1e4], 0.4)
    expectClose(
      shares.reduce((a, b) => a + b, 0),
      1,
      { rtol: 1e-12 },
    )
    expectClose(shares[0]!, 1 - Math.exp(-0.01 / grazing.depth(0.4)), { rtol: 1e-12 })
    expectClose(grazing.footprint('50 µm', 0.2), 0.05 / Math.sin((0.2 * Math.PI) / 180), { rtol: 1e-12 })
  })

  it('refuses angles that are not counted from the surface', async () => {
    const grazing = await createGrazing('Cu', '12 keV')
    expect(errorCode(() => grazing.depth(0))).toBe('E_RANGE')
    expect(errorCode(() => grazing.depth(95))).toBe('E_RANGE')
    expect(errorCode(() => grazing.incidenceFor(1e4))).toBe('E_RANGE')
    expect(errorCode(() => grazing.shares([0], 1))).toBe('E_RANGE')
    await expect(createGrazing('Cu', 0)).rejects.toMatchObject({ code: 'E_RANGE' })
  })
})
