import { unit } from '../../core/unit.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { fileError } from '../context.js'
import type { Format, OpenedDataset, ReadContext } from '../format.js'
import { decodeText, textBytes } from '../text/decode.js'
import { endOfLine, latin1, scanRows } from '../text/scanRows.js'

/**
 * GSAS powder data, constant wavelength: FXYE (position in hundredths of a degree, intensity, esd), ESD (fixed fields of eight: intensity, esd) and
 * STD (fields of two and six: count of detectors, intensity). Several banks give several datasets. Positions come out in degrees.
 * @see GSAS Technical Manual, LAUR 86-748, "Powder diffraction data files"
 */
export const gsas: Format = {
  id: 'gsas',
  name: 'GSAS powder data',
  extensions: ['fxye', 'gsa', 'gsas', 'gss', 'raw', 'gda'],
  sniff: head => (BANK.test(latin1(head, 0, head.length)) ? 0.9 : 0),
  read(raw: Uint8Array, context: ReadContext): OpenedDataset {
    const { bytes } = textBytes(raw, context.name)
    const header: string[] = []
    const datasets: Dataset[] = []
    let line = 1
    for (let at = 0; at < bytes.length; line++) {
      const end = endOfLine(bytes, at)
      const text = latin1(bytes, at, end)
      const next = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1)
      const bank = BANK.exec(text)
      if (bank) {
        const read = readBank(bytes, next, line, bank, context)
        datasets.push(toDataset(read, bank[1]!, header, context))
        at = read.stop
        line = read.stopLine - 1
      } else {
        if (datasets.length === 0) header.push(decodeText(bytes.subarray(at, end), context.options.encoding).trim())
        at = next
      }
    }
    const [dataset, ...others] = datasets
    if (!dataset) throw fileError('E_FORMAT', context.name, 'no line "BANK n ..." that tells the grid of the numbers.', 'line 1')
    return { kind: 'dataset', format: 'gsas', dataset, others, warnings: context.warnings }
  },
}

// BANK number, points, records, CONST, start and step in centidegrees, two unused, type
const BANK =
  /^BANK[ \t]+(\d+)[ \t]+(\d+)[ \t]+(\d+)[ \t]+(\w+)[ \t]+(\S+)[ \t]+(\S+)(?:[ \t]+\S+[ \t]+\S+)?(?:[ \t]+(FXYE|FXY|ESD|STD|ALT))?[ \t]*\r?$/m

interface BankRows {
  readonly twoTheta: Float64Array
  readonly values: Float64Array
  readonly sigma: Float64Array | undefined
  readonly stop: number
  readonly stopLine: number
}

function readBank(bytes: Uint8Array, begin: number, line: number, bank: RegExpExecArray, context: ReadContext): BankRows {
  const points = Number(bank[2])
  const type = bank[7] ?? 'STD'
  if (bank[4] !== 'CONST' || type === 'ALT')
    throw fileError(
      'E_UNSUPPORTED',
      context.name,
      `bank ${bank[1]} is binned ${bank[4]} ${type}: constant steps (CONST) with FXYE, FXY, ESD or STD are read.`,
      `line ${line}`,
    )
  const rows =
    type === 'FXYE' || type === 'FXY'
      ? readFree(bytes, begin, line + 1, type === 'FXYE' ? 3 : 2, context)
      : readFixed(bytes, begin, line + 1, type === 'ESD', bank, context)
  if (rows.values.length < points)
    context.fault(
      'E_TRUNCATED',
      `bank ${bank[1]} announces ${points} points, ${rows.values.length} are there.`,
      `line ${rows.stopLine}`,
    )
  else if (type === 'FXYE' || type === 'FXY' ? rows.values.length > points : rows.values.length > points + 9)
    context.fault(
      'E_FORMAT',
      `bank ${bank[1]} announces ${points} points, ${rows.values.length} are there.`,
      `line ${rows.stopLine}`,
    )
  // fixed records may be filled up with blanks or zeros beyond the last point
  const n = Math.min(points, rows.values.length)
  return { ...rows, twoTheta: rows.twoTheta.slice(0, n), values: rows.values.slice(0, n), sigma: rows.sigma?.slice(0, n) }
}

function readFree(bytes: Uint8Array, begin: number, line: number, columns: number, context: ReadContext): BankRows {
  const rows = scanRows(bytes, begin, line, columns, { separator: 32, decimal: 46 }, bad =>
    context.fault(
      'E_FORMAT',
      `${columns} numbers expected, ${bad.kind === 'text' ? JSON.stringify(bad.found) : bad.found} found.`,
      `line ${bad.line}`,
    ),
  )
  const column = (c: number): Float64Array => Float64Array.from({ length: rows.rows }, (_, i) => rows.table[i * columns + c]!)
  return {
    twoTheta: column(0).map(x => x / 100),
    values: column(1),
    sigma: columns === 3 ? column(2) : undefined,
    stop: rows.stop,
    stopLine: rows.stopLine,
  }
}

/** Fixed fields: nothing guarantees blanks between them. */
function readFixed(
  bytes: Uint8Array,
  begin: number,
  line: number,
  withSigma: boolean,
  bank: RegExpExecArray,
  context: ReadContext,
): BankRows {
  const values: number[] = []
  const sigma: number[] = []
  let at = begin
  while (at < bytes.length) {
    const end = endOfLine(bytes, at)
    const text = latin1(bytes, at, end)
    if (BANK.test(text)) break
    for (let from = 0; from < text.length && text.slice(from, from + 8).trim() !== ''; from += withSigma ? 16 : 8) {
      const first = withSigma ? text.slice(from, from + 8) : text.slice(from + 2, from + 8)
      const second = withSigma ? text.slice(from + 8, from + 16) : text.slice(from, from + 2)
      const value = Number(first)
      const other = second.trim() === '' ? (withSigma ? Number.NaN : 1) : Number(second)
      if (first.trim() === '' || Number.isNaN(value) || Number.isNaN(other))
        throw fileError(
          'E_FORMAT',
          context.name,
          `fields of ${withSigma ? '8 + 8' : '2 + 6'} characters with numbers expected, found ${JSON.stringify(first + second)}.`,
          `line ${line}`,
        )
      values.push(value)
      // STD: the mean over `other` detectors of a count; its variance is the mean over their number
      sigma.push(withSigma ? other : Math.sqrt(Math.max(value, 0) / Math.max(other, 1)))
    }
    at = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1)
    line++
  }
  const start = Number(bank[5])
  const step = Number(bank[6])
  return {
    twoTheta: Float64Array.from({ length: values.length }, (_, i) => (start + i * step) / 100),
    values: Float64Array.from(values),
    sigma: Float64Array.from(sigma),
    stop: at,
    stopLine: line,
  }
}

function toDataset(rows: BankRows, bank: string, header: readonly string[], context: ReadContext): Dataset {
  const shape = [rows.values.length]
  return createDataset({
    name: 'I',
    dims: ['twoTheta'],
    shape,
    values: rows.values,
    unit: unit(''),
    ...(rows.sigma ? { sigma: rows.sigma } : {}),
    coords: { twoTheta: { dims: ['twoTheta'], shape, values: rows.twoTheta, unit: unit('deg') } },
    meta: { sources: [context.source], extra: { bank: Number(bank), header } },
    warnings: context.warnings,
  })
}
