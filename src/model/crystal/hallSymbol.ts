import { OperandoError } from '../../core/errors.js'
import type { Matrix3, Vector3 } from './matrix3.js'
import { compose, operation, parseOperation, type SymmetryOperation } from './symmetryOperation.js'

const IDENTITY: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1]
const INVERSION: Matrix3 = [-1, 0, 0, 0, -1, 0, 0, 0, -1]

/** Lattice translations beside (0, 0, 0), in 24ths. */
const LATTICES: Readonly<Record<string, readonly Vector3[]>> = {
  P: [],
  A: [[0, 12, 12]],
  B: [[12, 0, 12]],
  C: [[12, 12, 0]],
  I: [[12, 12, 12]],
  R: [[16, 8, 8]],
  H: [[16, 8, 0]],
  F: [
    [0, 12, 12],
    [12, 0, 12],
  ],
}

/** Rotations about z; those about x and y follow by moving the axes round. */
const ABOUT_Z: Readonly<Record<string, Matrix3>> = {
  1: IDENTITY,
  2: [-1, 0, 0, 0, -1, 0, 0, 0, 1],
  3: [0, -1, 0, 1, -1, 0, 0, 0, 1],
  4: [0, -1, 0, 1, 0, 0, 0, 0, 1],
  6: [1, -1, 0, 1, 0, 0, 0, 0, 1],
  "2'": [0, -1, 0, -1, 0, 0, 0, 0, -1],
  '2"': [0, 1, 0, 1, 0, 0, 0, 0, -1],
}
const BODY_DIAGONAL: Matrix3 = [0, 0, 1, 1, 0, 0, 0, 1, 0]

/** Translations by letter, in 24ths. */
const GLIDES: Readonly<Record<string, Vector3>> = {
  a: [12, 0, 0],
  b: [0, 12, 0],
  c: [0, 0, 12],
  n: [12, 12, 12],
  u: [6, 0, 0],
  v: [0, 6, 0],
  w: [0, 0, 6],
  d: [6, 6, 6],
}

/** Moves a matrix from axis z to `axis` (0 = x, 1 = y, 2 = z). */
function aboutAxis(m: Matrix3, axis: number): Matrix3 {
  const out = new Array<number>(9)
  const shift = (axis + 1) % 3
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) out[3 * ((i + shift) % 3) + ((j + shift) % 3)] = m[3 * i + j]!
  return out as unknown as Matrix3
}

const ROTATION = /^(-?)([12346])([xyz'"*]?)([1-5abcnuvwd]*)$/

/**
 * The generators that a Hall symbol names: lattice translations, inversion, rotations.
 * @param symbol For instance `-P 2ac 2n`, `F 4d 2 3 -1d`, `P 31 2 (0 0 4)`, `-C 2y (x,y,-x+z)`.
 * @throws OperandoError `E_FORMAT` when it is no Hall symbol.
 * @see S. R. Hall, Acta Cryst. A37 (1981) 517; International Tables B, section 1.4, appendix 1.4.2
 */
export function generatorsFromHall(symbol: string): SymmetryOperation[] {
  const bad = (why: string): OperandoError =>
    new OperandoError('E_FORMAT', `Hall symbol "${symbol}": ${why}. Something like "-P 2ac 2n" expected.`, {
      details: { found: symbol },
    })
  if (typeof symbol !== 'string') throw bad(`${typeof symbol} found`)
  const [, body, change] = /^([^(]*?)\s*(?:\(([^)]*)\)\s*)?$/.exec(symbol.trim().replaceAll('_', ' ')) ?? []
  const tokens = body?.split(/\s+/) ?? []
  const [, minus, letter] = /^(-?)([PABCIRHF])$/i.exec(tokens.shift() ?? '') ?? []
  if (letter === undefined) throw bad('its lattice letter cannot be read')
  const generators = LATTICES[letter.toUpperCase()]!.map(t => operation(IDENTITY, t))
  if (minus) generators.push(operation(INVERSION, [0, 0, 0]))
  if (tokens.length === 0 || tokens.length > 4) throw bad(`${tokens.length} rotations found, 1 to 4 expected`)
  let axis = 2
  let before = 0
  tokens.forEach((token, position) => {
    const match = ROTATION.exec(token)
    if (!match) throw bad(`"${token}" cannot be read`)
    const [, improper, fold, mark, rest] = match as unknown as [string, string, string, string, string]
    const order = Number(fold)
    let matrix: Matrix3
    let screw: number | undefined
    if (mark === '*' || (mark === '' && order === 3 && position > 0)) {
      if (order !== 3) throw bad(`"${token}": only a threefold axis lies along the body diagonal`)
      matrix = BODY_DIAGONAL
    } else if (mark === "'" || mark === '"' || (mark === '' && position === 1 && order === 2 && (before === 3 || before === 6))) {
      if (order !== 2) throw bad(`"${token}": only a twofold axis lies along a face diagonal`)
      matrix = aboutAxis(ABOUT_Z[`2${mark || "'"}`]!, axis)
    } else {
      // implied: the first rotation about z, a second twofold about x
      const own = mark ? 'xyz'.indexOf(mark) : position === 1 && order === 2 ? 0 : 2
      if (position === 0 || mark) axis = own
      matrix = aboutAxis(ABOUT_Z[order]!, own)
      screw = own
    }
    const t: [number, number, number] = [0, 0, 0]
    for (const sign of rest) {
      const glide = GLIDES[sign]
      if (glide) for (let i = 0; i < 3; i++) t[i]! += glide[i]!
      else if (screw !== undefined && Number(sign) < order) t[screw]! += (24 * Number(sign)) / order
      else throw bad(`"${token}" is no screw axis`)
    }
    generators.push(operation(improper ? (matrix.map(e => -e) as unknown as Matrix3) : matrix, t))
    before = order
  })
  return change === undefined ? generators : changeBasis(generators, change, bad)
}

/** Applies the origin shift `(vx vy vz)` in twelfths, or the operator `(x+1/4,y,z)`, that may close a symbol: V S V⁻¹. */
function changeBasis(generators: SymmetryOperation[], change: string, bad: (why: string) => OperandoError): SymmetryOperation[] {
  let v: SymmetryOperation
  if (change.includes(',')) v = parseOperation(change)
  else {
    const shift = change.trim().split(/\s+/).map(Number)
    if (shift.length !== 3 || !shift.every(Number.isInteger)) throw bad(`the change of basis "(${change})" cannot be read`)
    v = operation(IDENTITY, shift.map(s => 2 * s) as unknown as Vector3)
  }
  const inverse = inverseOperation(v)
  return generators.map(s => compose(compose(v, s), inverse))
}

/** The operation that undoes another. */
function inverseOperation({
  rotation: [a, b, c, d, e, f, g, h, i],
  translation: [x, y, z],
}: SymmetryOperation): SymmetryOperation {
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  const r = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ].map(m => m / det + 0) as unknown as Matrix3
  return operation(r, [-(r[0] * x + r[1] * y + r[2] * z), -(r[3] * x + r[4] * y + r[5] * z), -(r[6] * x + r[7] * y + r[8] * z)])
}
