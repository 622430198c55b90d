import { heatmap } from 'operando/plot'
import { describe, expect, it } from 'vitest'
import { decodePng, embeddedPng } from './decodePng.js'

/** Ten frames of 60 s, a pause of an hour, ten frames more; 4 channels. */
const times = Float64Array.from({ length: 20 }, (_, i) => i * 60 + (i >= 10 ? 3600 : 0))
const time = { values: times, label: 'Time', unit: 's' }
const q = { values: [1, 2, 3, 4], label: 'q', unit: '1/Å' }
const values = Float64Array.from({ length: 80 }, (_, i) => i)
const voltage = { x: time, y: times.map(t => 3 + t / 1e4), label: 'Voltage', unit: 'V' }
const map = { x: time, y: q, values, label: 'Intensity', unit: 'counts' }

const attributes = (svg: string, tag: string): Record<string, string>[] =>
  [...svg.matchAll(new RegExp(`<${tag} ([^>]*?)/?>`, 'g'))].map(m =>
    Object.fromEntries([...m[1]!.matchAll(/([\w-]+)="([^"]*)"/g)].map(a => [a[1]!, a[2]!])),
  )

/** Points of the curve drawn in a panel. */
function curveOf(svg: string, panel: string): [number, number][] {
  const group = svg.split(`data-name="data-${panel}"`)[1]!
  const d = /<path d="([^"]*)"/.exec(group)![1]!
  return [...d.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(m => [Number(m[1]), Number(m[2])])
}

describe('heatmap', () => {
  const figure = heatmap(map, { traces: [voltage] })
  const image = attributes(figure.svg, 'image')[0]!
  const [left, width] = [Number(image.x), Number(image.width)]

  it('puts trace and map on one time axis, to a tenth of a pixel', () => {
    const points = curveOf(figure.svg, 'trend0')
    // cells reach from -30 s to 1140 + 3600 + 30 s
    const span = 4740 + 60
    points.forEach(([x], i) => {
      expect(Math.abs(x - (left + ((times[i]! + 30) / span) * width))).toBeLessThanOrEqual(0.051)
    })
    expect(points).toHaveLength(20)
  })

  it('leaves a pause blank, and nothing else', () => {
    const png = decodePng(embeddedPng(figure.svg))
    const span = 4800
    const column = (t: number): number => Math.floor(((t + 30) / span) * png.width)
    const row = Math.floor(png.height / 2)
    expect(png.width).toBe(2 * width)
    for (const t of [-20, 0, 540, 565, 4175, 4740, 4765]) expect(png.at(column(t), row)[3], `t = ${t}`).toBe(255)
    for (const t of [576, 1000, 2000, 4000, 4165]) expect(png.at(column(t), row)[3], `t = ${t}`).toBe(0)
  })

  it('puts the first channel at the foot and the last on top, the first frame on the left', () => {
    const png = decodePng(embeddedPng(figure.svg))
    const dark = png.at(0, png.height - 1)
    const bright = png.at(png.width - 1, 0)
    expect(dark.slice(0, 3)).toEqual([0x44, 0x01, 0x54])
    expect(bright.slice(0, 3)).toEqual([0xfd, 0xe7, 0x25])
  })

  it('draws NaN, infinity and masked values transparent and takes no range from them', () => {
    const holes = values.slice()
    holes[0] = Number.NaN
    holes[1] = Infinity
    const mask = new Uint8Array(80)
    mask[79] = 1
    holes[79] = 1e9
    const png = decodePng(embeddedPng(heatmap({ ...map, values: holes, mask }).svg))
    const y = (channel: number): number => Math.floor(png.height * (1 - (channel + 0.5) / 4))
    expect(png.at(2, y(0))[3]).toBe(0)
    expect(png.at(2, y(1))[3]).toBe(0)
    expect(png.at(2, y(2)).slice(0, 3)).toEqual([0x44, 0x01, 0x54])
    expect(png.at(png.width - 2, y(3))[3]).toBe(0)
    expect(png.at(png.width - 2, y(2)).slice(0, 3)).toEqual([0xfd, 0xe7, 0x25])
  })

  it('shows the largest value of samples that share a pixel, or their mean on request', () => {
    const n = 40_000
    const sharp = new Float64Array(2 * n)
    sharp[n / 2] = 1
    const grid = { x: [0, 1], y: Float64Array.from({ length: n }, (_, i) => i), values: sharp }
    const brightest = (reduction: 'max' | 'mean'): number => {
      const png = decodePng(embeddedPng(heatmap(grid, { reduction, norm: 'linear' }).svg))
      return Math.max(...Array.from({ length: png.height }, (_, y) => png.at(1, y)[0]))
    }
    expect(brightest('max')).toBe(0xfd)
    expect(brightest('mean')).toBeLessThan(0x50)
  })

  it('has a range for a constant image and for one without a single value', () => {
    for (const value of [0, 7, -3, Number.NaN]) {
      expect(heatmap({ ...map, values: values.map(() => value) }).svg).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  it('takes zeros and negatives on log, sqrt and symlog colours', () => {
    const mixed = values.map((v, i) => (i % 3 === 0 ? 0 : i % 3 === 1 ? -v : v))
    for (const norm of ['log', 'sqrt', 'symlog'] as const) {
      const { svg } = heatmap({ ...map, values: mixed }, { norm })
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
      expect(decodePng(embeddedPng(svg)).at(0, 0)[3]).toBe(255)
    }
    expect(() => heatmap(map, { norm: 'log', range: [-1, 5] })).toThrow("take norm 'symlog'")
  })

  it('writes label and unit on every axis and chooses minutes for an hour and a half', () => {
    for (const text of ['Time (min)', 'q (Å⁻¹)', 'Intensity (counts)', 'Voltage (V)'])
      expect(figure.svg).toContain(`>${text}</text>`)
  })

  it('refuses an axis out of order and lengths that do not fit', () => {
    expect(() => heatmap({ ...map, x: { values: [...times].reverse().with(3, 0) } })).toThrow(/must rise or fall/)
    expect(() => heatmap({ ...map, values: values.slice(1) })).toThrow('20 x 4 = 80 expected by the axes, 79 found')
    expect(() => heatmap(map, { traces: ['voltage'] })).toThrow('names stand for coordinates of a Dataset')
  })

  it('writes the same text each time and does not write into its inputs', () => {
    const before = values.slice()
    expect(heatmap(map, { traces: [voltage] }).svg).toBe(figure.svg)
    expect(values).toEqual(before)
  })

  it('keeps ids apart by the prefix', () => {
    const { svg } = heatmap(map, { id: 'left' })
    for (const id of [...svg.matchAll(/ id="([^"]+)"/g)].map(m => m[1]!)) expect(id).toMatch(/^left/)
    expect(svg).toContain('url(#left-clip0)')
  })
})
