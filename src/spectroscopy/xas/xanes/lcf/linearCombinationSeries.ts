import { unit } from '../../../../core/unit.js'
import type { Dataset } from '../../../../model/dataset.js'
import { derive } from '../../../../model/derive.js'
import { readSeries } from '../../../series.js'
import { createLinearCombination } from './createLinearCombination.js'
import type { LinearCombinationOptions } from './linearCombination.js'
import type { ReferenceSpectrum } from './references.js'

/** Weights of the references along a series. */
export interface LinearCombinationTrends {
  /** The weight of each reference by its name, on `frame`, with its standard error; time, voltage and x stay beside it. */
  readonly weights: Readonly<Record<string, Dataset<'frame'>>>
  /** Sum of the weights. */
  readonly sum: Dataset<'frame'>
  /** Sum of residual² over sum of data². */
  readonly rFactor: Dataset<'frame'>
}

/**
 * Linear combination fits of a whole series: the weights against time, voltage, x.
 *
 * @param series     Normalised spectra, dims `frame`, `energy`.
 * @param references As for `linearCombinationFit`; frames of the series itself serve as end members.
 * @param options    As for `linearCombinationFit`, without `shift`.
 * @throws OperandoError as `createLinearCombination`; `E_SHAPE` for other dims, `E_NAN` for masked points in the range.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { linearCombinationSeries } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 101 }, (_, i) => 8320 + 0.5 * i)
 * const edge = (at: number) => energy.map(e => 0.5 + Math.atan((e - at) / 1.5) / Math.PI)
 * const [start, end] = [edge(8343), edge(8345)]
 * const series = createDataset({
 *   name: 'mu', dims: ['frame', 'energy'], shape: [2, 101], unit: '', values: [...start, ...start.map((v, i) => (v + end[i]!) / 2)],
 *   coords: { energy: { dims: ['energy'], values: energy, unit: 'eV' }, voltage: { dims: ['frame'], values: [3.6, 3.9], unit: 'V' } },
 * })
 * const { weights } = linearCombinationSeries(series, [{ name: 'start', energy, mu: start }, { name: 'end', energy, mu: end }], { sum: 'one' })
 * console.log(weights.start!.values, weights.start!.coords.voltage!.values) // 1, 0.5 at 3.6, 3.9 V
 * ```
 */
export function linearCombinationSeries(
  series: Dataset,
  references: readonly ReferenceSpectrum[],
  options: LinearCombinationOptions = {},
): LinearCombinationTrends {
  const { energy, values, frames, coords } = readSeries('linearCombinationSeries', series, options.range)
  const plan = createLinearCombination(energy, references, options)
  const found = plan.fitAll(values)
  const k = plan.names.length
  const step = {
    op: 'linearCombinationSeries',
    parameters: {
      sum: options.sum ?? 'free',
      negative: options.negative ?? true,
      range: [plan.energy[0]!, plan.energy[plan.energy.length - 1]!],
    },
    inputs: [...plan.names],
  }
  const onFrames = (name: string, trend: Float64Array, sigma?: Float64Array): Dataset<'frame'> =>
    derive<'frame'>(series, {
      name,
      label: name,
      dims: ['frame'],
      shape: [frames],
      values: trend,
      unit: unit(''),
      sigma,
      mask: undefined,
      coords,
      step,
    })
  const column = (of: Float64Array, j: number): Float64Array =>
    Float64Array.from({ length: frames }, (_, frame) => of[frame * k + j]!)
  const sums = Float64Array.from({ length: frames }, (_, frame) =>
    found.weights.subarray(frame * k, (frame + 1) * k).reduce((a, b) => a + b, 0),
  )
  return Object.freeze({
    weights: Object.freeze(
      Object.fromEntries(plan.names.map((name, j) => [name, onFrames(name, column(found.weights, j), column(found.sigma, j))])),
    ),
    sum: onFrames('sum', sums),
    rFactor: onFrames('rFactor', found.rFactor),
  })
}
