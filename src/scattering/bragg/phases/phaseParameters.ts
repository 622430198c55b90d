import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { createFreeCell } from './freeCell.js'
import type { FitPhase, PhaseFitOptions } from './phaseFitTypes.js'
import type { ModelPhase, SharedParameters } from './phaseModel.js'

/** How far each number of a cell may go, as a part of it. */
export const CELL_ROOM: { readonly alone: number; readonly inCouple: number } = { alone: 0.03, inCouple: 0.01 }

/** Where a width starts if nothing is known of it, degrees. */
const USUAL_WIDTH = 0.1

/** The parameters of a phase fit, in order, and where the model finds them. */
export interface PhaseParameters {
  /** All of them, as if all varied. */
  readonly inputs: readonly ParameterInput[]
  /** The phases, with where their parameters begin. */
  readonly model: readonly ModelPhase[]
  /** Where eta and zero stand. */
  readonly shared: SharedParameters
  /** Where the background begins. */
  readonly firstTerm: number
}

/** Half-way between too narrow to be seen and one point: the least width of a line, in x. */
export function minimalWidth(x: Float64Array): number {
  return (0.7 * (x[x.length - 1]! - x[0]!)) / (x.length - 1)
}

/**
 * Lays out the parameters: scale, free cell numbers and fwhm of each phase, eta, zero, Chebyshev coefficients.
 * @param x       2theta in degrees.
 * @param phases  The phases.
 * @param options Zero.
 * @param terms   Terms of the background.
 */
export function phaseParameters(
  x: Float64Array,
  phases: readonly FitPhase[],
  { zero = 0 }: PhaseFitOptions,
  terms: number,
): PhaseParameters {
  const inputs: ParameterInput[] = []
  const model = phases.map(({ name, cell, reflections, couple, cellRoom }): ModelPhase => {
    const room = cellRoom ?? (couple === undefined ? CELL_ROOM.alone : CELL_ROOM.inCouple)
    const free = createFreeCell(cell, reflections)
    const at = inputs.length
    inputs.push({ name: `${name}.scale`, value: 1 })
    free.names.forEach((own, j) => {
      const value = free.start[j]!
      inputs.push({ name: `${name}.${own}`, value, min: value * (1 - room), max: value * (1 + room) })
    })
    const [min, max] = [minimalWidth(x), (x[x.length - 1]! - x[0]!) / 4]
    inputs.push({ name: `${name}.fwhm`, value: Math.max(min, Math.min(USUAL_WIDTH, max)), min, max })
    return { reflections, cell: free, at }
  })
  const shared = { eta: inputs.length, zero: inputs.length + 1 }
  inputs.push({ name: 'eta', value: 0.5, min: 0, max: 1 })
  inputs.push({ name: 'zero', value: zero === 'refine' ? 0 : zero, min: -2, max: 2 })
  const firstTerm = inputs.length
  for (let k = 0; k < terms; k++) inputs.push({ name: `background.${k}`, value: 0 })
  return { inputs, model, shared, firstTerm }
}

/** What varies in a fit. */
export interface Held {
  /** Phases whose cell and width are held, those that are absent. */
  readonly absent: ReadonlySet<string>
  /** Phases whose cell is known. */
  readonly fixedCells: ReadonlySet<string>
  /** Whether the zero is held. */
  readonly zero: boolean
  /** Whether all but scales and background is held. */
  readonly shapes: boolean
}

/**
 * The parameters with what is held marked.
 * @param inputs All of them.
 * @param held   What is held.
 */
export function withHeld(inputs: readonly ParameterInput[], held: Held): ParameterInput[] {
  return inputs.map(input => {
    const cut = input.name.lastIndexOf('.')
    const [phase, what] = [input.name.slice(0, cut), input.name.slice(cut + 1)]
    const isLinear = what === 'scale' || phase === 'background'
    const isCell = cut > 0 && !isLinear && what !== 'fwhm'
    const fixed = held.absent.has(phase) || (isCell && held.fixedCells.has(phase)) || (input.name === 'zero' && held.zero)
    return { ...input, vary: isLinear || (!held.shapes && !fixed) }
  })
}

/**
 * Start values that the fit knows, within their bounds.
 * @param seed   Values by name.
 * @param inputs The parameters.
 */
export function knownOnly(seed: Readonly<Record<string, number>>, inputs: readonly ParameterInput[]): Record<string, number> {
  const known: Record<string, number> = {}
  for (const { name, min = -Infinity, max = Infinity } of inputs)
    if (seed[name] !== undefined) known[name] = Math.min(max, Math.max(min, seed[name]))
  return known
}
