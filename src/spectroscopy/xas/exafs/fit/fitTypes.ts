import type { NumbersLike } from '../../../../core/arrays.js'
import type { FieldsOf } from '../../../../core/fields.js'
import type { ScatteringPath } from '../../../../model/scatteringPath.js'
import type { ParameterInput } from '../../../../numeric/leastSquares/types.js'
import type { Kernels } from '../../../../numeric/wasm/kernels.js'
import type { TransformWindow } from '../../transform/transformWindow.js'
import type { EachPathParameter } from '../pathParameters.js'

/**
 * What sets a parameter of a path: a number; an expression of the parameters of the fit and `reff` (`'alpha * reff'`, `'sigma2_debye(300, theta)'`); or a function of their values. In
 * expressions `sigma2_eins(T, theta)` and `sigma2_debye(T, theta)` (also `eins`, `debye`) are the Einstein and the correlated Debye model of the path.
 */
export type PathValue = number | string | ((values: Readonly<Record<string, number>>) => number)

/** A path of a fit with what sets its parameters. What is not given: s02 = 1, the degeneracy of the path, all else 0. */
export interface FitPath extends Partial<EachPathParameter<PathValue | undefined>> {
  /** The path, of `parseFeffPath`. */
  readonly path: ScatteringPath
  /** What it is called in the result. Default the name of the path without its extension. */
  readonly label?: string | undefined
}

/** In which space data and model are compared. */
export type FitSpace = 'k' | 'R' | 'q'

/** The words of {@link FitSpace}. */
export const FIT_SPACES: readonly FitSpace[] = ['k', 'R', 'q']

/** Range, weights and space of a fit. */
export interface ExafsTransform {
  /** Middle of the rising slope of the window in k, 1/Å; where the data begin to count, in k space. Default 3. */
  kmin?: number | undefined
  /** Middle of its falling slope, 1/Å. Default where the data end. */
  kmax?: number | undefined
  /** Power of k, or several that are fitted together. Default 2. */
  kweight?: number | readonly number[] | undefined
  /** Width of the slopes, 1/Å, or parameter of the window. Default 4. */
  dk?: number | undefined
  /** Width of the falling slope. Default dk. */
  dk2?: number | undefined
  /** Window in k. Default `kaiser`. */
  window?: TransformWindow | undefined
  /** Where the fit begins in R, Å. Default 1. */
  rmin?: number | undefined
  /** Where it ends, Å. Default 3. In k space both only count the independent points. */
  rmax?: number | undefined
  /** Width of the slopes in R, Å, for q space. Default 0. */
  dr?: number | undefined
  /** Width of the falling slope. Default dr. */
  dr2?: number | undefined
  /** Window in R, for q space. Default `hanning`. */
  rwindow?: TransformWindow | undefined
  /** Step of the even grid in k. Default 0.05. */
  kstep?: number | undefined
  /** Points of the transform. Default 2048. */
  nfft?: number | undefined
  /** Compare in k, R or q. Default `R`. */
  space?: FitSpace | undefined
}

/** The fields of {@link ExafsTransform}. */
export const TRANSFORM_FIELDS: FieldsOf<ExafsTransform> = {
  kmin: true,
  kmax: true,
  kweight: true,
  dk: true,
  dk2: true,
  window: true,
  rmin: true,
  rmax: true,
  dr: true,
  dr2: true,
  rwindow: true,
  kstep: true,
  nfft: true,
  space: true,
}

/** What Larch, Athena and Artemis call them. */
export const TRANSFORM_FOREIGN: Readonly<Record<string, string>> = {
  kw: 'kweight',
  kweights: 'kweight',
  kwindow: 'window',
  fitspace: 'space',
  fft_kmin: 'kmin',
  fft_kmax: 'kmax',
  fft_dk: 'dk',
  fft_kwindow: 'window',
  bft_rmin: 'rmin',
  bft_rmax: 'rmax',
  bft_dr: 'dr',
  bft_rwindow: 'rwindow',
  epsilon_k: 'epsilon',
  pathlist: 'paths',
}

/** A spectrum to be fitted, without its chi: what a plan is made for. Range, weights and space not given here are those of the options. */
export interface ExafsSet extends ExafsTransform {
  /** What it is called: letters, digits and `_`. Default `set1`, `set2` ... */
  readonly name?: string | undefined
  /** Wavenumbers, 1/Å, rising. */
  readonly k: NumbersLike
  /** Its paths. */
  readonly paths: readonly FitPath[]
  /** Uncertainty of chi(k), one for all or one each. Default: estimated from chi(R) between 15 and 30 Å. It counts for chi² and the balance of sets and weights, not for errors. */
  readonly epsilon?: number | NumbersLike | undefined
}

/** A spectrum with its paths. */
export interface ExafsData extends ExafsSet {
  /** chi(k), a value for each wavenumber. */
  readonly chi: NumbersLike
}

/** A parameter of a fit: its start, or start with bounds, hold, tie. */
export interface ExafsParameter extends Omit<ParameterInput, 'name'> {
  /** One for each spectrum, named `parameter.set`; paths of a set read their own. Default false: one for all. */
  readonly each?: boolean | undefined
}

/** The parameters of a fit by name. */
export type ExafsParameters = Readonly<Record<string, number | ExafsParameter>>

/** Options of {@link fitExafs} and {@link createExafsFit}: range, weights and space of all spectra that do not say otherwise, and how to search. */
export interface ExafsFitOptions extends ExafsTransform {
  /** Limit of trial evaluations. Default 1000, or more for many parameters. */
  maxEvaluations?: number | undefined
  /** Whether to return data, model and paths as curves in k and R. Default true for `fitExafs`, false for plans. */
  curves?: boolean | undefined
  /** Where curves in R end, Å. Default 10. */
  rmaxOut?: number | undefined
  /** SIMD kernels of `loadKernels()`: worth while where hundreds of spectra are fitted together. Results differ by rounding. */
  kernels?: Kernels | undefined
  /** Ends the fit with reason `aborted`. */
  signal?: AbortSignal | undefined
}
