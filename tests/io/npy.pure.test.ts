import { isOperandoError } from 'operando'
import { open, readNpy, writeNpy, writeNpz } from 'operando/io'
import { describe, expect, test } from 'vitest'

const header = (dict: string, body: Uint8Array = new Uint8Array(0), magic = [0x93, 78, 85, 77, 80, 89, 1, 0]): Uint8Array =>
  Uint8Array.from([...magic, dict.length & 255, dict.length >> 8, ...new TextEncoder().encode(dict), ...body])
const codeOf = async (f: () => unknown): Promise<string> => {
  try {
    await f()
  } catch (error) {
    if (isOperandoError(error)) return error.code
    throw error
  }
  return 'no error'
}

describe('npy', () => {
  test('what is written is read back the same, for every type', () => {
    const make = [Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Uint8Array, Uint16Array, Uint32Array]
    for (const type of make) {
      const array = { shape: [2, 3], values: type.from([1, 2, 3, 4, 5, 250]) }
      const back = readNpy(writeNpy(array), 'a.npy')
      expect(back.values).toEqual(array.values)
      expect(back.shape).toEqual([2, 3])
    }
    for (const shape of [[], [0, 3], [1]])
      expect(readNpy(writeNpy({ shape, values: new Float64Array(shape[0] === 0 ? 0 : 1) }), 'a.npy').shape).toEqual(shape)
    const complex = { shape: [2], values: Float32Array.from([1, -1, 2, -2]), complex: true }
    expect(readNpy(writeNpy(complex), 'a.npy')).toMatchObject({ shape: [2], values: complex.values, complex: true })
  })

  test('the header is padded so that the numbers begin at a multiple of 64', () => {
    const bytes = writeNpy({ shape: [3], values: new Float64Array(3) })
    expect((bytes.length - 24) % 64).toBe(0)
  })

  test('64-bit integers are numbers only where that is exact', async () => {
    const exact = writeNpy({ shape: [2], values: BigInt64Array.from([5n, -7n]) })
    expect(readNpy(exact, 'a.npy').values).toEqual(Float64Array.from([5, -7]))
    const big = writeNpy({ shape: [1], values: BigInt64Array.from([9007199254740993n]) })
    expect(await codeOf(() => readNpy(big, 'a.npy'))).toBe('E_RANGE')
    expect(readNpy(big, 'a.npy', { int64: 'bigint' }).values).toEqual(BigInt64Array.from([9007199254740993n]))
  })

  test('half floats widen exactly', () => {
    const bytes = header(
      "{'descr': '<f2', 'fortran_order': False, 'shape': (5,), }\n",
      Uint8Array.from([0, 0x3c, 0, 0xc0, 1, 0, 0, 0x7c, 0xff, 0x7b]),
    )
    expect([...readNpy(bytes, 'a.npy').values]).toEqual([1, -2, 2 ** -24, Infinity, 65504])
  })

  test('a cut, overlong, pickled, structured or foreign file is an error that says so', async () => {
    const good = writeNpy({ shape: [4], values: new Float64Array(4) })
    expect(await codeOf(() => readNpy(good.slice(0, -1), 'a.npy'))).toBe('E_TRUNCATED')
    expect(await codeOf(() => readNpy(good.slice(0, 40), 'a.npy'))).toBe('E_TRUNCATED')
    expect(await codeOf(() => readNpy(good.slice(0, 9), 'a.npy'))).toBe('E_TRUNCATED')
    expect(await codeOf(() => readNpy(Uint8Array.from([...good, 0]), 'a.npy'))).toBe('E_FORMAT')
    expect(await codeOf(() => readNpy(header("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"), 'a.npy'))).toBe(
      'E_UNSUPPORTED',
    )
    expect(
      await codeOf(() => readNpy(header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"), 'a.npy')),
    ).toBe('E_UNSUPPORTED')
    expect(await codeOf(() => readNpy(header('__import__("os")'), 'a.npy'))).toBe('E_FORMAT')
    expect(
      await codeOf(() => readNpy(header("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }"), 'a.npy')),
    ).toBe('E_TRUNCATED')
  })

  test('a .npz is opened as arrays by name; a damaged entry fails its check', async () => {
    const arrays = {
      a: { shape: [2], values: Float64Array.from([1, 2]) },
      b: { shape: [200], values: new Float32Array(200).fill(3) },
    }
    for (const level of [0, 6] as const) {
      const bytes = writeNpz(arrays, { level })
      const opened = await open({ name: 'x.npz', bytes })
      expect(opened.kind === 'arrays' && Object.keys(opened.arrays)).toEqual(['a', 'b'])
      expect(opened.kind === 'arrays' && opened.arrays.b!.values).toEqual(arrays.b.values)
      const bad = bytes.slice()
      bad[150]! ^= 1
      expect(['E_CHECKSUM', 'E_TRUNCATED']).toContain(await codeOf(() => open({ name: 'x.npz', bytes: bad })))
      expect(await codeOf(() => open({ name: 'x.npz', bytes: bytes.slice(0, -30) }))).toBe('E_TRUNCATED')
    }
  })
})
