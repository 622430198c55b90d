import { createDataset } from 'operando'
import { createRandom } from 'operando/numeric'
import {
  cauchyWavelet,
  createXftf,
  energyOfWavenumber,
  kGrid,
  morletWavelet,
  TRANSFORM_WINDOWS,
  transformWindow,
  wavenumber,
  xftf,
  xftr,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../../errorCode.js'
import { expectClose } from '../../../matchers.js'

const k = kGrid(16)
const wave = (distance: number, phase = 0) => k.map(q => Math.sin(2 * q * distance + phase) * Math.exp(-0.012 * q * q))
const largestAt = (x: Float64Array): number => x.reduce((best, v, i) => (v > x[best]! ? i : best), 0)

describe('wavenumbers', () => {
  it('are 5.123 1/Å 100 eV above the edge, negative below it, and go back to energies', () => {
    const energy = [8879, 8979, 9079, 9979]
    const found = wavenumber(energy, 8979)
    expectClose(found, [-5.123167, 0, 5.123167, 16.200878], { atol: 2e-6 })
    expectClose(energyOfWavenumber(found, 8979), energy, { rtol: 1e-15 })
  })

  it('lie on a grid that ends at kmax, rounding of kmax/kstep notwithstanding', () => {
    expect(kGrid(17.5).length).toBe(351)
    expect(kGrid(0.3, 0.1).length).toBe(4)
    expect(errorText(() => kGrid(-1))).toMatch(/E_RANGE k grid: kmax = -1/)
  })
})

describe('a window', () => {
  it.each(TRANSFORM_WINDOWS.filter(name => name !== 'gaussian'))('%s is 0 outside, 1 at most and symmetric', window => {
    const dx = window === 'fhanning' ? 0.4 : 2
    const w = transformWindow(401, 0.05, { min: 4, max: 16, dx, window })
    expect(Math.max(...w)).toBeLessThanOrEqual(1)
    expectClose(Math.max(...w), 1, { atol: 1e-12 })
    expect(Math.min(...w)).toBeGreaterThanOrEqual(0)
    expect(w[0]).toBe(0)
    expect(w[400]).toBe(0)
    // the corners of fhanning depend on its length and need not be grid points: a step aside
    expectClose(w, w.slice().reverse(), { atol: window === 'fhanning' ? 0.02 : 1e-12 })
  })

  it('of Hanning or Parzen form is 1/2 where it is said to begin and to end', () => {
    for (const window of ['hanning', 'parzen'] as const) {
      const w = transformWindow(401, 0.05, { min: 4, max: 16, dx: 2, window })
      expectClose([w[80]!, w[320]!], [0.5, 0.5], { atol: 1e-12 })
    }
  })

  it('refuses limits that mean nothing and says which', () => {
    const call = (options: object) => errorText(() => transformWindow(401, 0.05, { min: 3, max: 12, ...options }))
    expect(call({ min: 13 })).toMatch(/E_RANGE window: 0 <= min < max.*min = 13, max = 12/)
    expect(call({ min: 25, max: 30 })).toMatch(/E_RANGE window: it begins at 25, but its axis ends at 20/)
    expect(call({ dx: 0, window: 'kaiser' })).toMatch(/'kaiser': dx from 0.001/)
    expect(call({ window: 'hann' })).toMatch(/E_ARGUMENT window is 'hann'/)
  })
})

describe('the forward transform', () => {
  it('puts the peak of a single wave at its distance, with the height that the window and the norm give', () => {
    const plain = k.map(q => Math.sin(2 * q * 3))
    const { r, magnitude, kwin } = xftf(k, plain, { kmin: 3, kmax: 13, kweight: 0, dk: 1, window: 'hanning' })
    expectClose(r[largestAt(magnitude)]!, 3, { atol: 0.016 })
    // half of sin belongs to +R: sum of the window times step / (2 sqrt(pi)); the wave of -R leaks in by a hundredth
    const area = kwin.reduce((sum, w) => sum + w, 0) * 0.05
    expectClose(Math.max(...magnitude), area / (2 * Math.sqrt(Math.PI)), { rtol: 0.01 })
  })

  it('does not change its magnitudes with the number of points', () => {
    const chi = wave(2.3)
    const coarse = xftf(k, chi, { kmin: 3, kmax: 13, nfft: 1024 })
    const fine = xftf(k, chi, { kmin: 3, kmax: 13, nfft: 4096 })
    expectClose(fine.magnitude.filter((_, i) => i % 4 === 0).slice(0, 160), coarse.magnitude.slice(0, 160), { atol: 1e-12 })
  })

  it('moves the peak to the distance of the atoms when the phase of the path is taken off', () => {
    const phase = (q: number): number => 0.3 - 0.7 * q + 0.01 * q * q
    const chi = k.map(q => Math.sin(2 * q * 2.55 + phase(q)) * Math.exp(-0.015 * q * q))
    const options = { kmin: 3, kmax: 14, dk: 1, window: 'hanning' } as const
    const without = xftf(k, chi, options)
    const corrected = xftf(k, chi, { ...options, phaseCorrection: { k, phase: k.map(phase) } })
    expect(without.r[largestAt(without.magnitude)]!).toBeLessThan(2.35)
    expectClose(corrected.r[largestAt(corrected.magnitude)]!, 2.55, { atol: 0.016 })
    // and chi(R) = envelope / 2i is purely imaginary there
    expectClose(corrected.re[largestAt(corrected.magnitude)]! / Math.max(...corrected.magnitude), 0, { atol: 0.1 })
  })

  it('agrees for wavenumbers off the grid to what a spline of chi leaves', () => {
    const own = Float64Array.from({ length: 900 }, (_, i) => 0.01 + 0.0178 * i)
    const chi = own.map(q => Math.sin(2 * q * 2.3) * Math.exp(-0.012 * q * q))
    const off = xftf(own, chi, { kmin: 3, kmax: 13 })
    const on = xftf(k, wave(2.3), { kmin: 3, kmax: 13 })
    expectClose(off.magnitude, on.magnitude, { atol: 1e-5 * Math.max(...on.magnitude) })
  })

  it('of a plan gives the same for each spectrum of a series, in the array that is given', () => {
    const plan = createXftf(k, { kmin: 3, kmax: 13 })
    const out = new Float64Array(2 * plan.r.length)
    for (const distance of [2, 2.5]) {
      const chi = wave(distance)
      expect(plan.transform(chi, out)).toBe(out)
      const { re, im } = xftf(k, chi, { kmin: 3, kmax: 13 })
      expect(out.filter((_, i) => i % 2 === 0)).toEqual(re)
      expect(out.filter((_, i) => i % 2 === 1)).toEqual(im)
    }
  })

  it('of a series is a series of chi(R), complex, with coordinates, history and sigma', () => {
    const frames = [wave(2), wave(2.4)]
    const data = createDataset({
      name: 'chi',
      dims: ['frame', 'k'],
      shape: [2, k.length],
      values: Float64Array.from(frames.flatMap(chi => [...chi])),
      sigma: new Float64Array(2 * k.length).fill(1e-3),
      unit: '1',
      coords: { k: { dims: ['k'], values: k, unit: '1/Å' }, voltage: { dims: ['frame'], values: [3.7, 4.3], unit: 'V' } },
    })
    const far = xftf(data, { kmin: 3, kmax: 13 })
    expect(far).toMatchObject({ dims: ['frame', 'R'], complex: true })
    expect(Object.keys(far.coords).sort()).toEqual(['R', 'voltage'])
    expect(far.history.at(-1)!.op).toBe('xftf')
    frames.forEach((chi, i) => {
      const { re, r } = xftf(k, chi, { kmin: 3, kmax: 13 })
      expect(far.values.filter((_, j) => j % 2 === 0).slice(i * r.length, (i + 1) * r.length)).toEqual(re)
    })
    // by simulation: the scatter of chi(R) of pure noise
    const random = createRandom(4)
    const plan = createXftf(k, { kmin: 3, kmax: 13 })
    const squares = new Float64Array(2 * plan.r.length)
    const runs = 400
    for (let run = 0; run < runs; run++) {
      const noise = plan.transform(k.map(() => 1e-3 * random.normal()))
      noise.forEach((value, i) => {
        squares[i]! += value * value
      })
    }
    expectClose(squares.map(sum => Math.sqrt(sum / runs)).slice(2), far.sigma!.slice(2, squares.length), { rtol: 0.2 })
  })

  it('leaves its input as it was', () => {
    const chi = wave(2)
    const before = chi.slice()
    xftf(k, chi)
    cauchyWavelet(k, chi, { rmaxOut: 3 })
    expect(chi).toEqual(before)
  })

  it('says which limit leaves the data, and takes energies for what they are', () => {
    const chi = wave(2)
    expect(errorText(() => xftf(k, chi, { kmin: 3, kmax: 18 }))).toMatch(/E_RANGE xftf: kmax = 18 .*k runs from 0 to 16/)
    expect(errorText(() => xftf(k, chi, { kmin: 17 }))).toMatch(/E_RANGE xftf: kmin = 17/)
    expect(errorText(() => xftf(k.slice(80), chi.slice(80), { kmin: 3 }))).toMatch(/kmin = 3 .*k runs from 4 to 16/)
    expect(errorText(() => xftf([8979, 8980, 8981, 8982], [1, 2, 3, 4]))).toMatch(
      /E_RANGE k ends at 8982 .*wavenumber\(energy, e0\)/,
    )
    expect(errorText(() => xftf([0, 1, 2], [1, 2, 3]))).toMatch(/E_SHAPE chi\(k\): 4 points or more/)
    expect(errorText(() => xftf(k, chi, { nfft: 128 }))).toMatch(/E_RANGE xftf: nfft = 128, but chi has 321 points/)
    expect(errorText(() => xftf(k, chi.slice(1)))).toMatch(/E_SHAPE chi: 321 values expected, 320 found/)
  })

  it('takes the names of Larch and Athena with a hint, and refuses names that nobody knows', () => {
    const chi = wave(2)
    const foreign = xftf(k, chi, { kmin: 3, kmax: 12, kw: 3, rmax_out: 6 } as object)
    const own = xftf(k, chi, { kmin: 3, kmax: 12, kweight: 3, rmaxOut: 6 })
    expect(foreign.re).toEqual(own.re)
    expect(foreign.warnings.map(({ message }) => message)).toEqual([
      'xftf options: "kw" was taken as kweight, its name here.',
      'xftf options: "rmax_out" was taken as rmaxOut, its name here.',
    ])
    expect(errorText(() => xftf(k, chi, { kweigth: 2 } as object))).toMatch(/E_ARGUMENT.*'kweight' was probably meant/)
    expect(errorText(() => xftf(k, chi, { kw: 2, kweight: 3 } as object))).toMatch(/E_ARGUMENT.*kw is kweight here/)
  })
})

describe('the back transform', () => {
  it('over all R gives k-weighted, windowed chi again', () => {
    const chi = wave(2.3)
    const far = xftf(k, chi, { kmin: 3, kmax: 13, kweight: 2, dk: 2, rmaxOut: 31 })
    const { q, re, magnitude } = xftr(far, { rmin: 0, rmax: 30, dr: 0 })
    const want = chi.map((value, i) => value * k[i]! ** 2 * far.kwin[i]!)
    expectClose(q.slice(0, 321), k, { atol: 1e-12 })
    expectClose(re.slice(0, 321), want, { atol: 1e-3 * Math.max(...want) })
    // its magnitude is the envelope
    const envelope = k.map((value, i) => value ** 2 * Math.exp(-0.012 * value * value) * far.kwin[i]!)
    expectClose(magnitude.slice(100, 220), envelope.slice(100, 220), { atol: 0.02 * Math.max(...envelope) })
  })

  it('takes one shell out of two, but for what leaks at the ends of the range', () => {
    const both = k.map((q, i) => wave(2)[i]! + 0.8 * Math.sin(2 * q * 3.6) * Math.exp(-0.012 * q * q))
    const options = { kmin: 3, kmax: 14, dk: 1, window: 'hanning' } as const
    const one = xftr(xftf(k, both, options), { rmin: 1.3, rmax: 2.8, dr: 0.3 })
    const alone = xftr(xftf(k, wave(2), options), { rmin: 1.3, rmax: 2.8, dr: 0.3 })
    expectClose(one.re.slice(100, 240), alone.re.slice(100, 240), { atol: 0.02 * Math.max(...alone.re) })
  })

  it('refuses a range outside chi(R), and a chi(R) that does not begin at 0', () => {
    const far = xftf(k, wave(2))
    expect(errorText(() => xftr(far, { rmin: 1, rmax: 12 }))).toMatch(/E_RANGE xftr: rmin = 1, rmax = 12 Å.*runs from 0 to 9.97/)
    expect(errorText(() => xftr(far, {} as never))).toMatch(/E_MISSING xftr options: rmin and rmax are missing/)
    const cut = { r: far.r.slice(10), re: far.re.slice(10), im: far.im.slice(10) }
    expect(errorText(() => xftr(cut, { rmin: 1, rmax: 2 }))).toMatch(/E_AXIS xftr: r must rise in even steps from 0/)
  })
})

describe('wavelets', () => {
  it('of Morlet give for a wave the closed form: a Gaussian in R about its distance, the same at every k', () => {
    const long = kGrid(50)
    const distance = 2.5
    const [kappa, sigma] = [7, 1]
    const {
      r,
      magnitude,
      k: grid,
    } = morletWavelet(
      long,
      long.map(q => Math.cos(2 * q * distance)),
      { kweight: 0, rmaxOut: 5, kappa, sigma },
    )
    const middle = grid.length >> 1
    const got: number[] = []
    const want: number[] = []
    for (let row = 1; row < r.length; row++) {
      if (r[row]! < 1) continue
      const a = kappa / (2 * r[row]!)
      const u = a * 2 * distance
      got.push(magnitude[row * grid.length + middle]!)
      want.push(
        (Math.sqrt(a) / 2) *
          (Math.exp(-0.5 * sigma ** 2 * (u - kappa) ** 2) - Math.exp(-0.5 * sigma ** 2 * (u * u + kappa ** 2))),
      )
    }
    expectClose(got, want, { atol: 1e-6 })
  })

  it.each([
    ['Cauchy', (chi: Float64Array) => cauchyWavelet(k, chi, { rmaxOut: 5, kweight: 1 })],
    ['Morlet', (chi: Float64Array) => morletWavelet(k, chi, { rmaxOut: 5, kweight: 1, kappa: 10 })],
  ] as const)('of %s tell a light neighbour (low k) from a heavy one (high k) at the same distance', (_, transform) => {
    const light = k.map(q => Math.sin(4.4 * q) * Math.exp(-(((q - 5) / 3) ** 2)))
    const heavy = k.map(q => Math.sin(4.4 * q) * Math.exp(-(((q - 11) / 3) ** 2)))
    const peak = (chi: Float64Array): [number, number] => {
      const map = transform(chi)
      const at = largestAt(map.magnitude)
      return [map.k[at % map.k.length]!, map.r[Math.floor(at / map.k.length)]!]
    }
    const [[lightK, lightR], [heavyK, heavyR]] = [peak(light), peak(heavy)]
    expectClose([lightR, heavyR], [2.2, 2.2], { atol: 0.15 })
    expect(lightK).toBeLessThan(7)
    expect(heavyK).toBeGreaterThan(9.5)
  })

  it('refuse distances that the step of k cannot tell, and orders that are none', () => {
    expect(errorText(() => cauchyWavelet(k, wave(2), { rmaxOut: 40 }))).toMatch(/E_RANGE wavelet: .*31.4 Å/)
    expect(errorText(() => cauchyWavelet(k, wave(2), { order: 0 }))).toMatch(/E_RANGE cauchyWavelet: order 0/)
    expect(errorText(() => morletWavelet(k, wave(2), { kappa: -1 }))).toMatch(/E_RANGE morletWavelet: kappa = -1/)
  })
})
