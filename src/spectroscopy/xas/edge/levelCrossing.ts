import { OperandoError } from '../../../core/errors.js'

/** Levels of the mean over an edge. */
const LEVELS = { low: 0.2, high: 1, count: 161 }

/**
 * Energy where a normalised edge goes up through a level, by a straight line between its points: of several crossings that nearest to the steepest point, so that neither a pre-edge peak nor a wiggle behind the white line counts.
 * @param energy eV, rising.
 * @param norm   Normalised absorption.
 * @param level  The level.
 * @param edge   Index of the steepest point.
 * @throws OperandoError `E_RANGE` where the edge does not reach the level.
 */
export function levelCrossing(energy: Float64Array, norm: Float64Array, level: number, edge: number): number {
  let i = edge
  while (i < norm.length && norm[i]! < level) i++
  while (i > 0 && norm[i - 1]! >= level) i--
  if (i === 0 || i === norm.length) {
    throw new OperandoError(
      'E_RANGE',
      `The edge near ${energy[edge]!.toFixed(1)} eV does not go through the level ${level}: is it normalised, and does the scan reach far enough?`,
    )
  }
  return energy[i - 1]! + ((level - norm[i - 1]!) / (norm[i]! - norm[i - 1]!)) * (energy[i]! - energy[i - 1]!)
}

/**
 * Mean of the energies where a normalised edge goes through the levels from 0.2 to 1: (1 / 0.8) times the integral of E over the level, by trapezia over 161 levels.
 * @param energy eV, rising.
 * @param norm   Normalised absorption.
 * @param edge   Index of the steepest point.
 * @throws OperandoError `E_RANGE` where the edge does not reach a level.
 * @see H. Dau, P. Liebisch, M. Haumann, Anal. Bioanal. Chem. 376 (2003) 562
 */
export function meanCrossing(energy: Float64Array, norm: Float64Array, edge: number): number {
  const { low, high, count } = LEVELS
  let sum = 0
  for (let k = 0; k < count; k++) {
    const level = low + ((high - low) * k) / (count - 1)
    sum += levelCrossing(energy, norm, level, edge) * (k === 0 || k === count - 1 ? 0.5 : 1)
  }
  return sum / (count - 1)
}
