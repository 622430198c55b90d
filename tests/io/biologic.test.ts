import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { CYCLING_MODES, type Electrochemistry, formatInstant, isOperandoError, joinElectrochemistry } from 'operando'
import { openElectrochemistry } from 'operando/io/node'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'

const folder = sharedPath('data/io/cycler/biologic')
const load = (name: string): Promise<Electrochemistry> => openElectrochemistry(`${folder}/${name}`)

interface ColumnDigest {
  first: number
  last: number
  sum: number
  min: number
  max: number
}
interface FileDigest {
  rows?: number
  data_points?: number
  columns?: string[]
  technique?: string | null
  Device?: string
  table?: Record<string, ColumnDigest>
  galvani?: { timestamp?: string; table: Record<string, ColumnDigest> }
  'Acquisition started on'?: string
}

/** A column under EC-Lab's own name, also where it became time, potential or current. */
function columnOf(e: Electrochemistry, name: string): ArrayLike<number> | undefined {
  if (name === 'time/s') return e.time.values
  if (name === 'x') return e.x?.values
  const kept = e.columns[name] ?? (name === 'P/W' ? e.columns['Pwe/W'] : undefined) // the same column in later exports
  if (kept) return kept.values
  if (/^<?E(we|cell)(>?\/V|\/V>)$/.test(name)) return e.potential.values
  if (/^<?E(ce|cv)(>?\/V|\/V>)$/.test(name)) return e.counterPotential?.values
  if (/^<?I(>?\/mA|\/mA>)$/.test(name)) return Array.from(e.current.values, i => i * 1000)
  return undefined
}

/** Doubts beyond those that these files deserve: currents that are not recorded, impedance whose current is not that of its charge. */
function doubts(e: Electrochemistry): string[] {
  const impedance = e.mode.includes(CYCLING_MODES.indexOf('impedance'))
  return e.warnings.map(w => w.code).filter(code => code !== 'W_CURRENT' && !(impedance && code === 'W_CHARGE_INCONSISTENT'))
}

function expectDigest(values: ArrayLike<number>, digest: ColumnDigest, rtol: number, name: string): void {
  const list = Array.from(values)
  const scale = Math.max(Math.abs(digest.min), Math.abs(digest.max))
  const close = (a: number, b: number, atol: number): void => {
    if (!(Math.abs(a - b) <= atol)) expect(a, name).toBe(b)
  }
  close(list[0]!, digest.first, rtol * scale)
  close(list.at(-1)!, digest.last, rtol * scale)
  close(Math.min(...list), digest.min, rtol * scale)
  close(Math.max(...list), digest.max, rtol * scale)
  close(
    list.reduce((a, b) => a + b, 0),
    digest.sum,
    rtol * scale * Math.max(1, list.length),
  )
}

describe.skipIf(!hasSharedData)('BioLogic files', () => {
  const digests = hasSharedData
    ? (JSON.parse(readFileSync(sharedPath('reference/io/real-files.json'), 'utf8')) as { files: Record<string, FileDigest> })
        .files
    : {}
  const names = hasSharedData ? readdirSync(folder) : []

  for (const name of names.filter(n => /\.mpt/.test(n)))
    test(`${name} has the rows and columns of its digest`, async () => {
      const e = await load(name)
      const digest = digests[`cycler/biologic/${name}`]!
      expect(e.time.values.length).toBe(digest.rows)
      for (const column of digest.columns!) expect(columnOf(e, column), column).toBeDefined()
      for (const [column, want] of Object.entries(digest.table ?? {}))
        if (digest.rows! > 0) expectDigest(columnOf(e, column)!, want, 1e-9, column)
      if (digest.technique) expect(e.meta.extra?.technique).toBe(digest.technique)
      if (digest.Device) expect(e.meta.instrument).toBe(digest.Device)
      expect(doubts(e)).toEqual([])
    })

  for (const name of names.filter(n => /\.mpr/.test(n)))
    test(`${name} has the rows, columns and start of its digest`, async () => {
      const e = await load(name)
      const digest = digests[`cycler/biologic/${name}`]!
      expect(e.time.values.length).toBe(digest.data_points)
      expect(doubts(e)).toEqual([])
      const stamp = digest.galvani?.timestamp
      if (stamp && stamp !== 'None')
        expect(formatInstant(e.clock.start!)).toBe(
          stamp
            .replace(' ', 'T')
            .replace(/000$/, '')
            .replace(/0+$/, m => (stamp.includes('.') ? '' : m)),
        )
      for (const [column, want] of Object.entries(digest.galvani?.table ?? {})) {
        const values = columnOf(e, column)
        if (values && digest.data_points! > 0) expectDigest(values, want, 1e-12, column)
      }
    })

  for (const name of names.filter(n => n.endsWith('.mpr') && names.some(m => m.startsWith(n.replace('.mpr', '.mpt')))))
    test(`${name} and its text export are the same record`, async () => {
      const binary = await load(name)
      const text = await load(names.find(m => m.startsWith(name.replace('.mpr', '.mpt')))!)
      expect(binary.time.values.length).toBe(text.time.values.length)
      expectClose(binary.time.values, text.time.values, { rtol: 1e-13 })
      expectClose(binary.potential.values, text.potential.values, { rtol: 1e-7, atol: 1e-12 })
      let compared = 0
      for (const [column, variable] of Object.entries(binary.columns)) {
        const other = columnOf(text, column)
        expect(other, `${column} is in the text export`).toBeDefined()
        // EC-Lab's text export blanks the quality indicators of impedance (-1, or 0 for harmonics) above 100 kHz; the binary file has them
        const blanked = /^(THD|NSD|NSR) | h\d\|\//.test(column) ? binary.columns['freq/Hz']!.values : undefined
        const rows = [...Array.from(other!).keys()].filter(i => !(blanked && blanked[i]! > 1e5))
        expectClose(
          rows.map(i => variable.values[i]!),
          rows.map(i => other![i]!),
          { rtol: 2e-7, atol: 1e-30 },
        )
        expect(variable.unit).toEqual(text.columns[column]?.unit ?? variable.unit)
        compared++
      }
      expect(compared).toBeGreaterThan(1)
      if (text.clock.start) expect(binary.clock.start).toEqual(text.clock.start)
      if (text.meta.extra?.technique) expect(binary.meta.extra?.technique).toBe(text.meta.extra.technique)
      const mass = text.meta.extra?.activeMass_mg
      if (mass !== undefined) expect(binary.meta.extra?.activeMass_mg).toBe(mass)
      expect(binary.mode).toEqual(text.mode.length && !('mode' in text.columns) ? text.mode : binary.mode)
      const scale = Math.max(...Array.from(text.charge.values, Math.abs), 1e-300)
      expectClose(binary.charge.values, text.charge.values, { rtol: 1e-6, atol: scale * 1e-6 })
    })

  test('a current that the binary file lacks is that which EC-Lab computes', async () => {
    for (const [binaryName, textName] of [
      ['gcpl.issue_149.mpr', 'gcpl.issue_149.mpt'],
      ['gcpl.issue_226.CxN.mpr', 'gcpl.issue_226.CxN.mpt'],
      ['gcpl.pr_182.1.mpr', 'gcpl.pr_182.1.mpt.gz'],
    ] as const) {
      const binary = await load(binaryName)
      const text = await load(textName)
      expect(binary.warnings.map(w => w.code)).toEqual(['W_CURRENT'])
      expectClose(binary.current.values, text.current.values, {
        atol: 1e-3 * Math.max(...Array.from(text.current.values, Math.abs)),
      })
    }
  })

  test('impedance rows say so', async () => {
    for (const name of ['peis.issue_149.mpr', 'peis.issue_149.mpt', 'zir.mpr']) {
      const e = await load(name)
      expect(new Set(Array.from(e.mode, m => CYCLING_MODES[m]))).toEqual(new Set(['impedance']))
      expect(e.columns['Re(Z)/Ohm']!.unit.symbol).toBe('Ω')
      expect(e.columns['freq/Hz']!.unit.symbol).toBe('Hz')
    }
    const mixed = await load('mb.issue_223.mpr')
    expect(new Set(Array.from(mixed.mode, m => CYCLING_MODES[m])).size).toBeGreaterThan(1)
  })

  test('the two files of the LiNiO2 run have the charge, half-cycles and start of the reference', async () => {
    const run = sharedPath('data/io/operando/lno-nik-rock')
    const want = JSON.parse(readFileSync(sharedPath('reference/io/operando-lno.json'), 'utf8')).cycler
    const one = await openElectrochemistry(`${run}/220726cell4operandoxas_C06.mpt.gz`)
    const two = await openElectrochemistry(`${run}/220726cell4operandoxascontinuation_C06.mpt.gz`)
    expect([one.time.values.length, two.time.values.length]).toEqual([want.file1.rows, want.file2.rows])
    expect(formatInstant(one.clock.start!)).toBe('2022-07-26T22:38:30.19')
    expect(one.clock.start!.source).toBe('naive')
    expect(
      two.clock.start!.seconds - one.clock.start!.seconds + (two.clock.start!.nanos - one.clock.start!.nanos) / 1e9,
    ).toBeCloseTo(want.file2.offset_s, 6)
    expectClose(one.charge.values.at(-1)! * 1000, want.Q_end_file1, { rtol: 1e-9, peer: 'EC-Lab' })
    expectClose((one.charge.values.at(-1)! + two.charge.values.at(-1)!) * 1000, want.Q_last, { rtol: 1e-9, peer: 'EC-Lab' })
    // EC-Lab counts the rest at the start as a half-cycle of its own; here it belongs to the first
    const starts = Array.from(one.halfCycle.keys()).filter(i => i > 0 && one.halfCycle[i] !== one.halfCycle[i - 1])
    expectClose(
      starts.map(i => one.time.values[i]!),
      want.half_cycle_starts_file1_s.slice(2),
      { atol: 31 },
    ) // one row
    const both = joinElectrochemistry([one, two])
    expectClose(both.charge.values.at(-1)! * 1000, want.Q_last, { rtol: 1e-9, peer: 'EC-Lab' })
    expectClose(Math.max(...both.charge.values) * 1000, want.Q_max, { rtol: 1e-9, peer: 'EC-Lab' })
    expectClose(both.time.values.at(-1)!, want.t_last, { atol: 1e-6, peer: 'EC-Lab' })
    expectClose(both.time.values[want.file1.rows]! - both.time.values[want.file1.rows - 1]!, want.file2.pause_between_files_s, {
      atol: 1e-6,
    })
    expect(one.meta.extra).toMatchObject({ x0: 0.9, activeMass_mg: 7000, molecularWeight: 90.93, channel: '6 (SN 6042)' })
    expect(Object.keys(one.columns).sort()).toEqual(Object.keys(two.columns).sort())
    expect(one.x!.values[0]).toBeCloseTo(0.9, 6)
    const zoned = await openElectrochemistry(`${run}/220726cell4operandoxas_C06.mpt.gz`, { zone: 'Europe/Paris' })
    expect(formatInstant(zoned.clock.start!)).toContain('+02:00')
  })
})

// a folder of one's own, such as the public set of yadg: .mpr files, with their .mpt exports beside them where there are some
const own = process.env.OPERANDO_MPR
const ownNames = own !== undefined && existsSync(own) ? readdirSync(own).filter(name => name.endsWith('.mpr')) : []
describe.skipIf(ownNames.length === 0)('BioLogic files of OPERANDO_MPR', () => {
  for (const name of ownNames)
    test(`${name} parses, and its columns are those of the text beside it`, async () => {
      const binary = await openElectrochemistry(`${own}/${name}`)
      const beside = `${own}/${name.replace(/mpr$/, 'mpt')}`
      if (!existsSync(beside)) return
      const text = await openElectrochemistry(beside).catch((error: unknown) => {
        // EC-Lab has written exports with more labels than columns
        if (isOperandoError(error, 'E_FORMAT')) return undefined
        throw error
      })
      if (!text) return
      expect(binary.time.values.length).toBe(text.time.values.length)
      expectClose(binary.time.values, text.time.values, { rtol: 1e-9, atol: 1e-6 })
      for (const [column, variable] of Object.entries(binary.columns)) {
        const exported = text.columns[column]
        if (!exported) continue
        const scale = Math.max(...Array.from(exported.values, Math.abs), 1e-300)
        // the export has -1 and 0 for distortions and harmonics that EC-Lab did not evaluate
        const distortion = /^(THD|NS[DR]) |^\|.* h\d\|/.test(column)
        const told = Array.from(exported.values, (v, i) => (distortion && (v === -1 || v === 0) ? variable.values[i]! : v))
        expectClose(variable.values, told, { rtol: 1e-6, atol: 1e-6 * scale })
      }
    })
})
