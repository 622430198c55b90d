import { fileError } from '../../context.js'
import type { Format, OpenedDataset, ReadContext } from '../../format.js'
import { braggEnergies } from '../../scans/braggEnergies.js'
import { type Curve, curveDatasets } from '../../scans/curves.js'
import { decodeText, textBytes } from '../../text/decode.js'
import { findTable } from '../../text/findTable.js'
import { endOfLine, latin1, scanRows } from '../../text/scanRows.js'

/** What the modes of counters mean. */
const MODES: Readonly<Record<string, string>> = { '1': 'i0', '2': 'itrans', '3': 'ifluor' }

/**
 * Photon Factory 9809 (KEK, SPring-8, Aichi, SAGA): angles of the monochromator, requested `(c)` and attained `(o)`. The energies are those of the attained angles and the
 * spacing of the header; both angles are coordinates. Offsets of the counters stand in `meta.extra.offsets` and are not subtracted.
 */
export const photonFactory: Format = {
  id: 'pf9809',
  name: 'Photon Factory 9809',
  extensions: ['dat', 'ex3'],
  sniff: head => (/^\s*9809\s+\S+/.test(latin1(head, 0, Math.min(head.length, 64))) ? 0.95 : 0),
  read(raw: Uint8Array, context: ReadContext): OpenedDataset {
    const { bytes } = textBytes(raw, context.name)
    const { begin, line, lines } = findAngles(bytes, context)
    const find = (pattern: RegExp): string | undefined =>
      lines.map(text => pattern.exec(text)?.[1]).find(found => found !== undefined)
    const spacing = Number(find(/D=\s*([\d.]+)\s*A/))
    const points = Number(find(/Points=\s*(\d+)/))
    if (!(spacing > 0))
      throw fileError(
        'E_MISSING',
        context.name,
        '"D= ... A", the spacing of the planes of the monochromator, is not in the header.',
      )
    const [modes = [], offsets = []] = [/^\s*Mode\s/, /^\s*Offset\s/].map(row =>
      lines
        .find(text => row.test(text))
        ?.trim()
        .split(/\s+/)
        .slice(1),
    )
    const table = findTable(bytes, begin, line, bytes.length)
    if (!table) throw fileError('E_TRUNCATED', context.name, 'no rows of numbers below the line "Angle(c)".')
    const { columns } = table
    const rows = scanRows(bytes, table.begin, table.line, columns, table.dialect, bad =>
      context.fault(
        'E_FORMAT',
        `${columns} numbers expected, ${bad.found} found. Lenient mode keeps the whole rows.`,
        `line ${bad.line}`,
      ),
    )
    if (points > 0 && rows.rows !== points)
      context.fault(
        rows.rows < points ? 'E_TRUNCATED' : 'E_FORMAT',
        `${points} points are announced, ${rows.rows} rows found.`,
        `line ${rows.stopLine}`,
      )
    const column = (c: number): Float64Array => Float64Array.from({ length: rows.rows }, (_, i) => rows.table[i * columns + c]!)
    const angle = { name: 'angle', unit: 'deg', values: column(1), label: 'attained' }
    const curves = Array.from({ length: columns - 3 }, (_, i): Curve => {
      const name = MODES[modes[i + 2] ?? ''] ?? `counter${i + 1}`
      const twin = modes.slice(2).filter(mode => mode === modes[i + 2]).length > 1
      return { name: twin ? `${name}${i + 1}` : name, unit: 'counts', values: column(i + 3) }
    })
    const [dataset, ...others] = curveDatasets(
      {
        axis: { name: 'energy', unit: 'eV', values: braggEnergies(angle.values, spacing) },
        curves: [...curves, { name: 'time', unit: 's', values: column(2) }],
        coords: [angle, { name: 'requestedAngle', unit: 'deg', values: column(0) }],
        meta: {
          extra: { dSpacing: spacing, offsets: offsets.slice(2).map(Number), header: lines.filter(text => text.trim() !== '') },
        },
      },
      context,
    )
    return { kind: 'dataset', format: 'pf9809', dataset: dataset!, others, warnings: context.warnings }
  },
}

/** The line of labels above the numbers, and all lines up to the numbers. */
function findAngles(bytes: Uint8Array, context: ReadContext): { begin: number; line: number; lines: string[] } {
  const header = bytes.subarray(0, Math.min(bytes.length, context.limits.headerBytes))
  const marker = latin1(header, 0, header.length).search(/^\s*Angle\(c\)/m)
  if (marker < 0) throw fileError('E_FORMAT', context.name, 'the line "Angle(c)  Angle(o) ..." above the numbers is missing.')
  // the line itself, and those of modes and offsets
  let begin = marker
  for (let skipped = 0; skipped < 3 && begin < bytes.length; ) {
    const end = endOfLine(bytes, begin)
    if (latin1(bytes, begin, end).trim() !== '') skipped++
    begin = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1)
  }
  const lines = decodeText(bytes.subarray(0, begin), context.options.encoding).split(/\r\n|\r|\n/)
  return { begin, line: lines.length, lines }
}
