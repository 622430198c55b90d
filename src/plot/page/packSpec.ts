import { zlibSync } from 'fflate'
import { finiteRange } from '../axis/range.js'
import { base64 } from '../png.js'
import type { FigureSpec } from '../spec/figureSpec.js'

/** A figure as JSON can hold it: arrays are references into one block of bytes. */
export interface PackedSpec {
  /** The figure; an array is `{ $: [offset, length, bytes a number] }`. */
  readonly spec: unknown
  /** Deflated bytes (zlib) in base64: all first bytes of an array's little-endian floats, then all second ones ...: likes stand by likes. */
  readonly data: string
}

/** Rounding that no eye and no read-out of five digits sees, as a part of the range. */
const UNSEEN = 1e-6

/** Whether 32 bits a number do: their rounding is far below the range of the values, or there is none. */
function fitsSingle(values: Float64Array): boolean {
  const range = finiteRange(values)
  if (!range) return true
  const size = Math.max(Math.abs(range[0]), Math.abs(range[1]))
  // half a unit in the last place, or half the smallest single there is
  return size * 2 ** -24 + 2 ** -150 <= UNSEEN * (range[1] - range[0]) && size < 3e38
}

/** Coordinates keep all their digits: cells must still meet after rounding. */
const COORDINATES = new Set(['x', 'lo', 'hi'])

function planes(values: Float64Array, width: 4 | 8): Uint8Array {
  const n = values.length
  const out = new Uint8Array(n * width)
  const one = new DataView(new ArrayBuffer(8))
  for (let i = 0; i < n; i++) {
    if (width === 4) one.setFloat32(0, values[i]!, true)
    else one.setFloat64(0, values[i]!, true)
    for (let b = 0; b < width; b++) out[b * n + i] = one.getUint8(b)
  }
  return out
}

/**
 * A figure as compact JSON text for a page, which `unpackSpec` reads back: maps and curves as 32-bit floats where their rounding is below a
 * millionth of the range, coordinates as 64-bit ones, all deflated. It holds no `<`, so it may stand inside a script element.
 * @param spec What the figure shows.
 */
export function packSpec(spec: FigureSpec): string {
  const parts: Uint8Array[] = []
  const places = new Map<Float64Array, { $: [number, number, number] }>()
  let at = 0
  const pack = (key: string, value: unknown): unknown => {
    if (!(value instanceof Float64Array)) return value
    let place = places.get(value)
    if (!place) {
      const width = !COORDINATES.has(key) && fitsSingle(value) ? 4 : 8
      place = { $: [at, value.length, width] }
      places.set(value, place)
      parts.push(planes(value, width))
      at += value.length * width
    }
    return place
  }
  const packed = JSON.parse(JSON.stringify(spec, pack)) as unknown
  const bytes = new Uint8Array(at)
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  const out: PackedSpec = { spec: packed, data: base64(zlibSync(bytes, { level: 6 })) }
  return JSON.stringify(out).replaceAll('<', '\\u003c')
}
