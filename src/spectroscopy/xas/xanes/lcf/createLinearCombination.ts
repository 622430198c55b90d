import { asFloat64, type NumbersLike } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertKnown, assertOneOf } from '../../../../core/fields.js'
import { createFractionSolver, type FractionSolver, MOST_FRACTIONS } from '../../../../numeric/linear/fractionSolver.js'
import { orthonormalRows } from '../../../../numeric/linear/orthonormalRows.js'
import { asEnergies } from '../../../spectrum.js'
import { finishLinearCombination } from './finishLinearCombination.js'
import { fractionsWithin } from './fractionsWithin.js'
import {
  LINEAR_COMBINATION_FIELDS,
  type LinearCombinationFit,
  type LinearCombinationOptions,
  type LinearCombinationSeries,
} from './linearCombination.js'
import { fitManyCombinations } from './manyCombinations.js'
import { type ReferenceSpectrum, referenceRows } from './references.js'
import { findShift } from './shiftOfCombination.js'

/** References made ready for spectra on one grid of energies. */
export interface LinearCombinationPlan {
  /** Names of the references. */
  readonly names: readonly string[]
  /** The energies that count, eV. */
  readonly energy: Float64Array
  /**
   * Fits one spectrum.
   * @param mu As many values as the plan was given energies.
   * @throws OperandoError `E_SHAPE`, `E_NAN`.
   */
  fit(mu: NumbersLike): LinearCombinationFit
  /**
   * Fits many spectra, frames x energies: weights, errors and misfits, without the curves.
   * @param frames Row-major; Float32Array and Float64Array are taken as they are.
   * @param out    Result of an earlier call for as many frames, which is filled anew; made if absent.
   * @throws OperandoError `E_SHAPE` when the length is no multiple of the energies, `E_NAN`, `E_ARGUMENT` with `shift`.
   */
  fitAll(frames: NumbersLike, out?: LinearCombinationSeries): LinearCombinationSeries
}

/** What a plan is made of, for the files beside. */
export interface CombinationParts {
  /** Names of the k references. */
  readonly names: readonly string[]
  /** All energies. */
  readonly all: Float64Array
  /** First index that counts. */
  readonly from: number
  /** Energies that count, n. */
  readonly energy: Float64Array
  /** k x n. */
  readonly references: Float64Array
  /** 1 / sigma, n values. */
  readonly weights: Float64Array
  /** Whether `weights` are all 1. */
  readonly unweighted: boolean
  /** k x n: orthonormal rows of the weighted references. */
  readonly basis: Float64Array
  /** R by columns, k x k. */
  readonly triangle: Float64Array
  /** Finds weights from coordinates. */
  readonly solver: FractionSolver
  /** As given. */
  readonly options: LinearCombinationOptions
}

/**
 * Prepares linear combination fits of spectra on one grid of energies: XANES as a weighted sum of references. The references are brought onto the grid by cubic splines and factorised
 * once; a spectrum then costs its projections on them.
 *
 * @param energy     eV, n values, strictly rising: those of the spectra.
 * @param references 1 to 12 normalised spectra, normalised alike.
 * @param options    Range, sum, bounds, errors.
 * @throws OperandoError `E_SINGULAR` when a reference is a sum of the others; `E_RANGE` for a range without data or beyond a reference; `E_ARGUMENT` for bounds that cannot hold.
 * @example
 * ```ts
 * import { createLinearCombination } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 101 }, (_, i) => 8320 + 0.5 * i)
 * const edge = (at: number) => energy.map(e => 0.5 + Math.atan((e - at) / 1.5) / Math.PI)
 * const references = [{ name: 'reduced', energy, mu: edge(8343) }, { name: 'oxidised', energy, mu: edge(8345) }]
 * const plan = createLinearCombination(energy, references, { sum: 'one' })
 * const half = edge(8343).map((v, i) => 0.5 * v + 0.5 * edge(8345)[i]!)
 * plan.fit(half).components.map(c => c.weight) // 0.5, 0.5
 * ```
 */
export function createLinearCombination(
  energy: NumbersLike,
  references: readonly ReferenceSpectrum[],
  options: LinearCombinationOptions = {},
): LinearCombinationPlan {
  const parts = combinationParts(asEnergies(energy), references, options)
  const { names, all, from } = parts
  return {
    names,
    energy: parts.energy,
    fit(mu): LinearCombinationFit {
      const y = asFloat64(mu, 'mu', { length: all.length })
      if (options.shift) return findShift(parts, y, options.shift)
      return finishLinearCombination(parts, y.subarray(from, from + parts.energy.length))
    },
    fitAll(frames, out): LinearCombinationSeries {
      if (options.shift)
        throw new OperandoError(
          'E_ARGUMENT',
          'fitAll: a shift is found for single spectra only. Align the series by its foil first, or call fit for each frame.',
        )
      return fitManyCombinations(parts, frames, out)
    },
  }
}

/** Checks options and factorises the references. */
export function combinationParts(
  all: Float64Array,
  references: readonly ReferenceSpectrum[],
  options: LinearCombinationOptions,
): CombinationParts {
  assertKnown(options, 'linearCombinationFit options', LINEAR_COMBINATION_FIELDS)
  const { range = [all[0]!, all[all.length - 1]!], sum = 'free', negative = true, sigma, shift = 0 } = options
  assertOneOf(sum, 'sum', ['free', 'one'])
  if (!(shift >= 0 && Number.isFinite(shift))) throw new OperandoError('E_RANGE', `shift: 0 or more eV expected, found ${shift}.`)
  const from = all.findIndex(e => e >= range[0])
  const to = all.findLastIndex(e => e <= range[1])
  const k = references?.length ?? 0
  if (from < 0 || to - from + 1 < k + 1)
    throw new OperandoError(
      'E_RANGE',
      `range: ${Math.max(0, from < 0 ? 0 : to - from + 1)} points lie between ${range[0]} and ${range[1]} eV; the data reach from ${all[0]} to ${all[all.length - 1]} eV, and ${k} references need ${k + 1} points.`,
    )
  if (k > MOST_FRACTIONS)
    throw new OperandoError(
      'E_RANGE',
      `references: ${MOST_FRACTIONS} at most, found ${k}. bestCombinations tries few out of many.`,
    )
  const energy = all.slice(from, to + 1)
  const n = energy.length
  const { names, rows } = referenceRows(references, energy, 'linearCombinationFit')
  const given = sigma === undefined ? undefined : asFloat64(sigma, 'sigma', { length: all.length })
  const weights = new Float64Array(n).fill(1)
  for (let i = 0; given && i < n; i++) {
    if (!(given[from + i]! > 0)) throw new OperandoError('E_RANGE', `sigma[${from + i}] is ${given[from + i]}: above 0 expected.`)
    weights[i] = 1 / given[from + i]!
  }
  const { basis, triangle, independence } = orthonormalRows(
    rows.map((v, i) => v * weights[i % n]!),
    k,
    n,
  )
  const dependent = independence.findIndex(part => !(part > 1e-10))
  if (dependent >= 0)
    throw new OperandoError(
      'E_SINGULAR',
      `The reference '${names[dependent]}' is a sum of those before it between ${energy[0]} and ${energy[n - 1]} eV: their weights cannot be told apart. Leave one out.`,
    )
  const closed = sum === 'one'
  const bounds = options.bounds === undefined ? undefined : boundsOf(options.bounds, names, closed)
  if (bounds && options.negative !== undefined)
    throw new OperandoError('E_ARGUMENT', 'negative and bounds say the same thing: give one of them.')
  const solver = createFractionSolver(triangle, k, { closed, nonNegative: !negative })
  return {
    names,
    all,
    from,
    energy,
    references: rows,
    weights,
    unweighted: given === undefined,
    basis,
    triangle,
    solver: bounds ? fractionsWithin(triangle, k, bounds.lower, bounds.upper, closed, solver) : solver,
    options,
  }
}

function boundsOf(
  bounds: NonNullable<LinearCombinationOptions['bounds']>,
  names: readonly string[],
  closed: boolean,
): { lower: Float64Array; upper: Float64Array } {
  const forAll = Array.isArray(bounds)
  const byName = bounds as Readonly<Record<string, readonly [number, number]>>
  const stranger = forAll ? undefined : Object.keys(bounds).find(name => !names.includes(name))
  if (stranger !== undefined)
    throw new OperandoError('E_MISSING', `bounds: no reference is called '${stranger}'; there are ${names.join(', ')}.`)
  const pairs = names.map(name =>
    forAll ? (bounds as unknown as readonly [number, number]) : (byName[name] ?? [-Infinity, Infinity]),
  )
  const lower = Float64Array.from(pairs, pair => pair[0])
  const upper = Float64Array.from(pairs, pair => pair[1])
  const total = (list: Float64Array): number => list.reduce((a, b) => a + b, 0)
  if (closed && (total(lower) > 1 || total(upper) < 1))
    throw new OperandoError(
      'E_ARGUMENT',
      `bounds: weights between them add up to ${total(lower)} ... ${total(upper)}, never to one.`,
    )
  return { lower, upper }
}
