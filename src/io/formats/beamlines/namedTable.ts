import { fileError } from '../../context.js'
import type { OpenedDataset, ReadContext } from '../../format.js'
import { type Curve, curveDatasets } from '../../scans/curves.js'
import { decodeText, textBytes } from '../../text/decode.js'
import { readBlocks } from '../../text/readBlocks.js'

/** What the header of a beamline's table tells. */
export interface TableHeader {
  /** Labels of the columns. */
  readonly labels: readonly string[]
  /** Index of the axis, an energy in eV. */
  readonly axis: number
  /** Index of a column that only counts, and becomes a coordinate. */
  readonly counter?: number | undefined
  /** When it began, as the file has it, and other things worth keeping. */
  readonly extra?: Readonly<Record<string, string | number | readonly string[]>> | undefined
}

/**
 * Reads a table of numbers whose header is of one beamline's making.
 * @param format  Id of the format.
 * @param raw     The file.
 * @param context Of the reading.
 * @param header  What its lines above the numbers tell.
 */
export function namedTable(
  format: string,
  raw: Uint8Array,
  context: ReadContext,
  header: (lines: readonly string[]) => TableHeader,
): OpenedDataset {
  const { block, header: above } = readBlocks(textBytes(raw, context.name), context)
  const lines = decodeText(above, context.options.encoding).split(/\r\n|\r|\n/)
  const { labels, axis, counter, extra } = header(lines)
  const named = block.columns.map((values, c): Curve => ({ name: labels[c] ?? `column${c + 1}`, values }))
  const energy = named[axis]
  if (!energy || named.length < 2)
    throw fileError('E_FORMAT', context.name, `column ${axis + 1} should be the energy, ${named.length} columns were found.`)
  const [dataset, ...others] = curveDatasets(
    {
      axis: { name: 'energy', unit: 'eV', values: energy.values, label: energy.name },
      curves: named.filter(column => column !== energy && column !== named[counter ?? -1]),
      coords: counter === undefined ? [] : [named[counter]!],
      meta: { extra: { header: lines.filter(line => line.trim() !== ''), ...extra } },
    },
    context,
  )
  return { kind: 'dataset', format, dataset: dataset!, others, warnings: context.warnings }
}
