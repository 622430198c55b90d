import { fileError } from '../../context.js'
import type { Format, OpenedStructure, ReadContext } from '../../format.js'
import { decodeText, looksBinary } from '../../text/decode.js'
import { parseBlocks } from './parseCif.js'
import { hasCell, structureOf } from './readStructure.js'

/** Crystallographic Information File, version 1.1: opened as one structure a block with a cell. */
export const cif: Format = {
  id: 'cif',
  name: 'Crystallographic Information File',
  extensions: ['cif', 'mcif'],
  sniff(head: Uint8Array, name: string): number {
    const named = /\.m?cif$/.test(name)
    if (looksBinary(head)) return named ? 0.2 : 0
    // comments and blank lines, then data_ (line by line: one expression for all would take exponential time on long comments)
    const lines = decodeText(head)
      .replace(/^\ufeff/, '')
      .split(/\r\n|\r|\n/)
    const begins = /^\s*data_/i.test(lines.find(line => line.trim() !== '' && !line.trimStart().startsWith('#')) ?? '')
    return begins ? (named ? 0.98 : 0.8) : named ? 0.6 : 0
  },
  read(bytes: Uint8Array, context: ReadContext): OpenedStructure {
    const blocks = parseBlocks(decodeText(bytes, context.options.encoding), context)
    const crystals = blocks.filter(hasCell)
    if (crystals.length === 0) {
      throw fileError(
        'E_MISSING',
        context.name,
        `no block has a unit cell (_cell_length_a); found ${blocks.map(b => b.name).join(', ')}. parseCif reads the rest.`,
      )
    }
    const [structure, ...others] = crystals.map(block => structureOf(block, context))
    return { kind: 'structure', format: 'cif', structure: structure!, others, warnings: context.warnings }
  },
}
