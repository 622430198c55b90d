import type { ReadContext } from '../../format.js'

/** One scan of a SPEC file, as it stands there. */
export interface SpecScan {
  /** Number of `#S`, and which of those with this number it is: `12.1`. */
  readonly key: string
  /** The command of `#S`. */
  readonly command: string
  /** `#D` of the scan. */
  readonly date?: string | undefined
  /** `#L`. */
  readonly labels: readonly string[]
  /** Whole rows of numbers. */
  readonly rows: readonly (readonly number[])[]
  /** Motors by name, from `#O` of the file and `#P` of the scan. */
  readonly motors: Readonly<Record<string, number>>
  /** Spectra of `@A`, in the order of the file. */
  readonly spectra: readonly (readonly number[])[]
  /** `#@CALIB`: offset, slope, curvature of the energies of channels. */
  readonly calibration?: readonly number[] | undefined
  /** `#@CHANN`: number of the first channel. */
  readonly firstChannel: number
  /** Other lines, `#T`, `#C`, `#U` ..., by their letter. */
  readonly fields: Readonly<Record<string, readonly string[]>>
  /** Line of `#S`, from 1. */
  readonly line: number
}

interface OpenScan extends SpecScan {
  readonly rows: number[][]
  readonly spectra: number[][]
  readonly fields: Record<string, string[]>
  labels: readonly string[]
  date?: string
  calibration?: readonly number[]
  firstChannel: number
  positions: number[]
}

const wide = (text: string): string[] =>
  text
    .trim()
    .split(/\s{2,}|\t+/)
    .filter(Boolean)
const words = (text: string): string[] => text.trim().split(/\s+/).filter(Boolean)

/**
 * Reads the scans of a SPEC file. Scan numbers may come twice, headers may come again with other motors, `#F` may be missing, spectra go over several lines that end
 * with a backslash. Rows that do not fit their labels are faults.
 * @param text    The file.
 * @param context Where faults go.
 * @see SPEC data file, Certified Scientific Software, https://certif.com/spec_help/scans.html
 */
export function parseSpec(text: string, context: ReadContext): SpecScan[] {
  const scans: OpenScan[] = []
  const seen = new Map<string, number>()
  let motorNames: string[][] = []
  let scan: OpenScan | undefined
  let spectrum: number[] | undefined
  const lines = text.split(/\r\n|\r|\n/)
  const unfinished = lines[lines.length - 1] !== ''
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const place = `line ${i + 1}`
    if (spectrum || line.startsWith('@')) {
      const body = line.replace(/^@\w*\s*/, '').trimEnd()
      const more = body.endsWith('\\')
      spectrum ??= []
      for (const word of words(more ? body.slice(0, -1) : body)) spectrum.push(Number(word))
      if (more) continue
      if (spectrum.some(Number.isNaN)) context.fault('E_FORMAT', 'a spectrum (@A) with a word that is no number.', place)
      scan?.spectra.push(spectrum)
      spectrum = undefined
      continue
    }
    const header = /^#(@?[A-Za-z]+)(\d*)\s?(.*)$/.exec(line)
    if (!header) {
      if (line.trim() === '' || line.startsWith('#')) continue
      const row = words(line).map(Number)
      const bad = row.findIndex(Number.isNaN)
      if (!scan)
        context.fault(
          'E_FORMAT',
          `"#S" was expected before the first numbers, found ${JSON.stringify(line.slice(0, 60))}.`,
          place,
        )
      else if (bad >= 0 && !/^[+-]?nan$/i.test(words(line)[bad]!))
        context.fault(
          'E_FORMAT',
          `a number was expected, found ${JSON.stringify(words(line)[bad])}. Lenient mode leaves the row out.`,
          place,
        )
      else if (scan.labels.length > 0 && row.length !== scan.labels.length)
        context.fault(
          unfinished && i === lines.length - 1 ? 'E_TRUNCATED' : 'E_FORMAT',
          `${scan.labels.length} numbers expected by the labels of scan ${scan.key}, ${row.length} found. Lenient mode leaves the row out.`,
          place,
        )
      else {
        if (bad >= 0) context.fault('E_NAN', `column ${bad + 1} is not a number. Lenient mode keeps and masks it.`, place)
        scan.rows.push(row)
      }
      continue
    }
    const [, key = '', index = '', rest = ''] = header
    if (key === 'F' || key === 'E') {
      if (key === 'F' || !scan) motorNames = []
    } else if (key === 'O') motorNames[Number(index)] = wide(rest)
    else if (key === 'S') {
      const [number = '0'] = words(rest)
      const order = (seen.get(number) ?? 0) + 1
      seen.set(number, order)
      if (scan) finish(scan, motorNames)
      const command = rest.trim().slice(number.length).trim()
      scan = {
        key: `${number}.${order}`,
        command,
        labels: [],
        rows: [],
        motors: {},
        spectra: [],
        firstChannel: 0,
        fields: {},
        line: i + 1,
        positions: [],
      }
      scans.push(scan)
    } else if (!scan) continue
    else if (key === 'L') scan.labels = wide(rest)
    else if (key === 'P') scan.positions.push(...words(rest).map(Number))
    else if (key === 'D' && scan.date === undefined) scan.date = rest.trim()
    else if (key === '@CALIB') scan.calibration = words(rest).map(Number)
    else if (key === '@CHANN') scan.firstChannel = Number(words(rest)[1] ?? 0)
    else if (key !== 'N') {
      const name = `${key}${index}`
      scan.fields[name] ??= []
      scan.fields[name].push(rest.trim())
    }
  }
  if (spectrum) context.fault('E_TRUNCATED', 'the last spectrum (@A) is not finished.', `line ${lines.length}`)
  if (scan) finish(scan, motorNames)
  return scans
}

/** Names stand two blanks apart; some programs write one, which the count of positions tells. */
function finish(scan: OpenScan, names: readonly string[][]): void {
  const flat = names.flat()
  const single = flat.flatMap(words)
  const fitting = flat.length === scan.positions.length ? flat : single.length === scan.positions.length ? single : undefined
  fitting?.forEach((name, i) => {
    ;(scan.motors as Record<string, number>)[name] = scan.positions[i]!
  })
}
