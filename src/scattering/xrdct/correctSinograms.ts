import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { derive } from '../../model/derive.js'
import { median } from '../../numeric/statistics/quantile.js'

/** The radial axis of integrated patterns. */
export type CtAxis = 'q' | 'twoTheta' | 'd'

/** Options of {@link correctSinograms}. */
export interface CorrectSinogramsOptions {
  /** Beam monitor, angles x translations: divided by. Default 1. */
  monitor?: NumbersLike | undefined
  /** Absorption: part of the direct beam that passes the sample, angles x translations, divided by. At small angles every voxel along the beam has lost that part, on its way in or out, so it is exact there. Default 1. */
  transmission?: NumbersLike | undefined
  /** Scattering of air and holder: a pattern by radial bin, taken off after the monitor and before the transmission. Default 0. */
  background?: NumbersLike | undefined
  /** Flux by the sum rule: every projection of one sample has one sum; each is scaled to the median of all. For samples that the scan covers whole. Default false. */
  sumRule?: boolean | undefined
}

const OPTIONS: FieldsOf<CorrectSinogramsOptions> = { monitor: true, transmission: true, background: true, sumRule: true }

/**
 * Makes sinograms, one for each radial bin, of the integrated patterns of an XRD-CT scan, and corrects them: monitor, background, absorption, flux by the sum rule. Spotty grains make streaks: integrate with a median or sigma
 * clip over the azimuth before. Uncertainties follow the factors, which are taken as exact.
 * @param patterns Patterns over angles and translations: dims angle, translation, and q, d or twoTheta.
 * @param options  Corrections.
 * @returns Dims radial, angle, translation.
 * @throws OperandoError `E_ARGUMENT` for other dims, `E_SHAPE` for corrections of other sizes, `E_RANGE` for a monitor or transmission that is not above 0, or a projection without intensity under the sum rule.
 * @see S. D. M. Jacques et al., Nat. Commun. 4 (2013) 2536; A. Vamvakeros et al., J. Appl. Cryst. 48 (2015) 1943
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { correctSinograms } from 'operando/scattering'
 * const line = (dim: string, values: number[], unit: string) => ({ dims: [dim], values, unit })
 * const patterns = createDataset({
 *   name: 'I', dims: ['angle', 'translation', 'q'], shape: [2, 3, 2], values: [0, 0, 4, 2, 0, 0, 0, 0, 2, 1, 0, 0], unit: '',
 *   coords: { angle: line('angle', [0, 90], 'deg'), translation: line('translation', [-1, 0, 1], 'mm'), q: line('q', [1, 2], '1/Å') },
 * })
 * const sinograms = correctSinograms(patterns, { sumRule: true })
 * console.log(sinograms.dims, [...sinograms.values]) // q, angle, translation: the beam lost half of its flux at 90 degrees
 * ```
 */
export function correctSinograms<Axis extends CtAxis>(
  patterns: Dataset<'angle' | 'translation' | Axis>,
  options: CorrectSinogramsOptions = {},
): Dataset<Axis | 'angle' | 'translation'> {
  assertKnown(options, 'correctSinograms options', OPTIONS)
  assertDataset(patterns, 'correctSinograms')
  const axis = patterns.dims[2] as Axis
  if (
    patterns.dims.length !== 3 ||
    patterns.dims[0] !== 'angle' ||
    patterns.dims[1] !== 'translation' ||
    !['q', 'd', 'twoTheta'].includes(axis)
  )
    throw new OperandoError(
      'E_ARGUMENT',
      `correctSinograms: dims angle, translation, q (or d, twoTheta) expected, found ${patterns.dims.join(', ')}.`,
    )
  const [angles, translations, bins] = patterns.shape as [number, number, number]
  const points = angles * translations
  const factor = (given: NumbersLike | undefined, name: string): Float64Array => {
    if (given === undefined) return new Float64Array(points).fill(1)
    const list = asFloat64(given, name, { length: points })
    const at = list.findIndex(v => !(v > 0))
    if (at >= 0) throw new OperandoError('E_RANGE', `${name}[${at}] = ${list[at]}: above 0 expected.`)
    return list
  }
  const monitor = factor(options.monitor, 'monitor')
  const transmission = factor(options.transmission, 'transmission')
  const background =
    options.background === undefined ? new Float64Array(bins) : asFloat64(options.background, 'background', { length: bins })
  const values = new Float64Array(points * bins)
  const sigma = patterns.sigma ? new Float64Array(points * bins) : undefined
  const mask = patterns.mask ? new Uint8Array(points * bins) : undefined
  for (let p = 0; p < points; p++)
    for (let b = 0; b < bins; b++) {
      const [from, to] = [p * bins + b, b * points + p]
      values[to] = (patterns.values[from]! / monitor[p]! - background[b]!) / transmission[p]!
      if (sigma) sigma[to] = patterns.sigma![from]! / (monitor[p]! * transmission[p]!)
      if (mask) mask[to] = patterns.mask![from]!
    }
  if (options.sumRule) scaleProjections(values, sigma, mask, angles, translations)
  return derive<Axis | 'angle' | 'translation'>(patterns, {
    dims: [axis, 'angle', 'translation'],
    shape: [bins, angles, translations],
    values,
    sigma,
    mask,
    step: {
      op: 'correctSinograms',
      parameters: {
        monitor: options.monitor !== undefined,
        transmission: options.transmission !== undefined,
        background: options.background !== undefined,
        sumRule: options.sumRule ?? false,
      },
    },
  })
}

function scaleProjections(
  values: Float64Array,
  sigma: Float64Array | undefined,
  mask: Uint8Array | undefined,
  angles: number,
  translations: number,
): void {
  const sums = new Float64Array(angles)
  const points = angles * translations
  for (let i = 0; i < values.length; i++)
    if (!mask?.[i] && Number.isFinite(values[i]!)) sums[Math.floor((i % points) / translations)]! += values[i]!
  const typical = median(sums)
  const empty = sums.findIndex(sum => !(sum > 0))
  if (empty >= 0 || !(typical > 0))
    throw new OperandoError(
      'E_RANGE',
      `correctSinograms: the projection at angle ${empty} has the sum ${sums[empty]}: the sum rule needs intensity in all.`,
    )
  for (let i = 0; i < values.length; i++) {
    const scale = typical / sums[Math.floor((i % points) / translations)]!
    values[i]! *= scale
    if (sigma) sigma[i]! *= scale
  }
}
