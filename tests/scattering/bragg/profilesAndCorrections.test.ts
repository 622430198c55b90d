import { readFileSync } from 'node:fs'
import {
  apparentStrain,
  fingerCoxJephcoat,
  fullProfWidths,
  gsasWidths,
  lineWidths,
  lorentzFactor,
  plateAbsorption,
  polarizationFactor,
  scherrerSize,
  widthsOfFullProf,
  widthsOfGsas,
} from 'operando/scattering'
import { describe, expect, test } from 'vitest'
import { errorCode, errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

interface Reference {
  caglioti: {
    parameters: Record<'U' | 'V' | 'W' | 'P' | 'X' | 'Y', number>
    two_theta: number[]
    HG: number[]
    HL: number[]
    fwhm_eta: [number, number][]
  }
  fcj: {
    two_theta: number
    fwhm: number
    eta: number
    S_over_L: number
    H_over_L: number
    x: number[]
    y: number[]
    peak_position: number
  }[]
  lp: Record<string, Record<string, number>>
  size_strain: Record<string, number>[]
  transmission_absorption: { two_theta: number; mu_t: number; flat_plate_transmission_relative: number }[]
}

describe.skipIf(!hasSharedData)('profiles and corrections against independent numpy code', () => {
  const reference = (
    hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/scattering/f_profiles.json'), 'utf8')) : {}
  ) as Reference

  test('widths along the pattern', () => {
    const { parameters: p, two_theta, HG, HL, fwhm_eta } = reference.caglioti
    const widths = lineWidths(two_theta, { u: p.U, v: p.V, w: p.W, p: p.P, size: p.X, strain: p.Y })
    expectClose(widths.gaussian, HG, { rtol: 1e-12 })
    expectClose(widths.lorentzian, HL, { rtol: 1e-12 })
    expectClose(
      widths.fwhm,
      fwhm_eta.map(([fwhm]) => fwhm),
      { rtol: 1e-12 },
    )
    expectClose(
      widths.eta,
      fwhm_eta.map(([, eta]) => eta),
      { rtol: 1e-12 },
    )
  })

  test('axial divergence: the curve to 1e-5 of its maximum, and where that lies', () => {
    for (const { two_theta: twoTheta, fwhm, eta, S_over_L: sample, H_over_L: detector, x, y, peak_position } of reference.fcj) {
      const line = { twoTheta, fwhm, eta, sample, detector }
      expectClose(fingerCoxJephcoat(x, line), y, { rtol: 0, atol: 1e-5 * Math.max(...y) })
      const fine = Float64Array.from({ length: 6001 }, (_, i) => twoTheta - 2 + i * 5e-4)
      const curve = fingerCoxJephcoat(fine, line)
      expect(Math.abs(fine[curve.indexOf(Math.max(...curve))]! - peak_position)).toBeLessThan(6e-4)
    }
  })

  test('Lorentz and polarisation', () => {
    for (const [angle, want] of Object.entries(reference.lp)) {
      const twoTheta = Number(angle)
      const lorentz = lorentzFactor(twoTheta)
      expectClose(lorentz, want.lorentz_only!, { rtol: 1e-12 })
      expectClose(2 * lorentz * polarizationFactor(twoTheta, 'unpolarised'), want.bragg_brentano_no_mono!, { rtol: 1e-12 })
      expectClose(lorentz * polarizationFactor(twoTheta, { monochromator: 26.6 }), want.graphite_mono_CuKa_26p6!, { rtol: 1e-12 })
      expectClose(lorentz * polarizationFactor(twoTheta, { degree: 0.95 }), want.synchrotron_P0p95_vertical_plane!, {
        rtol: 1e-12,
      })
    }
  })

  test('size, strain, absorption of a plate', () => {
    for (const s of reference.size_strain) {
      expectClose(scherrerSize(s.two_theta!, s.breadth_deg!, s.wavelength!, { constant: s.K! }), s.scherrer_size_A!, {
        rtol: 1e-12,
      })
      expectClose(apparentStrain(s.two_theta!, s.breadth_deg!), s.strain_if_all_strain_beta_over_4tan!, { rtol: 1e-12 })
    }
    for (const t of reference.transmission_absorption)
      expectClose(plateAbsorption(t.two_theta, t.mu_t), t.flat_plate_transmission_relative, { rtol: 1e-12 })
  })
})

describe('widths', () => {
  test('of GSAS and FullProf swap size and strain, and GSAS counts in centidegrees', () => {
    const gsas = widthsOfGsas({ U: 2, V: -2, W: 5, P: 0.1, X: 0.4, Y: 2, Z: 0.1 })
    expect(gsasWidths(gsas)).toEqual({ U: 2, V: -2, W: 5, P: 0.1, X: 0.4, Y: 2, Z: 0.1 })
    expectClose(gsas.w!, (5 * 8 * Math.LN2) / 1e4, { rtol: 1e-15 })
    const fullProf = widthsOfFullProf({ U: 0.0011, V: -0.0009, W: 0.0016, IG: 0, X: 0.02, Y: 0.004 })
    expect(fullProf).toMatchObject({ size: 0.004, strain: 0.02 })
    expect(fullProfWidths(fullProf)).toEqual({ U: 0.0011, V: -0.0009, W: 0.0016, IG: 0, X: 0.02, Y: 0.004 })
  })

  test('below 0 are refused with the angle', () => {
    expect(errorText(() => lineWidths([10, 60], { u: 0.001, v: -0.01, w: 0.002 }))).toMatch(/^E_RANGE.*2theta = 60 degrees/)
    expect(errorCode(() => lineWidths([10], {}))).toBe('E_RANGE')
  })
})

describe('axial divergence', () => {
  const line = { twoTheta: 3.2, fwhm: 0.018, eta: 0.35, sample: 0.01, detector: 0.02 }
  const x = Float64Array.from({ length: 4001 }, (_, i) => 1.2 + i * 1e-3)

  test('of no height is the plain pseudo-Voigt, and S and H may be exchanged', () => {
    const plain = fingerCoxJephcoat(x, { ...line, sample: 0, detector: 0 })
    expect(x[plain.indexOf(Math.max(...plain))]).toBeCloseTo(3.2, 9)
    expectClose(fingerCoxJephcoat(x, { ...line, sample: 0.02, detector: 0.01 }), fingerCoxJephcoat(x, line), { rtol: 1e-12 })
  })

  test('keeps the area, and mirrors its tail beyond 90 degrees', () => {
    const sum = fingerCoxJephcoat(x, { ...line, eta: 0 }).reduce((a, b) => a + b, 0) * 1e-3
    expectClose(sum, 1, { rtol: 1e-6 })
    const low = fingerCoxJephcoat(x, line)
    const high = fingerCoxJephcoat(
      x.map(v => 180 - v),
      { ...line, twoTheta: 176.8 },
    )
    expectClose(high, low, { rtol: 1e-9, atol: 1e-9 })
  })

  test('a cone that only just reaches the slit still integrates', () => {
    // tan(0.8 deg) = 0.014 < S/L + H/L
    const steep = { ...line, twoTheta: 0.8, fwhm: 0.05 }
    const grid = Float64Array.from({ length: 3001 }, (_, i) => -0.5 + i * 1e-3)
    const coarse = fingerCoxJephcoat(grid, steep)
    const fine = fingerCoxJephcoat(grid, { ...steep, points: 2000 })
    expectClose(coarse, fine, { rtol: 0, atol: 1e-5 * Math.max(...fine) })
  })

  test('what means nothing is refused', () => {
    for (const wrong of [{ twoTheta: 0 }, { fwhm: 0 }, { eta: 2 }, { sample: -0.1 }])
      expect(errorCode(() => fingerCoxJephcoat([1], { ...line, ...wrong }))).toBe('E_RANGE')
    expect(errorCode(() => scherrerSize(10, 0, 1))).toBe('E_RANGE')
    expect(errorCode(() => plateAbsorption(95, 1))).toBe('E_RANGE')
  })
})
