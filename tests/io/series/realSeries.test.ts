import { readFileSync } from 'node:fs'
import { assumeZone, type Dataset, type Electrochemistry, joinElectrochemistry } from 'operando'
import { open, openElectrochemistry, openFrameTable, openSeries, seriesOf } from 'operando/io/node'
import { ECHEM_FLAGS, synchronize } from 'operando/series'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

const array = async (path: string) => {
  const opened = await open(sharedPath(path))
  if (opened.kind !== 'arrays') throw new Error(opened.kind)
  return opened.arrays.data!
}
const lno = 'data/io/operando/lno-nik-rock'
const lcov = 'data/io/operando/lcov-labxrd'

async function openLno(): Promise<Dataset<'frame' | 'energy'>> {
  const log = await openFrameTable(sharedPath(`${lno}/frames.csv`))
  const { time, exposure } = log.coords
  return seriesOf(
    await array(`${lno}/spectra_norm_f32.npy`),
    { frame: 'index', energy: { values: await array(`${lno}/energy_eV_f64.npy`), unit: 'eV' } },
    {
      name: 'normalized',
      coords: { time: { dims: ['frame'], ...time! }, exposure: { dims: ['frame'], ...exposure! } },
      meta: { sample: 'LiNiO2', start: log.start },
    },
  )
}

async function openLnoRecord(): Promise<Electrochemistry> {
  const files = ['220726cell4operandoxas_C06.mpt.gz', '220726cell4operandoxascontinuation_C06.mpt.gz']
  return joinElectrochemistry(await Promise.all(files.map(file => openElectrochemistry(sharedPath(`${lno}/${file}`)))))
}

describe.skipIf(!hasSharedData)('the LiNiO2 series with its two potentiostat files', () => {
  const reference = hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/io/operando-lno.json'), 'utf8')) : undefined

  test('log, spectra and axis make one series', async () => {
    const series = await openLno()
    expect(series.shape).toEqual([229, series.coords.energy!.values.length])
    expect(series.coords.time!.values.length).toBe(229)
    expect(series.coords.exposure!.values[0]).toBe(65.003889607)
    expect(series.meta.start).toMatchObject({ source: 'naive', seconds: Date.UTC(2022, 6, 26, 23, 1, 58) / 1000, nanos: 55e6 })
  })

  test('the two records join by their wall clocks, the charge runs on over the pause', async () => {
    const record = await openLnoRecord()
    expect(record.time.values.length).toBe(6333 + 1402)
    const { cycler } = reference
    expectClose([record.time.values[6333]! - record.time.values[6332]!], [cycler.file2.pause_between_files_s], { atol: 1e-6 })
    const charge = Float64Array.from(record.charge.values)
    expectClose([charge[7734]!, charge.reduce((x, y) => Math.max(x, y))], [cycler.Q_last / 1000, cycler.Q_max / 1000], {
      rtol: 1e-9,
    })
    expect(record.warnings.map(w => w.code)).toContain('W_GAP')
  })

  test('each frame gets the voltage of its own minutes, and frames outside the rows get none', async () => {
    const series = await openLno()
    const record = await openLnoRecord()
    const run = synchronize(series, record)
    const voltage = run.coords.voltage!.values
    const coverage = run.coords.coverage!.values
    // the wall clocks overlap for all 229 frames, but for a pause of 26.5 s
    expect([...coverage].filter(c => c === 1).length).toBeGreaterThanOrEqual(228)
    // a peer's straight lines between rows, 65 s after each start
    const { time, exposure } = series.coords
    const moments = Float64Array.from(time!.values, (t, i) => t + exposure!.values[i]!)
    const at = synchronize({ ...series, coords: { ...series.coords, time: { ...time!, values: moments } } }, record, {
      exposure: 0,
    })
    const { frames } = reference
    expectClose(
      moments.map(t => t + 1407.865),
      frames.mid_s,
      { atol: 1e-6 },
    )
    expectClose(at.coords.voltage!.values, frames.V, { atol: 1e-9 })
    expectClose(
      Float64Array.from(at.coords.charge!.values, q => q * 1000),
      frames.Q_mAh,
      { atol: 1e-9 },
    )
    // and the mean over the exposure is near it, in this slow cell
    expectClose(voltage, frames.V, { atol: 0.05 })
    // with the first file only, the frames after its end have no voltage: never the last one
    const first = await openElectrochemistry(sharedPath(`${lno}/220726cell4operandoxas_C06.mpt.gz`))
    const half = synchronize(series, first)
    const end = first.time.values[first.time.values.length - 1]!
    const outside = [...Array(229).keys()].filter(i => series.coords.time!.values[i]! + 1407.865 > end)
    expect(outside.length).toBeGreaterThan(20)
    for (const i of outside) {
      expect(half.coords.voltage!.values[i]).toBeNaN()
      expect(half.coords.echemFlags!.values[i]).toBe(ECHEM_FLAGS.uncovered)
    }
    expect(half.coords.voltage!.values[outside[0]! - 2]).not.toBeNaN()
  })

  test('clocks that share no moment are refused, with both ranges', async () => {
    const series = await openLno()
    const record = await openLnoRecord()
    const wrong = {
      ...record,
      clock: { ...record.clock, start: { ...record.clock.start!, seconds: record.clock.start!.seconds + 30 * 86400 } },
    }
    expect(() => synchronize(series, wrong)).toThrow(
      /share no moment: the rows run from 2022-08-25T22:38:30.*the frames from 2022-07-26T23:01:58/,
    )
    const zoned = { ...record, clock: { ...record.clock, start: assumeZone(record.clock.start!, 'Europe/Paris') } }
    expect(() => synchronize(series, zoned)).toThrow(/zone/)
  })

  test('the raw spectra open as a series of files', async () => {
    const series = await openSeries(sharedPath(`${lno}/raw`), { axis: 'energy', units: { energy: 'eV' } })
    expect(series.shape).toEqual([5, 1649])
    expect(series.coords.time!.values[4]).toBeCloseTo(172612.296, 6) // 47 h 56 min 52.296 s
    // another column of the same files
    const reference = await openSeries(sharedPath(`${lno}/raw`), { dataset: 'reference' })
    expect(reference.values[0]).toBe(1.034688)
  })
})

describe.skipIf(!hasSharedData)('the laboratory series', () => {
  test('100 patterns, their axis and the step of the scans make one run with voltage', async () => {
    const time = Float64Array.from({ length: 100 }, (_, i) => i * 1140)
    const run = seriesOf(
      await array(`${lcov}/intensity_f32.npy`),
      { frame: 'index', twoTheta: { values: await array(`${lcov}/two_theta_deg_f64.npy`), unit: 'deg' } },
      { unit: 'counts', coords: { time: { dims: ['frame'], values: time, unit: 's' } } },
    )
    expect(run.shape).toEqual([100, 3517])
    const record = await openElectrochemistry(sharedPath(`${lcov}/charge.txt`), {
      format: 'cycler-text',
      columns: ['time', 'potential', 'current'],
      units: { potential: 'V', current: 'mA' },
      currentSign: 'from-potential',
    })
    // charged for fifteen hours, then discharged with half the current
    expect([record.time.values.length, record.time.values[906], record.time.values[1612]]).toEqual([1613, 54001, 96001])
    expectClose([record.current.values[500]!, record.current.values[1200]!], [0.039, -0.019], { rtol: 1e-12 })
    const synced = synchronize(run, record, { exposure: 1140, clock: { offset: 0, rate: 1, sigma: 1, pairs: [] } })
    const voltage = synced.coords.voltage!.values
    const top = voltage.indexOf([...voltage].reduce((a, b) => (b > a ? b : a), 0))
    expect(top).toBeGreaterThanOrEqual(45)
    expect(top).toBeLessThanOrEqual(47)
    expect(voltage[99]).toBeNaN() // the record ends at 96001 s
  })

  test('the raw scans in cp1251 open as a folder, in the order of their numbers', async () => {
    const series = await openSeries(sharedPath(`${lcov}/raw`), { encoding: 'windows-1251', axis: 'twoTheta' })
    expect([...series.coords.fileNumber!.values]).toEqual([1, 25, 50, 75, 100])
    const all = await array(`${lcov}/intensity_f32.npy`)
    for (const [i, n] of [1, 25, 50, 75, 100].entries()) {
      const own = Float32Array.from(series.values.subarray(i * 3517, (i + 1) * 3517))
      expect(own).toEqual((all.values as Float32Array).slice((n - 1) * 3517, n * 3517))
    }
    expect(series.coords.time).toBeUndefined() // all files bear the time of their export
  })

  test('the two-phase series: 181 sums with their axis, and the scans they come from', async () => {
    const lfp = 'data/scattering/operando_xrd_LFP'
    const sums = seriesOf(
      await array(`${lfp}/counts_sum10_181x6487_u16.npy.gz`),
      { frame: 'index', q: { values: await array(`${lfp}/q_f64.npy.gz`), unit: '1/Å' } },
      { unit: 'counts' },
    )
    expect(sums.shape).toEqual([181, 6487])
    const scans = await openSeries(sharedPath(lfp), {
      match: '2023*.xy.gz',
      columns: ['q', 'I'],
      units: { q: '1/Å', I: 'counts' },
      axis: 'q',
    })
    expect(scans.shape).toEqual([3, 6487])
    expectClose(scans.coords.q!.values, sums.coords.q!.values, { rtol: 1e-7 })
    expect(scans.warnings).toEqual([])
  })
})
