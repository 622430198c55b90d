import { createDataset, type Dataset, type Electrochemistry, isOperandoError, unit, type Variable } from 'operando'
import { open, readNexus, writeNexus } from 'operando/io'
import { describe, expect, it } from 'vitest'

const series: Dataset<'frame' | 'q'> = createDataset({
  name: 'I',
  label: 'Intensity',
  dims: ['frame', 'q'],
  shape: [3, 4],
  values: Float32Array.from({ length: 12 }, (_, i) => (i === 5 ? Number.NaN : i * 1.5)),
  sigma: Float32Array.from({ length: 12 }, (_, i) => Math.sqrt(i)),
  unit: 'counts',
  mask: Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
  coords: {
    q: { dims: ['q'], values: Float64Array.of(0.5, 1, 1.5, 2, 2.5), unit: '1/Å', edges: true, label: 'Scattering vector' },
    time: { dims: ['frame'], values: [0, 60, 180], unit: 's', sigma: [0.1, 0.1, 0.2] },
    voltage: { dims: ['frame'], values: [3.4, 3.5, Number.NaN], unit: 'V vs Li/Li+' },
    'ratio (a/b)': { dims: ['frame'], values: Int16Array.of(-1, 0, 1), unit: '' },
    temperature: { dims: [], values: [298.15], unit: 'K' },
    background: { dims: ['frame', 'q'], shape: [3, 4], values: new Uint16Array(12).fill(7), unit: 'counts' },
  },
  meta: {
    sample: 'LiFePO₄ vs Li',
    energy: 30000,
    start: { seconds: 1658869318, nanos: 55_000_000, source: 'offset', zone: '+02:00' },
    sources: [{ name: 'frame_0001.xy', sha256: 'ab'.repeat(32) }],
    extra: { 'detector distance': 0.25, flags: [1, 2, 3], nothing: null },
  },
  history: [
    { op: 'open', version: '0.1.0', parameters: { file: 'frames' } },
    { op: 'rebin', version: '0.1.0', parameters: { step: 0.5 }, inputs: ['I'] },
  ],
  warnings: [{ code: 'W_CLOCK', message: 'one frame lies outside the cycler record', place: 'frame 2' }],
})

const row = (values: number[], symbol: string): Variable<'row'> => ({
  dims: ['row'],
  shape: [values.length],
  values: Float64Array.from(values),
  unit: unit(symbol),
})

const record: Electrochemistry = {
  time: row([0, 10, 20], 's'),
  potential: row([3.1, 3.2, 3.3], 'V'),
  current: row([0, 1e-3, 1e-3], 'A'),
  charge: row([0, 2e-6, 5e-6], 'A h'),
  step: Int32Array.of(0, 1, 1),
  cycle: Int32Array.of(0, 0, 0),
  halfCycle: Int32Array.of(0, 0, 0),
  mode: Uint8Array.of(1, 2, 2),
  columns: { '(Q-Qo)/mA.h': row([0, 2e-3, 5e-3], 'mA h'), unknown_473: row([1, 2, 3], '') },
  clock: { start: { seconds: 1658868000, nanos: 0, source: 'naive' }, offset: -37, rate: 1, sigma: 2, pairs: [[0, -37]] },
  segments: [{ file: 'cell.mpt', from: 0, to: 3 }],
  meta: { extra: { technique: 'GCPL' } },
  warnings: [],
}

describe('NeXus', () => {
  it('gives a Dataset back identical: values, units, sigma, edges, mask, coordinates, meta, history, warnings', async () => {
    const { datasets } = await readNexus(await writeNexus({ datasets: [series] }))
    expect(datasets).toHaveLength(1)
    expect(datasets[0]).toEqual(series)
    expect(datasets[0]!.values).toBeInstanceOf(Float32Array)
    expect(datasets[0]!.coords['ratio (a/b)']!.values).toBeInstanceOf(Int16Array)
  })

  it('gives complex and empty Datasets and single numbers back identical', async () => {
    const field = createDataset({
      name: 'psi',
      dims: ['y', 'x'],
      shape: [1, 2],
      values: [1, -1, 0.5, 2],
      unit: '',
      complex: true,
    })
    const empty = createDataset({ name: 'none', dims: ['frame', 'q'], shape: [0, 5], values: [], unit: 'counts' })
    const number = createDataset({ name: 'a', dims: [], values: [3.61], sigma: [0.01], unit: 'Å' })
    const { datasets } = await readNexus(await writeNexus({ datasets: [field, empty, number] }))
    expect(datasets).toEqual([field, empty, number])
  })

  it('keeps every array type', async () => {
    const types = [Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Uint8Array, Uint16Array, Uint32Array]
    const all = types.map(type => createDataset({ name: type.name, dims: ['i'], values: type.from([1, 2, 3]), unit: 'm' }))
    const { datasets } = await readNexus(await writeNexus({ datasets: all }))
    expect(datasets.map(ds => ds.values.constructor.name)).toEqual(types.map(type => type.name))
  })

  it('gives cycler records back identical, with columns of any name', async () => {
    const { electrochemistry } = await readNexus(await writeNexus({ electrochemistry: { 'cell 4': record } }))
    expect(electrochemistry).toEqual({ 'cell 4': record })
    expect(Object.keys(electrochemistry['cell 4']!.columns)).toEqual(['(Q-Qo)/mA.h', 'unknown_473'])
  })

  it('compresses large arrays without changing them', async () => {
    const large = createDataset({
      name: 'I',
      dims: ['frame', 'q'],
      shape: [100, 1000],
      values: new Float32Array(100_000).fill(2),
      unit: 'counts',
    })
    const bytes = await writeNexus({ datasets: [large] })
    expect(bytes.length).toBeLessThan(50_000)
    expect((await readNexus(bytes)).datasets[0]).toEqual(large)
  })

  it('opens through open() as the default plot', async () => {
    const opened = await open({
      name: 'run.nxs',
      bytes: await writeNexus({ datasets: [series], electrochemistry: { cell: record } }),
    })
    expect(opened.kind).toBe('dataset')
    expect(opened.warnings.map(w => w.code)).toContain('W_MORE')
  })

  it('names what is wrong: cut files, other bytes, missing paths, endings that NeXus keeps for itself', async () => {
    const bytes = await writeNexus({ datasets: [series] })
    const codeOf = async (run: () => Promise<unknown>): Promise<string> =>
      run().then(
        () => 'nothing thrown',
        error => (isOperandoError(error) ? `${error.code} ${error.message}` : String(error)),
      )
    expect(await codeOf(() => readNexus(bytes.slice(0, bytes.length / 2), { file: 'cut.nxs' }))).toMatch(/^E_FORMAT cut\.nxs/)
    expect(await codeOf(() => readNexus(new Uint8Array(100), { file: 'zero.nxs' }))).toMatch(
      /^E_FORMAT zero\.nxs: an HDF5 signature/,
    )
    expect(await codeOf(() => readNexus(bytes, { path: '/entry/none' }))).toMatch(/^E_MISSING .*\/entry\/I/)
    const clash = createDataset({
      name: 'I',
      dims: ['q'],
      values: [1],
      unit: '',
      coords: { I_errors: { dims: ['q'], values: [1], unit: '' } },
    })
    expect(await codeOf(() => writeNexus({ datasets: [clash] }))).toMatch(/^E_ARGUMENT .*I_errors/)
  })
})
