import type { NumbersLike } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import { assertDataset } from './assertDataset.js'
import { createDataset } from './createDataset.js'
import type { VariableInput } from './createVariable.js'
import type { Dataset, Variable } from './dataset.js'
import { derive, deriveVariable, makeStep } from './derive.js'
import { axisOf } from './layout.js'

/**
 * The Dataset with a coord added or replaced.
 * @param data  The Dataset.
 * @param name  Its name; the dim's own name for the axis.
 * @param coord Dims, values, unit; dims must be among the data's.
 * @throws OperandoError `E_SHAPE`, `E_AXIS`, `E_UNIT` as `createDataset`.
 * @example
 * ```ts
 * import { createDataset, withCoord } from 'operando'
 * const run = createDataset({ name: 'a', dims: ['frame'], values: [8.27, 8.18], unit: 'Å' })
 * withCoord(run, 'voltage', { dims: ['frame'], values: [3.1, 4.2], unit: 'V' })
 * ```
 */
export function withCoord<Dim extends string>(
  data: Dataset<Dim>,
  name: string,
  coord: VariableInput<NoInfer<Dim>>,
): Dataset<Dim> {
  assertDataset(data)
  const history = [...data.history, makeStep('withCoord', { name })]
  return createDataset<Dim>({ ...data, coords: { ...data.coords, [name]: coord }, history })
}

/**
 * The Dataset without a coord.
 * @param data The Dataset.
 * @param name Which coord.
 * @throws OperandoError `E_MISSING` if there is none of that name.
 * @example
 * ```ts
 * import { createDataset, dropCoord } from 'operando'
 * const curve = createDataset({ name: 'I', dims: ['q'], values: [1, 2], unit: 'counts', coords: { q: { dims: ['q'], values: [1, 2], unit: '1/Å' } } })
 * Object.keys(dropCoord(curve, 'q').coords) // []
 * ```
 */
export function dropCoord<Dim extends string>(data: Dataset<Dim>, name: string): Dataset<Dim> {
  assertDataset(data)
  if (!(name in data.coords)) {
    const there = Object.keys(data.coords)
    throw new OperandoError('E_MISSING', `there is no coord '${name}'; there are [${there.join(', ')}].`, {
      details: { expected: name, found: there },
    })
  }
  const { [name]: _, ...coords } = data.coords
  return derive<Dim>(data, { coords, step: { op: 'dropCoord', parameters: { name } } })
}

/**
 * The Dataset with a dim, and the coord of that name, named anew.
 * @param data The Dataset.
 * @param from The name it has.
 * @param to   The name it gets.
 * @throws OperandoError `E_AXIS` if there is no such dim, or one of the new name already.
 * @example
 * ```ts
 * import { createDataset, renameDim } from 'operando'
 * const curve = createDataset({ name: 'I', dims: ['x'], values: [1, 2], unit: 'counts' })
 * renameDim(curve, 'x', 'frame').dims // ['frame']
 * ```
 */
export function renameDim<Dim extends string, From extends Dim, const To extends string>(
  data: Dataset<Dim>,
  from: From,
  to: To,
): Dataset<Exclude<Dim, From> | To> {
  axisOf(data, from)
  if (from !== (to as string) && ((data.dims as readonly string[]).includes(to) || to in data.coords))
    throw new OperandoError('E_AXIS', `'${to}' is there already: '${from}' cannot take its name.`, { details: { from, to } })
  const rename = (dims: readonly string[]): string[] => dims.map(d => (d === from ? to : d))
  const coords: Record<string, Variable> = {}
  for (const [name, coord] of Object.entries(data.coords))
    coords[name === from ? to : name] = coord.dims.includes(from) ? deriveVariable(coord, { dims: rename(coord.dims) }) : coord
  return derive<Exclude<Dim, From> | To>(data, {
    dims: rename(data.dims) as (Exclude<Dim, From> | To)[],
    coords,
    step: { op: 'renameDim', parameters: { from, to } },
  })
}

/**
 * The Dataset with other standard uncertainties, or with none.
 * @param data  The Dataset.
 * @param sigma As many as values, >= 0; `'poisson'` for sqrt(max(counts, 1)) of values that are counts as measured; `undefined` for none.
 * @throws OperandoError `E_SHAPE`, `E_RANGE` as `createVariable`; `E_UNIT` for `'poisson'` when the unit is not counts.
 * @example
 * ```ts
 * import { createDataset, withSigma } from 'operando'
 * const raw = createDataset({ name: 'I', dims: ['q'], values: [100, 400], unit: 'counts' })
 * withSigma(raw, 'poisson').sigma // 10, 20
 * ```
 */
export function withSigma<Dim extends string>(data: Dataset<Dim>, sigma: NumbersLike | 'poisson' | undefined): Dataset<Dim> {
  assertDataset(data)
  const parameters = { kind: sigma === undefined ? 'none' : sigma === 'poisson' ? 'poisson' : 'given' }
  const history = [...data.history, makeStep('withSigma', parameters)]
  if (sigma !== 'poisson') return createDataset<Dim>({ ...data, sigma, history })
  if (data.unit.powers[8] !== 1 || data.unit.powers.some((p, i) => i < 8 && p !== 0) || data.unit.factor !== 1)
    throw new OperandoError(
      'E_UNIT',
      `'${data.name}' is in '${data.unit.symbol}': only plain counts are Poisson. Divide by time or monitor afterwards.`,
    )
  const root = new Float64Array(data.values.length)
  for (let i = 0; i < root.length; i++) root[i] = Math.sqrt(Math.max(data.values[i]!, 1))
  return createDataset<Dim>({ ...data, sigma: root, history })
}
