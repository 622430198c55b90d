import fc from 'fast-check'
import { createDataset, createElectrochemistry, type Dataset, type DatasetInput, type RealArray } from 'operando'
import { open, openDataset, openElectrochemistry, readNexus, save } from 'operando/io'
import { describe, expect, test } from 'vitest'

const pattern = createDataset({
  name: 'I',
  dims: ['twoTheta'],
  values: [10, 40, 20],
  sigma: [3, 6, 4],
  unit: 'counts',
  coords: { twoTheta: { dims: ['twoTheta'], values: [20, 20.1, 20.2], unit: 'deg' } },
})
const record = createElectrochemistry({ time: [0, 60], potential: [3.4, 3.5], current: [1e-3, 1e-3] })

const TYPES = [Float64Array, Float32Array, Int8Array, Int16Array, Int32Array, Uint8Array, Uint16Array, Uint32Array]
const numbers = (n: number): fc.Arbitrary<RealArray> =>
  fc
    .constantFrom(...TYPES)
    .chain(type =>
      fc
        .array(type === Float64Array || type === Float32Array ? fc.double() : fc.integer(), { minLength: n, maxLength: n })
        .map(list => type.from(list)),
    )
const sigmas = (n: number): fc.Arbitrary<Float64Array | Float32Array | undefined> =>
  fc.option(
    fc
      .tuple(
        fc.constantFrom(Float64Array, Float32Array),
        fc.array(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), { minLength: n, maxLength: n }),
      )
      .map(([type, list]) => type.from(list) as Float64Array | Float32Array),
    { nil: undefined },
  )
const word = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9 ()/µ.-]{0,10}$/)
  .filter(name => !name.endsWith('_errors') && name !== 'masks' && name !== 'operando')
const units = fc.constantFrom('', 'counts', '1/Å', 'V vs Li/Li+', '°C', 'mAh/g', 'deg', 'arb.u.')
const json: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
  fc.string({ maxLength: 6 }).filter(key => key !== '__proto__'),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { maxLength: 3 })),
  { maxKeys: 3, noNullPrototype: true },
)

const dataset: fc.Arbitrary<Dataset> = fc
  .record({ shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), complex: fc.boolean() })
  .chain(({ shape, complex }) => {
    const dims = ['frame', 'q', 'y'].slice(0, shape.length)
    const size = shape.reduce((a, b) => a * b, 1)
    const coord = fc.integer({ min: 0, max: Math.max(0, dims.length - 1) }).chain(axis =>
      fc.boolean().chain(wanted => {
        const edges = wanted && dims.length > 0
        const n = dims.length === 0 ? 1 : shape[axis]! + (edges ? 1 : 0)
        return fc
          .record({
            values: numbers(n),
            sigma: sigmas(n),
            unit: units,
            label: fc.option(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' }), { nil: undefined }),
          })
          .map(c => ({
            ...c,
            dims: dims.length === 0 ? [] : [dims[axis]!],
            ...(edges ? { edges: true } : {}),
          }))
      }),
    )
    return fc.record({
      name: word,
      dims: fc.constant(dims),
      shape: fc.constant(shape),
      values: numbers(complex ? 2 * size : size),
      sigma: sigmas(complex ? 2 * size : size),
      complex: fc.constant(complex || undefined),
      unit: units,
      mask: fc.option(
        fc.array(fc.constantFrom(0, 1), { minLength: size, maxLength: size }).map(m => Uint8Array.from(m)),
        { nil: undefined },
      ),
      coords: fc.dictionary(word, coord, { maxKeys: 3, noNullPrototype: true }),
      meta: fc.record({ sample: fc.string(), energy: fc.integer(), extra: json as fc.Arbitrary<Record<string, string>> }),
      history: fc.array(
        fc.record({ op: word, version: fc.constant('0.1.0'), parameters: json as fc.Arbitrary<Record<string, string>> }),
        { maxLength: 12 },
      ),
      warnings: fc.array(fc.record({ code: fc.constant('W_TIME' as const), message: fc.string() }), { maxLength: 2 }),
    })
  })
  .map(input => createDataset(input as DatasetInput))

describe('save', () => {
  test('says what it cannot save', async () => {
    const odd = (name: unknown, thing: unknown): Promise<unknown> => save(name as string, thing as never)
    for (const [name, thing] of [
      [undefined, {}],
      ['a.csv', 5],
      ['a.csv', null],
      ['a.csv', undefined],
      ['a.npy', { arrays: { a: [1, 2] } }],
    ])
      await expect(odd(name, thing)).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(odd('a.xye', [{ arrays: {} }])).rejects.toMatchObject({ code: 'E_UNSUPPORTED' })
  })

  test('any Dataset reads back from NeXus identical: numbers and their type, units, sigma, edges, mask, complex, meta, history, warnings', async () => {
    await fc.assert(
      fc.asyncProperty(dataset, async given => {
        const { datasets } = await readNexus(await save('a.nxs', given))
        expect(datasets).toEqual([given])
        expect(datasets[0]!.values.constructor).toBe(given.values.constructor)
      }),
      { numRuns: 100 },
    )
  })

  test('the extension decides, .gz packs, the format option overrules', async () => {
    for (const name of ['a.xye', 'a.csv', 'A.NXS', 'a.h5', 'a.xye.gz', 'a.nxs.gz']) {
      const back = await openDataset({ name, bytes: await save(name, pattern) })
      expect([...back.values], name).toEqual([10, 40, 20])
      expect([...back.sigma!], name).toEqual([3, 6, 4])
      expect(back.coords.twoTheta!.unit.symbol, name).toBe('deg')
    }
    for (const name of ['a.bdf.csv', 'a.csv', 'a.nxs', 'a.csv.gz']) {
      const back = await openElectrochemistry({ name, bytes: await save(name, record) })
      expect(back.potential.values, name).toEqual(record.potential.values)
    }
    expect((await open(await save('a.npy', pattern))).kind).toBe('arrays')
    expect((await open({ name: 'a.npz', bytes: await save('a.npz', [pattern]) })).kind).toBe('arrays')
    expect((await open({ name: 'a.xye', bytes: await save('whatever', pattern, { format: 'xye' }) })).kind).toBe('dataset')
  })

  test('both kinds go into one NeXus file', async () => {
    const back = await readNexus(await save('run.nxs', { datasets: [pattern], electrochemistry: { cell: record } }))
    expect(back.datasets).toEqual([pattern])
    expect(back.electrochemistry.cell).toEqual(record)
  })

  test('what a format cannot hold is refused with one that can; so is a name that tells nothing', async () => {
    await expect(save('a.xye', record)).rejects.toMatchObject({
      code: 'E_UNSUPPORTED',
      message: expect.stringMatching(/xye cannot hold a cycler record.*\.nxs/),
    })
    await expect(save('a.cif', pattern)).rejects.toMatchObject({ code: 'E_UNSUPPORTED' })
    await expect(save('a.doc', pattern)).rejects.toMatchObject({ code: 'E_ARGUMENT', message: expect.stringContaining('.nxs') })
    await expect(save('a.nxs', [])).rejects.toMatchObject({ code: 'E_UNSUPPORTED' })
    await expect(save('a.xye', pattern, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'E_ABORTED' })
  })
})
