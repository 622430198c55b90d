import { createElectrochemistry } from 'operando'
import { createCircuit, summarizeCycles } from 'operando/cell'
import { bodePlot, capacityPlot, cyclingPlot, differentialCapacityPlot, nyquistPlot } from 'operando/plot'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'

const empty = createElectrochemistry({ time: [], potential: [], current: [] })
const spectrum = createCircuit('R0-p(R1,C1)').impedance({ R0: 10, R1: 100, C1: 1e-5 }, [1e5, 1e4, 1e3, 300, 100, 30, 10, 1])

describe('figures of cycling data', () => {
  it('of an empty record say that there is nothing', () => {
    expect(cyclingPlot(empty, { against: 'capacity' }).svg).toContain('no finite values')
    expect(cyclingPlot(empty).svg).toContain('<svg')
    expect(capacityPlot(summarizeCycles(empty)).svg).toContain('<svg')
    expect(differentialCapacityPlot([]).svg).toContain('<svg')
  })

  it('take every option with either axis, and show the cycles asked for only', () => {
    const time = Float64Array.from({ length: 40 }, (_, i) => 60 * i)
    const current = time.map((_, i) => (Math.floor(i / 10) % 2 === 0 ? 1e-3 : -1e-3))
    const echem = createElectrochemistry({ time, potential: time.map((_, i) => 3 + (i % 10) / 10), current })
    for (const against of ['time', 'capacity'] as const)
      expect(cyclingPlot(echem, { against, cycles: [0], per: { activeMass: 0.01 }, title: 'First' }).svg).toContain('First')
    const shown = cyclingPlot(echem, { against: 'time', cycles: [1] }).plotly().data[0] as unknown as { x: number[] }
    expect(shown.x.length).toBe(20)
  })

  it('refuse an axis that they do not know, and no spectrum', () => {
    expect(errorCode(() => cyclingPlot(empty, { against: 'temperature' as never }))).toBe('E_ARGUMENT')
    expect(errorCode(() => nyquistPlot([]))).toBe('E_ARGUMENT')
    expect(errorCode(() => bodePlot([]))).toBe('E_ARGUMENT')
  })

  it('name whole decades of the frequency in a Nyquist plot, unless told not to', () => {
    expect(nyquistPlot(spectrum).svg).toContain('>100 Hz<')
    expect(nyquistPlot(spectrum, { frequencies: false }).svg).not.toContain('100 Hz')
  })

  it('show as many numbers of the spectrum as there are, -Im upwards', () => {
    const trace = nyquistPlot(spectrum)
      .plotly()
      .data.find(t => (t as { x?: ArrayLike<number> }).x?.length === 8) as unknown as { y: number[] }
    expect(Math.min(...trace.y)).toBeGreaterThan(0)
  })
})
