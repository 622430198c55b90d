import { latticeSystem } from '../../../model/crystal/latticeSystem.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import { CELL_NUMBERS, SYSTEM_NUMBERS } from '../lineProblem.js'
import type { PowderReflection } from '../simulatePattern.js'

/** A number of a unit cell that symmetry leaves free. */
export type CellParameter = 'a' | 'b' | 'c' | 'alpha' | 'beta' | 'gamma'

/** A unit cell as what may change in it, with the derivatives that a fit needs. */
export interface FreeCell {
  /** The free numbers, in order. */
  readonly names: readonly CellParameter[]
  /** Their values in the cell that it was made from, Å and degrees. */
  readonly start: readonly number[]
  /**
   * Spacings of all lines, and how they and the volume change. Allocates nothing.
   * @param values The free numbers; read from `at` on.
   * @param at     Where they begin.
   * @param out    Receives, line by line, 1/d in 1/Å and d(1/d) / d(free number): n x (1 + k) numbers.
   * @returns Volume in Å³, then d(ln volume) / d(free number); the same array at each call.
   */
  spacings(values: Float64Array, at: number, out: Float64Array): Float64Array
}

const RADIAN = Math.PI / 180

/**
 * The free numbers of a cell: those that its lattice system does not tie. A tetragonal cell must have c as its axis, a monoclinic one b.
 * @param cell        The cell at the start.
 * @param reflections The lines.
 */
export function createFreeCell(cell: UnitCell, reflections: readonly Pick<PowderReflection, 'hkl'>[]): FreeCell {
  const sets = SYSTEM_NUMBERS[latticeSystem(cell)]
  const names = sets.map(set => CELL_NUMBERS[set[0]!]!)
  const k = names.length
  const hkl = Int32Array.from(reflections.flatMap(reflection => reflection.hkl))
  const fixed = Float64Array.from(CELL_NUMBERS, name => cell[name])
  // which free number sets each of the six; -1 for those that none sets
  const setBy = Int32Array.from(CELL_NUMBERS, (_, number) => sets.findIndex(set => set.includes(number)))
  const now = new Float64Array(6)
  const bySix = new Float64Array(6)
  const volume = new Float64Array(1 + k)

  return {
    names,
    start: names.map(name => cell[name]),
    spacings(values, at, out) {
      for (let i = 0; i < 6; i++) now[i] = setBy[i]! < 0 ? fixed[i]! : values[at + setBy[i]!]!
      const [a, b, c] = [now[0]!, now[1]!, now[2]!]
      const [ca, cb, cg] = [cosine(now[3]!), cosine(now[4]!), cosine(now[5]!)]
      const [sa, sb, sg] = [Math.sin(now[3]! * RADIAN), Math.sin(now[4]! * RADIAN), Math.sin(now[5]! * RADIAN)]
      const w = 1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg
      // the reciprocal metric
      const xx = (sa * sa) / (w * a * a)
      const yy = (sb * sb) / (w * b * b)
      const zz = (sg * sg) / (w * c * c)
      const yz = (cb * cg - ca) / (w * b * c)
      const xz = (ca * cg - cb) / (w * a * c)
      const xy = (ca * cb - cg) / (w * a * b)
      volume[0] = a * b * c * Math.sqrt(w)
      bySix[0] = 1 / a
      bySix[1] = 1 / b
      bySix[2] = 1 / c
      bySix[3] = (RADIAN * sa * (ca - cb * cg)) / w
      bySix[4] = (RADIAN * sb * (cb - ca * cg)) / w
      bySix[5] = (RADIAN * sg * (cg - ca * cb)) / w
      for (let j = 0; j < k; j++) volume[1 + j] = 0
      for (let i = 0; i < 6; i++) if (setBy[i]! >= 0) volume[1 + setBy[i]!]! += bySix[i]!

      for (let r = 0; 3 * r < hkl.length; r++) {
        const [h, m, l] = [hkl[3 * r]!, hkl[3 * r + 1]!, hkl[3 * r + 2]!]
        const x = xx * h + xy * m + xz * l
        const y = xy * h + yy * m + yz * l
        const z = xz * h + yz * m + zz * l
        const inverse = Math.sqrt(h * x + m * y + l * z)
        out[r * (1 + k)] = inverse
        // d(1/d²) = -v dG v with v = G* h, and d(1/d) = d(1/d²) d / 2
        const half = 0.5 / inverse
        bySix[0] = -2 * x * (a * x + b * cg * y + c * cb * z)
        bySix[1] = -2 * y * (b * y + a * cg * x + c * ca * z)
        bySix[2] = -2 * z * (c * z + a * cb * x + b * ca * y)
        bySix[3] = 2 * RADIAN * b * c * sa * y * z
        bySix[4] = 2 * RADIAN * a * c * sb * x * z
        bySix[5] = 2 * RADIAN * a * b * sg * x * y
        for (let j = 0; j < k; j++) out[r * (1 + k) + 1 + j] = 0
        for (let i = 0; i < 6; i++) if (setBy[i]! >= 0) out[r * (1 + k) + 1 + setBy[i]!]! += half * bySix[i]!
      }
      return volume
    },
  }
}

/** Exact at 90 degrees, where Math.cos leaves 6e-17. */
function cosine(degrees: number): number {
  return degrees === 90 ? 0 : Math.cos(degrees * RADIAN)
}
