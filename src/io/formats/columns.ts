import { firstNonMonotonic } from '../../core/arrays.js'
import { isOperandoError } from '../../core/errors.js'
import type { Instant } from '../../core/instant.js'
import { parseInstant } from '../../core/parseInstant.js'
import { unit } from '../../core/unit.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset, Meta, Variable } from '../../model/dataset.js'
import { fileError } from '../context.js'
import type { Format, OpenedDataset, ReadContext } from '../format.js'
import { assumedEnergyUnit } from '../text/assumedEnergyUnit.js'
import { type ColumnMeaning, columnMeaning } from '../text/columnMeaning.js'
import { byteOrderMark, decodeText, looksBinary, textBytes } from '../text/decode.js'
import { findTable } from '../text/findTable.js'
import { headerFields, headerLabels } from '../text/headerLabels.js'
import { type NumberBlock, readBlocks } from '../text/readBlocks.js'

const EXTENSIONS = ['xy', 'xye', 'dat', 'chi', 'txt', 'csv', 'gr', 'asc', 'xdi', 'prn', 'tsv']

/**
 * Text with columns of numbers: patterns and spectra of every origin. The first column is the axis, each further one a dataset on it; a column called sigma (or the
 * third of an .xye) is the uncertainty of the one before. What the columns mean is taken from `options.columns`, else from the header, else from the
 * extension; if nothing tells, the axis is called `x`, has no unit, and a warning says so.
 */
export const columns: Format = {
  id: 'columns',
  name: 'text columns',
  extensions: EXTENSIONS,
  sniff(head: Uint8Array, name: string): number {
    if (byteOrderMark(head) === 16) return 0.3 // so that the reader can say what to do about UTF-16
    const known = EXTENSIONS.includes(name.split('.').pop()!)
    if (looksBinary(head)) return known ? 0.2 : 0
    return findTable(Uint8Array.from([...head, 10]), 0, 1, head.length) ? 0.5 : known ? 0.4 : 0
  },
  read: readColumns,
}

function readColumns(raw: Uint8Array, context: ReadContext): OpenedDataset {
  const text = textBytes(raw, context.name)
  const { block, header } = readBlocks(text, context)
  const lines = decodeText(header, context.options.encoding).split(/\r\n|\r|\n/)
  checkChiCount(lines, block, context)
  const meanings = columnMeanings(lines, block.columns, context)
  const keep = rowsToKeep(block, meanings, context)
  const meta = metaOf(lines, context)
  const datasets = toDatasets(block, meanings, keep, meta, context)
  const [dataset, ...others] = datasets as [Dataset, ...Dataset[]]
  return { kind: 'dataset', format: 'columns', dataset, others, warnings: dataset.warnings }
}

const FIT2D_COUNT = /^\s*\d+(\s+\d+)?\s*$/

/** Fit2D writes the number of points below the title and the two labels of a .chi. */
function checkChiCount(lines: readonly string[], block: NumberBlock, context: ReadContext): void {
  if (!/\.chi(\.gz)?$/i.test(context.name) || !FIT2D_COUNT.test(lines[3] ?? '')) return
  const said = Number.parseInt(lines[3]!.trim(), 10)
  if (said !== block.rows)
    context.fault(
      said > block.rows ? 'E_TRUNCATED' : 'E_FORMAT',
      `${said} points are announced, ${block.rows} rows found.`,
      'line 4',
    )
}

/** Names and units of the columns from options, header or extension, in this order. */
function columnMeanings(lines: readonly string[], columns: readonly Float64Array[], context: ReadContext): ColumnMeaning[] {
  const count = columns.length
  const { columns: given, units } = context.options
  if (given && given.length > count)
    throw fileError(
      'E_ARGUMENT',
      context.name,
      `options.columns names ${given.length} columns (${given.join(', ')}), the file has ${count}.`,
    )
  const isChi = /\.chi(\.gz)?$/i.test(context.name) && count === 2 && FIT2D_COUNT.test(lines[3] ?? '')
  // Bruker's DIFFRAC.EVA has no labels but names the scan
  const isEva = count === 2 && lines.some(line => /^'Id: .*Scantype: "[^"]*TwoTheta/i.test(line))
  const labels = isEva ? ['2Theta', 'I'] : isChi ? [lines[1]!, lines[2]!] : headerLabels(lines, count)
  const byExtension = /\.xye(\.gz)?$/i.test(context.name) ? ['twoTheta', 'I', 'sigma'] : []
  const found = Array.from({ length: count }, (_, i): ColumnMeaning => {
    const fromFile = columnMeaning(labels?.[i] ?? byExtension[i] ?? '', i === 0)
    const meant = given?.[i] === undefined ? fromFile : renamed(given[i]!, fromFile)
    const named = meant.name === '' ? { ...meant, name: i === 0 ? 'x' : i === 1 ? 'I' : `column${i + 1}` } : meant
    const own = units?.[named.name]
    if (own !== undefined) return { ...named, unit: unit(own) }
    const assumed = i === 0 && named.name === 'energy' && !named.unit && assumedEnergyUnit(columns[0]!, context)
    return assumed ? { ...named, unit: unit(assumed) } : named
  })
  const axis = found[0]!
  if (!axis.known && given?.[0] === undefined)
    context.warn(
      'W_AXIS_UNKNOWN',
      `nothing tells what the first column is${labels ? ` (its label is ${JSON.stringify(labels[0])})` : ''}: it is called '${axis.name}'. Pass { columns: ['q', 'I'] } or ['twoTheta', 'I'] ...`,
    )
  if (axis.unit === undefined)
    context.warn(
      'W_UNIT_UNKNOWN',
      `the unit of '${axis.name}' is not told and left open. Pass { units: { ${axis.name}: '...' } }.`,
    )
  const unnamed = found.findIndex((m, i) => i > 1 && /^column\d+$/.test(m.name))
  if (unnamed > 0)
    context.warn(
      'W_COLUMN_UNKNOWN',
      `nothing tells what column ${unnamed + 1} is: it is kept as '${found[unnamed]!.name}'. If it is the uncertainty, pass { columns: ['${axis.name}', 'I', 'sigma'] }.`,
    )
  if (axis.name === 'theta')
    context.warn('W_AXIS_DOUBT', `the header says theta; if it is 2 theta, pass { columns: ['twoTheta', 'I'] }.`)
  return found
}

/** A column under the caller's name; its unit is kept if the file had the same quantity, else it is that of the name's convention. */
function renamed(name: string, fromFile: ColumnMeaning): ColumnMeaning {
  const own = columnMeaning(name, true)
  const known = own.known ? own : { ...own, name, known: true }
  return fromFile.name === known.name ? { ...fromFile, known: true } : known
}

/** Rows that stay: all in strict mode; in lenient mode rows whose axis is no number go, aloud. */
function rowsToKeep(block: NumberBlock, meanings: readonly ColumnMeaning[], context: ReadContext): Uint32Array | undefined {
  block.columns.forEach((values, c) => {
    const bad = firstNaN(values)
    if (bad < 0) return
    const n = values.reduce((sum, v) => sum + (Number.isNaN(v) ? 1 : 0), 0)
    const way = c === 0 ? 'Lenient mode leaves such rows out.' : 'Lenient mode keeps and masks them.'
    context.fault(
      'E_NAN',
      `${n} of ${values.length} values of column ${c + 1} ('${meanings[c]!.name}') are not numbers. ${way}`,
      `line ${block.lines[bad]}`,
    )
  })
  const axis = block.columns[0]!
  const keep = firstNaN(axis) >= 0 ? Uint32Array.from([...axis.keys()].filter(i => !Number.isNaN(axis[i]!))) : undefined
  const kept = keep ? Float64Array.from(keep, i => axis[i]!) : axis
  const falling = kept.length > 1 && kept[1]! < kept[0]!
  const offender = firstNonMonotonic(kept, falling ? -1 : 1)
  if (offender >= 0) {
    const line = block.lines[keep ? keep[offender]! : offender]
    context.fault(
      'E_AXIS',
      `the axis '${meanings[0]!.name}' ${falling ? 'falls' : 'rises'} up to here, but ${kept[offender]} follows ${kept[offender - 1]}. Nothing was sorted. Lenient mode returns it as it is.`,
      `line ${line}`,
    )
  }
  return keep
}

// loops, not findIndex with a function: these pass over every number of the file
function firstNaN(values: Float64Array): number {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return i
  return -1
}

function firstNegative(values: Float64Array): number {
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) return i
  return -1
}

function toDatasets(
  block: NumberBlock,
  meanings: readonly ColumnMeaning[],
  keep: Uint32Array | undefined,
  meta: Meta,
  context: ReadContext,
): Dataset[] {
  const pick = (c: number): Float64Array => (keep ? Float64Array.from(keep, i => block.columns[c]![i]!) : block.columns[c]!)
  const dim = meanings[0]!.name
  const rows = keep?.length ?? block.rows
  const variable = (c: number): Variable => ({
    dims: [dim],
    shape: [rows],
    values: pick(c),
    unit: meanings[c]!.unit ?? unit(''),
    ...(meanings[c]!.label === '' ? {} : { label: meanings[c]!.label }),
  })
  const coords = { [dim]: variable(0) }
  const datasets: Dataset[] = []
  for (let c = 1; c < meanings.length; c++) {
    if (meanings[c]!.name === 'sigma' && c > 1) continue // taken by the column before it
    const next = meanings[c + 1]?.name === 'sigma' ? pick(c + 1) : undefined
    const negative = next ? firstNegative(next) : -1
    if (negative >= 0)
      context.fault(
        'E_RANGE',
        `sigma is ${next![negative]}: uncertainties are not negative. Lenient mode leaves sigma out.`,
        `line ${block.lines[negative]}`,
      )
    const values = variable(c)
    const nan = firstNaN(values.values as Float64Array) >= 0 || (next !== undefined && firstNaN(next) >= 0)
    datasets.push(
      createDataset({
        ...values,
        ...(next && negative < 0 ? { sigma: next } : {}),
        ...(nan
          ? { mask: Uint8Array.from(values.values, (v, i) => (Number.isNaN(v) || (next && Number.isNaN(next[i]!)) ? 1 : 0)) }
          : {}),
        name: meanings[c]!.name,
        coords,
        meta,
        warnings: context.warnings,
      }),
    )
  }
  return datasets
}

function metaOf(lines: readonly string[], context: ReadContext): Meta {
  const fields = headerFields(lines)
  const start = startOf(fields, context)
  const header = lines.filter(line => line.trim() !== '')
  return {
    sources: [context.source],
    ...(start ? { start } : {}),
    ...(header.length > 0 ? { extra: { ...(Object.keys(fields).length > 0 ? { fields } : {}), header } } : {}),
  }
}

/** A moment under a key that calls itself the start; a bare date may be that of the export, and is left in the header. */
function startOf(fields: Readonly<Record<string, string>>, context: ReadContext): Instant | undefined {
  const key = Object.keys(fields).find(k =>
    /^(time at start|start(ing)?[ _]?time|acquisition started( on)?|scan[ _.]?start[ _]?time|scan time)$/i.test(k),
  )
  if (key === undefined) return undefined
  try {
    return parseInstant(fields[key]!, context.options.zone === undefined ? {} : { zone: context.options.zone })
  } catch (error) {
    if (isOperandoError(error)) context.warn('W_TIME', `${key} = ${fields[key]} is not understood as a time: ${error.message}`)
    return undefined
  }
}
