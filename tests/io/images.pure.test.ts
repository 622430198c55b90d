import { gzipSync, zlibSync } from 'fflate'
import { isOperandoError } from 'operando'
import { type OpenedDataset, type OpenOptions, open } from 'operando/io'
import { describe, expect, test } from 'vitest'
import { cbfBytes, edfBytes, marccdBytes, tiffBytes } from './imageBytes.js'

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
const pixels = [5, -1, 300, -40000, 70000, 7]

describe('EDF', () => {
  test('pixels of every type and byte order come out as written', async () => {
    for (const little of [true, false])
      for (const [type, values] of [
        ['SignedByte', Int8Array.of(1, -2, 3, 4, 5, 6)],
        ['UnsignedShort', Uint16Array.of(1, 65535, 3, 4, 5, 6)],
        ['SignedInteger', Int32Array.from(pixels)],
        ['UnsignedLong', Uint32Array.of(1, 4294967295, 3, 4, 5, 6)],
        ['FloatValue', Float32Array.of(1.5, -2, 3, 4, 5, 6)],
        ['DoubleValue', Float64Array.of(0.1, -2, 3, 4, 5, 6)],
      ] as const) {
        const { dataset } = await read('a.edf', edfBytes([{ values, type, little, columns: 3 }]))
        expect(dataset.dims).toEqual(['y', 'x'])
        expect(dataset.shape).toEqual([2, 3])
        expect(dataset.values).toEqual(values)
      }
  })

  test('frames of one size are a stack with the keys that change; another size stands apart', async () => {
    const frame = (mon: number) => ({
      values: Uint16Array.of(mon, 2, 3, 4),
      type: 'UnsignedShort',
      little: true,
      columns: 2,
      keys: { mon },
    })
    const { dataset, others } = await read(
      'a.edf',
      edfBytes([frame(7), frame(9), { values: Uint16Array.of(1, 2, 3), type: 'UnsignedShort', little: true, columns: 3 }]),
    )
    expect(dataset.shape).toEqual([2, 2, 2])
    expect([...dataset.coords.mon!.values]).toEqual([7, 9])
    expect(others.map(other => other.shape)).toEqual([[1, 3]])
  })

  test('a cut frame is refused with its place; lenient keeps the frames before it', async () => {
    const frame = { values: Uint16Array.of(1, 2, 3, 4), type: 'UnsignedShort', little: true, columns: 2 }
    const whole = edfBytes([frame, frame])
    expect(await refusal('a.edf', whole.subarray(0, whole.length - 1))).toMatch(
      /^E_TRUNCATED a\.edf byte \d+: frame 1, 2 x 2 pixels/,
    )
    const kept = await read('a.edf', whole.subarray(0, whole.length - 1), { lenient: true })
    expect(kept.dataset.shape).toEqual([2, 2])
    expect(kept.warnings[0]).toMatchObject({ code: 'E_TRUNCATED' })
    expect(await refusal('a.edf', edfBytes([frame]).subarray(0, -1))).toMatch(/^E_TRUNCATED/)
  })

  test('a false dimension, a false size, an unknown type and compression are refused', async () => {
    const frame = { values: Uint16Array.of(1, 2, 3, 4), type: 'UnsignedShort', little: true, columns: 2 }
    expect(await refusal('a.edf', edfBytes([{ ...frame, keys: { Dim_1: 200000 } }]))).toMatch(/^E_TRUNCATED.*200000 x 2/)
    expect(await refusal('a.edf', edfBytes([{ ...frame, keys: { Dim_1: 'two' } }]))).toMatch(/^E_FORMAT.*Dim_1 = two/)
    expect(await refusal('a.edf', edfBytes([{ ...frame, keys: { Size: 6 } }]))).toMatch(/^E_FORMAT.*the header says 6/)
    expect(await refusal('a.edf', edfBytes([{ ...frame, type: 'Quadruple' }]))).toMatch(/^E_UNSUPPORTED.*Quadruple/)
    expect(await refusal('a.edf', edfBytes([{ ...frame, keys: { Compression: 'GzipCompression' } }]))).toMatch(/^E_UNSUPPORTED/)
    expect(await refusal('a.edf', edfBytes([frame]).subarray(0, 40))).toMatch(/^E_(TRUNCATED|FORMAT)/)
  })
})

describe('CBF', () => {
  test('differences of one, two and four bytes unpack, marks are masked', async () => {
    const { dataset } = await read('a.cbf', await cbfBytes(Int32Array.from(pixels), 3))
    expect([...dataset.values]).toEqual(pixels)
    expect([...dataset.mask!]).toEqual([0, 1, 0, 1, 0, 0])
    expect(dataset.unit.symbol).toBe('counts')
  })

  test('a changed byte fails the MD5, a cut file says how much is missing', async () => {
    const good = await cbfBytes(Int32Array.from(pixels), 3)
    const changed = Uint8Array.from(good)
    changed[changed.length - 2]! ^= 1
    expect(await refusal('a.cbf', changed)).toMatch(/^E_CHECKSUM a\.cbf byte \d+: MD5/)
    const lenient = await read('a.cbf', changed, { lenient: true })
    expect(lenient.warnings[0]?.code).toBe('E_CHECKSUM')
    const cut = good.subarray(0, good.length - 3)
    expect(await refusal('a.cbf', cut)).toMatch(/^E_TRUNCATED/)
    const part = await read('a.cbf', cut, { lenient: true })
    expect(part.dataset.mask!.at(-1)).toBe(1) // what is not there is masked, never a measured zero
  })

  test('a wrong count of elements, another packing, a size that cannot be are refused', async () => {
    const values = Int32Array.from(pixels)
    expect(await refusal('a.cbf', await cbfBytes(values, 3, { 'X-Binary-Number-of-Elements': '7' }))).toMatch(
      /^E_FORMAT.*7 elements/,
    )
    expect(await refusal('a.cbf', await cbfBytes(values, 3, { conversions: 'x-CBF_PACKED' }))).toMatch(/^E_UNSUPPORTED/)
    expect(await refusal('a.cbf', await cbfBytes(values, 3, { 'X-Binary-Size-Fastest-Dimension': '900000' }))).toMatch(
      /^E_FORMAT/,
    )
    expect(await refusal('a.cbf', await cbfBytes(values, 2, { 'X-Binary-Size-Second-Dimension': '2' }))).toMatch(/^E_FORMAT/)
  })

  test('the moment, the wavelength and the cut-off of the header are read, saturation is told', async () => {
    const header = '# Detector: PILATUS3\r\n# 2022-07-26T23:01:58.055\r\n# Wavelength 0.5 A\r\n# Count_cutoff 60000 counts'
    const { dataset, warnings } = await read('a.cbf', await cbfBytes(Int32Array.from(pixels), 3, {}, header))
    expect(dataset.meta).toMatchObject({ instrument: 'PILATUS3', wavelength: 0.5, start: { source: 'naive' } })
    expect(warnings[0]).toMatchObject({ code: 'W_SATURATED' })
  })
})

describe('MarCCD', () => {
  test('pixels, wavelength, distance and beam come out of the block, in either byte order', async () => {
    for (const little of [true, false]) {
      const { dataset } = await read('a.mccd', marccdBytes([1, 2, 60000, 4], 2, little))
      expect([...dataset.values]).toEqual([1, 2, 60000, 4])
      expect(dataset.meta.wavelength).toBeCloseTo(0.97918, 10)
      expect(dataset.meta.extra).toMatchObject({ distance: 0.2, beam: [1024.5, 1023.25], exposure: 2.5 })
      expect(dataset.meta.extra?.pixelSize).toEqual([79.346e-6, 79.346e-6])
    }
  })

  test('a cut image is refused', async () => {
    expect(await refusal('a.mccd', marccdBytes([1, 2, 3, 4], 2, true).subarray(0, 4100))).toMatch(/^E_TRUNCATED/)
  })
})

describe('TIFF', () => {
  test('pages of one size are a stack; another size stands apart', async () => {
    const { dataset, others } = await read(
      'a.tif',
      tiffBytes([
        { values: Uint16Array.of(1, 2, 3, 4), columns: 2 },
        { values: Uint16Array.of(5, 6, 7, 8), columns: 2 },
        { values: Uint16Array.of(9, 9), columns: 1 },
      ]),
    )
    expect(dataset.dims).toEqual(['frame', 'y', 'x'])
    expect([...dataset.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(others.map(other => other.shape)).toEqual([[2, 1]])
  })

  test('numbers of 32 bits keep their sign, and only a detector marks pixels by it', async () => {
    const values = Int32Array.from(pixels)
    const plain = await read('a.tif', tiffBytes([{ values, columns: 3 }]))
    expect(plain.dataset.values).toEqual(values)
    expect(plain.dataset.mask).toBeUndefined()
    const detector = await read('a.tif', tiffBytes([{ values, columns: 3, description: '# Pixel_size 172e-6 m x 172e-6 m\n' }]))
    expect([...detector.dataset.mask!]).toEqual([0, 1, 0, 1, 0, 0])
    expect(detector.dataset.meta.extra).toMatchObject({ pixelSize: [172e-6, 172e-6] })
  })

  test('a cut file, a false size, garbage behind the signature are refused', async () => {
    const good = tiffBytes([{ values: Uint16Array.of(1, 2, 3, 4), columns: 2 }])
    expect(await refusal('a.tif', tiffBytes([{ values: Uint16Array.of(1, 2, 3, 4), columns: 200000, rows: 200000 }]))).toMatch(
      /^E_(LIMIT|FORMAT)/,
    )
    expect(await refusal('a.tif', tiffBytes([{ values: Uint16Array.of(1, 2, 3, 4), columns: 2, rows: 3 }]))).toMatch(
      /^E_FORMAT.*need 12 bytes, 8/,
    )
    for (let length = 5; length < good.length; length += 3)
      expect(await refusal('a.tif', good.subarray(0, length)), `cut at ${length}`).toMatch(/^E_/)
  })

  test('a packed image is unpacked', async () => {
    const values = Uint16Array.from({ length: 64 }, (_, i) => i % 5)
    const packed = tiffBytes([{ values, columns: 8, pack: bytes => zlibSync(bytes), compression: 8 }])
    const { dataset } = await read('a.tif.gz', gzipSync(packed))
    expect(dataset.values).toEqual(values)
  })
})
