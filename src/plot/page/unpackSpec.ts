import { unzlibSync } from 'fflate'
import type { FigureSpec } from '../spec/figureSpec.js'
import type { PackedSpec } from './packSpec.js'

function floats(bytes: Uint8Array, at: number, n: number, width: number): Float64Array {
  const out = new Float64Array(n)
  const one = new DataView(new ArrayBuffer(8))
  for (let i = 0; i < n; i++) {
    for (let b = 0; b < width; b++) one.setUint8(b, bytes[at + b * n + i]!)
    out[i] = width === 4 ? one.getFloat32(0, true) : one.getFloat64(0, true)
  }
  return out
}

/**
 * Reads back what `packSpec` wrote.
 * @param text The JSON text.
 */
export function unpackSpec(text: string): FigureSpec {
  const { spec, data } = JSON.parse(text) as PackedSpec
  const bytes = unzlibSync(Uint8Array.from(atob(data), c => c.charCodeAt(0)))
  const known = new Map<number, Float64Array>()
  const read = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(read)
    if (typeof value !== 'object' || value === null) return value
    if ('$' in value) {
      const [at, length, width] = value.$ as [number, number, number]
      const array = known.get(at) ?? floats(bytes, at, length, width)
      if (length > 0) known.set(at, array)
      return array
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, read(inner)]))
  }
  return read(spec) as FigureSpec
}
