import { cellVolume } from '../../../model/crystal/cellVolume.js'
import { dSpacing } from '../../../model/crystal/dSpacing.js'
import { type LatticeSystem, latticeSystem } from '../../../model/crystal/latticeSystem.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { PowderReflection } from '../simulatePattern.js'

/** A number of a unit cell that symmetry leaves free. */
export type CellParameter = 'a' | 'b' | 'c' | 'alpha' | 'beta' | 'gamma'

const FREE: Readonly<Record<LatticeSystem, readonly CellParameter[]>> = {
  cubic: ['a'],
  tetragonal: ['a', 'c'],
  hexagonal: ['a', 'c'],
  rhombohedral: ['a', 'alpha'],
  orthorhombic: ['a', 'b', 'c'],
  monoclinic: ['a', 'b', 'c', 'beta'],
  triclinic: ['a', 'b', 'c', 'alpha', 'beta', 'gamma'],
}

/** A unit cell as what may change in it, with the derivatives that a fit needs. */
export interface FreeCell {
  /** The free numbers, in order. */
  readonly names: readonly CellParameter[]
  /** Their values in the cell that it was made from, Å and degrees. */
  readonly start: readonly number[]
  /**
   * Spacings of all lines, and how they and the volume change.
   * @param values The free numbers; read from `at` on.
   * @param at     Where they begin.
   * @param out    Receives, line by line, 1/d in 1/Å and d(1/d) / d(free number): n x (1 + k) numbers.
   * @returns Volume in Å³, then d(ln volume) / d(free number).
   */
  spacings(values: Float64Array, at: number, out: Float64Array): Float64Array
}

/**
 * The free numbers of a cell: those that its lattice system does not tie. A tetragonal cell must have c as its axis, a monoclinic one b.
 * @param cell        The cell at the start.
 * @param reflections The lines.
 */
export function createFreeCell(cell: UnitCell, reflections: readonly Pick<PowderReflection, 'hkl'>[]): FreeCell {
  const system = latticeSystem(cell)
  const names = FREE[system]
  const k = names.length
  const start = names.map(name => cell[name])
  const cellOf = (values: Float64Array, at: number, changed = -1, change = 0): UnitCell => {
    const own = { ...cell, sigma: undefined, covariance: undefined }
    names.forEach((name, j) => {
      own[name] = values[at + j]! + (j === changed ? change : 0)
    })
    if (system === 'cubic' || system === 'rhombohedral') own.b = own.c = own.a
    if (system === 'tetragonal' || system === 'hexagonal') own.b = own.a
    if (system === 'rhombohedral') own.beta = own.gamma = own.alpha
    return own
  }
  const volume = new Float64Array(1 + k)
  return {
    names,
    start,
    spacings(values, at, out) {
      const here = cellOf(values, at)
      volume[0] = cellVolume(here)
      reflections.forEach(({ hkl }, r) => {
        out[r * (1 + k)] = 1 / dSpacing(here, hkl)
      })
      for (let j = 0; j < k; j++) {
        // central differences of smooth functions: exact to 1e-9, and the same code for all seven systems
        const step = 1e-5 * values[at + j]!
        const below = cellOf(values, at, j, -step)
        const above = cellOf(values, at, j, step)
        volume[1 + j] = (cellVolume(above) - cellVolume(below)) / (2 * step * volume[0]!)
        reflections.forEach(({ hkl }, r) => {
          out[r * (1 + k) + 1 + j] = (1 / dSpacing(above, hkl) - 1 / dSpacing(below, hkl)) / (2 * step)
        })
      }
      return volume
    },
  }
}
