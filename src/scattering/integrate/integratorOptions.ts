import type { NumbersLike } from '../../core/arrays.js'
import type { FieldsOf } from '../../core/fields.js'
import type { Angle } from '../../core/quantity.js'
import type { Kernels } from '../../numeric/wasm/kernels.js'
import type { RadialAxis } from '../geometry/radialAxis.js'
import type { Splitting } from './pixels.js'

/**
 * Where the standard errors of a pattern come from. `'poisson'`: the counts of each pixel, as measured, are their own variance. `'variance'`: sigma of the frames.
 * `'azimuthal'`: the scatter of the pixels of a bin about its mean, whatever its cause. `'none'`.
 */
export type ErrorModel = 'poisson' | 'variance' | 'azimuthal' | 'none'

/**
 * What stands for a bin: the mean of its pixels; their median; or the mean of those that lie within so many standard deviations of it, found by leaving out
 * the others again and again.
 */
export type AzimuthalStatistic =
  | 'mean'
  | 'median'
  | {
      /** Standard deviations. */
      readonly sigmaClip: number
      /** Rounds at most. Default 5. */
      readonly iterations?: number | undefined
    }

/** Options of {@link createIntegrator}. */
export interface IntegratorOptions<Axis extends RadialAxis = RadialAxis> {
  /** Radial axis: q (Å⁻¹), twoTheta (degrees), d (Å), r (mm). Default q. */
  axis?: Axis | undefined
  /** Number of even bins, or rising edges of uneven ones. Default 1000. */
  bins?: number | NumbersLike | undefined
  /** Range of even bins, in the unit of the axis, the upper limit not included. Default: all pixels that count. */
  range?: readonly [number, number] | undefined
  /** `'none'`: pixels go whole to the bin of their centre. `'box'` (default): spread over the bins that a box around them meets. `'full'`: by the area of their outline. */
  split?: Splitting | undefined
  /** Sector of azimuth, degrees from axis 2 towards axis 1; it may cross the cut at 180, as in `[150, 210]` or `[150, -150]`. Default: all round. */
  azimuthRange?: readonly [Angle, Angle] | undefined
  /** Pixels to leave out: rows x columns, 0 = good. */
  mask?: NumbersLike | readonly boolean[] | undefined
  /** Counts of each pixel without beam, rows x columns: taken off the frame. */
  dark?: NumbersLike | undefined
  /** Response of each pixel, rows x columns, about 1: pixels of 0 or less, or NaN, are left out. */
  flat?: NumbersLike | undefined
  /** Whether counts are divided by the solid angle of their pixel, relative to the PONI. Default true. */
  solidAngle?: boolean | undefined
  /** Degree of polarisation to correct for: 1 horizontal (along axis 2), 0 none (still a correction), -1 vertical. Default: no correction. */
  polarization?: number | undefined
  /** Error model. Default: sigma of the frames where they have it, else Poisson where they are in counts, else none. */
  errors?: ErrorModel | undefined
  /** What stands for a bin. Default the mean. */
  statistic?: AzimuthalStatistic | undefined
  /** A value that says that nothing was measured. Negative numbers and the largest ones of whole-number frames (-1, -2, 2³² - 1, 65535) do so anyhow, and so does NaN. */
  dummy?: number | undefined
  /** Counts from here on are left out: the detector was saturated. */
  saturation?: number | undefined
  /** SIMD kernels of `loadKernels()`: some two times as fast; weights of split pixels are then rounded to single precision, which changes means by less than 1e-7. */
  kernels?: Kernels | undefined
}

/** Options of {@link createIntegrator} for patterns by azimuth. */
export interface CakeOptions<Axis extends RadialAxis = RadialAxis> extends IntegratorOptions<Axis> {
  /** Number of bins of azimuth. */
  azimuthBins: number
}

/** Their names, for `assertKnown`. */
export const INTEGRATOR_FIELDS: FieldsOf<CakeOptions> = {
  axis: true,
  bins: true,
  range: true,
  split: true,
  azimuthRange: true,
  azimuthBins: true,
  mask: true,
  dark: true,
  flat: true,
  solidAngle: true,
  polarization: true,
  errors: true,
  statistic: true,
  dummy: true,
  saturation: true,
  kernels: true,
}
