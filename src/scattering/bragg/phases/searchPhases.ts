import type { FitResult } from '../../../numeric/fitResult.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import type { FitPhase } from './phaseFitTypes.js'
import { CELL_ROOM, minimalWidth } from './phaseParameters.js'

/** The common width with which the phases, where they are said to be, fit best: from two points to a tenth of the range. */
export function guessWidths(
  x: Float64Array,
  phases: readonly FitPhase[],
  fitScales: (widths: Readonly<Record<string, number>>) => FitResult,
): Record<string, number> {
  let best: Record<string, number> = {}
  let least = Infinity
  for (let width = 3 * minimalWidth(x); width < (x[x.length - 1]! - x[0]!) / 10; width *= 1.6) {
    const widths = Object.fromEntries(phases.map(({ name }) => [`${name}.fwhm`, width]))
    const { chiSquare } = fitScales(widths)
    if (chiSquare < least) {
      least = chiSquare
      best = widths
    }
  }
  return best
}

/**
 * Looks for a phase whose cell has moved since: all its edges longer or shorter by up to its room, in steps of half a width of its lines.
 * @returns The best trial.
 */
export function searchCell(
  { name, cell, cellRoom = CELL_ROOM.alone }: FitPhase,
  inputs: readonly ParameterInput[],
  from: Readonly<Record<string, number>>,
  x: Float64Array,
  fitScales: (start: Readonly<Record<string, number>>) => FitResult,
): FitResult {
  // a strain e moves a line by 2 e tan(theta); the middle of the range stands for all
  const theta = ((x[0]! + x[x.length - 1]!) / 4) * (Math.PI / 180)
  const step = Math.max((from[`${name}.fwhm`]! * (Math.PI / 180)) / (4 * Math.tan(theta)), cellRoom / 60)
  let best = fitScales(from)
  for (let strain = -cellRoom; strain <= cellRoom; strain += step) {
    const trial = { ...from }
    for (const edge of ['a', 'b', 'c'] as const) {
      const input = inputs.find(i => i.name === `${name}.${edge}`)
      if (input) trial[input.name] = Math.min(input.max!, Math.max(input.min!, cell[edge] * (1 + strain)))
    }
    const fit = fitScales(trial)
    if (fit.chiSquare < best.chiSquare && fit.parameters[`${name}.scale`]!.value > 0) best = fit
  }
  return best
}
