import { describe, expect, it } from 'vitest'
import { createDataset, createFrameSource, type Dataset, frameSource, isOperandoError } from '../../../../src/index.js'
import { createRandom } from '../../../../src/numeric/index.js'
import { gainDeviate } from '../../../../src/scattering/bragg/sequential/significanceOf.js'
import {
  createSequential,
  mechanism,
  type SequentialModel,
  type SequentialOptions,
  type SequentialResult,
  sequential,
} from '../../../../src/scattering/index.js'
import { expectClose } from '../../../matchers.js'
import { draw, known } from '../lattice.js'

const WAVELENGTH = 0.7
const POINTS = 700
const twoTheta = Float64Array.from({ length: POINTS }, (_, i) => 7 + 0.025 * i)
const widths = { w: 0.006, strain: 0.1 }
const spinel = (name: string, a: number, strength: number) => known(name, { a }, 'Fd-3m', widths, strength)

/** Frames as counts; each a list of (name, a, strength). */
function series(frames: readonly (readonly (readonly [string, number, number])[])[], seed = 3): Dataset<'frame' | 'twoTheta'> {
  const values = new Float64Array(frames.length * POINTS)
  frames.forEach((phases, frame) => {
    const lines = draw(
      twoTheta,
      phases.map(([name, a, strength]) => spinel(name, a, strength)),
      WAVELENGTH,
    )
    values.set(createRandom(seed, frame).counts(lines.map(v => v + 60)), frame * POINTS)
  })
  return createDataset({
    name: 'I',
    dims: ['frame', 'twoTheta'],
    shape: [frames.length, POINTS],
    values,
    unit: 'counts',
    coords: {
      twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' },
      x: { dims: ['frame'], values: frames.map((_, i) => 1 - i / frames.length), unit: '' },
    },
  })
}
const phase = (name: string, a: number) => {
  const { cell, spaceGroup } = spinel(name, a, 1)
  return { name, cell, spaceGroup }
}
const one: SequentialModel = {
  phases: [phase('P', 8.2)],
  wavelength: WAVELENGTH,
  background: 1,
  scaleErrors: false,
  parameters: { 'P.size': { value: 0, vary: false } },
}
const edges = Float64Array.from({ length: 12 }, (_, i) => 8.2 - 0.006 * i)
const moving = series(Array.from(edges, a => [['P', a, 3000] as const]))
const pullsOf = (result: SequentialResult, name: string, truth: (frame: number) => number): number[] =>
  Array.from(result.parameters[name]!.values, (v, i) => (v - truth(i)) / result.parameters[name]!.sigma![i]!).filter(
    v => !Number.isNaN(v),
  )
const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs))

describe('a series with one phase whose cell moves', () => {
  it('gives the cell of each frame within its error, with volume, width and R factors', async () => {
    const result = await sequential(moving, one)
    expect(result.status).toEqual(Array.from(edges, () => 'good'))
    const pulls = pullsOf(result, 'P.a', i => edges[i]!)
    expect(largest(pulls)).toBeLessThan(4)
    expectClose(
      result.parameters['P.volume']!.values,
      Float64Array.from(result.parameters['P.a']!.values, a => a ** 3),
      { rtol: 1e-12 },
    )
    // of a cubic cell: dV = 3 a² da
    expectClose(result.parameters['P.volume']!.sigma![4]!, 3 * edges[4]! ** 2 * result.parameters['P.a']!.sigma![4]!, {
      rtol: 1e-3,
    })
    expect([...result.presence.P!]).toEqual(Array.from(edges, () => 2))
    expect([...result.quality.values].every(v => v > 0.7 && v < 1.3)).toBe(true)
    expect(result.parameters.rwp!.coords.x!.values).toHaveLength(12)
    expect(result.parameters['P.size']).toBeUndefined()
    const found = mechanism(result, { phases: ['P'], twoTheta: 16 })
    expect(found.verdict).toBe('solid solution')
    expectClose(found.volumeChange!.value, (edges[11]! / 8.2) ** 3 - 1, { atol: 5e-4 })
  })

  it('is the same forwards and backwards, from memory and from a source read lazily, at once and live', async () => {
    const forward = await sequential(moving, one)
    const backward = await sequential(frameSource(moving), one, { direction: 'backward', start: { 'P.a': edges[11]! } })
    const sigma = forward.parameters['P.a']!.sigma!
    const live = await createSequential(twoTheta, one)
    for (let i = 0; i < 12; i++) {
      const frame = await frameSource(moving).frame(i)
      const update = await live.update(frame)
      expect(update).toMatchObject({ index: i, status: 'good', presence: { P: 2 } })
    }
    const table = live.result()
    expect([...table.parameters['P.a']!.coords.x!.values]).toEqual([...moving.coords.x!.values])
    for (let i = 0; i < 12; i++) {
      const a = forward.parameters['P.a']!.values[i]!
      expect(Math.abs(backward.parameters['P.a']!.values[i]! - a)).toBeLessThan(0.05 * sigma[i]!)
      expect(table.parameters['P.a']!.values[i]).toBe(a)
    }
  })

  it('flags frames that are empty, blank, saturated, another sample, of another size or unreadable, and the others do not mind', async () => {
    const clean = await sequential(moving, one, { saturation: 1e6 })
    const values = Float64Array.from(moving.values)
    values.fill(Number.NaN, 2 * POINTS, 3 * POINTS)
    values.fill(0, 4 * POINTS, 5 * POINTS)
    values.fill(2e6, 6 * POINTS, 7 * POINTS)
    // ice, or a flash of the beam: nothing like the series
    for (let i = 0; i < POINTS; i++) values[8 * POINTS + i] = 3000 + 2900 * Math.sin(i)
    const spoiled = frameSource(createDataset({ ...moving, values }))
    const source = createFrameSource({
      name: 'I',
      dims: ['twoTheta'],
      shape: spoiled.shape,
      unit: spoiled.unit,
      read: index => {
        if (index === 9) throw new Error('not of this library')
        return spoiled.frame(index)
      },
    })
    await expect(sequential(source, one)).rejects.toThrow('not of this library')
    const short = { length: 12, frame: (index: number) => (index === 9 ? spoiled.frame(99) : spoiled.frame(index)) }
    const result = await sequential({ ...spoiled, ...short }, one, { saturation: 1e6 })
    expect(result.status.flatMap((status, i) => (status === 'failed' ? [i] : []))).toEqual([2, 4, 6, 8, 9])
    expect(result.reasons[2]).toContain('E_NAN')
    expect(result.reasons[4]).toContain('above zero')
    expect(result.reasons[6]).toContain('saturated')
    expect(result.reasons[8]).toMatch(/misfit grows|converged/)
    expect(result.reasons[9]).toContain('frame 99')
    const [a, sigma] = [clean.parameters['P.a']!.values, clean.parameters['P.a']!.sigma!]
    for (const i of [0, 1, 3, 5, 7, 10, 11])
      expect(Math.abs(result.parameters['P.a']!.values[i]! - a[i]!)).toBeLessThan(0.05 * sigma[i]!)
    for (const i of [2, 4, 6, 8, 9]) {
      expect(result.parameters['P.a']!.values[i]).toBeNaN()
      expect(result.parameters['P.a']!.mask![i]).toBe(1)
      expect(result.presence.P![i]).toBe(0)
    }
  })
})

describe('phases that come and go', () => {
  const share = [0, 0, 0, 0.04, 0.15, 0.3, 0.5, 0.7, 0.85, 0.96, 1, 1, 1]
  const frames = series(share.map(f => [['A', 8.2, 4000 * (1 - f)] as const, ['B', 8.02, 4000 * f] as const]))
  const model: SequentialModel = {
    ...one,
    phases: [phase('A', 8.2), phase('B', 8.02)],
    couples: [{ phases: ['A', 'B'] }],
    parameters: { '*.size': { value: 0, vary: false } },
  }

  it.each(['forward', 'backward', 'both'] as const)('are seen where they are, to within a frame, %s', async direction => {
    const result = await sequential(frames, model, { direction })
    const onset = [...result.presence.B!].findIndex(p => p > 0)
    const end = [...result.presence.A!].findLastIndex(p => p > 0)
    expect(Math.abs(onset - 3)).toBeLessThanOrEqual(1)
    expect(Math.abs(end - 9)).toBeLessThanOrEqual(1)
    for (const [name, absent] of [
      ['B', [0, 1, 2]],
      ['A', [10, 11, 12]],
    ] as const) {
      for (const i of absent) {
        expect(result.presence[name]![i]).toBe(0)
        expect(result.parameters[`${name}.a`]!.values[i]).toBeNaN()
        expect(result.parameters[`${name}.a`]!.sigma![i]).toBeNaN()
      }
    }
    expect(largest(pullsOf(result, 'A.a', () => 8.2))).toBeLessThan(4)
    expect(largest(pullsOf(result, 'B.a', () => 8.02))).toBeLessThan(4)
    const fraction = result.parameters['B.fraction']!
    // intensities go with what was put in, to their errors and that of the largest, which all are told against
    share.forEach((f, i) => {
      if (result.presence.A![i]! > 0 && result.presence.B![i]! > 0) expect(Math.abs(fraction.values[i]! - f)).toBeLessThan(0.03)
    })
    expect(mechanism(result, { phases: ['A', 'B'] }).verdict).toBe('two-phase')
  })
})

describe('cells that are smooth over the whole series', () => {
  it('are surer than frame by frame, and the restraint stands its test', async () => {
    const alone = await sequential(moving, one)
    const smooth = await sequential(moving, one, { smooth: { against: 'x', pieces: 1 } })
    expect(smooth.smooth).toMatchObject({ parameters: 4, saved: 8 })
    expect(smooth.smooth!.probability).toBeGreaterThan(0.01)
    const errorOf = (result: SequentialResult): number => result.parameters['P.a']!.sigma![6]!
    // four numbers for twelve: errors fall by the root of a third, on the whole
    expect(errorOf(smooth)).toBeLessThan(0.75 * errorOf(alone))
    expect(largest(pullsOf(smooth, 'P.a', i => edges[i]!))).toBeLessThan(4)
  })

  it('do not follow a jump, and say so', async () => {
    const jump = series(Array.from({ length: 12 }, (_, i) => [['P', i < 6 ? 8.2 : 8.19, 3000] as const]))
    const { smooth } = await sequential(jump, one, { smooth: { pieces: 1 } })
    expect(smooth!.probability).toBeLessThan(1e-6)
  })
})

describe('how sure a phase is', () => {
  it('is the root of the gain for one number that is not below 0, and that of the chance for free ones', () => {
    // half the chance of chi-square with one degree of freedom is that of a normal deviate
    for (const gain of [1, 4, 9, 25]) expectClose(gainDeviate(gain, 1, 0), Math.sqrt(gain), { rtol: 1e-10 })
    // chi-square of 16 for one free number: chance 6.334e-5, deviate 3.832
    expectClose(gainDeviate(16, 0, 1), 3.832, { atol: 1e-3 })
    expect(gainDeviate(0, 5, 0)).toBe(0)
    expect(gainDeviate(-3, 5, 1)).toBe(0)
    // many lines gain from noise: half their number is nothing
    expect(gainDeviate(100, 200, 0)).toBeLessThan(0.7)
    expect(gainDeviate(1e5, 200, 0)).toBeGreaterThan(300)
  })
})

describe('a series that cannot be', () => {
  const code = async (given: unknown, model: unknown, options: SequentialOptions = {}): Promise<string> => {
    try {
      await sequential(given as Dataset, model as SequentialModel, options)
      return 'none'
    } catch (error) {
      return isOperandoError(error) ? error.code : String(error)
    }
  }
  it('is refused with its code', async () => {
    expect(await code(undefined, one)).toBe('E_ARGUMENT')
    expect(await code(moving, undefined)).toBe('E_ARGUMENT')
    expect(await code(moving, { wavelength: 1 })).toBe('E_MISSING')
    expect(await code(moving, { ...one, wavelenght: 1 })).toBe('E_ARGUMENT')
    expect(await code(moving, one, { direction: 'up' as 'both' })).toBe('E_ARGUMENT')
    expect(await code(moving, one, { smooth: { against: 'voltage' } })).toBe('E_MISSING')
    expect(await code(moving, one, { smooth: { phases: ['Q'] } })).toBe('E_MISSING')
    expect(await code(moving, { ...one, couples: [{ phases: ['P', 'Q'] }] })).toBe('E_MISSING')
    const image = createDataset({
      name: 'I',
      dims: ['frame', 'y', 'x'],
      shape: [2, 2, 2],
      values: new Float64Array(8),
      unit: 'counts',
    })
    expect(await code(image, one)).toBe('E_AXIS')
  })

  it('stops when asked to, and tells how far it is', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const onProgress = (done: number): void => {
      seen.push(done)
      controller.abort()
    }
    expect(await code(moving, one, { signal: controller.signal, onProgress })).toBe('E_ABORTED')
    expect(seen.length).toBeGreaterThan(0)
  })
})
