import { OperandoError } from '../../core/errors.js'
import { type Matrix3, multiply3, type Vector3 } from './matrix3.js'

/** Translations of symmetry operations are whole 24ths of an edge, so that groups close exactly. */
export const TRANSLATION_UNIT = 24

/** A symmetry operation on fractional coordinates: x' = rotation x + translation / 24. */
export interface SymmetryOperation {
  /** 3 x 3 whole numbers, row-major. */
  readonly rotation: Matrix3
  /** In 24ths of the edges, each 0 to 23. */
  readonly translation: Vector3
}

const wrap = (t: number): number => ((t % TRANSLATION_UNIT) + TRANSLATION_UNIT) % TRANSLATION_UNIT

/** An operation with its translation brought to 0 ... 23. */
export function operation(rotation: Matrix3, [x, y, z]: Vector3): SymmetryOperation {
  // + 0 turns -0 into 0, so that equal operations are equal to every comparison
  return { rotation: rotation.map(e => e + 0) as unknown as Matrix3, translation: [wrap(x), wrap(y), wrap(z)] }
}

/** First `second`, then `first`: the operation first(second(x)). */
export function compose(first: SymmetryOperation, second: SymmetryOperation): SymmetryOperation {
  const [x, y, z] = rotate(first.rotation, second.translation)
  const [tx, ty, tz] = first.translation
  return operation(multiply3(first.rotation, second.rotation), [x + tx, y + ty, z + tz])
}

function rotate(r: Matrix3, [x, y, z]: Vector3): Vector3 {
  return [r[0] * x + r[1] * y + r[2] * z, r[3] * x + r[4] * y + r[5] * z, r[6] * x + r[7] * y + r[8] * z]
}

/** A number that is the same for rotations that are the same: elements -2 ... 2 as digits. */
export function rotationKey(rotation: Matrix3): number {
  let key = 0
  for (const e of rotation) key = key * 5 + e + 2
  return key
}

/** A whole number below 2^53 that is the same for operations that are the same. */
export function operationKey({ rotation, translation: [x, y, z] }: SymmetryOperation): number {
  return ((rotationKey(rotation) * TRANSLATION_UNIT + x) * TRANSLATION_UNIT + y) * TRANSLATION_UNIT + z
}

/**
 * Where an operation takes a position. Not brought back into the cell.
 * @param operation A symmetry operation.
 * @param position  Fractions of a, b, c.
 * @example
 * ```ts
 * import { applyOperation, parseOperation } from 'operando'
 * applyOperation(parseOperation('-y,x,z+1/4'), [0.1, 0.2, 0.3]) // [-0.2, 0.1, 0.55]
 * ```
 */
export function applyOperation({ rotation, translation }: SymmetryOperation, position: Vector3): Vector3 {
  const [x, y, z] = rotate(rotation, position)
  return [x + translation[0] / TRANSLATION_UNIT, y + translation[1] / TRANSLATION_UNIT, z + translation[2] / TRANSLATION_UNIT]
}

const TERM = /([+-]?)(?:(\d+(?:\.\d*)?|\.\d+)(?:\/(\d+(?:\.\d*)?))?\*?)?([xyz]?)/y

/**
 * Reads an operation as CIF files write it: `x,y,z`, `-y+1/2, x, z`, `1/2+X, .5-Y, Z`.
 * @param text Three terms parted by commas.
 * @throws OperandoError `E_FORMAT` when the text is no operation: not three terms, other letters, a translation that is no 24th, a
 *   matrix that does not keep the volume.
 * @example
 * ```ts
 * import { parseOperation } from 'operando'
 * parseOperation('-x+1/2, y, z').translation // [12, 0, 0]
 * ```
 */
export function parseOperation(text: string): SymmetryOperation {
  const bad = (why: string): OperandoError =>
    new OperandoError('E_FORMAT', `Symmetry operation "${text}": ${why}. Three terms such as "-x+1/2, y, z" expected.`, {
      details: { found: text },
    })
  if (typeof text !== 'string') throw bad(`${typeof text} found`)
  const parts = text.toLowerCase().replace(/\s+/g, '').split(',')
  if (parts.length !== 3) throw bad(`${parts.length} terms found`)
  const rotation: number[] = []
  const translation: number[] = []
  for (const part of parts) {
    const row = [0, 0, 0, 0]
    if (part === '') throw bad('an empty term')
    for (TERM.lastIndex = 0; TERM.lastIndex < part.length; ) {
      const match = TERM.exec(part)
      if (!match || match[0] === '' || /^[+-]$/.test(match[0])) throw bad(`"${part}" cannot be read`)
      const size = match[2] === undefined ? 1 : Number(match[2]) / Number(match[3] ?? 1)
      row[match[4] ? 'xyz'.indexOf(match[4]) : 3]! += match[1] === '-' ? -size : size
    }
    if (row.slice(0, 3).some(e => !Number.isInteger(e) || Math.abs(e) > 2))
      throw bad(`"${part}" is no whole combination of x, y, z`)
    const t = row[3]! * TRANSLATION_UNIT
    // 0.333 and 0.6667 stand for thirds
    if (!(Math.abs(t - Math.round(t)) <= 0.02)) throw bad(`the translation of "${part}" is no multiple of 1/24`)
    rotation.push(row[0]!, row[1]!, row[2]!)
    translation.push(Math.round(t))
  }
  const matrix = rotation as unknown as Matrix3
  const [a, b, c, d, e, f, g, h, i] = matrix
  if (Math.abs(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)) !== 1) throw bad('its determinant is not 1 or -1')
  return operation(matrix, translation as unknown as Vector3)
}

/**
 * Writes an operation the way the International Tables do: `-y+1/2,x,z`.
 * @param operation A symmetry operation.
 * @example
 * ```ts
 * import { formatOperation, parseOperation } from 'operando'
 * formatOperation(parseOperation('1/2 - X, Y, 0.75 + Z')) // '-x+1/2,y,z+3/4'
 * ```
 */
export function formatOperation({ rotation, translation }: SymmetryOperation): string {
  return [0, 1, 2]
    .map(row => {
      let text = ''
      for (let i = 0; i < 3; i++) {
        const e = rotation[3 * row + i]!
        if (e !== 0) text += `${e < 0 ? '-' : text && '+'}${Math.abs(e) === 1 ? '' : `${Math.abs(e)}*`}${'xyz'[i]}`
      }
      const t = translation[row]!
      if (t === 0) return text
      const divisor = [12, 8, 6, 4, 3, 2, 1].find(n => t % n === 0 && TRANSLATION_UNIT % n === 0)!
      return `${text}+${t / divisor}/${TRANSLATION_UNIT / divisor}`
    })
    .join(',')
}
