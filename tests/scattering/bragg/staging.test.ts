import { readFileSync } from 'node:fs'
import { createStructure } from 'operando'
import { createRandom } from 'operando/numeric'
import { createPlating, createStaging, fitPeaks, pseudoVoigt } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const reference = JSON.parse(readFileSync('tests/reference/scattering/staging.json', 'utf8')) as {
  peer: string
  wavelength: number
  stages: { name: string; x: number; twoTheta: number; areaPerC6: number }[]
  plating: { wavelength: number; copperOverLithium: number; graphiteOverLithium: number }
}
const { wavelength, stages, peer } = reference
const peakOf = (name: string, amount: number) => {
  const { twoTheta, areaPerC6 } = stages.find(stage => stage.name === name)!
  return {
    centre: { value: twoTheta, standardError: 1e-4 },
    area: { value: amount * areaPerC6, standardError: 0.01 * amount * areaPerC6 },
  }
}

describe('createStaging', () => {
  it('knows where the layer lines of each stage lie and how strong they are', async () => {
    const { expected } = await createStaging({ wavelength })
    expectClose(
      expected.map(({ centre }) => centre),
      stages.map(({ twoTheta }) => twoTheta),
      { rtol: 1e-9, peer },
    )
    // gemmi has another table of form factors
    expectClose(
      expected.map(({ strength }) => strength),
      stages.map(({ areaPerC6 }) => areaPerC6 / stages[0]!.areaPerC6),
      { rtol: 2e-3, peer },
    )
  })

  it('agrees with measured spacings: LiC12 repeats after 7.065 Å, stage 3 of pyrographite after 10.408 Å', async () => {
    const { expected } = await createStaging({ axis: 'd' })
    expectClose(2 * expected.find(({ stage }) => stage === '2')!.spacing, 7.065, { atol: 0.006 })
    expectClose(3 * expected.find(({ stage }) => stage === '3L')!.spacing, 10.408, { atol: 0.01 })
  })

  it('gives the shares and the mean x of a mixture of LiC12 and LiC6, with errors by difference', async () => {
    const staging = await createStaging({ wavelength })
    const peaks = [peakOf('2', 0.3), peakOf('1', 0.7)]
    const { stages: found, x, spacing } = staging.assign(peaks)
    expect(found.map(({ stage }) => stage)).toEqual(['2', '1'])
    expectClose(
      found.map(({ fraction }) => fraction.value),
      [0.3, 0.7],
      { atol: 1e-3, peer },
    )
    expectClose(x.value, 0.85, { atol: 1e-3, peer })
    expectClose(spacing.value, 0.3 * 3.5305 + 0.7 * 3.706, { atol: 1e-3 })
    // d x / d(area) of both, each 1 %
    const shifted = (i: number): number =>
      staging.assign(
        peaks.map((peak, k) => (k === i ? { ...peak, area: { ...peak.area, value: peak.area.value * 1.0001 } } : peak)),
      ).x.value - x.value
    expectClose(x.standardError!, Math.hypot(100 * shifted(0), 100 * shifted(1)), { rtol: 1e-3 })
  })

  it('tells 2 from 2L by what stands beside it, by order, or says that it cannot', async () => {
    const staging = await createStaging({ wavelength })
    expect(staging.assign([peakOf('2', 1), peakOf('1', 0.1)]).stages[0]!.stage).toBe('2')
    expect(staging.assign([peakOf('2L', 1), peakOf('3L', 0.1)]).stages[0]!.stage).toBe('2L')
    expect(staging.assign([peakOf('2', 1)], { ordered: true }).x.value).toBe(0.5)
    const alone = staging.assign([peakOf('2', 1)])
    expect(alone.stages[0]!.stage).toBe('2/2L')
    expect(alone.warnings[0]!.code).toBe('W_STAGE')
    expectClose(alone.x.value, 5 / 12, { rtol: 1e-12 })
    expectClose(alone.x.standardError!, 1 / 6 / Math.sqrt(12), { rtol: 1e-9 })
  })

  it('has one answer on twoTheta, q and d, whatever the axis that areas were fitted on', async () => {
    const mixture = [peakOf('3L', 0.4), peakOf('2L', 0.6)]
    const onQ = mixture.map(({ centre, area }) => {
      const theta = (centre.value * Math.PI) / 360
      const q = (4 * Math.PI * Math.sin(theta)) / wavelength
      return { centre: q, area: area.value * ((2 * Math.PI * Math.cos(theta)) / wavelength) * (Math.PI / 180) }
    })
    const onD = onQ.map(({ centre, area }) => ({ centre: (2 * Math.PI) / centre, area: (area * 2 * Math.PI) / centre ** 2 }))
    const x = 0.4 * (2 / 9) + 0.6 / 3
    for (const [axis, peaks] of [
      ['q', onQ],
      ['d', onD],
      ['twoTheta', mixture],
    ] as const)
      expectClose((await createStaging({ axis, wavelength })).assign(peaks).x.value, x, { atol: 5e-4 })
  })

  it('follows the dilute solution and peaks between stages by their place', async () => {
    const staging = await createStaging({ axis: 'd' })
    const dilute = staging.assign([{ centre: { value: 3.355 + 0.02 * 0.351, standardError: 1e-4 }, area: 1 }])
    expect(dilute.stages[0]!.stage).toBe('graphite')
    expectClose(dilute.x.value, 0.02, { rtol: 1e-6 })
    expect(staging.assign([{ centre: 3.62, area: 1 }]).stages[0]!.stage).toBe('between')
    const rising = [3.355, 3.37, 3.4, 3.43, 3.46, 3.5, 3.53, 3.6, 3.7].map(
      centre => staging.assign([{ centre, area: 1 }], { ordered: false }).x.value,
    )
    for (let i = 1; i < rising.length; i++) expect(rising[i]!).toBeGreaterThan(rising[i - 1]!)
  })

  it('reads x of a pattern of counts through a peak fit', async () => {
    const q = Float64Array.from({ length: 401 }, (_, i) => 1.6 + 0.001 * i)
    const staging = await createStaging({ axis: 'q' })
    const [two, one] = ['2', '1'].map(name => staging.expected.find(({ stage }) => stage === name)!) as [
      (typeof staging.expected)[0],
      (typeof staging.expected)[0],
    ]
    const y = new Float64Array(q.length).fill(100)
    for (const [stage, share] of [
      [two, 0.6],
      [one, 0.4],
    ] as const)
      pseudoVoigt(q, { centre: stage.centre, fwhm: 0.012, eta: 0.5, area: 20 * share * stage.strength }).forEach((v, i) => {
        y[i]! += v
      })
    const { peaks } = fitPeaks({ x: q, y: createRandom(7).counts(y) }, [two.centre, one.centre], {
      profile: 'pseudoVoigt',
      weights: 'poisson',
      background: 1,
    })
    const { x } = staging.assign(peaks)
    expectClose(x.value, 0.7, { atol: 4 * x.standardError! })
    expect(x.standardError).toBeLessThan(0.01)
  })

  it('takes galleries as they were measured', async () => {
    const own = await createStaging({ axis: 'd', empty: 3.36, filled: 3.7, tolerance: 0.02, polarization: 'corrected' })
    expectClose(own.assign([{ centre: 3.36, area: 1 }]).x.value, 0, { atol: 1e-9 })
    expect(own.assign([{ centre: 3.7, area: 1 }]).stages[0]!.stage).toBe('1')
  })

  it('refuses what is no graphite', async () => {
    const staging = await createStaging({ axis: 'd' })
    expect(errorCode(() => staging.assign([{ centre: 4.7, area: 1 }]))).toBe('E_RANGE')
    expect(errorCode(() => staging.assign([{ centre: 3.5, area: 0 }]))).toBe('E_ARGUMENT')
    await expect(createStaging()).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(createStaging({ axis: 'd', filled: 3 })).rejects.toMatchObject({ code: 'E_RANGE' })
  })
})

describe('createPlating', () => {
  const copper = createStructure({
    name: 'Cu',
    cell: { a: 3.615 },
    spaceGroup: 'Fm-3m',
    sites: [{ element: 'Cu', position: [0, 0, 0], uIso: 0.007 }],
  })
  const graphite = createStructure({
    name: 'graphite',
    cell: { a: 2.464, c: 6.711, gamma: 120 },
    spaceGroup: 'P63/mmc',
    sites: [
      { element: 'C', position: [0, 0, 0.25], uIso: 0.01 },
      { element: 'C', position: [1 / 3, 2 / 3, 0.25], uIso: 0.01 },
    ],
  })
  const at = reference.plating.wavelength

  it('has the ratio of intensities per mass that gemmi gives, against copper and against graphite', async () => {
    const byCopper = await createPlating({ reference: { structure: copper, hkl: [1, 1, 1], massPerArea: 8.96 }, wavelength: at })
    const byGraphite = await createPlating({
      reference: { structure: graphite, hkl: [0, 0, 2], massPerArea: 10 },
      wavelength: at,
    })
    expectClose(byCopper.massRatio, reference.plating.copperOverLithium, { rtol: 0.01, peer })
    expectClose(byGraphite.massRatio, reference.plating.graphiteOverLithium, { rtol: 0.01, peer })
  })

  it('gives mass, thickness, charge and the limit of detection', async () => {
    const plating = await createPlating({
      reference: { structure: graphite, hkl: [0, 0, 2], massPerArea: { value: 10, standardError: 0.2 } },
      wavelength: at,
    })
    const { mass, thickness, capacity, isSeen, detectionLimit } = plating.measure(
      { value: 3, standardError: 0.3 },
      { value: 1000, standardError: 10 },
    )
    const expected = 0.003 * 10 * plating.massRatio
    expectClose(mass.value, expected, { rtol: 1e-12 })
    expectClose(mass.standardError! / expected, Math.hypot(0.1, 0.01, 0.02), { rtol: 1e-9 })
    // 3861 mAh/g and 0.534 g/cm³ of handbooks
    expectClose(capacity.value, expected * 3.861, { rtol: 1e-3 })
    expectClose(thickness.value, (expected / 0.534) * 10, { rtol: 5e-3 })
    expect(isSeen).toBe(true)
    expectClose(detectionLimit!, 3.29 * 0.1 * expected, { rtol: 1e-9 })
  })

  it('takes areas below 0 as nothing seen, and refuses lines that are not there', async () => {
    const plating = await createPlating({ reference: { structure: copper, hkl: [1, 1, 1], massPerArea: 8.96 }, wavelength: at })
    expect(plating.measure({ value: -1, standardError: 1 }, 100)).toMatchObject({ isSeen: false })
    expect(plating.measure(1, 100)).toMatchObject({ isSeen: null, detectionLimit: null })
    expect(errorCode(() => plating.measure(1, 0))).toBe('E_RANGE')
    await expect(
      createPlating({ reference: { structure: copper, hkl: [1, 0, 0], massPerArea: 9 }, wavelength: at }),
    ).rejects.toMatchObject({ code: 'E_MISSING' })
  })
})
