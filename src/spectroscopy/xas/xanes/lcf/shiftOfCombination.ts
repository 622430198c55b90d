import { OperandoError } from '../../../../core/errors.js'
import { goldenSection } from '../../../../numeric/goldenSection.js'
import { createSpline } from '../../../../numeric/interpolate/spline.js'
import type { CombinationParts } from './createLinearCombination.js'
import { finishLinearCombination } from './finishLinearCombination.js'
import type { LinearCombinationFit } from './linearCombination.js'

/** Steps of the search over the whole way that is allowed. */
const STEPS = 40

/**
 * Fits one spectrum with a shift of its energies: the best of a grid, then golden section.
 * @param parts The plan.
 * @param y     Data on all energies.
 * @param most  Largest shift, eV, up or down.
 * @throws OperandoError `E_RANGE` where the data do not reach beyond the range by the shift.
 */
export function findShift(parts: CombinationParts, y: Float64Array, most: number): LinearCombinationFit {
  const { all, energy } = parts
  const first = energy[0]!
  const last = energy[energy.length - 1]!
  if (first - most < all[0]! || last + most > all[all.length - 1]!)
    throw new OperandoError(
      'E_RANGE',
      `shift: to move the data by ${most} eV they must reach from ${first - most} to ${last + most} eV; they reach from ${all[0]} to ${all[all.length - 1]} eV. Narrow { range }.`,
    )
  const spline = createSpline(all, y)
  const at = new Float64Array(energy.length)
  // the shift is added to the energies of the data: what stands at e was measured at e - shift
  const moved = (shift: number): Float64Array => {
    for (let i = 0; i < at.length; i++) at[i] = energy[i]! - shift
    return spline.evaluate(at)
  }
  const misfit = (shift: number): number => finishLinearCombination(parts, moved(shift)).chiSquare
  let best = 0
  let lowest = Infinity
  for (let i = 0; i <= STEPS; i++) {
    const shift = most * ((2 * i) / STEPS - 1)
    const chiSquare = misfit(shift)
    if (chiSquare < lowest) {
      lowest = chiSquare
      best = shift
    }
  }
  const step = (2 * most) / STEPS
  const value = goldenSection(misfit, Math.max(-most, best - step), Math.min(most, best + step), 1e-7)
  const slope = spline.derivative(at.map((_, i) => energy[i]! - value)).map(d => -d)
  return finishLinearCombination(parts, moved(value), { slope, value, atLimit: most - Math.abs(value) < 1e-6 })
}
