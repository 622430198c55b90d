import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Electrochemistry, formatInstant } from 'operando'
import { openElectrochemistry } from 'operando/io/node'
import { describe, expect, test } from 'vitest'
import { hasSharedData, sharedPath } from '../../sharedData.js'
import { type ColumnDigest, expectDigest, fileDigests } from './columnDigest.js'

/** A column under the peer's name and in its unit. */
function columnOf(e: Electrochemistry, name: string): ArrayLike<number> | undefined {
  const scaled = (values: ArrayLike<number>, factor: number): number[] => Array.from(values, v => v * factor)
  const kept = (own: string): ArrayLike<number> | undefined => e.columns[own]?.values
  switch (name) {
    case 'Index':
      return kept('Index')
    case 'Step':
      return e.step
    case 'Step_Index':
      return kept('Step Index')
    case 'Time':
      return kept('Step Time')
    case 'Voltage':
      return e.potential.values
    case 'Current(mA)':
      return scaled(e.current.values, 1000)
    case 'Charge_Capacity(mAh)':
    case 'Discharge_Capacity(mAh)':
    case 'Charge_Energy(mWh)':
    case 'Discharge_Energy(mWh)':
      return kept(name.replace('_', ' ').replace(/\(.*/, ''))
    default:
      return kept(name)
  }
}

/** The peer numbers cycles itself: a new one at each charge that follows a discharge. The file's own number is kept here. */
const OWN_COUNT = ['Cycle']

describe.skipIf(!hasSharedData)('Neware files of real instruments', () => {
  for (const path of Object.keys(fileDigests).filter(name => /^cycler\/neware\/.*\.ndax?$/.test(name)))
    test(`${path} has the rows, columns and moments that NewareNDA finds`, async () => {
      const e = await openElectrochemistry(sharedPath(`data/io/${path}`))
      const digest = fileDigests[path]!
      expect(e.time.values.length).toBe(digest.rows)
      for (const [name, figures] of Object.entries<ColumnDigest>(digest.table)) {
        if (OWN_COUNT.includes(name)) continue
        const values = columnOf(e, name)
        expect(values, name).toBeDefined()
        // the peer keeps its columns in single precision
        expectDigest(values!, figures, 1e-6, `${path} ${name}`)
      }
      const words = (e.meta.extra!.words as Record<string, string[]>)['Step Type']!
      const counts: Record<string, number> = {}
      for (const code of e.columns['Step Type']!.values) {
        const word = words[Number(code)]!.replace(' ', '_')
        counts[word] = (counts[word] ?? 0) + 1
      }
      expect(counts).toEqual(digest.status_counts)
      // a wall clock without zone in the .nda, Unix time in the .ndax
      const start = formatInstant(e.clock.start!)
      expect(start.slice(0, 19)).toBe(digest.timestamp_first!.slice(0, 19).replace(' ', 'T'))
      expect(e.clock.start!.source).toBe(digest.timestamp_first!.includes('+') ? 'utc' : 'naive')
      const wall = e.columns['Wall Clock']!.values
      const passed = (Date.parse(digest.timestamp_last!) - Date.parse(digest.timestamp_first!)) / 1000
      expect(wall[wall.length - 1]).toBeCloseTo(passed, 5)
      expect(e.warnings).toEqual([])
    })

  test('rows between the marks of an .ndax are flagged', async () => {
    const flagged = async (name: string): Promise<number | undefined> =>
      (await openElectrochemistry(sharedPath(`data/io/cycler/neware/${name}`))).interpolated?.reduce((a, b) => a + b, 0)
    expect(await flagged('new_nda_file.nda')).toBeUndefined()
    expect(await flagged('123456789012_Unit27_Example_Data_File.ndax')).toBe(294)
    expect(await flagged('46_1_5_60_ZZZZZZZZTEST_20250924092922.ndax')).toBe(59)
  })
})

// a folder of one's own, for layouts that the shared files lack
const folder = process.env.OPERANDO_NEWARE
describe.skipIf(folder === undefined || !existsSync(folder))('Neware files of OPERANDO_NEWARE', () => {
  const names = folder === undefined || !existsSync(folder) ? [] : readdirSync(folder).filter(name => /\.ndax?$/.test(name))
  for (const name of names)
    test(`${name} parses`, async () => {
      const e = await openElectrochemistry(join(folder!, name), { lenient: true })
      expect(e.columns.Index!.values.length).toBe(e.time.values.length)
    })
})
