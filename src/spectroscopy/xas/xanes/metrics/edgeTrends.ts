import { unit } from '../../../../core/unit.js'
import type { Dataset } from '../../../../model/dataset.js'
import { derive } from '../../../../model/derive.js'
import { readSeries } from '../../../series.js'
import { createEdgeMetrics, type EdgeMetrics, type EdgeMetricsOptions } from './createEdgeMetrics.js'

/** Measures of the edge along a series; time, voltage and x stay beside each. */
export type EdgeTrends = { readonly [Measure in Exclude<keyof EdgeMetrics, 'slope'>]: Dataset<'frame'> }

const UNITS = { halfHeight: 'eV', integral: 'eV', steepest: 'eV', whiteLine: 'eV', whiteLineHeight: '' } as const
const LABELS = {
  halfHeight: 'edge energy (half height)',
  integral: 'edge energy (integral)',
  steepest: 'edge energy (steepest)',
  whiteLine: 'white line energy',
  whiteLineHeight: 'white line height',
} as const

/**
 * The measures of an edge for all spectra of a series: edge energy, white line, against time, voltage, x. One call an edge: Ni, Co, Mn of one cell are three series.
 *
 * The energy at half height has a standard error where the series has uncertainties: that of the absorption over the slope. Frames that do not reach the heights are NaN and masked.
 *
 * @param series  Normalised spectra, dims `frame`, `energy`.
 * @param options Window, level.
 * @throws OperandoError `E_SHAPE` for other dims, `E_RANGE` for a window without data, `E_NAN` for points in it that are masked or no numbers.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { edgeTrends } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 401 }, (_, i) => 8300 + 0.25 * i)
 * const edge = (at: number) => energy.map(e => 0.5 + Math.atan((e - at) / 1.5) / Math.PI + 0.6 * Math.exp(-(((e - at - 5) / 3) ** 2)))
 * const series = createDataset({
 *   name: 'mu', dims: ['frame', 'energy'], shape: [2, 401], unit: '', values: [...edge(8344.8), ...edge(8346.2)],
 *   coords: { energy: { dims: ['energy'], values: energy, unit: 'eV' }, voltage: { dims: ['frame'], values: [3.6, 4.2], unit: 'V' } },
 * })
 * const { halfHeight } = edgeTrends(series, { window: [8330, 8365] })
 * console.log(halfHeight.values, halfHeight.coords.voltage!.values)
 * ```
 */
export function edgeTrends(series: Dataset, options: EdgeMetricsOptions = {}): EdgeTrends {
  const { energy, values, frames, coords } = readSeries('edgeTrends', series, options.window)
  const plan = createEdgeMetrics(energy, options)
  const n = energy.length
  const names = Object.keys(UNITS) as (keyof EdgeTrends)[]
  const trends = Object.fromEntries(names.map(name => [name, new Float64Array(frames)])) as Record<keyof EdgeTrends, Float64Array>
  const halfSigma = series.sigma && new Float64Array(frames)
  const row = new Float64Array(n)
  for (let frame = 0; frame < frames; frame++) {
    row.set(values.subarray(frame * n, (frame + 1) * n))
    const found = plan.measure(row)
    for (const name of names) trends[name][frame] = found[name]
    if (halfSigma) {
      // the point before the crossing: errors change slowly along a spectrum
      const at = Math.max(0, energy.findIndex(e => e > found.halfHeight) - 1)
      halfSigma[frame] = series.sigma![frame * n + at]! / found.slope
    }
  }
  const step = {
    op: 'edgeTrends',
    parameters: { window: [plan.energy[0]!, plan.energy[plan.energy.length - 1]!], level: options.level ?? 0.5 },
  }
  return Object.freeze(
    Object.fromEntries(
      names.map(name => {
        const missing = trends[name].some(Number.isNaN)
        const mask = missing ? Uint8Array.from(trends[name], value => (Number.isNaN(value) ? 1 : 0)) : undefined
        const doubts = missing
          ? [
              {
                code: 'W_NOT_REACHED' as const,
                message: `${name}: ${mask!.reduce((a, b) => a + b, 0)} of ${frames} frames do not cross the heights in the window; they are masked.`,
              },
            ]
          : []
        const sigma = name === 'halfHeight' ? halfSigma : undefined
        return [
          name,
          derive<'frame'>(series, {
            name,
            label: LABELS[name],
            dims: ['frame'],
            shape: [frames],
            values: trends[name],
            unit: unit(UNITS[name]),
            sigma,
            mask,
            coords,
            step,
            doubts,
          }),
        ]
      }),
    ),
  ) as EdgeTrends
}
