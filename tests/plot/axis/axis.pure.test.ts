import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf, gapsOf, pausesOf } from '../../../src/plot/axis/cells.js'
import { dateSpanText, dateTickText } from '../../../src/plot/axis/dateText.js'
import { formatNumber } from '../../../src/plot/axis/formatNumber.js'
import { padded, positiveRange, rangeOf } from '../../../src/plot/axis/range.js'
import { ticksOf } from '../../../src/plot/axis/ticks.js'
import { axisTitle, unitText } from '../../../src/plot/axis/unitText.js'

const list = (values: number[]): Float64Array => Float64Array.from(values)
const labels = (
  kind: 'linear' | 'log' | 'symlog' | 'utc',
  from: number,
  to: number,
  count: number,
  constant = 1,
): (string | undefined)[] =>
  ticksOf({ kind, domain: [from, to], label: '', unit: '', constant }, count)
    .ticks.filter(t => t.text !== undefined)
    .map(t => t.text)

describe('cells of an axis', () => {
  it('end half-way to their neighbours, on even and uneven steps', () => {
    expect(cellsOf(list([0, 2, 4]), 'x')).toEqual({ lo: list([-1, 1, 3]), hi: list([1, 3, 5]) })
    expect(cellsOf(list([0, 1, 2.5, 4, 6]), 'x').hi).toEqual(list([0.5, 1.75, 3.25, 5, 7]))
  })

  it('keep their usual width beside a pause, so that the pause is blank', () => {
    const cells = cellsOf(list([0, 10, 20, 100, 110, 120]), 'x')
    expect([cells.hi[2], cells.lo[3]]).toEqual([25, 95])
    expect(gapsOf(cells)).toEqual([3])
    expect(pausesOf(list([0, 10, 20, 100, 110, 120]))).toEqual([3])
    expect(pausesOf(list([0, 10, 20, 100, 110, 120]), Infinity)).toEqual([])
  })

  it('know a change of pace from a pause', () => {
    expect(pausesOf(list([0, 10, 20, 30, 60, 90, 120, 150]))).toEqual([])
  })

  it('are exactly as wide as the exposure if that is given', () => {
    expect(cellsOf(list([0, 10, 20]), 'x', { width: 4 })).toEqual({ lo: list([-2, 8, 18]), hi: list([2, 12, 22]) })
  })

  it('are the edges where edges are given, and may fall', () => {
    expect(cellsOf(list([3, 2, 0]), 'x', { edges: true })).toEqual({ lo: list([2, 0]), hi: list([3, 2]) })
    expect(cellsOf(list([5, 4, 3]), 'x')).toEqual({ lo: list([4.5, 3.5, 2.5]), hi: list([5.5, 4.5, 3.5]) })
  })

  it('never overlap and always cover their own sample', () => {
    const steps = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(steps, all => {
        let at = 0
        const x = list([0, ...all.map(s => (at += s))])
        const { lo, hi } = cellsOf(x, 'x')
        for (let i = 0; i < x.length; i++) {
          expect(lo[i]!).toBeLessThan(x[i]!)
          expect(hi[i]!).toBeGreaterThan(x[i]!)
          if (i > 0) expect(hi[i - 1]!).toBeLessThanOrEqual(lo[i]! + 1e-9 * at)
        }
      }),
    )
  })

  it('refuse what is no axis', () => {
    expect(() => cellsOf(list([0, 2, 1]), 'time')).toThrow('time[2] = 1 follows 2: an axis must rise or fall strictly')
    expect(() => cellsOf(list([0, 0]), 'time')).toThrow('rise or fall strictly')
    expect(() => cellsOf(list([0, Number.NaN, 2]), 'time')).toThrow('time[1] = NaN: an axis needs finite numbers')
    expect(() => cellsOf(list([0, 1]), 'time', { width: [1] })).toThrow('2; 1 found')
    expect(() => cellsOf(list([0, 1]), 'time', { width: -1 })).toThrow('cannot be -1 wide')
  })
})

describe('ticks', () => {
  it('have as many decimals as their step needs, a true minus, and no minus zero', () => {
    expect(labels('linear', -1, 1, 5)).toEqual(['−1.0', '−0.5', '0.0', '0.5', '1.0'])
    expect(labels('linear', 8.17, 8.28, 6)).toEqual(['8.18', '8.20', '8.22', '8.24', '8.26', '8.28'])
  })

  it('take the power of ten of clumsy numbers out, in steps of a thousand', () => {
    const huge = ticksOf({ kind: 'linear', domain: [0, 6e15], label: '', unit: '' }, 4)
    expect(huge.exponent).toBe(15)
    expect(huge.ticks.map(t => t.text)).toEqual(['0', '2', '4', '6'])
    expect(axisTitle('Intensity', 'counts', huge.exponent)).toBe('Intensity (10¹⁵ counts)')
  })

  it('are powers of ten on a log axis, with minor ones between', () => {
    expect(labels('log', 0.5, 2e4, 8)).toEqual(['1', '10', '10²', '10³', '10⁴'])
    expect(ticksOf({ kind: 'log', domain: [1, 100], label: '', unit: '' }, 8).ticks).toHaveLength(19)
  })

  it('stand on both sides of zero on a symlog axis', () => {
    expect(labels('symlog', -100, 100, 9).toSorted()).toEqual(['0', '1', '10', '100', '−1', '−10', '−100'].toSorted())
  })

  it('are times of day and days on an axis of dates', () => {
    const start = Date.UTC(2023, 10, 14, 21)
    expect(labels('utc', start, start + 6 * 3600e3, 6)).toEqual(['21:00', '22:00', '23:00', '15 Nov', '01:00', '02:00', '03:00'])
    expect(dateTickText(Date.UTC(2024, 0, 1))).toBe('2024')
    expect(dateTickText(Date.UTC(2024, 0, 1, 3, 4, 5))).toBe('03:04:05')
    expect(dateSpanText(start, start + 3600e3)).toBe('14 Nov 2023')
    expect(dateSpanText(start, start + 86400e3)).toBe('14–15 Nov 2023')
    expect(dateSpanText(start, start + 30 * 86400e3)).toBe('14 Nov – 14 Dec 2023')
    expect(dateSpanText(start, start + 60 * 86400e3)).toBe('14 Nov 2023 – 13 Jan 2024')
  })

  it('stand where they say, whatever the range', () => {
    const number = fc.double({ min: -1e12, max: 1e12, noNaN: true })
    fc.assert(
      fc.property(number, number, (a, b) => {
        fc.pre(Math.abs(a - b) > 1e-6 * Math.max(Math.abs(a), Math.abs(b)) && Math.abs(a - b) > 1e-100)
        const { ticks, exponent } = ticksOf({ kind: 'linear', domain: [a, b], label: '', unit: '' }, 6)
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(16)
        const step = Math.abs(ticks[1]!.value - ticks[0]!.value)
        for (const { value, text } of ticks) {
          const read = Number(text!.replace('−', '-').replaceAll('\u2009', '')) * 10 ** exponent
          expect(Math.abs(read - value)).toBeLessThan(0.01 * step)
        }
        expect(new Set(ticks.map(t => t.text)).size).toBe(ticks.length)
      }),
    )
  })
})

describe('numbers and units in words', () => {
  it('are written as people write them', () => {
    expect([0.5, 1234.5, 12345, 1.5e6, 2e-5, 0, -3].map(v => formatNumber(v))).toEqual([
      '0.5',
      '1235',
      '12\u2009350',
      '1.5\u2009×\u200910⁶',
      '2\u2009×\u200910⁻⁵',
      '0',
      '−3',
    ])
    expect(formatNumber(Number.NaN)).toBe('no value')
  })

  it('show units with superscripts', () => {
    expect(['1/Å', 'Å^-1', 'cm^-1', '1/cm', 'mA*h', 'm/s^2', undefined].map(u => unitText(u))).toEqual([
      'Å⁻¹',
      'Å⁻¹',
      'cm⁻¹',
      'cm⁻¹',
      'mA·h',
      'm/s²',
      '',
    ])
    expect(axisTitle('q', 'Å⁻¹')).toBe('q (Å⁻¹)')
    expect(axisTitle('Fraction', '')).toBe('Fraction')
  })
})

describe('ranges', () => {
  it('come from finite values only, and have a width', () => {
    expect(rangeOf([1, Number.NaN, 5, Infinity])).toEqual([1, 5])
    expect(rangeOf([3, 3])).toEqual([1.5, 4.5])
    expect(rangeOf([])).toEqual([0, 1])
    expect(positiveRange([-1, 0, 2, 50])).toEqual([2, 50])
  })

  it('may leave the outer half percent to hot pixels', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i === 7 ? 1e9 : i % 100))
    expect(rangeOf(values, 'robust')[1]).toBeLessThan(100)
  })

  it('get room in decades on a log axis', () => {
    const [lo, hi] = padded([1, 100], 'log', 0.5)
    expect([lo, hi]).toEqual([0.1, 1000])
  })
})
