import { asFloat64 } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { unit } from '../../../core/unit.js'
import { assertDataset } from '../../../model/assertDataset.js'
import { createVariable } from '../../../model/createVariable.js'
import type { Dataset, Json } from '../../../model/dataset.js'
import { derive } from '../../../model/derive.js'
import { createXftf } from './createXftf.js'
import type { XftfOptions } from './xftfOptions.js'

/**
 * The forward transform of each spectrum of a Dataset.
 * @param data    Its last dim is `k`.
 * @param options As those of one spectrum.
 * @throws OperandoError `E_AXIS` for another last dim or no coordinate, and as for one spectrum.
 */
export function xftfSeries(data: Dataset, options: XftfOptions): Dataset {
  assertDataset(data)
  const axis = data.coords.k
  if (data.dims.at(-1) !== 'k' || !axis) {
    throw new OperandoError(
      'E_AXIS',
      `xftf: a Dataset whose last dim is 'k', with its coordinate, expected, found [${data.dims.join(', ')}].`,
    )
  }
  if (data.mask?.some(flag => flag !== 0)) {
    throw new OperandoError(
      'E_NAN',
      'xftf: masked points would leave holes in chi(k). Interpolate them, or drop the spectra, first.',
    )
  }
  const plan = createXftf(asFloat64(axis.values, 'k'), options)
  const n = data.shape.at(-1)!
  const m = plan.r.length
  const frames = data.shape.slice(0, -1).reduce((product, size) => product * size, 1)
  const chi = asFloat64(data.values, data.name)
  const values = new Float64Array(2 * m * frames)
  const noise = data.sigma && asFloat64(data.sigma, 'sigma')
  const sigma = noise && new Float64Array(2 * m * frames)
  for (let frame = 0; frame < frames; frame++) {
    const [from, to] = [frame * n, (frame + 1) * n]
    plan.transform(chi.subarray(from, to), values.subarray(2 * m * frame, 2 * m * (frame + 1)))
    if (noise) plan.propagate(noise.subarray(from, to), sigma!.subarray(2 * m * frame, 2 * m * (frame + 1)))
  }
  const { k: _, ...others } = data.coords
  const coords = Object.fromEntries(Object.entries(others).filter(([, coord]) => !coord.dims.includes('k')))
  const { rmaxOut: _end, ...parameters } = plan.options
  return derive(data, {
    name: 'chi(R)',
    dims: [...data.dims.slice(0, -1), 'R'],
    shape: [...data.shape.slice(0, -1), m],
    values,
    complex: true,
    unit: unit(`Å^${-(plan.options.kweight + 1)}`),
    sigma,
    mask: undefined,
    label: undefined,
    coords: { ...coords, R: createVariable({ dims: ['R'], values: plan.r, unit: 'Å', label: 'R' }) },
    step: { op: 'xftf', parameters: parameters as { readonly [key: string]: Json } },
    doubts: plan.hints,
  })
}
