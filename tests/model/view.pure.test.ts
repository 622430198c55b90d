import fc from 'fast-check'
import ndarray, { type NdArray } from 'ndarray'
import { asFloat64, createDataset, type Dataset, rowMajor, View, view } from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText as code } from '../errorCode.js'

const make = (shape: number[]): Dataset => {
  const size = shape.reduce((a, b) => a * b, 1)
  const dims = ['a', 'b', 'c', 'd'].slice(0, shape.length)
  return createDataset({ name: 'x', dims, shape, values: Int16Array.from({ length: size }, (_, i) => i), unit: '' })
}

/** Every element with its index, read by get. */
const elements = (v: NdArray<never> | View): string[] => {
  const out: string[] = []
  const walk = (index: number[]): void => {
    if (index.length === v.shape.length) out.push(`${index}:${v.get(...index)}`)
    else for (let i = 0; i < v.shape[index.length]!; i++) walk([...index, i])
  }
  walk([])
  return out
}

/** What a caller sees of a view. `order` of equal strides is anyone's choice. */
const seen = (v: NdArray<never> | View): unknown => ({
  shape: [...v.shape],
  stride: [...v.stride],
  offset: v.offset,
  dimension: v.dimension,
  size: v.size,
  dtype: v.dtype,
  order: new Set(v.stride.map(Math.abs)).size === v.stride.length ? [...v.order] : 'any',
  elements: elements(v),
})

type Move = readonly ['lo' | 'hi' | 'step' | 'pick' | 'transpose', readonly number[]]

describe('view', () => {
  it('has nothing between its elements', () => {
    const at = view(createDataset({ name: 'I', dims: ['a'], values: [1, 2, 3], unit: '' }))
    for (const run of [() => at.get(0.5), () => at.lo(0.5), () => at.hi(Number.NaN), () => at.pick(1.5)])
      expect(run).toThrow('outside')
  })

  it('shows what the real ndarray shows, after any chain of lo, hi, step, pick and transpose', () => {
    const move = fc.tuple(
      fc.constantFrom('lo', 'hi', 'step', 'pick', 'transpose'),
      fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }),
    ) as fc.Arbitrary<Move>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        fc.array(move, { maxLength: 5 }),
        (shape, moves) => {
          const data = make(shape)
          let mine: View = view(data)
          let theirs = view(data, { ndarray }) as unknown as NdArray<never>
          for (const [name, numbers] of moves) {
            const n = mine.shape
            if (n.length === 0) break
            let args: number[] = n.map((length, i) => numbers[i]! % (length + 1))
            if (name === 'hi') args = n.map((length, i) => 1 + (numbers[i]! % length))
            if (name === 'lo') args = n.map((length, i) => numbers[i]! % length)
            if (name === 'step') args = n.map((_, i) => [1, 2, 3, -1, -2][numbers[i]! % 5]!)
            if (name === 'pick') args = n.map((length, i) => (i === numbers[3]! % n.length ? numbers[i]! % length : -1))
            if (name === 'transpose') args = [...n.keys()].sort((a, b) => numbers[a]! - numbers[b]! || a - b)
            mine = mine[name](...args)
            theirs = theirs[name](...args)
          }
          expect(seen(mine)).toEqual(seen(theirs))
          expect([...rowMajor(mine)]).toEqual(elements(mine).map(e => Number(e.split(':')[1])))
          expect([...asFloat64(mine, 'view')]).toEqual([...rowMajor(theirs as unknown as View)])
        },
      ),
    )
  })

  it('is accepted where an ndarray is', () => {
    const corner = (image: NdArray<Float64Array>): number => image.hi(1, 1).get(0, 0)
    expect(corner(new View(Float64Array.of(1, 2, 3, 4), [2, 2]).T.lo(1))).toBe(2)
  })

  it('never compiles code', () => {
    const { Function: compile } = globalThis
    globalThis.Function = (() => {
      throw new Error('compiled')
    }) as unknown as FunctionConstructor
    try {
      expect(
        view(make([3, 4]))
          .lo(1)
          .hi(2, 2)
          .step(1, -1)
          .transpose(1, 0)
          .pick(0)
          .get(0),
      ).toBe(5)
    } finally {
      globalThis.Function = compile
    }
  })

  it('shares the numbers of its Dataset, pairs on a last axis', () => {
    const data = make([2, 3])
    expect(view(data).data).toBe(data.values)
    const z = createDataset({ name: 'z', dims: ['x'], values: [1, 2, 3, 4], unit: '', complex: true })
    expect(view(z).shape).toEqual([2, 2])
    expect(view(z).get(1, 1)).toBe(4)
    expect(view(createDataset({ name: 's', dims: [], values: [7], unit: '' })).get()).toBe(7)
  })

  it('refuses what lies outside instead of reading a neighbour', () => {
    const v = view(make([3, 4]))
    expect(code(() => v.get(0, 4))).toMatch(/E_RANGE get|E_RANGE index\(0, 4\) of a view of shape \[3, 4\]/)
    expect(code(() => v.get(1))).toMatch(/E_RANGE/)
    expect(code(() => v.hi(4))).toMatch(/E_RANGE hi/)
    expect(code(() => v.lo(4))).toMatch(/E_RANGE lo/)
    expect(code(() => v.pick(3))).toMatch(/E_RANGE pick/)
    expect(code(() => v.step(0))).toMatch(/E_RANGE step/)
    expect(code(() => v.transpose(0, 0))).toMatch(/E_AXIS/)
    const own = new View(new Uint8Array(4), [2, 2])
    expect(own.set(1, 0, 9)).toBe(9)
    expect([...own.data]).toEqual([0, 0, 9, 0])
  })
})

describe('createDataset of a view', () => {
  it('puts the numbers in order and keeps their array type', () => {
    const turned = view(make([2, 3])).transpose(1, 0)
    const data = createDataset({ name: 'x', dims: ['b', 'a'], values: turned, unit: '' })
    expect(data.shape).toEqual([3, 2])
    expect(data.values).toEqual(Int16Array.of(0, 3, 1, 4, 2, 5))
    const real = ndarray(Uint16Array.of(1, 2, 3, 4, 5, 6), [2, 3]).step(-1, 2)
    expect(createDataset({ name: 'x', dims: ['a', 'b'], values: real, unit: '' })).toMatchObject({
      shape: [2, 2],
      values: Uint16Array.of(4, 6, 1, 3),
    })
    const list = createDataset({ name: 'x', dims: ['a'], values: ndarray([1, 2, 3]).step(2), unit: '' })
    expect(list.values).toEqual(Float64Array.of(1, 3))
  })
})
