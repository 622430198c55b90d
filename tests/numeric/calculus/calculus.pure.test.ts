import { cumulativeIntegral, derivative, integrate } from 'operando/numeric'
import { describe, expect, test } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/numeric/signal.json'

const { x, y, ...want } = reference.uneven
const grid = [0, 0.3, 0.5, 1.1, 1.4, 2.2, 2.5, 3.1, 3.2, 4]

describe('derivative', () => {
  test('agrees with numpy.gradient on an uneven grid, both edge orders', () => {
    expectClose(derivative(x, y), want.gradient2, { rtol: 1e-12, atol: 1e-13, peer: reference.peer })
    expectClose(derivative(x, y, { ends: 'two' }), want.gradient1, { rtol: 1e-12, atol: 1e-13, peer: reference.peer })
  })
  test('with p points differentiates polynomials of degree p - 1 exactly, every order, ends included', () => {
    for (const points of [3, 5, 7]) {
      for (let order = 1; order < points; order++) {
        let factor = 1
        for (let k = 0; k < order; k++) factor *= points - 1 - k
        const got = derivative(
          grid,
          grid.map(v => v ** (points - 1)),
          { points, order },
        )
        expectClose(
          got,
          grid.map(v => factor * v ** (points - 1 - order)),
          { rtol: 1e-9, atol: 1e-7 },
        )
      }
    }
  })
  test('takes falling axes', () => {
    const back = derivative([...x].reverse(), [...y].reverse())
    expectClose([...back].reverse(), derivative(x, y), { rtol: 1e-12, atol: 1e-12 })
  })
  test('refuses repeated x, too few points, bad options', () => {
    expect(errorCode(() => derivative([0, 1, 1, 2], [1, 2, 3, 4]))).toBe('E_AXIS')
    expect(errorCode(() => derivative([0, 1], [1, 2]))).toBe('E_SHAPE')
    expect(errorCode(() => derivative([0, 1, 2], [1, 2]))).toBe('E_SHAPE')
    expect(errorCode(() => derivative([0, 1, 2], [1, 2, 3], { points: 4 }))).toBe('E_RANGE')
    expect(errorCode(() => derivative([0, 1, 2], [1, 2, 3], { order: 3 }))).toBe('E_RANGE')
  })
})

describe('integrate', () => {
  test('agrees with scipy on an uneven grid', () => {
    expectClose(integrate(x, y), want.trapezoid, { rtol: 1e-13, peer: reference.peer })
    expectClose(integrate(x, y, { method: 'simpson' }), want.simpson, { rtol: 1e-13, peer: reference.peer })
    expectClose(cumulativeIntegral(x, y), want.cumulative, { rtol: 1e-13, atol: 1e-14, peer: reference.peer })
  })
  test('by Simpson is exact for parabolas, odd and even numbers of points, rising and falling', () => {
    for (const count of [3, 4, 9, 10]) {
      const t = grid.slice(0, count)
      const f = t.map(v => 1 - v + 3 * v * v)
      const end = t.at(-1)!
      const exact = end - end ** 2 / 2 + end ** 3
      expectClose(integrate(t, f, { method: 'simpson' }), exact, { rtol: 1e-14 })
      const back = integrate([...t].reverse(), [...f].reverse(), { method: 'simpson' })
      expectClose(back, -exact, { rtol: 1e-14 })
    }
  })
  test('of one point is 0, of two a trapezoid', () => {
    expect(integrate([1], [5])).toBe(0)
    expect(integrate([], [], { method: 'simpson' })).toBe(0)
    expect(integrate([0, 2], [1, 3], { method: 'simpson' })).toBe(4)
    expect([...cumulativeIntegral([3], [5])]).toEqual([0])
  })
  test('refuses unsorted and repeated x', () => {
    expect(errorCode(() => integrate([0, 2, 1], [1, 1, 1]))).toBe('E_AXIS')
    expect(errorCode(() => cumulativeIntegral([0, 0], [1, 1]))).toBe('E_AXIS')
    expect(errorCode(() => integrate([0, 1], [1]))).toBe('E_SHAPE')
  })
})
