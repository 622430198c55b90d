import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'

/** Six numbers in the order a, b, c, alpha, beta, gamma. */
export type CellNumbers = readonly [number, number, number, number, number, number]

/** A crystal's unit cell. Always this type, never six loose numbers. Made by {@link createUnitCell}. */
export interface UnitCell {
  /** Edge a in Å. */
  readonly a: number
  /** Edge b in Å. */
  readonly b: number
  /** Edge c in Å. */
  readonly c: number
  /** Angle between b and c in degrees. */
  readonly alpha: number
  /** Angle between a and c in degrees. */
  readonly beta: number
  /** Angle between a and b in degrees. */
  readonly gamma: number
  /** Standard uncertainties in the same order and units: a, b, c, alpha, beta, gamma. 0 for what symmetry fixes. */
  readonly sigma?: CellNumbers | undefined
  /**
   * Covariance of a, b, c, alpha, beta, gamma, 6 x 6 row-major, Å and degrees, where a refinement gave it. Without it, `sigma` stands alone:
   * edges (and angles other than 90 and 120 degrees) that are equal in value and in sigma are then one refined number, all else is independent.
   */
  readonly covariance?: Float64Array | undefined
}

/** What {@link createUnitCell} takes. */
export interface UnitCellInput {
  /** Edge in Å. */
  a: number
  /** Edge in Å. Default a. */
  b?: number | undefined
  /** Edge in Å. Default a. */
  c?: number | undefined
  /** Degrees. Default 90. */
  alpha?: number | undefined
  /** Degrees. Default 90. */
  beta?: number | undefined
  /** Degrees. Default 90. */
  gamma?: number | undefined
  /** Standard uncertainties of a, b, c, alpha, beta, gamma. Default: from `covariance` if that is given, else unknown. */
  sigma?: CellNumbers | undefined
  /** 6 x 6 covariance, row-major. */
  covariance?: ArrayLike<number> | undefined
}

const CELL: FieldsOf<UnitCellInput> = {
  a: true,
  b: true,
  c: true,
  alpha: true,
  beta: true,
  gamma: true,
  sigma: true,
  covariance: true,
}
const EDGES = ['a', 'b', 'c'] as const
const ANGLES = ['alpha', 'beta', 'gamma'] as const

/**
 * A validated, frozen unit cell.
 *
 * @param input Edges in Å (b and c default to a), angles in degrees (default 90), uncertainties if known.
 * @throws OperandoError `E_RANGE` when an edge is not positive, an angle not between 0 and 180 degrees, the three angles do not close
 *   (no such corner exists), or an uncertainty is negative; `E_SHAPE` on wrong lengths, `E_MISSING` without a.
 * @example
 * ```ts
 * import { createUnitCell } from 'operando'
 * const silicon = createUnitCell({ a: 5.43102 })
 * const graphite = createUnitCell({ a: 2.464, c: 6.711, gamma: 120 })
 * ```
 */
export function createUnitCell(input: UnitCellInput): UnitCell {
  assertKnown(input, 'a unit cell', CELL)
  assertFields(input, 'a unit cell', ['a'])
  const { a, b = a, c = a, alpha = 90, beta = 90, gamma = 90 } = input
  const cell = { a, b, c, alpha, beta, gamma }
  for (const name of EDGES) {
    if (!(cell[name] > 0 && Number.isFinite(cell[name]))) throw bad(`${name} = ${cell[name]} Å: a positive length expected`, name)
  }
  for (const name of ANGLES) {
    if (!(cell[name] > 0 && cell[name] < 180)) throw bad(`${name} = ${cell[name]}: degrees between 0 and 180 expected`, name)
  }
  const [x, y, z] = ANGLES.map(name => Math.cos((cell[name] * Math.PI) / 180)) as [number, number, number]
  if (!(1 - x * x - y * y - z * z + 2 * x * y * z > 1e-12)) {
    throw bad(
      `alpha, beta, gamma = ${alpha}, ${beta}, ${gamma} degrees do not close: each must be less than the sum of the others, ` +
        'and their sum less than 360',
      'angles',
    )
  }
  const covariance = input.covariance && Float64Array.from(input.covariance)
  if (covariance && covariance.length !== 36) throw shape('covariance', 36, covariance.length)
  const sigma =
    input.sigma ?? (covariance && ([0, 1, 2, 3, 4, 5].map(i => Math.sqrt(covariance[7 * i]!)) as unknown as CellNumbers))
  if (sigma && sigma.length !== 6) throw shape('sigma', 6, sigma.length)
  sigma?.forEach((s, i) => {
    if (!(s >= 0 && Number.isFinite(s))) throw bad(`sigma[${i}] = ${s}: a number not below 0 expected`, 'sigma')
  })
  return Object.freeze({
    ...cell,
    ...(sigma && { sigma: Object.freeze([...sigma]) as CellNumbers }),
    ...(covariance && { covariance }),
  })
}

function bad(what: string, field: string): OperandoError {
  return new OperandoError('E_RANGE', `Unit cell: ${what}. Edges are in Å, angles in degrees.`, { details: { field } })
}

function shape(name: string, expected: number, found: number): OperandoError {
  return new OperandoError('E_SHAPE', `Unit cell: ${name} needs ${expected} numbers, found ${found}.`, {
    details: { expected, found },
  })
}
