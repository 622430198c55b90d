import { readFileSync } from 'node:fs'
import type { Dataset } from 'operando'
import { open, openSeries } from 'operando/io/node'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'

interface Digest {
  shape: number[]
  sum: number
  first: (number | null)[]
  last: number[]
  at: Record<string, number>
  nan: number
  dtype: string
}
interface Entry {
  data: Digest | Digest[]
}
const load = async (name: string): Promise<Dataset> => {
  const opened = await open(sharedPath(`data/io/synthetic/${name}`))
  if (opened.kind !== 'dataset') throw new Error(opened.kind)
  return opened.dataset
}
const arrayOf: Record<string, string> = { int32: 'Int32Array', uint16: 'Uint16Array', uint8: 'Uint8Array', uint32: 'Uint32Array' }

function expectDigest(values: ArrayLike<number>, digest: Digest): void {
  const list = Array.from(values, v => (Number.isNaN(v) ? null : v))
  expect(list.slice(0, digest.first.length)).toEqual(digest.first)
  expect(list.slice(-digest.last.length)).toEqual(digest.last)
  expect(list.filter(v => v === null).length).toBe(digest.nan)
  for (const [index, value] of Object.entries(digest.at)) expect(list[Number(index)]).toBe(value)
  const sum = list.reduce<number>((total, v) => total + (v ?? 0), 0)
  expectClose(sum, digest.sum, { rtol: 1e-12 })
}

describe.skipIf(!hasSharedData)('detector images', () => {
  const { files } = (
    hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/io/formats-synthetic.json'), 'utf8')) : { files: {} }
  ) as { files: Record<string, Entry> }
  const names = Object.keys(files).filter(name => /\.(tif|edf|edf\.gz|cbf|mccd)$/.test(name))

  test.each(names)('%s matches the digest that other readers gave', async name => {
    const { data } = files[name]!
    const image = await load(name)
    if (Array.isArray(data)) {
      const size = image.values.length / data.length
      expect(image.shape).toEqual([data.length, ...data[0]!.shape])
      data.forEach((digest, i) => {
        expectDigest(image.values.subarray(i * size, (i + 1) * size), digest)
      })
      return
    }
    expect(image.shape).toEqual(data.shape)
    expectDigest(image.values, data)
    if (arrayOf[data.dtype]) expect(image.values.constructor.name).toBe(arrayOf[data.dtype])
  })

  test('gaps of hybrid pixel detectors are masked, in CBF and in TIFF', async () => {
    for (const name of ['pilatus.cbf', 'i32_pilatus.tif']) {
      const image = await load(name)
      expect(image.mask?.reduce((n, bad) => n + bad, 0)).toBe(525)
      expect(image.unit.symbol).toBe('counts')
    }
  })

  test('headers come in the units of the house, names with their values', async () => {
    const pilatus = await load('pilatus.cbf')
    expect(pilatus.meta).toMatchObject({
      wavelength: 0.6889,
      extra: { distance: 0.25, exposure: 0.5, pixelSize: [0.000172, 0.000172], beam: [58.95, 53.35] },
    })
    const edf = await load('u16.edf')
    expect(edf.meta.extra).toMatchObject({
      exposure: 0.5,
      motors: { sy: 1.25, sz: -3.5, phi: 90 },
      counters: { mon: 1e6, ion2: 812345 },
    })
    expect(edf.meta).toMatchObject({ sample: 'LNO cell 4', start: { seconds: 1658869318, source: 'utc' } })
  })

  test('a real frame of a PILATUS 1M opens with mask and geometry', async () => {
    const opened = await open(sharedPath('data/scattering/frames/CeO2_Pilatus1M.tif.gz'))
    expect(opened).toMatchObject({ kind: 'dataset', dataset: { dims: ['y', 'x'], shape: [1043, 981] } })
    if (opened.kind === 'dataset') expect(opened.dataset.mask?.reduce((n, bad) => n + bad, 0)).toBe(73560)
  })

  test('images of one size make a series', async () => {
    const paths = ['u16.edf', 'u16.edf.gz'].map(name => sharedPath(`data/io/synthetic/${name}`))
    const series = await openSeries(paths)
    expect(series.dims).toEqual(['frame', 'y', 'x'])
    expect(series.shape).toEqual([2, 97, 131])
  })
})
