import type { Dataset, Json, Meta } from '../../../model/dataset.js'
import { fileError } from '../../context.js'
import type { Format, OpenedDataset, ReadContext } from '../../format.js'
import { type Curve, curveDatasets } from '../../scans/curves.js'
import { scanStart } from '../../scans/scanDatasets.js'
import { assumedEnergyUnit } from '../../text/assumedEnergyUnit.js'
import { columnMeaning } from '../../text/columnMeaning.js'
import { decodeText, looksBinary, textBytes } from '../../text/decode.js'
import { latin1 } from '../../text/scanRows.js'
import { parseSpec, type SpecScan } from './parseSpec.js'
import { specSpectra } from './specSpectra.js'

/**
 * SPEC: each scan opens as one Dataset a counter on its first column, and one `mca` of the spectra on `channel`; `meta.extra` has the scan's key (`12.2` for the second
 * scan 12), command and motors. `options.block` picks one scan, counted from 0; `options.columns` renames.
 */
export const spec: Format = {
  id: 'spec',
  name: 'SPEC scans',
  extensions: ['spec'],
  sniff(head: Uint8Array, name: string): number {
    if (looksBinary(head)) return 0
    const text = latin1(head, 0, head.length)
    if (/^#S \d+ /.test(text) || (text.startsWith('#F ') && /^#[SEO]\d* /m.test(text))) return 0.95
    return name.endsWith('.spec') ? 0.5 : 0
  },
  read(raw: Uint8Array, context: ReadContext): OpenedDataset {
    const text = decodeText(textBytes(raw, context.name).bytes, context.options.encoding)
    const scans = parseSpec(raw[raw.length - 1] === 10 ? text : text.replace(/\n$/, ''), context)
    const wanted = context.options.block
    if (wanted !== undefined && !scans[wanted])
      throw fileError(
        'E_ARGUMENT',
        context.name,
        `scan ${wanted} was asked for with { block }, the file has ${scans.length} (counted from 0).`,
      )
    const chosen = wanted === undefined ? scans : [scans[wanted]!]
    const [dataset, ...others] = chosen.flatMap(scan => datasetsOf(scan, context))
    if (!dataset) throw fileError('E_FORMAT', context.name, `no scan with data in it; ${scans.length} begin with "#S".`)
    return { kind: 'dataset', format: 'spec', dataset, others, warnings: context.warnings }
  },
}

function datasetsOf(scan: SpecScan, context: ReadContext): Dataset[] {
  const place = `line ${scan.line}`
  const aborted = scan.fields.C?.find(comment => /abort/i.test(comment))
  if (aborted !== undefined) context.warn('W_ABORTED', `scan ${scan.key}: ${aborted}`, place)
  const meta = metaOf(scan, context)
  const [axis, ...curves] = columnsOf(scan, context)
  const rows = scan.rows.length
  if (rows === 0 && scan.spectra.length === 0) {
    context.warn('W_EMPTY', `scan ${scan.key} has no data and is left out.`, place)
    return []
  }
  const counters = axis && rows > 0 ? curveDatasets({ axis, curves, meta }, context) : []
  return [...counters, ...specSpectra(scan, axis, meta, context)]
}

function columnsOf(scan: SpecScan, context: ReadContext): Curve[] {
  const { columns: renamed, units } = context.options
  const count = Math.max(scan.labels.length, scan.rows[0]?.length ?? 0)
  return Array.from({ length: count }, (_, c) => {
    const label = scan.labels[c] ?? `column${c + 1}`
    const meaning = columnMeaning(label, c === 0)
    const name = renamed?.[c] ?? (c === 0 ? meaning.name : label)
    const values = Float64Array.from(scan.rows, row => row[c] ?? Number.NaN)
    const assumed = c === 0 && name === 'energy' ? assumedEnergyUnit(values, context) : undefined
    const text = units?.[name] ?? (c === 0 ? (meaning.unit?.symbol ?? assumed) : undefined)
    return { name, values, label, ...(text === undefined ? {} : { unit: text }) }
  })
}

function metaOf(scan: SpecScan, context: ReadContext): Meta {
  const start = scanStart(scan.date, context)
  const fields: Record<string, Json> = { ...scan.fields }
  return {
    ...(start ? { start } : {}),
    extra: { scan: scan.key, command: scan.command, motors: scan.motors, fields },
  }
}
