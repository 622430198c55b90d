// Makes src/plot/raster/glyphs.generated.ts and src/plot/raster/advances.generated.ts from a TrueType font:
//   node scripts/make-glyphs.mjs path/to/DejaVuSans.ttf
// The outlines let png() show labels without any font installed; the advance widths let the layout measure text.
import { readFileSync, writeFileSync } from 'node:fs'
import { zlibSync } from 'fflate'

const file = process.argv[2]
if (!file) throw new Error('usage: node scripts/make-glyphs.mjs <DejaVuSans.ttf>')
const bytes = readFileSync(file)
const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const u16 = at => data.getUint16(at)
const i16 = at => data.getInt16(at)
const u32 = at => data.getUint32(at)

const tables = {}
for (let i = 0; i < u16(4); i++) {
  const at = 12 + 16 * i
  tables[bytes.toString('latin1', at, at + 4)] = u32(at + 8)
}
const unitsPerEm = u16(tables.head + 18)
const longLoca = i16(tables.head + 50) === 1
const metricCount = u16(tables.hhea + 34)
const glyphOffset = id => tables.glyf + (longLoca ? u32(tables.loca + 4 * id) : 2 * u16(tables.loca + 2 * id))
const advanceOf = id => u16(tables.hmtx + 4 * Math.min(id, metricCount - 1))

/** Character map of format 4 (basic plane). */
function glyphIdOf(code) {
  for (let i = 0; i < u16(tables.cmap + 2); i++) {
    const sub = tables.cmap + u32(tables.cmap + 4 + 8 * i + 4)
    if (u16(sub) !== 4) continue
    const segX2 = u16(sub + 6)
    for (let s = 0; s < segX2; s += 2) {
      const end = u16(sub + 14 + s)
      const start = u16(sub + 16 + segX2 + s)
      if (code > end || code < start) continue
      const delta = i16(sub + 16 + 2 * segX2 + s)
      const rangeAt = sub + 16 + 3 * segX2 + s
      const range = u16(rangeAt)
      if (range === 0) return (code + delta) & 0xffff
      const id = u16(rangeAt + range + 2 * (code - start))
      return id === 0 ? 0 : (id + delta) & 0xffff
    }
  }
  return 0
}

/** Contours of a glyph as lists of [x, y, onCurve], composites resolved. */
function contoursOf(id) {
  let at = glyphOffset(id)
  if (glyphOffset(id + 1) === at) return []
  const count = i16(at)
  at += 10
  if (count < 0) {
    const out = []
    for (;;) {
      const flags = u16(at)
      const part = contoursOf(u16(at + 2))
      at += 4
      const words = flags & 1
      const dx = words ? i16(at) : data.getInt8(at)
      const dy = words ? i16(at + 2) : data.getInt8(at + 1)
      at += words ? 4 : 2
      let [a, b, c, d] = [1, 0, 0, 1]
      const f2 = () => {
        at += 2
        return i16(at - 2) / 16384
      }
      if (flags & 8) a = d = f2()
      else if (flags & 0x40) [a, d] = [f2(), f2()]
      else if (flags & 0x80) [a, b, c, d] = [f2(), f2(), f2(), f2()]
      for (const contour of part)
        out.push(contour.map(([x, y, on]) => [Math.round(a * x + c * y + dx), Math.round(b * x + d * y + dy), on]))
      if (!(flags & 0x20)) return out
    }
  }
  const ends = Array.from({ length: count }, (_, i) => u16(at + 2 * i))
  at += 2 * count
  at += 2 + u16(at)
  const total = ends.at(-1) + 1
  const flags = []
  while (flags.length < total) {
    const flag = bytes[at++]
    flags.push(flag)
    if (flag & 8) for (let n = bytes[at++]; n > 0; n--) flags.push(flag)
  }
  const read = (short, same) => {
    let value = 0
    return flags.map(flag => {
      if (flag & short) value += flag & same ? bytes[at++] : -bytes[at++]
      else if (!(flag & same)) {
        value += i16(at)
        at += 2
      }
      return value
    })
  }
  const xs = read(2, 16)
  const ys = read(4, 32)
  const points = flags.map((flag, i) => [xs[i], ys[i], flag & 1])
  return ends.map((end, i) => points.slice(i === 0 ? 0 : ends[i - 1] + 1, end + 1))
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const codes = [
  ...range(0x20, 0x7e), // ASCII
  ...range(0xa0, 0x17f), // Latin-1, Latin Extended-A: names
  ...range(0x391, 0x3a1),
  ...range(0x3a3, 0x3a9),
  ...range(0x3b1, 0x3c9), // Greek
  0x3d1,
  0x3d5,
  0x3f5, // theta, phi, epsilon symbols
  0x2002,
  0x2003,
  0x2009,
  0x200a,
  0x202f, // spaces
  0x2010,
  0x2013,
  0x2014,
  0x2018,
  0x2019,
  0x201c,
  0x201d,
  0x2020,
  0x2022,
  0x2026,
  0x2030,
  0x2032,
  0x2033,
  0x2070,
  0x2071,
  ...range(0x2074, 0x208e),
  ...range(0x2090, 0x209c), // superscripts, subscripts
  0x2113,
  0x212b,
  0x2190,
  0x2191,
  0x2192,
  0x2193,
  0x2194,
  0x2202,
  0x2206,
  0x2207,
  0x2211,
  0x2212,
  0x2215,
  0x2218,
  0x2219,
  0x221a,
  0x221d,
  0x221e,
  0x2225,
  0x222b,
  0x2248,
  0x2260,
  0x2264,
  0x2265,
  0x226a,
  0x226b,
  0x22a5,
  0x22c5,
  0x27e8,
  0x27e9,
  0x20ac,
  0x25cf,
  0x25cb,
  0x25a0,
  0x25b2,
]
const out = []
const varint = v => {
  for (; v > 127; v >>>= 7) out.push((v & 127) | 128)
  out.push(v)
}
const zigzag = v => (v < 0 ? -2 * v - 1 : 2 * v)
const chars = []
const advances = []
for (const code of codes) {
  const id = glyphIdOf(code)
  if (id === 0) {
    console.error(`no glyph for U+${code.toString(16)}`)
    continue
  }
  const contours = contoursOf(id)
  chars.push(code)
  advances.push(Math.round((1000 * advanceOf(id)) / unitsPerEm))
  varint(code)
  varint(contours.length)
  for (const contour of contours) {
    varint(contour.length)
    let [px, py] = [0, 0]
    for (const [x, y, on] of contour) {
      varint(zigzag(x - px) * 2 + on)
      varint(zigzag(y - py))
      ;[px, py] = [x, y]
    }
  }
}

const notice = `/*!
 * Glyph outlines and widths of DejaVu Sans 2.37 (a subset, other encoding). Made by scripts/make-glyphs.mjs; do not edit.
 * Fonts are (c) Bitstream. DejaVu changes are in public domain. Copyright (c) 2003 by Bitstream, Inc. All Rights Reserved. Bitstream Vera
 * is a trademark of Bitstream, Inc. Permission is hereby granted, free of charge, to any person obtaining a copy of the fonts accompanying
 * this license ("Fonts") and associated documentation files (the "Font Software"), to reproduce and distribute the Font Software,
 * including without limitation the rights to use, copy, merge, publish, distribute, and/or sell copies of the Font Software, and to
 * permit persons to whom the Font Software is furnished to do so, subject to the following conditions: The above copyright and trademark
 * notices and this permission notice shall be included in all copies of one or more of the Font Software typefaces. The Font Software may
 * be modified, altered, or added to, and in particular the designs of glyphs or characters in the Fonts may be modified and additional
 * glyphs or characters may be added to the Fonts, only if the fonts are renamed to names not containing either the words "Bitstream" or
 * the word "Vera". This License becomes null and void to the extent applicable to Fonts or Font Software that has been modified and is
 * distributed under the "Bitstream Vera" names. The Font Software may be sold as part of a larger software package but no copy of one or
 * more of the Font Software typefaces may be sold by itself. THE FONT SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS
 * OR IMPLIED, INCLUDING BUT NOT LIMITED TO ANY WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF
 * COPYRIGHT, PATENT, TRADEMARK, OR OTHER RIGHT. IN NO EVENT SHALL BITSTREAM OR THE GNOME FOUNDATION BE LIABLE FOR ANY CLAIM, DAMAGES OR
 * OTHER LIABILITY, INCLUDING ANY GENERAL, SPECIAL, INDIRECT, INCIDENTAL, OR CONSEQUENTIAL DAMAGES, WHETHER IN AN ACTION OF CONTRACT, TORT
 * OR OTHERWISE, ARISING FROM, OUT OF THE USE OR INABILITY TO USE THE FONT SOFTWARE OR FROM OTHER DEALINGS IN THE FONT SOFTWARE. Except as
 * contained in this notice, the names of Gnome, the Gnome Foundation, and Bitstream Inc., shall not be used in advertising or otherwise
 * to promote the sale, use or other dealings in this Font Software without prior written authorization from the Gnome Foundation or
 * Bitstream Inc., respectively. For further information, contact: fonts at gnome dot org.
 */
`
const packed = Buffer.from(zlibSync(Uint8Array.from(out), { level: 9 })).toString('base64')
writeFileSync(
  'src/plot/raster/glyphs.generated.ts',
  `${notice}/** Units of an em in the outlines. */
export const UNITS_PER_EM: number = ${unitsPerEm}

/** Deflated outlines, base64: for each glyph code, contours; for each contour its points; x (with the on-curve bit) and y as zigzag varint steps. */
export const GLYPHS: string =
  '${packed}'
`,
)
writeFileSync(
  'src/plot/raster/advances.generated.ts',
  `${notice}/** Code points, ascending within blocks. */
export const CODES: readonly number[] = [${chars.join(',')}]

/** Advance widths in thousandths of an em, one per code point. */
export const ADVANCES: readonly number[] = [${advances.join(',')}]
`,
)
console.log(`${chars.length} glyphs, ${packed.length} characters of outlines`)
