import type { Figure } from 'operando/plot'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodePng } from '../decodePng.js'
import { gallery } from '../gallery.js'
import { hasChromium, startChromium } from '../page/openPage.js'
import { frameOf } from '../svgParts.js'

/** Part of the pixels inside a rectangle in which two pictures differ by more than a quarter of the range of a channel; SVG rounds to 0.1 px, which is less. */
const compare = `async ([svg, png, rect, scale]) => {
  const pixelsOf = async source => {
    const image = new Image()
    image.src = source
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = rect.width * scale
    canvas.height = rect.height * scale
    const context = canvas.getContext('2d')
    context.imageSmoothingEnabled = false
    context.drawImage(image, -rect.left * scale, -rect.top * scale, rect.fullWidth * scale, rect.fullHeight * scale)
    return context.getImageData(0, 0, canvas.width, canvas.height).data
  }
  const [a, b] = [await pixelsOf(svg), await pixelsOf(png)]
  let differing = 0
  for (let i = 0; i < a.length; i += 4) {
    if (Math.max(Math.abs(a[i] - b[i]), Math.abs(a[i + 1] - b[i + 1]), Math.abs(a[i + 2] - b[i + 2])) > 64) differing++
  }
  return differing / (a.length / 4)
}`

describe.skipIf(!hasChromium)('the PNG that we draw ourselves', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  // panels with little or no text in them: fonts differ from machine to machine
  it.each([
    ['heatmap log', 'map', 0],
    ['heatmap log', 'trend0', 0.0005],
    ['map detector', 'map', 0],
    ['line log with bars', 'curves', 0.004],
    ['trends', 'trend1', 0.0005],
    ['stack huge', 'stack', 0.001],
  ])('%s, panel %s: shows what a browser makes of the SVG', async (name, panel, allowed) => {
    const figure = gallery[name]!()
    expect(await differing(figure, figure, panel)).toBeLessThanOrEqual(allowed)
  })

  it('would not pass for another figure', async () => {
    const [one, other] = [gallery['heatmap log']!(), gallery['heatmap log']!({ width: 700 })]
    expect(await differing(one, other, 'map')).toBeGreaterThan(0.01)
    expect(await differing(one, other, 'trend0')).toBeGreaterThan(0.01)
  })

  /** Part of a panel's pixels in which the SVG of one figure and the PNG of another differ. */
  async function differing(drawn: Figure, painted: Figure, panel: string): Promise<number> {
    const png = await painted.png({ scale: 2 })
    const [width, height] = /width="(\d+)" height="(\d+)"/.exec(drawn.svg)!.slice(1).map(Number) as [number, number]
    const { left, top, right, bottom } = frameOf(drawn.svg, panel)
    const rect = { left, top, width: right - left, height: bottom - top, fullWidth: width, fullHeight: height }
    const page = await browser.newPage()
    const sources = [drawn.svg, png].map(
      (bytes, i) => `data:image/${i === 0 ? 'svg+xml' : 'png'};base64,${Buffer.from(bytes).toString('base64')}`,
    )
    const part = await page.evaluate(`(${compare})(${JSON.stringify([...sources, rect, 2])})`)
    await page.close()
    return part as number
  }
})

describe('png()', () => {
  it('has the size of the figure times the scale, and the background that is asked for', async () => {
    const figure = gallery['trend alone']!()
    const [width, height] = /width="(\d+)" height="(\d+)"/.exec(figure.svg)!.slice(1).map(Number) as [number, number]
    const white = decodePng(await figure.png())
    expect([white.width, white.height]).toEqual([2 * width, 2 * height])
    expect(white.at(0, 0)).toEqual([255, 255, 255, 255])
    const clear = decodePng(await figure.png({ scale: 1, background: 'transparent' }))
    expect([clear.width, clear.height]).toEqual([width, height])
    expect(clear.at(0, 0)[3]).toBe(0)
    expect(decodePng(await figure.png({ scale: 1, background: '#102030' })).at(0, 0)).toEqual([16, 32, 48, 255])
  })

  it('leaves NaN transparent on a transparent figure', async () => {
    const figure = gallery.map!()
    const { left, right, top } = frameOf(figure.svg, 'map')
    const png = decodePng(await figure.png({ scale: 1, background: 'transparent' }))
    // the map is round: the corners have no value
    expect(png.at(left + 20, top + 10)[3]).toBe(0)
    expect(png.at(Math.round((left + right) / 2), top + 100)[3]).toBe(255)
  })

  it('draws its labels: black where the title of the axis stands', async () => {
    const figure = gallery['trend alone']!()
    const { left, right, bottom } = frameOf(figure.svg, 'trend0')
    const png = decodePng(await figure.png({ scale: 1 }))
    let dark = 0
    for (let y = bottom + 24; y < bottom + 42; y++) {
      for (let x = Math.round((left + right) / 2) - 60; x < (left + right) / 2 + 60; x++) if (png.at(x, y)[0] < 110) dark++
    }
    expect(dark).toBeGreaterThan(60)
  })
})
