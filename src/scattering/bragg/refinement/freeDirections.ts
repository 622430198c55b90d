import { congruence, type Matrix3, type Symmetric3, transpose3, type Vector3 } from '../../../model/crystal/matrix3.js'
import { specialPosition } from '../../../model/crystal/siteSymmetry.js'
import type { SpaceGroup } from '../../../model/crystal/spaceGroup.js'
import { applyOperation } from '../../../model/crystal/symmetryOperation.js'

/** Numbers that a symmetry leaves free among some, and how all follow from them. */
export interface FreeDirections {
  /** Indices of the free numbers. */
  readonly free: readonly number[]
  /** All numbers by the free ones: row-major, all x free. */
  readonly matrix: Float64Array
}

/**
 * Which coordinates of a site are free, and how the others follow.
 * @param group    The space group.
 * @param position Fractions of a, b, c.
 */
export function freeCoordinates(group: SpaceGroup, position: Vector3): FreeDirections {
  const rotations = stabilizer(group, position)
  const mean = new Float64Array(9)
  for (const r of rotations) for (let i = 0; i < 9; i++) mean[i]! += r[i]! / rotations.length
  return pivots(mean, 3)
}

/**
 * Which of U11, U22, U33, U23, U13, U12 are free, on the axes where U_ij a*_i a*_j is a tensor, and how the others follow there.
 * @param group    The space group.
 * @param position Fractions of a, b, c.
 */
export function freeDisplacements(group: SpaceGroup, position: Vector3): FreeDirections {
  const rotations = stabilizer(group, position)
  const mean = new Float64Array(36)
  for (let j = 0; j < 6; j++) {
    const unit = [0, 0, 0, 0, 0, 0]
    unit[j] = 1
    for (const r of rotations) {
      const image = congruence(transpose3(r), unit as unknown as Symmetric3)
      for (let i = 0; i < 6; i++) mean[6 * i + j]! += image[i]! / rotations.length
    }
  }
  return pivots(mean, 6)
}

/** Rotations of the operations that leave a position where it is. */
function stabilizer(group: SpaceGroup, position: Vector3): Matrix3[] {
  const exact = specialPosition(group, position)
  return group.operations
    .filter(o => applyOperation(o, exact).every((x, i) => Math.abs(x - exact[i]! - Math.round(x - exact[i]!)) < 1e-6))
    .map(o => o.rotation)
}

/** The column space of a projection, by its first independent rows. */
function pivots(projection: Float64Array, n: number): FreeDirections {
  // columns by elimination on rows: a basis in which the pivot rows are the unit matrix
  const columns = Array.from({ length: n }, (_, j) => Array.from({ length: n }, (_, i) => projection[n * i + j]!))
  const free: number[] = []
  const basis: number[][] = []
  for (let i = 0; i < n; i++) {
    const candidate = columns.find(column => Math.abs(column[i]!) > 1e-9)
    if (!candidate) continue
    const pivot = candidate.map(value => value / candidate[i]!)
    for (const other of [...columns, ...basis]) {
      const factor = other[i]!
      if (factor !== 0) for (let k = 0; k < n; k++) other[k]! -= factor * pivot[k]!
    }
    basis.push(pivot)
    free.push(i)
  }
  const matrix = new Float64Array(n * free.length)
  basis.forEach((column, j) => {
    for (let i = 0; i < n; i++) matrix[free.length * i + j] = Math.abs(column[i]!) < 1e-12 ? 0 : column[i]!
  })
  return { free, matrix }
}
