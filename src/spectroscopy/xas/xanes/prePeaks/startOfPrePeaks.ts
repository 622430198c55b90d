import type { ParameterInput } from '../../../../numeric/leastSquares/types.js'
import type { PrePeakOptions } from './fitPrePeaks.js'
import type { PreEdgeBaseline } from './prePeakModel.js'

/**
 * Parameters and starts: the line from the lowest points, the foot of the edge from the last point, areas from what stands above both.
 * @param x       Energies of the range.
 * @param y       Data there.
 * @param options As given.
 * @param kind    Of the baseline.
 */
export function startOfPrePeaks(
  x: Float64Array,
  y: Float64Array,
  options: PrePeakOptions,
  kind: PreEdgeBaseline,
): ParameterInput[] {
  const n = x.length
  const span = x[n - 1]! - x[0]!
  const rise = Math.max(y[n - 1]! - y[0]!, 1e-3)
  const edge = options.edge ?? x[n - 1]! + (kind === 'lorentzian' ? 0.1 : 0.05) * span
  const lorentzian = options.lorentzian
  const peaks = options.peaks.flatMap(({ centre, fwhm = 2 }, i): ParameterInput[] => {
    const at = x.reduce((best, e, j) => (Math.abs(e - centre) < Math.abs(x[best]! - centre) ? j : best), 0)
    // the edge under the peak, roughly: a straight rise of the last third
    const under = y[0]! + rise * Math.max(0, (x[at]! - x[0]! - 0.66 * span) / (0.34 * span))
    const area = Math.max(y[at]! - under, 0.02 * rise) * fwhm * 1.1
    const k = i + 1
    return [
      {
        name: `centre${k}`,
        value: centre,
        min: Math.max(x[0]!, centre - 1.5 * fwhm),
        max: Math.min(x[n - 1]!, centre + 1.5 * fwhm),
      },
      { name: `gaussian${k}`, value: 0.8 * fwhm, min: 0.02, max: span },
      { name: `area${k}`, value: area, min: 0 },
    ]
  })
  return [
    ...peaks,
    { name: 'lorentzian', value: lorentzian ?? 0.5, min: 0, max: span, vary: lorentzian === undefined },
    { name: 'offset', value: y[0]! },
    { name: 'slope', value: 0, scale: rise / span },
    { name: 'edge', value: edge, min: x[0]! + 0.5 * span, max: x[n - 1]! + 2 * span, vary: options.edge === undefined },
    { name: 'edgeWidth', value: 0.3 * span, min: 0.05 * span, max: 4 * span },
    { name: 'edgeHeight', value: kind === 'lorentzian' ? rise : 2 * rise, min: 0 },
  ]
}
