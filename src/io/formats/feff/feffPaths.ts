import { assertKnown, assertText } from '../../../core/fields.js'
import type { Vector3 } from '../../../model/crystal/matrix3.js'
import { fileError } from '../../context.js'
import { PARSE_FEFF_FIELDS, type ParseFeffOptions } from './feffPath.js'

/** An atom of a path in paths.dat. */
export interface FeffPathsAtom {
  /** What the calculation calls it. */
  readonly label: string
  /** Index of its potential; 0 is the absorber. */
  readonly potential: number
  /** Cartesian, Å. */
  readonly position: Vector3
  /** Length of the leg that ends here, Å, if the file has it. */
  readonly leg?: number | undefined
  /** Scattering angle, degrees; 180 is back. */
  readonly beta?: number | undefined
}

/** A path as FEFF's pathfinder lists it: where it goes, not how it scatters. */
export interface FeffPathGeometry {
  /** Its number: the NNNN of feffNNNN.dat. */
  readonly index: number
  /** Name of the file that holds its scattering data. */
  readonly file: string
  /** Legs: 2 for single scattering. */
  readonly legs: number
  /** How many equivalent paths there are. */
  readonly degeneracy: number
  /** Half the length of the way, Å. */
  readonly reff: number
  /** Atoms in the file's order, the absorber last. */
  readonly atoms: readonly FeffPathsAtom[]
}

const HEADING = /^\s*(\d+)\s+(\d+)\s+([\d.]+)\s+index,\s*nleg,\s*degeneracy,\s*r=\s*([\d.]+)/
const ATOM = /^\s*([-+.\dEe]+)\s+([-+.\dEe]+)\s+([-+.\dEe]+)\s+(\d+)\s+'([^']*)'(.*)$/

/**
 * Reads paths.dat: the list of scattering paths that FEFF's pathfinder found, with their atoms. Which of them matter, and which feffNNNN.dat to ask for.
 *
 * @param text    The file's text.
 * @param options Name of the file.
 * @throws OperandoError `E_FORMAT` for text that is no such file, `E_TRUNCATED` where a path has fewer atoms than legs; the message names file and line.
 * @example
 * ```ts
 * import { parseFeffPaths } from 'operando/io'
 * const paths = parseFeffPaths(` -----------\n     1    2   6.000  index, nleg, degeneracy, r= 2.0850\n      x           y           z     ipot  label
 *     2.085000    0.000000    0.000000   1 'O     '     2.0850  180.0000    0.0000\n    0.000000    0.000000    0.000000   0 'Ni    '     2.0850  180.0000    0.0000\n`)
 * console.log(paths[0]!.file, paths[0]!.reff) // feff0001.dat 2.085
 * ```
 */
export function parseFeffPaths(text: string, options: ParseFeffOptions = {}): readonly FeffPathGeometry[] {
  assertKnown(options, 'parseFeffPaths options', PARSE_FEFF_FIELDS)
  const { file = 'paths.dat' } = options
  assertText(text, 'parseFeffPaths: the text of a file')
  const lines = text.split(/\r\n|\r|\n/)
  const paths: FeffPathGeometry[] = []
  for (let i = 0; i < lines.length; i++) {
    const heading = HEADING.exec(lines[i]!)
    if (!heading) continue
    const [index, legs, degeneracy, reff] = heading.slice(1).map(Number) as [number, number, number, number]
    const atoms: FeffPathsAtom[] = []
    for (let at = i + 1; at < lines.length && atoms.length < legs && !HEADING.test(lines[at]!); at++) {
      const atom = atomOf(lines[at]!)
      if (atom) atoms.push(atom)
    }
    if (atoms.length < legs) {
      throw fileError('E_TRUNCATED', file, `path ${index} has ${legs} legs, but ${atoms.length} atoms follow.`, `line ${i + 1}`)
    }
    paths.push({ index, file: `feff${String(index).padStart(4, '0')}.dat`, legs, degeneracy, reff, atoms })
  }
  if (paths.length > 0) return paths
  throw fileError(
    'E_FORMAT',
    file,
    'lines such as "1 2 12.000 index, nleg, degeneracy, r= 2.5478" were expected, none found. feffNNNN.dat is read by parseFeffPath.',
  )
}

function atomOf(line: string): FeffPathsAtom | undefined {
  const found = ATOM.exec(line)
  if (!found) return undefined
  const [leg, beta] = found[6]!.trim().split(/\s+/).map(Number)
  return {
    label: found[5]!.trim(),
    potential: Number(found[4]),
    position: [Number(found[1]), Number(found[2]), Number(found[3])],
    ...(found[6]!.trim() === '' ? {} : { leg: leg!, beta: beta! }),
  }
}
