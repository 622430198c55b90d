import { base64, encodeIndexedPng } from './png.js'
import type { Mark, PathMark, Scene, TextMark } from './scene.js'

/** Fonts tried in this order; widths are measured with the widest of them, so that labels never collide. */
export const FONT_STACK: string = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

/** Distance from the middle of capitals to their foot, in em. */
export const HALF_CAPITAL: number = 0.36

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Text for XML: the five entities, and no character that XML 1.0 forbids.
 * @param text Any text.
 */
export function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"']/g, c => ENTITIES[c]!)
}

/** Stands for the prefix of ids until all is drawn. */
const PLACEHOLDER = 'operando'

/** A coordinate to 0.1 px: no eye sees more, and a stack of curves shrinks to a third. */
const q = (v: number): string => String(Math.round(v * 10) / 10 + 0)

function pathData(mark: PathMark): string {
  const parts: string[] = []
  for (const { points, closed, circle } of mark.path) {
    if (circle) {
      const [x, y, r] = circle
      parts.push(`M${q(x - r)},${q(y)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`)
      continue
    }
    let last = ''
    for (let i = 0; i < points.length; i += 2) {
      const point = `${q(points[i]!)},${q(points[i + 1]!)}`
      if (point === last && i + 2 < points.length) continue
      parts.push(i === 0 ? 'M' : 'L', point)
      last = point
    }
    if (closed) parts.push('Z')
  }
  return parts.join('')
}

function pathSvg(mark: PathMark): string {
  const { fill, stroke, width = 1, dash, opacity } = mark
  let out = `<path d="${pathData(mark)}" fill="${fill ?? 'none'}"`
  if (stroke) out += ` stroke="${stroke}"${width === 1 ? '' : ` stroke-width="${width}"`} stroke-linejoin="round"`
  if (dash) out += ` stroke-dasharray="${dash.join(' ')}"`
  if (opacity !== undefined && opacity < 1) out += ` opacity="${opacity}"`
  return `${out}/>`
}

function textSvg(mark: TextMark): string {
  const { x, y, text, size, anchor = 'start', baseline = 'foot', rotate = 0, color } = mark
  // a shift instead of dominant-baseline, which many converters do not know
  const shift = baseline === 'middle' ? HALF_CAPITAL * size : 0
  const place = rotate
    ? `transform="translate(${q(x)},${q(y)}) rotate(${rotate})" y="${q(shift)}"`
    : `x="${q(x)}" y="${q(y + shift)}"`
  const align = anchor === 'start' ? '' : ` text-anchor="${anchor}"`
  return `<text ${place} font-size="${size}" fill="${color}"${align}>${escapeXml(text)}</text>`
}

/** A few letters that stand for a text, the same each time (FNV-1a of 32 bits). */
function shortHash(text: string): string {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return (h >>> 0).toString(36)
}

/**
 * A scene as SVG text: no DOM, no network, the same scene gives the same text.
 * @param scene What was drawn.
 */
export function svgOf(scene: Scene): string {
  let clips = 0
  const draw = (mark: Mark): string => {
    switch (mark.kind) {
      case 'path':
        return pathSvg(mark)
      case 'text':
        return textSvg(mark)
      case 'image': {
        const { rect, pixels } = mark
        return (
          `<image x="${q(rect.x)}" y="${q(rect.y)}" width="${q(rect.width)}" height="${q(rect.height)}" preserveAspectRatio="none" ` +
          `style="image-rendering:pixelated" href="data:image/png;base64,${base64(encodeIndexedPng(pixels))}"/>`
        )
      }
      case 'group': {
        const name = mark.name === undefined ? '' : ` data-name="${escapeXml(mark.name)}"`
        const inner = mark.marks.map(draw).join('\n')
        if (!mark.clip) return `<g${name}>\n${inner}\n</g>`
        const id = `${PLACEHOLDER}-clip${clips++}`
        const { x, y, width, height } = mark.clip
        const rect = `<rect x="${q(x)}" y="${q(y)}" width="${q(width)}" height="${q(height)}"/>`
        return `<clipPath id="${id}">${rect}</clipPath>\n<g clip-path="url(#${id})"${name}>\n${inner}\n</g>`
      }
    }
  }
  const { width, height } = scene
  const drawn = scene.marks.map(draw).join('\n')
  const prefix = escapeXml(scene.id ?? `figure-${shortHash(scene.title + drawn)}`)
  // text never holds a raw quote: only attributes can match
  const marks = drawn
    .replaceAll(`"${PLACEHOLDER}-clip`, `"${prefix}-clip`)
    .replaceAll(`"url(#${PLACEHOLDER}-clip`, `"url(#${prefix}-clip`)
  const background = scene.background ? `<rect width="${width}" height="${height}" fill="${scene.background}"/>\n` : ''
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" id="${prefix}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `role="img" font-family="${FONT_STACK}">\n<title>${escapeXml(scene.title)}</title>\n${background}${marks}\n</svg>\n`
  )
}
