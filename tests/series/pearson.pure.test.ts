import { type Dataset, isOperandoError, unit } from 'operando'
import { pearson } from 'operando/series'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/series/pearson.json'

const seriesOf = (x: readonly (readonly number[])[], mask?: readonly (readonly number[])[]): Dataset<'frame' | 'q'> => ({
  name: 'I',
  dims: ['frame', 'q'],
  shape: [x.length, x[0]!.length],
  values: Float64Array.from(x.flat()),
  mask: mask && Uint8Array.from(mask.flat()),
  unit: unit('counts'),
  coords: { time: { dims: ['frame'], shape: [x.length], values: Float64Array.from(x, (_, i) => i), unit: unit('s') } },
  meta: {},
  history: [],
  warnings: [],
})

describe('pearson', () => {
  it('agrees with numpy.corrcoef', () => {
    const matrix = pearson(seriesOf(reference.x))
    expect(matrix.dims).toEqual(['frame', 'other'])
    expectClose(matrix.values, reference.corrcoef.flat(), { atol: 2e-15, peer: `numpy ${reference.peers.numpy}` })
    expect([...matrix.mask!].some(Boolean)).toBe(false)
  })

  it('leaves masked points out pair by pair, as pandas does', () => {
    expectClose(pearson(seriesOf(reference.x, reference.mask)).values, reference.pairwise.flat(), {
      atol: 1e-14,
      peer: `pandas ${reference.peers.pandas}`,
    })
  })

  it('leaves NaN under a mask alone and refuses it elsewhere, naming frame and point', () => {
    const x = reference.x.map(row => [...row])
    x[3]![4] = Number.NaN
    expectClose(pearson(seriesOf(x, reference.mask)).values, reference.pairwise.flat(), {
      atol: 1e-14,
      peer: `pandas ${reference.peers.pandas}`,
    })
    try {
      pearson(seriesOf(x))
      expect.unreachable()
    } catch (error) {
      expect(isOperandoError(error, 'E_NAN') && error.message).toContain('frame 3 is NaN at point 4')
    }
  })

  it('gives a constant frame NaN and a mask, also when its mean is not exact', () => {
    const matrix = pearson(
      seriesOf([
        [1, 2, 4],
        [0.1, 0.1, 0.1],
        [3, 2, 7],
      ]),
    )
    expect([...matrix.mask!]).toEqual([0, 1, 0, 1, 1, 1, 0, 1, 0])
    expect(matrix.values[4]).toBeNaN()
    expect(matrix.values[0]).toBe(1)
  })

  it('is blind to scale and offset, sees the sign, and has a diagonal of exactly 1', () => {
    const [a, b] = reference.x as [number[], number[]]
    const other = pearson(seriesOf([a, b, b.map(v => 1e6 - 250 * v)]))
    const same = pearson(seriesOf([a, b]))
    expectClose(other.values[2]!, -same.values[1]!, { atol: 1e-12 })
    expectClose(other.values[5]!, -1, { atol: 1e-12 })
    expect([0, 4, 8].map(i => other.values[i])).toEqual([1, 1, 1])
  })

  it('carries the coordinates of the frames to both axes and does not touch its input', () => {
    const series = seriesOf(reference.x, reference.mask)
    const before = structuredClone(series)
    const { coords } = pearson(series)
    expect(coords.time!.dims).toEqual(['frame'])
    expect(coords.otherTime).toMatchObject({ dims: ['other'], values: coords.time!.values })
    expect(series).toEqual(before)
  })
})
