import { isOperandoError } from 'operando'
import { absorptionFactor, scatteringBackground } from 'operando/cell'
import { massAttenuation } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { stackOf, windowCell } from './makeStack.js'

const thin = await stackOf([{ role: 'window', name: 'carbon', thickness: 1, material: { formula: 'C', density: 2 } }])
// middles of even steps of cos(2 theta), so that the sum is the integral over the sphere
const steps = 4000
const cosines = Float64Array.from({ length: steps }, (_, i) => 1 - (2 * (i + 0.5)) / steps)
const twoTheta = cosines.map(c => (Math.acos(c) * 180) / Math.PI)

describe('scatteringBackground', () => {
  it('over the whole sphere is what the tables of attenuation call scattered, coherent and incoherent', async () => {
    for (const energy of [20000, 60000]) {
      const { layers } = await scatteringBackground(thin, { energy, twoTheta })
      const { factor } = absorptionFactor(thin, energy, { layer: 0, twoTheta })
      const sphere = (values: Float64Array): number =>
        values.reduce((sum, v, k) => (factor[k]! > 0 ? sum + v / factor[k]! : sum), 0) * ((4 * Math.PI) / steps)
      const mass = 2 * 1e-4
      expectClose(sphere(layers[0]!.coherent), mass * (await massAttenuation('C', energy, { kind: 'coherent' })), { rtol: 0.04 })
      expectClose(sphere(layers[0]!.incoherent), mass * (await massAttenuation('C', energy, { kind: 'incoherent' })), {
        rtol: 0.04,
      })
    }
  })

  it('is the sum of its layers, each behind the others, and none of a layer with a hole', async () => {
    const stack = await stackOf([{ ...windowCell[0]!, hole: 1 }, ...windowCell.slice(1)])
    const angles = [5, 10, 20, 40]
    const { total, layers, q } = await scatteringBackground(stack, { energy: 60000, twoTheta: angles })
    for (let k = 0; k < angles.length; k++) {
      const sum = layers.reduce((all, layer) => all + layer.coherent[k]! + layer.incoherent[k]!, 0)
      expectClose(total[k]!, sum, { rtol: 1e-12 })
      expectClose(q[k]!, ((4 * Math.PI * 60) / 12.39841984) * Math.sin((angles[k]! * Math.PI) / 360), { rtol: 1e-9 })
    }
    expect(Math.max(...layers[0]!.coherent, ...layers[0]!.incoherent)).toBe(0)
  })

  it('vanishes along the field: elastic scattering at 90 degrees, horizontally', async () => {
    const along = await scatteringBackground(thin, { energy: 20000, twoTheta: [90], azimuth: 0 })
    const across = await scatteringBackground(thin, { energy: 20000, twoTheta: [90], azimuth: 90 })
    expect(along.layers[0]!.coherent[0]! / across.layers[0]!.coherent[0]!).toBeLessThan(1e-12)
  })

  it('refuses the direct beam', async () => {
    for (const options of [
      { energy: 20000, twoTheta: [0] },
      { energy: 20000, twoTheta: [10], polarization: 2 },
    ]) {
      const error = await scatteringBackground(thin, options).catch((e: unknown) => e)
      expect(isOperandoError(error, 'E_RANGE')).toBe(true)
    }
  })
})
