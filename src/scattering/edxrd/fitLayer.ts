import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'
import type { FitResult } from '../../numeric/fitResult.js'
import { leastSquares } from '../../numeric/leastSquares/leastSquares.js'
import type { Estimate } from '../bragg/dSpacingOfPeak.js'
import type { GaugeVolume } from './gaugeVolume.js'

/** What {@link fitLayer} takes. */
export interface FitLayerInput {
  /** Depths of the scan, n values, rising, µm. */
  readonly depths: NumbersLike
  /** Amount of the phase there, n values; NaN is left out. */
  readonly amounts: NumbersLike
  /** Their standard uncertainties. Default all alike. */
  readonly sigma?: NumbersLike | undefined
  /** The gauge along the scan. */
  readonly gauge: Pick<GaugeVolume, 'partBelow' | 'fwhm'>
}

/** A layer as a scan shows it. */
export interface FittedLayer {
  /** Depth of its first face, µm. */
  readonly top: Estimate
  /** Depth of its second face, µm. */
  readonly bottom: Estimate
  /** Thickness, µm. */
  readonly thickness: Estimate
  /** Amount within it. */
  readonly amount: Estimate
  /** Amount around it. */
  readonly around: Estimate
  /** The fit. */
  readonly fit: FitResult
}

/**
 * Faces and thickness of a layer from the amount of its phase along a scan: a box seen through the gauge volume. Faces are found far finer than the gauge is wide; the thickness of a layer thinner than the gauge is tied to
 * its amount, which the errors tell.
 * @param input Depths, amounts, gauge.
 * @throws OperandoError `E_SHAPE`, `E_AXIS`; `E_ARGUMENT` for fewer than five points or amounts that are all alike.
 * @example
 * ```ts
 * import { fitLayer, gaugeVolume } from 'operando/scattering'
 * const gauge = gaugeVolume({ twoTheta: 3.5, incident: 20, diffracted: 100 })
 * const depths = Array.from({ length: 30 }, (_, i) => 10 * i)
 * const amounts = depths.map(z => 3 * (gauge.partBelow(180 - z) - gauge.partBelow(85 - z)))
 * const { top, thickness } = fitLayer({ depths, amounts, gauge })
 * console.log(top.value, thickness.value) // 85, 95 µm
 * ```
 */
export function fitLayer(input: FitLayerInput): FittedLayer {
  assertFields(input, 'fitLayer', ['depths', 'amounts', 'gauge'])
  const depths = asFloat64(input.depths, 'depths')
  assertRising(depths, 'depths')
  const amounts = asFloat64(input.amounts, 'amounts', { length: depths.length, allowNaN: true })
  const sigma = input.sigma === undefined ? undefined : asFloat64(input.sigma, 'sigma', { length: depths.length, allowNaN: true })
  const good = Array.from(depths, (_, i) => i).filter(i => Number.isFinite(amounts[i]!) && (sigma === undefined || sigma[i]! > 0))
  const values = good.map(i => amounts[i]!)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  if (good.length < 5 || !(most > least))
    throw new OperandoError(
      'E_ARGUMENT',
      `fitLayer: five points or more that differ expected, found ${good.length} between ${least} and ${most}.`,
    )
  const half = (least + most) / 2
  const inside = good.filter(i => amounts[i]! >= half)
  const step = (depths[depths.length - 1]! - depths[0]!) / (depths.length - 1)
  const fit = leastSquares(
    {
      points: good.length,
      residuals(p, out) {
        const [top, thickness, amount, around] = p as unknown as [number, number, number, number]
        for (let k = 0; k < out.length; k++) {
          const i = good[k]!
          const part = input.gauge.partBelow(top + thickness - depths[i]!) - input.gauge.partBelow(top - depths[i]!)
          out[k] = (around + (amount - around) * part - amounts[i]!) / (sigma?.[i] ?? 1)
        }
      },
    },
    [
      { name: 'top', value: depths[inside[0]!]! - step / 2, scale: step / 10 },
      { name: 'thickness', value: depths[inside.at(-1)!]! - depths[inside[0]!]! + step, min: 0, scale: step / 10 },
      { name: 'amount', value: most, scale: most - least },
      { name: 'around', value: least, scale: most - least },
      { name: 'bottom', tie: 'top + thickness' },
    ],
    { differences: 'central', scaleErrors: sigma === undefined },
  )
  const estimate = (name: string): Estimate => {
    const { value, standardError } = fit.parameters[name]!
    return { value, standardError }
  }
  return {
    top: estimate('top'),
    bottom: estimate('bottom'),
    thickness: estimate('thickness'),
    amount: estimate('amount'),
    around: estimate('around'),
    fit,
  }
}
