import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'

/** A phase of a map or series, with how much of it there is. */
export interface WeighedPhase {
  /** Its weight at each point, n values, in any common unit: weight fractions, or scale x Z M V of the cell. */
  readonly weight: NumbersLike
  /** Standard uncertainties of the weights. Default none. */
  readonly sigma?: NumbersLike | undefined
  /** Mass of one formula unit, g/mol. */
  readonly molarMass: number
  /** x of it: lithium in a formula unit. */
  readonly x: number
}

/** x at each point. */
export interface MeanComposition {
  /** x, n values; NaN where nothing is there. */
  readonly x: Float64Array
  /** Its standard uncertainty, n values, where those of the weights are known, as if they were independent; else `undefined`. */
  readonly sigma?: Float64Array | undefined
}

/**
 * Mean composition of phases that turn into each other, from their weights: x = sum(x_i w_i / M_i) / sum(w_i / M_i). Weight fractions are no mole fractions: half of the weight as FePO4 leaves x = 0.489 in LixFePO4.
 * @param phases Weights, molar masses, x.
 * @throws OperandoError `E_ARGUMENT` for fewer than two phases, `E_SHAPE` for weights of other lengths, `E_RANGE` for a molar mass that is not above 0.
 * @example
 * ```ts
 * import { molarMass } from 'operando'
 * import { meanComposition } from 'operando/scattering'
 * const { x } = meanComposition([
 *   { weight: [0, 0.5, 1], molarMass: molarMass('LiFePO4'), x: 1 },
 *   { weight: [1, 0.5, 0], molarMass: molarMass('FePO4'), x: 0 },
 * ])
 * console.log(x) // 0, 0.489, 1
 * ```
 */
export function meanComposition(phases: readonly WeighedPhase[]): MeanComposition {
  if (!Array.isArray(phases as unknown) || phases.length < 2)
    throw new OperandoError('E_ARGUMENT', 'meanComposition: two phases or more expected.')
  for (const [i, phase] of phases.entries()) {
    assertFields(phase, `phases[${i}]`, ['weight', 'molarMass', 'x'])
    if (!(phase.molarMass > 0))
      throw new OperandoError('E_RANGE', `phases[${i}]: molarMass = ${phase.molarMass} g/mol: above 0 expected.`)
  }
  const weights = phases.map(({ weight }, i) => asFloat64(weight, `phases[${i}].weight`, { allowNaN: true, allowInfinite: true }))
  const n = weights[0]!.length
  for (const [i, list] of weights.entries())
    if (list.length !== n) throw new OperandoError('E_SHAPE', `phases[${i}].weight: ${n} values expected, ${list.length} found.`)
  const known = phases.every(({ sigma }) => sigma !== undefined)
  const errors = known
    ? phases.map(({ sigma }, i) => asFloat64(sigma!, `phases[${i}].sigma`, { length: n, allowNaN: true, allowInfinite: true }))
    : []
  const x = new Float64Array(n)
  const sigma = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    let [moles, lithium, variance] = [0, 0, 0]
    for (const [i, { molarMass, x: own }] of phases.entries()) {
      moles += weights[i]![k]! / molarMass
      lithium += (own * weights[i]![k]!) / molarMass
    }
    x[k] = moles === 0 ? Number.NaN : lithium / moles
    for (const [i, { molarMass, x: own }] of phases.entries())
      if (known) variance += (((own - x[k]!) * errors[i]![k]!) / (molarMass * moles)) ** 2
    sigma[k] = Math.sqrt(variance)
  }
  return { x, ...(known && { sigma }) }
}
