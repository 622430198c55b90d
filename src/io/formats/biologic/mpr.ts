import { type Instant, makeInstant } from '../../../core/instant.js'
import { instantFromEpoch } from '../../../core/parseInstant.js'
import { BINARY_BYTES, type BinaryColumn, type BinaryType, readColumn } from '../../bytes/readColumn.js'
import { fileError } from '../../context.js'
import type { Format, OpenedElectrochemistry, ReadContext } from '../../format.js'
import { COLUMN_IDS, FLAG_IDS, TECHNIQUES } from './columnIds.js'
import { isMpr, type MprModule, mprModules } from './mprModules.js'
import type { BiologicTable } from './table.js'
import { toElectrochemistry } from './toElectrochemistry.js'

/** BioLogic's binary .mpr of EC-Lab and BT-Lab: all layout versions. */
export const biologicMpr: Format = {
  id: 'biologic-mpr',
  name: 'BioLogic EC-Lab binary',
  extensions: ['mpr'],
  sniff: head => (isMpr(head) ? 1 : 0),
  read(bytes: Uint8Array, context: ReadContext): OpenedElectrochemistry {
    const { table, modules } = readMpr(bytes, context)
    const settings = modules.find(m => m.name === 'VMP Set')?.payload
    const start = startOf(modules, context)
    const technique = settings ? (TECHNIQUES[settings[0]!] ?? `EC-Lab technique ${settings[0]}`) : undefined
    const electrochemistry = toElectrochemistry(
      table,
      {
        technique,
        start,
        extra: { ...(technique === undefined ? {} : { technique }), ...readSettings(settings), ...headerOf(modules) },
      },
      context,
    )
    return { kind: 'electrochemistry', format: 'biologic-mpr', electrochemistry, warnings: electrochemistry.warnings }
  },
}

/**
 * The columns of an .mpr under EC-Lab's names, before they become a record.
 * @param bytes   The file.
 * @param context Where faults go.
 * @throws OperandoError `E_FORMAT`, `E_TRUNCATED`, `E_UNSUPPORTED` as the format does.
 */
export function readMpr(bytes: Uint8Array, context: ReadContext): { table: BiologicTable; modules: MprModule[] } {
  const modules = mprModules(bytes, context.name)
  const data = modules.find(m => m.name === 'VMP data')
  if (!data)
    throw fileError(
      'E_TRUNCATED',
      context.name,
      `no "VMP data" module among ${modules.map(m => `"${m.name}"`).join(', ')}: EC-Lab had not written any rows.`,
    )
  return { table: readData(data, context), modules }
}

interface Layout {
  readonly ids: number[]
  readonly rows: number
  readonly rowBytes: number
  readonly begin: number
}

/** Versions 2 and 3 count their columns in one byte and begin the rows at 405 and 406, version 11 in two bytes and at 1007. */
function layoutOf(data: MprModule, name: string): Layout {
  const { payload, version, offset } = data
  const begin = version === 2 ? 405 : version === 3 ? 406 : version === 11 ? 1007 : undefined
  if (begin === undefined)
    throw fileError(
      'E_UNSUPPORTED',
      name,
      `version ${version} of the data module: 2, 3 and 11 are known. Export the file as text (.mpt).`,
      `byte ${offset}`,
    )
  const cut = (): Error => fileError('E_TRUNCATED', name, 'the data module is cut within its header.', `byte ${offset}`)
  if (payload.length < 7) throw cut()
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const rows = view.getUint32(0, true)
  const wide = version === 11
  const count = wide ? view.getUint16(4, true) : view.getUint8(4)
  const first = wide ? 6 : 5
  if (first + 2 * count > begin)
    throw fileError('E_FORMAT', name, `${count} columns do not fit the header.`, `byte ${offset + 4}`)
  if (first + 2 * count > payload.length) throw cut()
  const ids = Array.from({ length: count }, (_, i) => view.getUint16(first + 2 * i, true))
  const bytes = payload.length - begin
  if (rows > 0 && (bytes < 0 || bytes % rows !== 0))
    throw fileError(
      bytes < rows ? 'E_TRUNCATED' : 'E_FORMAT',
      name,
      `${rows} rows are announced, but the ${Math.max(bytes, 0)} bytes of the data module do not divide into them.`,
      `byte ${offset + begin}`,
    )
  return { ids, rows, rowBytes: rows > 0 ? bytes / rows : 0, begin }
}

interface Placed {
  readonly name: string
  readonly at: number
  readonly type: BinaryType
  readonly mask?: number
  readonly shift?: number
}

function readData(data: MprModule, context: ReadContext): BiologicTable {
  const layout = layoutOf(data, context.name)
  const placed = placeColumns(layout, context)
  const { payload } = data
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const columns = new Map<string, BinaryColumn>()
  const { rows, rowBytes, begin } = layout
  let flags: Uint8Array | undefined
  for (const { name, at, type, mask, shift } of placed) {
    if (mask === undefined) {
      columns.set(unusedName(name, columns), readColumn(view, begin + at, rowBytes, rows, type))
      continue
    }
    // all flags share one byte
    flags ??= readColumn(view, begin + at, rowBytes, rows, type) as Uint8Array
    columns.set(unusedName(name, columns), bitsOf(flags, mask, shift!))
  }
  return { rows: layout.rows, columns }
}

/** Some bits of each byte, shifted down; four bytes at a time, since six of these pass over each row. */
function bitsOf(bytes: Uint8Array, mask: number, shift: number): Uint8Array {
  const out = new Uint8Array(bytes.length)
  const words = bytes.length >> 2
  const from = new Uint32Array(bytes.buffer, bytes.byteOffset, words)
  const to = new Uint32Array(out.buffer, 0, words)
  const masks = mask * 0x01010101
  for (let i = 0; i < words; i++) to[i] = (from[i]! & masks) >>> shift
  for (let i = 4 * words; i < bytes.length; i++) out[i] = (bytes[i]! & mask) >> shift
  return out
}

function unusedName(name: string, columns: ReadonlyMap<string, unknown>): string {
  if (!columns.has(name)) return name
  let n = 2
  while (columns.has(`${name} (${n})`)) n++
  return `${name} (${n})`
}

/** Offsets of the columns in a row. One unknown id has the width that is left over; beyond several, only what stands before the first and after the last is known. */
function placeColumns(layout: Layout, context: ReadContext): Placed[] {
  const { ids, rowBytes, rows } = layout
  const unknown = ids.filter(id => !COLUMN_IDS[id] && !FLAG_IDS[id])
  const hasFlags = ids.some(id => FLAG_IDS[id])
  const known = ids.reduce((sum, id) => sum + (COLUMN_IDS[id] ? BINARY_BYTES[COLUMN_IDS[id].type] : 0), hasFlags ? 1 : 0)
  const left = rowBytes - known
  if (rows > 0 && (unknown.length === 0 ? left !== 0 : left <= 0))
    throw fileError(
      'E_FORMAT',
      context.name,
      `a row has ${rowBytes} bytes, its columns (${ids.join(', ')}) need ${known}. Please report this file; export it as text (.mpt) meanwhile.`,
    )
  const several = new Set(unknown).size > 1 || unknown.length > 1
  if (rows > 0 && several)
    context.fault(
      'E_UNSUPPORTED',
      `columns ${unknown.join(', ')} are not known, and ${left} bytes a row do not tell where one ends. Lenient mode leaves them and what stands between them out; the .mpt export has them all.`,
    )
  const width = several ? 0 : left
  const placed: Placed[] = []
  let at = 0
  let flags = -1
  let lost = false
  for (const id of ids) {
    const flag = FLAG_IDS[id]
    if (flag) {
      if (flags < 0) flags = at++
      placed.push({ name: flag.name, at: flags, type: 'u1', mask: flag.mask, shift: flag.shift })
      continue
    }
    const column = COLUMN_IDS[id]
    if (!column) {
      lost ||= several
      if (!several && rows > 0) placed.push(...placeUnknown(id, at, width, context))
      at += width
      continue
    }
    if (!lost) placed.push({ name: column.name, at, type: column.type })
    at += BINARY_BYTES[column.type]
  }
  if (lost) placed.push(...placeFromEnd(layout))
  return placed
}

function placeUnknown(id: number, at: number, width: number, context: ReadContext): Placed[] {
  const type = ({ 1: 'u1', 2: 'u2', 4: 'f4', 8: 'f8' } as const)[width]
  context.warn(
    'W_COLUMN_UNKNOWN',
    `column ${id} (${width} bytes) is not known: ${type ? `kept as unknown_${id}, read as ${type}` : 'left out'}. The .mpt export tells its name.`,
  )
  return type ? [{ name: `unknown_${id}`, at, type }] : []
}

/** The columns after the last unknown one, counted from the end of the row. */
function placeFromEnd({ ids, rowBytes }: Layout): Placed[] {
  const placed: Placed[] = []
  let at = rowBytes
  for (let i = ids.length - 1; i >= 0; i--) {
    const column = COLUMN_IDS[ids[i]!]
    if (!column) break
    at -= BINARY_BYTES[column.type]
    placed.unshift({ name: column.name, at, type: column.type })
  }
  return placed
}

/** The log has the start as days since 1899-12-30 of the wall clock, at byte 585. */
function startOf(modules: readonly MprModule[], context: ReadContext): Instant | undefined {
  const log = modules.find(m => m.name === 'VMP LOG')?.payload
  if (!log || log.length < 593) return undefined
  const days = new DataView(log.buffer, log.byteOffset, log.byteLength).getFloat64(585, true)
  if (!(days > 30000 && days < 80000)) return undefined
  const { seconds, nanos, source, zone } = instantFromEpoch(
    days,
    'ole',
    context.options.zone === undefined ? {} : { zone: context.options.zone },
  )
  // EC-Lab's clock has milliseconds, the days resolve about a microsecond
  return makeInstant(seconds, Math.round(nanos / 1e6) * 1e6, source, zone)
}

/** What the user typed about the cell; the file cannot know whether it is right. */
function readSettings(settings: Uint8Array | undefined): Record<string, number | string> {
  if (!settings || settings.length < 0x120) return {}
  const view = new DataView(settings.buffer, settings.byteOffset, settings.byteLength)
  const comment = latin1Pascal(settings, 7)
  return {
    activeMass_mg: round7(view.getFloat32(0x107, true)),
    molecularWeight: round7(view.getFloat32(0x10f, true)),
    intercalatedIonWeight: round7(view.getFloat32(0x113, true)),
    x0: round7(view.getFloat32(0x117, true)),
    electronsPerIon: view.getUint16(0x11b, true),
    ...(comment === '' ? {} : { comment }),
  }
}

const round7 = (x: number): number => Number(x.toPrecision(7))

function latin1Pascal(bytes: Uint8Array, at: number): string {
  return new TextDecoder('windows-1252').decode(bytes.subarray(at + 1, at + 1 + bytes[at]!)).trim()
}

function headerOf(modules: readonly MprModule[]): { modules: string[] } {
  return { modules: modules.map(m => `${m.name} version ${m.version}, ${m.date}`) }
}
