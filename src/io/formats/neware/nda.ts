import { fileError } from '../../context.js'
import type { Format, OpenedElectrochemistry, ReadContext } from '../../format.js'
import { latin1 } from '../../text/scanRows.js'
import { NDA_LAYOUTS, type NdaLayout } from './ndaLayouts.js'
import { type NewareColumns, pickRows, readRecords } from './rows.js'
import { type NewareAux, toElectrochemistry } from './toElectrochemistry.js'

/** Neware's binary .nda of BTS 5 to 9.1: versions 8, 22, 26, 29 and 130. */
export const newareNda: Format = {
  id: 'neware-nda',
  name: 'Neware binary .nda',
  extensions: ['nda'],
  sniff: head => (latin1(head, 0, 6) === 'NEWARE' ? 1 : 0),
  read(bytes: Uint8Array, context: ReadContext): OpenedElectrochemistry {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const layout = layoutOf(bytes, view, context)
    const begin = findFirst(bytes, layout)
    if (begin < 0)
      throw fileError(
        'E_TRUNCATED',
        context.name,
        'the header is there, but no first record of a row: nothing was recorded, or the file is cut.',
        `byte ${bytes.length}`,
      )
    const { length } = layout.row
    const count = countRecords(bytes, begin, layout, context)
    const slots = readRecords(view, [[begin, count]], layout.row)
    const rows = pickRows(slots, slotsOf(slots, layout.rowKind))
    const aux = layout.aux ? auxOf(readRecords(view, [[begin, count]], layout.aux), layout, slots) : []
    const electrochemistry = toElectrochemistry(
      {
        rows,
        aux,
        zoned: layout.row.fields.unixTime !== undefined,
        place: row => `byte ${begin + length * row}`,
        extra: { ndaVersion: view.getUint8(14), ...headerOf(bytes, view) },
      },
      context,
    )
    return { kind: 'electrochemistry', format: 'neware-nda', electrochemistry, warnings: electrochemistry.warnings }
  },
}

function layoutOf(bytes: Uint8Array, view: DataView, context: ReadContext): NdaLayout {
  if (bytes.length < 15) throw fileError('E_TRUNCATED', context.name, 'the file ends in its header.', `byte ${bytes.length}`)
  const version = view.getUint8(14)
  // BTS 9.0 and 9.1 both call theirs 130: the first byte of the rows tells
  const key = version === 130 && bytes[1024] === 0x55 ? '130 of BTS 9.1' : String(version)
  const layout = NDA_LAYOUTS[key]
  if (!layout)
    throw fileError(
      'E_UNSUPPORTED',
      context.name,
      `version ${version} of .nda: ${Object.keys(NDA_LAYOUTS).join(', ')} are known. Export the file as csv from Neware's BTSDA.`,
      'byte 14',
    )
  if (key !== '130 of BTS 9.1') return layout
  // the length of a record differs by instrument; the next one begins with the same two bytes
  let length = 52
  while (1024 + length + 2 <= bytes.length && !(bytes[1024 + length] === bytes[1024] && bytes[1025 + length] === bytes[1025]))
    length++
  // a single row: nothing follows that begins as it does
  if (length > 256) return layout
  return { ...layout, row: { ...layout.row, length }, aux: length >= 56 ? layout.aux && { ...layout.aux, length } : undefined }
}

/** Where the first record begins. */
function findFirst(bytes: Uint8Array, layout: NdaLayout): number {
  const { first } = layout
  for (let at = layout.search; at + layout.row.length <= bytes.length; at++) {
    if (!first.every((byte, i) => bytes[at + i] === byte)) continue
    // the pattern may stand in the header by chance: a row has a step type
    const next = at + layout.row.length
    const follows = next + layout.row.length > bytes.length || layout.kinds.includes(bytes[next + layout.kindAt]!)
    if (follows) return at
  }
  return -1
}

/** Records until the end of the file, or until the block that ends the rows of BTS 9. */
function countRecords(bytes: Uint8Array, begin: number, layout: NdaLayout, context: ReadContext): number {
  const { length } = layout.row
  const whole = Math.floor((bytes.length - begin) / length)
  const left = bytes.length - begin - whole * length
  if (!layout.footer) {
    if (left > 0)
      context.fault(
        'E_TRUNCATED',
        `records have ${length} bytes, the last has ${left}: the file is cut, or was copied while the cycler was writing. Lenient mode keeps the whole rows.`,
        `byte ${bytes.length - left}`,
      )
    return whole
  }
  for (let i = 0; i < whole; i++) if (!layout.kinds.includes(bytes[begin + i * length + layout.kindAt]!)) return i
  context.warn('W_TRUNCATED', 'the block that ends the rows is missing: the file may be cut at a row.', `byte ${bytes.length}`)
  return whole
}

function slotsOf(slots: NewareColumns, kind: number): Uint32Array {
  return Uint32Array.from([...slots.kind!.keys()].filter(i => slots.kind![i] === kind && slots.index![i] !== 0))
}

/** Columns of sensors: in records of their own, by channel, or in the rows themselves. */
function auxOf(found: NewareColumns, layout: NdaLayout, slots: NewareColumns): NewareAux[] {
  const own = layout.auxKind
  if (own === undefined) {
    const rows = slotsOf(slots, layout.rowKind)
    return [{ name: '1', columns: pickRows({ index: slots.index!, temperature: found.temperature! }, rows) }]
  }
  const rows = slotsOf(found, own)
  const channels = [...new Set(Array.from(rows, row => found.channel![row]!))].sort((a, b) => a - b)
  return channels.map(channel => ({
    name: String(channel),
    columns: pickRows(
      found,
      rows.filter(row => found.channel![row] === channel),
    ),
  }))
}

/** What the header says in words: software, and the moments between the first bytes and the rows. */
function headerOf(bytes: Uint8Array, view: DataView): Record<string, string | number> {
  const text = latin1(bytes, 0, Math.min(bytes.length, 4096))
  const server = /BTSServer[^\0]{0,60}/.exec(text)?.[0]
  const mass = view.getUint8(14) === 29 && bytes.length > 156 ? view.getUint32(152, true) / 1000 : 0
  return { ...(server === undefined ? {} : { software: server }), ...(mass > 0 ? { activeMass_mg: mass } : {}) }
}
