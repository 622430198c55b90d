import type { Dataset } from '../../model/dataset.js'
import type { Figure } from '../../plot/figure.js'
import { matrixPlot } from '../../plot/figures/matrixPlot.js'
import { correlationOf } from '../../scattering/bragg/mechanism/trend.js'
import type { DiffractionAnalysis } from '../diffraction/analyseDiffraction.js'
import { reachOf } from '../diffraction/trends.js'

/** The patterns' correlation with each other. */
export function patternCorrelationFigure({ patternCorrelation }: DiffractionAnalysis): Figure {
  const lowest = Float64Array.from(patternCorrelation.values).reduce((m, v) => (v < m ? v : m), 1)
  return matrixPlot(patternCorrelation.values, {
    id: 'patterns',
    width: 410,
    height: 400,
    range: [Math.max(-1, Math.floor(lowest * 20) / 20), 1],
    colorMap: 'viridis',
    numbers: false,
  })
}

/** Correlations of the trends with each other, voltage and charge among them. */
export function trendCorrelation({ run, trends }: DiffractionAnalysis): {
  readonly names: readonly string[]
  readonly matrix: Float64Array
} {
  const series: [string, Dataset<'frame'>][] = []
  for (const name of ['voltage', 'charge', 'x']) {
    const coord = run.coords[name]
    if (coord) series.push([name, { ...(coord as Dataset<'frame'>), name, coords: {}, meta: {}, history: [], warnings: [] }])
  }
  for (const [name, trend] of Object.entries(trends))
    if (/\.(fraction|area)$/.test(name) || (/\.(a|b|c|d)$/.test(name) && reachOf(trend) > 8)) series.push([name, trend])
  const shown = series.slice(0, 14)
  const matrix = new Float64Array(shown.length ** 2)
  for (const [i, [, one]] of shown.entries()) {
    for (const [j, [, other]] of shown.entries()) matrix[i * shown.length + j] = i === j ? 1 : correlationOf(one, other)
  }
  return { names: shown.map(([name]) => name), matrix }
}

/** {@link trendCorrelation} as a figure. */
export function trendCorrelationFigure(analysis: DiffractionAnalysis): Figure | undefined {
  const { names, matrix } = trendCorrelation(analysis)
  return names.length < 2 ? undefined : matrixPlot(matrix, { id: 'trends', labels: names, width: 470, height: 440 })
}
