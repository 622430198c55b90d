import { readFileSync } from 'node:fs'
import { createDataset, type Dataset } from 'operando'
import { openDataset } from 'operando/io/node'
import { createGeometry, createIntegrator, detectorMask, integrate } from 'operando/scattering'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

const base = 'data/scattering/frames/CeO2_Pilatus1M'
/** The numbers of the .poni file. Dioptas turns frames upside down before it applies them: orientation 2 says so. */
const geometry = createGeometry({
  dist: 0.208651380603,
  poni1: 0.0872948482846,
  poni2: 0.0799601126306,
  rot1: -0.0184422457059,
  rot2: 0.00413760084465,
  rot3: -2.77645988275e-8,
  wavelength: '4.066e-11 m',
  detector: 'Pilatus 1M',
  orientation: 2,
})

describe.skipIf(!hasSharedData)('a frame of CeO2 on a Pilatus 1M', () => {
  let frame: Dataset<'y' | 'x'>
  let twoTheta: number[]
  let intensity: number[]

  beforeAll(async () => {
    frame = (await openDataset(sharedPath(`${base}.tif.gz`))) as Dataset<'y' | 'x'>
    const rows = readFileSync(sharedPath(`${base}.xy`), 'utf8')
      .split('\n')
      .filter(line => line.trim() && !line.startsWith('#'))
      .map(line => line.trim().split(/\s+/).map(Number))
    twoTheta = rows.map(row => row[0]!)
    intensity = rows.map(row => row[1]!)
  })

  it("gives Dioptas' published pattern, to its single-precision positions of pixels", () => {
    const n = twoTheta.length
    const step = (twoTheta[n - 1]! - twoTheta[0]!) / (n - 1)
    const plan = createIntegrator(geometry, {
      axis: 'twoTheta',
      bins: n,
      range: [twoTheta[0]! - step / 2, twoTheta[n - 1]! + step / 2],
      polarization: 0.99,
    })
    // it counted the -1 and -2 of gaps and dead pixels, as no frame of whole numbers is counted here
    const pattern = plan.frame(Float64Array.from(frame.values))
    expectClose(plan.centres, twoTheta, { atol: 2e-8, peer: 'Dioptas (pyFAI)' })
    // the three bins at the beam are those that the peer treats otherwise
    const got = pattern.intensity.slice(3)
    const want = intensity.slice(3)
    expectClose(got, want, { rtol: 1e-4, peer: 'Dioptas (pyFAI)' })
    const deviations = want.map((w, b) => Math.abs(got[b]! / w - 1)).sort((a, b) => a - b)
    // half of the bins within 1e-6; the rest lies on the slopes of rings, where places rounded to 1e-7 tell
    expect(deviations[n >> 1]).toBeLessThan(5e-7)
  })

  it('counts every pixel that measured something once, and none of the 73560 that say -1 or -2', () => {
    const plan = createIntegrator(geometry, { bins: 1500, split: 'none' })
    const pattern = plan.frame(frame.values)
    expect(pattern.pixels.reduce((sum, n) => sum + n, 0)).toBe(1043 * 981 - 73560)
    // all pixels of the gaps are among them
    const gaps = detectorMask('Pilatus 1M')
    expect(frame.values.every((v, i) => !gaps[i] || v < 0)).toBe(true)
  })

  it('is the same with the negative pixels masked beforehand', () => {
    const mask = Uint8Array.from(frame.values, v => (v < 0 ? 1 : 0))
    const found = integrate(frame, createIntegrator(geometry, { bins: 1000, range: [0.2, 7] }))
    const told = integrate(frame, createIntegrator(geometry, { bins: 1000, range: [0.2, 7], mask }))
    expectClose(found.values, told.values, { rtol: 1e-12 })
    expectClose(found.sigma!, told.sigma!, { rtol: 1e-12 })
    const masked = createDataset({ ...frame, mask })
    expectClose(integrate(masked, createIntegrator(geometry, { bins: 1000, range: [0.2, 7] })).values, told.values, {
      rtol: 1e-12,
    })
  })
})
