import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Vector3 } from './matrix3.js'
import { operationsOf } from './operationsOf.js'
import type { SpaceGroup } from './spaceGroup.js'
import { applyOperation } from './symmetryOperation.js'

/** A position among its images. */
export interface OrbitPoint {
  /** Fractions of a, b, c, each in [0, 1). */
  readonly position: Vector3
  /** Index in `group.operations` of the first operation that leads here. */
  readonly operation: number
}

/** Options of {@link orbit}. */
export interface OrbitOptions {
  /**
   * Images whose coordinates differ by no more than this, in fractions of the cell, are one: 0.333 is meant as 1/3. Such a position is first
   * moved to the special position itself, the mean of those images, since rounding would spoil extinctions. Default 2e-3.
   */
  tolerance?: number | undefined
}

/** Their names, for `assertKnown`. */
export const ORBIT_FIELDS: FieldsOf<OrbitOptions> = { tolerance: true }

const wrap = (x: number): number => {
  const y = x - Math.floor(x)
  // rounding, not a position: 1 - 1e-17 and 1e-17 are both 0
  return y > 1 - 1e-12 || y < 1e-12 ? 0 : y
}

const apart = (x: number, y: number): number => x - y - Math.round(x - y)

/**
 * All positions in the cell that the space group makes of one.
 * @param group    The space group.
 * @param position Fractions of a, b, c.
 * @param options  Tolerance of special positions.
 * @throws OperandoError `E_NAN` for a position that is not finite, `E_RANGE` for a tolerance outside 0 to 0.5.
 * @returns As many points as the site's multiplicity; the first is the position itself (moved onto the special position, into the cell).
 * @example
 * ```ts
 * import { orbit, spaceGroup } from 'operando'
 * orbit(spaceGroup('P 63/m m c'), [0.3333, 0.6667, 0.25]).length // 2
 * ```
 */
export function orbit(group: SpaceGroup, position: Vector3, options: OrbitOptions = {}): OrbitPoint[] {
  assertKnown(options, 'orbit options', ORBIT_FIELDS)
  const exact = specialPosition(group, position, options)
  const points: OrbitPoint[] = []
  operationsOf(group).forEach((o, index) => {
    const [x, y, z] = applyOperation(o, exact)
    const known = points.some(
      ({ position: p }) => Math.max(Math.abs(apart(x, p[0])), Math.abs(apart(y, p[1])), Math.abs(apart(z, p[2]))) < 1e-6,
    )
    if (!known) points.push({ position: [wrap(x), wrap(y), wrap(z)], operation: index })
  })
  return points
}

/** The special position that a position within the tolerance is meant for: the mean of the images that fall on it. */
export function specialPosition(group: SpaceGroup, position: Vector3, options: OrbitOptions = {}): Vector3 {
  const { tolerance = 2e-3 } = options
  if (!(tolerance >= 0 && tolerance < 0.5))
    throw new OperandoError('E_RANGE', `tolerance is ${tolerance}: a fraction of an edge from 0 to below 0.5 expected.`)
  if (!(position.length === 3 && position.every(Number.isFinite)))
    throw new OperandoError('E_NAN', `position: three finite fractional coordinates expected, found ${position.join(', ')}.`)
  let exact = position
  // once more while further operations come within reach, so that those which do form a group and the mean is left alone by all
  for (let before = 0; ; ) {
    const sum = [0, 0, 0]
    let count = 0
    for (const o of operationsOf(group)) {
      const shift = applyOperation(o, exact).map((x, i) => apart(x, exact[i]!))
      if (shift.some(s => Math.abs(s) > tolerance)) continue
      for (let i = 0; i < 3; i++) sum[i]! += shift[i]!
      count++
    }
    // wide tolerances may also lose operations on the way: that is an end as well, else the position could wander for ever
    if (count <= before) return exact
    before = count
    exact = exact.map((x, i) => x + sum[i]! / count) as unknown as Vector3
  }
}

/**
 * How many positions in the cell the space group makes of one.
 * @param group    The space group.
 * @param position Fractions of a, b, c.
 * @param options  Tolerance of special positions.
 * @throws OperandoError as {@link orbit}.
 * @example
 * ```ts
 * import { siteMultiplicity, spaceGroup } from 'operando'
 * siteMultiplicity(spaceGroup('Pnma'), [0, 0, 0]) // 4
 * ```
 */
export function siteMultiplicity(group: SpaceGroup, position: Vector3, options: OrbitOptions = {}): number {
  assertKnown(options, 'siteMultiplicity options', ORBIT_FIELDS)
  return orbit(group, position, options).length
}
