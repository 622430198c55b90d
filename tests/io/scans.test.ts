import { readFileSync } from 'node:fs'
import { createUnitCell, type Dataset, dSpacing } from 'operando'
import { openDataset } from 'operando/io/node'
import { describe, expect, test } from 'vitest'
import { hasSharedData, sharedPath } from '../sharedData.js'

const load = (name: string): Promise<Dataset> => openDataset(sharedPath(`data/io/xrd/${name}`))
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0)

describe.skipIf(!hasSharedData)('real scans of laboratory diffractometers', () => {
  const { files } = (
    hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/io/real-files.json'), 'utf8')) : { files: {} }
  ) as { files: Record<string, Record<string, never>> }

  test('an XRDML matches its digest', async () => {
    const name = 'HL1-2_5-90_60min.xrdml'
    const [want] = files[`xrd/${name}`]!.scans as unknown as {
      n: number
      twotheta_first_last: [number, number]
      intensity: { first: number; last: number; sum: number; min: number; max: number }
      counting_time_s: number
    }[]
    const pattern = await load(name)
    expect(pattern.shape).toEqual([want!.n])
    const angles = pattern.coords.twoTheta!.values
    expect([angles[0], angles.at(-1)]).toEqual(want!.twotheta_first_last)
    expect(sum(pattern.values)).toBe(want!.intensity.sum)
    expect([pattern.values[0], pattern.values.at(-1)]).toEqual([want!.intensity.first, want!.intensity.last])
    expect(pattern.meta.extra?.exposure).toBe(want!.counting_time_s)
  })

  test('a BRML matches its digest', async () => {
    const { table } = files['xrd/TiOF.brml'] as unknown as { table: { sum: number; first: number; last: number }[] }
    const pattern = await load('TiOF.brml')
    expect(pattern.shape).toEqual([2469])
    expect(sum(pattern.values)).toBe(table[4]!.sum)
    expect([pattern.coords.twoTheta!.values[0], pattern.coords.twoTheta!.values.at(-1)]).toEqual([
      table[2]!.first,
      table[2]!.last,
    ])
    expect(pattern.meta).toMatchObject({ sample: 'TiOF 18F.2', wavelength: 1.5406 })
  })

  test('a RAW4.00 has the three strongest lines of rutile where they belong', async () => {
    const pattern = await load('TiO2.raw')
    expect(pattern.shape).toEqual([1647])
    const angles = pattern.coords.twoTheta!.values
    const rutile = createUnitCell({ a: 4.594, c: 2.959 })
    for (const hkl of [
      [1, 1, 0],
      [1, 0, 1],
      [2, 1, 1],
    ] as const) {
      const expected = (2 * Math.asin(1.5406 / 2 / dSpacing(rutile, hkl)) * 180) / Math.PI
      const near = Array.from(pattern.values, (n, i) => (Math.abs(angles[i]! - expected) < 0.5 ? n : 0))
      expect(Math.abs(angles[near.indexOf(Math.max(...near))]! - expected), `${hkl}`).toBeLessThan(0.1)
    }
  })
})
