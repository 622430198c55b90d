import type { LineWidthParameters } from './lineWidths.js'

/** Profile parameters as GSAS and GSAS-II print them, constant wavelength: U, V, W, P of sigma² in centidegrees², X, Y, Z of the Lorentzian fwhm in centidegrees. */
export interface GsasWidths {
  /** Of tan² theta. */
  readonly U?: number | undefined
  /** Of tan theta. */
  readonly V?: number | undefined
  /** Constant. */
  readonly W?: number | undefined
  /** Of 1/cos² theta (GP of GSAS). */
  readonly P?: number | undefined
  /** Of 1/cos theta: size. */
  readonly X?: number | undefined
  /** Of tan theta: strain. */
  readonly Y?: number | undefined
  /** Constant (GSAS-II). */
  readonly Z?: number | undefined
}

/** Profile parameters as FullProf prints them (Npr = 7): U, V, W, IG of fwhm² in degrees², X, Y of the Lorentzian fwhm in degrees. */
export interface FullProfWidths {
  /** Of tan² theta. */
  readonly U?: number | undefined
  /** Of tan theta. */
  readonly V?: number | undefined
  /** Constant. */
  readonly W?: number | undefined
  /** Of 1/cos² theta. */
  readonly IG?: number | undefined
  /** Of tan theta: strain. The other way round than GSAS. */
  readonly X?: number | undefined
  /** Of 1/cos theta: size. */
  readonly Y?: number | undefined
}

/** fwhm² in degrees² of a sigma² in centidegrees². */
const OF_SIGMA2 = (8 * Math.LN2) / 1e4

/**
 * Widths from the parameters of GSAS or GSAS-II.
 * @param widths Their U, V, W, P, X, Y, Z.
 * @see A. C. Larson, R. B. Von Dreele, GSAS, LAUR 86-748 (2004)
 * @example
 * ```ts
 * import { lineWidths, widthsOfGsas } from 'operando/scattering'
 * lineWidths([20, 60], widthsOfGsas({ U: 2, V: -2, W: 5, X: 0.4, Y: 2 })).fwhm
 * ```
 */
export function widthsOfGsas({ U = 0, V = 0, W = 0, P = 0, X = 0, Y = 0, Z = 0 }: GsasWidths): LineWidthParameters {
  return {
    u: U * OF_SIGMA2,
    v: V * OF_SIGMA2,
    w: W * OF_SIGMA2,
    p: P * OF_SIGMA2,
    size: X / 100,
    strain: Y / 100,
    constant: Z / 100,
  }
}

/**
 * The parameters of GSAS that say the same.
 * @param widths Widths.
 * @example
 * ```ts
 * import { gsasWidths } from 'operando/scattering'
 * gsasWidths({ u: 0.0011, v: -0.0009, w: 0.0016, size: 0.004 }).X // 0.4
 * ```
 */
export function gsasWidths({
  u = 0,
  v = 0,
  w = 0,
  p = 0,
  size = 0,
  strain = 0,
  constant = 0,
}: LineWidthParameters): Required<GsasWidths> {
  return {
    U: u / OF_SIGMA2,
    V: v / OF_SIGMA2,
    W: w / OF_SIGMA2,
    P: p / OF_SIGMA2,
    X: size * 100,
    Y: strain * 100,
    Z: constant * 100,
  }
}

/**
 * Widths from the parameters of FullProf.
 * @param widths Their U, V, W, IG, X, Y.
 * @see J. Rodriguez-Carvajal, FullProf manual, Npr = 7
 * @example
 * ```ts
 * import { lineWidths, widthsOfFullProf } from 'operando/scattering'
 * lineWidths([20, 60], widthsOfFullProf({ U: 0.0011, V: -0.0009, W: 0.0016, X: 0.02, Y: 0.004 })).fwhm
 * ```
 */
export function widthsOfFullProf({ U = 0, V = 0, W = 0, IG = 0, X = 0, Y = 0 }: FullProfWidths): LineWidthParameters {
  return { u: U, v: V, w: W, p: IG, size: Y, strain: X }
}

/**
 * The parameters of FullProf that say the same; a constant Lorentzian has none there and is left out.
 * @param widths Widths.
 * @example
 * ```ts
 * import { fullProfWidths } from 'operando/scattering'
 * fullProfWidths({ w: 0.0016, size: 0.004 }).Y // 0.004
 * ```
 */
export function fullProfWidths({
  u = 0,
  v = 0,
  w = 0,
  p = 0,
  size = 0,
  strain = 0,
}: LineWidthParameters): Required<FullProfWidths> {
  return { U: u, V: v, W: w, IG: p, X: strain, Y: size }
}
