import fc from 'fast-check'
import { createDataset, createFrameSource, type Dataset, frameSource, unit } from 'operando'
import { createRandom, loadKernels } from 'operando/numeric'
import {
  binCovariance,
  createGeometry,
  createIntegrator,
  type Geometry,
  type IntegratorOptions,
  integrate,
  type Orientation,
  pixelMap,
  type Splitting,
  spottiness,
} from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const kernels = await loadKernels()
const twins = [
  { twin: 'ts', with: {} },
  { twin: 'simd', with: { kernels } },
] as const
const [rows, columns] = [48, 61]
const size = rows * columns

/** A tilted detector with the beam on it. */
const tilted: Geometry = createGeometry({
  dist: 0.05,
  poni1: 0.0041,
  poni2: 0.0073,
  rot1: 0.05,
  rot2: -0.03,
  rot3: 0.7,
  shape: [rows, columns],
  pixel1: 2e-4,
  pixel2: 2.5e-4,
  wavelength: 0.5,
})
const counts = createRandom(5).counts(Float64Array.from({ length: size }, (_, i) => 40 + 30 * Math.sin(i / 9)))
const image = (values: ArrayLike<number>, unitOf = 'counts'): Dataset<'y' | 'x'> =>
  createDataset({ name: 'I', dims: ['y', 'x'], shape: [rows, columns], values: values as Float64Array, unit: unitOf })
const splits: readonly Splitting[] = ['none', 'box', 'full']
const sum = (x: ArrayLike<number>): number => Array.from(x).reduce((a, b) => a + (Number.isNaN(b) ? 0 : b), 0)
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true })

describe.each(twins)('integration ($twin)', ({ with: twin }) => {
  const single = 'kernels' in twin ? 2e-7 : 1e-12

  it.each(splits)('shares out every pixel once, wherever the detector stands: %s', split => {
    fc.assert(
      fc.property(
        fc.tuple(real(-0.01, 0.02), real(-0.01, 0.02), real(-0.6, 0.6), real(-0.6, 0.6), real(-3, 3)),
        fc.constantFrom<Orientation>(1, 2, 3, 4, 5, 6, 7, 8),
        fc.integer({ min: 1, max: 300 }),
        ([poni1, poni2, rot1, rot2, rot3], orientation, bins) => {
          const geometry = createGeometry({
            dist: 0.03,
            poni1,
            poni2,
            rot1,
            rot2,
            rot3,
            shape: [rows, columns],
            pixel1: 2e-4,
            wavelength: 0.5,
            orientation,
          })
          const { pixels } = createIntegrator(geometry, { bins, split, ...twin }).frame(counts)
          expectClose(sum(pixels), size, { rtol: 1e-6 })
        },
      ),
      { numRuns: 40 },
    )
  })

  it.each(splits)('finds what is the same everywhere the same everywhere, through all corrections: %s', split => {
    const flat = Float64Array.from({ length: size }, (_, i) => 1 + 0.2 * Math.cos(i / 31))
    const dark = Float64Array.from({ length: size }, (_, i) => 7 + (i % 5))
    const omega = pixelMap(tilted, 'solidAngle').values
    const polar = pixelMap(tilted, 'polarization', { polarization: 0.8 }).values
    const frame = flat.map((f, i) => 1000 * f * omega[i]! * polar[i]! + dark[i]!)
    const plan = createIntegrator(tilted, { bins: 70, split, flat, dark, polarization: 0.8, ...twin })
    const { intensity } = plan.frame(frame)
    expectClose(
      intensity.filter(v => !Number.isNaN(v)),
      new Float64Array(intensity.filter(v => !Number.isNaN(v)).length).fill(1000),
      { rtol: 1e-9 },
    )
  })

  it('gives by azimuth what adds up to the pattern all round', () => {
    for (const split of splits) {
      const ring = createIntegrator(tilted, { bins: 40, range: [0.2, 2], split, solidAngle: false, ...twin })
      const cake = createIntegrator(tilted, { bins: 40, range: [0.2, 2], split, solidAngle: false, azimuthBins: 36, ...twin })
      const whole = ring.frame(counts)
      const parts = cake.frame(counts)
      expect(cake.dims).toEqual(['chi', 'q'])
      for (let b = 0; b < 40; b++) {
        let [signal, pixels] = [0, 0]
        for (let row = 0; row < 36; row++) {
          const n = parts.pixels[row * 40 + b]!
          pixels += n
          if (n > 0) signal += n * parts.intensity[row * 40 + b]!
        }
        expectClose(pixels, whole.pixels[b]!, { rtol: 1e-6, atol: 1e-6 })
        if (pixels > 1e-3) expectClose(signal / pixels, whole.intensity[b]!, { rtol: 1e-5 })
      }
    }
  })

  it('takes a sector across the cut of the azimuth as any other', () => {
    const sector = (azimuthRange: readonly [number, number], geometry = tilted) =>
      createIntegrator(geometry, { bins: 30, range: [0.2, 2], azimuthRange, split: 'full', ...twin }).frame(counts)
    const across = sector([150, 210])
    expect(sum(across.pixels)).toBeGreaterThan(100)
    expect(sector([150, -150])).toEqual(across)
    // turned by half a turn about the beam, the sector lies elsewhere and holds the same
    const turned = createGeometry({ ...tilted, rot3: tilted.rot3 + Math.PI })
    const there = [sector([-30, 30], turned), sector([330, 390], turned)]
    for (const pattern of there) expectClose(pattern.pixels, across.pixels, { rtol: 1e-6, atol: 1e-9 })
    const all = [-180, -60, 60].map(from => sum(sector([from, from + 120]).pixels))
    const whole = createIntegrator(tilted, { bins: 30, range: [0.2, 2], split: 'full', ...twin }).frame(counts)
    expectClose(sum(all), sum(whole.pixels), { rtol: 1e-6 })
  })

  it('does not smear pixels on the cut over all azimuths, nor the pixel in the beam', () => {
    const upright = createGeometry({
      dist: 0.05,
      poni1: 0.0045,
      poni2: 0.0061,
      shape: [rows, columns],
      pixel1: 2e-4,
      wavelength: 0.5,
    })
    const frame = new Float64Array(size)
    // left of the beam, on the row of the cut
    frame[22 * columns + 5] = 1000
    const plan = (split: Splitting) => createIntegrator(upright, { bins: 20, azimuthBins: 72, split, solidAngle: false, ...twin })
    for (const split of splits) {
      const { intensity, pixels } = plan(split).frame(frame)
      const lit = [...Array(72).keys()].filter(row =>
        intensity.subarray(row * 20, row * 20 + 20).some((v, b) => v * pixels[row * 20 + b]! > 1e-6),
      )
      expect(lit.every(row => row === 0 || row === 71)).toBe(true)
    }
    // the beam is in pixel 22, 30: seen from all sides
    frame.fill(0)[22 * columns + 30] = 1000
    for (const split of ['box', 'full'] as const) {
      const { intensity, pixels } = plan(split).frame(frame)
      const shares = [...Array(72).keys()].map(row =>
        sum(intensity.subarray(row * 20, row * 20 + 20).map((v, b) => v * pixels[row * 20 + b]!)),
      )
      expectClose(sum(shares), 1000, { rtol: 1e-6 })
      expect(shares.every(share => share > 2)).toBe(true)
    }
  })

  it('takes uneven bins, and d as well as q', () => {
    const edges = [0.3, 0.31, 0.5, 0.9, 1.7]
    const uneven = createIntegrator(tilted, { bins: edges, split: 'none', ...twin }).frame(counts)
    const each = edges
      .slice(0, -1)
      .map((low, b) => createIntegrator(tilted, { bins: 1, range: [low, edges[b + 1]!], split: 'none', ...twin }).frame(counts))
    expectClose(
      uneven.intensity,
      each.map(p => p.intensity[0]!),
      { rtol: 1e-12 },
    )
    const spacings = edges.map(q => (2 * Math.PI) / q).reverse()
    const byD = createIntegrator(tilted, { axis: 'd', bins: spacings, split: 'none', ...twin }).frame(counts)
    expectClose(byD.intensity, uneven.intensity.slice().reverse(), { rtol: 1e-12 })
    expectClose(byD.sigma, uneven.sigma.slice().reverse(), { rtol: 1e-12 })
  })

  it('gives the same for a frame stored in any orientation', () => {
    const upright = createIntegrator(tilted, { bins: 40, azimuthBins: 5, ...twin }).frame(counts)
    const stored: Record<number, (r: number, c: number) => [number, number]> = {
      1: (r, c) => [rows - 1 - r, columns - 1 - c],
      2: (r, c) => [rows - 1 - r, c],
      3: (r, c) => [r, c],
      4: (r, c) => [r, columns - 1 - c],
      5: (r, c) => [columns - 1 - c, rows - 1 - r],
      6: (r, c) => [c, rows - 1 - r],
      7: (r, c) => [c, r],
      8: (r, c) => [columns - 1 - c, r],
    }
    for (const [orientation, place] of Object.entries(stored)) {
      const transposed = Number(orientation) > 4
      const shape = transposed ? ([columns, rows] as const) : ([rows, columns] as const)
      const values = new Float64Array(size)
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++) {
          const [i, j] = place(r, c)
          values[i * shape[1] + j] = counts[r * columns + c]!
        }
      const geometry = createGeometry({ ...tilted, shape, orientation: Number(orientation) as Orientation })
      const { intensity } = createIntegrator(geometry, { bins: 40, azimuthBins: 5, ...twin }).frame(values)
      expectClose(intensity, upright.intensity, { rtol: 1e-9 })
    }
  })

  it.each([
    ['Int32Array', Int32Array, [-1, -2]],
    ['Uint32Array', Uint32Array, [2 ** 32 - 1, 2 ** 32 - 2]],
    ['Uint16Array', Uint16Array, [65535]],
    ['Int16Array', Int16Array, [-1]],
    ['Float32Array', Float32Array, [Number.NaN, Number.POSITIVE_INFINITY]],
    ['Float64Array', Float64Array, [Number.NaN]],
  ] as const)('leaves out what a %s says was not measured, as if it were masked', (_, Type, holes) => {
    const mask = new Uint8Array(size)
    const frame = new Type(size)
    for (let i = 0; i < size; i++) {
      mask[i] = i % 7 === 3 ? 1 : 0
      frame[i] = mask[i] ? holes[i % holes.length]! : counts[i]!
    }
    const options: IntegratorOptions = {
      bins: 50,
      range: [0.1, 2],
      dark: new Float64Array(size).fill(2),
      errors: 'poisson',
      ...twin,
    }
    const found = createIntegrator(tilted, options).frame(frame)
    const told = createIntegrator(tilted, { ...options, mask }).frame(counts)
    expectClose(found.intensity, told.intensity, { rtol: 1e-12 })
    expectClose(found.sigma, told.sigma, { rtol: 1e-12 })
    expectClose(found.pixels, told.pixels, { rtol: 1e-12 })
    // masked pixels may hold anything
    const under = createIntegrator(tilted, { ...options, mask }).frame(frame)
    expectClose(under.intensity, told.intensity, { rtol: 1e-12 })
  })

  it('leaves out dummies and saturated pixels, and forgets them at the next frame', () => {
    const options: IntegratorOptions = { bins: 30, range: [0.1, 2], ...twin }
    const plan = createIntegrator(tilted, { ...options, dummy: 12345, saturation: 60000 })
    const mask = Uint8Array.from({ length: size }, (_, i) => (i % 11 === 0 ? 1 : 0))
    const spoilt = Uint32Array.from(counts, (v, i) => (mask[i] ? (i % 2 ? 12345 : 60000) : v))
    const clean = plan.frame(counts).intensity.slice()
    const told = createIntegrator(tilted, { ...options, mask }).frame(counts).intensity
    expectClose(plan.frame(spoilt).intensity, told, { rtol: 1e-12 })
    expect(plan.frame(counts).intensity).toEqual(clean)
    expectClose(plan.frame(spoilt).intensity, told, { rtol: 1e-12 })
  })

  it('has errors that hold: pulls of many noisy frames are normal, by counting, by sigma of the frame, by scatter', () => {
    const truth = Float64Array.from({ length: size }, () => 80)
    const random = createRandom(8)
    for (const errors of ['poisson', 'variance', 'azimuthal'] as const) {
      const plan = createIntegrator(tilted, { bins: 25, range: [0.3, 2], split: 'none', solidAngle: false, errors, ...twin })
      let [squares, n] = [0, 0]
      for (let k = 0; k < 60; k++) {
        const { intensity, sigma, pixels } = plan.frame(random.counts(truth), { variance: truth })
        for (let b = 0; b < 25; b++) {
          if (!(pixels[b]! > 30)) continue
          squares += ((intensity[b]! - 80) / sigma[b]!) ** 2
          n++
        }
      }
      // chi square of n pulls: within 5 of its standard deviations, and the scatter of 30 pixels is one too small in 30
      expect(Math.abs(squares / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n) + (errors === 'azimuthal' ? 0.035 : 0))
    }
  })

  it('tells no certainty where nothing was counted', () => {
    const plan = createIntegrator(tilted, { bins: 25, range: [0.3, 1.5], errors: 'poisson', ...twin })
    const { intensity, sigma, pixels } = plan.frame(new Uint16Array(size))
    expect(intensity.every((v, b) => (pixels[b]! > 0 ? v === 0 : Number.isNaN(v)))).toBe(true)
    expect(sigma.every((s, b) => (pixels[b]! > 0 ? s > 0 : Number.isNaN(s)))).toBe(true)
  })

  it('has medians and clipped means that a few hot pixels do not move', () => {
    const flat = new Float64Array(size).fill(50)
    const spotty = createRandom(9).counts(flat)
    for (let i = 0; i < size; i += 97) spotty[i] = 5000
    const of = (statistic: IntegratorOptions['statistic']) =>
      createIntegrator(tilted, { bins: 12, range: [0.4, 1.6], solidAngle: false, split: 'none', statistic, ...twin }).frame(
        spotty,
      )
    const [mean, median, clipped] = [of('mean'), of('median'), of({ sigmaClip: 3 })]
    for (let b = 0; b < 12; b++) {
      if (mean.pixels[b]! < 60) continue
      expect(Math.abs(median.intensity[b]! - 50)).toBeLessThan(3)
      expect(Math.abs(clipped.intensity[b]! - 50)).toBeLessThan(3)
    }
    expect(Math.max(...mean.intensity.filter(v => v > 0))).toBeGreaterThan(80)
    // the weighted median of equal weights is the median of the list
    const one = createIntegrator(tilted, { bins: 1, solidAngle: false, split: 'none', statistic: 'median', ...twin }).frame(
      counts,
    )
    const sorted = Float64Array.from(counts).sort()
    expect(one.intensity[0]).toBe(size % 2 ? sorted[(size - 1) / 2] : 0.5 * (sorted[size / 2 - 1]! + sorted[size / 2]!))
  })

  it('knows the covariance that splitting brings: its diagonal is sigma squared, and sums of bins have the error of their counts', () => {
    const plan = createIntegrator(tilted, { bins: 200, solidAngle: false, errors: 'poisson', ...twin })
    const { sigma, pixels } = plan.frame(counts)
    const { values, width, bins } = binCovariance(counts, plan)
    expect(width).toBeGreaterThan(2)
    let total = 0
    for (let b = 0; b < bins; b++) {
      if (pixels[b] === 0) continue
      expectClose(Math.sqrt(values[b * width]!), sigma[b]!, { rtol: single })
      for (let k = 0; k < width && b + k < bins; k++)
        total += (k === 0 ? 1 : 2) * values[b * width + k]! * pixels[b]! * pixels[b + k]!
    }
    // every pixel lies within: the variance of the sum of all bins is the sum of all counts
    expectClose(total, sum(counts), { rtol: 1e-6 })
  })
})

describe('integrate', () => {
  const plan = createIntegrator(tilted, { bins: 40, range: [0.01, 4] })
  const stack = new Float64Array(3 * size)
  for (let f = 0; f < 3; f++) for (let i = 0; i < size; i++) stack[f * size + i] = counts[i]! * (f + 1)
  const series = createDataset({
    name: 'I',
    dims: ['frame', 'y', 'x'],
    shape: [3, rows, columns],
    values: stack,
    unit: 'counts',
    coords: {
      time: { dims: ['frame'], values: [0, 10, 20], unit: 's' },
      i0: { dims: ['frame'], values: [1, 2, 3], unit: 's' },
      x: { dims: ['x'], values: Float64Array.from({ length: columns }, (_, i) => i), unit: 'm' },
    },
  })

  it('gives a Dataset on the axis: unit, edges, coords on frame, wavelength, history; inputs untouched', () => {
    const before = stack.slice()
    const patterns: Dataset<'frame' | 'q'> = integrate(series, plan)
    expect(patterns.dims).toEqual(['frame', 'q'])
    expect(patterns.shape).toEqual([3, 40])
    expect(Object.keys(patterns.coords).sort()).toEqual(['i0', 'q', 'qEdges', 'time'])
    expect(patterns.coords.qEdges!.values.length).toBe(41)
    expect(patterns.meta.wavelength).toBe(0.5)
    expect(patterns.history.at(-1)!.op).toBe('integrate')
    expect(stack).toEqual(before)
    // counts: Poisson without being told
    const single = plan.frame(counts, { errors: 'poisson' })
    expectClose(patterns.values.slice(0, 40), single.intensity, { rtol: 1e-15 })
    expectClose(patterns.sigma!.slice(0, 40), single.sigma, { rtol: 1e-15 })
  })

  it('masks empty bins and says so', () => {
    const patterns = integrate(image(counts), plan)
    const empty = [...patterns.values.keys()].filter(b => Number.isNaN(patterns.values[b]!))
    expect(empty.length).toBeGreaterThan(3)
    expect(Array.from(patterns.mask!, (m, b) => (m ? b : -1)).filter(b => b >= 0)).toEqual(empty)
    expect(patterns.warnings.map(w => w.code)).toContain('W_EMPTY_BINS')
  })

  it('carries sigma of the frames, and divides by the monitor and its unit', () => {
    const measured = createDataset({ ...series, sigma: stack.map(v => 3 * Math.sqrt(v)) })
    const patterns = integrate(measured, plan, { monitor: 'i0' })
    const poisson = integrate(series, plan)
    expect(patterns.unit.symbol).toBe(unit('counts/s').symbol === patterns.unit.symbol ? patterns.unit.symbol : 'counts/(s)')
    for (let b = 0; b < 40; b++) {
      if (poisson.mask?.[40 + b]) continue
      expectClose(patterns.values[40 + b]!, poisson.values[40 + b]! / 2, { rtol: 1e-12 })
      expectClose(patterns.sigma![40 + b]!, (3 * poisson.sigma![40 + b]!) / 2, { rtol: 1e-12 })
    }
  })

  it('lets a bad frame neither stop nor poison the others', () => {
    const spoilt = stack.slice()
    spoilt.fill(Number.NaN, size, 2 * size)
    const patterns = integrate(createDataset({ ...series, values: spoilt }), plan, { monitor: [1, 1, 0] })
    const alone = integrate(series, plan)
    const good = (x: ArrayLike<number>) => Array.from(x).slice(0, 40)
    expect(good(patterns.values)).toEqual(good(alone.values))
    expect(patterns.mask!.slice(40).every(m => m === 1)).toBe(true)
    const doubt = patterns.warnings.find(w => w.code === 'W_BAD_FRAME')!
    expect(doubt.place).toBe('frame 1, 2')
  })

  it('runs lazily over a source: a frame is read and integrated when its pattern is asked for', async () => {
    const all = integrate(series, plan)
    const source = integrate(frameSource(series), plan)
    expect(source.shape).toEqual([3, 40])
    expect(Object.keys(source.coords)).toContain('time')
    const reads: number[] = []
    const counted = createFrameSource({
      name: 'I',
      dims: ['y', 'x'],
      shape: [3, rows, columns],
      unit: unit('counts'),
      read: index => {
        reads.push(index)
        return image(stack.subarray(index * size, (index + 1) * size))
      },
    })
    const lazy = integrate(counted, plan)
    expect(reads).toEqual([])
    const last = await lazy.frame(2)
    expect(reads).toEqual([2])
    expect(last.values).toEqual(all.values.slice(80))
    for await (const { sequence, frame } of source)
      expect(frame.values).toEqual(all.values.slice(sequence * 40, sequence * 40 + 40))
  })

  it('measures how spotty rings are: 1 for counting noise, much more for grains', () => {
    const flat = createIntegrator(tilted, { bins: 15, range: [0.4, 1.7], solidAngle: false, split: 'none' })
    const smooth = createRandom(3).counts(new Float64Array(size).fill(100))
    const values = spottiness(image(smooth), flat).values
    const { pixels } = flat.frame(smooth)
    values.forEach((v, b) => {
      if (pixels[b]! > 1) expect(Math.abs(v - 1)).toBeLessThan(5 * Math.sqrt(2 / (pixels[b]! - 1)))
    })
    const grains = smooth.slice()
    for (let i = 0; i < size; i += 50) grains[i] = 4000
    expect(Math.max(...spottiness(image(grains), flat).values.filter(v => v > 0))).toBeGreaterThan(100)
  })

  it('refuses what makes no sense, by name', () => {
    const noWavelength = createGeometry({ ...tilted, wavelength: undefined })
    expect(errorCode(() => createIntegrator(noWavelength))).toBe('E_MISSING')
    expect(errorText(() => createIntegrator(noWavelength))).toContain('wavelength')
    expect(createIntegrator(noWavelength, { axis: 'twoTheta' }).centres.length).toBe(1000)
    expect(errorCode(() => createIntegrator(tilted, { mask: new Uint8Array(7) }))).toBe('E_SHAPE')
    const turned = createDataset({
      name: 'mask',
      dims: ['y', 'x'],
      shape: [columns, rows],
      values: new Uint8Array(size),
      unit: '',
    })
    expect(errorText(() => createIntegrator(tilted, { mask: turned }))).toContain('61 x 48')
    expect(errorCode(() => createIntegrator(tilted, { mask: new Uint8Array(size).fill(1) }))).toBe('E_ARGUMENT')
    expect(errorCode(() => createIntegrator(tilted, { bins: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => createIntegrator(tilted, { range: [2, 1] }))).toBe('E_RANGE')
    expect(errorCode(() => createIntegrator(tilted, { bins: [1, 3, 2] }))).toBe('E_AXIS')
    expect(errorCode(() => createIntegrator(tilted, { azimuthRange: [10, 10] }))).toBe('E_RANGE')
    expect(errorCode(() => createIntegrator(tilted, { polarization: 99 }))).toBe('E_RANGE')
    expect(errorCode(() => createIntegrator(tilted, { saturation: -1 }))).toBe('E_RANGE')
    expect(errorCode(() => plan.frame(new Uint16Array(9)))).toBe('E_SHAPE')
    const small = createDataset({ name: 'I', dims: ['y', 'x'], shape: [2, 2], values: [1, 2, 3, 4], unit: 'counts' })
    expect(errorCode(() => integrate(small, plan))).toBe('E_SHAPE')
    const other = createDataset({ ...small, dims: ['x', 'y'] }) as unknown as Dataset<'y' | 'x'>
    expect(errorCode(() => integrate(other, plan))).toBe('E_AXIS')
    expect(errorCode(() => integrate(series, plan, { monitor: 'i1' }))).toBe('E_MISSING')
    expect(errorCode(() => integrate(image(counts), createIntegrator(tilted, { errors: 'variance' })))).toBe('E_MISSING')
  })
})
