import { createDataset, type Dataset } from 'operando'
import {
  cutPlane,
  emissionMoments,
  integratedAbsoluteDifference,
  integratePlane,
  normalizeEmission,
  rixsToTransfer,
  spinState,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSpectra, sharedReference } from '../sharedSpectra.js'

interface Reference {
  xes: {
    first_moment_window: [number, number]
    first_moment: { high_spin: number; low_spin: number }
    IAD: number
    mixtures: { fraction_high_spin: number; IAD_to_low_spin: number; fraction_from_IAD: number }[]
    IAD_of_a_0p1_eV_shift: number
  }
  rixs: {
    constant_incident_531: (number | null)[]
    constant_incident_529: (number | null)[]
    superpartial_fluorescence_yield_522_527: number[]
  }
}
const peer = 'numpy 1.24.2'

describe.skipIf(!hasSpectra)('emission lines of two spin states', () => {
  const { xes } = hasSpectra ? sharedReference<Reference>('qexafs_xes_rixs') : ({} as Reference)
  const x = Float64Array.from({ length: 161 }, (_, i) => 6470 + 0.25 * i)
  const line = (c: number, w: number, a: number) => (e: number) => a / (1 + ((e - c) / (w / 2)) ** 2)
  const high = x.map(e => line(6491.8, 3.2, 1)(e) + line(6476, 6, 0.22)(e))
  const low = x.map(e => line(6490.5, 2.9, 1.05)(e) + line(6477.5, 6.5, 0.12)(e))

  it('have the first moments, differences and fractions of numpy', () => {
    const moment = (y: Float64Array): number => emissionMoments(x, y, xes.first_moment_window).mean
    // nine digits of the peer
    expectClose([moment(high), moment(low)], [xes.first_moment.high_spin, xes.first_moment.low_spin], { rtol: 1e-9, peer })
    expectClose(integratedAbsoluteDifference(x, high, low), xes.IAD, { rtol: 2e-9, peer })
    const [h, l] = [high, low].map(y => normalizeEmission(x, y).intensity)
    for (const m of xes.mixtures) {
      const mixed = h!.map((v, i) => m.fraction_high_spin * v + (1 - m.fraction_high_spin) * l![i]!)
      const found = spinState(x, mixed, { intensity: low, spin: 0 }, { intensity: high, spin: 2.5 })
      expectClose([found.iad, found.fraction], [m.IAD_to_low_spin, m.fraction_from_IAD], { rtol: 2e-9, peer })
      expectClose(found.spin, 2.5 * m.fraction_high_spin, { rtol: 1e-9 })
      expect(found.warnings).toEqual([])
    }
    // straight between points, as the peer shifts it
    const shifted = x.map((e, i) => (i === 0 ? l![0]! : l![i - 1]! + ((e - 0.1 - x[i - 1]!) / 0.25) * (l![i]! - l![i - 1]!)))
    expectClose(integratedAbsoluteDifference(x, shifted, l!), xes.IAD_of_a_0p1_eV_shift, { rtol: 1e-8, peer })
  })
})

describe.skipIf(!hasSpectra)('a RIXS plane at an oxygen edge', () => {
  const { rixs } = hasSpectra ? sharedReference<Reference>('qexafs_xes_rixs') : ({} as Reference)
  const incident = Float64Array.from({ length: 33 }, (_, i) => 527 + 0.25 * i)
  const emission = Float64Array.from({ length: 71 }, (_, j) => 518 + 0.2 * j)
  const plane: Dataset = createDataset({
    name: 'I',
    dims: ['emission', 'incident'],
    shape: [71, 33],
    values: Float64Array.from({ length: 71 * 33 }, (_, k) => {
      const [o, i] = [emission[Math.floor(k / 33)]!, incident[k % 33]!]
      return (
        Math.exp(-(((i - o) / 0.25) ** 2)) +
        0.8 * Math.exp(-(((i - 531) / 0.5) ** 2) - ((o - 523.7) / 0.4) ** 2) +
        (0.3 * Math.exp(-(((o - 525) / 1.2) ** 2))) / (1 + Math.exp(-(i - 530) / 0.6))
      )
    }),
    unit: 'counts',
    coords: {
      emission: { dims: ['emission'], values: emission, unit: 'eV' },
      incident: { dims: ['incident'], values: incident, unit: 'eV' },
    },
  })
  const transfer = Float64Array.from({ length: 57 }, (_, t) => -2 + 0.25 * t)

  it('turns into transfers as by bilinear interpolation, NaN and masked where nothing was measured', () => {
    const turned = rixsToTransfer(plane, transfer)
    for (const [at, want] of [
      [531, rixs.constant_incident_531],
      [529, rixs.constant_incident_529],
    ] as const) {
      const cut = cutPlane(turned, { along: 'incident', at })
      want.forEach((value, t) => {
        // the peer leaves out the last interval of the emission, which was measured
        if (value === null) {
          const measured = at - transfer[t]! >= emission[70]! - 0.2 - 1e-9 && at - transfer[t]! <= emission[70]!
          if (!measured) expect([Number.isNaN(cut.values[t]), cut.mask?.[t]]).toEqual([true, 1])
        } else expectClose(cut.values[t]!, value, { rtol: 1e-8, atol: 1e-12, peer })
      })
    }
  })

  it('has the partial fluorescence yield of a sum over its cells', () => {
    const yielded = integratePlane(plane, 'emission', [521.9, 526.9]) // the peer's 522 is 522.0000000000001
    expectClose(yielded.values, rixs.superpartial_fluorescence_yield_522_527, { rtol: 1e-8, peer })
    expect([yielded.dims, yielded.unit.symbol]).toEqual([['incident'], expect.stringContaining('eV')])
  })
})
