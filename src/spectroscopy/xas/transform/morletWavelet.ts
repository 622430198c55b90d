import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import type { FieldsOf } from '../../../core/fields.js'
import { WAVELET_FIELDS, type WaveletMap, type WaveletOptions, waveletDistances, waveletMap } from './waveletMap.js'

/** Options of {@link morletWavelet}. */
export interface MorletWaveletOptions extends WaveletOptions {
  /** Frequency of the wavelet: half the oscillations within one sigma, times pi. Larger is sharper in R. Default 7. */
  kappa?: number | undefined
  /** Width of its Gaussian. Larger is sharper in R. Default 1. */
  sigma?: number | undefined
}

const FIELDS: FieldsOf<MorletWaveletOptions> = { ...WAVELET_FIELDS, kappa: true, sigma: true } as FieldsOf<MorletWaveletOptions>

/**
 * Morlet wavelet transform of EXAFS: W(k, R) = 1 / sqrt(a) * integral of chi(k') k'^kweight psi*((k' - k) / a) dk' with a = kappa / 2 R and
 * psi(t) = (exp(i kappa t) - exp(-kappa² sigma² / 2)) exp(-t² / 2 sigma²) / (sqrt(2 pi) sigma). At R it resolves sigma kappa / 2 R in k and R / (sigma kappa) in R.
 *
 * @param k       Wavenumbers, 1/Å, rising.
 * @param chi     chi(k), as many values.
 * @param options Weight, distances, kappa and sigma. A good choice for a shell at R: kappa = 2 R.
 * @throws OperandoError `E_RANGE` for distances or a wavelet that mean nothing; `E_SHAPE`, `E_AXIS`, `E_NAN` for data.
 * @see Funke, Scheinost, Chukalina, Phys. Rev. B 71 (2005) 094110
 * @example
 * ```ts
 * import { kGrid, morletWavelet } from 'operando/spectroscopy'
 * const k = kGrid(14)
 * const { r, magnitude } = morletWavelet(k, k.map(q => Math.sin(2 * q * 2.1) * Math.exp(-0.02 * q * q)), { rmaxOut: 5, kappa: 6 })
 * console.log(r.length, magnitude.length)
 * ```
 */
export function morletWavelet(k: NumbersLike, chi: NumbersLike, options: MorletWaveletOptions = {}): WaveletMap {
  return waveletMap(k, chi, options, FIELDS, ({ kstep, rmaxOut, kappa = 7, sigma = 1 }) => {
    if (!(kappa > 0 && sigma > 0 && Number.isFinite(kappa * sigma))) {
      throw new OperandoError('E_RANGE', `morletWavelet: kappa = ${kappa}, sigma = ${sigma}: both above 0 expected.`)
    }
    const r = waveletDistances(kstep, rmaxOut)
    const half = (sigma * sigma) / 2
    return {
      r,
      fill(index, omega, filter) {
        filter.fill(0)
        if (index === 0) return
        const a = kappa / (2 * r[index]!)
        const height = Math.sqrt(a)
        for (let i = 0; i < omega.length; i++) {
          const u = a * omega[i]!
          filter[i] = height * (Math.exp(-half * (u - kappa) ** 2) - Math.exp(-half * (u * u + kappa * kappa)))
        }
      },
    }
  })
}
