import type { ImageMark, Mark, Rect, Scene } from '../scene.js'
import { Coverage } from './coverage.js'
import { dashed, strokeInto } from './stroke.js'
import { textOutline } from './text.js'

function rgbOf(color: string): [number, number, number] {
  const n = Number.parseInt(color.slice(1), 16)
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255]
}

/** Draws marks over bytes r, g, b, a (alpha not multiplied in). */
class Raster {
  readonly rgba: Uint8ClampedArray
  readonly #coverage: Coverage
  readonly #width: number
  readonly #height: number
  readonly #scale: number

  constructor(width: number, height: number, scale: number) {
    this.#width = width
    this.#height = height
    this.#scale = scale
    this.rgba = new Uint8ClampedArray(4 * width * height)
    this.#coverage = new Coverage(width, height)
  }

  #blend(at: number, r: number, g: number, b: number, alpha: number): void {
    const px = this.rgba
    const under = px[at + 3]! / 255
    const total = alpha + under * (1 - alpha)
    const keep = (under * (1 - alpha)) / total
    const take = alpha / total
    px[at] = r * take + px[at]! * keep
    px[at + 1] = g * take + px[at + 1]! * keep
    px[at + 2] = b * take + px[at + 2]! * keep
    px[at + 3] = total * 255
  }

  #paint(color: string, opacity: number, clip: Rect | undefined): void {
    const [r, g, b] = rgbOf(color)
    const s = this.#scale
    const left = clip ? Math.round(clip.x * s) : 0
    const right = clip ? Math.round((clip.x + clip.width) * s) : this.#width
    const top = clip ? Math.round(clip.y * s) : 0
    const bottom = clip ? Math.round((clip.y + clip.height) * s) : this.#height
    this.#coverage.sweep((row, column, coverage) => {
      if (row < top || row >= bottom || column < left || column >= right) return
      this.#blend(4 * (row * this.#width + column), r, g, b, coverage * opacity)
    })
  }

  #image({ rect, pixels }: ImageMark): void {
    const s = this.#scale
    const { width, height, indices, palette } = pixels
    const x0 = Math.max(0, Math.round(rect.x * s))
    const x1 = Math.min(this.#width, Math.round((rect.x + rect.width) * s))
    const y0 = Math.max(0, Math.round(rect.y * s))
    const y1 = Math.min(this.#height, Math.round((rect.y + rect.height) * s))
    for (let y = y0; y < y1; y++) {
      const row = Math.min(height - 1, Math.max(0, Math.floor(((y + 0.5) / s - rect.y) * (height / rect.height))))
      for (let x = x0; x < x1; x++) {
        const column = Math.min(width - 1, Math.max(0, Math.floor(((x + 0.5) / s - rect.x) * (width / rect.width))))
        const index = indices[row * width + column]!
        if (index === 0) continue
        const p = 3 * index
        this.#blend(4 * (y * this.#width + x), palette[p]!, palette[p + 1]!, palette[p + 2]!, 1)
      }
    }
  }

  draw(mark: Mark, clip?: Rect): void {
    switch (mark.kind) {
      case 'path': {
        if (mark.fill) {
          this.#coverage.fill(mark.path, this.#scale)
          this.#paint(mark.fill, mark.opacity ?? 1, clip)
        }
        if (mark.stroke) {
          const width = mark.width ?? 1
          const pieces = mark.dash ? mark.path.flatMap(part => dashed(part, mark.dash!)) : mark.path
          for (const part of pieces) strokeInto(this.#coverage, part, width, this.#scale)
          this.#paint(mark.stroke, mark.opacity ?? 1, clip)
        }
        return
      }
      case 'text':
        this.#coverage.fill(textOutline(mark, this.#scale), 1)
        this.#paint(mark.color, 1, clip)
        return
      case 'image':
        this.#image(mark)
        return
      case 'group':
        for (const inner of mark.marks) this.draw(inner, mark.clip ?? clip)
    }
  }
}

/**
 * Draws a scene into pixels, labels included, without DOM, font or network.
 * @param scene      What was drawn.
 * @param scale      Pixels a figure pixel.
 * @param background `#rrggbb` under everything; `undefined` leaves the scene's own.
 * @returns Bytes r, g, b, a (alpha not multiplied in), rows from the top, with their width and height.
 */
export function rasterize(
  scene: Scene,
  scale: number,
  background: string | undefined = scene.background,
): { rgba: Uint8ClampedArray; width: number; height: number } {
  const width = Math.max(1, Math.round(scene.width * scale))
  const height = Math.max(1, Math.round(scene.height * scale))
  const raster = new Raster(width, height, scale)
  if (background) {
    const [r, g, b] = rgbOf(background)
    for (let i = 0; i < raster.rgba.length; i += 4) {
      raster.rgba[i] = r
      raster.rgba[i + 1] = g
      raster.rgba[i + 2] = b
      raster.rgba[i + 3] = 255
    }
  }
  for (const mark of scene.marks) raster.draw(mark)
  return { rgba: raster.rgba, width, height }
}
