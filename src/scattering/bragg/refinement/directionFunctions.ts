import type { Hkl } from '../../../model/crystal/matrix3.js'
import { reciprocalMetric } from '../../../model/crystal/reciprocalCell.js'
import { equivalentReflections } from '../../../model/crystal/reflectionSymmetry.js'
import type { SpaceGroup } from '../../../model/crystal/spaceGroup.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'

/** cos² of the angle between two plane normals. */
function cosSquareOf(cell: UnitCell): (x: Hkl, y: Hkl) => number {
  const g = reciprocalMetric(cell)
  const dot = (x: Hkl, y: Hkl): number =>
    g[0] * x[0] * y[0] +
    g[1] * x[1] * y[1] +
    g[2] * x[2] * y[2] +
    g[3] * (x[1] * y[2] + x[2] * y[1]) +
    g[4] * (x[0] * y[2] + x[2] * y[0]) +
    g[5] * (x[0] * y[1] + x[1] * y[0])
  return (x, y) => Math.min(1, dot(x, y) ** 2 / (dot(x, x) * dot(y, y)))
}

const hklAt = (hkl: Int32Array, r: number): Hkl => [hkl[3 * r]!, hkl[3 * r + 1]!, hkl[3 * r + 2]!]

/** cos² of the angles between an axis and the planes equivalent to each line. */
export function anglesToAxis(cell: UnitCell, group: SpaceGroup, hkl: Int32Array, axis: Hkl): Float64Array[] {
  const cosSquare = cosSquareOf(cell)
  return Array.from({ length: hkl.length / 3 }, (_, r) =>
    Float64Array.from(equivalentReflections(group, hklAt(hkl, r)), plane => cosSquare(plane, axis)),
  )
}

/** The fifteen quartic monomials of Stephens, h^H k^K l^L, in the usual order. */
export const QUARTICS: readonly Hkl[] = [
  [4, 0, 0],
  [0, 4, 0],
  [0, 0, 4],
  [2, 2, 0],
  [2, 0, 2],
  [0, 2, 2],
  [3, 1, 0],
  [1, 0, 3],
  [0, 3, 1],
  [1, 3, 0],
  [3, 0, 1],
  [0, 1, 3],
  [2, 1, 1],
  [1, 2, 1],
  [1, 1, 2],
]

/** Functions of direction that a symmetry leaves independent. */
export interface DirectionFunctions {
  /** Which of the functions asked for they are. */
  readonly kept: readonly number[]
  /** Their values, line by line, `kept.length` a line. */
  readonly values: Float64Array
}

/** Stephens' monomials, meaned over equivalent planes; those that depend on earlier ones are left out. */
export function stephensFunctions(group: SpaceGroup, hkl: Int32Array): DirectionFunctions {
  const monomial = ([h, k, l]: Hkl, [i, j, m]: Hkl): number => h ** i * k ** j * l ** m
  return symmetrised(group, hkl, QUARTICS.length, planes =>
    QUARTICS.map(powers => planes.reduce((sum, plane) => sum + monomial(plane, powers), 0) / planes.length),
  )
}

/** Real spherical harmonics of even orders 2 to `order` of the plane normals, meaned over equivalent planes; those that depend on earlier ones are left out. */
export function harmonicFunctions(cell: UnitCell, group: SpaceGroup, hkl: Int32Array, order: number): DirectionFunctions {
  const normal = normalsOf(cell)
  const count = harmonicsOf([0, 0, 1], order).length
  return symmetrised(group, hkl, count, planes => {
    const sum = new Array<number>(count).fill(0)
    for (const plane of planes)
      harmonicsOf(normal(plane), order).forEach((value, i) => {
        sum[i]! += value / planes.length
      })
    return sum
  })
}

/** Keeps what is independent on a set of planes of all directions. */
function symmetrised(
  group: SpaceGroup,
  hkl: Int32Array,
  count: number,
  of: (planes: readonly Hkl[]) => number[],
): DirectionFunctions {
  const rows: number[][] = []
  for (let h = -4; h <= 4; h++)
    for (let k = -4; k <= 4; k++)
      for (let l = 0; l <= 4; l++) if (h || k || l) rows.push(of(equivalentReflections(group, [h, k, l])))
  const kept: number[] = []
  const basis: number[][] = []
  for (let i = 0; i < count; i++) {
    const column = rows.map(row => row[i]!)
    const size = Math.hypot(...column)
    for (const other of basis) {
      const along = column.reduce((sum, value, k) => sum + value * other[k]!, 0)
      column.forEach((_, k) => {
        column[k]! -= along * other[k]!
      })
    }
    const left = Math.hypot(...column)
    if (!(left > 1e-6 * size && size > 1e-9)) continue
    kept.push(i)
    basis.push(column.map(value => value / left))
  }
  const lines = hkl.length / 3
  const values = new Float64Array(lines * kept.length)
  for (let r = 0; r < lines; r++) {
    const all = of(equivalentReflections(group, hklAt(hkl, r)))
    kept.forEach((i, k) => {
      values[r * kept.length + k] = all[i]!
    })
  }
  return { kept, values }
}

/** Unit vectors of plane normals, a* along x, c* ... in a Cartesian frame: rows of the Cholesky factor of the reciprocal metric. */
function normalsOf(cell: UnitCell): (plane: Hkl) => [number, number, number] {
  const [xx, yy, zz, yz, xz, xy] = reciprocalMetric(cell)
  const a = Math.sqrt(zz)
  const [b, c] = [xz / a, yz / a]
  const d = Math.sqrt(xx - b * b)
  const e = (xy - b * c) / d
  const f = Math.sqrt(yy - c * c - e * e)
  return ([h, k, l]) => {
    // c* is the z axis
    const v = [d * h + e * k, f * k, b * h + c * k + a * l] as const
    const length = Math.hypot(...v)
    return [v[0] / length, v[1] / length, v[2] / length]
  }
}

/** Real spherical harmonics of even orders from 2, mean square 1 over the sphere: by order, then m = 0, cos, sin, cos 2 ... */
function harmonicsOf([x, y, z]: readonly [number, number, number], order: number): number[] {
  const out: number[] = []
  const phi = Math.atan2(y, x)
  for (let l = 2; l <= order; l += 2)
    for (let m = 0; m <= l; m++) {
      const value = legendre(l, m, z) * Math.sqrt((2 * l + 1) * (m === 0 ? 1 : 2))
      out.push(value * Math.cos(m * phi))
      if (m > 0) out.push(value * Math.sin(m * phi))
    }
  return out
}

/** Associated Legendre function times sqrt((l - m)! / (l + m)!). */
function legendre(l: number, m: number, x: number): number {
  let value = 1
  const sin = Math.sqrt(Math.max(0, 1 - x * x))
  for (let i = 1; i <= m; i++) value *= Math.sqrt((2 * i - 1) / (2 * i)) * sin
  let before = 0
  for (let n = m; n < l; n++) {
    const next = ((2 * n + 1) * x * value - Math.sqrt(n * n - m * m) * before) / Math.sqrt((n + 1) ** 2 - m * m)
    before = value
    value = next
  }
  return value
}
