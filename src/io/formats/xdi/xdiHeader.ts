import type { ReadContext } from '../../format.js'

/** The header of an XDI file. */
export interface XdiHeader {
  /** Versions of the first line: `1.0`, and of the programs that wrote it. */
  readonly version: string
  /** What follows the version: `GSE/1.0`. */
  readonly application: string
  /** `Family.Key` as the file has it, and the value without the PV behind `||`. */
  readonly fields: Readonly<Record<string, string>>
  /** The same under lower case, for looking up: keys are of any case. */
  readonly lower: Readonly<Record<string, string>>
  /** Labels by column, from 0: those of the `Column.N` fields. */
  readonly columns: readonly (string | undefined)[]
  /** Words of the line of labels above the data, if there is one. */
  readonly labels: readonly string[]
  /** What the user wrote between the lines of slashes and dashes. */
  readonly comments: readonly string[]
}

const FIELD = /^([A-Za-z][\w-]*)\.([\w-]+)\s*:(.*)$/

/**
 * Reads the lines above the data. Lines that are no field are faults; what contradicts itself is a doubt.
 * @param lines   Header lines, each with its comment character.
 * @param context Where faults go.
 * @see B. Ravel et al., XAFS Data Interchange, version 1.0 (XraySpectroscopy/XAS-Data-Interchange)
 */
export function readXdiHeader(lines: readonly string[], context: ReadContext): XdiHeader {
  const first = /^#\s*XDI\/(\S+)\s*(.*)$/.exec(lines[0] ?? '')
  if (!first)
    context.fault(
      'E_FORMAT',
      `"# XDI/1.0" was expected, found ${JSON.stringify((lines[0] ?? '').slice(0, 60))}. Pass { format: 'columns' } to read the numbers alone.`,
      'line 1',
    )
  const text = lines.map(line => line.replace(/^\s*#\s?/, '').trimEnd())
  const slashes = text.findIndex(line => /^\s*\/{3,}/.test(line))
  const dashes = text.findIndex(line => /^\s*-{3,}\s*$/.test(line))
  if (dashes < 0) context.warn('W_XDI', 'the line of dashes that ends the header ("#----") is missing.', `line ${lines.length}`)
  const fieldsEnd = slashes >= 0 ? slashes : dashes >= 0 ? dashes : text.length
  const fields: Record<string, string> = {}
  const lower: Record<string, string> = {}
  const columns: (string | undefined)[] = []
  let stray = 0
  for (let i = 1; i < fieldsEnd; i++) {
    const line = text[i]!.trim()
    if (line === '' || /^\/\/|^[-/#*]+$/.test(line)) continue
    const match = FIELD.exec(line)
    const [value = ''] = (match?.[3] ?? '').split(/\s\|\|?\s/).map(part => part.trim())
    if (!match || value === '') {
      // without dashes the labels of the columns are the last line
      if (dashes < 0 && i === text.length - 1) continue
      if (stray++ < 5)
        context.fault(
          'E_FORMAT',
          `"# Family.Key: value" was expected, found ${JSON.stringify(line.slice(0, 80))}. Lenient mode leaves the line out.`,
          `line ${i + 1}`,
        )
      continue
    }
    const key = `${match[1]}.${match[2]}`
    const column = /^column\.(\d{1,4})$/i.exec(key)
    if (column && Number(column[1]) > 0) columns[Number(column[1]) - 1] = value
    else if (!(key in fields)) {
      fields[key] = value
      lower[key.toLowerCase()] = value
    }
  }
  const last = text[text.length - 1] ?? ''
  const hasLabels = dashes < 0 ? !FIELD.test(last) && text.length > 1 : text.length > dashes + 1
  return {
    version: first?.[1] ?? '',
    application: (first?.[2] ?? '').trim(),
    fields,
    lower,
    columns: Array.from(columns),
    labels: hasLabels ? last.split(/\s+/).filter(Boolean) : [],
    comments: slashes < 0 ? [] : text.slice(slashes + 1, dashes < 0 ? text.length : dashes),
  }
}
