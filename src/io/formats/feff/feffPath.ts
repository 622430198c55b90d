import { elementSymbol } from '../../../core/elements.js'
import { assertKnown, assertText, type FieldsOf } from '../../../core/fields.js'
import type { PathAtom, PathPotential, ScatteringPath } from '../../../model/scatteringPath.js'
import { fileError } from '../../context.js'

/** Options of {@link parseFeffPath} and {@link parseFeffPaths}. */
export interface ParseFeffOptions {
  /** Name of the file, for messages and results. Default `feffNNNN.dat` or `paths.dat`. */
  file?: string | undefined
}

/** Their names, for `assertKnown`. */
export const PARSE_FEFF_FIELDS: FieldsOf<ParseFeffOptions> = { file: true }

/** The line above the table of a path. */
export const TABLE_HEAD: RegExp = /^\s*#?\s*k\s+real\[2\*phc\].*real\[p\]/i

const COLUMNS = 7
const FEWEST_ROWS = 4

/**
 * Reads feffNNNN.dat, the file that FEFF 6 to 10 write for each scattering path.
 *
 * @param text    The file's text.
 * @param options Name of the file.
 * @throws OperandoError `E_FORMAT` for text that is no such file, `E_MISSING` where it has no geometry or no scattering data, `E_TRUNCATED` for a table that breaks off, `E_NAN`, `E_AXIS` for its
 *   numbers; the message names file and line.
 * @see FEFF 6 user's guide; Zabinsky, Rehr, Ankudinov, Albers, Eller, Phys. Rev. B 52 (1995) 2995
 * @example
 * ```ts
 * import { parseFeffPath } from 'operando/io'
 * const rows = [0, 5, 10, 15, 20].map(k => `${k} 3.5 ${(0.1 * k).toFixed(2)} -5.1 0.98 15.6 ${k + 1.8}`)
 * const path = parseFeffPath(`#Cu fcc\n#Abs Z=29 Rmt= 1.289 Rnm= 1.424 K shell\n#-----------\n# 2 12.000 2.5478 2.6300 -5.53502 nleg, deg, reff, rnrmav(bohr), edge
 * #  x y z pot at#\n# 0 0 0 0 29 Cu absorbing atom\n# 0 -1.8016 1.8016 1 29 Cu\n#  k real[2*phc] mag[feff] phase[feff] red factor lambda real[p]@#\n${rows.join('\n')}`)
 * console.log(path.reff, path.degeneracy, path.atoms[1]!.element) // 2.5478 12 Cu
 * ```
 */
export function parseFeffPath(text: string, options: ParseFeffOptions = {}): ScatteringPath {
  assertKnown(options, 'parseFeffPath options', PARSE_FEFF_FIELDS)
  const { file = 'feffNNNN.dat' } = options
  assertText(text, 'parseFeffPath: the text of a file')
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const plain = lines.map(line => line.replace(/^\s*#/, '').trim())
  const ruler = plain.findIndex(line => /^-{8,}$/.test(line))
  const head = plain.findIndex((line, i) => i > ruler && /nleg/i.test(line))
  const table = lines.findIndex(line => TABLE_HEAD.test(line))
  if (ruler < 0 || head < 0) {
    throw fileError(
      'E_FORMAT',
      file,
      'a ruler of hyphens and a line "nleg, deg, reff, rnrmav(bohr), edge" were expected, as FEFF writes them in feffNNNN.dat; found neither. paths.dat is read by parseFeffPaths.',
    )
  }
  if (table < 0) {
    throw fileError(
      'E_MISSING',
      file,
      'the path has no scattering data: no line "k real[2*phc] mag[feff] ... real[p]". Let FEFF run its last module (ff2chi, or PRINT 0 0 0 0 0 3).',
    )
  }
  const [legs, degeneracy, reff, rnorman, edgeEnergy] = numbersOf(plain[head]!, 5, file, head)
  if (!(Number.isInteger(legs) && legs! >= 2 && degeneracy! >= 0 && reff! > 0.05)) {
    throw fileError(
      'E_FORMAT',
      file,
      `2 legs or more and a reff above 0.05 Å expected, found nleg ${legs}, deg ${degeneracy}, reff ${reff}.`,
      `line ${head + 1}`,
    )
  }
  const atoms = plain.slice(head + 1, table).flatMap((line, i) => atomOf(line, file, head + 1 + i))
  if (atoms.length !== legs) {
    throw fileError('E_MISSING', file, `${legs} atoms expected, as many as legs, ${atoms.length} found.`, `line ${head + 2}`)
  }
  const header = plain.slice(0, ruler)
  return Object.freeze({
    name: file,
    title: (plain[0] ?? '').slice(0, 64).trim(),
    edge: /\b([KLMN]\d?)\s+shell/i.exec(header.find(line => line.startsWith('Abs')) ?? '')?.[1] ?? '',
    legs: legs!,
    degeneracy: degeneracy!,
    reff: reff!,
    rnorman: rnorman!,
    edgeEnergy: edgeEnergy!,
    atoms,
    potentials: header.flatMap(potentialOf),
    ...tableOf(lines, table + 1, file),
  })
}

function numbersOf(line: string, count: number, file: string, at: number): number[] {
  const numbers = line.split(/\s+/).slice(0, count).map(Number)
  if (numbers.length === count && numbers.every(Number.isFinite)) return numbers
  throw fileError('E_FORMAT', file, `${count} numbers expected, found "${line.slice(0, 80)}".`, `line ${at + 1}`)
}

/** An atom of the geometry; nothing for the heading of its table and for blank lines. */
function atomOf(line: string, file: string, at: number): PathAtom[] {
  const words = line.split(/\s+/)
  if (!/^[-+.\d]/.test(line)) return []
  const [x, y, z, potential, number] = numbersOf(line, 5, file, at)
  const element = elementSymbol(number!)
  const label = words[5] && !/^absorbing$/i.test(words[5]) ? words[5] : element
  return [{ label, element, potential: potential!, position: [x!, y!, z!] }]
}

function potentialOf(line: string): PathPotential[] {
  const found = /^(?:Abs|Pot\s+(\d+))\s+Z=\s*(\d+)\s+Rmt=\s*([-+.\deE]+)\s+Rnm=\s*([-+.\deE]+)/.exec(line)
  if (!found) return []
  return [
    {
      index: Number(found[1] ?? 0),
      element: elementSymbol(Number(found[2])),
      rMuffinTin: Number(found[3]),
      rNorman: Number(found[4]),
    },
  ]
}

type Tables = Pick<ScatteringPath, 'k' | 'realPhc' | 'magFeff' | 'phaseFeff' | 'redFactor' | 'lambda' | 'realP'>

function tableOf(lines: readonly string[], from: number, file: string): Tables {
  const rows: number[][] = []
  for (let i = from; i < lines.length; i++) {
    const line = lines[i]!.trim()
    if (line === '' || line.startsWith('#')) continue
    const row = line.split(/\s+/).map(Number)
    const place = `line ${i + 1}`
    if (row.length !== COLUMNS)
      throw fileError('E_TRUNCATED', file, `${COLUMNS} columns expected, ${row.length} found: "${line.slice(0, 80)}".`, place)
    const bad = row.findIndex(value => !Number.isFinite(value))
    if (bad >= 0)
      throw fileError('E_NAN', file, `a number expected in column ${bad + 1}, found "${line.split(/\s+/)[bad]}".`, place)
    const before = rows.at(-1)?.[0] ?? -1
    if (!(row[0]! > before)) throw fileError('E_AXIS', file, `k must rise from 0, but ${row[0]} follows ${before}.`, place)
    if (!(row[5]! > 0)) throw fileError('E_FORMAT', file, `a mean free path above 0 expected, found ${row[5]}.`, place)
    rows.push(row)
  }
  if (rows.length < FEWEST_ROWS) {
    throw fileError(
      'E_TRUNCATED',
      file,
      `${FEWEST_ROWS} rows of scattering data or more expected, ${rows.length} found.`,
      `line ${from + 1}`,
    )
  }
  const column = (c: number): Float64Array => Float64Array.from(rows, row => row[c]!)
  return {
    k: column(0),
    realPhc: column(1),
    magFeff: column(2),
    phaseFeff: column(3),
    redFactor: column(4),
    lambda: column(5),
    realP: column(6),
  }
}
