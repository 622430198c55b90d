import {
  collect,
  createDataset,
  createFrameSource,
  type Dataset,
  type FrameSource,
  frameSource,
  isOperandoError,
  transpose,
  unit,
} from 'operando'
import { sequence } from 'operando/series'
import { describe, expect, it } from 'vitest'

const run: Dataset<'frame' | 'q'> = createDataset({
  name: 'I',
  dims: ['frame', 'q'],
  shape: [4, 3],
  values: Float32Array.from({ length: 12 }, (_, i) => i),
  sigma: Float32Array.from({ length: 12 }, (_, i) => i + 1),
  mask: Uint8Array.from({ length: 12 }, (_, i) => (i === 5 ? 1 : 0)),
  unit: 'counts',
  coords: {
    q: { dims: ['q'], values: [1, 2, 3, 4], unit: '1/Å', edges: true },
    time: { dims: ['frame'], values: [0, 60, 120, 180], unit: 's' },
    exposure: { dims: ['frame'], values: [0, 59, 119, 179, 240], unit: 's', edges: true },
  },
  meta: { sample: 'LFP' },
})

const counting = (frames: number, wait?: (index: number) => Promise<void>) => {
  const log: string[] = []
  const source: FrameSource<'q'> = createFrameSource({
    name: 'I',
    dims: ['q'],
    shape: [frames, 2],
    unit: unit('counts'),
    read: async (index, { signal }) => {
      log.push(`read ${index}`)
      if (frames < 10) signal?.addEventListener('abort', () => log.push(`stop ${index}`))
      await wait?.(index)
      return createDataset({ name: 'I', dims: ['q'], values: [index, index], unit: 'counts' })
    },
  })
  return { source, log }
}
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    if (isOperandoError(error)) return `${error.code} ${error.message}`
    throw error
  }
  return 'no error'
}
const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0))

describe('frameSource', () => {
  it('cuts its frame out of a coord whose last dim is the frame', async () => {
    const values = Float64Array.from({ length: 12 }, (_, i) => 100 + i)
    const drift = { dims: ['q', 'frame'], shape: [3, 4], values, unit: '' }
    const drifting = createDataset({ ...run, coords: { ...run.coords, drift } })
    const { coords } = await frameSource(drifting).frame(1)
    expect(coords.drift).toMatchObject({ dims: ['q'], shape: [3] })
    expect([...coords.drift!.values]).toEqual([101, 105, 109])
    expect((await collect(frameSource(drifting))).coords.drift).toMatchObject({ dims: ['frame', 'q'], shape: [4, 3] })
  })

  it('of a Dataset, collected, is the Dataset again', async () => {
    const { history: _, ...want } = run
    const { history, ...got } = await collect(frameSource(run))
    expect(got).toEqual(want)
    expect(history).toMatchObject([{ op: 'collect', parameters: { from: 0, to: 4 } }])
  })

  it('tells what it holds, reads any frame, and shares its arrays', async () => {
    const source = frameSource(run)
    expect(source).toMatchObject({ length: 4, dims: ['frame', 'q'], shape: [4, 3], chunkShape: [1, 3], name: 'I' })
    expect(Object.keys(source.coords)).toEqual(['time', 'exposure'])
    const frame: Dataset<'q'> = await source.frame(2)
    expect([...frame.values]).toEqual([6, 7, 8])
    expect(frame.values.buffer).toBe(run.values.buffer)
    expect(frame.coords.time).toMatchObject({ dims: [], values: Float64Array.of(120) })
    expect(await codeOf(source.frame(4))).toMatch(/E_RANGE I: frame 4 of 4/)
    expect(() => frameSource(transpose(run))).toThrow(/first dim must be 'frame'/)
  })

  it('collects a part with its coords, and an empty one', async () => {
    const part = await collect(frameSource(run), { from: 1, to: 3 })
    expect([...part.values]).toEqual([3, 4, 5, 6, 7, 8])
    expect([...part.coords.exposure!.values]).toEqual([59, 119, 179])
    expect((await collect(frameSource(run), { from: 4 })).shape).toEqual([0, 3])
    expect(await codeOf(collect(frameSource(run), { to: 5 }))).toMatch(/E_RANGE collect: frames 0 to 5 of 4/)
  })
})

describe('createFrameSource', () => {
  it('gives frames in order with their numbers, gaps and all', async () => {
    const { source } = counting(3)
    const seen: number[] = []
    for await (const { sequence: n, frame } of source) seen.push(n, frame.values[0]!)
    expect(seen).toEqual([0, 0, 1, 1, 2, 2])
    const lossy = createFrameSource({
      name: 'I',
      dims: ['q'],
      shape: [3, 1],
      unit: unit(''),
      sequence: [7, 8, 11],
      read: i => createDataset({ name: 'I', dims: ['q'], values: [i], unit: '' }),
    })
    expect([...(await collect(lossy)).coords.sequence!.values]).toEqual([7, 8, 11])
  })

  it('reads no further ahead than it was told: a slow consumer slows the reader', async () => {
    for (const ahead of [0, 1, 3]) {
      const { source, log } = counting(10)
      let used = 0
      for await (const _ of source.stream({ ahead })) {
        await turn()
        used++
        expect(log.length).toBe(Math.min(10, used + ahead))
      }
      expect(used).toBe(10)
    }
  })

  it('stops reading when the loop is left', async () => {
    const { source, log } = counting(9)
    for await (const { sequence: n } of source.stream({ ahead: 2 })) if (n === 1) break
    expect(log).toEqual(['read 0', 'read 1', 'read 2', 'read 3', 'stop 0', 'stop 1', 'stop 2', 'stop 3'])
  })

  it('throws E_ABORTED at once, even if the reader does not mind the signal', async () => {
    const abort = new AbortController()
    const { source } = counting(10, index => (index === 2 ? new Promise(() => {}) : Promise.resolve()))
    const seen: number[] = []
    const loop = (async () => {
      for await (const { sequence: n } of source.stream({ signal: abort.signal })) {
        seen.push(n)
        if (n === 1) setTimeout(() => abort.abort(), 5)
      }
    })()
    expect(await codeOf(loop)).toMatch(/E_ABORTED/)
    expect(seen).toEqual([0, 1])
    expect(await codeOf(source.frame(0, { signal: abort.signal }))).toMatch(/E_ABORTED/)
    expect(await codeOf(collect(source, { signal: abort.signal }))).toMatch(/E_ABORTED/)
  })

  it('refuses a frame of another shape, and says which', async () => {
    const source = createFrameSource({
      name: 'I',
      dims: ['q'],
      shape: [3, 2],
      unit: unit(''),
      read: i => createDataset({ name: 'I', dims: ['q'], values: i === 1 ? [1] : [1, 2], unit: '' }),
    })
    expect(await codeOf(collect(source))).toMatch(/E_SHAPE I, frame 1: \[q: 1\] found, and lengths 2 of \[q\] expected/)
    expect(() => createFrameSource({ name: 'I', dims: ['q'], shape: [3], unit: unit(''), read: () => run as never })).toThrow(
      /2 lengths/,
    )
  })

  it('is a series that sequence runs along, with its coords', async () => {
    const told: number[] = []
    const result = await sequence(frameSource(run), frame => {
      const q: Dataset<'q'> = frame
      told.push(q.values[0]!)
      return {
        parameters: { p: { value: q.values[0]!, standardError: null } },
        converged: true,
        message: '',
        reducedChiSquare: 1,
      }
    })
    expect(told).toEqual([0, 3, 6, 9])
    expect(result.parameters.p!.coords.time!.values).toEqual(run.coords.time!.values)
    expect(result.parameters.p!.meta).toEqual({ sample: 'LFP' })
  })
})
