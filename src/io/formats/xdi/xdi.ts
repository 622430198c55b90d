import { fileError } from '../../context.js'
import type { Format, OpenedDataset, ReadContext } from '../../format.js'
import { braggEnergies } from '../../scans/braggEnergies.js'
import { type Curve, curveDatasets } from '../../scans/curves.js'
import { decodeText, textBytes } from '../../text/decode.js'
import { readBlocks } from '../../text/readBlocks.js'
import { latin1 } from '../../text/scanRows.js'
import { xdiColumns } from './xdiColumns.js'
import { readXdiHeader } from './xdiHeader.js'
import { spacingOf, xdiMeta } from './xdiMeta.js'

/**
 * XAS Data Interchange: one spectrum with its metadata. Opens as one Dataset a column on `energy` (of an angle and `Mono.d_spacing` where there is no energy), mu
 * first if the file has it. Energies that step back or repeat are kept as they are, with a warning; the reduction deals with them.
 * @see B. Ravel et al., XAFS Data Interchange, version 1.0 (XraySpectroscopy/XAS-Data-Interchange)
 */
export const xdi: Format = {
  id: 'xdi',
  name: 'XAS Data Interchange',
  extensions: ['xdi'],
  sniff(head: Uint8Array, name: string): number {
    if (/^(\xef\xbb\xbf)?#\s*XDI\/\d/.test(latin1(head, 0, Math.min(head.length, 64)))) return 0.95
    return name.endsWith('.xdi') && head[0] === 35 ? 0.6 : 0
  },
  read: readXdi,
}

function readXdi(raw: Uint8Array, context: ReadContext): OpenedDataset {
  const text = textBytes(raw, context.name)
  const { block, header: above } = readBlocks(text, context)
  const lines = decodeText(above, context.options.encoding).split(/\r\n|\r|\n/)
  while (lines.length > 0 && lines[lines.length - 1]!.trim() === '') lines.pop()
  const header = readXdiHeader(lines, context)
  const meta = xdiMeta(header, context)
  const columns = xdiColumns(block.columns, header, context)
  for (const [c, { name, values }] of columns.entries()) {
    const bad = values.findIndex(Number.isNaN)
    if (bad >= 0)
      context.fault(
        'E_NAN',
        `column ${c + 1} ('${name}') is not a number. Lenient mode keeps and masks it.`,
        `line ${block.lines[bad]}`,
      )
  }
  const { axis, coords } = axisOf(columns, spacingOf(header), context)
  const used = [axis, ...coords].map(curve => curve.values)
  const curves = columns.filter(column => !used.includes(column.values))
  const [dataset, ...others] = curveDatasets({ axis, curves, coords, meta }, context)
  if (!dataset) throw fileError('E_FORMAT', context.name, 'only an axis was found, no column of data.')
  return { kind: 'dataset', format: 'xdi', dataset, others, warnings: dataset.warnings }
}

/** The energies; made of angles where there are only these; else the first column. */
function axisOf(columns: readonly Curve[], spacing: number | undefined, context: ReadContext): { axis: Curve; coords: Curve[] } {
  const named = (name: string): Curve | undefined => columns.find(column => column.name === name)
  const energy = named('energy') ?? named('Energy')
  if (energy) return { axis: { ...energy, unit: energy.unit ?? 'eV' }, coords: [] }
  const angle = named('angle')
  if (angle && spacing !== undefined) {
    const degrees = { ...angle, unit: 'deg' }
    return { axis: { name: 'energy', unit: 'eV', values: braggEnergies(angle.values, spacing) }, coords: [degrees] }
  }
  if (angle) context.warn('W_XDI', 'the axis is an angle, and Mono.d_spacing that would turn it into energies is missing.')
  const axis = angle ?? named('k') ?? columns[0]!
  return { axis: angle ? { ...axis, unit: 'deg' } : axis.name === 'k' ? { ...axis, unit: '1/Å' } : axis, coords: [] }
}
