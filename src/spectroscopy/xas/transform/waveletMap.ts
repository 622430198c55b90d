import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import type { FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { createFft } from '../../../numeric/fft/createFft.js'
import { translateOptions } from '../../foreignNames.js'
import { createGridLoader } from './chiOnGrid.js'

/** Options that both wavelet transforms take. */
export interface WaveletOptions {
  /** Power of k that chi is multiplied by. Default 2. */
  kweight?: number | undefined
  /** Where the map ends, Å. Default 10. */
  rmaxOut?: number | undefined
  /** Step of the even grid in k, 1/Å. Default 0.05. */
  kstep?: number | undefined
}

/** Options that there are. */
export const WAVELET_FIELDS: FieldsOf<WaveletOptions> = { kweight: true, rmaxOut: true, kstep: true }

const FOREIGN: Readonly<Record<string, string>> = { kw: 'kweight', rmax_out: 'rmaxOut' }

/** A wavelet transform: where in k each distance scatters, which tells heavy neighbours (high k) from light ones. */
export interface WaveletMap {
  /** Wavenumbers, 1/Å, n values. */
  readonly k: Float64Array
  /** Distances, Å, m values. */
  readonly r: Float64Array
  /** Real part, row-major m x n: a row a distance. */
  readonly re: Float64Array
  /** Imaginary part. */
  readonly im: Float64Array
  /** Magnitude. */
  readonly magnitude: Float64Array
  /** Names of other programs that were translated. */
  readonly warnings: readonly Issue[]
}

/** The transforms of the wavelets. */
export interface WaveletBank {
  /** Distances that the map is made for, Å. */
  readonly r: Float64Array
  /**
   * Fills the filter of one distance.
   * @param index  Which distance.
   * @param omega  Angular frequencies in k, Å, rising from 0.
   * @param filter Receives as many values.
   */
  fill(index: number, omega: Float64Array, filter: Float64Array): void
}

/** Points that chi is filled up to; as many again at the end keep the map from running around. */
const POINTS = 1024

/**
 * Wavelet transform by filters in frequency, one a distance.
 * @param k       Wavenumbers, 1/Å.
 * @param chi     chi(k).
 * @param given   Weight, range, grid.
 * @param fields  Options that the transform knows.
 * @param bankOf  Makes the wavelets.
 */
export function waveletMap<T extends WaveletOptions>(
  k: NumbersLike,
  chi: NumbersLike,
  given: T,
  fields: Readonly<Record<string, true>>,
  bankOf: (options: T & { kstep: number; rmaxOut: number }) => WaveletBank,
): WaveletMap {
  const { options, hints } = translateOptions(given, 'wavelet options', fields, FOREIGN)
  const { kweight = 2, rmaxOut = 10, kstep = 0.05 } = options
  if (!(kstep > 0 && rmaxOut > 0 && rmaxOut <= Math.PI / (2 * kstep) && Number.isFinite(kweight))) {
    throw new OperandoError(
      'E_RANGE',
      `wavelet: kstep = ${kstep}, rmaxOut = ${rmaxOut}, kweight = ${kweight}: steps above 0 and distances up to pi / (2 kstep) = ${(Math.PI / (2 * kstep)).toFixed(1)} Å expected.`,
    )
  }
  const loader = createGridLoader(k, kstep)
  const n = loader.points
  const onGrid = new Float64Array(n)
  loader.load(asFloat64(chi, 'chi', { length: asFloat64(k, 'k').length }), onGrid)

  let half = POINTS
  while (half < n) half *= 2
  const length = 4 * half
  const fft = createFft(length)
  const data = new Float64Array(2 * length)
  for (let i = 0; i < n; i++) data[2 * i] = onGrid[i]! * (i * kstep) ** kweight
  const spectrum = fft.forward(data)
  const omega = new Float64Array(2 * half)
  for (let i = 0; i < omega.length; i++) omega[i] = (2 * Math.PI * i) / (length * kstep)

  const { r, fill } = bankOf({ ...options, kstep, rmaxOut })
  const m = r.length
  const [re, im, magnitude] = [new Float64Array(m * n), new Float64Array(m * n), new Float64Array(m * n)]
  const filter = new Float64Array(omega.length)
  for (let row = 0; row < m; row++) {
    fill(row, omega, filter)
    data.fill(0)
    for (let i = 0; i < filter.length; i++) {
      data[2 * i] = spectrum[2 * i]! * filter[i]!
      data[2 * i + 1] = spectrum[2 * i + 1]! * filter[i]!
    }
    fft.inverse(data, data)
    for (let i = 0; i < n; i++) {
      const a = data[2 * i]!
      const b = data[2 * i + 1]!
      re[row * n + i] = a
      im[row * n + i] = b
      magnitude[row * n + i] = Math.sqrt(a * a + b * b)
    }
  }
  const grid = Float64Array.from({ length: n }, (_, i) => i * kstep)
  return Object.freeze({ k: grid, r, re, im, magnitude, warnings: hints })
}

/** Distances in steps of about pi / (2048 kstep), from 0 to rmaxOut. */
export function waveletDistances(kstep: number, rmaxOut: number): Float64Array {
  const count = Math.max(2, Math.round(rmaxOut / (Math.PI / (2 * POINTS * kstep))))
  const r = new Float64Array(count)
  for (let i = 0; i < count; i++) r[i] = (i * rmaxOut) / (count - 1)
  return r
}
