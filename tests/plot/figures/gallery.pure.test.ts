import { describe, expect, it } from 'vitest'
import { textWidth } from '../../../src/plot/textWidth.js'
import { frameTimes, gallery } from '../gallery.js'
import { curveOf, frameOf, pathsOf, textsOf } from '../svgParts.js'

interface Box {
  text: string
  left: number
  right: number
  top: number
  bottom: number
}

/** Room that each label takes, as set in the widest font of the stack. */
function boxesOf(svg: string): Box[] {
  return textsOf(svg).map(({ x, y, text, anchor, rotate, size }) => {
    const plain = text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
    const width = textWidth(plain, size)
    const from = anchor === 'middle' ? -width / 2 : anchor === 'end' ? -width : 0
    const height = 0.72 * size
    if (rotate === -90) return { text, left: x - height, right: x, top: y - from - width, bottom: y - from }
    // slanted names fall to the left, side by side: only their ends matter here
    if (rotate === -45) {
      const [reach, rise] = [width * Math.SQRT1_2, height * Math.SQRT1_2]
      return { text, left: x - reach - rise, right: x - reach, top: y + reach - 1, bottom: y + reach + 1 }
    }
    return { text, left: x + from, right: x + from + width, top: y - height, bottom: y }
  })
}

const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Whether every element of an XML text is closed in order. */
function isBalanced(xml: string): boolean {
  const open: string[] = []
  for (const [, end, name, , self] of xml.matchAll(/<(\/?)([A-Za-z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (end) {
      if (open.pop() !== name) return false
    } else if (!self) open.push(name!)
  }
  return open.length === 0 && xml.replace(/<(\/?)([A-Za-z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/g, '').indexOf('<') < 0
}

const made = Object.entries(gallery).map(([name, make]) => [name, make()] as const)

describe.each(made)('%s', (_, figure) => {
  const { svg } = figure
  const [width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!.slice(1).map(Number) as [number, number]

  it('is whole XML with numbers only', () => {
    expect(isBalanced(svg)).toBe(true)
    // letters of an embedded picture may spell anything
    expect(svg.replace(/base64,[\w+/=]*/g, '')).not.toMatch(/NaN|Infinity|undefined|null/)
  })

  it('has every label inside the picture, and none over another', () => {
    const boxes = boxesOf(svg).filter(b => b.text !== '')
    for (const b of boxes) {
      expect(b.left, b.text).toBeGreaterThanOrEqual(0)
      expect(b.right, b.text).toBeLessThanOrEqual(width)
      expect(b.top, b.text).toBeGreaterThanOrEqual(0)
      expect(b.bottom, b.text).toBeLessThanOrEqual(height)
    }
    const hits = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(b => overlap(a, b))
        .map(b => `${a.text} | ${b.text}`),
    )
    expect(hits).toEqual([])
  })

  it('is drawn the same each time, under ids of its own', () => {
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(m => m[1]!)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(used)
  })

  it('tells a notebook its Plotly JSON, HTML, SVG and a line of text', () => {
    const bundle = figure[Symbol.for('Jupyter.display')]!()
    expect(Object.keys(bundle)).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'image/svg+xml', 'text/plain'])
    expect(bundle['image/svg+xml']).toBe(svg)
    expect(bundle['text/plain']).toMatch(/\S/)
    const [, image] = /^<img alt="[^"]*\S[^"]*" src="data:image\/svg\+xml,([^"<>]+)">$/.exec(String(bundle['text/html']))!
    expect(decodeURIComponent(image!)).toBe(svg)
    expect(bundle['application/vnd.plotly.v1+json']).toMatchObject({ data: expect.any(Array), layout: expect.any(Object) })
  })
})

describe('units', () => {
  it.each([
    ['operando', ['Time (h)', 'q (Å⁻¹)', 'Voltage (V)', 'a (Å)', 'Intensity (counts)', 'Fraction']],
    ['heatmap dates', ['Time, 14–15 Nov 2023 (UTC)', 'q (Å⁻¹)', 'Voltage (V)', 'Intensity (counts)']],
    ['heatmap huge', ['Intensity (10¹⁵ counts)', 'Voltage (10⁻⁹ V)']],
    ['line log with bars', ['q (Å⁻¹)', 'I (cm⁻¹)']],
    ['stack huge', ['Intensity, shifted (10⁹ counts)', 'q (Å⁻¹)', 'Time (h)']],
    ['map', ['x (µm)', 'y (µm)', '2 µm']],
    ['map detector', ['x (px)', 'y (px)']],
  ])('%s: every axis says its unit', (name, titles) => {
    const texts = textsOf(gallery[name]!().svg).map(t => t.text)
    for (const title of titles) expect(texts).toContain(title)
  })

  it('survive a label that is far too long', () => {
    const texts = textsOf(gallery['heatmap long labels']!().svg).map(t => t.text)
    for (const unit of ['(Å⁻¹)', '(counts per monitor count)', '(V vs. Li/Li⁺)']) {
      expect(
        texts.some(t => t.endsWith(unit)),
        unit,
      ).toBe(true)
    }
  })
})

describe('the shared time axis', () => {
  const { svg } = gallery.operando!()
  const names = ['voltage', 'map', 'trend0', 'trend1']

  it('begins and ends at the same pixel in all panels', () => {
    const frames = names.map(name => frameOf(svg, name))
    for (const f of frames) expect([f.left, f.right]).toEqual([frames[0]!.left, frames[0]!.right])
  })

  it('puts a moment at the same pixel in the cycler’s curve, the map and the trends', () => {
    const { left, right } = frameOf(svg, 'map')
    // cells reach half a step beyond the first and the last frame
    const [from, to] = [-300, frameTimes.at(-1)! + 100]
    const at = (t: number): number => left + ((t - from) / (to - from)) * (right - left)
    curveOf(svg, 'voltage').forEach(([x], i) => {
      expect(Math.abs(x - at(60 * i - 900))).toBeLessThanOrEqual(0.051)
    })
    const circles = [...pathsOf(svg.split('data-name="data-trend1"')[1]!)[1]!.matchAll(/M([\d.]+),/g)].map(m => Number(m[1]))
    expect(circles).toHaveLength(90)
    circles.forEach((x, i) => {
      expect(Math.abs(x + 2.25 - at(frameTimes[i]!))).toBeLessThanOrEqual(0.051)
    })
  })
})
