import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodePng, embeddedPng } from '../decodePng.js'
import { gallery } from '../gallery.js'

const short = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** The SVG with ids renumbered, embedded pictures and long paths as their size and a hash: a difference stays readable. */
function readable(svg: string): string {
  let image = 0
  const ids = new Map<string, string>()
  return svg
    .replace(/data:image\/png;base64,[^"]+/g, () => {
      const png = decodePng(embeddedPng(svg, image++))
      const pixels = Uint8Array.from({ length: 4 * png.width * png.height }, (_, k) => {
        const p = k >> 2
        return png.at(p % png.width, Math.floor(p / png.width))[k & 3]!
      })
      return `png ${png.width} x ${png.height} ${short(pixels)}`
    })
    .replace(
      / d="([^"]{160})([^"]+)"/g,
      (all, start: string, rest: string) => ` d="${start}… ${rest.length} more, ${short(all)}"`,
    )
    .replace(/figure-[a-z0-9]+/g, id => {
      if (!ids.has(id)) ids.set(id, `figure-${ids.size + 1}`)
      return ids.get(id)!
    })
}

describe('the gallery looks as it did when a person last looked at it (vitest -u writes it anew: look again)', () => {
  it.each(Object.entries(gallery))('%s', async (name, make) => {
    await expect(readable(make().svg)).toMatchFileSnapshot(`gallery/${name.replaceAll(' ', '-')}.svg.txt`)
  })
})
