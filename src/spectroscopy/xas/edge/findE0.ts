import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import type { Dataset } from '../../../model/dataset.js'
import { derivative } from '../../../numeric/calculus/derivative.js'
import { vertexOf } from '../../../numeric/signal/vertex.js'
import { readSpectrum } from '../../spectrum.js'
import { preEdgePeakOf } from './preEdgePeak.js'
import { chordSlope, steepest } from './steepest.js'

/**
 * What is meant by the energy of an edge: `derivative` the steepest point of the main edge, between the points of the grid; `larch` the grid point that Larch 0.9.58 takes, which a strong
 * pre-edge peak may win.
 */
export type EdgeDefinition = 'derivative' | 'larch'

/** Options of {@link findE0}. */
export interface FindE0Options {
  /** Which definition. Default `'derivative'`. */
  definition?: EdgeDefinition | undefined
}

const OPTIONS: FieldsOf<FindE0Options> = { definition: true }

/** The energy of an edge, and what is meant by it. */
export interface EdgeEnergy {
  /** eV. */
  readonly energy: number
  /** The definition that it follows. */
  readonly definition: EdgeDefinition
  /** The grid point nearest to it. */
  readonly index: number
  /** Energy at which a pre-edge peak rises more steeply than the edge, eV. */
  readonly preEdgePeak?: number | undefined
  /** `W_PRE_EDGE` where a pre-edge peak is steeper than the edge. */
  readonly warnings: readonly Issue[]
}

/** Share of the points at each end that is not searched, and the least number of them: scans begin and end with bad points. */
const ENDS = { share: 0.05, least: 3 }

/**
 * Energy of an absorption edge.
 *
 * The steepest point counts only where both of its neighbours have a tenth of the highest slope, which keeps glitches of a single point out. A strong pre-edge peak (vanadates, chromates,
 * manganates) is steeper than the edge behind it: `derivative` passes over a peak that falls back below half of the step and half of its own height before the edge; `larch`
 * takes it as Larch does. Both warn.
 *
 * @param energy eV, n values, strictly rising.
 * @param mu     Absorption, n values, raw or normalised.
 * @param options Definition.
 * @throws OperandoError `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`; `E_RANGE` where nothing rises.
 * @see docs/xas.md for what each definition is good for
 * @example
 * ```ts
 * import { findE0 } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 201 }, (_, i) => 7062 + 0.5 * i)
 * const mu = energy.map(e => 0.2 + 1.1 * (0.5 + Math.atan((e - 7112.3) / 2) / Math.PI))
 * findE0(energy, mu).energy // 7112.3
 * ```
 */
export function findE0(energy: NumbersLike, mu: NumbersLike, options?: FindE0Options): EdgeEnergy
export function findE0(data: Dataset<'energy'>, options?: FindE0Options): EdgeEnergy
export function findE0(first: NumbersLike | Dataset, second?: NumbersLike | FindE0Options, third?: FindE0Options): EdgeEnergy {
  const { energy, mu, options } = readSpectrum('findE0', first, second, third)
  assertKnown(options, 'findE0 options', OPTIONS)
  const { definition = 'derivative' } = options
  assertOneOf(definition, 'definition', ['derivative', 'larch'])
  const slope = definition === 'larch' ? chordSlope(energy, mu) : derivative(energy, mu, { ends: 'two' })
  const margin = Math.max(ENDS.least, Math.floor(ENDS.share * energy.length))
  const low = Math.min(margin, energy.length - 2)
  const high = Math.max(energy.length - margin - 1, low)
  const found = steepest(slope, low, high)
  if (found < 0) {
    throw new OperandoError(
      'E_RANGE',
      `findE0: mu rises nowhere between ${energy[0]} and ${energy.at(-1)} eV; no edge. Is it transmission, not absorption?`,
    )
  }
  const peak = preEdgePeakOf(energy, mu, found)
  if (peak === undefined) return edgeAt(energy, slope, found, definition, [])
  const edge = steepest(slope, peak.valley, high)
  const taken = definition === 'larch' || edge < 0 ? found : edge
  const warning: Issue = {
    code: 'W_PRE_EDGE',
    message: `A pre-edge peak at ${energy[found]!.toFixed(1)} eV rises more steeply than the edge near ${energy[edge < 0 ? peak.valley : edge]!.toFixed(1)} eV; ${taken === found ? 'the peak was taken, as Larch does: give e0 yourself.' : 'it was passed over.'}`,
  }
  return { ...edgeAt(energy, slope, taken, definition, [warning]), preEdgePeak: energy[found]! }
}

function edgeAt(
  energy: Float64Array,
  slope: Float64Array,
  index: number,
  definition: EdgeDefinition,
  warnings: readonly Issue[],
): EdgeEnergy {
  return { energy: definition === 'larch' ? energy[index]! : vertexOf(energy, slope, index), definition, index, warnings }
}
