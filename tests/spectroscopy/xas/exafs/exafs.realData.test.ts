import { readFileSync } from 'node:fs'
import { createStructure } from 'operando'
import { parseFeffPath } from 'operando/io'
import {
  cauchyWavelet,
  createCorrelatedDebye,
  type ExafsFitOptions,
  einsteinSigma2,
  ff2chi,
  fitExafs,
  kGrid,
  pathsOfStructure,
  reducedMass,
  type TransformWindow,
  xftf,
  xftr,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../../matchers.js'
import { hasSharedData, sharedPath } from '../../../sharedData.js'

const json = (name: string) => JSON.parse(readFileSync(sharedPath(`reference/spectroscopy/${name}.json`), 'utf8'))
const feff = (file: string) => parseFeffPath(readFileSync(sharedPath(`data/spectroscopy/${file}`), 'utf8'), { file })
const largest = (x: ArrayLike<number>): number => Array.from(x).reduce((most, v) => Math.max(most, Math.abs(v)), 0)
const peersOf = (results: Record<string, unknown>): [string, Record<string, never>][] => Object.entries(results) as never

describe.skipIf(!hasSharedData)('on copper, FeO and Fe2O3 as measured, with paths of FEFF', () => {
  it('chi(R) and chi(q) are those of both versions of larch', () => {
    const { cases } = json('xas_autobk_ft')
    for (const { name, input, results } of cases) {
      if (!name.startsWith('xft ')) continue
      const from = cases.find((one: { name: string }) => one.name === `autobk | ${input.chi_from_case}`)
      const { forward, reverse } = input
      for (const [peer, want] of peersOf(results) as unknown as [string, Record<string, number[]>][]) {
        const { chi } = from.results[peer]
        const k = kGrid(0.05 * (chi.length - 1))
        const names: Record<string, TransformWindow> = { bes: 'bessel' }
        const far = xftf(k, chi, { ...forward, window: names[forward.window] ?? forward.window })
        const scale = largest(want.chir_re!)
        expectClose(far.re.slice(0, 200), want.chir_re!, { atol: 1e-7 * scale, peer })
        expectClose(far.im.slice(0, 200), want.chir_im!, { atol: 1e-7 * scale, peer })
        const back = xftr(far, { ...reverse, qmaxOut: 15 })
        const sparse = (x: Float64Array): Float64Array => x.slice(0, 300).filter((_, i) => i % 3 === 0)
        expectClose(sparse(back.re), want.chiq_re!, { atol: 1e-7 * largest(want.chiq_re!), peer })
        expectClose(sparse(back.im), want.chiq_im!, { atol: 1e-7 * largest(want.chiq_re!), peer })
      }
    }
  })

  it('the Cauchy wavelet is that of both versions of larch', () => {
    const one = json('xas_mback_fluo_wavelet').cases.find(({ name }: { name: string }) => name.startsWith('cauchy_wavelet'))
    const { chi } = json('xas_autobk_ft').cases[0].results['xraylarch 0.9.58+ds1']
    const k = kGrid(0.05 * (chi.length - 1))
    const { kweight, rmax_out: rmaxOut } = one.input
    const map = cauchyWavelet(k, chi, { kweight, rmaxOut })
    for (const [peer, want] of peersOf(one.results) as unknown as [
      string,
      { magnitude: number[][]; maximum: number; shape: number[] },
    ][]) {
      expect([map.r.length, map.k.length]).toEqual(want.shape)
      const rows = want.magnitude.map((_, row) =>
        map.magnitude.slice(20 * row * k.length, (20 * row + 1) * k.length).filter((_v, i) => i % 20 === 0),
      )
      expectClose(Float64Array.from(rows.flatMap(row => [...row])), want.magnitude.flat(), { atol: 1e-6 * want.maximum, peer })
    }
  })

  it('paths, their chi with cumulants and their thermal disorder are those of both versions of larch', () => {
    for (const { name, input, results } of json('exafs_paths').cases) {
      for (const [peer, want] of peersOf(results) as unknown as [string, Record<string, never>][]) {
        if (name.startsWith('parse')) {
          const path = feff(input.file)
          expect(path).toMatchObject({
            legs: want.nleg,
            degeneracy: want.degen,
            reff: want.reff,
            rnorman: want.rnorman,
            edgeEnergy: want.edge,
          })
          expectClose(reducedMass(path), want.rmass, { rtol: 3e-5, peer })
        } else if (name.startsWith('sigma2')) {
          const path = feff(input.file)
          const t = input.temperature_K
          // atomic weights of IUPAC 2021 against those of the peer
          expectClose(einsteinSigma2(t, 250, reducedMass(path)), want.einstein_theta_250!, { rtol: 3e-5, peer })
          expectClose(einsteinSigma2(t, 450, reducedMass(path)), want.einstein_theta_450!, { rtol: 3e-5, peer })
          const debye = createCorrelatedDebye(path)
          expectClose([debye(t, 315), debye(t, 500)], [want.correlated_debye_theta_315!, want.correlated_debye_theta_500!], {
            rtol: 3e-5,
            peer,
          })
        } else {
          const files: string[] = input.files ?? [input.file]
          const { chi } = ff2chi(
            files.map(file => ({ path: feff(file), ...input.path_parameters })),
            { kmax: input.kmax },
          )
          const e0 = Math.max(0, input.path_parameters.e0 ?? 0)
          const from = Math.ceil((Math.sqrt(0.2625 * e0) + 0.3) / 0.05 / 2)
          const got = chi.filter((_, i) => i % 2 === 1).slice(from)
          expectClose(got, (want.chi as unknown as number[]).slice(from), { atol: 1e-7, peer })
        }
      }
    }
  })

  it.each(hasSharedData ? (json('exafs_feffit').cases as { name: string }[]).map(({ name }) => name) : [])(
    '%s: three codes and this one agree',
    name => {
      const { input, results } = json('exafs_feffit').cases.find((one: { name: string }) => one.name === name)
      const { fitspace, ...range } = input.transform
      const options: ExafsFitOptions = { ...range, space: fitspace === 'r' ? 'R' : fitspace }
      const paths = input.paths.map(({ file, ...rest }: { file: string }) => ({ path: feff(file), ...rest }))
      const k = kGrid(0.05 * (input.chi.length - 1))
      const fit = fitExafs({ k, chi: input.chi, paths }, input.vary, options)
      expect(fit.converged).toBe(true)
      const isThermal = name.includes('Debye')
      for (const [peer, found] of peersOf(results)) {
        const want = found as unknown as {
          best: Record<string, number>
          stderr: Record<string, number>
          chi_square: number
          rfactor: number
          n_independent: number
        }
        for (const [parameter, value] of Object.entries(want.best)) {
          expectClose(fit.parameters[parameter]!.value, value, { atol: 0.02 * want.stderr[parameter]!, peer })
          expectClose(fit.parameters[parameter]!.standardError!, want.stderr[parameter]!, { rtol: 0.02, peer })
        }
        expectClose(fit.chiSquare, want.chi_square, { rtol: isThermal ? 1e-4 : 1e-5, peer })
        expectClose(fit.rFactor, want.rfactor, { rtol: isThermal ? 1e-4 : 1e-5, peer })
        expectClose(fit.independent, want.n_independent, { rtol: 1e-7, peer })
      }
    },
  )

  it("shells made from copper's first one are FEFF's own, as accurately as pathsOfStructure says", () => {
    const copper = createStructure({
      cell: { a: 3.6032 },
      spaceGroup: 'F m -3 m',
      sites: [{ element: 'Cu', position: [0, 0, 0] }],
    })
    const made = pathsOfStructure(copper, { absorber: 'Cu1', amplitudes: [feff('xas/feff/Cu/feff0001.dat')], rmax: 5.2 })
    const own = [1, 2, 5, 8].map(n => feff(`xas/feff/Cu/feff000${n}.dat`))
    expect(made.map(({ degeneracy }) => degeneracy)).toEqual(own.map(({ degeneracy }) => degeneracy))
    expectClose(
      made.map(({ reff }) => reff),
      own.map(({ reff }) => reff),
      { atol: 1e-4 },
    )
    own.slice(1).forEach((path, i) => {
      const { k, chi } = ff2chi([{ path, sigma2: 0.006 }], { kmax: 16 })
      const fit = fitExafs(
        { k, chi, paths: [{ path: made[i + 1]!, label: 'shell', s02: 'amp', e0: 'de', deltar: 'dr', sigma2: 'ss2' }] },
        { amp: 1, de: 0, dr: 0, ss2: 0.006 },
        { kmin: 4, kmax: 14, rmin: path.reff - 1.2, rmax: path.reff + 0.6 },
      )
      const { amp, de, dr, ss2 } = fit.parameters
      expectClose(dr!.value, 0, { atol: [0.002, 0.004, 0.006][i]! })
      expectClose(amp!.value, [0.97, 0.96, 0.96][i]!, { atol: 0.006 })
      expectClose(de!.value, [-1.1, -1.9, -2.5][i]!, { atol: 0.06 })
      expectClose(ss2!.value, 0.0056, { atol: 1.5e-4 })
    })
  })
})
