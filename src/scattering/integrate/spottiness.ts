import { OperandoError } from '../../core/errors.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { makeStep } from '../../model/derive.js'
import { RADIAL_LABELS, RADIAL_UNITS, type RadialAxis } from '../geometry/radialAxis.js'
import type { Integrator } from './createIntegrator.js'

/**
 * How spotty the rings of a frame are: the scatter of the pixels of each bin about its mean, over that of counting alone, sum w (c - I n)² / (I n) / (sum w - 1), a reduced chi
 * square. 1 for the smooth rings of a fine powder; far above it for coarse grains, single-crystal spots or texture, where means (and Rietveld) need care: look at
 * the median, or `{ sigmaClip }`.
 *
 * @param frame Counts.
 * @param plan  The plan of {@link createIntegrator}, one-dimensional.
 * @returns A number a bin; NaN and masked for bins of no counts, or of not more than one pixel.
 * @throws OperandoError `E_SHAPE` for a frame of another size, `E_ARGUMENT` for a plan with bins of azimuth.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { createRandom } from 'operando/numeric'
 * import { createGeometry, createIntegrator, spottiness } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.1, poni1: 0.01, poni2: 0.01, shape: [100, 100], pixel1: 2e-4, wavelength: 0.4 })
 * const values = createRandom(1).counts(new Float64Array(10000).fill(50))
 * values[5050] = 4000 // a grain
 * const frame = createDataset({ name: 'I', dims: ['y', 'x'], shape: [100, 100], values, unit: 'counts' })
 * console.log(Math.max(...spottiness(frame, createIntegrator(geometry, { bins: 20, solidAngle: false })).values) > 10) // true
 * ```
 */
export function spottiness<Axis extends string>(frame: Dataset<'y' | 'x'>, plan: Integrator<Axis>): Dataset<Axis> {
  if (plan.azimuth) throw new OperandoError('E_ARGUMENT', 'spottiness: a plan without bins of azimuth expected.')
  if (frame.values.length !== plan.map.inputs)
    throw new OperandoError(
      'E_SHAPE',
      `spottiness: frames of ${plan.geometry.shape.join(' x ')} expected, found ${frame.shape.join(' x ')}.`,
    )
  const { rows, normalization: n, map } = plan
  const counts = plan.counts(frame.values)
  if (frame.mask) for (let i = 0; i < counts.length; i++) if (frame.mask[i]) counts[i] = Number.NaN
  const values = new Float64Array(map.outputs).fill(Number.NaN)
  const mask = new Uint8Array(map.outputs).fill(1)
  for (let b = 0; b < map.outputs; b++) {
    let [signal, norm, share] = [0, 0, 0]
    for (let e = rows.start[b]!; e < rows.start[b + 1]!; e++) {
      const pixel = rows.input[e]!
      if (Number.isNaN(counts[pixel]!)) continue
      signal += rows.weight[e]! * counts[pixel]!
      norm += rows.weight[e]! * n[pixel]!
      share += rows.weight[e]!
    }
    const mean = signal / norm
    if (!(mean > 0 && share > 1)) continue
    let chi = 0
    for (let e = rows.start[b]!; e < rows.start[b + 1]!; e++) {
      const pixel = rows.input[e]!
      if (Number.isNaN(counts[pixel]!)) continue
      const expected = mean * n[pixel]!
      chi += (rows.weight[e]! * (counts[pixel]! - expected) ** 2) / expected
    }
    values[b] = chi / (share - 1)
    mask[b] = 0
  }
  const axis = plan.axis as RadialAxis & Axis
  return createDataset<Axis>({
    name: 'spottiness',
    dims: [axis],
    values,
    unit: '',
    mask: mask.includes(1) ? mask : undefined,
    coords: { [axis]: { dims: [axis], values: plan.centres, unit: RADIAL_UNITS[axis], label: RADIAL_LABELS[axis] } },
    meta: { ...frame.meta, wavelength: plan.geometry.wavelength ?? frame.meta.wavelength },
    history: [...frame.history, makeStep('spottiness', plan.parameters)],
    warnings: frame.warnings,
  })
}
