import { createSpline, createSplineResampler } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const x = Float64Array.from({ length: 60 }, (_, i) => i + 0.3 * Math.sin(3 * i))
const at = Float64Array.from({ length: 141 }, (_, i) => 0.42 * i)

describe('createSplineResampler', () => {
  it('gives the not-a-knot spline of createSpline for every curve, also outside', () => {
    const plan = createSplineResampler(x, [-0.5, ...at, 60])
    for (const scale of [1, 7]) {
      const y = x.map(v => Math.sin(v / scale) + 0.01 * v)
      expectClose(plan.resample(y), createSpline(x, y, { outside: 'extrapolate' }).evaluate([-0.5, ...at, 60]), { atol: 1e-13 })
    }
  })

  it('reproduces cubics, with 4 points as well, from any place of an array', () => {
    const cubic = (v: number): number => 1 - v + 0.5 * v * v - 0.1 * v ** 3
    expectClose(
      createSplineResampler([0, 1, 2.5, 3], at.slice(0, 8)).resample(
        Float64Array.of(9, 0, ...[0, 1, 2.5, 3].map(cubic)),
        undefined,
        2,
      ),
      at.slice(0, 8).map(cubic),
      { atol: 1e-12 },
    )
  })

  it('refuses too few points, unsorted ones, and curves that are too short', () => {
    expect(errorCode(() => createSplineResampler([0, 1, 2], at))).toBe('E_SHAPE')
    expect(errorCode(() => createSplineResampler([0, 2, 1, 3], at))).toBe('E_AXIS')
    expect(errorCode(() => createSplineResampler(x, at).resample(x.subarray(1)))).toBe('E_SHAPE')
  })
})
