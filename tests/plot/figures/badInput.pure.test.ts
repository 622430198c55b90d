import { createDataset } from 'operando'
import { heatmap, linePlot, mapPlot, matrixPlot, operandoFigure, stackPlot, trendPlot } from 'operando/plot'
import { describe, expect, it } from 'vitest'

const time = { values: [0, 60, 120], label: 'Time', unit: 's' }
const q = { values: [1, 2], label: 'q', unit: '1/Å' }
const grid = { x: time, y: q, values: [1, 2, 3, 4, 5, 6], label: 'Intensity', unit: 'counts' }
const voltage = { x: time, y: [3, 3.1, 3.2], label: 'Voltage', unit: 'V' }

describe('bad input is answered by what was expected, what was found and the way out', () => {
  it('wrong lengths', () => {
    expect(() => heatmap({ ...grid, values: [1, 2, 3] })).toThrow('values: 3 x 2 = 6 expected by the axes, 3 found')
    expect(() => heatmap({ ...grid, mask: [0] })).toThrow('mask: 6 values expected, 1 found')
    expect(() => linePlot({ x: time, y: [1, 2] })).toThrow(/y.*3.*2/)
    expect(() => linePlot({ x: time, y: [1, 2, 3], sigma: [1] })).toThrow(/sigma.*3.*1/)
    expect(() => stackPlot(grid, { colorBy: [1, 2] })).toThrow('one value a frame expected, 3; 2 found')
    expect(() => stackPlot(grid, { frames: [3] })).toThrow('Frame 3 is not among 0 to 2')
    expect(() => mapPlot({ values: [1, 2, 3], shape: [2, 2] })).toThrow('2 x 2 expected by shape, 3 found')
    expect(() => matrixPlot([1, 2, 3])).toThrow('n x n values expected, 3 found')
    expect(() => matrixPlot([1], { labels: ['a', 'b'] })).toThrow('labels: 1 expected, 2 found')
    expect(() => heatmap(grid, { exposure: [1, 1] })).toThrow('one width a cell expected, 3; 2 found')
  })

  it('time out of order, or without a number', () => {
    expect(() => heatmap({ ...grid, x: { ...time, values: [0, 120, 60] } })).toThrow(
      'Time[2] = 60 follows 120: an axis must rise or fall strictly. Sort',
    )
    expect(() => heatmap({ ...grid, x: { ...time, values: [0, Number.NaN, 60] } })).toThrow(/NaN/)
  })

  it('units that do not fit together', () => {
    expect(() => heatmap(grid, { traces: [{ ...voltage, x: { ...time, unit: 'V' } }] })).toThrow(
      'x of Voltage is in V, the axis in s',
    )
    expect(() => heatmap({ ...grid, x: { values: [0, 1, 2], label: 'x in Li', unit: 'mol' } }, { traces: [voltage] })).toThrow(
      'x of Voltage is in s, the axis in mol',
    )
    expect(() => heatmap(grid, { traces: [[voltage, { ...voltage, label: 'Current', unit: 'mA' }]] })).toThrow(
      'Current is in mA, the axis in V: one axis shows one unit. Convert it first, or give it a panel of its own.',
    )
    expect(() =>
      linePlot([
        { x: q, y: [1, 2], unit: 'counts' },
        { x: q, y: [1, 2], unit: 'V', name: 'U' },
      ]),
    ).toThrow('U is in V, the axis in counts')
    expect(() =>
      linePlot([
        { x: q, y: [1, 2] },
        { x: { ...q, unit: 'nm^-1' }, y: [1, 2] },
      ]),
    ).toThrow('x of curves[1] is in nm⁻¹, the axis in Å⁻¹')
    expect(() => trendPlot([voltage, { ...voltage, x: { ...q, values: [1, 2, 3] } }])).toThrow('is in Å⁻¹, the axis in s')
    // hours and seconds are one thing
    const hours = { ...voltage, x: { values: [0, 1 / 60, 2 / 60], label: 'Time', unit: 'h' } }
    expect(heatmap(grid, { traces: [hours] }).svg.replace(/figure-\w+/g, '')).toBe(
      heatmap(grid, { traces: [voltage] }).svg.replace(/figure-\w+/g, ''),
    )
  })

  it('names without a dataset, coordinates that are not there', () => {
    expect(() => operandoFigure(grid, { voltage: 'voltage' })).toThrow('names stand for coordinates of a Dataset')
    const data = createDataset({ name: 'run', dims: ['frame', 'q'], shape: [3, 2], values: new Float64Array(6), unit: 'count' })
    expect(() => heatmap(data, { traces: ['voltage'] })).toThrow('run has no coordinate "voltage"; it has')
    expect(() => trendPlot([])).toThrow('at least one panel')
    expect(() => linePlot([])).toThrow('at least one curve')
  })

  it('ranges that are none', () => {
    expect(() => heatmap(grid, { range: [3, 1] })).toThrow('two finite rising numbers')
    expect(() => linePlot({ x: q, y: [1, 2] }, { yScale: 'log', yRange: [0, 1] })).toThrow("Take 'symlog'")
  })

  it('no finite value: the figure says so instead of inventing a scale', () => {
    const none = [Number.NaN, Number.NaN, Infinity]
    const all = heatmap({ ...grid, values: [...none, ...none] }, { traces: [{ ...voltage, y: none }] }).svg
    expect(all.match(/no finite values/g)).toHaveLength(2)
    expect(all).not.toContain('data:image/png')
    expect(linePlot({ x: time, y: none }).svg).toContain('no finite values')
    expect(trendPlot([{ ...voltage, y: none }]).svg).toContain('no finite values')
    expect(mapPlot({ values: none, shape: [1, 3] }).svg).toContain('no finite values')
    expect(stackPlot({ ...grid, values: [...none, ...none] }).svg).not.toMatch(/NaN|Infinity/)
    expect(matrixPlot([Number.NaN]).svg).not.toMatch(/NaN|Infinity/)
  })

  it('NaN in the coordinates of a curve leaves that point out', () => {
    const { svg } = linePlot({ x: { ...time, values: [0, Number.NaN, 120] }, y: [1, 2, 3], lineWidth: 0, marker: 'circle' })
    expect(svg).not.toMatch(/NaN/)
    expect(/data-name="data-curves"[\s\S]*?<path d="([^"]*)"/.exec(svg)![1]!.match(/M/g)).toHaveLength(2)
  })

  it('hostile labels stay letters in the SVG', () => {
    const hostile = '</text><script>alert(1)</script>"\']]>&\u0000\u0008'
    const { svg } = heatmap(
      { ...grid, label: hostile, unit: hostile, x: { ...time, label: hostile } },
      { title: hostile, id: 'a"><script>', traces: [{ ...voltage, label: hostile }] },
    )
    expect(svg).not.toMatch(/<script|<\/text></)
    expect(svg).not.toContain('\u0000')
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;')
    expect(
      [...svg.matchAll(/<(\w+)/g)]
        .map(m => m[1])
        .every(tag => ['svg', 'title', 'rect', 'g', 'clipPath', 'path', 'text', 'image'].includes(tag!)),
    ).toBe(true)
  })
})
