import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundedSpec } from '../../../src/plot/page/boundedSpec.js'
import { packSpec } from '../../../src/plot/page/packSpec.js'
import { readingText, readOut, sampleAt } from '../../../src/plot/page/readOut.js'
import { unpackSpec } from '../../../src/plot/page/unpackSpec.js'
import { isWhole, panSpan, partOfSpan, type Span, WHOLE, wholeView, withView, zoomSpan } from '../../../src/plot/page/view.js'
import type { CurveLayer, FigureSpec, HeatLayer } from '../../../src/plot/spec/figureSpec.js'

const numbers = (n: number, f: (i: number) => number): Float64Array => Float64Array.from({ length: n }, (_, i) => f(i))
const axis = (label: string, unit: string, from: number, to: number): FigureSpec['panels'][0]['x'] => ({
  kind: 'linear',
  domain: [from, to],
  label,
  unit,
})
const color = { map: 'viridis' as const, norm: 'linear' as const, domain: [0, 1] as const, constant: 1 }

function curve(x: Float64Array, y: Float64Array, more: Partial<CurveLayer> = {}): CurveLayer {
  return { kind: 'curve', x, y, sigmaStyle: 'bars', color: '#000000', lineWidth: 1, shape: 'straight', markerSize: 4, ...more }
}

/** 40 frames of width 1 with a gap of 10 after the 20th, 60 channels. */
function specWith(values: Float64Array): FigureSpec {
  const lo = numbers(40, i => i + (i >= 20 ? 10 : 0))
  const heat: HeatLayer = {
    kind: 'heat',
    grid: {
      x: { lo, hi: lo.map(v => v + 1) },
      y: { lo: numbers(60, j => j), hi: numbers(60, j => j + 1) },
      values,
      strideX: 60,
      strideY: 1,
    },
    color,
    reduction: 'max',
    label: 'Intensity',
    unit: 'counts',
  }
  const x = axis('Time', 'h', 0, 50)
  const voltage = curve(
    lo.map(v => v + 0.5),
    numbers(40, i => 3 + i / 100),
    { breaks: [20] },
  )
  return {
    title: 'A "title" </script>',
    showTitle: false,
    width: 700,
    height: 400,
    share: 'x',
    panels: [
      { name: 'map', x, y: axis('q', 'Å⁻¹', 0, 60), weight: 2, layers: [heat] },
      { name: 'voltage', x, y: axis('Voltage', 'V', 3, 4), weight: 1, layers: [voltage] },
    ],
  }
}
const spec = specWith(numbers(2400, k => k))

describe('the data of a page', () => {
  it('come back as they went: counts exactly, coordinates exactly, words and all', () => {
    const back = unpackSpec(packSpec(spec))
    expect(back.panels[0]!.layers).toEqual(spec.panels[0]!.layers)
    expect(back.panels[1]!.x).toEqual(spec.panels[1]!.x)
    expect(back.title).toBe(spec.title)
    expect((back.panels[1]!.layers[0] as CurveLayer).x).toEqual((spec.panels[1]!.layers[0] as CurveLayer).x)
  })

  it('lose less than a millionth of their range, whatever they are, and keep NaN and infinity', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 40 }), all => {
        const y = Float64Array.from(all)
        const one = {
          ...spec,
          panels: [
            {
              ...spec.panels[1]!,
              layers: [
                curve(
                  numbers(y.length, i => i),
                  y,
                ),
              ],
            },
          ],
        }
        const back = (unpackSpec(packSpec(one)).panels[0]!.layers[0] as CurveLayer).y
        const finite = all.filter(Number.isFinite)
        const range = Math.max(...finite) - Math.min(...finite)
        y.forEach((v, i) => {
          if (Number.isFinite(v)) expect(Math.abs(back[i]! - v)).toBeLessThanOrEqual(1e-6 * range)
          else expect(Object.is(back[i], v)).toBe(true)
        })
      }),
    )
  })

  it('cannot end the element that they stand in', () => {
    expect(packSpec(spec)).not.toContain('<')
  })

  it('are thinned beyond the limit, never across a pause, and every peak survives', () => {
    const values = numbers(2400, () => 1)
    values[60 * 33 + 41] = 1000
    values[7] = Number.NaN
    const { spec: small, notes } = boundedSpec(specWith(values), { maxCells: 300 })
    const { grid, thinned } = small.panels[0]!.layers[0] as HeatLayer
    expect(thinned).toBe(true)
    expect(grid.values.length).toBeLessThanOrEqual(330)
    expect(Math.max(...grid.values)).toBe(1000)
    expect(grid.values.some(Number.isNaN)).toBe(false)
    for (let i = 0; i < grid.x.lo.length; i++) expect(grid.x.hi[i]! <= 20 || grid.x.lo[i]! >= 30).toBe(true)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toContain('40 × 60')
    expect(boundedSpec(spec).spec).toBe(spec)
    expect(() => boundedSpec(spec, { maxCells: 0 })).toThrow('at least one of each expected')
  })

  it('keep lowest and highest point of every stretch of a long curve, and its breaks', () => {
    const y = numbers(10_000, i => Math.sin(i / 100))
    y[4321] = 50
    y[8765] = -50
    const long = {
      ...spec,
      panels: [
        {
          ...spec.panels[1]!,
          layers: [
            curve(
              numbers(10_000, i => i),
              y,
              { breaks: [5000] },
            ),
          ],
        },
      ],
    }
    const kept = boundedSpec(long, { maxPoints: 1000 }).spec.panels[0]!.layers[0] as CurveLayer
    expect(kept.y.length).toBeLessThanOrEqual(1000)
    expect([Math.max(...kept.y), Math.min(...kept.y)]).toEqual([50, -50])
    expect(kept.x[kept.breaks![0]!]!).toBeGreaterThanOrEqual(5000)
    expect(kept.x[kept.breaks![0]! - 1]!).toBeLessThan(5000)
  })
})

describe('what stands under the cross-hair', () => {
  it('is frame, place and value of the cell, and every curve at that time', () => {
    expect(readOut(spec, 0, 7.3, 12.9).map(readingText)).toEqual([
      'Time 7.3\u00a0h',
      'Frame 7',
      'q 12.9\u00a0Å⁻¹',
      'Intensity 432\u00a0counts',
      'Voltage 3.07\u00a0V',
    ])
  })

  it('is nothing in a pause', () => {
    expect(readOut(spec, 0, 25, 12.9).map(readingText)).toEqual([
      'Time 25\u00a0h',
      'q 12.9\u00a0Å⁻¹',
      'Intensity no value',
      'Voltage no value',
    ])
  })

  it('is the nearest sample, but on a curve in steps the one that still holds', () => {
    const x = Float64Array.from([0, 1, 2, 3])
    expect(sampleAt(x, 1.6, { shape: 'straight' })).toBe(2)
    expect(sampleAt(x, 1.6, { shape: 'steps' })).toBe(1)
    expect(sampleAt(x, 3.4, { shape: 'straight' })).toBe(3)
    expect(sampleAt(x, 3.6, { shape: 'straight' })).toBe(-1)
    expect(sampleAt(x.toReversed(), 1.6, { shape: 'straight' })).toBe(1)
  })

  it('says uncertainties with the digits that they deserve', () => {
    expect(readingText({ label: 'a', value: 8.270123, sigma: 0.00213, unit: 'Å' })).toBe('a 8.2701 ± 0.0021\u00a0Å')
    expect(readingText({ label: 'Time', value: Date.UTC(2023, 10, 14, 22, 13, 20), unit: 'UTC', utc: true })).toBe(
      'Time 2023-11-14 22:13:20\u00a0UTC',
    )
  })
})

describe('a view', () => {
  it('keeps the place under the pointer while it zooms', () => {
    const span = fc
      .tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0.01, max: 0.1, noNaN: true }))
      .map(([a, w]): Span => [a, a + w])
    fc.assert(
      fc.property(
        span,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        ([a, b], at, factor) => {
          const [c, d] = zoomSpan([a, b], at, factor)
          expect(c + at * (d - c)).toBeCloseTo(a + at * (b - a), 9)
          expect(d - c).toBeCloseTo((b - a) * factor, 9)
        },
      ),
    )
  })

  it('never leaves the whole', () => {
    expect(zoomSpan([0.2, 0.4], 0.5, 100)).toBe(WHOLE)
    expect(panSpan([0.7, 0.9], 5)).toEqual([0.8, 1].map(v => expect.closeTo(v, 12)))
    expect(partOfSpan([0, 0.5], 0.75, 0.25)).toEqual([0.125, 0.375])
    const [from, to] = partOfSpan(WHOLE, 0.5, 0.5)
    expect(to - from).toBeGreaterThan(0)
    expect(isWhole(wholeView(spec))).toBe(true)
  })

  it('shows the same part of the time in all panels, in decades on a log axis', () => {
    const log = {
      ...spec,
      panels: spec.panels.map(p => ({ ...p, y: { ...p.y, kind: 'log' as const, domain: [1, 100] as const } })),
    }
    const { panels } = withView(log, { shared: [0.1, 0.3], own: [[0.5, 1], WHOLE] })
    expect(panels.map(p => p.x.domain)).toEqual([
      [5, 15],
      [5, 15],
    ])
    expect(panels[0]!.y.domain[0]).toBeCloseTo(10, 9)
    expect(panels[0]!.y.domain[1]).toBe(100)
    expect(panels[1]!.y.domain).toEqual([1, 100])
  })
})
