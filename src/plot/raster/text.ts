import { unzlibSync } from 'fflate'
import { PathBuilder } from '../pathBuilder.js'
import type { Subpath, TextMark } from '../scene.js'
import { HALF_CAPITAL } from '../svgOf.js'
import { textWidth } from '../textWidth.js'
import { GLYPHS, UNITS_PER_EM } from './glyphs.generated.js'

type Contour = readonly (readonly [x: number, y: number, on: boolean])[]

let glyphs: Map<number, Contour[]> | undefined

function readGlyphs(): Map<number, Contour[]> {
  const bytes = unzlibSync(Uint8Array.from(atob(GLYPHS), c => c.charCodeAt(0)))
  const out = new Map<number, Contour[]>()
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  const signed = (v: number): number => (v & 1 ? -(v + 1) / 2 : v / 2)
  while (at < bytes.length) {
    const code = varint()
    const contours: Contour[] = []
    for (let left = varint(); left > 0; left--) {
      let [x, y] = [0, 0]
      contours.push(
        Array.from({ length: varint() }, () => {
          const step = varint()
          x += signed(step >>> 1)
          y += signed(varint())
          return [x, y, (step & 1) === 1] as const
        }),
      )
    }
    out.set(code, contours)
  }
  return out
}

/** TrueType: two control points in a row have an on-curve point half-way between them. */
function drawContour(contour: Contour, builder: PathBuilder, place: (x: number, y: number) => [number, number]): void {
  const n = contour.length
  const at = (i: number): readonly [number, number, boolean] => contour[((i % n) + n) % n]!
  const half = (a: readonly [number, number, boolean], b: readonly [number, number, boolean]): [number, number] =>
    place((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
  const start = Math.max(
    0,
    contour.findIndex(p => p[2]),
  )
  const first = at(start)
  builder.moveTo(...(first[2] ? place(first[0], first[1]) : half(at(start - 1), first)))
  for (let i = start + (first[2] ? 1 : 0); i <= start + n; i++) {
    const p = at(i)
    if (p[2]) builder.lineTo(...place(p[0], p[1]))
    else {
      const next = at(i + 1)
      builder.quadraticCurveTo(...place(p[0], p[1]), ...(next[2] ? place(next[0], next[1]) : half(p, next)))
    }
  }
  builder.closePath()
}

/**
 * The outlines of a line of text in device pixels.
 * @param mark  The text.
 * @param scale Device pixels a figure pixel.
 */
export function textOutline(mark: TextMark, scale: number): Subpath[] {
  glyphs ??= readGlyphs()
  const { text, size, anchor = 'start', baseline = 'foot', rotate = 0 } = mark
  const builder = new PathBuilder()
  const total = textWidth(text, size)
  const shift = baseline === 'middle' ? HALF_CAPITAL * size : 0
  const cos = Math.cos((rotate * Math.PI) / 180)
  const sin = Math.sin((rotate * Math.PI) / 180)
  const em = size / UNITS_PER_EM
  let pen = anchor === 'middle' ? -total / 2 : anchor === 'end' ? -total : 0
  for (const char of text) {
    const left = pen
    const place = (gx: number, gy: number): [number, number] => {
      const [x, y] = [left + gx * em, shift - gy * em]
      return [(mark.x + x * cos - y * sin) * scale, (mark.y + x * sin + y * cos) * scale]
    }
    // a character without outline is shown as a box: never dropped in silence
    const box: Contour[] = [
      [
        [150, 0, true],
        [1000, 0, true],
        [1000, 1400, true],
        [150, 1400, true],
      ],
    ]
    for (const contour of glyphs.get(char.codePointAt(0)!) ?? box) drawContour(contour, builder, place)
    pen += textWidth(char, size)
  }
  return builder.subpaths
}
