import { OperandoError } from '../../core/errors.js'
import type { Dataset } from '../../model/dataset.js'
import { matrixOfSeries } from './matrixOfSeries.js'

/**
 * The frames that differ most from each other, by successive projection: the strongest frame, then always that which is farthest from the span of those chosen. Where pure frames occur these are they;
 * else the best to begin with.
 *
 * @param series Dataset whose first dim is `frame`.
 * @param count  How many.
 * @returns Numbers of the frames, in the order found.
 * @throws OperandoError `E_RANGE` for more than frames or points; `E_AXIS`, `E_NAN`, `E_SHAPE`.
 * @see M. C. U. Araujo et al., Chemom. Intell. Lab. Syst. 57 (2001) 65
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { purestFrames } from 'operando/series'
 * const series = createDataset({ name: 'mu', dims: ['frame', 'energy'], shape: [3, 2], unit: '', values: [3, 0, 1, 1, 0, 2] })
 * purestFrames(series, 2) // [0, 2]
 * ```
 */
export function purestFrames(series: Dataset, count: number): number[] {
  const { data, frames, points } = matrixOfSeries(series, 'purestFrames')
  return purestRows(data, frames, points, count)
}

/** {@link purestFrames} of a matrix. */
export function purestRows(data: Float64Array, rows: number, columns: number, count: number): number[] {
  if (!(Number.isInteger(count) && count >= 1 && count <= Math.min(rows, columns)))
    throw new OperandoError('E_RANGE', `components: 1 to ${Math.min(rows, columns)} expected, found ${count}.`)
  const left = data.slice()
  const found: number[] = []
  for (let turn = 0; turn < count; turn++) {
    let best = -1
    let most = -1
    for (let row = 0; row < rows; row++) {
      let square = 0
      for (let i = 0; i < columns; i++) square += left[row * columns + i]! ** 2
      if (square > most) {
        most = square
        best = row
      }
    }
    found.push(best)
    const direction = left.slice(best * columns, (best + 1) * columns).map(v => v / Math.sqrt(most || 1))
    for (let row = 0; row < rows; row++) {
      let dot = 0
      for (let i = 0; i < columns; i++) dot += left[row * columns + i]! * direction[i]!
      for (let i = 0; i < columns; i++) left[row * columns + i]! -= dot * direction[i]!
    }
  }
  return found
}
