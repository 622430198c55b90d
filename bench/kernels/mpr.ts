import { createReadContext } from '../../src/io/context.js'
import { readMpr } from '../../src/io/formats/biologic/mpr.js'
import type { Bench } from '../harness/bench.js'
import { uniform } from '../harness/inputs.js'

// a galvanostatic cycling of EC-Lab 11.3: six flags in one byte, Ns, time, dq, (Q-Qo), control, Ewe, I Range, Q, half cycle, P
const IDS = [1, 2, 3, 21, 31, 65, 131, 4, 7, 13, 5, 6, 39, 467, 468, 70]
const ROW = 53
const HEADER = 406

/** A module of the old layout. */
function moduleOf(name: string, version: number, payload: Uint8Array): Uint8Array {
  const out = new Uint8Array(57 + payload.length)
  const text = new TextEncoder()
  out.set(text.encode(`MODULE${name.padEnd(10)}${name.padEnd(25)}`))
  const view = new DataView(out.buffer)
  view.setUint32(41, payload.length, true)
  view.setUint32(45, version, true)
  out.set(text.encode('12/08/20'), 49)
  out.set(payload, 57)
  return out
}

/** An .mpr of so many rows; peers.py makes the same bytes. */
export function mprFile(rows: number): Uint8Array {
  const data = new Uint8Array(HEADER + ROW * rows)
  const view = new DataView(data.buffer)
  view.setUint32(0, rows, true)
  view.setUint8(4, IDS.length)
  IDS.forEach((id, i) => {
    view.setUint16(5 + 2 * i, id, true)
  })
  const noise = uniform(51, rows)
  for (let i = 0, at = HEADER; i < rows; i++, at += ROW) {
    const x = noise[i]!
    view.setUint8(at, i & 63)
    view.setUint16(at + 1, i >> 10, true)
    view.setFloat64(at + 3, 10 * i, true)
    view.setFloat64(at + 11, x, true)
    view.setFloat64(at + 19, x * i, true)
    view.setFloat32(at + 27, x, true)
    view.setFloat32(at + 31, 3 + x, true)
    view.setUint16(at + 35, 9, true)
    view.setFloat64(at + 37, x, true)
    view.setUint32(at + 45, i >> 12, true)
    view.setFloat32(at + 49, x, true)
  }
  const magic = new Uint8Array(52).fill(32)
  magic.set(new TextEncoder().encode('BIO-LOGIC MODULAR FILE\x1a'))
  magic.fill(0, 48)
  const parts = [magic, moduleOf('VMP Set', 0, new Uint8Array(400)), moduleOf('VMP data', 3, data)]
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** The columns of an .mpr as numbers: 16 columns of so many rows. */
export function mprBench(rows: number): Bench {
  return {
    name: `mpr ${rows} x 16 ts`,
    allocates: 'the columns',
    prepare() {
      const bytes = mprFile(rows)
      return () => {
        readMpr(bytes, createReadContext({ name: 'bench.mpr' }))
      }
    },
  }
}

/** A long run under guard. */
export const mpr: readonly Bench[] = [mprBench(33_000)]
