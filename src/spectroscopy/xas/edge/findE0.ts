import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import type { Dataset } from '../../../model/dataset.js'
import { freezeData } from '../../../model/derive.js'
import { derivative } from '../../../numeric/calculus/derivative.js'
import { vertexOf } from '../../../numeric/signal/vertex.js'
import { readSpectrum } from '../../spectrum.js'
import { createPreEdge } from '../normalize/createPreEdge.js'
import type { EdgeRangeOptions } from '../normalize/edgeRanges.js'
import { nearestPlace } from '../places.js'
import { levelCrossing, meanCrossing } from './levelCrossing.js'
import { preEdgePeakOf } from './preEdgePeak.js'
import { chordSlope, steepest } from './steepest.js'

/**
 * What is meant by the energy of an edge: `derivative` the steepest point of the main edge, between the points of the grid; `larch` the grid point that Larch 0.9.58 takes, which a strong
 * pre-edge peak may win; `half-height` where the normalised edge crosses 0.5; `integral` the mean of the energies where it crosses the levels from 0.2 to 1.
 */
export type EdgeDefinition = 'derivative' | 'larch' | 'half-height' | 'integral'

/** Options of {@link findE0}. */
export interface FindE0Options {
  /** Which definition. Default `'derivative'`. */
  definition?: EdgeDefinition | undefined
  /** For `half-height` and `integral`: mu is normalised already. Default false: it is normalised with `ranges` about its steepest point. */
  normalized?: boolean | undefined
  /** For `half-height` and `integral`: ranges of the normalisation, as of `preEdge`. */
  ranges?: EdgeRangeOptions | undefined
}

const OPTIONS: FieldsOf<FindE0Options> = { definition: true, normalized: true, ranges: true }
const DEFINITIONS: readonly EdgeDefinition[] = ['derivative', 'larch', 'half-height', 'integral']

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
 * takes it as Larch does. All warn.
 *
 * For oxidation states use `half-height` or `integral`: over a charge they move smoothly where the steepest point jumps from one feature of the edge to the next.
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
  assertOneOf(definition, 'definition', DEFINITIONS)
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
  const main = peak === undefined ? found : steepest(slope, peak.valley, high)
  const taken = definition === 'larch' || main < 0 ? found : main
  const warnings: Issue[] = []
  if (peak !== undefined) {
    const about = `A pre-edge peak at ${energy[found]!.toFixed(1)} eV rises more steeply than the edge near ${energy[main < 0 ? peak.valley : main]!.toFixed(1)} eV`
    warnings.push({
      code: 'W_PRE_EDGE',
      message: `${about}; ${taken === found ? 'the peak was taken, as Larch does: give e0 yourself.' : 'it was passed over.'}`,
    })
  }
  const at = energyBy(definition, { energy, mu, slope, taken }, options)
  return freezeData({
    energy: at,
    definition,
    index: nearestPlace(energy, at),
    ...(peak && { preEdgePeak: energy[found]! }),
    warnings,
  })
}

interface Steepest {
  readonly energy: Float64Array
  readonly mu: Float64Array
  readonly slope: Float64Array
  readonly taken: number
}

function energyBy(
  definition: EdgeDefinition,
  { energy, mu, slope, taken }: Steepest,
  { normalized = false, ranges }: FindE0Options,
): number {
  if (definition === 'larch') return energy[taken]!
  const e0 = vertexOf(energy, slope, taken)
  if (definition === 'derivative') return e0
  const norm = normalized ? mu : new Float64Array(mu.length)
  if (!normalized) {
    const step = createPreEdge(energy, { ...ranges, e0 }).normalize(mu, norm)
    if (!(step > 0))
      throw new OperandoError(
        'E_RANGE',
        `findE0: the edge step at ${e0.toFixed(1)} eV is ${step.toPrecision(3)}: mu falls at the edge.`,
      )
  }
  if (definition === 'half-height') return levelCrossing(energy, norm, 0.5, taken)
  return meanCrossing(energy, norm, taken)
}
