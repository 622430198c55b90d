import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { simulatedPhases } from '../../examples/demo/simulated.js'
import {
  createDataset,
  createElectrochemistry,
  type Dataset,
  differenceSeconds,
  type Electrochemistry,
  joinElectrochemistry,
  parseInstant,
} from '../../src/index.js'
import { open, openElectrochemistry } from '../../src/io/index.node.js'
import { synchronize } from '../../src/series/index.js'
import { operandoDiffraction } from '../../src/workflow/index.node.js'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'

const folder = mkdtempSync(join(tmpdir(), 'operando-real-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function numbers(path: string): Promise<Float64Array> {
  const opened = await open(sharedPath(path))
  if (opened.kind !== 'arrays') throw new Error(`${path} holds ${opened.kind}`)
  return Float64Array.from(opened.arrays.data!.values as ArrayLike<number>)
}

async function lcov(): Promise<Dataset> {
  const base = 'data/io/operando/lcov-labxrd'
  const twoTheta = await numbers(`${base}/two_theta_deg_f64.npy`)
  const values = await numbers(`${base}/intensity_f32.npy`)
  const coords = { twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' } }
  return createDataset({ name: 'I', dims: ['frame', 'twoTheta'], shape: [100, twoTheta.length], values, unit: '', coords })
}

/** charge.txt: hh:mm:ss, V, |I| without unit: 39 on charge, 19 on discharge. */
function lcovRecord(): Electrochemistry {
  const rows = readFileSync(sharedPath('data/io/operando/lcov-labxrd/charge.txt'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map(l => l.trim().split(/\s+/))
  const seconds = rows.map(([clock]) => clock!.split(':').reduce((sum, part) => 60 * sum + Number(part), 0))
  const turn = rows.findIndex(([, , i]) => Number(i) === 19)
  return createElectrochemistry({
    time: seconds,
    potential: rows.map(row => Number(row[1])),
    current: rows.map((row, k) => (k < turn ? 1 : -1) * Number(row[2]) * 1e-6),
  })
}

const CU = { wavelengths: [1.5406, 1.54439], ratio: 0.5 } as const

describe.skipIf(!hasSharedData)('a solid solution: 100 laboratory patterns with voltage', () => {
  it('a of the 440 line goes 8.270, 8.175, 8.273 Å and turns at scan 47', async () => {
    const lines = [{ name: '440', range: [62.6, 64.75] as const, cubicHkl: [4, 4, 0] as const }]
    const config = {
      patterns: await lcov(),
      electrochemistry: lcovRecord(),
      doublet: CU,
      interval: 1140,
      lines,
      output: join(folder, 'lcov'),
    }
    const result = await operandoDiffraction(config)
    const a = result.trends['440.a']!
    expect(result.failed).toEqual([])
    expectClose(a.values[0]!, 8.27, { atol: 5e-4 })
    expectClose(a.values[99]!, 8.273, { atol: 1e-3 })
    const smooth = Array.from({ length: 98 }, (_, i) => (a.values[i]! + a.values[i + 1]! + a.values[i + 2]!) / 3)
    const turn = smooth.indexOf(Math.min(...smooth)) + 1
    // at the turn the line is weak and wide: uncertainty 0.0015 Å
    expectClose(a.values[turn]!, 8.175, { atol: 3e-3 })
    expect(Math.abs(turn - 46)).toBeLessThanOrEqual(1)
    // the same doublet, line by line, by scipy
    const peer = JSON.parse(readFileSync(sharedPath('reference/scattering/h_real.json'), 'utf8')).lcov.rows as {
      '440': { a_raw: number }
    }[]
    for (const [i, row] of peer.entries()) expectClose(a.values[i]!, row['440'].a_raw, { atol: Math.max(5e-4, 3 * a.sigma![i]!) })
    expect(result.mechanisms[0]!.verdict).toBe('solid solution')
    // the record and the scans began together; the turn tells that within two scans
    expect(result.clock!.source).toBe('turning-points')
    expect(Math.abs(result.clock!.relation.offset)).toBeLessThan(2 * 1140)
  })

  it('without being told what to look for finds the lines that move', async () => {
    const result = await operandoDiffraction({
      patterns: await lcov(),
      doublet: CU,
      interval: 1140,
      output: join(folder, 'auto'),
    })
    const moving = result.mechanisms.filter(m => m.verdict === 'solid solution').map(m => Number.parseFloat(m.subject.slice(5)))
    expect(result.linesFound).toBe(true)
    // 220 and 440
    expect(moving.some(angle => Math.abs(angle - 30.7) < 0.3)).toBe(true)
    expect(moving.some(angle => Math.abs(angle - 63.9) < 0.4)).toBe(true)
  })

  it('told nothing of the second wavelength, still follows the 440 line, not the foil beside it', async () => {
    const { lines, trends } = await operandoDiffraction({ patterns: await lcov(), wavelength: 1.5406, interval: 1140 })
    const line = lines.find(({ range }) => range[0] < 64 && range[1] > 64)!
    const a = Array.from(trends[`${line.name}.d`]!.values, d => d * Math.sqrt(32))
    // the mean of both wavelengths taken for the first: a third of their distance, 8e-4 of a, too short
    expectClose(a[0]!, 8.27, { atol: 7e-3 })
    expectClose(Math.min(...a), 8.175, { atol: 7e-3 })
    expectClose(a[99]!, 8.273, { atol: 8e-3 })
  })
})

async function lfp(): Promise<Dataset> {
  const base = 'data/scattering/operando_xrd_LFP'
  const q = await numbers(`${base}/q_f64.npy.gz`)
  const values = await numbers(`${base}/counts_sum10_181x6487_u16.npy.gz`)
  return createDataset({
    name: 'I',
    dims: ['frame', 'q'],
    shape: [181, q.length],
    values,
    unit: 'counts',
    coords: { q: { dims: ['q'], values: q, unit: '1/Å' } },
  })
}

describe.skipIf(!hasSharedData)('a two-phase reaction: 1819 scans of LiFePO4 in 181 sums, no voltage', () => {
  it('fractions follow the regression on end members over five cycles', { timeout: 180_000 }, async () => {
    const config = {
      patterns: await lfp(),
      wavelength: 0.559407,
      polarization: 0.95,
      interval: 3000,
      // below, lines are skewed by axial divergence and lithium's single crystals flash up
      range: [16.9, 25.7] as const,
      phases: simulatedPhases().filter(phase => phase.couple),
      background: 10,
      output: join(folder, 'lfp'),
    }
    const result = await operandoDiffraction(config)
    const fraction = result.trends['FePO4.fraction']!
    expect(result.failed).toEqual([])
    expect(result.mechanisms[0]!.verdict).toBe('two-phase')
    // the peer's fractions count from the first and to the most delithiated frames, which are not pure: equal but for zero and scale
    const { fraction_Q3p3_5p0: peer } = JSON.parse(readFileSync(sharedPath('reference/scattering/h_real.json'), 'utf8'))
      .lfp as Record<string, number[]>
    const { slope, rms } = straightLine(peer!, [...fraction.values])
    expect(rms / slope).toBeLessThan(0.03)
    expect(slope).toBeGreaterThan(0.75)
    expect(slope).toBeLessThan(1.05)
    // five sawteeth: it crosses one half ten times, or nine if the last tooth is cut
    const crossings = [...fraction.values].filter((f, i, all) => i > 0 && (f - 0.5) * (all[i - 1]! - 0.5) < 0).length
    expect(crossings).toBeGreaterThanOrEqual(8)
    expect(crossings).toBeLessThanOrEqual(10)
  })
})

describe.skipIf(!hasSharedData)('a series of spectra with two potentiostat files: LiNiO2 at the Ni edge', () => {
  it('opens and synchronises: no frame without voltage, one charge over both files', async () => {
    const base = 'data/io/operando/lno-nik-rock'
    const records = ['220726cell4operandoxas_C06', '220726cell4operandoxascontinuation_C06']
    const cell = joinElectrochemistry(
      await Promise.all(records.map(name => openElectrochemistry(sharedPath(`${base}/${name}.mpt.gz`)))),
    )
    const rows = readFileSync(sharedPath(`${base}/frames.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(row => row.split(','))
    const starts = rows.map(row => parseInstant(row[2]!))
    const energy = await numbers(`${base}/energy_eV_f64.npy`)
    const values = await numbers(`${base}/spectra_norm_f32.npy`)
    const run = createDataset({
      name: 'mu',
      dims: ['frame', 'energy'],
      shape: [rows.length, energy.length],
      values,
      unit: '',
      coords: {
        energy: { dims: ['energy'], values: energy, unit: 'eV' },
        time: { dims: ['frame'], values: starts.map(start => differenceSeconds(start, starts[0]!)), unit: 's' },
        exposure: { dims: ['frame'], values: rows.map(row => Number(row[3])), unit: 's' },
      },
      meta: { start: starts[0] },
    })
    const { coords, warnings } = synchronize(run, cell)
    expect(rows).toHaveLength(229)
    expect([...coords.voltage!.values].every(v => v > 2.9 && v < 4.35)).toBe(true)
    const peer = JSON.parse(readFileSync(sharedPath('reference/io/operando-lno.json'), 'utf8')).cycler as { Q_max: number }
    // Q of the whole run in mA h, the second file continued from the end of the first
    const charge = [...coords.charge!.values]
    expect(1000 * Math.max(...charge)).toBeGreaterThan(0.97 * peer.Q_max)
    expect(1000 * Math.max(...charge)).toBeLessThanOrEqual(peer.Q_max * (1 + 1e-6))
    expect(warnings.map(w => w.code)).toContain('W_NAIVE_CLOCKS')
  })
})

/** y against x: slope, and root mean square of what is left. */
function straightLine(x: readonly number[], y: readonly number[]): { slope: number; rms: number } {
  const mean = (v: readonly number[]): number => v.reduce((sum, a) => sum + a, 0) / v.length
  const [mx, my] = [mean(x), mean(y)]
  const slope = x.reduce((sum, v, i) => sum + (v - mx) * (y[i]! - my), 0) / x.reduce((sum, v) => sum + (v - mx) ** 2, 0)
  return { slope, rms: Math.sqrt(mean(x.map((v, i) => (y[i]! - my - slope * (v - mx)) ** 2))) }
}
