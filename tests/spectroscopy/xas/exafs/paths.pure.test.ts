import type { ScatteringPath } from 'operando'
import { parseFeffPath } from 'operando/io'
import {
  correlatedDebyeSigma2,
  createCorrelatedDebye,
  einsteinSigma2,
  ff2chi,
  kGrid,
  PATH_PARAMETERS,
  reducedMass,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { createPathModel } from '../../../../src/spectroscopy/xas/exafs/createPathModel.js'
import { errorText } from '../../../errorCode.js'
import { expectClose } from '../../../matchers.js'
import reference from '../../../reference/spectroscopy/exafs.json'

const { peer } = reference
const paths: Record<string, ScatteringPath> = Object.fromEntries(
  Object.entries(reference.texts).map(([file, text]) => [file, parseFeffPath(text, { file })]),
)
const first = paths['feff0001.dat']!
const sparse = (x: Float64Array): Float64Array => x.filter((_, i) => i % 5 === 1)

describe('chi(k) of a path', () => {
  it.each(reference.chis)('is that of larch: $path with $parameters', ({ path, parameters, chi }) => {
    const got = ff2chi([{ path: paths[path]!, ...parameters }], { kmax: 15 })
    expect(got.k.length).toBe(301)
    // CODATA 2022 against 2018 in ħ²/2m: 1.4e-9, more where q is small
    expectClose(sparse(got.chi), chi, { atol: 1e-8, peer })
  })

  it('adds up over paths', () => {
    const { parameters, chi } = reference.total
    const got = ff2chi(
      Object.values(paths).map(path => ({ path, ...parameters })),
      { kmax: 15 },
    )
    expectClose(sparse(got.chi), chi, { atol: 1e-8, peer })
    expect(got.paths.map(({ label }) => label)).toEqual(Object.keys(paths))
    expectClose(
      got.chi,
      got.chi.map((_, i) => got.paths.reduce((sum, part) => sum + part.chi[i]!, 0)),
      { atol: 1e-15 },
    )
  })

  it.each(PATH_PARAMETERS)('changes with %s as its derivative says', name => {
    const k = kGrid(15)
    const values = { degen: 6, s02: 0.9, e0: 3, ei: 0.8, deltar: 0.01, sigma2: 0.006, third: 2e-4, fourth: 3e-5 }
    const steps = { degen: 1e-3, s02: 1e-4, e0: 1e-4, ei: 1e-4, deltar: 1e-6, sigma2: 1e-7, third: 1e-8, fourth: 1e-9 }
    const run = (shift: number): [Float64Array, Float64Array] => {
      const p = Float64Array.from(PATH_PARAMETERS, other => values[other] + (other === name ? shift : 0))
      const [chi, jac] = [new Float64Array(k.length), new Float64Array(8 * k.length)]
      createPathModel(paths['feff0003.dat']!, k).evaluate(p, 0, k.length, chi, jac, new Uint8Array(8).fill(1))
      return [chi, jac]
    }
    const index = PATH_PARAMETERS.indexOf(name)
    const slope = run(0)[1].slice(index * k.length, (index + 1) * k.length)
    const [up, down] = [run(steps[name])[0], run(-steps[name])[0]]
    const difference = up.map((value, i) => (value - down[i]!) / (2 * steps[name]))
    const largest = difference.slice(20).reduce((most, v) => Math.max(most, Math.abs(v)), 0)
    // near threshold 1/q makes differences useless
    expectClose(slope.slice(20), difference.slice(20), { atol: 1e-6 * largest })
  })

  it('is extrapolated to k = 0, and needs no grid that begins there', () => {
    const whole = ff2chi([{ path: first, sigma2: 0.005 }], { kmax: 10 })
    expectClose(whole.chi[0]!, 2 * whole.chi[1]! - whole.chi[2]!, { atol: 1e-15 })
    const part = ff2chi([{ path: first, sigma2: 0.005 }], { k: whole.k.slice(40) })
    expectClose(part.chi, whole.chi.slice(40), { atol: 1e-14 })
  })

  it('takes the names of Artemis and IFEFFIT with a hint', () => {
    const got = ff2chi([{ path: first, delr: 0.01, ss2: 0.004, enot: 2 } as never], { kmax: 12 })
    const own = ff2chi([{ path: first, deltar: 0.01, sigma2: 0.004, e0: 2 }], { kmax: 12 })
    expect(got.chi).toEqual(own.chi)
    expect(got.warnings.map(({ code }) => code)).toEqual(['W_FOREIGN_NAME', 'W_FOREIGN_NAME', 'W_FOREIGN_NAME'])
  })

  it('is refused for paths without scattering data, wavenumbers beyond their tables, and parameters that are no numbers', () => {
    const bare = { name: 'feff0007.dat', legs: 2, reff: 2 } as unknown as ScatteringPath
    expect(errorText(() => ff2chi([{ path: bare }]))).toMatch(
      /E_MISSING ff2chi: path 0 \(feff0007.dat\) has no scattering data.*parseFeffPath/,
    )
    expect(errorText(() => ff2chi([{ path: first }], { kmax: 25 }))).toMatch(
      /E_RANGE ff2chi: k runs from 0 to 25 1\/Å, but path feff0001.dat ends at 20/,
    )
    expect(errorText(() => ff2chi([{ path: first, sigma2: 'ss' } as never]))).toMatch(
      /E_RANGE ff2chi: sigma2 of path feff0001.dat is ss.*fitExafs/,
    )
    expect(errorText(() => ff2chi([{ path: first, sigma: 0.01 } as never]))).toMatch(/E_ARGUMENT.*'sigma2' was probably meant/)
    expect(errorText(() => ff2chi([]))).toMatch(/E_ARGUMENT ff2chi: a list of paths/)
  })
})

describe('disorder of a path', () => {
  // the masses of the peer, for what is compared to ten digits
  const mass: Record<string, number> = { Ni: 58.6934, O: 15.999 }

  it.each(reference.thermal)('is that of larch: $path at $temperature K', ({ path, temperature, einstein, debye }) => {
    const { atoms, rnorman } = paths[path]!
    const masses = atoms.map(({ element }) => mass[element]!)
    const reduced = 1 / masses.reduce((sum, m) => sum + 1 / m, 0)
    for (const [theta, sigma2] of einstein as [number, number][])
      expectClose(einsteinSigma2(temperature, theta, reduced), sigma2, { rtol: 1e-8, peer })
    // FEFF6's constants, which the peer keeps, are older by parts in 1e6; its Romberg rule stops at 1e-9, but not when very cold
    for (const [theta, sigma2] of debye as [number, number][])
      expectClose(createCorrelatedDebye({ atoms, rnorman }, masses)(temperature, theta), sigma2, { rtol: 2e-6, peer })
  })

  it('falls to the zero-point motion at 0 K and grows as k T / mu omega² when hot', () => {
    const mu = reducedMass(['Cu', 'Cu'])
    expectClose(mu, 31.773, { rtol: 1e-6 })
    expectClose(einsteinSigma2(0, 232, mu), einsteinSigma2(1, 232, mu), { rtol: 1e-12 })
    expectClose(einsteinSigma2(1e5, 232, mu) / einsteinSigma2(5e4, 232, mu), 2, { rtol: 1e-5 })
    const atoms = first.atoms
    const debye = createCorrelatedDebye({ atoms, rnorman: 2.5 })
    expectClose(debye(0, 400), debye(0.5, 400), { rtol: 1e-5 })
    expectClose(debye(1e5, 400) / debye(5e4, 400), 2, { rtol: 1e-5 })
  })

  it('of distant atoms is the sum of their own, of near ones less', () => {
    const pair = (distance: number): number =>
      correlatedDebyeSigma2(
        {
          atoms: [0, distance].map(x => ({ label: 'Cu', element: 'Cu', potential: 1, position: [x, 0, 0] as const })),
          rnorman: 2.63,
        },
        300,
        315,
      )
    expect(pair(2.55)).toBeLessThan(0.75 * pair(500))
    expectClose(pair(500), pair(1000), { rtol: 2e-3 })
  })

  it('is refused for temperatures, masses and radii that are none', () => {
    expect(errorText(() => einsteinSigma2(-1, 200, 30))).toMatch(/E_RANGE einsteinSigma2.*found -1 and 200/)
    expect(errorText(() => einsteinSigma2(300, 200, 0))).toMatch(/a mass above 0/)
    expect(errorText(() => correlatedDebyeSigma2({ atoms: first.atoms, rnorman: 0 }, 300, 200))).toMatch(/Norman radius above 0/)
    expect(errorText(() => reducedMass(['Ni', 'Xx']))).toMatch(/E_MISSING/)
  })
})
