import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { unit } from '../../core/unit.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset, Variable } from '../../model/dataset.js'
import { gram } from '../../numeric/linear/gram.js'
import { historyStep } from '../historyStep.js'
import { pairwiseCorrelation } from './pairwiseCorrelation.js'
import { standardizeRows } from './standardizeRows.js'

/**
 * Pearson correlation of every frame with every other: r = cov(a, b) / (s_a s_b) over the points of two frames, -1 to 1.
 *
 * It is blind to scale and offset of a frame: right for a change of phase under a fluctuating beam, wrong for a loss of material. A common
 * background lifts all values: subtract it first.
 *
 * Masked points are left out: those bad in both or either frame of a pair (pairwise complete, as pandas does). A frame that does not vary has
 * no correlation: NaN and masked, not 0. Everything is computed in float64.
 *
 * @param series Dataset whose first dim is `frame`; further dims (q, energy, or y and x) are taken together.
 * @returns frames x frames, symmetric, 1 on the diagonal; coordinates on `frame` are kept, and repeated on `other` as `other` (the axis
 *   `frame`), `otherTime` ... under the name with the first letter raised.
 * @throws OperandoError `E_AXIS` if `frame` is not the first dim, `E_NAN` for a NaN that is not masked, `E_SHAPE` for frames of fewer than two points.
 * @see J. L. Rodgers, W. A. Nicewander, The American Statistician 42 (1988) 59
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { pearson } from 'operando/series'
 * const series = createDataset({ name: 'I', dims: ['frame', 'q'], shape: [3, 4], values: [1, 5, 2, 1, 1, 4, 3, 1, 1, 2, 5, 1], unit: 'counts' })
 * pearson(series).values // 3 x 3, 1 on the diagonal
 * ```
 */
export function pearson(series: Dataset): Dataset<'frame' | 'other'> {
  assertDataset(series, 'pearson')
  if (series.dims[0] !== 'frame') {
    throw new OperandoError(
      'E_AXIS',
      `${series.name}: the first dim must be "frame", found [${series.dims.join(', ')}]. Transpose it first.`,
    )
  }
  const m = series.shape[0]!
  const n = series.shape.slice(1).reduce((product, length) => product * length, 1)
  if (n < 2) throw new OperandoError('E_SHAPE', `${series.name}: frames of two points or more expected, found ${n}.`)
  const x = asFloat64(series.values, series.name, { allowNaN: true, allowInfinite: true })
  assertGoodPoints(series, x, n)
  const { use, ragged } = goodColumns(series.mask, m, n)
  const values = new Float64Array(m * m)
  const rows = new Float64Array(m * use.length)
  const constant = standardizeRows(zeroMasked(x, series.mask), m, n, use, rows)
  gram(rows, use.length, m, values)
  if (ragged.some(Boolean)) raggedPairs(x, series.mask!, m, n, ragged, values)
  const mask = new Uint8Array(m * m)
  for (let i = 0; i < m; i++) {
    for (let j = i; j < m; j++) {
      const known = ragged[i] || ragged[j] || !(constant[i] || constant[j])
      const r = known ? Math.max(-1, Math.min(1, values[i * m + j]!)) : Number.NaN
      const exact = i === j && !Number.isNaN(r) ? 1 : r
      values[i * m + j] = values[j * m + i] = exact
      if (Number.isNaN(exact)) mask[i * m + j] = mask[j * m + i] = 1
    }
  }
  return Object.freeze({
    name: 'pearson',
    label: 'Pearson correlation',
    dims: ['frame', 'other'] as const,
    shape: [m, m],
    values,
    unit: unit(''),
    coords: coordsOfPairs(series),
    mask,
    meta: series.meta,
    history: [...series.history, historyStep('pearson', {})],
    warnings: series.warnings,
  })
}

function assertGoodPoints(series: Dataset, x: Float64Array, n: number): void {
  for (let i = 0; i < x.length; i++) {
    if (x[i]! - x[i]! === 0 || series.mask?.[i]) continue
    throw new OperandoError(
      'E_NAN',
      `${series.name}: frame ${Math.floor(i / n)} is ${x[i]} at point ${i % n}. Mask such points first.`,
      {
        details: { frame: Math.floor(i / n), point: i % n },
      },
    )
  }
}

function zeroMasked(x: Float64Array, mask: Uint8Array | undefined): Float64Array {
  return mask ? x.map((v, i) => (mask[i] ? 0 : v)) : x
}

/** The points that are not masked in all frames alike, and which frames have masked points beyond those. */
function goodColumns(mask: Uint8Array | undefined, m: number, n: number): { use: Int32Array; ragged: Uint8Array } {
  const ragged = new Uint8Array(m)
  const use: number[] = []
  for (let k = 0; k < n; k++) {
    let bad = 0
    if (mask) for (let i = 0; i < m; i++) bad += mask[i * n + k] ? 1 : 0
    if (bad < m) use.push(k)
    if (mask && bad > 0 && bad < m) for (let i = 0; i < m; i++) if (mask[i * n + k]) ragged[i] = 1
  }
  return { use: Int32Array.from(use), ragged }
}

/** Pairs with a frame that has masked points of its own. */
function raggedPairs(x: Float64Array, mask: Uint8Array, m: number, n: number, ragged: Uint8Array, out: Float64Array): void {
  const good = Float64Array.from(mask, bad => (bad ? 0 : 1))
  const z = new Float64Array(m * n)
  for (let i = 0; i < m; i++) {
    let sum = 0
    let count = 0
    for (let k = i * n; k < (i + 1) * n; k++) {
      if (!good[k]) continue
      sum += x[k]!
      count++
    }
    for (let k = i * n; k < (i + 1) * n; k++) if (good[k]) z[k] = x[k]! - sum / count
  }
  for (let i = 0; i < m; i++) {
    for (let j = i; j < m; j++) if (ragged[i] || ragged[j]) out[i * m + j] = pairwiseCorrelation(z, good, n, i, j)
  }
}

function coordsOfPairs(series: Dataset): Record<string, Variable> {
  const coords: Record<string, Variable> = {}
  for (const [name, coord] of Object.entries(series.coords)) {
    if (coord.dims.length !== 1 || coord.dims[0] !== 'frame') continue
    const twin = name === 'frame' ? 'other' : `other${name[0]!.toUpperCase()}${name.slice(1)}`
    coords[name] = coord
    coords[twin] = { ...coord, dims: ['other'] }
  }
  return coords
}
