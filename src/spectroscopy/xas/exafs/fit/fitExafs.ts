import { asFloat64 } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertFields } from '../../../../core/fields.js'
import type { Dataset } from '../../../../model/dataset.js'
import { createExafsFit, type ExafsFitPlan } from './createExafsFit.js'
import type { ExafsData, ExafsFitOptions, ExafsParameters, ExafsSet, FitPath } from './fitTypes.js'
import type { ExafsFit } from './fittedTypes.js'

/**
 * Fits scattering paths to EXAFS, in k, R or q space, with one or several k-weights, one or several spectra and paths with shared, tied and expressed parameters.
 *
 * Parameters have names; what sets a parameter of a path is a number, an expression of them, or a function. Derivatives are analytic throughout. Standard errors are those of Larch and IFEFFIT: by
 * the misfit, over independent points (1 + 2 dk dR / pi a spectrum) less variables, not over the points of the transform. A parameter at a bound has none. The third cumulant shifts distances
 * (0.017 Å for Cu at 300 K) and e0 with them: tell, with a distance, whether it was fitted or held at 0.
 *
 * @param data       The spectrum with its paths, or several.
 * @param parameters What is fitted, by name: a start, or start with bounds, hold, tie; `each` for one a spectrum.
 * @param options    Range, weights and space where a spectrum does not say; search, curves.
 * @returns Parameters, those of paths after them; R factors, chi², AIC, BIC; spectra with paths and curves.
 * @throws OperandoError `E_MISSING` for paths without scattering data or expressions that read what there is not; `E_RANGE` for ranges outside the data, saying which; `E_SHAPE`, `E_NAN`, `E_AXIS` for
 *   data; `E_ARGUMENT`. Not converging is a result.
 * @see Newville, Boyanov, Sayers, J. Synchrotron Rad. 6 (1999) 264; Stern, Phys. Rev. B 48 (1993) 9825; Larch, feffit
 * @example
 * ```ts
 * import { formatFit } from 'operando/numeric'
 * import { parseFeffPath } from 'operando/io'
 * import { ff2chi, fitExafs } from 'operando/spectroscopy'
 * const rows = [0, 4, 8, 12, 16, 20].map(k => `${k} ${3.5 - 0.2 * k} ${0.1 * k * Math.exp(-k / 6)} ${-5 - 0.8 * k} 1 ${5 + 2 * k} ${k + 1}`)
 * const path = parseFeffPath(`Ni O\n----------\n 2 6 2.085 2.5 -5.5 nleg, deg, reff, rnrmav(bohr), edge\n 0 0 0 0 28 Ni\n 2.085 0 0 1 8 O\n k real[2*phc] mag[feff] phase[feff] red factor lambda real[p]\n${rows.join('\n')}`)
 * const { k, chi } = ff2chi([{ path, s02: 0.85, e0: 2, deltar: -0.01, sigma2: 0.006 }], { kmax: 14 })
 * const fit = fitExafs(
 *   { k, chi, paths: [{ path, label: 'NiO', s02: 'amp', e0: 'de', deltar: 'dr', sigma2: 'ss2' }] },
 *   { amp: { value: 1, min: 0 }, de: 0, dr: 0, ss2: { value: 0.003, min: 0 } },
 *   { kmin: 3, kmax: 12, kweight: [1, 2, 3], rmin: 1, rmax: 2.2, space: 'R' },
 * )
 * console.log(formatFit(fit), fit.sets[0]!.paths[0]!.r.value)
 * ```
 */
export function fitExafs(
  data: ExafsData | readonly ExafsData[],
  parameters: ExafsParameters,
  options: ExafsFitOptions = {},
): ExafsFit {
  const list: readonly ExafsData[] = Array.isArray(data) ? data : [data as ExafsData]
  list.forEach((set, i) => {
    assertFields(set, `fitExafs: spectrum ${i}`, ['chi'])
  })
  return createExafsFit(list, parameters, { curves: true, ...options }).fit(list.map(({ chi }) => chi))
}

/** Fits one spectrum of a series from the fit of another: what `sequence` of `operando/series` takes. */
export type ExafsFitter = (frame: Dataset | Pick<ExafsData, 'k' | 'chi'>, seed?: Readonly<Record<string, number>>) => ExafsFit

/**
 * The fit of a spectrum as `sequence` wants it: a series is fitted by `sequence(series, exafsFitter(paths, parameters, options))`. Frames are Datasets with the dim `k`, or `{ k, chi }`. The set-up is
 * made at the first and kept as long as the wavenumbers stay the same.
 *
 * @param paths      Paths.
 * @param parameters What is fitted, by name.
 * @param options    Range, weights, space, search.
 * @throws OperandoError as {@link fitExafs}, when a frame is fitted.
 * @example
 * ```ts
 * import { parseFeffPath } from 'operando/io'
 * import { sequence } from 'operando/series'
 * import { exafsFitter, ff2chi } from 'operando/spectroscopy'
 * const rows = [0, 4, 8, 12, 16, 20].map(k => `${k} ${3.5 - 0.2 * k} ${0.1 * k * Math.exp(-k / 6)} ${-5 - 0.8 * k} 1 ${5 + 2 * k} ${k + 1}`)
 * const path = parseFeffPath(`Ni O\n----------\n 2 6 2.085 2.5 -5.5 nleg, deg, reff, rnrmav(bohr), edge\n 0 0 0 0 28 Ni\n 2.085 0 0 1 8 O\n k real[2*phc] mag[feff] phase[feff] red factor lambda real[p]\n${rows.join('\n')}`)
 * const frames = [0, -0.02, -0.04].map(deltar => ff2chi([{ path, deltar, sigma2: 0.005 }], { kmax: 14 }))
 * const fitter = exafsFitter([{ path, label: 'NiO', deltar: 'dr', sigma2: 'ss2' }], { dr: 0, ss2: 0.004 }, { kmax: 12, rmin: 1, rmax: 2.2 })
 * const { parameters } = await sequence(frames, fitter)
 * console.log(parameters['NiO.r']!.values)
 * ```
 */
export function exafsFitter(paths: readonly FitPath[], parameters: ExafsParameters, options: ExafsFitOptions = {}): ExafsFitter {
  let plan: ExafsFitPlan | undefined
  let made: Float64Array | undefined
  return (frame, seed) => {
    const { k, chi } = spectrumOf(frame)
    if (!plan || !made || made.length !== k.length || !made.every((value, i) => value === k[i])) {
      const set: ExafsSet = { k, paths }
      plan = createExafsFit(set, parameters, options)
      made = k.slice()
    }
    const own = seed && Object.fromEntries(plan.names.flatMap(name => (Number.isFinite(seed[name]) ? [[name, seed[name]!]] : [])))
    return plan.fit(chi, { start: own })
  }
}

function spectrumOf(frame: Dataset | Pick<ExafsData, 'k' | 'chi'>): { k: Float64Array; chi: Float64Array } {
  assertFields(frame, 'exafsFitter: a spectrum', [])
  if (!('dims' in frame)) {
    assertFields(frame, 'exafsFitter: a spectrum', ['k', 'chi'])
    return { k: asFloat64(frame.k, 'k'), chi: asFloat64(frame.chi, 'chi') }
  }
  const axis = frame.coords.k
  if (frame.dims.length !== 1 || frame.dims[0] !== 'k' || !axis) {
    throw new OperandoError(
      'E_AXIS',
      `exafsFitter: a Dataset with the dim 'k' and its coordinate expected, found [${frame.dims.join(', ')}].`,
    )
  }
  return { k: asFloat64(axis.values, 'k'), chi: asFloat64(frame.values, 'chi') }
}
