import { readFileSync } from 'node:fs'
import { operandoFigure } from 'operando/plot'
import { describe, expect, it } from 'vitest'
import { hasSharedData, sharedPath } from '../../sharedData.js'
import { decodePng, embeddedPng } from '../decodePng.js'
import { curveOf, frameOf } from '../svgParts.js'

const folder = 'data/io/operando/lcov-labxrd/'

/** Numbers of a .npy file of version 1. */
function npy(name: string, bytes: 4 | 8): Float64Array {
  const file = readFileSync(sharedPath(folder + name))
  const from = 10 + file.readUInt16LE(8)
  return Float64Array.from({ length: (file.length - from) / bytes }, (_, i) =>
    bytes === 4 ? file.readFloatLE(from + 4 * i) : file.readDoubleLE(from + 8 * i),
  )
}

describe.skipIf(!hasSharedData)('a real series: 100 laboratory patterns of 1140 s with the voltage every 10 s', () => {
  const twoTheta = hasSharedData ? npy('two_theta_deg_f64.npy', 8) : new Float64Array(0)
  const intensity = hasSharedData ? npy('intensity_f32.npy', 4) : new Float64Array(0)
  const rows = hasSharedData
    ? readFileSync(sharedPath(`${folder}charge.txt`), 'utf8')
        .trim()
        .split('\n')
    : []
  const cells = rows.map(row => row.trim().split(/\s+/))
  const seconds = cells.map(([clock]) => clock!.split(':').reduce((sum, part) => 60 * sum + Number(part), 0))
  const volts = cells.map(([, v]) => Number(v))
  const make = (): ReturnType<typeof operandoFigure> =>
    operandoFigure(
      {
        x: { values: Float64Array.from({ length: 100 }, (_, i) => 1140 * (i + 0.5)), label: 'Time', unit: 's' },
        y: { values: twoTheta, label: '2θ', unit: '°' },
        values: intensity,
        label: 'Intensity',
        unit: 'counts',
      },
      { norm: 'sqrt', voltage: { x: { values: seconds, label: 'Time', unit: 's' }, y: volts, label: 'Voltage', unit: 'V' } },
    )

  it('has the top of the charge over frame 47, where the cell was turned', () => {
    const { svg } = make()
    const frame = frameOf(svg, 'map')
    // smallest y is the highest voltage; the plateau ends when the current is reversed
    const points = curveOf(svg, 'voltage')
    const top = Math.min(...points.map(p => p[1]))
    const last = points.findLast(p => p[1] <= top + 0.2)!
    const frames = ((last[0] - frame.left) / (frame.right - frame.left)) * 100
    expect(Math.floor(frames)).toBe(47)
  })

  it('shows the strongest reflection as one bright row through all frames, where its angle stands', () => {
    const { svg } = make()
    let best = 0
    intensity.forEach((v, k) => {
      if (v > intensity[best]!) best = k
    })
    const angle = twoTheta[best % twoTheta.length]!
    const png = decodePng(embeddedPng(svg))
    const [low, high] = [twoTheta[0]!, twoTheta.at(-1)!]
    const row = Math.round(png.height * (1 - (angle - low) / (high - low)))
    for (let frame = 0; frame < 100; frame += 9) {
      const column = Math.floor(((frame + 0.5) / 100) * png.width)
      const brightest = Math.max(...[-2, -1, 0, 1, 2].map(d => png.at(column, row + d)[1]))
      expect(brightest).toBeGreaterThan(180)
    }
  })

  it('makes a page of less than 2 MB with all its data', async () => {
    const html = await make().html()
    expect(html.length).toBeLessThan(2e6)
    expect(html).not.toContain('<figcaption>')
  })
})
