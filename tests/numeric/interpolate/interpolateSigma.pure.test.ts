import fc from 'fast-check'
import { isOperandoError } from 'operando'
import { type InterpolationMethod, interpolate, interpolateSigma } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'

/** Uneven abscissae, values and sigmas of n points, and places between. */
const points = (n: number, seed: number) => {
  let x = 0
  const noise = (i: number): number => Math.abs(Math.sin(seed * 12.9898 + i * 78.233) * 43758.5453) % 1
  const xs = Float64Array.from({ length: n }, (_, i) => {
    x += 0.2 + noise(i)
    return x
  })
  const y = xs.map((_, i) => 10 * noise(i + n))
  const sigma = xs.map((_, i) => 0.1 + noise(i + 2 * n))
  const at = Float64Array.from({ length: 2 * n }, (_, i) => xs[0]! + (x - xs[0]!) * noise(i + 3 * n))
  return { x: xs, y, sigma, at }
}

describe('interpolateSigma', () => {
  it('of lines and splines is the quadrature sum over the response to each point', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 90 }), fc.nat(1000), fc.constantFrom('linear', 'spline'), (n, seed, m) => {
        const method = m as InterpolationMethod
        const { x, y, sigma, at } = points(n, seed)
        const want = new Float64Array(at.length)
        for (let i = 0; i < n; i++) {
          const response = interpolate(
            x,
            x.map((_, j) => (i === j ? 1 : 0)),
            at,
            { method },
          )
          response.forEach((r, k) => {
            want[k]! += (r * sigma[i]!) ** 2
          })
        }
        expectClose(interpolateSigma(x, y, sigma, at, { method }), want.map(Math.sqrt), { rtol: 1e-8 })
      }),
      { numRuns: 50 },
    )
  })

  it('of shape-keeping curves is the quadrature sum over what the whole curve does when each point moves', () => {
    for (const method of ['pchip', 'akima', 'makima'] as const) {
      for (const n of [3, 5, 8, 30]) {
        const { x, y, sigma, at } = points(n, n)
        const want = new Float64Array(at.length)
        for (let i = 0; i < n; i++) {
          const moved = (by: number): Float64Array =>
            interpolate(
              x,
              y.map((v, j) => (i === j ? v + by : v)),
              at,
              { method },
            )
          const [up, down] = [moved(sigma[i]!), moved(-sigma[i]!)]
          up.forEach((u, k) => {
            want[k]! += ((u - down[k]!) / 2) ** 2
          })
        }
        expectClose(interpolateSigma(x, y, sigma, at, { method }), want.map(Math.sqrt), { rtol: 1e-12 })
      }
    }
  })

  it('is the given one at the points, and smaller than the larger neighbour between them', () => {
    const { x, y, sigma, at } = points(12, 3)
    for (const method of ['linear', 'spline', 'pchip'] as const)
      expectClose(interpolateSigma(x, y, sigma, x, { method }), sigma, { rtol: 1e-12 })
    const between = interpolateSigma(x, y, sigma, at)
    expect(between.every(s => s <= Math.max(...sigma))).toBe(true)
  })

  it('is NaN outside where the curve is, throws where the curve throws, and keeps the end where it is clamped', () => {
    const args = [
      [0, 1, 2],
      [5, 6, 7],
      [0.3, 0.4, 0.5],
      [-1, 1, 3],
    ] as const
    expect([...interpolateSigma(...args, { outside: 'nan' })]).toEqual([Number.NaN, 0.4, Number.NaN])
    expect([...interpolateSigma(...args, { outside: 'clamp' })]).toEqual([0.3, 0.4, 0.5])
    const code = (run: () => unknown): unknown => {
      try {
        run()
      } catch (error) {
        return isOperandoError(error) && error.code
      }
      return 'none'
    }
    expect(code(() => interpolateSigma(...args))).toBe('E_RANGE')
    expect(code(() => interpolateSigma([0, 1], [5, 6], [0.1, -1], [0.5]))).toBe('E_RANGE')
    expect(code(() => interpolateSigma([0, 1], [5, 5], [0.1, 1], [0.5], { method: 'spline', ends: 'periodic' }))).toBe(
      'E_UNSUPPORTED',
    )
  })

  it('is not known wherever a point of unknown sigma has a say', () => {
    const s = interpolateSigma([0, 1, 2, 3], [5, 6, 7, 9], [0.3, 0.4, Number.NaN, 0.5], [0.5, 1, 1.5, 2.5, 3])
    expect([...s.map(v => (Number.isNaN(v) ? -1 : 1))]).toEqual([1, 1, -1, -1, 1])
  })
})
