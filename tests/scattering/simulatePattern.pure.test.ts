import { createUnitCell, dSpacing } from 'operando'
import { simulatePattern } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'

const silicon = createUnitCell({ a: 5.43102 })
const wavelength = 1.54056
const step = 0.002
const grid = (from: number, to: number): Float64Array =>
  Float64Array.from({ length: Math.round((to - from) / step) }, (_, i) => from + i * step)
const line = (hkl: readonly [number, number, number], amount = 1, size?: number) => ({
  cell: silicon,
  reflections: [{ hkl, multiplicity: 8, f2: 3000 }],
  amount,
  size,
})
const sum = (values: Float64Array): number => values.reduce((total, v) => total + v, 0) * step
const fwhmOf = (x: Float64Array, y: Float64Array): number => {
  const half = Math.max(...y) / 2
  return y.filter(v => v > half).length * (x[1]! - x[0]!)
}

describe('simulatePattern', () => {
  it('puts the maximum at the Bragg angle', () => {
    const x = grid(27, 30)
    const y = simulatePattern(x, [line([1, 1, 1])], { wavelength, fwhm: 0.05 })
    const bragg = (2 * Math.asin(wavelength / (2 * dSpacing(silicon, [1, 1, 1]))) * 180) / Math.PI
    expect(Math.abs(x[y.indexOf(Math.max(...y))]! - bragg)).toBeLessThan(step)
  })

  it('has areas m |F|² / (V sin²θ cosθ), whatever the width', () => {
    // Gaussian, so that the window holds the whole line
    const theta = Math.asin(wavelength / (2 * dSpacing(silicon, [1, 1, 1])))
    const closed = (8 * 3000) / (5.43102 ** 3 * Math.sin(theta) ** 2 * Math.cos(theta))
    for (const fwhm of [0.05, 0.2])
      expectClose(sum(simulatePattern(grid(26, 31), [line([1, 1, 1])], { wavelength, fwhm, eta: 0 })), closed, { rtol: 1e-6 })
  })

  it('broadens small domains by Scherrer, in quadrature with the instrument', () => {
    const x = grid(25, 32)
    const y = simulatePattern(x, [line([1, 1, 1], 1, 200)], { wavelength, fwhm: 0.05, eta: 0 })
    const theta = Math.asin(wavelength / (2 * dSpacing(silicon, [1, 1, 1])))
    const scherrer = ((0.94 * wavelength) / (200 * Math.cos(theta))) * (180 / Math.PI)
    expectClose(fwhmOf(x, y), Math.hypot(scherrer, 0.05), { atol: 2 * step })
  })

  it('adds phases by their amounts, and leaves out lines beyond the wavelength', () => {
    const x = grid(27, 30)
    const options = { wavelength, fwhm: 0.05 }
    const one = simulatePattern(x, [line([1, 1, 1])], options)
    expectClose(
      simulatePattern(x, [line([1, 1, 1]), line([1, 1, 1], 2)], options),
      one.map(v => 3 * v),
      { rtol: 1e-12 },
    )
    expect(Math.max(...simulatePattern(x, [line([8, 8, 8])], options))).toBe(0)
  })

  it('refuses a wavelength, width or amount that means nothing', () => {
    expect(() => simulatePattern([1], [line([1, 1, 1])], { wavelength: 0, fwhm: 1 })).toThrow('wavelength')
    expect(() => simulatePattern([1], [line([1, 1, 1], -1)], { wavelength, fwhm: 1 })).toThrow('amount')
  })
})
