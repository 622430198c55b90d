import { unzlibSync } from 'fflate'

/** A decoded PNG of 8 bits with filter 0: as much as our own writer makes. */
export interface DecodedPng {
  width: number
  height: number
  /** r, g, b, a of a pixel. */
  at(x: number, y: number): [number, number, number, number]
}

/** Decodes a PNG that the library wrote. */
export function decodePng(bytes: Uint8Array): DecodedPng {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks = new Map<string, Uint8Array>()
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    chunks.set(type, bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const header = chunks.get('IHDR')!
  const size = new DataView(header.buffer, header.byteOffset)
  const [width, height] = [size.getUint32(0), size.getUint32(4)]
  const indexed = header[9] === 3
  const rows = unzlibSync(chunks.get('IDAT')!)
  const palette = chunks.get('PLTE')
  const clear = chunks.get('tRNS')
  const stride = (indexed ? width : 4 * width) + 1
  return {
    width,
    height,
    at: (x, y) => {
      if (rows[y * stride] !== 0) throw new Error('filter 0 expected')
      if (!indexed) {
        const p = y * stride + 1 + 4 * x
        return [rows[p]!, rows[p + 1]!, rows[p + 2]!, rows[p + 3]!]
      }
      const index = rows[y * stride + 1 + x]!
      return [palette![3 * index]!, palette![3 * index + 1]!, palette![3 * index + 2]!, clear![index] ?? 255]
    },
  }
}

/** The bytes of the n-th image embedded in an SVG. */
export function embeddedPng(svg: string, n = 0): Uint8Array {
  const found = [...svg.matchAll(/data:image\/png;base64,([A-Za-z0-9+/=]+)/g)][n]
  return Uint8Array.from(atob(found![1]!), c => c.charCodeAt(0))
}
