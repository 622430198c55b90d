import { zipSync } from 'fflate'
import { assertFields, assertKnown } from '../../core/fields.js'
import { isZip, unzip } from '../bytes/unzip.js'
import { fileError } from '../context.js'
import type { Format, OpenedArrays, ReadContext } from '../format.js'
import type { NumberArray } from '../numberArray.js'
import { readNpy, writeNpy } from './npy.js'

/** NumPy's .npz: a zip of .npy files, opened as `arrays` by name. */
export const npz: Format = {
  id: 'npz',
  name: 'NumPy arrays, zipped',
  extensions: ['npz'],
  sniff: (head, name) => (isZip(head) ? (name.endsWith('.npz') ? 0.95 : firstEntry(head).endsWith('.npy') ? 0.9 : 0) : 0),
  read(bytes: Uint8Array, context: ReadContext): OpenedArrays {
    const arrays: Record<string, NumberArray> = {}
    for (const [entry, content] of unzip(bytes, context.name, context.limits)) {
      if (!entry.endsWith('.npy'))
        throw fileError('E_FORMAT', context.name, `a .npz holds .npy entries only, found ${JSON.stringify(entry)}.`)
      arrays[entry.slice(0, -4)] = readNpy(content, `${context.name}/${entry}`, { int64: context.options.int64 })
    }
    return { kind: 'arrays', format: 'npz', arrays, warnings: context.warnings }
  },
}

function firstEntry(head: Uint8Array): string {
  const length = head[26]! | (head[27]! << 8)
  return String.fromCharCode(...head.subarray(30, Math.min(30 + length, head.length)))
}

const OPTIONS: Readonly<Record<'level', true>> = { level: true }

/**
 * Writes arrays as .npz.
 * @param arrays  By name.
 * @param options `level` of deflate, 0 (stored, default, as `np.savez`) to 9.
 * @example
 * ```ts
 * import { writeNpz } from 'operando/io'
 * const q = { shape: [2], values: Float64Array.of(1, 1.1) }
 * writeNpz({ q, I: { shape: [2], values: Float64Array.of(5, 6) } }, { level: 6 })
 * ```
 */
export function writeNpz(
  arrays: Readonly<Record<string, NumberArray>>,
  options: { level?: 0 | 1 | 6 | 9 | undefined } = {},
): Uint8Array {
  assertKnown(options, 'writeNpz options', OPTIONS)
  assertFields(arrays, 'writeNpz: arrays by name', [])
  const entries = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)]))
  return zipSync(entries, { level: options.level ?? 0 })
}
