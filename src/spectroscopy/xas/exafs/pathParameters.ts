/**
 * The parameters of a path in the EXAFS equation, under the names that IFEFFIT, Artemis and Larch gave them: `degen` (degeneracy), `s02` (amplitude reduction), `e0` (shift of the energy origin, eV),
 * `ei` (broadening, eV), `deltar` (change of distance, Å), `sigma2` (mean-square relative displacement, Å²), `third` (third cumulant, Å³), `fourth` (fourth, Å⁴).
 */
export type PathParameter = 'degen' | 's02' | 'e0' | 'ei' | 'deltar' | 'sigma2' | 'third' | 'fourth'

/** Something for each {@link PathParameter}. */
export interface EachPathParameter<T> {
  /** Degeneracy: how many equivalent paths there are. */
  readonly degen: T
  /** Amplitude reduction by the other electrons of the absorber, S0². */
  readonly s02: T
  /** Shift of the energy where k = 0, eV. */
  readonly e0: T
  /** Broadening beyond that of the calculation, eV. */
  readonly ei: T
  /** Change of distance against that of the calculation, Å. */
  readonly deltar: T
  /** Mean-square relative displacement, Å²: the second cumulant. */
  readonly sigma2: T
  /** Third cumulant, Å³: how skew the distribution of distances is. */
  readonly third: T
  /** Fourth cumulant, Å⁴. */
  readonly fourth: T
}

/** The words of {@link PathParameter}, in the order of the kernel. */
export const PATH_PARAMETERS: readonly PathParameter[] = ['degen', 's02', 'e0', 'ei', 'deltar', 'sigma2', 'third', 'fourth']

/** Values of path parameters that are not given; the degeneracy is that of the path. */
export const PATH_DEFAULTS: Readonly<Record<Exclude<PathParameter, 'degen'>, number>> = {
  s02: 1,
  e0: 0,
  ei: 0,
  deltar: 0,
  sigma2: 0,
  third: 0,
  fourth: 0,
}

/** What Artemis, Athena and IFEFFIT call them. */
export const PATH_FOREIGN: Readonly<Record<string, string>> = {
  N: 'degen',
  n: 'degen',
  degeneracy: 'degen',
  S02: 's02',
  amp: 's02',
  enot: 'e0',
  deltaE0: 'e0',
  deltaR: 'deltar',
  delr: 'deltar',
  deltaR0: 'deltar',
  dr: 'deltar',
  ss2: 'sigma2',
  sigsqr: 'sigma2',
  sigma_sq: 'sigma2',
  c3: 'third',
  c4: 'fourth',
  feffpath: 'path',
}
