import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { formatInstant, isOperandoError } from 'operando'
import { openElectrochemistry } from 'operando/io/node'
import { describe, expect, test, vi } from 'vitest'
import { hasSharedData, sharedPath } from '../../sharedData.js'
import { type ColumnDigest, expectDigest, fileDigests } from './columnDigest.js'

const PATH = 'cycler/arbin/20160805_test001_45_cc_01.res.gz'
const file = sharedPath(`data/io/${PATH}`)

describe.skipIf(!hasSharedData)('an Arbin .res of a real instrument', () => {
  test('has the rows and columns of its database, A and Ah, times from OLE dates', async () => {
    const e = await openElectrochemistry(file)
    const digest = fileDigests[PATH]!
    expect(e.time.values.length).toBe(digest.rows)
    const taken: Record<string, ArrayLike<number>> = {
      Test_Time: e.time.values,
      Voltage: e.potential.values,
      Current: e.current.values,
      Step_Index: e.step,
      Cycle_Index: e.cycle.map(c => c + 1),
    }
    for (const [name, figures] of Object.entries<ColumnDigest>(digest.table)) {
      if (name === 'Test_ID' || name === 'DateTime') continue
      const values = taken[name] ?? e.columns[name.replace(/_/g, ' ')]?.values
      expect(values, name).toBeDefined()
      expectDigest(values!, figures, 0, name)
    }
    // 42587.6815162037 days since 1899-12-30 at 300.01 s; Global_Table says that the test began at 42587.678
    expect(formatInstant(e.clock.start!)).toMatch(/^2016-08-05T16:16:2\d/)
    expect(e.clock.start!.source).toBe('naive')
    expect(e.columns['Charge Capacity']!.unit.symbol).toBe('Ah')
    expect(e.meta.extra).toMatchObject({ Test_Name: '20160805_sic006_45_cc_01-01-003', Channel_Index: 3 })
    expect(e.meta.extra!.activeMass_mg).toBeCloseTo(0.852838, 5)
    expect(e.warnings).toEqual([]) // the net of the counters is the integral of the current
  })

  test('cut or damaged it is refused in words', async () => {
    const bytes = new Uint8Array(gunzipSync(readFileSync(file)))
    const open = (cut: Uint8Array): Promise<unknown> => openElectrochemistry({ name: 'a.res', bytes: cut })
    await expect(open(bytes.slice(0, 100_000))).rejects.toMatchObject({
      code: 'E_TRUNCATED',
      message: expect.stringContaining('a.res byte 98304: 100000 bytes, whole pages of 4096'),
    })
    for (const pages of [1, 5, 20, 60])
      await open(bytes.slice(0, 4096 * pages)).then(
        () => undefined,
        (error: unknown) => expect(isOperandoError(error), String(error)).toBe(true),
      )
  })

  test('without mdb-reader it says what to install', async () => {
    vi.resetModules()
    vi.doMock('mdb-reader', () => {
      throw new Error('not installed')
    })
    const io = await import('operando/io/node')
    await expect(io.openElectrochemistry(file)).rejects.toMatchObject({
      code: 'E_DEPENDENCY',
      message: expect.stringContaining('npm install mdb-reader'),
    })
    vi.doUnmock('mdb-reader')
    vi.resetModules()
  })
})
