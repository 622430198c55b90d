import type { LatticeSystem } from '../../model/crystal/latticeSystem.js'
import { type Hkl, inverseSymmetric, type Symmetric3 } from '../../model/crystal/matrix3.js'
import { reciprocalMetric } from '../../model/crystal/reciprocalCell.js'
import { createUnitCell, type UnitCell } from '../../model/crystal/unitCell.js'
import type { CombinedProblem } from '../../numeric/leastSquares/types.js'
import { householderQr, solveUpper } from '../../numeric/linear/householder.js'
import type { PeakAxis } from './dSpacingOfPeak.js'

/** The numbers of a cell in their order. */
export const CELL_NUMBERS = ['a', 'b', 'c', 'alpha', 'beta', 'gamma'] as const

/** The free numbers of a cell by lattice system: each as the numbers that it sets. */
export const SYSTEM_NUMBERS: Readonly<Record<LatticeSystem, readonly (readonly number[])[]>> = {
  cubic: [[0, 1, 2]],
  tetragonal: [[0, 1], [2]],
  hexagonal: [[0, 1], [2]],
  rhombohedral: [
    [0, 1, 2],
    [3, 4, 5],
  ],
  orthorhombic: [[0], [1], [2]],
  monoclinic: [[0], [1], [2], [4]],
  triclinic: [[0], [1], [2], [3], [4], [5]],
}

/** The same for the elements 11, 22, 33, 23, 13, 12 of the reciprocal metric tensor, in which 1/d² is linear. */
const SYSTEM_METRIC: Readonly<Record<LatticeSystem, readonly Symmetric3[]>> = {
  cubic: [[1, 1, 1, 0, 0, 0]],
  tetragonal: [
    [1, 1, 0, 0, 0, 0],
    [0, 0, 1, 0, 0, 0],
  ],
  hexagonal: [
    [1, 1, 0, 0, 0, 0.5],
    [0, 0, 1, 0, 0, 0],
  ],
  rhombohedral: [
    [1, 1, 1, 0, 0, 0],
    [0, 0, 0, 1, 1, 1],
  ],
  orthorhombic: [
    [1, 0, 0, 0, 0, 0],
    [0, 1, 0, 0, 0, 0],
    [0, 0, 1, 0, 0, 0],
  ],
  monoclinic: [
    [1, 0, 0, 0, 0, 0],
    [0, 1, 0, 0, 0, 0],
    [0, 0, 1, 0, 0, 0],
    [0, 0, 0, 0, 1, 0],
  ],
  triclinic: [
    [1, 0, 0, 0, 0, 0],
    [0, 1, 0, 0, 0, 0],
    [0, 0, 1, 0, 0, 0],
    [0, 0, 0, 1, 0, 0],
    [0, 0, 0, 0, 1, 0],
    [0, 0, 0, 0, 0, 1],
  ],
}

/** Derivative of 1/d² by a free element of the metric. */
function share([h, k, l]: Hkl, [xx, yy, zz, yz, xz, xy]: Symmetric3): number {
  return xx * h * h + yy * k * k + zz * l * l + 2 * (yz * k * l + xz * h * l + xy * h * k)
}

/** The cell that fits 1/d² best, all lines with like relative errors; undefined where the lines do not determine one. */
export function cellOfLines(
  lines: readonly { readonly hkl: Hkl }[],
  inverseSquares: readonly number[],
  system: LatticeSystem,
): UnitCell | undefined {
  const free = SYSTEM_METRIC[system]
  const n = lines.length
  const equations = new Float64Array(n * free.length)
  const rhs = new Float64Array(n).fill(1)
  free.forEach((element, k) => {
    lines.forEach(({ hkl }, i) => {
      equations[k * n + i] = share(hkl, element) / inverseSquares[i]!
    })
  })
  const norms = free.map((_, k) => Math.hypot(...equations.subarray(k * n, (k + 1) * n)))
  householderQr(equations, n, free.length, rhs)
  if (norms.some((norm, k) => !(Math.abs(equations[k * n + k]!) > 1e-9 * norm))) return undefined
  solveUpper(equations, n, free.length, rhs)
  const elements = [0, 1, 2, 3, 4, 5].map(e => free.reduce((sum, element, k) => sum + rhs[k]! * element[e]!, 0))
  const [aa, bb, cc, bc, ac, ab] = inverseSymmetric(elements as unknown as Symmetric3)
  if (!(aa > 0 && bb > 0 && cc > 0)) return undefined
  const [a, b, c] = [Math.sqrt(aa), Math.sqrt(bb), Math.sqrt(cc)]
  const angles = [bc / (b * c), ac / (a * c), ab / (a * b)].map(v => Math.acos(v) * DEGREES) as [number, number, number]
  if (system === 'hexagonal') angles[2] = 120
  const closes = angles.every(v => v > 0) && angles[0] + angles[1] + angles[2] < 360
  return closes ? createUnitCell({ a, b, c, alpha: angles[0], beta: angles[1], gamma: angles[2] }) : undefined
}

/** What positions depend on. */
export interface LineModel {
  /** Lattice system. */
  readonly system: LatticeSystem
  /** Numbers that the system fixes. */
  readonly cell: UnitCell
  /** What positions are. */
  readonly axis: PeakAxis
  /** Å, for twoTheta. */
  readonly wavelength: number
  /** Whether a zero shift follows the free numbers of the cell. */
  readonly zero: boolean
  /** Whether a displacement comes last. */
  readonly displacement: boolean
}

const DEGREES = 180 / Math.PI

/** A cell with some of its numbers set. */
export function cellWith(cell: UnitCell, values: ArrayLike<number>, free: readonly (readonly number[])[]): UnitCell {
  const numbers = CELL_NUMBERS.map(name => cell[name]) as [number, number, number, number, number, number]
  free.forEach((sets, k) => {
    for (const i of sets) numbers[i] = values[k]!
  })
  const [a, b, c, alpha, beta, gamma] = numbers
  return { a, b, c, alpha, beta, gamma }
}

/** 1/d² and its derivatives by a, b, c, alpha, beta, gamma (degrees): -v dG v with v = G* h. */
function inverseSquareOf(cell: UnitCell, [xx, yy, zz, yz, xz, xy]: Symmetric3, [h, k, l]: Hkl, slopes: Float64Array): number {
  const { a, b, c } = cell
  const [x, y, z] = [xx * h + xy * k + xz * l, xy * h + yy * k + yz * l, xz * h + yz * k + zz * l]
  const [ca, cb, cg] = [cell.alpha, cell.beta, cell.gamma].map(v => Math.cos(v / DEGREES)) as [number, number, number]
  const [sa, sb, sg] = [cell.alpha, cell.beta, cell.gamma].map(v => Math.sin(v / DEGREES)) as [number, number, number]
  slopes[0] = -2 * x * (a * x + b * cg * y + c * cb * z)
  slopes[1] = -2 * y * (b * y + a * cg * x + c * ca * z)
  slopes[2] = -2 * z * (c * z + a * cb * x + b * ca * y)
  slopes[3] = (2 * b * c * sa * y * z) / DEGREES
  slopes[4] = (2 * a * c * sb * x * z) / DEGREES
  slopes[5] = (2 * a * b * sg * x * y) / DEGREES
  return h * x + k * y + l * z
}

/** Residuals (calculated - observed) / sigma of line positions and their derivatives. */
export function createLineProblem(
  lines: readonly { readonly hkl: Hkl }[],
  observed: readonly number[],
  sigma: readonly number[],
  { system, cell, axis, wavelength, zero, displacement }: LineModel,
): CombinedProblem {
  const n = lines.length
  const free = SYSTEM_NUMBERS[system]
  const zeroAt = free.length
  const displacementAt = zeroAt + Number(zero)
  const slopes = new Float64Array(6)
  return {
    points: n,
    evaluate(p, residual, jacobian) {
      const now = cellWith(cell, p, free)
      const metric = reciprocalMetric(now)
      for (let i = 0; i < n; i++) {
        const square = inverseSquareOf(now, metric, lines[i]!.hkl, slopes)
        const root = Math.sqrt(square)
        let position = axis === 'q' ? 2 * Math.PI * root : 1 / root
        let slope = axis === 'q' ? Math.PI / root : -0.5 / (root * square)
        let cosine = 1
        if (axis === 'twoTheta') {
          const sine = 0.5 * wavelength * root
          cosine = Math.sqrt(1 - sine * sine)
          // d(2 theta)/d(1/d²), degrees
          slope = (DEGREES * wavelength) / (2 * root * cosine)
          position = 2 * DEGREES * Math.asin(sine) + (zero ? p[zeroAt]! : 0)
          if (displacement) {
            position += p[displacementAt]! * cosine
            slope *= 1 - (p[displacementAt]! * sine) / (2 * DEGREES)
          }
        }
        residual[i] = (position - observed[i]!) / sigma[i]!
        if (!jacobian) continue
        free.forEach((sets, k) => {
          jacobian[k * n + i] = (slope * sets.reduce((sum, j) => sum + slopes[j]!, 0)) / sigma[i]!
        })
        if (zero) jacobian[zeroAt * n + i] = 1 / sigma[i]!
        if (displacement) jacobian[displacementAt * n + i] = cosine / sigma[i]!
      }
    },
  }
}
