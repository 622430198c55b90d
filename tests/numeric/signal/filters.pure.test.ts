import fc from 'fast-check'
import {
  convolve,
  convolveGaussian,
  createWindow,
  type Edges,
  localMaxima,
  medianFilter,
  savitzkyGolay,
  slopedWindow,
  type WindowKind,
} from 'operando/numeric'
import { describe, expect, test } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/numeric/signal.json'

const { x, y } = reference.uneven
const size = (a: number[]): number => a.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-300)

describe('savitzkyGolay', () => {
  test.each(reference.savgol.map(s => [s.window, s.degree, s.derivative, s] as const))(
    'window %i, degree %i, derivative %i agrees with scipy in all edge modes',
    (window, degree, derivative, { step, edges }) => {
      for (const [mode, want] of Object.entries(edges)) {
        const got = savitzkyGolay(y, { window, degree, derivative, step, edges: mode as 'fit' | Edges })
        expectClose(got, want, { atol: 1e-11 * size(want), peer: reference.peer })
      }
    },
  )
  test('keeps a polynomial of its degree on an uneven grid, with its derivatives, up to the ends', () => {
    const f = x.map(v => 1 + v - 0.3 * v ** 2 + 0.02 * v ** 3)
    expectClose(savitzkyGolay(f, { window: 7, degree: 3, x }), f, { rtol: 1e-11, atol: 1e-10 })
    const slope = x.map(v => 1 - 0.6 * v + 0.06 * v ** 2)
    expectClose(savitzkyGolay(f, { window: 7, degree: 3, derivative: 1, x }), slope, { rtol: 1e-10, atol: 1e-10 })
  })
  test('on an even grid given as x is the plain filter', () => {
    const even = y.map((_, i) => 2 + 0.25 * i)
    const options = { window: 9, degree: 4, derivative: 2 }
    expectClose(savitzkyGolay(y, { ...options, x: even }), savitzkyGolay(y, { ...options, step: 0.25 }), { atol: 1e-9 })
  })
  test('refuses windows and options that make no sense', () => {
    expect(errorCode(() => savitzkyGolay(y, { window: 4 }))).toBe('E_RANGE')
    expect(errorCode(() => savitzkyGolay(y, { window: 3, degree: 3 }))).toBe('E_RANGE')
    expect(errorCode(() => savitzkyGolay(y, { window: 5, derivative: 3 }))).toBe('E_RANGE')
    expect(errorCode(() => savitzkyGolay([1, 2], { window: 3 }))).toBe('E_SHAPE')
    expect(errorCode(() => savitzkyGolay(y, { window: 5, x, step: 1 }))).toBe('E_ARGUMENT')
    expect(errorCode(() => savitzkyGolay(y, { window: 5, x, edges: 'wrap' }))).toBe('E_ARGUMENT')
    expect(errorCode(() => savitzkyGolay([1, 2, 3], { window: 3, x: [0, 2, 1] }))).toBe('E_AXIS')
    const own = Float64Array.from(y)
    expect(errorCode(() => savitzkyGolay(own, { window: 5 }, own))).toBe('E_ARGUMENT')
  })
})

describe('medianFilter', () => {
  test.each(Object.entries(reference.median))(
    'agrees with scipy.ndimage, edges %s, windows up to beyond the data',
    (edges, windows) => {
      for (const [window, want] of Object.entries(windows)) {
        expect([...medianFilter(y, { window: Number(window), edges: edges as Edges })]).toEqual(want)
      }
    },
  )
  test('takes the middle of each window, ties and all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 4 }),
        (v, half) => {
          const got = medianFilter(v, { window: 2 * half + 1 })
          for (let i = 0; i < v.length; i++) {
            const window = []
            for (let j = -half; j <= half; j++) window.push(v[Math.min(v.length - 1, Math.max(0, i + j))]!)
            expect(got[i]).toBe(window.sort((a, b) => a - b)[half])
          }
        },
      ),
    )
  })
  test('refuses even windows', () => {
    expect(errorCode(() => medianFilter([1, 2], { window: 2 }))).toBe('E_RANGE')
    expect([...medianFilter([], { window: 3 })]).toEqual([])
  })
})

test('localMaxima agrees with scipy.signal.find_peaks, flat tops included', () => {
  expect([...localMaxima(reference.maxima.y)]).toEqual(reference.maxima.indices)
  expect([...localMaxima([3, 1, 3])]).toEqual([])
  expect([...localMaxima([1, 2, 2])]).toEqual([])
  expect([...localMaxima([])]).toEqual([])
})

describe('convolve', () => {
  test.each(reference.convolve.map(c => [c.a.length, c.b.length, c] as const))(
    '%i with %i values agrees with scipy',
    (_n, _m, c) => {
      for (const mode of ['full', 'same', 'valid'] as const) {
        for (const method of ['auto', 'direct', 'fft'] as const) {
          expectClose(convolve(c.a, c.b, { mode, method }), c[mode], { atol: 1e-13 * size(c.full) })
        }
      }
    },
  )
  test('refuses empty inputs', () => {
    expect(errorCode(() => convolve([], [1]))).toBe('E_SHAPE')
  })
})

describe('convolveGaussian', () => {
  test('agrees with a fine numerical convolution of the straight lines between the points', () => {
    // the reference itself is good to about 1e-6: its grid has steps of 2.5e-4
    expectClose(convolveGaussian(x, y, reference.gaussian.fwhm), reference.gaussian.y, { atol: 2e-6, peer: reference.peer })
  })
  test('keeps constants and, away from the ends, straight lines; width 0 gives the curve back', () => {
    expectClose(
      convolveGaussian(
        x,
        x.map(() => 4.2),
        3,
      ),
      x.map(() => 4.2),
      { rtol: 1e-14 },
    )
    const far = [-100, ...x, 200]
    const line = far.map(v => 2 - v)
    expectClose(convolveGaussian(far, line, 1.3).slice(1, -1), line.slice(1, -1), { rtol: 1e-12, atol: 1e-12 })
    expect([...convolveGaussian(x, y, 0)]).toEqual(y)
    expectClose(convolveGaussian(x, y, 1e-9), y, { atol: 1e-8 })
  })
  test('adds widths in quadrature, whatever the grid', () => {
    const t: number[] = []
    for (let v = -30; v < 30; v += 0.01 + 0.015 * Math.abs(Math.sin(v))) t.push(v)
    const gauss = (fwhm: number): number[] => t.map(v => Math.exp(-4 * Math.LN2 * (v / fwhm) ** 2) / fwhm)
    expectClose(convolveGaussian(t, gauss(3), 4), gauss(5), { atol: 2e-6 })
  })
  test('takes one width a point', () => {
    const widths = x.map((_, i) => (i % 3) * 0.7)
    const got = convolveGaussian(x, y, widths)
    widths.forEach((w, i) => {
      expectClose(got[i]!, convolveGaussian(x, y, w)[i]!, { rtol: 1e-12, atol: 1e-13 })
    })
  })
  test('refuses negative widths, unsorted x, single points', () => {
    expect(errorCode(() => convolveGaussian(x, y, -1))).toBe('E_RANGE')
    expect(errorCode(() => convolveGaussian([1, 0], [1, 1], 1))).toBe('E_AXIS')
    expect(errorCode(() => convolveGaussian([1], [1], 1))).toBe('E_SHAPE')
    expect(errorCode(() => convolveGaussian([1, 2], [1, 1], [1, 1, 1]))).toBe('E_SHAPE')
  })
})

describe('createWindow', () => {
  test.each(reference.windows.map(w => [JSON.stringify(w.kind), w.n, w] as const))(
    '%s of %i points is that of scipy',
    (_, n, w) => {
      expectClose(createWindow(w.kind as WindowKind, n), w.symmetric, { rtol: 1e-13, atol: 1e-15 })
      expectClose(createWindow(w.kind as WindowKind, n, { periodic: true }), w.periodic, { rtol: 1e-13, atol: 1e-15 })
    },
  )
  test('Welch and Lorch follow their formulas and vanish at the ends', () => {
    expectClose(createWindow('welch', 5), [0, 0.75, 1, 0.75, 0], { atol: 1e-16 })
    expectClose(createWindow('lorch', 5), [0, 2 / Math.PI, 1, 2 / Math.PI, 0], { atol: 1e-15 })
  })
  test('refuses bad sizes and parameters', () => {
    expect(errorCode(() => createWindow('hann', 0))).toBe('E_RANGE')
    expect(errorCode(() => createWindow({ tukey: 2 }, 5))).toBe('E_RANGE')
    expect(errorCode(() => createWindow({ gaussian: 0 }, 5))).toBe('E_RANGE')
    expect(errorCode(() => createWindow({ kaiser: Number.NaN }, 5))).toBe('E_RANGE')
    expect(errorCode(() => createWindow('boxcar' as 'hann', 5))).toBe('E_ARGUMENT')
  })
})

describe('slopedWindow', () => {
  test('is one half at min and max, 0 and 1 at the feet and shoulders of the slopes', () => {
    const k = [2, 3, 3.5, 4, 8, 10, 11, 12, 13]
    for (const form of ['hanning', 'parzen'] as const) {
      const w = slopedWindow(k, { min: 3, max: 11, slope: [2, 4], form })
      expectClose([w[0]!, w[1]!, w[3]!, w[4]!, w[6]!, w[8]!], [0, 0.5, 1, 1, 0.5, 0], { atol: 1e-15 })
    }
    const hanning = slopedWindow(k, { min: 3, max: 11, slope: [2, 4] })
    expectClose([hanning[2]!, hanning[5]!], [Math.sin((Math.PI * 3) / 8) ** 2, Math.sin((Math.PI * 3) / 8) ** 2], { rtol: 1e-14 })
    expectClose(slopedWindow([3], { min: 3, max: 11, slope: 2, form: 'welch' }), [0.75], { rtol: 1e-15 })
  })
  test('is a box when the slopes have no width', () => {
    expect([...slopedWindow([0, 1, 2, 3, 4], { min: 1, max: 3, slope: 0 })]).toEqual([0, 1, 1, 1, 0])
    expect(errorCode(() => slopedWindow([0], { min: 2, max: 1, slope: 1 }))).toBe('E_RANGE')
  })
})

test('filters refuse a misspelt continuation and a missing window', () => {
  expect(errorCode(() => savitzkyGolay([1, 2, 3], { window: 3, edges: 'mirrored' as 'mirror' }))).toBe('E_ARGUMENT')
  expect(errorCode(() => medianFilter([1, 2, 3], { window: 3, edges: 'symmetric' as 'mirror' }))).toBe('E_ARGUMENT')
  expect(errorCode(() => savitzkyGolay([1, 2, 3], undefined as never))).toBe('E_ARGUMENT')
  expect(errorCode(() => medianFilter([1, 2, 3], {} as never))).toBe('E_MISSING')
})
