import fc from 'fast-check'
import { createFft, loadKernels } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose, recordAgreement } from '../../matchers.js'
import reference from '../../reference/fft/fft.json'
import { decodeDoubles, points, project, realParts, rms } from './points.js'

const kernels = await loadKernels()
const twins = [
  { twin: 'TypeScript', options: {}, every: 1 },
  { twin: 'SIMD kernels', options: { kernels }, every: 2 },
]

describe.each(twins)('createFft in $twin', ({ options, every }) => {
  it('agrees with long double to 1e-12 of the spectrum for every length from 1 to 4096', () => {
    const want = decodeDoubles(reference.projections)
    let worst = 0
    // odd lengths are not for the kernels
    for (let n = every; n <= 4096; n += every) {
      const x = points(n)
      const fft = createFft(n, options)
      const spectrum = fft.forward(x)
      const [re, im] = project(spectrum, points(n + 1, n))
      const off = Math.hypot(re - want[2 * n - 2]!, im - want[2 * n - 1]!) / rms(spectrum)
      const back = fft.inverse(spectrum)
      let trip = 0
      for (let i = 0; i < 2 * n; i++) trip = Math.max(trip, Math.abs(back[i]! - x[i]!))
      worst = Math.max(worst, off, trip)
      if (!(worst < 1e-12)) throw new Error(`length ${n}: forward off by ${off} of the rms bin, round trip by ${trip}`)
    }
    expect(worst).toBeLessThan(1e-12)
    recordAgreement({ peer: reference.peer, values: Math.floor(4096 / every), rtol: 1e-12, atol: 0, worst: worst / 1e-12 })
  }, 300_000)

  it('gives each bin of known spectra', () => {
    for (const [n, spectrum] of Object.entries(reference.spectra)) {
      const x = points(Number(n))
      expectClose(createFft(Number(n), options).forward(x), spectrum, {
        rtol: 1e-13,
        atol: 1e-15 * Number(n),
        peer: reference.peer,
      })
    }
  })

  it('turns an impulse into exact roots of unity, whatever the length', () => {
    for (const n of [2, 6, 13, 31, 37, 64, 101, 1000, 2018, 4093]) {
      const x = new Float64Array(2 * n)
      x[2] = 1
      const spectrum = createFft(n, options).forward(x)
      for (let k = 0; k < n; k++) {
        expect(Math.abs(spectrum[2 * k]! - Math.cos((2 * Math.PI * k) / n))).toBeLessThan(3e-15)
        expect(Math.abs(spectrum[2 * k + 1]! + Math.sin((2 * Math.PI * k) / n))).toBeLessThan(3e-15)
      }
    }
  })

  it('conserves energy, is linear, and turns a shift into a phase', () => {
    const lengths = fc.constantFrom(1, 2, 3, 8, 12, 17, 35, 37, 64, 74, 100, 121, 128, 150, 210, 211, 256, 509)
    const complexPair = lengths.chain(n => {
      const value = fc.double({ min: -1e3, max: 1e3, noNaN: true })
      const array = fc.array(value, { minLength: 2 * n, maxLength: 2 * n }).map(x => Float64Array.from(x))
      return fc.tuple(fc.constant(n), array, array, fc.integer({ min: 0, max: n - 1 }), value)
    })
    fc.assert(
      fc.property(complexPair, ([n, x, y, shift, factor]) => {
        const fft = createFft(n, options)
        const fx = fft.forward(x)
        const fy = fft.forward(y)
        const scale = 1e-12 * (1 + n * (1 + rms(x) + rms(y)) * (1 + Math.abs(factor)))
        expect(rms(fx)).toBeCloseTo(rms(x) * Math.sqrt(n), 7)
        expectClose(
          fft.forward(x.map((v, i) => factor * v + y[i]!)),
          fx.map((v, i) => factor * v + fy[i]!),
          { atol: scale },
        )
        const moved = x.map((_, i) => x[(i + 2 * shift) % (2 * n)]!)
        const turned = fx.slice()
        for (let k = 0; k < n; k++) {
          const angle = (2 * Math.PI * ((k * shift) % n)) / n
          turned[2 * k] = fx[2 * k]! * Math.cos(angle) - fx[2 * k + 1]! * Math.sin(angle)
          turned[2 * k + 1] = fx[2 * k]! * Math.sin(angle) + fx[2 * k + 1]! * Math.cos(angle)
        }
        expectClose(fft.forward(moved), turned, { atol: scale })
      }),
      { numRuns: 60 },
    )
  })

  it('transforms in place, into a given array, and leaves its input alone', () => {
    for (const n of [1, 8, 12, 37, 64, 90]) {
      const fft = createFft(n, options)
      const x = points(n)
      const kept = x.slice()
      const out = new Float64Array(2 * n)
      expect(fft.forward(x, out)).toBe(out)
      expect(x).toEqual(kept)
      const same = x.slice()
      expect(fft.forward(same, same)).toBe(same)
      expect(same).toEqual(out)
      fft.inverse(out)
      expect(out).toEqual(same)
      fft.inverse(same, same)
      expectClose(same, x, { atol: 1e-15 })
    }
  })

  it('gives the first half of the complex spectrum for real points, and takes it back', () => {
    const primes = [2, 3, 37, 101, 257, 509, 1021, 2039, 4093]
    for (const n of [...Array(130).keys(), ...primes, 1000, 1024, 2187, 3125, 4000, 4096].filter(n => n > 0)) {
      const fft = createFft(n, options)
      const x = realParts(points(n))
      const kept = x.slice()
      const complex = new Float64Array(2 * n)
      for (let i = 0; i < n; i++) complex[2 * i] = x[i]!
      const bins = fft.realForward(x)
      expect(bins.length).toBe(2 * (Math.floor(n / 2) + 1))
      expectClose(bins, fft.forward(complex).slice(0, bins.length), { atol: 1e-14 * Math.sqrt(n) })
      expectClose(fft.realInverse(bins), x, { atol: 1e-14 })
      expect(x).toEqual(kept)
    }
  })

  it('ignores what real points cannot have: imaginary parts of the mean and the highest frequency', () => {
    const fft = createFft(4, options)
    const bins = Float64Array.of(4, 99, 1, 2, 3, -99)
    expectClose(fft.realInverse(bins), fft.realInverse(Float64Array.of(4, 0, 1, 2, 3, 0)), { atol: 1e-15 })
  })

  it('lets NaN show instead of hiding it', () => {
    const x = points(12)
    x[3] = Number.NaN
    expect(createFft(12, options).forward(x).some(Number.isNaN)).toBe(true)
  })

  it('refuses lengths, shapes, kinds and overlaps that it cannot do', () => {
    for (const n of [0, -4, 2.5, Number.NaN, 2 ** 31]) expect(() => createFft(n, options)).toThrow(/whole number from 1/)
    const fft = createFft(4, options)
    expect(errorCode(() => fft.forward(new Float64Array(4)))).toBe('E_SHAPE')
    expect(errorCode(() => fft.forward(new Float64Array(8), new Float64Array(9)))).toBe('E_SHAPE')
    expect(errorCode(() => fft.forward(new Float32Array(8) as never))).toBe('E_ARGUMENT')
    expect(errorCode(() => fft.forward([1, 2, 3, 4, 5, 6, 7, 8] as never))).toBe('E_ARGUMENT')
    expect(errorCode(() => fft.realForward(new Float64Array(8)))).toBe('E_SHAPE')
    expect(errorCode(() => fft.realInverse(new Float64Array(5)))).toBe('E_SHAPE')
    const pool = new Float64Array(12)
    expect(errorCode(() => fft.forward(pool.subarray(0, 8), pool.subarray(4, 12)))).toBe('E_ARGUMENT')
  })
})

describe('the two twins of createFft', () => {
  it('differ by rounding only: less than 1e-15 of the largest bin', () => {
    for (const n of [64, 72, 80, 96, 120, 128, 250, 256, 486, 640, 1024, 1250, 4096, 30000, 65536]) {
      const x = points(n)
      const plain = createFft(n).forward(x)
      const simd = createFft(n, { kernels }).forward(x)
      expectClose(simd, plain, { atol: 1e-15 * plain.reduce((most, v) => Math.max(most, Math.abs(v)), 0) })
      expect(simd).not.toEqual(plain)
    }
  })
})

describe.each(twins)('createFft in single precision in $twin', ({ options }) => {
  it('agrees with double precision to a few 1e-7 of the rms bin, complex and real', () => {
    for (const n of [1, 2, 16, 37, 64, 80, 100, 128, 240, 1024, 4096]) {
      const x = points(n)
      const exact = createFft(n).forward(x)
      const single = createFft(n, { ...options, precision: 'single' })
      const input = Float32Array.from(x)
      const spectrum = single.forward(input)
      expect(spectrum).toBeInstanceOf(Float32Array)
      expectClose(spectrum, exact, { atol: 1e-6 * rms(exact) })
      expectClose(single.inverse(spectrum), input, { atol: 1e-6 })
      single.forward(input, input)
      expect(input).toEqual(spectrum)
      const real = Float32Array.from(realParts(x))
      const bins = single.realForward(real)
      expectClose(bins, createFft(n).realForward(Float64Array.from(real)), { atol: 1e-6 * rms(exact) })
      expectClose(single.realInverse(bins), real, { atol: 1e-6 })
    }
  })

  it('takes Float32Array and nothing else', () => {
    expect(() => createFft(4, { ...options, precision: 'single' }).forward(new Float64Array(8) as never)).toThrow(
      /a Float32Array/,
    )
  })
})
