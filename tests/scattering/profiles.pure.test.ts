import fc from 'fast-check'
import { isOperandoError } from 'operando'
import { loadKernels } from 'operando/numeric'
import {
  evaluateProfile,
  GAUSSIAN,
  gaussian,
  LORENTZIAN,
  lorentzian,
  type Profile,
  PSEUDO_VOIGT,
  pseudoVoigt,
  SPLIT_PSEUDO_VOIGT,
  splitPseudoVoigt,
  THOMPSON_COX_HASTINGS,
  thompsonCoxHastings,
  VOIGT,
  voigt,
} from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/scattering/profiles.json'
import { onKernels } from './onKernels.js'

const ALL: readonly Profile[] = [
  GAUSSIAN,
  LORENTZIAN,
  PSEUDO_VOIGT,
  onKernels(PSEUDO_VOIGT, await loadKernels()),
  THOMPSON_COX_HASTINGS,
  VOIGT,
  SPLIT_PSEUDO_VOIGT,
]

const shapesOf = (profile: Profile) =>
  fc.tuple(
    ...profile.shape.map(({ kind }) =>
      kind === 'width' ? fc.double({ min: 0.02, max: 5, noNaN: true }) : fc.double({ min: 0, max: 1, noNaN: true }),
    ),
  )

describe.each(ALL.map(p => [p.name, p] as const))('%s', (_, profile) => {
  it('has the integral 1', () => {
    fc.assert(
      fc.property(shapesOf(profile), shape => {
        const width = profile.fwhm(Float64Array.from(shape))
        const least = Math.min(...shape.filter((_, k) => profile.shape[k]!.kind === 'width'), width)
        // u = sinh(v) spans twelve decades of tails; the sum of a smooth function over all v is exact beyond measure
        const n = 4001
        const x = new Float64Array(n)
        const weight = new Float64Array(n)
        for (let i = 0; i < n; i++) {
          const v = (i - (n - 1) / 2) * (60 / n)
          x[i] = 0.3 * least * Math.sinh(v)
          weight[i] = 0.3 * least * Math.cosh(v) * (60 / n)
        }
        const y = evaluateProfile(profile, x, { centre: 0 }, shape)
        const sum = y.reduce((s, value, i) => s + value * weight[i]!, 0)
        // a kink at the centre costs the split form some digits
        expectClose(sum, 1, { atol: profile === SPLIT_PSEUDO_VOIGT ? 1e-5 : 1e-9 })
      }),
      { numRuns: 30 },
    )
  })

  it('has the height and the full width at half maximum that it claims', () => {
    fc.assert(
      fc.property(shapesOf(profile), shape => {
        const s = Float64Array.from(shape)
        const w = profile.fwhm(s)
        const [left, right] = profile === SPLIT_PSEUDO_VOIGT ? [shape[0]! / 2, shape[1]! / 2] : [w / 2, w / 2]
        const y = evaluateProfile(profile, [7, 7 - left, 7 + right], { centre: 7, area: 3 }, shape)
        expectClose(y, [3 * profile.height(s), 1.5 * profile.height(s), 1.5 * profile.height(s)], { rtol: 1e-9 })
      }),
    )
  })

  it('has the derivatives that central differences show', () => {
    fc.assert(
      fc.property(shapesOf(profile), fc.double({ min: -3, max: 3, noNaN: true }), (shape, u) => {
        const s = Float64Array.from(shape)
        const width = profile.fwhm(s)
        const x = Float64Array.of(2 + u * width)
        fc.pre(Math.abs(u) > 1e-3)
        const parameters = [1.7, 2, ...shape]
        const value = (p: readonly number[]): number => {
          const out = new Float64Array(1)
          profile.add(x, 0, 1, p[0]!, p[1]!, Float64Array.from(p.slice(2)), 0, out, null)
          return out[0]!
        }
        const values = new Float64Array(parameters.length)
        const columns = {
          values,
          area: 0,
          centre: 1,
          shape: Int32Array.from(shape, (_, k) => k + 2),
          areaFactor: 1,
          centreFactor: 1,
        }
        const out = new Float64Array(1)
        profile.add(x, 0, 1, 1.7, 2, s, 0, out, columns)
        expectClose(out[0]!, value(parameters), { rtol: 1e-12 })
        parameters.forEach((p, k) => {
          const scale = k < 1 ? 1 : k === 1 ? width : profile.shape[k - 2]!.kind === 'width' ? Math.min(width, p) : 1
          const h = 1e-5 * scale
          const at = (d: number): number => value(parameters.map((q, j) => (j === k ? q + d : q)))
          const numeric = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
          expectClose(values[k]!, numeric, { rtol: 1e-7, atol: (1e-8 * 1.7 * profile.height(s)) / scale })
        })
      }),
    )
  })

  it('adds to what is there, and leaves columns that are not wanted alone', () => {
    const shape = Float64Array.from(profile.guess(0.3))
    const out = Float64Array.of(5, 5)
    const values = new Float64Array(4)
    const columns = {
      values,
      area: 2,
      centre: -1,
      shape: new Int32Array(shape.length).fill(-1),
      areaFactor: 0.5,
      centreFactor: 1,
    }
    profile.add(Float64Array.of(1, 1.2), 0, 2, 2, 1, shape, 0, out, columns)
    const y = evaluateProfile(profile, [1, 1.2], { centre: 1 }, [...shape])
    expectClose(out, [5 + 2 * y[0]!, 5 + 2 * y[1]!], { rtol: 1e-12 })
    expectClose(values, [0, 0, 0.5 * y[0]!, 0.5 * y[1]!], { rtol: 1e-12 })
  })

  it('guesses a shape of the width asked for', () => {
    expectClose(profile.fwhm(Float64Array.from(profile.guess(0.3))), 0.3, { rtol: 2e-3 })
  })
})

describe('voigt', () => {
  it('agrees with scipy.special.voigt_profile, from nearly Gaussian to nearly Lorentzian', () => {
    for (const { fwhmG, fwhmL, y } of reference.voigt) {
      expectClose(voigt(reference.x, { centre: 0, fwhmG, fwhmL }), y, {
        rtol: 1e-12,
        atol: 1e-300,
        peer: `scipy ${reference.peers.scipy}`,
      })
    }
  })

  it('becomes the Gaussian and the Lorentzian at its ends', () => {
    const x = reference.x
    expectClose(voigt(x, { centre: 0, fwhmG: 0.3, fwhmL: 0 }), gaussian(x, { centre: 0, fwhm: 0.3 }), {
      rtol: 1e-11,
      atol: 1e-300,
    })
    expectClose(voigt(x, { centre: 0, fwhmG: 0, fwhmL: 0.3 }), lorentzian(x, { centre: 0, fwhm: 0.3 }), { rtol: 1e-14 })
    expectClose(voigt(x, { centre: 0, fwhmG: 4e-8, fwhmL: 0.3 }), lorentzian(x, { centre: 0, fwhm: 0.3 }), { rtol: 1e-12 })
  })
})

describe('profiles', () => {
  it('say what a meaningless width or mixing is', () => {
    const wrong = [
      () => gaussian([0], { centre: 0, fwhm: 0 }),
      () => pseudoVoigt([0], { centre: 0, fwhm: 1, eta: 1.2 }),
      () => voigt([0], { centre: 0, fwhmG: 0, fwhmL: 0 }),
      () => thompsonCoxHastings([0], { centre: 0, fwhmG: -1, fwhmL: 1 }),
      () => splitPseudoVoigt([0], { centre: 0, fwhmLeft: 1, fwhmRight: Number.NaN, eta: 0 }),
    ]
    for (const run of wrong) {
      try {
        run()
        expect.unreachable()
      } catch (error) {
        expect(isOperandoError(error, 'E_RANGE')).toBe(true)
      }
    }
  })
})
