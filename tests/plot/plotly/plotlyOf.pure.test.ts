import { heatmap, linePlot, stackPlot } from 'operando/plot'
import { describe, expect, it } from 'vitest'
import { gallery } from '../gallery.js'

type Json = Record<string, unknown>

/** Attributes that Plotly's schema (plotly.js 4.1, which found all of the gallery valid) has for what we write. */
const SCHEMA: Record<string, Set<string>> = {
  heatmap: new Set('type x y z customdata zmin zmax colorscale colorbar hoverongaps hovertemplate xaxis yaxis'.split(' ')),
  scatter: new Set('type x y mode line marker error_y name showlegend fill fillcolor opacity hoverinfo xaxis yaxis'.split(' ')),
  axis: new Set(
    'title domain anchor matches type range showline mirror ticks zeroline showgrid linecolor automargin exponentformat tickmode tickvals ticktext showticklabels scaleanchor constrain'.split(
      ' ',
    ),
  ),
  layout: new Set('title width height paper_bgcolor plot_bgcolor font margin annotations shapes'.split(' ')),
  colorbar: new Set('title tickvals ticktext len y'.split(' ')),
}

const expectKeys = (what: string, object: Json): void => {
  for (const key of Object.keys(object)) expect(SCHEMA[what]!.has(key), `${what}.${key}`).toBe(true)
}

/** Every number, string and so on of a JSON tree. */
function leaves(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]
}

describe('the Plotly JSON of every figure', () => {
  it.each(Object.entries(gallery))(
    '%s: traces and axes are those of the schema, and it is JSON through and through',
    (_, make) => {
      const figure = make().plotly()
      const text = JSON.stringify(figure)
      expect(JSON.stringify(JSON.parse(text)) === text).toBe(true)
      const isJson = (leaf: unknown): boolean =>
        leaf === null ||
        typeof leaf === 'string' ||
        typeof leaf === 'boolean' ||
        (typeof leaf === 'number' && Number.isFinite(leaf))
      expect(leaves(figure).filter(leaf => !isJson(leaf))).toEqual([])
      const axes = Object.keys(figure.layout).filter(key => /^[xy]axis\d*$/.test(key))
      for (const trace of figure.data) {
        expectKeys(trace.type as string, trace)
        expect(axes).toContain((trace.xaxis as string).replace('x', 'xaxis'))
        expect(axes).toContain((trace.yaxis as string).replace('y', 'yaxis'))
        if (trace.type === 'heatmap') {
          const { x, y, z, colorbar } = trace as { x: unknown[]; y: unknown[]; z: unknown[][]; colorbar: Json }
          expect(z).toHaveLength(y.length - 1)
          for (const row of z) expect(row).toHaveLength(x.length - 1)
          expectKeys('colorbar', colorbar)
        } else {
          expect(trace.x).toHaveLength((trace.y as unknown[]).length)
          if (trace.error_y) expect((trace.error_y as { array: unknown[] }).array).toHaveLength((trace.y as unknown[]).length)
        }
      }
      for (const axis of axes) {
        const { domain, range } = figure.layout[axis] as { domain: [number, number]; range: unknown[] }
        expectKeys('axis', figure.layout[axis] as Json)
        expect(domain[0] >= 0 && domain[0] < domain[1] && domain[1] <= 1).toBe(true)
        expect(range).toHaveLength(2)
      }
      expectKeys('layout', Object.fromEntries(Object.entries(figure.layout).filter(([key]) => !/^[xy]axis/.test(key))))
    },
  )
})

describe('plotly()', () => {
  const time = { values: [0, 60, 120, 1200, 1260, 1320], label: 'Time', unit: 's' }
  const map = {
    x: time,
    y: { values: [1, 2], label: 'q', unit: '1/Å' },
    values: [1, 2, 3, Number.NaN, 5, 6, 7, 8, 9, 10, 11, 12],
    label: 'I',
  }
  const trace = { x: time, y: [3, 3.1, 3.2, 3.3, 3.4, 3.5], label: 'Voltage', unit: 'V' }

  it('moves all panels on the time axis of the first, whose labels stand below the last', () => {
    const { layout } = heatmap(map, { traces: [trace] }).plotly()
    const [x, x2] = [layout.xaxis, layout.xaxis2] as [Json, Json]
    expect(x.matches).toBeUndefined()
    expect(x2.matches).toBe('x')
    expect(x.range).toEqual(x2.range)
    expect(x.showticklabels).toBe(false)
    expect(x2.title).toEqual({ text: 'Time (min)' })
    const upper = heatmap(map, { traces: [trace], orientation: 'vertical' }).plotly().layout
    expect((upper.yaxis2 as Json).matches).toBe('y')
  })

  it('has the true edges of cells, an empty cell for a pause and null for NaN', () => {
    const { x, z } = heatmap(map).plotly().data[0] as { x: number[]; z: (number | null)[][] }
    expect(x).toEqual([-0.5, 0.5, 1.5, 2.5, 19.5, 20.5, 21.5, 22.5])
    expect(z).toEqual([
      [1, 3, 5, null, 7, 9, 11],
      [2, null, 6, null, 8, 10, 12],
    ])
  })

  it('breaks the curve of the frames at the pause', () => {
    const { x, y } = heatmap(map, { traces: [trace] }).plotly().data[1] as { x: unknown[]; y: unknown[] }
    expect(x).toEqual([0, 1, 2, null, 20, 21, 22])
    expect(y).toEqual([3, 3.1, 3.2, null, 3.3, 3.4, 3.5])
  })

  it('shows the values, not the colours, where the norm is not linear', () => {
    const positive = { ...map, values: map.values.map((_, i) => 10 ** (i / 2)) }
    const heat = heatmap(positive, { norm: 'log' }).plotly().data[0] as {
      z: number[][]
      customdata: number[][]
      hovertemplate: string
      colorbar: Json
    }
    expect(heat.customdata[0]![1]).toBe(10)
    expect(heat.z[0]![1]).toBeCloseTo(2 / 11, 6)
    expect(heat.hovertemplate).toContain('%{customdata}')
    expect(heat.colorbar.ticktext).toContain('10²')
  })

  it('keeps error bars, bands, dashes, points, rules and the colour bar of a stack', () => {
    const x = { values: [1, 2, 3], label: 'q', unit: '1/Å' }
    const y = [1, 2, 4]
    const { data, layout } = linePlot(
      [
        { x, y, sigma: [0.1, 0.2, 0.3], marker: 'triangle', name: 'a' },
        { x, y, sigma: [0.1, 0.2, 0.3], sigmaStyle: 'band', lineWidth: 2, dash: [4, 2], name: 'b' },
      ],
      { residual: 'difference' },
    ).plotly()
    expect(data[0]).toMatchObject({
      mode: 'markers',
      error_y: { type: 'data', array: [0.1, 0.2, 0.3] },
      marker: { symbol: 'triangle-up' },
    })
    expect(data[1]).toMatchObject({ fill: 'toself', x: [1, 2, 3, 3, 2, 1], y: [1.1, 2.2, 4.3, 3.7, 1.8, 0.9] })
    expect(data[2]).toMatchObject({ mode: 'lines', line: { dash: '4px,2px', width: 2 } })
    expect(layout.shapes).toMatchObject([{ type: 'line', yref: 'y2', y0: 0, y1: 0 }])
    const stack = stackPlot(map, { colorBy: { values: [1, 2, 3, 4, 5, 6], label: 'Voltage', unit: 'V' } }).plotly()
    expect(stack.data.at(-1)).toMatchObject({
      marker: { showscale: true, cmin: 1, cmax: 6, colorbar: { title: { text: 'Voltage (V)' } } },
    })
  })

  it('writes dates on an absolute clock', () => {
    const start = { seconds: 1_700_000_000, nanos: 0, source: 'utc' as const }
    const { data, layout } = heatmap(map, {
      clock: 'absolute',
      start,
      traces: [{ ...trace, y: [3, Number.NaN, 3, 3, 3, 3] }],
    }).plotly()
    expect((data[0]!.x as string[])[0]).toBe('2023-11-14T22:12:50.000Z')
    expect((layout.xaxis as Json).type).toBe('date')
    expect((data[1]!.y as unknown[])[1]).toBe(null)
  })

  it('shows letters as letters: neither tags nor templates come in by labels', () => {
    const { data, layout } = heatmap(
      { ...map, label: '<b>I</b> %{x} & more' },
      { title: '<a href="javascript:alert(1)">x</a>' },
    ).plotly()
    const text = JSON.stringify([data[0]!.hovertemplate, data[0]!.colorbar, layout.title])
    expect(text).not.toMatch(/<b>|<a |%\{x\} &/)
    expect(text).toContain('&lt;b&gt;I&lt;/b&gt;')
  })
})
