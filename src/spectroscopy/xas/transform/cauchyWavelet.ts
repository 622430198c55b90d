import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import type { FieldsOf } from '../../../core/fields.js'
import { lgamma } from '../../../numeric/special/gamma.js'
import { WAVELET_FIELDS, type WaveletMap, type WaveletOptions, waveletDistances, waveletMap } from './waveletMap.js'

/** Options of {@link cauchyWavelet}. */
export interface CauchyWaveletOptions extends WaveletOptions {
  /** Order of the wavelet: high orders are sharp in R, low ones in k. Default the number of distances, as in Larch (326 for 10 Å). */
  order?: number | undefined
}

const FIELDS: FieldsOf<CauchyWaveletOptions> = { ...WAVELET_FIELDS, order: true } as FieldsOf<CauchyWaveletOptions>

/**
 * Continuous Cauchy wavelet transform of EXAFS. Each distance R has the filter 2 pi (a w)^n exp(-a w) / n! with a = n / 2 R, which lets w = 2 R pass: the transform in k and R at once.
 *
 * @param k       Wavenumbers, 1/Å, rising.
 * @param chi     chi(k), as many values.
 * @param options Weight, distances, order.
 * @throws OperandoError `E_RANGE` for distances or an order that mean nothing; `E_SHAPE`, `E_AXIS`, `E_NAN` for data.
 * @see Munoz, Argoul, Farges, American Mineralogist 88 (2003) 694; Larch, cauchy_wavelet
 * @example
 * ```ts
 * import { cauchyWavelet, kGrid } from 'operando/spectroscopy'
 * const k = kGrid(14)
 * const { r, magnitude } = cauchyWavelet(k, k.map(q => Math.sin(2 * q * 2.1) * Math.exp(-0.02 * q * q)), { rmaxOut: 5 })
 * console.log(r.length, magnitude.length)
 * ```
 */
export function cauchyWavelet(k: NumbersLike, chi: NumbersLike, options: CauchyWaveletOptions = {}): WaveletMap {
  return waveletMap(k, chi, options, FIELDS, ({ kstep, rmaxOut, order }) => {
    const r = waveletDistances(kstep, rmaxOut)
    const n = order ?? r.length
    if (!(n >= 1 && n < 1e5)) throw new OperandoError('E_RANGE', `cauchyWavelet: order ${n}: a number from 1 to 1e5 expected.`)
    const constant = Math.log(2 * Math.PI) - lgamma(n + 1)
    return {
      r,
      fill(index, omega, filter) {
        filter.fill(0)
        if (index === 0) return
        const scale = n / (2 * r[index]!)
        for (let i = 1; i < omega.length; i++) {
          const u = scale * omega[i]!
          const power = constant + n * Math.log(u) - u
          if (power > -745) filter[i] = Math.exp(power)
        }
      },
    }
  })
}
