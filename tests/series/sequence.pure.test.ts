import { type Dataset, isOperandoError, OperandoError, unit } from 'operando'
import { type FrameFit, sequence } from 'operando/series'
import { describe, expect, it } from 'vitest'

/** A fit with a basin: it finds `truth` from a seed within 1 of it, and from its own guess 0. */
const basin = (truth: number, seed: Readonly<Record<string, number>> | undefined): FrameFit => {
  const start = seed?.p ?? 0
  const converged = Math.abs(start - truth) <= 1
  return {
    parameters: { p: { value: converged ? truth : start, standardError: 0.1 } },
    converged,
    message: converged ? '' : `lost at ${start}`,
    reducedChiSquare: 1,
  }
}

const ramp = [0, 0.9, 1.8, 2.7, 3.6, 4.5]

describe('sequence', () => {
  it('seeds each frame by the last good one', async () => {
    const seeds: unknown[] = []
    const { parameters, status, direction, quality } = await sequence(ramp, (truth, seed) => {
      seeds.push(seed?.p)
      return basin(truth, seed)
    })
    expect(seeds).toEqual([undefined, 0, 0.9, 1.8, 2.7, 3.6])
    expect([...parameters.p!.values]).toEqual(ramp)
    expect([...parameters.p!.sigma!]).toEqual(ramp.map(() => 0.1))
    expect(status).toEqual(ramp.map(() => 'good'))
    expect([...direction]).toEqual([1, 1, 1, 1, 1, 1])
    expect([...quality.values]).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('goes on from the last good frame after a failure, and masks the failed one with its reason', async () => {
    const { parameters, status, reasons } = await sequence([0, 0.4, 9, 0.8, 1.5], basin)
    expect(status).toEqual(['good', 'good', 'failed', 'good', 'good'])
    expect([...parameters.p!.values]).toEqual([0, 0.4, Number.NaN, 0.8, 1.5])
    expect([...parameters.p!.mask!]).toEqual([0, 0, 1, 0, 0])
    expect(reasons[2]).toBe('lost at 0.8')
  })

  it('restarts from the initial seed, from the own guess of the fit, and from the later side', async () => {
    // jump to 5 and back: the initial seed 5 helps at frame 1, the fit's own guess 0 at frame 3
    const initial = await sequence([5, 5.5, 3, 0.5], basin, { seed: { p: 5 } })
    expect(initial.status).toEqual(['good', 'good', 'failed', 'restarted'])
    // 4.5 and 3.6 cannot be reached from 0, but from 2.7, which can be reached from the end
    const fromBehind = await sequence([0, 4.5, 3.6, 2.7, 1.8, 0.9], basin)
    expect(fromBehind.status).toEqual(['good', 'restarted', 'restarted', 'restarted', 'restarted', 'good'])
    expect([...fromBehind.direction]).toEqual([1, -1, -1, -1, -1, 1])
  })

  it('keeps for each frame the better of both directions', async () => {
    // the seed decides how good the fit gets: close seeds give a smaller misfit
    const fit = (truth: number, seed: Readonly<Record<string, number>> | undefined): FrameFit => {
      const start = seed?.p ?? truth
      const good = start >= truth
      return {
        parameters: { p: { value: truth, standardError: good ? 0.1 : 0.2 } },
        converged: true,
        message: '',
        reducedChiSquare: good ? 1 : 2,
      }
    }
    const both = await sequence([0, 1, 2, 1, 0], fit, { direction: 'both' })
    expect([...both.quality.values]).toEqual([1, 1, 2, 1, 1])
    expect([...both.direction]).toEqual([1, -1, 1, 1, 1])
    expect([...both.tries]).toEqual([2, 2, 2, 2, 2])
    const backward = await sequence(ramp.toReversed(), basin, { direction: 'backward' })
    expect(backward.status).toEqual(ramp.map(() => 'good'))
  })

  it('takes further demands on a fit, and OperandoErrors, as failures', async () => {
    const strict = await sequence([0, 0.5, 1], basin, { accept: fit => fit.parameters.p!.value < 0.4 || 'p is too large' })
    expect(strict.reasons).toEqual([null, 'p is too large', 'p is too large'])
    const thrown = await sequence([0, 1], (truth, seed) => {
      if (truth === 1) throw new OperandoError('E_SINGULAR', 'no peak here')
      return basin(truth, seed)
    })
    expect(thrown.reasons).toEqual([null, 'E_SINGULAR: no peak here'])
  })

  it('lets a mistake in the program through: that is no failed frame', async () => {
    await expect(
      sequence([0], () => {
        throw new TypeError('x is not a function')
      }),
    ).rejects.toThrow(TypeError)
  })

  it('takes neither another direction nor a fit without result for granted', async () => {
    const fitted = { parameters: {}, converged: true, message: '', reducedChiSquare: 1 }
    await expect(sequence([1], () => fitted, { direction: 'forwards' as 'forward' })).rejects.toMatchObject({
      code: 'E_ARGUMENT',
    })
    await expect(sequence([1], undefined as never)).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(sequence([1], () => undefined as never)).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(sequence([1], () => ({ converged: true }) as never)).rejects.toMatchObject({ code: 'E_MISSING' })
  })

  it('outlives a series that fails at first, everywhere, or in every other frame', async () => {
    const level = (good: (index: number) => boolean) =>
      sequence([0, 1, 2, 3, 4, 5], (frame, _seed, index) => ({
        parameters: { p: { value: good(index) ? frame : Number.NaN, standardError: null } },
        converged: true,
        message: '',
        reducedChiSquare: 1,
      }))
    const late = await level(i => i >= 3)
    expect(late.status).toEqual(['failed', 'failed', 'failed', 'good', 'good', 'good'])
    const odd = await level(i => i % 2 === 1)
    expect([...odd.parameters.p!.mask!]).toEqual([1, 0, 1, 0, 1, 0])
    const none = await level(() => false)
    expect(none.status.every(status => status === 'failed')).toBe(true)
    expect(none.reasons.every(reason => reason === 'p is NaN')).toBe(true)
    expect(structuredClone(none)).toEqual(none)
  })

  it('takes a Dataset apart by frame, shares its arrays and carries its coordinates to the result', async () => {
    const voltage = { dims: ['frame'], shape: [2], values: Float64Array.of(3, 4), unit: unit('V') }
    const q = { dims: ['q'], shape: [3], values: Float64Array.of(1, 2, 3), unit: unit('1/Å') }
    const series: Dataset<'frame' | 'q'> = {
      name: 'I',
      dims: ['frame', 'q'],
      shape: [2, 3],
      values: Float64Array.of(1, 2, 3, 4, 5, 6),
      sigma: Float64Array.of(1, 1, 1, 2, 2, 2),
      mask: Uint8Array.of(0, 0, 0, 0, 1, 0),
      unit: unit('counts'),
      coords: { voltage, q },
      meta: { sample: 'LFP' },
      history: [],
      warnings: [],
    }
    const before = structuredClone(series)
    const seen: Dataset<'q'>[] = []
    const result = await sequence(
      series,
      frame => {
        seen.push(frame)
        const value = frame.values[0]!
        return { parameters: { first: { value, standardError: null } }, converged: true, message: '', reducedChiSquare: 1 }
      },
      { units: { first: unit('counts') } },
    )
    expect([...seen[1]!.values]).toEqual([4, 5, 6])
    expect([...seen[1]!.mask!]).toEqual([0, 1, 0])
    expect(seen[1]!.coords.voltage).toMatchObject({ dims: [], shape: [], values: Float64Array.of(4) })
    expect(seen[1]!.values.buffer).toBe(series.values.buffer)
    expect(result.parameters.first).toMatchObject({
      dims: ['frame'],
      unit: unit('counts'),
      coords: { voltage },
      meta: { sample: 'LFP' },
    })
    expect(result.parameters.first!.sigma).toBeUndefined()
    expect(series).toEqual(before)
  })

  it('tells progress, stops on abort and gives the same numbers on every run', async () => {
    const told: number[] = []
    const run = () => sequence(ramp, basin, { direction: 'both', onProgress: (done, total) => told.push(done / total) })
    const [first, second] = [await run(), await run()]
    expect(first).toEqual(second)
    expect(told.at(-1)).toBe(1)
    const abort = new AbortController()
    const broken = sequence(
      ramp,
      (truth, seed, index) => {
        if (index === 2) abort.abort()
        return basin(truth, seed)
      },
      { signal: abort.signal },
    )
    await expect(broken).rejects.toSatisfy(error => isOperandoError(error, 'E_ABORTED'))
  })
})
