import fc from 'fast-check'
import { absorptionFactor, type BeamStack, scatteringPaths } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import reference from '../reference/cell/absorption.json'
import { stackOf, windowCell } from './makeStack.js'

const stack = await stackOf(windowCell)
const aluminium = { formula: 'Al', density: 2.7 }

/** A round cell whose layers have given coefficients (1/mm) at 20 keV: aluminium of the density that it takes. */
async function roundOf(radii: number[], mu: number[]): Promise<BeamStack> {
  const one = await stackOf([{ role: 'other', thickness: 1, material: aluminium }])
  const unit = one.layers[0]!.attenuation.at(20000) / 10 / 2.7
  return stackOf(
    mu.map((m, i) => ({
      role: 'other',
      thickness: (radii[i]! - (radii[i + 1] ?? 0)) * 1000,
      material: { formula: 'Al', density: m / unit },
    })),
    { kind: 'capillary', radius: radii[0]! },
  )
}

describe('absorptionFactor', () => {
  it('of cylinders and tubes is what direct double integration gives, in plane and out of it', async () => {
    for (const { radii, mu, shell, two_theta, azimuth, factor } of reference.cases) {
      const cell = await roundOf(radii, mu)
      const found = absorptionFactor(cell, 20000, { layer: shell, twoTheta: two_theta, azimuth })
      // 24 points do not know where the paths out bend; more points come nearer
      expectClose(found.factor, [factor], { rtol: 1e-4, peer: reference.peer })
      const finer = absorptionFactor(cell, 20000, { layer: shell, twoTheta: two_theta, azimuth, points: 64 })
      expectClose(finer.factor, [factor], { rtol: 1e-5 })
    }
  })

  it('of a cylinder at 0 degrees is that of the International Tables: 1/5.09 for mu R = 1', async () => {
    const { forward } = absorptionFactor(await roundOf([1], [1]), 20000, { layer: 0, twoTheta: 0 })
    expectClose(1 / forward, 5.091, { rtol: 2e-4 })
  })

  it('of a flat layer is the mean over its depth of the losses along the paths, at any tilt, forwards and backwards', () => {
    const energy = 9000
    const mu = stack.layers.map(layer => layer.attenuation.at(energy) * 1e-4)
    const direction = fc.record({
      twoTheta: fc.double({ min: 0, max: 180, noNaN: true }),
      azimuth: fc.double({ min: -180, max: 180, noNaN: true }),
      tilt: fc.double({ min: -60, max: 60, noNaN: true }),
      layer: fc.integer({ min: 0, max: 5 }),
    })
    fc.assert(
      fc.property(direction, ({ twoTheta, azimuth, tilt, layer }) => {
        const { factor } = absorptionFactor(stack, energy, { layer, twoTheta, azimuth, tilt })
        const steps = 200
        let mean = 0
        let worst = 0
        for (let k = 0; k < steps; k++) {
          const { before, after } = scatteringPaths(stack, { layer, twoTheta, azimuth, tilt, depth: (k + 0.5) / steps })
          let exponent = 0
          for (const [i, m] of mu.entries()) exponent += m * (before[i]! + after[i]!)
          mean += Math.exp(-exponent) / steps
          worst = Math.max(worst, mu[layer]! * after[layer]!)
        }
        // rays along the layers die within a step of the sum; theirs is no integral by 200 points
        fc.pre(worst < 60)
        expectClose(factor[0]!, mean, { rtol: 5e-3, atol: 1e-12 })
      }),
    )
  })

  it('corrects a thin flat cell by hardly anything, a thick one more the higher the angle', () => {
    const twoTheta = [0, 10, 20, 40, 60, 75]
    const thin = absorptionFactor(stack, 80000, { layer: 2, twoTheta })
    expectClose(thin.correction, [1, 1, 1, 1, 1, 1], { rtol: 0.06 })
    const { correction } = absorptionFactor(stack, 10000, { layer: 2, twoTheta })
    for (let k = 1; k < twoTheta.length; k++) expect(correction[k]!).toBeGreaterThan(correction[k - 1]!)
    expectClose(correction[0]!, 1, { rtol: 1e-14 })
  })

  it('in a narrow beam through the axis tends to the losses on the axis', async () => {
    const cell = await roundOf([1], [1])
    const { factor } = absorptionFactor(cell, 20000, { layer: 0, twoTheta: 0, beamWidth: '1 µm' })
    expectClose(factor, [Math.exp(-2)], { rtol: 1e-6 })
  })

  it('refuses layers that are not there, or not in the beam, and angles beyond 180 degrees', async () => {
    const options = { layer: 0, twoTheta: 10 }
    expect(errorCode(() => absorptionFactor(stack, 9000, { ...options, layer: 6 }))).toBe('E_ARGUMENT')
    expect(errorCode(() => absorptionFactor(stack, 9000, { ...options, twoTheta: 181 }))).toBe('E_RANGE')
    expect(errorCode(() => absorptionFactor(stack, 9000, { ...options, twoTheta: [1, 2], azimuth: [1, 2, 3] }))).toBe('E_SHAPE')
    const tube = await roundOf([1, 0.8], [1, 1])
    expect(errorCode(() => absorptionFactor(tube, 20000, { ...options, beamWidth: 0 }))).toBe('E_RANGE')
  })
})

describe('scatteringPaths', () => {
  it('from the middle of a capillary are radii, and longer by 1 / cos out of the plane across its axis', async () => {
    const tube = await roundOf([0.5, 0.4], [1, 1])
    const { before, after } = scatteringPaths(tube, { twoTheta: [0, 45, 45], azimuth: [0, 0, 90] })
    expectClose(before, [100, 400], { rtol: 1e-12 })
    const slant = 1 / Math.cos(Math.PI / 4)
    expectClose(after, [100, 100, 100 * slant, 400, 400, 400 * slant], { rtol: 1e-12 })
    const lying = scatteringPaths(tube, { twoTheta: [45, 45], azimuth: [0, 90], axis: 'horizontal' })
    expectClose(lying.after, [100 * slant, 100, 400 * slant, 400], { rtol: 1e-12 })
  })

  it('before and behind a point on the beam add up to the chord', async () => {
    const tube = await roundOf([0.5, 0.4, 0.2], [1, 1, 1])
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.49, noNaN: true }),
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        (r, phi) => {
          const [x, z] = [r * Math.cos(phi), r * Math.sin(phi)]
          const { before, after } = scatteringPaths(tube, { position: [x, z], twoTheta: 0 })
          const total = before.reduce((sum, v, i) => sum + v + after[i]!, 0)
          expectClose(total, 2000 * Math.sqrt(0.25 - x * x), { rtol: 1e-9 })
        },
      ),
    )
    expect(errorCode(() => scatteringPaths(tube, { position: [0.5, 0.1], twoTheta: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => scatteringPaths(tube, { twoTheta: 90, azimuth: 90 }))).toBe('none')
  })
})
