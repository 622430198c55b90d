import fc from 'fast-check'
import {
  bsplineBasis,
  bsplineSpan,
  createAkima,
  createLinear,
  createPchip,
  createSmoothingSpline,
  createSpline,
  evaluateBSpline,
  interpolate,
  type Outside,
  type PiecewiseCubic,
} from 'operando/numeric'
import { describe, expect, test } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/numeric/interpolate.json'

interface Result {
  y: number[]
  value: number[]
  slope: number[]
  second: number[]
  integral: number
  beyond: number[]
}
const make: Record<string, (x: number[], y: number[], outside?: Outside) => PiecewiseCubic> = {
  'not-a-knot': (x, y, outside) => createSpline(x, y, { outside }),
  natural: (x, y, outside) => createSpline(x, y, { ends: 'natural', outside }),
  clamped: (x, y, outside) => createSpline(x, y, { ends: { slopes: [0.7, -1.3] }, outside }),
  periodic: (x, y, outside) => createSpline(x, y, { ends: 'periodic', outside }),
  pchip: (x, y, outside) => createPchip(x, y, { outside }),
  akima: (x, y, outside) => createAkima(x, y, { outside }),
}
/** Largest size: rounding of an interpolant is relative to that. */
const size = (a: number[]): number => a.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-300)

describe.each(Object.keys(make))('%s agrees with scipy', name => {
  const sets = reference.sets.filter(set => name in set.results)
  test.each(sets.map(set => [set.x.length, set] as const))('on %i points', (_, set) => {
    const want = (set.results as unknown as Record<string, Result>)[name]!
    const plan = make[name]!(set.x, want.y)
    expectClose(plan.evaluate(set.at), want.value, { atol: 1e-12 * size(want.value), peer: reference.peer })
    expectClose(plan.derivative(set.at), want.slope, { atol: 1e-12 * size(want.slope), peer: reference.peer })
    expectClose(plan.derivative(set.mid, 2), want.second, { atol: 1e-11 * size(want.second), peer: reference.peer })
    expectClose(plan.integral(set.limits[0], set.limits[1]), want.integral, {
      atol: 1e-12 * size(want.value) * size(set.x),
      peer: reference.peer,
    })
    expectClose(plan.integral(set.limits[1], set.limits[0]), -want.integral, {
      atol: 1e-12 * size(want.value) * size(set.x),
      peer: reference.peer,
    })
    const beyond = make[name]!(set.x, want.y, 'extrapolate').evaluate(set.outside)
    expectClose(beyond, want.beyond, { atol: 1e-11 * size([...want.value, ...want.beyond]), peer: reference.peer })
  })
})

describe('outside the data', () => {
  const make3 = (outside?: Outside): PiecewiseCubic => createLinear([0, 1, 2], [1, 2, 4], { outside })
  test('throws by default, and says the range', () => {
    expect(errorCode(() => make3().evaluate([2.001]))).toBe('E_RANGE')
    expect(errorCode(() => make3().integral(-1, 1))).toBe('E_RANGE')
    expect([...make3().evaluate([0, 2])]).toEqual([1, 4])
  })
  test('clamps, extrapolates or gives NaN on request, for values, slopes and integrals alike', () => {
    expect([...make3('clamp').evaluate([-5, 3])]).toEqual([1, 4])
    expect([...make3('clamp').derivative([-5, 1.5, 3])]).toEqual([0, 2, 0])
    expect(make3('clamp').integral(-1, 4)).toBe(1 + 1.5 + 3 + 8)
    expect(make3('clamp').integral(3, 4)).toBe(4)
    expect(make3('clamp').integral(-3, -1)).toBe(2)
    expect([...make3('extrapolate').evaluate([-1, 3])]).toEqual([0, 6])
    expect(make3('extrapolate').integral(-1, 3)).toBe(0.5 + 1.5 + 3 + 5)
    expect([...make3('nan').evaluate([-1, 1])]).toEqual([Number.NaN, 2])
    expect(make3('nan').integral(-1, 1)).toBeNaN()
  })
})

describe('interpolants', () => {
  const curve = fc
    .array(fc.tuple(fc.double({ min: 0.05, max: 3, noNaN: true }), fc.double({ min: -10, max: 10, noNaN: true })), {
      minLength: 4,
      maxLength: 25,
    })
    .map(steps => {
      let x = 0
      return { x: steps.map(([step]) => (x += step)), y: steps.map(([, y]) => y) }
    })
  test('go through their points, and answer the same in any order of questions', () => {
    fc.assert(
      fc.property(curve, ({ x, y }) => {
        for (const method of ['linear', 'spline', 'pchip', 'akima', 'makima'] as const) {
          expectClose(interpolate(x, y, x, { method }), y, { atol: 1e-9 })
          const back = interpolate(x, y, [...x].reverse(), { method })
          expect([...back].reverse()).toEqual([...interpolate(x, y, x, { method })])
        }
      }),
    )
  })
  test('reproduce a straight line exactly, and a not-a-knot spline any cubic', () => {
    const x = [0, 0.4, 1.1, 2.5, 2.9, 4]
    const at = [0.1, 0.9, 2, 2.7, 3.9]
    for (const method of ['linear', 'spline', 'pchip', 'akima', 'makima'] as const) {
      const got = interpolate(
        x,
        x.map(v => 3 - 2 * v),
        at,
        { method },
      )
      expectClose(
        got,
        at.map(v => 3 - 2 * v),
        { atol: 1e-14 },
      )
    }
    const cubic = (v: number): number => 1 - v + 2 * v * v - 0.7 * v ** 3
    expectClose(interpolate(x, x.map(cubic), at, { method: 'spline' }), at.map(cubic), { atol: 1e-13 })
  })
  test('pchip never overshoots, makima stays flat beside a step', () => {
    fc.assert(
      fc.property(curve, ({ x, y }) => {
        const plan = createPchip(x, y)
        for (let i = 0; i + 1 < x.length; i++) {
          const inside = [0.1, 0.3, 0.5, 0.7, 0.9].map(f => x[i]! + f * (x[i + 1]! - x[i]!))
          const slack = 1e-12 * size(y)
          for (const v of plan.evaluate(inside)) {
            expect(v >= Math.min(y[i]!, y[i + 1]!) - slack && v <= Math.max(y[i]!, y[i + 1]!) + slack).toBe(true)
          }
        }
      }),
    )
    const step = createAkima([0, 1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 1, 1, 1], { modified: true })
    expect([...step.evaluate([0.5, 1.5, 5.5])]).toEqual([0, 0, 1])
  })
  test('makima weighs by |m1 - m2| + |m1 + m2| / 2', () => {
    // secants 1, 2, -1, 3 around x = 2; by hand: weights |3 - -1| + |3 + -1| / 2 = 5 and |2 - 1| + |2 + 1| / 2 = 2.5
    const plan = createAkima([0, 1, 2, 3, 4], [0, 1, 3, 2, 5], { modified: true })
    expectClose(plan.derivative([2]), [(5 * 2 + 2.5 * -1) / 7.5], { rtol: 1e-15 })
  })
  test('refuse unsorted and repeated x, lengths that do not fit, NaN, periodic ends that differ', () => {
    for (const method of ['linear', 'spline', 'pchip', 'akima', 'makima'] as const) {
      expect(errorCode(() => interpolate([0, 2, 1], [1, 2, 3], [1], { method }))).toBe('E_AXIS')
      expect(errorCode(() => interpolate([0, 1, 1], [1, 2, 3], [1], { method }))).toBe('E_AXIS')
      expect(errorCode(() => interpolate([0, 1], [1, 2, 3], [1], { method }))).toBe('E_SHAPE')
      expect(errorCode(() => interpolate([0], [1], [0], { method }))).toBe('E_SHAPE')
      expect(errorCode(() => interpolate([0, 1], [1, Number.NaN], [0], { method }))).toBe('E_NAN')
      expect(errorCode(() => interpolate([0, 1], [1, 2], [Number.NaN], { method }))).toBe('E_NAN')
    }
    expect(errorCode(() => createSpline([0, 1, 2], [1, 5, 2], { ends: 'periodic' }))).toBe('E_ARGUMENT')
    expect(errorCode(() => interpolate([0, 1], [1, 2], [0], { method: 'nearest' as 'linear' }))).toBe('E_ARGUMENT')
  })
  test('keep their own copy of x and write only into out', () => {
    const x = Float64Array.of(0, 1, 2)
    const plan = createLinear(x, [0, 1, 2])
    x[1] = 1.5
    const out = new Float64Array(2)
    expect(plan.evaluate([1, 2], out)).toBe(out)
    expect([...out]).toEqual([1, 2])
  })
})

describe('B-splines', () => {
  test.each(reference.bsplines.map(b => [b.degree, b] as const))('of degree %i agree with scipy', (degree, b) => {
    expectClose(evaluateBSpline(b.knots, b.c, b.at, { degree }), b.value, { atol: 1e-12 * size(b.value) })
    if (degree > 0) {
      expectClose(evaluateBSpline(b.knots, b.c, b.between, { degree, derivative: 1 }), b.slope, { atol: 1e-11 * size(b.slope) })
    }
    if (degree > 1) {
      expectClose(evaluateBSpline(b.knots, b.c, b.between, { degree, derivative: 2 }), b.second, { atol: 1e-11 * size(b.second) })
    }
  })
  test('sum to 1, their derivatives to 0', () => {
    const knots = Float64Array.of(0, 0, 0, 0, 1, 2.5, 2.5, 4, 4, 4, 4)
    const out = new Float64Array(4)
    for (const x of [0, 0.5, 1, 2.5, 3.9, 4]) {
      const span = bsplineSpan(knots, 3, x)
      bsplineBasis(knots, 3, span, x, out)
      expectClose(
        out.reduce((s, v) => s + v, 0),
        1,
        { rtol: 1e-15 },
      )
      bsplineBasis(knots, 3, span, x, out, 0, 1)
      expectClose(
        out.reduce((s, v) => s + v, 0),
        0,
        { atol: 1e-14 },
      )
    }
  })
  test('refuse falling knots, wrong lengths, points outside', () => {
    const t = [0, 0, 1, 1]
    expect(errorCode(() => evaluateBSpline([0, 1, 0, 1], [1, 1], [0.5], { degree: 1 }))).toBe('E_AXIS')
    expect(errorCode(() => evaluateBSpline(t, [1, 1, 1], [0.5], { degree: 1 }))).toBe('E_SHAPE')
    expect(errorCode(() => evaluateBSpline(t, [1, 1], [1.5], { degree: 1 }))).toBe('E_RANGE')
    expect(errorCode(() => evaluateBSpline([1, 1, 1, 1], [1, 1], [1], { degree: 1 }))).toBe('E_AXIS')
    expect([...evaluateBSpline(t, [1, 3], [-1, 2], { degree: 1, outside: 'extrapolate' })]).toEqual([-1, 5])
    expect([...evaluateBSpline(t, [1, 3], [-1, 2], { degree: 1, outside: 'clamp' })]).toEqual([1, 3])
  })
})

describe('createSmoothingSpline', () => {
  test.each(reference.smoothing.map(s => [s.x.length, s.lambda, s] as const))(
    'with %i points and lambda %f agrees with scipy.interpolate.make_smoothing_spline',
    (_, lambda, s) => {
      const { spline } = createSmoothingSpline(s.x, s.y, { sigma: s.sigma, lambda })
      expectClose(spline.evaluate(s.at), s.value, { atol: 1e-10 })
      expectClose(spline.derivative(s.at), s.slope, { atol: 1e-9 })
    },
  )
  test.each(reference.smoothing.filter(s => s.x.length === 60).map((s, i) => [i, s] as const))(
    'chooses by cross-validation what scipy chooses, data %i',
    (_, s) => {
      expectClose(createSmoothingSpline(s.x, s.y).spline.evaluate(s.at), s.gcv, { atol: 2e-4 })
    },
  )
  test('finds a minimum that scipy 1.10 cannot reach, since it never looks beyond lambda = n', () => {
    const { x, y } = reference.smoothing.find(s => s.x.length === 200)!
    const best = createSmoothingSpline(x, y)
    expect(best.lambda).toBeGreaterThan(200)
    for (const lambda of [200, 400, 0.99 * best.lambda, 1.01 * best.lambda, 600, 1e4]) {
      expect(createSmoothingSpline(x, y, { lambda }).gcv).toBeGreaterThan(best.gcv)
    }
  })
  test('interpolates for lambda 0 and tends to the weighted straight line', () => {
    const x = [0, 1, 2.5, 3, 5]
    const y = [1, -1, 2, 0, 4]
    const through = createSmoothingSpline(x, y, { lambda: 0 })
    expectClose(through.spline.evaluate([0.5, 2.7, 4]), createSpline(x, y, { ends: 'natural' }).evaluate([0.5, 2.7, 4]), {
      atol: 1e-13,
    })
    expect(through.effectiveParameters).toBe(5)
    const line = createSmoothingSpline(x, y, { lambda: 1e12 })
    expectClose(line.effectiveParameters, 2, { atol: 1e-6 })
    // regression by hand: 10.2 / 14.8
    expectClose(line.spline.derivative([0.3, 4.8], 1), [10.2 / 14.8, 10.2 / 14.8], { rtol: 1e-6 })
  })
  test('its trace is the trace of the smoother, column by column', () => {
    const x = [0, 1, 2.5, 3, 5, 5.2, 7]
    const sigma = [1, 2, 1, 0.5, 1, 3, 1]
    let trace = 0
    for (let i = 0; i < 7; i++) {
      const y = x.map((_, j) => (i === j ? 1 : 0))
      trace += createSmoothingSpline(x, y, { lambda: 0.6, sigma }).spline.evaluate([x[i]!])[0]!
    }
    expectClose(createSmoothingSpline(x, x, { lambda: 0.6, sigma }).effectiveParameters, trace, { rtol: 1e-12 })
  })
  test('refuses sigma <= 0 and lambda < 0', () => {
    expect(errorCode(() => createSmoothingSpline([0, 1, 2], [1, 2, 3], { sigma: [1, 0, 1] }))).toBe('E_RANGE')
    expect(errorCode(() => createSmoothingSpline([0, 1, 2], [1, 2, 3], { lambda: -1 }))).toBe('E_RANGE')
    expect(errorCode(() => createSmoothingSpline([0, 1], [1, 2]))).toBe('E_SHAPE')
  })
})

test('a misspelt choice is refused, never taken for another', () => {
  expect(errorCode(() => interpolate([0, 1], [0, 1], [2], { outside: 'clip' as 'clamp' }))).toBe('E_ARGUMENT')
  expect(errorCode(() => createSpline([0, 1, 2, 3], [0, 1, 2, 3], { ends: 'clamped' as 'natural' }))).toBe('E_ARGUMENT')
  expect(errorCode(() => evaluateBSpline([0, 0, 1, 1], [1, 2], [2], { degree: 1, outside: 'clip' as 'clamp' }))).toBe(
    'E_ARGUMENT',
  )
})
