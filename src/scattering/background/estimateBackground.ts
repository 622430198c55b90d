import type { NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { InterpolationMethod } from '../../numeric/interpolate/interpolate.js'
import { asPattern } from '../pattern.js'
import { fitChebyshev } from './fitChebyshev.js'
import { snip } from './snip.js'
import { pickBackground, splineBackground } from './splineBackground.js'

/** Options of {@link estimateBackground}. */
export interface EstimateBackgroundOptions {
  /** `'snip'` (default) clips peaks; `'chebyshev'` fits a clipped series; `'spline'` goes through points. */
  method?: 'snip' | 'chebyshev' | 'spline' | undefined
  /** snip: width at the base of the widest peak, in x. Default: a twentieth of the pattern. */
  width?: number | undefined
  /** snip: order of the clipping filter. Default 2. */
  order?: 2 | 4 | 6 | undefined
  /** snip: whether to clip in log log sqrt. Default true. */
  lls?: boolean | undefined
  /** snip: points of the smoothing before it, odd. Default: a fifth of the window, so that noise does not pull the background down. 1: none. */
  smooth?: number | undefined
  /** chebyshev: degree. Default 5. */
  degree?: number | undefined
  /** chebyshev: standard deviations above the series beyond which a point belongs to a peak. Default 2. */
  clip?: number | undefined
  /** spline: positions picked by hand. Default: chosen by themselves. */
  at?: ArrayLike<number> | undefined
  /** spline: how many to choose. Default 12. */
  count?: number | undefined
  /** spline: way of interpolation. Default `'pchip'`. */
  interpolation?: InterpolationMethod | undefined
  /** 0 = good. NaN points are left out anyhow. */
  mask?: ArrayLike<number> | undefined
}

const OPTIONS: FieldsOf<EstimateBackgroundOptions> = {
  method: true,
  width: true,
  order: true,
  lls: true,
  smooth: true,
  degree: true,
  clip: true,
  at: true,
  count: true,
  interpolation: true,
  mask: true,
}

/**
 * Background of a pattern without knowing its peaks: one face for {@link snip}, {@link fitChebyshev} with clipping and {@link splineBackground}.
 * For numbers with errors, fit the background together with the peaks (`fitPeaks`); this is for looking, finding peaks and starting fits.
 *
 * @param x       Abscissae, n values, strictly rising.
 * @param y       Values, n; NaN and masked points are left out and bridged.
 * @param options Method and its options.
 * @returns The background at every x.
 * @throws OperandoError `E_ARGUMENT` for an unknown method; `E_AXIS`, `E_NAN`, `E_SHAPE`, `E_RANGE` as the methods.
 * @example
 * ```ts
 * import { estimateBackground } from 'operando/scattering'
 * const x = Array.from({ length: 501 }, (_, i) => 10 + 0.02 * i)
 * const y = x.map(t => 80 + 5 * (t - 10) + 900 * Math.exp(-(((t - 14) / 0.1) ** 2)))
 * const background = estimateBackground(x, y, { width: 0.6 })
 * const net = y.map((v, i) => v - background[i]!)
 * ```
 */
export function estimateBackground(x: NumbersLike, y: NumbersLike, options: EstimateBackgroundOptions = {}): Float64Array {
  assertKnown(options, 'estimateBackground options', OPTIONS)
  const { method = 'snip', mask } = options
  const { x: abscissae, y: values } = asPattern(x, y, { mask })
  switch (method) {
    case 'snip': {
      const n = abscissae.length
      const span = abscissae[n - 1]! - abscissae[0]!
      const width = Math.max(1, Math.round(((options.width ?? span / 20) / span) * (n - 1)))
      const smooth = options.smooth ?? 2 * Math.floor(Math.min(width, n - 1) / 10) + 1
      return snip(values, { width, smooth, order: options.order, lls: options.lls, mask })
    }
    case 'chebyshev':
      return fitChebyshev(abscissae, values, { degree: options.degree, clip: options.clip ?? 2, mask }).values
    case 'spline': {
      const points = pickBackground(abscissae, values, { at: options.at, count: options.count, mask })
      return splineBackground(abscissae, points, { method: options.interpolation ?? 'pchip' })
    }
    default:
      throw new OperandoError(
        'E_ARGUMENT',
        `estimateBackground: method '${method}' is unknown: snip, chebyshev or spline expected.`,
      )
  }
}
