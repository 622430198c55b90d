import { asFloat64, type NumbersLike } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import type { Issue } from '../core/issue.js'
import { type Unit, unit } from '../core/unit.js'
import { valuesIn } from './align.js'
import type { Dataset, Variable } from './dataset.js'
import { deriveVariable } from './derive.js'
import { directionOf } from './lookUp.js'

/** Places on an axis: numbers in the unit of its coord, or a Variable (or `{ values, unit }`), whose unit is converted. */
export type AxisPoints =
  | NumbersLike
  | {
      /** The numbers. */
      readonly values: NumbersLike
      /** Their unit. */
      readonly unit: Unit | string
    }

/** A new axis, and which way it runs. */
export interface NewAxis {
  /** The places in the unit of the old coord, in the order given. */
  readonly values: Float64Array
  /** The same, rising. */
  readonly rising: Float64Array
  /** Whether they were given falling. */
  readonly falls: boolean
}

/** Reads a new axis. @throws OperandoError `E_UNIT` for another kind of unit, `E_AXIS` if it neither rises nor falls, `E_NAN`. */
export function newAxis(points: AxisPoints, coord: Variable, name: string): NewAxis {
  let values: Float64Array
  if (typeof points === 'object' && points !== null && 'unit' in points) {
    const from = typeof points.unit === 'string' ? unit(points.unit) : points.unit
    values = valuesIn({ values: asFloat64(points.values, name), unit: from }, coord.unit, name).slice()
  } else values = asFloat64(points, name).slice()
  const falls = directionOf({ ...coord, values }, name) < 0
  return { values, rising: falls ? values.slice().reverse() : values, falls }
}

/** Edges of the bins around points: midway between neighbours, the outermost as far out as the next one is in. */
export function edgesAround(points: Float64Array, name: string): Float64Array {
  const n = points.length
  if (n < 2) {
    throw new OperandoError(
      'E_AXIS',
      `the axis '${name}' has ${n} ${n === 1 ? 'point' : 'points'}, which says nothing of its width: give it bin edges, with withCoord and { edges: true }.`,
    )
  }
  const edges = new Float64Array(n + 1)
  for (let i = 1; i < n; i++) edges[i] = 0.5 * (points[i - 1]! + points[i]!)
  edges[0] = points[0]! - (edges[1]! - points[0]!)
  edges[n] = points[n - 1]! + (points[n - 1]! - edges[n - 1]!)
  return edges
}

/** The coords after a dim got a new axis: others that stand on the dim are left out, and told. */
export function coordsWithAxis(
  data: Dataset,
  dim: string,
  axis: Variable,
  op: string,
  doubts: Issue[],
): Record<string, Variable> {
  const coords: Record<string, Variable> = {}
  for (const [name, coord] of Object.entries(data.coords)) {
    if (name === dim) coords[name] = axis
    else if (!coord.dims.includes(dim)) coords[name] = coord
    else
      doubts.push({
        code: 'W_COORD_DROPPED',
        message: `${op} left out the coord '${name}', which stands on the old '${dim}'. Make a Dataset of it to carry it over.`,
        place: `coord ${name}`,
      })
  }
  return coords
}

/** The coord of a new axis, labelled as the old one. */
export function axisCoord(old: Variable, values: Float64Array, edges: boolean): Variable {
  const shape = [values.length - (edges ? 1 : 0)]
  return deriveVariable(old, { shape, values, sigma: undefined, edges: edges || undefined })
}
