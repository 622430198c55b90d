import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import type { Dataset } from './dataset.js'
import { type AxisValue, coordOn, LOOK_UP_FIELDS, type LookUpOptions, nearestIndex, onAxis, rangeOf } from './lookUp.js'
import { select } from './select.js'

/** Options of {@link selectNear}. */
export interface SelectNearOptions extends LookUpOptions {
  /** How far the nearest may be, in the coord's unit or as a string. Default: anywhere on the axis, and half a step beyond its ends. */
  tolerance?: AxisValue | undefined
}

const OPTIONS: FieldsOf<SelectNearOptions> = { ...LOOK_UP_FIELDS, tolerance: true }

/**
 * The element along a dim whose coord is nearest to a value: the frame at 3 h, the pattern at 4.1 V.
 * On an axis that is not monotonic (a voltage that comes back) it is the first of equally near ones.
 *
 * @param data    The Dataset.
 * @param dim     Which dim.
 * @param value   A number in the coord's unit, or with its unit: `'3 h'`.
 * @param options Another coord on the dim; how far is too far.
 * @throws OperandoError `E_RANGE` if nothing is near, `E_UNIT` for a unit that does not fit, `E_MISSING` without such a coord.
 * @example
 * ```ts
 * import { createDataset, selectNear } from 'operando'
 * const run = createDataset({
 *   name: 'a', dims: ['frame'], values: [8.27, 8.18, 8.25], unit: 'Å', coords: { time: { dims: ['frame'], values: [0, 3600, 7200], unit: 's' } },
 * })
 * selectNear(run, 'frame', '1.1 h', { coord: 'time' }).values[0] // 8.18
 * ```
 */
export function selectNear<Dim extends string, K extends Dim>(
  data: Dataset<Dim>,
  dim: K,
  value: AxisValue,
  options: SelectNearOptions = {},
): Dataset<Exclude<Dim, K>> {
  assertKnown(options, 'selectNear options', OPTIONS)
  const name = options.coord ?? dim
  const coord = coordOn(data, dim, name)
  const wanted = onAxis(value, coord, name)
  const index = nearestIndex(coord, wanted)
  const found = index < 0 ? Number.NaN : select(data, dim, index).coords[name]!.values[0]!
  const limit = options.tolerance === undefined ? Infinity : onAxis(options.tolerance, coord, 'tolerance')
  if (index < 0 || Math.abs(found - wanted) > limit) {
    const nearest = index < 0 ? '' : `; the nearest is ${found}, further than the tolerance ${limit}`
    throw new OperandoError('E_RANGE', `${name} = ${wanted} ${coord.unit.symbol}: the axis spans ${rangeOf(coord)}${nearest}.`, {
      details: { coord: name, found: wanted },
    })
  }
  return select(data, dim, index)
}
