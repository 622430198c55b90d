import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { derive } from '../../model/derive.js'
import type { CtAxis } from './correctSinograms.js'

/**
 * Joins a full turn to half a turn: each projection and its opposite, turned over about the centre of rotation, are averaged. What stands nearer to the detector in the one stands further in the other, so that the shift by
 * parallax goes ({@link parallaxShift}) and absorption on the two ways out is shared.
 * @param sinograms Sinograms over 360 degrees in even steps, an even number of angles; dims radial, angle, translation.
 * @param centre    Centre of rotation on the scale of translations, which must be even. Default its middle.
 * @returns Sinograms over the first 180 degrees.
 * @throws OperandoError `E_ARGUMENT` where angles are no full turn in even steps, or other dims; `E_AXIS` for translations that are not even.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { combineOpposite } from 'operando/scattering'
 * const line = (dim: string, values: number[], unit: string) => ({ dims: [dim], values, unit })
 * const turn = createDataset({
 *   name: 'I', dims: ['q', 'angle', 'translation'], shape: [1, 4, 3], values: [1, 2, 3, 4, 5, 6, 5, 2, 1, 6, 5, 4], unit: '',
 *   coords: { q: line('q', [1], '1/Å'), angle: line('angle', [0, 90, 180, 270], 'deg'), translation: line('translation', [-1, 0, 1], 'mm') },
 * })
 * console.log([...combineOpposite(turn).values]) // 1 2 4, 4 5 6
 * ```
 */
export function combineOpposite<Axis extends CtAxis>(
  sinograms: Dataset<Axis | 'angle' | 'translation'>,
  centre?: number,
): Dataset<Axis | 'angle' | 'translation'> {
  assertDataset(sinograms, 'combineOpposite')
  if (sinograms.dims.length !== 3 || sinograms.dims[1] !== 'angle' || sinograms.dims[2] !== 'translation')
    throw new OperandoError(
      'E_ARGUMENT',
      `combineOpposite: dims radial, angle, translation expected, found ${sinograms.dims.join(', ')}.`,
    )
  const [bins, angles, n] = sinograms.shape as [number, number, number]
  const turn = asFloat64(sinograms.coords.angle!.values, 'angle', { length: angles })
  const half = angles / 2
  const isFull =
    Number.isInteger(half) && turn.every((a, k) => k < half || Math.abs(a - turn[k - half]! - 180) < 1e-3 * (360 / angles))
  if (!isFull)
    throw new OperandoError(
      'E_ARGUMENT',
      `combineOpposite: angles over a full turn, each with its opposite half the list later, expected; found ${angles} from ${turn[0]} to ${turn.at(-1)} degrees.`,
    )
  const at = asFloat64(sinograms.coords.translation!.values, 'translation', { length: n })
  const step = n > 1 ? (at[n - 1]! - at[0]!) / (n - 1) : 1
  for (let i = 0; i < n; i++)
    if (!(Math.abs(at[i]! - at[0]! - i * step) <= 1e-3 * Math.abs(step)))
      throw new OperandoError('E_AXIS', `combineOpposite: even translations expected, but translation[${i}] = ${at[i]}.`)
  const middle = centre === undefined ? (n - 1) / 2 : (centre - at[0]!) / step
  const values = new Float64Array(bins * half * n)
  const sigma = sinograms.sigma ? new Float64Array(values.length) : undefined
  const mask = new Uint8Array(values.length)
  const good = (i: number): boolean => !sinograms.mask?.[i] && Number.isFinite(sinograms.values[i]!)
  for (let row = 0; row < bins * half; row++) {
    const bin = Math.floor(row / half)
    const own = (bin * angles + (row % half)) * n
    const opposite = own + half * n
    for (let i = 0; i < n; i++) {
      const turned = 2 * middle - i
      const j = Math.floor(turned)
      const t = turned - j
      const parts: [number, number][] = []
      if (good(own + i)) parts.push([own + i, 1])
      const inside = j >= 0 && j + Number(t > 1e-9) < n
      const pair: [number, number][] =
        t > 1e-9
          ? [
              [opposite + j, 1 - t],
              [opposite + j + 1, t],
            ]
          : [[opposite + j, 1]]
      if (inside && pair.every(([k]) => good(k))) parts.push(...pair)
      const weight = parts.reduce((sum, [, w]) => sum + w, 0)
      const to = row * n + i
      mask[to] = Number(weight === 0)
      values[to] = weight === 0 ? Number.NaN : parts.reduce((sum, [k, w]) => sum + w * sinograms.values[k]!, 0) / weight
      if (sigma)
        sigma[to] =
          weight === 0 ? Number.NaN : Math.sqrt(parts.reduce((sum, [k, w]) => sum + (w * sinograms.sigma![k]!) ** 2, 0)) / weight
    }
  }
  const angle = sinograms.coords.angle!
  return derive<Axis | 'angle' | 'translation'>(sinograms, {
    shape: [bins, half, n],
    values,
    sigma,
    mask,
    coords: { ...sinograms.coords, angle: { ...angle, shape: [half], values: turn.slice(0, half) } },
    step: { op: 'combineOpposite', parameters: { centre: centre ?? null } },
  })
}
