import { readNpy, seriesOf, writeNpy } from 'operando/io'
import { describe, expect, test } from 'vitest'

const q = { values: [1, 2, 3], unit: '1/Å' }

describe('seriesOf', () => {
  test('takes arrays of .npy, views and lists of rows, and shares typed values', () => {
    const array = readNpy(writeNpy({ shape: [2, 3], values: Float32Array.from([1, 2, 3, 4, 5, 6]) }), 'a.npy')
    const series = seriesOf(
      array,
      { frame: 'index', q },
      { unit: 'counts', coords: { time: { dims: ['frame'], values: [0, 5], unit: 's' } } },
    )
    expect(series).toMatchObject({ dims: ['frame', 'q'], shape: [2, 3], unit: { symbol: 'counts' }, name: 'I' })
    expect(series.values).toBe(array.values)
    const rows = seriesOf([[1, 2, 3], Uint16Array.from([4, 5, 6])], { frame: { values: [7, 9], unit: '' }, q })
    expect([...rows.values]).toEqual([1, 2, 3, 4, 5, 6])
    expect([...rows.coords.frame!.values]).toEqual([7, 9])
    const view = { data: [1, 4, 2, 5, 3, 6], shape: [2, 3], stride: [1, 2], offset: 0 }
    expect([...seriesOf(view, { frame: 'index', q }).values]).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('refuses lengths that do not fit, and says when they would fit turned over', () => {
    const array = { shape: [3, 2], values: new Float64Array(6) }
    expect(() => seriesOf(array, { frame: { values: [0, 1], unit: 's' }, q })).toThrow(
      /\(3, 2\) for axes of 2 frame, 3 q.*order \(q, frame\)/,
    )
    expect(() => seriesOf(array, { q })).toThrow(/1 axes \(q\) for values of shape \(3, 2\)/)
    expect(() => seriesOf([[1, 2], [1]], { frame: 'index', x: 'index' })).toThrow(/values\[1\] has 1 values/)
    const big = { shape: [1], values: BigInt64Array.of(1n) }
    expect(() => seriesOf(big, { x: 'index' })).toThrow(/64-bit/)
  })
})
