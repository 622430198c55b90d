import { asFloat64, type NumbersLike } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../../core/fields.js'
import { createLeastSquares, type StartValues } from '../../../../numeric/leastSquares/createLeastSquares.js'
import { createParameterSpace } from '../../../../numeric/leastSquares/parameterSpace.js'
import { translateOptions } from '../../../foreignNames.js'
import { createExafsProblem } from './exafsProblem.js'
import { finishExafs } from './finishExafs.js'
import { fitParameterList } from './fitParameterList.js'
import { type ExafsFitOptions, type ExafsParameters, type ExafsSet, TRANSFORM_FIELDS, TRANSFORM_FOREIGN } from './fitTypes.js'
import type { ExafsFit } from './fittedTypes.js'
import { openSet } from './openSet.js'

/** What a plan is told of one fit. */
export interface ExafsRunOptions {
  /** Where to start: some or all parameters by name, or all in their order. Default as the plan was told. */
  start?: StartValues | undefined
  /** Whether to return curves. Default as the plan was told. */
  curves?: boolean | undefined
}

/** A fit of EXAFS with its splines, windows and buffers, for many spectra with the same wavenumbers and paths. */
export interface ExafsFitPlan {
  /** Names of all parameters, in order. */
  readonly names: readonly string[]
  /**
   * Fits.
   * @param chi     chi(k) of the spectrum, or of each of several.
   * @param options Start, curves.
   * @throws OperandoError `E_SHAPE` for a wrong number of spectra or values, `E_NAN`, `E_RANGE` for a spectrum that is 0. Not converging is a result.
   */
  fit(chi: NumbersLike | readonly NumbersLike[], options?: ExafsRunOptions): ExafsFit
}

const OPTIONS: FieldsOf<ExafsFitOptions> = {
  ...TRANSFORM_FIELDS,
  maxEvaluations: true,
  curves: true,
  rmaxOut: true,
  kernels: true,
  signal: true,
}
const RUN: FieldsOf<ExafsRunOptions> = { start: true, curves: true }

/**
 * Prepares fits of scattering paths to EXAFS: {@link fitExafs} for a series, or several spectra together time after time.
 *
 * @param sets       The spectrum, or several that are fitted together, without their chi.
 * @param parameters What is fitted, by name.
 * @param options    Range, weights and space where a set does not say; search.
 * @throws OperandoError `E_MISSING` for paths without scattering data or expressions that read what there is not; `E_RANGE` for ranges outside the data, saying which; `E_ARGUMENT`.
 * @example
 * ```ts
 * import { parseFeffPath } from 'operando/io'
 * import { createExafsFit, ff2chi } from 'operando/spectroscopy'
 * const rows = [0, 4, 8, 12, 16, 20].map(k => `${k} ${3.5 - 0.2 * k} ${0.1 * k * Math.exp(-k / 6)} ${-5 - 0.8 * k} 1 ${5 + 2 * k} ${k + 1}`)
 * const path = parseFeffPath(`Ni O\n----------\n 2 6 2.085 2.5 -5.5 nleg, deg, reff, rnrmav(bohr), edge\n 0 0 0 0 28 Ni\n 2.085 0 0 1 8 O\n k real[2*phc] mag[feff] phase[feff] red factor lambda real[p]\n${rows.join('\n')}`)
 * const { k } = ff2chi([{ path }], { kmax: 14 })
 * const plan = createExafsFit({ k, paths: [{ path, label: 'NiO', s02: 0.9, e0: 'e0', deltar: 'dr', sigma2: 'ss2' }] }, { e0: 0, dr: 0, ss2: 0.003 }, { kmin: 3, kmax: 12, rmin: 1, rmax: 2.2 })
 * for (const sigma2 of [0.005, 0.006, 0.007]) {
 *   const fit = plan.fit(ff2chi([{ path, s02: 0.9, e0: 2, deltar: -0.01, sigma2 }], { kmax: 14 }).chi)
 *   console.log(fit.parameters['NiO.r']!.value, fit.parameters.ss2!.value)
 * }
 * ```
 */
export function createExafsFit(
  sets: ExafsSet | readonly ExafsSet[],
  parameters: ExafsParameters,
  options: ExafsFitOptions = {},
): ExafsFitPlan {
  const { options: own } = translateOptions(options, 'exafs fit options', OPTIONS, TRANSFORM_FOREIGN)
  const list: readonly ExafsSet[] = Array.isArray(sets) ? sets : [sets as ExafsSet]
  if (list.length === 0) throw new OperandoError('E_ARGUMENT', 'exafs fit: one spectrum or more expected, found none.')
  const names = list.map((set, i) => {
    assertFields(set, `exafs fit: spectrum ${i}`, [])
    return set.name ?? `set${i + 1}`
  })
  const odd = names.find((name, i) => !/^\w+$/.test(name) || names.indexOf(name) !== i)
  if (odd !== undefined) {
    throw new OperandoError(
      'E_ARGUMENT',
      `exafs fit: the name "${odd}" of a spectrum: names of letters, digits and _ that differ expected.`,
    )
  }
  const { inputs, namesIn } = fitParameterList(parameters, names)
  const { start } = createParameterSpace(inputs)
  const { maxEvaluations, curves: wanted = false, rmaxOut = 10, kernels, signal, ...defaults } = own
  const open = list.map((set, i) => openSet(set, names[i]!, defaults, namesIn(names[i]!), start))
  assertAllRead(
    inputs.map(({ name }) => name),
    open.flatMap(({ reads }) => reads),
    inputs,
  )
  const problem = createExafsProblem(open, inputs.length)
  const plan = createLeastSquares(problem, inputs, { scaleErrors: false, maxEvaluations, kernels, signal })
  return {
    names: plan.names,
    fit(chi, run = {}) {
      assertKnown(run, 'fit of a plan', RUN)
      const given = spectraOf(chi, open.length)
      problem.load(given.map((values, i) => asFloat64(values, `${names[i]}: chi`, { length: open[i]!.measured })))
      const fit = plan.fit(run.start)
      return finishExafs({ sets: open, problem, inputs, fit, curves: run.curves ?? wanted, rmaxOut })
    },
  }
}

/** A parameter that nothing reads would make the problem singular, and every error with it. */
function assertAllRead(
  names: readonly string[],
  reads: readonly number[],
  inputs: readonly { vary?: boolean | undefined; tie?: unknown }[],
): void {
  const used = new Set(reads)
  const tied = inputs.some(({ tie }) => tie !== undefined)
  const idle = names.find((_, i) => !used.has(i) && inputs[i]!.vary !== false && inputs[i]!.tie === undefined)
  if (idle === undefined || tied) return
  throw new OperandoError(
    'E_ARGUMENT',
    `exafs fit: no path reads the parameter "${idle}": leave it away, or hold it with vary: false.`,
    {
      details: { parameter: idle },
    },
  )
}

function spectraOf(chi: NumbersLike | readonly NumbersLike[], count: number): readonly NumbersLike[] {
  const isList = Array.isArray(chi) && typeof chi[0] === 'object'
  const list = isList ? (chi as readonly NumbersLike[]) : [chi as NumbersLike]
  if (list.length === count) return list
  throw new OperandoError('E_SHAPE', `exafs fit: chi of ${count} spectra expected, ${list.length} found.`, {
    details: { expected: count, found: list.length },
  })
}
