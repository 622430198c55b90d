import { OperandoError } from '../../core/errors.js'
import type { Dataset } from '../../model/dataset.js'
import { derive } from '../../model/derive.js'
import { assertPlane, intervalIn } from './rixsPlane.js'

/**
 * Turns a plane of incident and emitted energies into one of incident energies and energy transfer (incident minus emitted), where losses stand on horizontal lines and fluorescence on diagonals.
 *
 * Values are interpolated straight along the emission at each incident energy, which is measured there; where the emission was not measured they are NaN and masked, never zero. sigma is that of the
 * interpolated value.
 *
 * @param plane    Dims `emission`, `incident` in either order.
 * @param transfer Energies of the new axis, eV, rising. Default: as fine as the emission, over all that was measured.
 * @returns Dims `transfer`, `incident`.
 * @throws OperandoError `E_SHAPE` for other dims, `E_AXIS` for energies that do not rise.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { rixsToTransfer } from 'operando/spectroscopy'
 * const plane = createDataset({
 *   name: 'I', dims: ['emission', 'incident'], shape: [3, 2], values: [1, 2, 3, 4, 5, 6], unit: 'counts',
 *   coords: { emission: { dims: ['emission'], values: [528, 529, 530], unit: 'eV' }, incident: { dims: ['incident'], values: [530, 531], unit: 'eV' } },
 * })
 * rixsToTransfer(plane, [0, 1, 2]).values // 5, NaN, 3, 6, 1, 4: rows of transfer 0, 1, 2
 * ```
 */
export function rixsToTransfer(plane: Dataset, transfer?: ArrayLike<number>): Dataset<'transfer' | 'incident'> {
  assertPlane(plane, 'rixsToTransfer')
  if (!plane.dims.includes('incident') || !plane.dims.includes('emission'))
    throw new OperandoError(
      'E_SHAPE',
      `rixsToTransfer: the dims incident and emission were expected, found [${plane.dims.join(', ')}].`,
    )
  const incident = plane.coords.incident!.values
  const emission = plane.coords.emission!.values
  const m = incident.length
  const losses = Float64Array.from(transfer ?? allTransfers(incident, emission))
  for (let t = 1; t < losses.length; t++)
    if (!(losses[t]! > losses[t - 1]!))
      throw new OperandoError('E_AXIS', `transfer must rise, but ${losses[t]} follows ${losses[t - 1]}.`)
  const emissionFirst = plane.dims[0] === 'emission'
  const at = (j: number, i: number): number => (emissionFirst ? j * m + i : i * emission.length + j)
  const values = new Float64Array(losses.length * m).fill(Number.NaN)
  const sigma = plane.sigma && new Float64Array(values.length).fill(Number.NaN)
  const mask = new Uint8Array(values.length).fill(1)
  for (let t = 0; t < losses.length; t++)
    for (let i = 0; i < m; i++) {
      const found = intervalIn(emission, incident[i]! - losses[t]!)
      if (!found) continue
      const [a, b] = [at(found.index, i), at(found.index + (found.share > 0 ? 1 : 0), i)]
      if (plane.mask?.[a] || plane.mask?.[b]) continue
      const k = t * m + i
      values[k] = (1 - found.share) * plane.values[a]! + found.share * plane.values[b]!
      mask[k] = Number.isNaN(values[k]!) ? 1 : 0
      if (sigma) sigma[k] = Math.hypot((1 - found.share) * plane.sigma![a]!, found.share * plane.sigma![b]!)
    }
  const { emission: _, ...coords } = plane.coords
  return derive<'transfer' | 'incident'>(plane, {
    dims: ['transfer', 'incident'],
    shape: [losses.length, m],
    values,
    sigma,
    mask,
    coords: {
      ...Object.fromEntries(Object.entries(coords).filter(([, coord]) => !coord.dims.includes('emission'))),
      transfer: {
        dims: ['transfer'],
        shape: [losses.length],
        values: losses,
        unit: plane.coords.emission!.unit,
        label: 'energy transfer',
      },
    },
    step: { op: 'rixsToTransfer', parameters: { from: losses[0]!, to: losses[losses.length - 1]!, points: losses.length } },
  })
}

function allTransfers(incident: ArrayLike<number>, emission: ArrayLike<number>): Float64Array {
  const step = (emission[emission.length - 1]! - emission[0]!) / (emission.length - 1)
  const low = incident[0]! - emission[emission.length - 1]!
  const high = incident[incident.length - 1]! - emission[0]!
  return Float64Array.from({ length: Math.floor((high - low) / step + 1e-9) + 1 }, (_, i) => low + i * step)
}
