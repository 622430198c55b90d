import { asFloat64, type Energy, type NumbersLike, OperandoError, toValue } from '../core/index.js'
import { outputOf } from '../numeric/outputOf.js'

/** A tabulated quantity over photon energy: made once, evaluated often. Outside its range it throws, it never extrapolates. */
export interface EnergyCurve {
  /** Lowest and highest energy of the table, eV. */
  readonly range: readonly [low: number, high: number]
  /** Where the numbers come from. */
  readonly source: string
  /**
   * The value at one energy.
   * @param energy eV, or `'8 keV'`.
   * @throws OperandoError `E_RANGE` outside the table.
   */
  at(energy: Energy): number
  /**
   * Values at many energies.
   * @param energies eV, n values in any order (rising is fastest).
   * @param out      Receives n values; made if absent.
   * @throws OperandoError `E_RANGE` outside the table, `E_SHAPE` if out does not fit.
   */
  over(energies: NumbersLike, out?: Float64Array | undefined): Float64Array
}

/** What {@link createEnergyCurve} is made of. */
export interface EnergyCurveParts {
  /** What and whose, for messages: `Fe, total attenuation, Elam table`. */
  readonly what: string
  /** Lowest and highest energy, eV. */
  readonly range: readonly [low: number, high: number]
  /** Where the numbers come from. */
  readonly source: string
  /** What to do about an energy outside, the end of the message. */
  readonly wayOut?: string | undefined
  /** The kernel: values at energies that are in range; `energies` and `out` are different arrays. */
  readonly fill: (energies: Float64Array, out: Float64Array) => void
}

/**
 * Puts the door before a kernel over energies: units, shapes, range.
 * @param parts The kernel and what to say of it.
 */
export function createEnergyCurve({ what, range, source, wayOut, fill }: EnergyCurveParts): EnergyCurve {
  const [low, high] = range
  const assertInside = (energy: number, place: string): void => {
    if (energy >= low && energy <= high) return
    throw new OperandoError(
      'E_RANGE',
      `${what}: ${place} ${energy} eV lies outside the table, ${low} to ${high} eV.${wayOut ? ` ${wayOut}` : ''}`,
      { details: { found: energy, low, high } },
    )
  }
  const one = new Float64Array(1)
  const value = new Float64Array(1)
  return {
    range,
    source,
    at(energy) {
      one[0] = toValue(energy, 'eV', 'energy')
      assertInside(one[0], 'energy')
      fill(one, value)
      return value[0]!
    },
    over(energies, out) {
      const given = asFloat64(energies, 'energies')
      const result = outputOf(out, given.length)
      for (let k = 0; k < given.length; k++) assertInside(given[k]!, `energies[${k}] =`)
      fill(given === result ? given.slice() : given, result)
      return result
    },
  }
}
