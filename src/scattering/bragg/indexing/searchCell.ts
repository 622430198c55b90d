import type { UnitCell } from '../../../model/crystal/unitCell.js'
import { CELL_NUMBERS, cellWith } from '../lineProblem.js'

/** Trials that a search may take in all. */
const MOST_TRIALS = 20_000

/**
 * Looks for the lengths of edges with which most peaks have a line near: all edges by themselves on a grid of strains, the cell with the best sum of exp(-(distance / tolerance)² / 2).
 * @param cell      The cell at the start.
 * @param free      Free numbers of the cell, each as the numbers that it sets.
 * @param room      How far each edge may go, relative.
 * @param strain    Relative change of an edge that moves lines by the tolerance.
 * @param observed  Positions, rising.
 * @param tolerance Unit of the positions.
 * @param positions Where lines of a cell lie.
 */
export function searchCell(
  cell: UnitCell,
  free: readonly (readonly number[])[],
  room: number,
  strain: number,
  observed: Float64Array,
  tolerance: number,
  positions: (cell: UnitCell) => Float64Array,
): UnitCell {
  // edges only: angles follow from the refinement
  const edges = free.filter(([first]) => first! < 3)
  const others = free.filter(([first]) => first! >= 3)
  const most = Math.max(1, Math.floor((MOST_TRIALS ** (1 / edges.length) - 1) / 2))
  const steps = Math.min(most, Math.ceil(room / strain))
  const side = 2 * steps + 1
  const start = [...edges, ...others].map(([first]) => cell[CELL_NUMBERS[first!]!])
  let best = cell
  let highest = -1
  let nearest = Infinity
  for (let trial = 0; trial < side ** edges.length; trial++) {
    let rest = trial
    let far = 0
    const values = start.map((value, k) => {
      if (k >= edges.length || steps === 0) return value
      const step = ((rest % side) - steps) / steps
      rest = Math.floor(rest / side)
      far += step * step
      return value * (1 + step * room)
    })
    const moved = cellWith(cell, values, [...edges, ...others])
    const score = scoreOf(observed, positions(moved).sort(), tolerance)
    // of equals the one nearest to the start
    if (score > highest + 1e-9 || (score > highest - 1e-9 && far < nearest)) [best, highest, nearest] = [moved, score, far]
  }
  return best
}

function scoreOf(observed: Float64Array, calculated: Float64Array, tolerance: number): number {
  let sum = 0
  let k = 0
  for (let i = 0; i < observed.length; i++) {
    while (k + 1 < calculated.length && Math.abs(calculated[k + 1]! - observed[i]!) <= Math.abs(calculated[k]! - observed[i]!))
      k++
    const distance = (calculated[k]! - observed[i]!) / tolerance
    if (distance * distance < 50) sum += Math.exp(-0.5 * distance * distance)
  }
  return sum
}
