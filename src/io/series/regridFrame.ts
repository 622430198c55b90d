import { OperandoError } from '../../core/errors.js'
import type { Unit } from '../../core/unit.js'
import { valuesIn } from '../../model/align.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { makeStep } from '../../model/derive.js'

/**
 * A curve on another grid, straight between its points. The sigma of a new point is that of the mean of its neighbours with these weights. Points
 * outside the range, and those beside a masked or missing value, are NaN and masked.
 * @param frame The curve; its axis rises or falls strictly.
 * @param grid  Where the values are wanted.
 * @param unit  Unit of `grid`.
 * @param name  Name of the file, for messages.
 * @throws OperandoError `E_SHAPE` unless it is one real curve with its axis as points, `E_AXIS` unless that is strictly monotonic.
 */
export function regridFrame(frame: Dataset, grid: Float64Array, unit: Unit, name: string): Dataset {
  const [dim] = frame.dims
  const axis = dim === undefined ? undefined : frame.coords[dim]
  if (frame.dims.length !== 1 || dim === undefined || frame.complex || !axis || axis.edges)
    throw new OperandoError(
      'E_SHAPE',
      `${name}: only real curves with their axis as points can be regridded, not [${frame.dims.join(', ')}].`,
    )
  const x = valuesIn(axis, unit, `axis '${dim}' of ${name}`)
  const n = x.length
  const falls = n > 1 && x[1]! < x[0]!
  for (let i = 1; i < n; i++)
    if (!(falls ? x[i]! < x[i - 1]! : x[i]! > x[i - 1]!))
      throw new OperandoError('E_AXIS', `${name}: the axis '${dim}' is not monotonic at [${i}] and cannot be regridded.`)
  const at = (i: number): number => (falls ? n - 1 - i : i)
  const values = new Float64Array(grid.length).fill(Number.NaN)
  const sigma = frame.sigma && new Float64Array(grid.length).fill(Number.NaN)
  const mask = new Uint8Array(grid.length).fill(1)
  let masked = false
  for (let k = 0; k < grid.length; k++) {
    const right = firstNotBelow(x, at, n, grid[k]!)
    const on = right < n && x[at(right)] === grid[k]
    const [a, b] = on ? [at(right), at(right)] : [at(right - 1), at(right)]
    if ((!on && (right === 0 || right === n)) || frame.mask?.[a] || frame.mask?.[b]) {
      masked = true
      continue
    }
    const w = on ? 0 : (grid[k]! - x[a]!) / (x[b]! - x[a]!)
    values[k] = on ? frame.values[a]! : (1 - w) * frame.values[a]! + w * frame.values[b]!
    if (sigma) sigma[k] = on ? frame.sigma![a]! : Math.hypot((1 - w) * frame.sigma![a]!, w * frame.sigma![b]!)
    mask[k] = Number.isNaN(values[k]) ? 1 : 0
    if (mask[k]) masked = true
  }
  const coords = Object.fromEntries(Object.entries(frame.coords).filter(([, coord]) => !coord.dims.includes(dim)))
  return createDataset({
    name: frame.name,
    dims: [dim],
    values,
    unit: frame.unit,
    label: frame.label,
    sigma,
    coords: { ...coords, [dim]: { dims: [dim], values: grid, unit, label: axis.label } },
    ...(masked ? { mask } : {}),
    meta: frame.meta,
    history: [...frame.history, makeStep('regrid', { method: 'linear', points: grid.length })],
    warnings: frame.warnings,
  })
}

/** First of the n rising values (seen through `at`) that is not below t; n if there is none. */
function firstNotBelow(x: ArrayLike<number>, at: (i: number) => number, n: number, t: number): number {
  let low = 0
  let high = n
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[at(middle)]! < t) low = middle + 1
    else high = middle
  }
  return low
}
