import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { findRowLength, mapStatistics, meanComposition, rasterMap, screenFits } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

describe.runIf(hasSharedData)('the public map of an LFP pouch cell: 19781 refinements, the fast axis not told', () => {
  const reference = JSON.parse(readFileSync('tests/reference/scattering/map.json', 'utf8'))
  const { peer } = reference
  const bytes = gunzipSync(readFileSync(sharedPath('data/scattering/map_LFP_pouch/seqrr_19781x10_f32.npy.gz')))
  const start = 10 + bytes.readUInt16LE(8)
  const column = (k: number): Float64Array =>
    Float64Array.from({ length: 19781 }, (_, i) => bytes.readFloatLE(start + 4 * (10 * i + k)))
  const [rwp, w1, w2] = [column(0), column(5), column(9)]

  it('has 151 points a row, 131 rows, all begun at one side', () => {
    const found = findRowLength(w1)
    expect(found).toMatchObject({ columns: 151, rows: 131, order: 'rows' })
    expectClose(found.correlation, reference.correlation151, { rtol: 0.01, peer })
    expect(found.second).toBeLessThan(0.5)
  })

  it('has an electrode in it, of which x is the mole fraction of LiFePO4: as numpy finds it', () => {
    const edges = Object.fromEntries([2, 3, 4, 6, 7, 8].map(k => [`edge${k}`, column(k)]))
    const percent = { min: 0, max: 100 }
    const limits = { rwp: { max: 10 }, w1: percent, w2: percent }
    expect(screenFits({ rwp, w1, w2 }, limits).good).toBe(reference.withinLimits)
    const { mask, good } = screenFits(
      { rwp, w1, w2, ...edges },
      { ...limits, ...Object.fromEntries(Object.keys(edges).map(name => [name, { deviations: 10 }])) },
    )
    expect(good).toBe(reference.good)
    const { x } = meanComposition([
      { weight: w1, molarMass: 157.757, x: 1 },
      { weight: w2, molarMass: 150.816, x: 0 },
    ])
    const map = rasterMap(x, { columns: 151, mask, name: 'x in LixFePO4' })
    const found = mapStatistics(map)
    expectClose([found.mean, found.deviation], [reference.mean, reference.deviation], { rtol: 1e-9, peer })
    expectClose(found.quantiles, reference.quantiles, { rtol: 1e-6, peer })
    expectClose(
      found.gradient.map(({ value }) => value),
      reference.gradient,
      { rtol: 1e-6, peer },
    )
    expectClose(found.neighbours, reference.neighbours, { rtol: 1e-3, peer })
    // a half charged electrode, smooth, and emptier or fuller where it ends
    expect(found.neighbours).toBeGreaterThan(0.8)
    expectClose(found.quantiles[1], 0.49, { atol: 0.02 })
  })
})
