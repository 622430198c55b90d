import { createDataset } from 'operando'
import { normalize, preEdge } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const n = 300
const energy = Float64Array.from({ length: n }, (_, i) => 8200 + i)
const edge = (at: number, step: number): Float64Array =>
  energy.map(e => 0.3 - 1e-4 * (e - 8300) + step / (1 + Math.exp((at - e) / 1.5)))
const rows = [edge(8344, 0.7), edge(8345, 0.9), edge(8346, 1.1)]
const ranges = { pre1: -120, pre2: -40, norm1: 40, norm2: 140, nnorm: 1 }
const series = createDataset({
  name: 'mu',
  dims: ['frame', 'energy'],
  shape: [3, n],
  values: Float64Array.from(rows.flatMap(row => [...row])),
  sigma: new Float64Array(3 * n).fill(0.01),
  unit: '',
  coords: {
    energy: { dims: ['energy'], values: energy.map(e => e / 1000), unit: 'keV' },
    time: { dims: ['frame'], values: [0, 10, 20], unit: 's' },
  },
})

describe('normalize', () => {
  it('does to each spectrum of a series what preEdge does with the same E0, and keeps the rest', () => {
    const found = normalize(series, { e0: 8345, ...ranges })
    rows.forEach((row, s) => {
      const one = preEdge(energy, row, { e0: 8345, ...ranges })
      expectClose((found.values as Float64Array).slice(s * n, (s + 1) * n), one.norm, { atol: 1e-12 })
      expectClose(found.coords.edgeStep!.values[s]!, one.edgeStep, { rtol: 1e-12 })
      expectClose(found.sigma![s * n]!, 0.01 / one.edgeStep, { rtol: 1e-12 })
    })
    expect(found.coords.time).toEqual(series.coords.time)
    expect(found.history.at(-1)).toMatchObject({
      op: 'normalize',
      parameters: { e0: 8345, pre1: -120, nnorm: 1, flatten: false },
    })
    expect(found.dims).toEqual(['frame', 'energy'])
  })

  it('finds one E0 for all, of their mean, and flattens on request', () => {
    const found = normalize(series, { ...ranges, flatten: true })
    const { e0 } = found.history.at(-1)!.parameters as { e0: number }
    expect(Math.abs(e0 - 8345)).toBeLessThan(1)
    const one = preEdge(energy, rows[0]!, { e0, ...ranges })
    expectClose((found.values as Float64Array).slice(0, n), one.flat, { atol: 1e-12 })
  })

  it('names the spectrum that falls, and refuses other dims and edges of bins', () => {
    const fallen = createDataset({
      ...series,
      name: 'mu',
      values: Float64Array.from([...rows[0]!, ...rows[1]!.map(v => -v), ...rows[2]!]),
      sigma: undefined,
    })
    expect(errorText(() => normalize(fallen, { e0: 8345, ...ranges }))).toMatch(
      /E_RANGE normalize: the step of spectrum 1 at 8345\.00 eV/,
    )
    const other = createDataset({ name: 'I', dims: ['q'], values: [1, 2], unit: '' })
    expect(errorText(() => normalize(other))).toMatch(/E_SHAPE normalize: a Dataset whose last dim is 'energy'/)
  })
})
