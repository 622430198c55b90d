import { figurePage, heatmap, linePlot, mapPlot } from 'operando/plot'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { curveOf, type Frame, frameOf, groupOf, inverse, pathsOf, xTicksOf, yTicksOf } from '../svgParts.js'
import { hasChromium, openPage, startChromium } from './openPage.js'

// 30 frames of 60 s, an hour's pause after the 15th; 20 channels; the value says which cell it is
const times = Float64Array.from({ length: 30 }, (_, i) => 60 * i + (i >= 15 ? 3600 : 0))
const channels = Float64Array.from({ length: 20 }, (_, j) => 2 + j / 10)
const time = { values: times, label: 'Time', unit: 's' }
const grid = {
  x: time,
  y: { values: channels, label: 'q', unit: '1/Å' },
  values: Float64Array.from({ length: 600 }, (_, k) => 100 * Math.floor(k / 20) + (k % 20)),
  label: 'Intensity',
  unit: 'counts',
}
const voltage = { x: time, y: times.map((_, i) => 3 + i / 100), label: 'Voltage', unit: 'V' }
const figure = heatmap(grid, { traces: [voltage] })

const svgOf = (page: Page): Promise<string> => page.$eval('.operando-picture > svg', svg => svg.outerHTML)
const readOut = (page: Page): Promise<string> => page.$eval('.operando-readout', e => e.textContent!.replaceAll('\u00a0', ' '))
/** Waits until a zoomed figure has come to rest: first until the browser has passed the event on. */
async function rest(page: Page): Promise<void> {
  await page.waitForTimeout(120)
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy=true]').length === 0)
}

/** Figure pixels to page pixels. */
async function onPage(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = (await page.locator('.operando-picture > svg').first().boundingBox())!
  return [box.x + x, box.y + y]
}

/** Centre of a cell in figure pixels, the whole being shown; cells reach 30 s and 0.05 beyond the middles. */
function cellCentre({ left, right, top, bottom }: Frame, i: number, j: number): [number, number] {
  const span = times.at(-1)! + 60
  return [left + ((times[i]! + 30) / span) * (right - left), bottom - ((j + 0.5) / 20) * (bottom - top)]
}

describe.skipIf(!hasChromium)('a figure in a page, opened from a folder', () => {
  let browser: Browser
  let html: string
  beforeAll(async () => {
    browser = await startChromium()
    html = await figure.html()
  })
  afterAll(() => browser?.close())

  it('reads frame, place, value and the voltage of that time under the cross-hair', async () => {
    const { page, noise } = await openPage(browser, html)
    const frame = frameOf(figure.svg, 'map')
    for (const [i, j] of [
      [0, 0],
      [7, 13],
      [29, 19],
    ] as const) {
      await page.mouse.move(...(await onPage(page, ...cellCentre(frame, i, j))))
      const text = await readOut(page)
      expect(text).toContain(`Frame ${i} `)
      expect(text).toContain(`Intensity ${100 * i + j} counts`)
      expect(text).toMatch(new RegExp(`Voltage ${String(3 + i / 100)} V`))
      expect(text).toContain('Å⁻¹')
    }
    // in the pause there is nothing, and nothing is made up
    const [x] = cellCentre(frame, 14, 5)
    await page.mouse.move(...(await onPage(page, x + 120, frame.top + 50)))
    expect(await readOut(page)).toMatch(/Intensity no value.*Voltage no value/)
    expect(noise).toEqual([])
    await page.close()
  })

  it('zooms all panels on one time axis by the wheel, about the pointer, and shows all again at a double click', async () => {
    const { page, noise } = await openPage(browser, html)
    const frame = frameOf(figure.svg, 'map')
    const [x, y] = cellCentre(frame, 7, 13)
    await page.mouse.move(...(await onPage(page, x, y)))
    const before = await readOut(page)
    for (let n = 0; n < 3; n++) await page.mouse.wheel(0, -500)
    await rest(page)
    const zoomed = await svgOf(page)
    // three turns of 1.0015^-500
    const minutes = inverse(xTicksOf(zoomed, 'trend0'))
    const shown = frameOf(zoomed, 'map')
    const span = minutes(shown.right) - minutes(shown.left)
    const whole = (times.at(-1)! + 60) / 60
    expect(span / whole).toBeCloseTo(1.0015 ** -1500, 2)
    // the voltage is drawn where the map has its frames
    const scale = (t: number): number => shown.left + ((t / 60 - minutes(shown.left)) / span) * (shown.right - shown.left)
    curveOf(zoomed, 'trend0').forEach(([px], i) => {
      if (i < 15) expect(Math.abs(px - scale(times[i]!))).toBeLessThan(0.4)
    })
    expect(frameOf(zoomed, 'trend0').left).toBe(shown.left)
    // what was under the pointer still is
    await page.mouse.move(...(await onPage(page, x + 0.3, y)))
    expect((await readOut(page)).split('Intensity')[1]).toBe(before.split('Intensity')[1])
    await page.mouse.dblclick(...(await onPage(page, x, y)))
    await rest(page)
    expect(xTicksOf(await svgOf(page), 'trend0')).toEqual(xTicksOf(figure.svg, 'trend0'))
    expect(await page.locator('.operando-cuts svg').count()).toBe(0)
    expect(noise).toEqual([])
    await page.close()
  })

  it('zooms to a box, pans with Shift, zooms the other axis with Shift and wheel', async () => {
    const { page } = await openPage(browser, html)
    const { left, right, top, bottom } = frameOf(figure.svg, 'map')
    const [w, h] = [right - left, bottom - top]
    await page.mouse.move(...(await onPage(page, left + 0.1 * w, top + 0.25 * h)))
    await page.mouse.down()
    await page.mouse.move(...(await onPage(page, left + 0.3 * w, top + 0.75 * h)), { steps: 4 })
    await page.mouse.up()
    await rest(page)
    let svg = await svgOf(page)
    let f = frameOf(svg, 'map')
    const along = (): [number, number] => [inverse(xTicksOf(svg, 'trend0'))(f.left), inverse(xTicksOf(svg, 'trend0'))(f.right)]
    const whole = times.at(-1)! + 60
    // -30 s is the left edge
    expect(along()[0]).toBeCloseTo((0.1 * whole - 30) / 60, 0)
    expect(along()[1]).toBeCloseTo((0.3 * whole - 30) / 60, 0)
    const q = inverse(yTicksOf(svg, 'map'))
    expect(q(f.bottom)).toBeCloseTo(1.95 + 0.5, 1)
    expect(q(f.top)).toBeCloseTo(1.95 + 1.5, 1)
    const [from] = along()
    await page.keyboard.down('Shift')
    await page.mouse.move(...(await onPage(page, left + 0.5 * w, top + 0.5 * h)))
    await page.mouse.down()
    await page.mouse.move(...(await onPage(page, left + 0.25 * w, top + 0.5 * h)), { steps: 4 })
    await page.mouse.up()
    await rest(page)
    svg = await svgOf(page)
    f = frameOf(svg, 'map')
    expect(along()[0] - from).toBeCloseTo((0.25 * 0.2 * whole) / 60, 0)
    const high = inverse(yTicksOf(svg, 'map'))(f.top)
    await page.mouse.wheel(0, 300)
    await rest(page)
    await page.keyboard.up('Shift')
    svg = await svgOf(page)
    expect(inverse(yTicksOf(svg, 'map'))(frameOf(svg, 'map').top)).toBeGreaterThan(high + 0.1)
    await page.close()
  })

  it('cuts the map where it is clicked: the pattern of that frame, the history of that channel', async () => {
    const { page, noise } = await openPage(browser, html)
    await page.mouse.click(...(await onPage(page, ...cellCentre(frameOf(figure.svg, 'map'), 7, 13))))
    const cuts = await page.$$eval('.operando-cuts > svg', svgs => svgs.map(svg => svg.outerHTML.replaceAll('&nbsp;', ' ')))
    expect(cuts).toHaveLength(2)
    const [pattern, history] = cuts as [string, string]
    expect(pattern).toContain('Time 7 min, Frame 7, Voltage 3.07')
    expect(history).toContain('q 3.3')
    const numbers = (svg: string, panel: string): [number, number][] => {
      const [x, y] = [inverse(xTicksOf(svg, panel)), inverse(yTicksOf(svg, panel))]
      // the first path marks the place of the other cut
      return curveOf(svg, panel, 1).map(([px, py]) => [x(px), y(py)])
    }
    const inPattern = numbers(pattern, 'pattern')
    expect(inPattern).toHaveLength(20)
    inPattern.forEach(([q, v], j) => {
      expect(Math.abs(q - channels[j]!)).toBeLessThan(0.005)
      expect(Math.abs(v - (700 + j))).toBeLessThan(0.15)
    })
    const inHistory = numbers(history, 'history')
    expect(inHistory).toHaveLength(30)
    inHistory.forEach(([t, v], i) => {
      expect(Math.abs(t - times[i]! / 60)).toBeLessThan(0.3)
      expect(Math.abs(v - (100 * i + 13))).toBeLessThan(15)
    })
    // the line of the history is broken at the pause
    expect(pathsOf(groupOf(history, 'data-history'))[1]!.match(/M/g)).toHaveLength(2)
    expect(noise).toEqual([])
    await page.close()
  })

  it('does all of it by keys', async () => {
    const { page } = await openPage(browser, html)
    // the only figure of a page has the focus from the start
    await page.keyboard.press('ArrowRight')
    const first = Number(/Frame (\d+)/.exec(await readOut(page))![1])
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    expect(await readOut(page)).toContain(`Frame ${first + 3} `)
    expect(await page.locator('.operando-cuts').innerHTML()).toContain(`Frame ${first + 3}`)
    await page.keyboard.press('ArrowLeft')
    expect(await page.locator('.operando-cuts').innerHTML()).toContain(`Frame ${first + 2}`)
    const wholeTicks = xTicksOf(await svgOf(page), 'trend0')
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await rest(page)
    const { left, right } = frameOf(figure.svg, 'map')
    const zoomed = inverse(xTicksOf(await svgOf(page), 'trend0'))
    expect(zoomed(right) - zoomed(left)).toBeCloseTo((0.64 * (times.at(-1)! + 60)) / 60, 0)
    const from = zoomed(left)
    await page.keyboard.press('Shift+ArrowRight')
    await rest(page)
    expect(inverse(xTicksOf(await svgOf(page), 'trend0'))(left)).toBeGreaterThan(from + 3)
    await page.keyboard.press('0')
    await page.keyboard.press('Escape')
    await rest(page)
    expect(xTicksOf(await svgOf(page), 'trend0')).toEqual(wholeTicks)
    expect(await page.locator('.operando-cuts svg').count()).toBe(0)
    await page.close()
  })

  it('reads and cuts a map whose frames run upwards', async () => {
    const upright = heatmap(grid, { traces: [voltage], orientation: 'vertical' })
    const { page, noise } = await openPage(browser, await upright.html())
    const { left, right, top, bottom } = frameOf(upright.svg, 'map')
    const at = [left + (13.5 / 20) * (right - left), bottom - ((times[7]! + 30) / (times.at(-1)! + 60)) * (bottom - top)] as const
    await page.mouse.move(...(await onPage(page, ...at)))
    expect(await readOut(page)).toMatch(/Time 7\.?\d* min .*Frame 7 .*q 3\.3\d* Å⁻¹.*Intensity 713 counts.*Voltage 3\.07 V/)
    await page.mouse.click(...(await onPage(page, ...at)))
    expect(await page.locator('.operando-cuts').innerHTML()).toContain('Voltage 3.07')
    await page.mouse.wheel(0, -600)
    await rest(page)
    const svg = await svgOf(page)
    // the wheel zooms time, which both panels share; q stays
    expect(xTicksOf(svg, 'map')).toEqual(xTicksOf(upright.svg, 'map'))
    expect(yTicksOf(svg, 'map')).not.toEqual(yTicksOf(upright.svg, 'map'))
    expect(noise).toEqual([])
    await page.close()
  })

  it('keeps the shape of an image while zooming it', async () => {
    const map = mapPlot({ values: Float64Array.from({ length: 200 }, (_, k) => k), shape: [10, 20], label: 'Counts' })
    const { page } = await openPage(browser, await map.html())
    const { left, right, top, bottom } = frameOf(map.svg, 'map')
    await page.mouse.move(...(await onPage(page, left + 30, top + 30)))
    await page.mouse.wheel(0, -600)
    await rest(page)
    const svg = await svgOf(page)
    const zoomed = frameOf(svg, 'map')
    expect([zoomed.right - zoomed.left, zoomed.bottom - zoomed.top]).toEqual([right - left, bottom - top])
    const [x, y] = [inverse(xTicksOf(svg, 'map')), inverse(yTicksOf(svg, 'map'))]
    expect((x(right) - x(left)) / (right - left)).toBeCloseTo((y(bottom) - y(top)) / (bottom - top), 3)
    expect(x(right) - x(left)).toBeLessThan(9)
    await page.close()
  })

  it('stands beside others on one page, each with its own cross-hair; the wheel is for the one that was clicked', async () => {
    const line = linePlot({
      x: grid.y,
      y: channels.map(v => v * v),
      sigma: channels.map(() => 0.25),
      label: 'Signal',
      unit: 'counts',
    })
    const { page, noise } = await openPage(browser, await figurePage([line, figure], { title: 'Two <figures> & more' }))
    expect(await page.title()).toBe('Two <figures> & more')
    expect(await page.locator('h1').textContent()).toBe('Two <figures> & more')
    const { left, right, top } = frameOf(line.svg, 'curves')
    await page.mouse.move(...(await onPage(page, (left + right) / 2, top + 20)))
    expect(await page.locator('.operando-readout').first().textContent()).toContain('Signal 8.')
    expect(await page.locator('.operando-readout').first().textContent()).toContain('± 0.25')
    expect(await page.locator('.operando-readout').nth(1).textContent()).toBe('')
    await page.mouse.wheel(0, -100)
    await rest(page)
    expect(await page.evaluate(() => scrollY)).toBe(0)
    expect(xTicksOf(await svgOf(page), 'curves')).toEqual(xTicksOf(line.svg, 'curves'))
    await page.locator('figure').first().focus()
    await page.mouse.wheel(0, -500)
    await rest(page)
    expect(xTicksOf(await svgOf(page), 'curves')).not.toEqual(xTicksOf(line.svg, 'curves'))
    const ids = await page.$$eval('[id]', all => all.map(e => e.id))
    expect(new Set(ids).size).toBe(ids.length)
    expect(noise).toEqual([])
    await page.close()
  })

  it('says when its map was thinned for the page, and gives no numbers of frames then', async () => {
    const values = new Float64Array(600)
    values[20 * 9 + 7] = 1000
    const { page } = await openPage(browser, await heatmap({ ...grid, values }).html({ maxCells: 150 }))
    expect(await page.locator('figcaption').textContent()).toMatch(
      /map of 30 × 20 cells is kept in this page as \d+ × \d+, the largest value/,
    )
    await page.keyboard.press('+')
    await rest(page)
    const frame = frameOf(await svgOf(page), 'map')
    await page.mouse.move(...(await onPage(page, frame.left + 5, frame.top + 5)))
    expect(await readOut(page)).not.toContain('Frame')
    await page.close()
  })

  it('lets nothing in from hostile labels', async () => {
    const hostile = '</script><script>document.title="stolen"</script><img src=x onerror=alert(1)>"\']]>&amp;'
    const evil = heatmap(
      { ...grid, label: hostile, y: { ...grid.y, label: hostile } },
      { traces: [{ ...voltage, label: hostile }], title: hostile },
    )
    const { page, noise } = await openPage(browser, await evil.html())
    expect(await page.title()).toBe(hostile)
    await page.mouse.move(...(await onPage(page, 300, 100)))
    await page.mouse.click(...(await onPage(page, 300, 100)))
    await page.mouse.wheel(0, -200)
    await rest(page)
    expect(await page.title()).toBe(hostile)
    expect(await page.locator('img').count()).toBe(0)
    expect(await readOut(page)).toContain(hostile)
    expect(noise).toEqual([])
    await page.close()
  })
})
