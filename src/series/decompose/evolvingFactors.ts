import { unit } from '../../core/unit.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { svd } from '../../numeric/linear/svd.js'
import { historyStep } from '../historyStep.js'
import { matrixOfSeries } from './matrixOfSeries.js'

/** Singular values of the growing and the shrinking series: see {@link evolvingFactors}. */
export interface EvolvingFactors {
  /** Of the frames up to each: a value rises from the noise where a component appears. Zeros where there are fewer frames than components. */
  readonly forward: Dataset<'frame' | 'component'>
  /** Of the frames from each on: a value falls into the noise where a component disappears. */
  readonly backward: Dataset<'frame' | 'component'>
}

/**
 * Evolving factor analysis: where along a series components appear and disappear.
 *
 * @param series     Dataset whose first dim is `frame`.
 * @param components Singular values to follow. Default 5.
 * @throws OperandoError `E_AXIS`, `E_NAN`, `E_SHAPE`.
 * @see M. Maeder, Anal. Chem. 59 (1987) 527
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { evolvingFactors } from 'operando/series'
 * const series = createDataset({ name: 'mu', dims: ['frame', 'energy'], shape: [3, 3], unit: '', values: [1, 0, 0, 2, 0, 0, 1, 1, 0] })
 * console.log(evolvingFactors(series, 2).forward.values) // the second value appears with the third frame
 * ```
 */
export function evolvingFactors(series: Dataset, components = 5): EvolvingFactors {
  const { data, frames, points, frameCoords } = matrixOfSeries(series, 'evolvingFactors')
  const along = (name: string, part: (frame: number) => readonly [number, number]): Dataset<'frame' | 'component'> => {
    const values = new Float64Array(frames * components)
    for (let frame = 0; frame < frames; frame++) {
      const [from, to] = part(frame)
      const { singularValues } = svd(data.subarray(from * points, to * points), to - from, points)
      values.set(singularValues.subarray(0, components), frame * components)
    }
    return createDataset({
      name,
      dims: ['frame', 'component'] as const,
      shape: [frames, components],
      values,
      unit: unit(''),
      coords: frameCoords,
      meta: series.meta,
      history: [...series.history, historyStep('evolvingFactors', { components })],
      warnings: series.warnings,
    })
  }
  return Object.freeze({
    forward: along('forward', frame => [0, frame + 1]),
    backward: along('backward', frame => [frame, frames]),
  })
}
