import { isOperandoError } from 'operando'
import { type OpenedDataset, type OpenOptions, open } from 'operando/io'
import { describe, expect, test } from 'vitest'
import { brmlBytes, raw101Bytes, raw400Bytes, xrdmlBytes } from './scanBytes.js'

const read = async (name: string, bytes: Uint8Array, options?: OpenOptions): Promise<OpenedDataset> => {
  const opened = await open({ name, bytes }, options)
  if (opened.kind !== 'dataset') throw new Error(opened.kind)
  return opened
}
const refusal = async (name: string, bytes: Uint8Array): Promise<string> => {
  try {
    await open({ name, bytes })
  } catch (error) {
    if (isOperandoError(error)) return `${error.code} ${error.message}`
    throw error
  }
  return 'none'
}
const counts = [4, 9, 16]

test('one scan is a pattern over 2theta, whoever made the file', async () => {
  for (const [name, bytes] of [
    ['a.xrdml', xrdmlBytes([{ counts }])],
    ['a.brml', brmlBytes(counts)],
    ['a.raw', raw101Bytes([counts])],
    ['b.raw', raw400Bytes([counts])],
    ['c.raw', raw400Bytes([counts], 4)],
  ] as const) {
    const { dataset } = await read(name, bytes)
    expect(dataset.dims, name).toEqual(['twoTheta'])
    expect([...dataset.values], name).toEqual(counts)
    expect([...dataset.coords.twoTheta!.values], name).toEqual([10, 10.5, 11])
    expect(dataset.unit.symbol, name).toBe('counts')
    expect(dataset.sigma, name).toBeUndefined()
    expect(dataset.meta.extra, name).toMatchObject({ exposure: 2.5 })
  }
})

test('the wavelength, the sample and the moment are read', async () => {
  const xrdml = await read('a.xrdml', xrdmlBytes([{ counts }]))
  expect(xrdml.dataset.meta).toMatchObject({ wavelength: 1.540598, sample: 'NMC & binder', start: { source: 'offset' } })
  expect((await read('a.brml', brmlBytes(counts))).dataset.meta).toMatchObject({ wavelength: 1.5406, extra: { anode: 'Cu' } })
  expect((await read('a.raw', raw101Bytes([counts]))).dataset.meta).toMatchObject({ wavelength: 1.5406, sample: 'LFP' })
  expect((await read('a.raw', raw400Bytes([counts]))).dataset.meta).toMatchObject({ sample: 'TiO2', extra: { Phi: 7.5 } })
})

test('a date that could be two is left out aloud, until the order is told', async () => {
  const bytes = raw101Bytes([counts], '03/04/2021')
  const doubt = await read('a.raw', bytes)
  expect(doubt.dataset.meta.start).toBeUndefined()
  expect(doubt.warnings.map(w => w.code)).toEqual(['W_TIME'])
  const told = await read('a.raw', bytes, { dateOrder: 'day-first' })
  expect(told.dataset.meta.start?.seconds).toBe(Date.UTC(2021, 3, 3, 10, 20, 30) / 1000)
})

test('scans of one grid are frames on the clock of their starts', async () => {
  const { dataset } = await read('a.xrdml', xrdmlBytes([{ counts }, { counts: [1, 2, 3], start: '2024-03-08T12:13:20-06:00' }]))
  expect(dataset.dims).toEqual(['frame', 'twoTheta'])
  expect([...dataset.values]).toEqual([4, 9, 16, 1, 2, 3])
  expect([...dataset.coords.time!.values]).toEqual([0, 3600])
})

test('ranges of another grid stand apart', async () => {
  const { dataset, others } = await read('a.raw', raw101Bytes([counts, [1, 2]]))
  expect(dataset.shape).toEqual([3])
  expect(others.map(other => other.shape)).toEqual([[2]])
})

describe('attenuation', () => {
  test('counts behind an absorber are multiplied, and their uncertainty with them', async () => {
    const { dataset } = await read('a.xrdml', xrdmlBytes([{ counts, factors: [1, 10, 10] }]))
    expect([...dataset.values]).toEqual([4, 90, 160])
    expect([...dataset.sigma!]).toEqual([2, 30, 40])
    const bruker = await read('a.brml', brmlBytes(counts, 10))
    expect([...bruker.dataset.sigma!]).toEqual([20, 30, 40])
  })

  test('intensities are corrected already: only their uncertainty needs the factor', async () => {
    const { dataset } = await read('a.xrdml', xrdmlBytes([{ counts: [4, 90, 160], factors: [1, 10, 10], tag: 'intensities' }]))
    expect([...dataset.values]).toEqual([4, 90, 160])
    expect([...dataset.sigma!]).toEqual([2, 30, 40])
  })
})

test('listed positions are taken as they are; fewer or more than the counts are refused', async () => {
  const listed = await read('a.xrdml', xrdmlBytes([{ counts, positions: '<listPositions>10 10.1 11</listPositions>' }]))
  expect([...listed.dataset.coords.twoTheta!.values]).toEqual([10, 10.1, 11])
  const short = xrdmlBytes([{ counts, positions: '<listPositions>10 10.1</listPositions>' }])
  expect(await refusal('a.xrdml', short)).toMatch(/^E_FORMAT.*2 positions and 3 intensities/)
})

test('a cut file, a word among the numbers, entities of its own are refused with their place', async () => {
  const whole = xrdmlBytes([{ counts }])
  expect(await refusal('a.xrdml', whole.subarray(0, whole.length - 60))).toMatch(/^E_TRUNCATED a\.xrdml line \d+/)
  const text = new TextDecoder().decode(whole)
  const change = (from: string, to: string): Uint8Array => new TextEncoder().encode(text.replace(from, to))
  expect(await refusal('a.xrdml', change('4 9 16', '4 x 16'))).toMatch(/^E_FORMAT.*scan 0.*found "x"/)
  expect(await refusal('a.xrdml', change('<xrdMeasurements', '<!DOCTYPE a [<!ENTITY b "c">]><xrdMeasurements'))).toMatch(
    /^E_UNSUPPORTED/,
  )
  const cut = raw400Bytes([counts]).subarray(0, -3)
  expect(await refusal('a.raw', cut)).toMatch(/^E_TRUNCATED.*3 points are announced, 2 are there/)
  expect((await read('a.raw', cut, { lenient: true })).dataset.shape).toEqual([2])
  expect(await refusal('a.raw', new TextEncoder().encode(`RAW2${'\0'.repeat(200)}`))).toMatch(/^E_UNSUPPORTED.*"RAW2\.\.\."/)
})
