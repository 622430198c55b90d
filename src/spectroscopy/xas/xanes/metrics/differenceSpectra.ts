import { OperandoError } from '../../../../core/errors.js'
import type { Dataset } from '../../../../model/dataset.js'
import { derive } from '../../../../model/derive.js'
import { readSeries } from '../../../series.js'

/**
 * Difference spectra of a series: each frame minus one frame, or minus the one before it. Isosbestic points, where a mixture of two components does not change, are its zeros.
 *
 * Uncertainties add in quadrature; those of a frame minus itself are 0. Masked points of either are masked.
 *
 * @param series Normalised spectra, dims `frame`, `energy`.
 * @param to     Number of the frame to subtract, or `'previous'`. Default 0, the first.
 * @throws OperandoError `E_RANGE` for a frame that is not there, `E_SHAPE` for other dims.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { differenceSpectra } from 'operando/spectroscopy'
 * const series = createDataset({
 *   name: 'mu', dims: ['frame', 'energy'], shape: [2, 5], unit: '', values: [0, 0.1, 0.8, 1, 1, 0, 0.05, 0.7, 1.1, 1],
 *   coords: { energy: { dims: ['energy'], values: [8330, 8335, 8340, 8345, 8350], unit: 'eV' } },
 * })
 * differenceSpectra(series).values // zeros, then 0, -0.05, -0.1, 0.1, 0
 * ```
 */
export function differenceSpectra(series: Dataset, to: number | 'previous' = 0): Dataset<'frame' | 'energy'> {
  const { energy, values, frames } = readSeries('differenceSpectra', series, [Infinity, -Infinity])
  if (to !== 'previous' && !(Number.isInteger(to) && to >= 0 && to < frames))
    throw new OperandoError('E_RANGE', `to: a frame from 0 to ${frames - 1} or 'previous' expected, found ${to}.`)
  const n = energy.length
  const out = new Float64Array(frames * n)
  const sigma = series.sigma && new Float64Array(frames * n)
  const mask = series.mask && new Uint8Array(frames * n)
  for (let frame = 0; frame < frames; frame++) {
    const other = to === 'previous' ? Math.max(0, frame - 1) : to
    for (let i = 0; i < n; i++) {
      const [a, b] = [frame * n + i, other * n + i]
      out[a] = values[a]! - values[b]!
      if (sigma) sigma[a] = a === b ? 0 : Math.hypot(series.sigma![a]!, series.sigma![b]!)
      if (mask) mask[a] = series.mask![a]! || series.mask![b]! ? 1 : 0
    }
  }
  return derive<'frame' | 'energy'>(series, {
    name: `Δ${series.name}`,
    dims: ['frame', 'energy'],
    values: out,
    sigma,
    mask,
    step: { op: 'differenceSpectra', parameters: { to } },
  })
}
