import { asFloat64, type Energy, type NumbersLike, OperandoError, toValue } from '../core/index.js'
import { outputOf } from '../numeric/outputOf.js'

/** A tabulated quantity as a plan: made once, evaluated often. Outside its range it throws, it never extrapolates. */
export interface TabulatedCurve {
  /** Lowest and highest argument of the table. */
  readonly range: readonly [low: number, high: number]
  /** Where the numbers come from. */
  readonly source: string
  /**
   * The value at one argument.
   * @param x The argument, in the unit that the maker of the plan says.
   * @throws OperandoError `E_RANGE` outside the table.
   */
  at(x: number): number
  /**
   * Values at many arguments.
   * @param x   n values in any order (rising is fastest).
   * @param out Receives n values; made if absent.
   * @throws OperandoError `E_RANGE` outside the table, `E_SHAPE` if out does not fit.
   */
  over(x: NumbersLike, out?: Float64Array | undefined): Float64Array
}

/** A tabulated quantity over photon energy in eV. */
export interface EnergyCurve extends TabulatedCurve {
  /**
   * The value at one energy.
   * @param energy eV, or `'8 keV'`.
   * @throws OperandoError `E_RANGE` outside the table.
   */
  at(energy: Energy): number
}

/** What {@link createEnergyCurve} and {@link createTabulatedCurve} are made of. */
export interface CurveParts {
  /** What and whose, for messages: `Fe, total attenuation, table of Elam`. */
  readonly what: string
  /** Lowest and highest argument. */
  readonly range: readonly [low: number, high: number]
  /** Where the numbers come from. */
  readonly source: string
  /** What to do about an argument outside, the end of the message. */
  readonly wayOut?: string | undefined
  /** The kernel: values at arguments that are in range; `x` and `out` are different arrays. */
  readonly fill: (x: Float64Array, out: Float64Array) => void
}

/** What the argument of a curve is called. */
export interface CurveArgument {
  /** One. */
  readonly one: string
  /** Many. */
  readonly many: string
  /** Unit. */
  readonly unit: string
}

/**
 * Puts the door before a kernel: units, shapes, range.
 * @param parts    The kernel and what to say of it.
 * @param argument What its argument is called.
 */
export function createTabulatedCurve(parts: CurveParts, argument: CurveArgument): EnergyCurve {
  const { what, range, source, wayOut, fill } = parts
  const { one, many, unit } = argument
  const [low, high] = range
  const assertInside = (x: number, place: string): void => {
    if (x >= low && x <= high) return
    throw new OperandoError(
      'E_RANGE',
      `${what}: ${place} ${x} ${unit} lies outside the table, ${low} to ${high} ${unit}.${wayOut ? ` ${wayOut}` : ''}`,
      { details: { found: x, low, high } },
    )
  }
  const given = new Float64Array(1)
  const value = new Float64Array(1)
  return {
    range,
    source,
    at(x) {
      given[0] = toValue(x, unit, one)
      assertInside(given[0], one)
      fill(given, value)
      return value[0]!
    },
    over(x, out) {
      const numbers = asFloat64(x, many)
      const result = outputOf(out, numbers.length)
      for (let k = 0; k < numbers.length; k++) assertInside(numbers[k]!, `${many}[${k}] =`)
      fill(numbers === result ? numbers.slice() : numbers, result)
      return result
    },
  }
}

/**
 * Puts the door before a kernel over energies.
 * @param parts The kernel and what to say of it.
 */
export const createEnergyCurve = (parts: CurveParts): EnergyCurve =>
  createTabulatedCurve(parts, { one: 'energy', many: 'energies', unit: 'eV' })
