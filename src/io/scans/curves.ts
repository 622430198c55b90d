import { unit } from '../../core/unit.js'
import { createDataset } from '../../model/createDataset.js'
import type { VariableInput } from '../../model/createVariable.js'
import type { Dataset, Meta } from '../../model/dataset.js'
import type { ReadContext } from '../format.js'

/** A column of a table whose axis is known. */
export interface Curve {
  /** `mutrans`, `i0`. */
  readonly name: string
  /** One value a row. */
  readonly values: Float64Array
  /** Unit, `''` for plain numbers. */
  readonly unit?: string | undefined
  /** Standard uncertainties, one a row. */
  readonly sigma?: Float64Array | undefined
  /** As the file has it, where that says more than the name. */
  readonly label?: string | undefined
}

/** A table with one axis, as the readers of spectra find it. */
export interface CurveTable {
  /** The axis. */
  readonly axis: Curve
  /** All other columns, in the order of the file. */
  readonly curves: readonly Curve[]
  /** What is known beside. */
  readonly meta: Meta
  /** Further coordinates on the axis, such as the angles that energies were made of. */
  readonly coords?: readonly Curve[] | undefined
}

/** What the field calls an absorption coefficient, normalised or not, and chi(k): what such a file is opened for. */
const MU = /^(n?mu\w*|norm\w*|flat|xmu|chi)$/i

/**
 * One Dataset a column, on one axis. A column that is mu (or chi) already comes first, then the counters in the order of the file; values that are NaN are masked.
 * @param table   Axis, columns and what is known.
 * @param context Of the reading.
 */
export function curveDatasets(table: CurveTable, context: ReadContext): Dataset[] {
  const { axis, curves, meta, coords = [] } = table
  const variable = ({ values, unit: text = '', sigma, label }: Curve): VariableInput => ({
    dims: [axis.name],
    shape: [axis.values.length],
    values,
    unit: unit(text),
    ...(sigma ? { sigma } : {}),
    ...(label === undefined ? {} : { label }),
  })
  const all = Object.fromEntries([axis, ...coords].map(curve => [curve.name, variable(curve)]))
  const ordered = [...curves.filter(curve => MU.test(curve.name)), ...curves.filter(curve => !MU.test(curve.name))]
  return ordered.map(curve =>
    createDataset({
      ...variable(curve),
      name: curve.name,
      coords: all,
      meta: { ...meta, sources: [context.source] },
      warnings: context.warnings,
      ...nanMask(curve.values),
    }),
  )
}

/**
 * The mask of values that are no numbers; nothing where all are.
 * @param values The values.
 */
export function nanMask(values: Float64Array): { mask?: Uint8Array } {
  return values.some(Number.isNaN) ? { mask: Uint8Array.from(values, value => (Number.isNaN(value) ? 1 : 0)) } : {}
}
