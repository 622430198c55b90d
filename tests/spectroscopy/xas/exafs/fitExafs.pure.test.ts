import { createDataset, type ScatteringPath } from 'operando'
import { parseFeffPath } from 'operando/io'
import { sequence } from 'operando/series'
import {
  createExafsFit,
  type ExafsData,
  type ExafsFitOptions,
  exafsFitter,
  type FitPath,
  ff2chi,
  fitExafs,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../../errorCode.js'
import { expectClose } from '../../../matchers.js'
import reference from '../../../reference/spectroscopy/exafs.json'

const texts: Record<string, string> = reference.texts
const path = (n: number): ScatteringPath => parseFeffPath(texts[`feff000${n}.dat`]!, { file: `feff000${n}.dat` })
const [oxygen, metal] = [path(1), path(2)]
const truth = { s02: 0.85, e0: 2.5, sigma2: 0.006, deltar: -0.012 }
const simulate = (values: object = {}, extra: { path: ScatteringPath }[] = []) =>
  ff2chi([{ path: oxygen, ...truth, ...values }, ...extra], { kmax: 15.5 })
const shell: FitPath = { path: oxygen, label: 'NiO', s02: 'amp', e0: 'de', sigma2: 'ss2', deltar: 'dr' }
const start = { amp: 1, de: 0, ss2: 0.004, dr: 0 }
const range: ExafsFitOptions = { kmin: 3, kmax: 14, rmin: 1.1, rmax: 2.1 }
const data = (): ExafsData => {
  const { k, chi } = simulate()
  return { k, chi, paths: [shell] }
}

describe('a fit of one path', () => {
  it.each(['k', 'R', 'q'] as const)('finds in %s space what the spectrum was made of', space => {
    const fit = fitExafs(data(), start, { ...range, space, dk: 2, dr: 0.2 })
    expect(fit.converged).toBe(true)
    expectClose(
      ['amp', 'de', 'ss2', 'dr'].map(name => fit.parameters[name]!.value),
      [truth.s02, truth.e0, truth.sigma2, truth.deltar],
      { rtol: 1e-7 },
    )
    expectClose(fit.parameters['NiO.r']!.value, 2.085 - 0.012, { rtol: 1e-9 })
    expect(fit.rFactor).toBeLessThan(1e-12)
  })

  it('gives data, model and paths as curves, which add up', () => {
    const extra = [{ path: metal, s02: 0.85, e0: 2.5, sigma2: 0.008 }]
    const { k, chi } = simulate({}, extra)
    const second: FitPath = { path: metal, label: 'NiNi', s02: 'amp', e0: 'de', sigma2: 'ss2 + 0.002' }
    const fit = fitExafs({ k, chi, paths: [shell, second] }, start, { ...range, rmax: 3 })
    const { curves } = fit.sets[0]!
    expectClose(curves!.model.chi, curves!.data.chi, { atol: 1e-9 })
    expectClose(
      curves!.paths.NiO!.re.map((value, i) => value + curves!.paths.NiNi!.re[i]!),
      curves!.model.re,
      { atol: 1e-12 },
    )
    expectClose(curves!.data.magnitude, curves!.model.magnitude, { atol: 1e-7 })
    expect(fit.parameters['NiNi.sigma2']).toMatchObject({ tie: 'ss2 + 0.002', varied: false })
  })

  it('does not depend on a parameter by name or by function, and errors follow both alike', () => {
    const { k, chi } = simulate()
    const noisy = chi.map((value, i) => value + 3e-4 * Math.sin(12.9 * i * i))
    const named = fitExafs(
      { k, chi: noisy, paths: [{ ...shell, deltar: 'alpha * reff' }] },
      { amp: 1, de: 0, ss2: 0.004, alpha: 0 },
      range,
    )
    const called = fitExafs(
      { k, chi: noisy, paths: [{ ...shell, deltar: values => values.alpha! * values.reff! }] },
      { amp: 1, de: 0, ss2: 0.004, alpha: 0 },
      range,
    )
    const free = fitExafs({ k, chi: noisy, paths: [shell] }, start, range)
    for (const fit of [named, called]) {
      expectClose(fit.parameters['NiO.r']!.value, free.parameters['NiO.r']!.value, { rtol: 1e-8 })
      expectClose(fit.parameters['NiO.r']!.standardError!, free.parameters.dr!.standardError!, { rtol: 1e-5 })
      expectClose(fit.parameters.alpha!.standardError! * 2.085, free.parameters.dr!.standardError!, { rtol: 1e-5 })
    }
  })

  it('at a bound says so, tells no error for it and those of the others with it held', () => {
    const { k, chi } = simulate()
    const noisy = chi.map((value, i) => value + 3e-4 * Math.sin(12.9 * i * i))
    const bound = fitExafs({ k, chi: noisy, paths: [shell] }, { ...start, amp: { value: 0.7, max: 0.8 } }, range)
    const held = fitExafs({ k, chi: noisy, paths: [shell] }, { ...start, amp: { value: 0.8, vary: false } }, range)
    expect(bound.parameters.amp).toMatchObject({ value: 0.8, atBound: 'max', standardError: null })
    expect(bound.warnings.map(({ code }) => code)).toEqual(['W_BOUND'])
    expectClose(bound.parameters.ss2!.value, held.parameters.ss2!.value, { rtol: 1e-6 })
    // one variable more was varied, though it ended at its bound
    const freedom = Math.sqrt((held.independent - 3) / (held.independent - 4))
    expectClose(bound.parameters.ss2!.standardError!, held.parameters.ss2!.standardError! * freedom, { rtol: 1e-5 })
  })

  it('with more variables than independent points tells no errors, and says so', () => {
    const every: FitPath = { ...shell, ei: 'ei', third: 'c3' }
    const fit = fitExafs({ ...data(), paths: [every] }, { ...start, ei: 0.1, c3: 0 }, { ...range, kmax: 8, rmin: 1.2, rmax: 2 })
    expect(fit.independent).toBeLessThan(6)
    expect(fit.warnings.map(({ code }) => code)).toEqual(['W_UNDETERMINED'])
    expect(
      Object.values(fit.parameters)
        .map(({ standardError }) => standardError)
        .filter(error => error),
    ).toEqual([])
    expect(fit.covariance).toBe(null)
  })
})

describe('fits of several spectra', () => {
  it('share what is one for all, and have of their own what each has', () => {
    const values = [
      { sigma2: 0.005, deltar: -0.02 },
      { sigma2: 0.006, deltar: 0 },
      { sigma2: 0.008, deltar: 0.03 },
    ]
    const sets = values.map((own, i): ExafsData => {
      const { k, chi } = simulate(own)
      return { name: `T${i}`, k, chi, paths: [shell] }
    })
    const fit = fitExafs(sets, { amp: 1, de: 0, ss2: { value: 0.004, each: true }, dr: { value: 0, each: true } }, range)
    expect(Object.keys(fit.parameters).slice(0, 8)).toEqual([
      'amp',
      'de',
      'ss2.T0',
      'ss2.T1',
      'ss2.T2',
      'dr.T0',
      'dr.T1',
      'dr.T2',
    ])
    values.forEach(({ sigma2, deltar }, i) => {
      expectClose(fit.parameters[`ss2.T${i}`]!.value, sigma2, { rtol: 1e-6 })
      expectClose(fit.parameters[`T${i}.NiO.r`]!.value, 2.085 + deltar, { rtol: 1e-8 })
    })
    expectClose(fit.independent, 3 * (1 + (2 * 11) / Math.PI), { rtol: 1e-12 })
  })

  it('read ties of parameters that each has within their own spectrum', () => {
    const sets = [0.005, 0.007].map((sigma2, i): ExafsData => {
      const { k, chi } = simulate({ sigma2, deltar: 2 * sigma2 })
      return { name: `s${i}`, k, chi, paths: [shell] }
    })
    const ties = { amp: 1, de: 0, ss2: { value: 0.004, each: true } }
    const text = fitExafs(sets, { ...ties, dr: { tie: '2 * ss2', each: true } }, range)
    const call = fitExafs(
      sets,
      { ...ties, dr: { tie: (values: Readonly<Record<string, number>>) => 2 * values.ss2!, each: true } },
      range,
    )
    for (const fit of [text, call])
      expectClose([fit.parameters['dr.s0']!.value, fit.parameters['dr.s1']!.value], [0.01, 0.014], { rtol: 1e-6 })
  })

  it('have wavenumbers and ranges of their own', () => {
    const long = simulate()
    const short = ff2chi([{ path: oxygen, ...truth }], { kmax: 11 })
    const fit = fitExafs(
      [
        { k: long.k, chi: long.chi, paths: [shell], kweight: [1, 3] },
        { k: short.k, chi: short.chi, paths: [shell], kmax: 10, space: 'q', dr: 0.2 },
      ],
      start,
      range,
    )
    expectClose(fit.parameters.dr!.value, truth.deltar, { rtol: 1e-6 })
    expect(fit.sets.map(set => set.epsilonR.length)).toEqual([2, 1])
  })
})

describe('a plan', () => {
  it('fits spectrum after spectrum as fitExafs fits each', () => {
    const { k } = simulate()
    const plan = createExafsFit({ k, paths: [shell] }, start, range)
    for (const sigma2 of [0.004, 0.009]) {
      const { chi } = simulate({ sigma2 })
      const fit = plan.fit(chi)
      const alone = fitExafs({ k, chi, paths: [shell] }, start, { ...range, curves: false })
      expect(fit.parameters).toEqual(alone.parameters)
      expect(fit.sets[0]!.curves).toBeUndefined()
    }
  })

  it('runs along a series, which then tells distances against frames', async () => {
    const distances = Array.from({ length: 12 }, (_, i) => -0.06 + 0.01 * i)
    const { k } = simulate()
    const values = Float64Array.from(distances.flatMap(deltar => [...simulate({ deltar }).chi]))
    const series = createDataset({
      name: 'chi',
      dims: ['frame', 'k'],
      shape: [distances.length, k.length],
      values,
      unit: '1',
      coords: { k: { dims: ['k'], values: k, unit: '1/Å' } },
    })
    const { parameters, status } = await sequence(series, exafsFitter([shell], start, range))
    expect(status.every(word => word === 'good')).toBe(true)
    expectClose(
      parameters['NiO.r']!.values,
      distances.map(deltar => 2.085 + deltar),
      { rtol: 1e-7 },
    )
  })
})

describe('what cannot be fitted', () => {
  const call = (change: object, parameters: object = start, options: object = range): string =>
    errorText(() => fitExafs({ ...data(), ...change } as ExafsData, parameters as never, options))

  it('says which range leaves the data', () => {
    expect(call({}, start, { ...range, kmax: 18 })).toMatch(
      /E_RANGE set1: kmin = 3, kmax = 18, but the data run from 0 to 15.5 1\/Å/,
    )
    expect(call({}, start, { ...range, kmin: 16 })).toMatch(/E_RANGE set1: kmin = 16, but the data run from 0 to 15.5/)
    expect(call({}, start, { ...range, rmin: 3, rmax: 2 })).toMatch(/E_RANGE set1: rmin = 3, rmax = 2 Å: 0 <= rmin < rmax/)
    expect(call({ k: [0, 1, 2], chi: [1, 2, 3] })).toMatch(
      /E_SHAPE chi\(k\): 4 points or more expected, 3 found: the scan is too short/,
    )
  })

  it('says which path has no scattering data, or tables that end too early', () => {
    const { k: _, ...bare } = oxygen
    expect(call({ paths: [{ ...shell, path: bare }] })).toMatch(/E_MISSING set1: path 0 \(NiO\) has no scattering data \(k\)/)
    const cut = { ...oxygen }
    for (const name of ['k', 'realPhc', 'magFeff', 'phaseFeff', 'redFactor', 'lambda', 'realP'] as const)
      cut[name] = oxygen[name].slice(0, 50)
    expect(call({ paths: [{ ...shell, path: cut }] })).toMatch(
      /E_RANGE set1: the window ends at k = 1\d\.\d+, but the tables of path NiO end at/,
    )
    expect(call({ paths: [] })).toMatch(/E_ARGUMENT set1: a list of paths/)
  })

  it('says which name an expression does not know, and which parameter nothing reads', () => {
    expect(call({ paths: [{ ...shell, sigma2: 'sigsq' }] })).toMatch(
      /E_MISSING Expression "sigsq": "sigsq" is not among the names amp, de, ss2, dr, reff/,
    )
    expect(call({ paths: [{ ...shell, sigma2: 'sigma2_debye(300)' }] })).toMatch(
      /E_ARGUMENT .*sigma2_debye takes 2 arguments, 1 found/,
    )
    expect(call({}, { ...start, spare: 1 })).toMatch(/E_ARGUMENT exafs fit: no path reads the parameter "spare"/)
    expect(call({}, { ...start, reff: 1 })).toMatch(/E_ARGUMENT Parameter "reff"/)
    expect(call({ chi: new Float64Array(311) })).toMatch(/E_RANGE set1: chi is 0 throughout the window/)
  })

  it('takes the names of Larch and Artemis with a hint', () => {
    const { k, chi } = simulate()
    const fit = fitExafs(
      { k, chi, paths: [{ path: oxygen, label: 'NiO', amp: 'amp', enot: 'de', ss2: 'ss2', delr: 'dr' } as never] },
      start,
      {
        fft_kmin: 3,
        kmax: 14,
        kw: 2,
        rmin: 1.1,
        rmax: 2.1,
        fitspace: 'R',
      } as never,
    )
    expectClose(fit.parameters.dr!.value, truth.deltar, { rtol: 1e-6 })
    expect(fit.warnings.filter(({ code }) => code === 'W_FOREIGN_NAME').length).toBeGreaterThan(3)
  })
})
