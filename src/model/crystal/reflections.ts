import { OperandoError } from '../../core/errors.js'
import { type Angle, type InverseLength, type Length, toValue } from '../../core/quantity.js'
import { assertCellFitsGroup } from './cellFitsGroup.js'
import { distinctRotations } from './pointGroup.js'
import { reciprocalMetric } from './reciprocalCell.js'
import type { SpaceGroup } from './spaceGroup.js'
import type { SymmetryOperation } from './symmetryOperation.js'
import type { UnitCell } from './unitCell.js'

/** How far {@link reflections} goes: one of the three. */
export type ReflectionLimit =
  | {
      /** Smallest spacing, Å. */
      dMin: Length
    }
  | {
      /** Largest scattering vector, Å⁻¹. */
      qMax: InverseLength
    }
  | {
      /** Largest scattering angle, degrees. */
      twoThetaMax: Angle
      /** Wavelength of the angle, Å. */
      wavelength: Length
    }

/** Unique reflections of a powder, n of them, by falling d. Plain columns, so that kernels can run over them. */
export interface ReflectionList {
  /** How many. */
  readonly count: number
  /** Miller indices, n x 3, row-major. */
  readonly hkl: Int32Array
  /** Spacings in Å, n values, not rising. */
  readonly d: Float64Array
  /** 2 pi / d in Å⁻¹, n values, not falling. */
  readonly q: Float64Array
  /** How many reflections of the Laue class fall together on each, Friedel mates counted. */
  readonly multiplicity: Int32Array
}

/** More lines than this are a mistake of unit, not a pattern. */
const MOST = 2_000_000

/** Spacings this near to the limit, relative, stand at it: one given as an angle or read from a table has lost its last digits. */
const AT_LIMIT = 1e-9

/**
 * The unique reflections of a crystal down to a smallest spacing, systematic absences left out. Of equivalent reflections the one with fewest
 * negative indices stands for all, then the first negative index foremost, then the largest h, k, l. Lines of equal d that are not equivalent
 * (333 and 511) stay apart.
 *
 * @param cell  The unit cell.
 * @param group The space group; its multiplicity is that of the Laue class, see `multiplicity`.
 * @param limit `{ dMin }` in Å, `{ qMax }` in Å⁻¹, or `{ twoThetaMax, wavelength }` in degrees and Å. The limit itself is
 *   included, and so are spacings that miss it by no more than one part in 1e9; equivalents are in or out together.
 * @throws OperandoError `E_ARGUMENT` when the cell does not have the group's symmetry or no limit is given, `E_RANGE` for a limit that is not positive,
 *   `E_LIMIT` when there would be more than two million.
 * @example
 * ```ts
 * import { createUnitCell, reflections, spaceGroup } from 'operando'
 * const list = reflections(createUnitCell({ a: 5.43102 }), spaceGroup('Fd-3m'), { twoThetaMax: 60, wavelength: 1.5406 })
 * console.log([...list.hkl]) // 1 1 1, 2 2 0, 3 1 1
 * ```
 */
export function reflections(cell: UnitCell, group: SpaceGroup, limit: ReflectionLimit): ReflectionList {
  assertCellFitsGroup(cell, group)
  const sMax = largestInverseSquare(limit) * (1 + AT_LIMIT) ** 2
  const [g11, g22, g33, g23, g13, g12] = reciprocalMetric(cell)
  const volume = 1 / Math.sqrt(g11 * g22 * g33 + 2 * g12 * g13 * g23 - g11 * g23 * g23 - g22 * g13 * g13 - g33 * g12 * g12)
  if (!((4 / 3) * Math.PI * sMax ** 1.5 * volume < MOST * 48)) {
    throw new OperandoError(
      'E_LIMIT',
      `Reflections down to d = ${1 / Math.sqrt(sMax)} Å would be millions. Is the limit in Å (dMin), Å⁻¹ (qMax), degrees?`,
    )
  }
  const symmetry = new ReflectionSymmetry(group)
  const found: number[] = []
  const inverse: number[] = []
  // |h| = |a . s| <= a |s|, and for given h and k the quadratic form limits l
  const hMax = Math.floor(cell.a * Math.sqrt(sMax))
  const kMax = Math.floor(cell.b * Math.sqrt(sMax))
  for (let h = -hMax; h <= hMax; h++) {
    for (let k = -kMax; k <= kMax; k++) {
      const base = g11 * h * h + g22 * k * k + 2 * g12 * h * k
      const middle = -(g23 * k + g13 * h) / g33
      const square = middle * middle + (sMax - base) / g33
      if (square < 0) continue
      const reach = Math.sqrt(square)
      const last = Math.floor(middle + reach)
      for (let l = Math.ceil(middle - reach); l <= last; l++) {
        if (h === 0 && k === 0 && l === 0) continue
        const multiplicity = symmetry.multiplicityIfUnique(h, k, l)
        if (multiplicity === 0) continue
        found.push(h, k, l, multiplicity)
        inverse.push(base + l * (g33 * l + 2 * (g23 * k + g13 * h)))
      }
    }
  }
  return sorted(found, inverse)
}

/** (1/d)² of the limit. */
function largestInverseSquare(limit: ReflectionLimit): number {
  const positive = (value: number, name: string): number => {
    if (value > 0) return value
    throw new OperandoError('E_RANGE', `${name} = ${value}: a positive number expected.`, { details: { name } })
  }
  const given = ['dMin', 'qMax', 'twoThetaMax'].filter(name => name in Object(limit))
  if (given.length !== 1) {
    throw new OperandoError(
      'E_ARGUMENT',
      `reflections: one of dMin, qMax, twoThetaMax (with wavelength) expected, found ${given.join(' and ') || 'none'}.`,
    )
  }
  if ('dMin' in limit) return positive(toValue(limit.dMin, 'Å', 'dMin'), 'dMin') ** -2
  if ('qMax' in limit) return (positive(toValue(limit.qMax, '1/Å', 'qMax'), 'qMax') / (2 * Math.PI)) ** 2
  const twoTheta = positive(toValue(limit.twoThetaMax, 'deg', 'twoThetaMax'), 'twoThetaMax')
  if (twoTheta > 180) throw new OperandoError('E_RANGE', `twoThetaMax = ${twoTheta} degrees: at most 180 expected.`)
  const wavelength = positive(toValue(limit.wavelength, 'Å', 'wavelength'), 'wavelength')
  return ((2 * Math.sin((twoTheta * Math.PI) / 360)) / wavelength) ** 2
}

/** The group's rotations and translations as flat numbers, for the loop. */
class ReflectionSymmetry {
  /** Rotations of the Laue class, 9 numbers each. */
  readonly #laue: Int32Array
  /** Rotation and translation of every operation, 12 numbers each. */
  readonly #operations: Int32Array

  constructor(group: SpaceGroup) {
    const rotations = distinctRotations(group.operations)
    this.#laue = Int32Array.from(rotations.flatMap(r => (group.isCentrosymmetric ? [...r] : [...r, ...r.map(e => -e)])))
    // the centrings first: they leave out most
    const trace = ({ rotation: r }: SymmetryOperation): number => r[0] + r[4] + r[8]
    const operations = [...group.operations].sort((x, y) => trace(y) - trace(x))
    this.#operations = Int32Array.from(operations.flatMap(o => [...o.rotation, ...o.translation]))
  }

  /** 0 if hkl is absent or another of its equivalents stands for it, else its multiplicity. */
  multiplicityIfUnique(h: number, k: number, l: number): number {
    const laue = this.#laue
    const score = negativity(h, k, l)
    let same = 0
    for (let i = 0; i < laue.length; i += 9) {
      const h2 = h * laue[i]! + k * laue[i + 3]! + l * laue[i + 6]!
      const k2 = h * laue[i + 1]! + k * laue[i + 4]! + l * laue[i + 7]!
      const l2 = h * laue[i + 2]! + k * laue[i + 5]! + l * laue[i + 8]!
      const score2 = negativity(h2, k2, l2)
      if (score2 < score) return 0
      if (score2 > score) continue
      if (h2 !== h ? h2 > h : k2 !== k ? k2 > k : l2 > l) return 0
      if (h2 === h && k2 === k && l2 === l) same++
    }
    return this.#isAbsent(h, k, l) ? 0 : laue.length / 9 / same
  }

  #isAbsent(h: number, k: number, l: number): boolean {
    const o = this.#operations
    for (let i = 0; i < o.length; i += 12) {
      if ((h * o[i + 9]! + k * o[i + 10]! + l * o[i + 11]!) % 24 === 0) continue
      if (h * o[i]! + k * o[i + 3]! + l * o[i + 6]! !== h) continue
      if (h * o[i + 1]! + k * o[i + 4]! + l * o[i + 7]! !== k) continue
      if (h * o[i + 2]! + k * o[i + 5]! + l * o[i + 8]! === l) return true
    }
    return false
  }
}

/** Number of negative indices, then which: -h is better than -k, -k than -l. */
function negativity(h: number, k: number, l: number): number {
  return (h < 0 ? 9 : 0) + (k < 0 ? 10 : 0) + (l < 0 ? 12 : 0)
}

/** Sorts by d; lines of the same d (but for rounding) by their indices, so that the order does not hang on rounding. */
function sorted(found: readonly number[], inverse: readonly number[]): ReflectionList {
  const count = inverse.length
  const order = Array.from({ length: count }, (_, i) => i).sort((i, j) => inverse[i]! - inverse[j]!)
  const byIndices = (i: number, j: number): number =>
    found[4 * j]! - found[4 * i]! || found[4 * j + 1]! - found[4 * i + 1]! || found[4 * j + 2]! - found[4 * i + 2]!
  for (let from = 0; from < count; ) {
    let to = from + 1
    while (to < count && inverse[order[to]!]! - inverse[order[to - 1]!]! < 1e-11 * inverse[order[to]!]!) to++
    const alike = to > from + 1 ? order.slice(from, to).sort(byIndices) : []
    alike.forEach((i, n) => {
      order[from + n] = i
    })
    from = to
  }
  const hkl = new Int32Array(3 * count)
  const d = new Float64Array(count)
  const q = new Float64Array(count)
  const multiplicity = new Int32Array(count)
  order.forEach((from, to) => {
    for (let i = 0; i < 3; i++) hkl[3 * to + i] = found[4 * from + i]!
    multiplicity[to] = found[4 * from + 3]!
    d[to] = 1 / Math.sqrt(inverse[from]!)
    q[to] = 2 * Math.PI * Math.sqrt(inverse[from]!)
  })
  return { count, hkl, d, q, multiplicity }
}
