import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import type { Issue } from '../../../core/issue.js'
import { bsplineBasis, bsplineSpan } from '../../../numeric/interpolate/bspline.js'
import { createSpline } from '../../../numeric/interpolate/spline.js'
import { createSplineResampler } from '../../../numeric/interpolate/splineResampler.js'
import { outputOf } from '../../../numeric/outputOf.js'
import { translateOptions } from '../../foreignNames.js'
import { asEnergies } from '../../spectrum.js'
import { transformWindow } from '../transform/transformWindow.js'
import { type AutobkLayout, autobkLayout } from './autobkLayout.js'
import { AUTOBK_FIELDS, AUTOBK_FOREIGN, type AutobkOptions, type AutobkStandard, clampsOf } from './autobkOptions.js'
import { clampedFit } from './clampedFit.js'
import { addRows, product, rowProducts } from './products.js'
import { projectionOf } from './projection.js'

/** Background removal for many spectra on one grid with one E0. */
export interface AutobkPlan {
  /** eV, n values. */
  readonly energy: Float64Array
  /** Even wavenumbers, 1/Å, m values. */
  readonly k: Float64Array
  /** Where its pieces lie. */
  readonly layout: AutobkLayout
  /** Names of other programs that were translated. */
  readonly hints: readonly Issue[]
  /**
   * Removes the background of a spectrum. Allocates nothing if `chi` is given (but with clamps of Larch).
   * @param mu         Exactly a Float64Array of n values.
   * @param edgeStep   Step by which mu - background is divided.
   * @param chi        Receives m values; made if absent.
   * @param background Receives n values, mu itself outside the range; not computed if absent.
   * @returns chi(k).
   */
  remove(mu: Float64Array, edgeStep: number, chi?: Float64Array, background?: Float64Array): Float64Array
  /** Coefficients of the spline of the last spectrum. */
  readonly coefficients: Float64Array
  /** Standard errors of chi(k) and of the background of the last spectrum. */
  errors(mu: Float64Array, edgeStep: number): AutobkErrors
}

/** Standard errors that follow from what the Fourier residual leaves. */
export interface AutobkErrors {
  /** Of chi, m values. */
  readonly chi: Float64Array
  /** Of the background, n values, 0 outside its range. */
  readonly background: Float64Array
}

/**
 * Prepares AUTOBK: {@link autobk} for a series.
 *
 * The background is the cubic spline, with as many points as the range holds below rbkg, that makes the low bins of the Fourier transform of k^w (mu - background) smallest. That is a linear problem: its solution,
 * and the way of mu onto the even grid of k, are matrices that depend on the grid only, so a spectrum costs two small products. Spline points, bins and window are exactly those of Larch.
 *
 * @param energy  Energies of all spectra, eV.
 * @param options E0, rbkg, ranges, clamps.
 * @throws OperandoError `E_RANGE` for a scan that is too short or a range outside the data; `E_AXIS`, `E_UNIT`, `E_NAN`.
 * @see Newville, Livins, Yacoby, Rehr, Stern, Phys. Rev. B 47 (1993) 14126
 * @example
 * ```ts
 * import { createAutobk, energyOfWavenumber, kGrid } from 'operando/spectroscopy'
 * const energy = energyOfWavenumber(kGrid(14), 8979)
 * const plan = createAutobk(energy, { e0: 8979, rbkg: 1, kweight: 2 })
 * const chi = new Float64Array(plan.k.length)
 * for (const slope of [1e-4, 2e-4]) plan.remove(energy.map((e, i) => 1 + slope * (e - 8979) + 0.05 * Math.sin(0.22 * i)), 1, chi)
 * ```
 */
export function createAutobk(energy: NumbersLike, options: AutobkOptions): AutobkPlan {
  const { options: own, hints } = translateOptions(options, 'autobk options', AUTOBK_FIELDS, AUTOBK_FOREIGN)
  const { kweight = 1, dk = 0.1, window = 'hanning', kstep = 0.05, nfft = 2048 } = own
  const clamps = clampsOf(own.clamps)
  const axis = asEnergies(energy)
  const layout = autobkLayout(axis, own)
  const { first, count, kraw, k, kmin, kmax, knots, bins } = layout
  const m = k.length
  if (!(Number.isInteger(nfft) && nfft >= m))
    throw new OperandoError('E_RANGE', `autobk: nfft = ${nfft}: a whole number of at least ${m} expected.`)
  const columns = knots.length - 4
  const onGrid = createSplineResampler(kraw, k)
  const splines = splineValues(knots, kraw)
  // the basis splines on the even grid, as mu itself gets there
  const basis = new Float64Array(columns * m)
  for (let j = 0; j < columns; j++) onGrid.resample(splines, basis.subarray(j * m, (j + 1) * m), j * count)

  const win = transformWindow(m, kstep, { min: kmin, max: kmax, dx: dk, dx2: dk, window })
  const transform = lowBins(
    k.map((q, i) => q ** kweight * win[i]!),
    bins,
    nfft,
  )
  const fixed = clamps?.convention === 'fixed' ? clampRows(clamps, m) : []
  const rows = 2 * bins + fixed.length
  const matrix = new Float64Array(columns * rows)
  rowProducts(transform, 2 * bins, basis, columns, m, matrix, rows)
  fixed.forEach(({ at, weight }, t) => {
    for (let j = 0; j < columns; j++) matrix[j * rows + 2 * bins + t] = weight * basis[j * m + at]!
  })
  const { inverse, covariance } = projectionOf(matrix, rows, columns)
  // from mu on the even grid straight to the coefficients
  const solution = new Float64Array(columns * m)
  for (let j = 0; j < columns; j++) {
    addRows(inverse, j * rows, transform, 2 * bins, m, solution, j * m)
    fixed.forEach(({ at, weight }, t) => {
      solution[j * m + at]! += inverse[j * rows + 2 * bins + t]! * weight
    })
  }
  const standard = own.standard && standardOnGrid(own.standard, k)
  const coefficients = new Float64Array(columns)
  const y = new Float64Array(m)
  const model =
    clamps && clamps.convention !== 'fixed'
      ? { transform, basis, matrix, rows, columns, clamps, ends: clampRows(clamps, m) }
      : undefined

  const remove = (mu: Float64Array, edgeStep: number, chi?: Float64Array, background?: Float64Array): Float64Array => {
    const out = outputOf(chi, m)
    if (mu.length !== axis.length) throw new OperandoError('E_SHAPE', `mu: ${axis.length} values expected, ${mu.length} found.`)
    onGrid.resample(mu, y, first)
    if (standard) for (let i = 0; i < m; i++) y[i]! -= edgeStep * standard[i]!
    rowProducts(solution, columns, y, 1, m, coefficients, columns)
    if (model) clampedFit(model, y, coefficients)
    for (let i = 0; i < m; i++) out[i] = y[i]! + (standard ? edgeStep * standard[i]! : 0)
    for (let j = 0; j < columns; j++) {
      const c = coefficients[j]!
      for (let i = 0; i < m; i++) out[i]! -= c * basis[j * m + i]!
    }
    for (let i = 0; i < m; i++) out[i]! /= edgeStep
    if (background) {
      background.set(mu)
      background.fill(0, first, first + count)
      for (let j = 0; j < columns; j++)
        for (let i = 0; i < count; i++) background[first + i]! += coefficients[j]! * splines[j * count + i]!
    }
    return out
  }
  const errors = (mu: Float64Array, edgeStep: number): AutobkErrors => {
    const chi = remove(mu, edgeStep)
    let square = 0
    for (let t = 0; t < 2 * bins; t++) square += (edgeStep * product(transform, t * m, chi, 0, m)) ** 2
    const variance = square / Math.max(2 * bins - columns, 1)
    const spread = (values: Float64Array, length: number, i: number): number => {
      let sum = 0
      for (let a = 0; a < columns; a++)
        for (let b = 0; b < columns; b++) sum += covariance[a * columns + b]! * values[a * length + i]! * values[b * length + i]!
      return Math.sqrt(variance * sum)
    }
    const around = new Float64Array(axis.length)
    for (let i = 0; i < count; i++) around[first + i] = spread(splines, count, i)
    return { chi: k.map((_, i) => spread(basis, m, i) / edgeStep), background: around }
  }
  return { energy: axis, k, layout, hints, coefficients, remove, errors }
}

/** The B-splines at the points of the data, one after another. */
function splineValues(knots: Float64Array, at: Float64Array): Float64Array {
  const out = new Float64Array((knots.length - 4) * at.length)
  const four = new Float64Array(4)
  for (let i = 0; i < at.length; i++) {
    const span = bsplineSpan(knots, 3, at[i]!)
    bsplineBasis(knots, 3, span, at[i]!, four)
    for (let r = 0; r < 4; r++) out[(span - 3 + r) * at.length + i] = four[r]!
  }
  return out
}

/** Rows that turn a curve on the even grid into the real and imaginary parts of the low bins of its weighted Fourier transform. */
function lowBins(weight: Float64Array, bins: number, nfft: number): Float64Array {
  const m = weight.length
  const [cosine, sine] = [new Float64Array(nfft), new Float64Array(nfft)]
  for (let i = 0; i < nfft; i++) {
    cosine[i] = Math.cos((2 * Math.PI * i) / nfft)
    sine[i] = Math.sin((2 * Math.PI * i) / nfft)
  }
  const out = new Float64Array(2 * bins * m)
  for (let r = 0; r < bins; r++) {
    for (let i = 0; i < m; i++) {
      const turn = (r * i) % nfft
      out[r * m + i] = weight[i]! * cosine[turn]!
      out[(bins + r) * m + i] = -weight[i]! * sine[turn]!
    }
  }
  return out
}

/** Points of the even grid that are held, each with its weight. */
function clampRows(clamps: { low: number; high: number; points: number }, m: number): { at: number; weight: number }[] {
  const rows: { at: number; weight: number }[] = []
  for (let i = 0; i < Math.min(clamps.points, m); i++)
    rows.push({ at: i, weight: clamps.low }, { at: m - 1 - i, weight: clamps.high })
  return rows.filter(row => row.weight > 0)
}

function standardOnGrid({ k, chi }: AutobkStandard, grid: Float64Array): Float64Array {
  const axis = asFloat64(k, 'standard.k')
  return createSpline(axis, asFloat64(chi, 'standard.chi', { length: axis.length }), { outside: 'clamp' }).evaluate(grid)
}
