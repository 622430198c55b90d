import { describe, expect, it } from 'vitest'
import { type ColorMapName, CURVE_COLORS, colorOf, paletteOf } from '../../../src/plot/color/colorMaps.js'
import { colorScaleOf, fractionOf } from '../../../src/plot/color/colorScale.js'

type Rgb = [number, number, number]

const linearRgb = (color: string): Rgb =>
  [1, 3, 5].map(i => {
    const c = Number.parseInt(color.slice(i, i + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }) as Rgb

/**
 * What an eye without middle (deuteranope) or long cones (protanope) sees, in linear RGB.
 * @see Machado, Oliveira, Fernandes, IEEE Trans. Vis. Comput. Graph. 15 (2009) 1291, severity 1
 */
const EYES: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
}
const seen = (rgb: Rgb, eye: string): Rgb =>
  EYES[eye]!.map(row => Math.min(1, Math.max(0, row[0]! * rgb[0] + row[1]! * rgb[1] + row[2]! * rgb[2]))) as Rgb

/** CIELAB of linear RGB, white D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const lightness = (map: ColorMapName, eye: string): number[] =>
  Array.from({ length: 101 }, (_, i) => lab(seen(linearRgb(colorOf(map, i / 100)), eye))[0])

describe('colour maps', () => {
  it.each(['viridis', 'cividis', 'magma', 'inferno', 'grey'] as const)('%s only grows lighter, for every eye', map => {
    for (const eye of Object.keys(EYES)) {
      const all = lightness(map, eye)
      // half a unit of L* is the rounding of 8-bit colours
      for (let i = 1; i < all.length; i++) expect(all[i]! - all[i - 1]!, `${eye} at ${i}`).toBeGreaterThan(-0.6)
      expect(all.at(-1)! - all[0]!).toBeGreaterThan(60)
    }
  })

  it.each(['rdbu', 'puor'] as const)(
    '%s is lightest in the middle and darkens to both sides, which every eye tells apart',
    map => {
      for (const eye of Object.keys(EYES)) {
        const all = lightness(map, eye)
        for (let i = 1; i <= 50; i++) {
          expect(all[i]! - all[i - 1]!, `${eye} at ${i}`).toBeGreaterThan(-0.6)
          expect(all[100 - i]! - all[101 - i]!, `${eye} at ${100 - i}`).toBeGreaterThan(-0.6)
        }
        const [low, high] = [0.15, 0.85].map(t => lab(seen(linearRgb(colorOf(map, t)), eye))) as [Rgb, Rgb]
        expect(Math.hypot(...low.map((v, i) => v - high[i]!))).toBeGreaterThan(30)
      }
    },
  )

  it('keep index 0 of a palette for no value', () => {
    const palette = paletteOf('viridis')
    expect(palette).toHaveLength(768)
    expect([...palette.slice(3, 6)]).toEqual([0x44, 0x01, 0x54])
    expect([...palette.slice(765)]).toEqual([0xfd, 0xe7, 0x25])
  })

  it('are refused by a wrong name, with the right ones', () => {
    expect(() => colorOf('jet' as ColorMapName, 0)).toThrow('No colour map "jet"; there are viridis')
  })

  it('give curves colours that every eye tells apart and that show on white', () => {
    for (const eye of Object.keys(EYES)) {
      const all = CURVE_COLORS.map(c => lab(seen(linearRgb(c), eye)))
      all.forEach((a, i) => {
        expect(a[0]).toBeLessThan(75)
        for (const b of all.slice(i + 1)) expect(Math.hypot(...a.map((v, k) => v - b[k]!)), `${eye} ${i}`).toBeGreaterThan(15)
      })
    }
  })
})

describe('colour scales', () => {
  it('reach from the lowest to the highest finite value', () => {
    expect(colorScaleOf([4, Number.NaN, 2, Infinity]).domain).toEqual([2, 4])
  })

  it('stand symmetric about a centre', () => {
    const scale = colorScaleOf([-1, 3], { center: 0 })
    expect(scale.domain).toEqual([-3, 3])
    expect(scale.map).toBe('rdbu')
    expect(fractionOf(scale)(0)).toBe(0.5)
  })

  it('put the tenth part of a log range of two decades half-way', () => {
    expect(fractionOf(colorScaleOf([1, 100], { norm: 'log' }))(10)).toBeCloseTo(0.5, 12)
    expect(() => colorScaleOf([1, 2], { norm: 'log', range: [0, 1] })).toThrow("take norm 'symlog'")
    expect(() => colorScaleOf([1, 2], { range: [2, 1] })).toThrow('two finite rising numbers')
  })
})

describe('the norm that nobody chose', () => {
  const few = (strong: number): Float64Array =>
    Float64Array.from({ length: 1000 }, (_, i) => (i % 100 === 0 ? strong : 10 + (i % 7)))

  it.each([
    [20, 'linear'],
    [60, 'sqrt'],
    [1e5, 'log'],
  ])('keeps weak lines visible beside strong ones of %d: %s', (strong, norm) => {
    const scale = colorScaleOf(few(strong))
    expect(scale.norm).toBe(norm)
    expect(scale.domain).toEqual([10, strong])
  })

  it('is linear where a norm, a range or a centre was chosen, or values have either sign', () => {
    expect(colorScaleOf(few(1e5), { norm: 'linear' }).norm).toBe('linear')
    expect(colorScaleOf(few(1e5), { range: [0, 100] }).norm).toBe('linear')
    expect(colorScaleOf(few(1e5), { center: 0 }).norm).toBe('linear')
    expect(colorScaleOf(few(1e5).map((v, i) => (i % 2 ? v : -v))).norm).toBe('linear')
  })
})
