import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { LatticeSystem } from '../../model/crystal/latticeSystem.js'
import type { Hkl } from '../../model/crystal/matrix3.js'
import { createUnitCell, type UnitCell } from '../../model/crystal/unitCell.js'
import type { FitResult } from '../../numeric/fitResult.js'
import { leastSquares } from '../../numeric/leastSquares/leastSquares.js'
import type { ParameterInput } from '../../numeric/leastSquares/types.js'
import { DSPACING_FIELDS, type DSpacingOptions, dSpacingOfPeak, type Estimate, wavelengthOf } from './dSpacingOfPeak.js'
import { CELL_NUMBERS, cellOfLines, cellWith, createLineProblem, SYSTEM_NUMBERS } from './lineProblem.js'

/** A line with its indices. */
export interface IndexedLine {
  /** Miller indices. */
  readonly hkl: Hkl
  /** Position; as a fit gives it. Lines without standard error all count alike. */
  readonly centre: number | Estimate
}

/** Options of {@link cellFromPeaks}. */
export interface CellFromPeaksOptions extends DSpacingOptions {
  /** Lattice system: which edges and angles are free. Monoclinic: b unique. Trigonal on hexagonal axes: `'hexagonal'`. */
  system: LatticeSystem
  /** Whether to refine a zero shift of the twoTheta scale. Default false. */
  zero?: boolean | undefined
  /** Whether to refine a displacement of the sample: a shift of twoTheta by cos(theta). Nearly the same as a zero shift over a short range. Default false. */
  displacement?: boolean | undefined
  /** Least standard error that a position is believed to have, unit of the axis. Default 0. */
  minError?: number | undefined
  /** Whether standard errors follow from how well the lines agree, rather than from those of the positions alone. Default true where lines are left over. */
  scaleErrors?: boolean | undefined
}

const OPTIONS: FieldsOf<CellFromPeaksOptions> = {
  ...DSPACING_FIELDS,
  system: true,
  zero: true,
  displacement: true,
  minError: true,
  scaleErrors: true,
}

/** What {@link cellFromPeaks} returns. */
export interface CellFromPeaks {
  /** The cell with standard uncertainties and their covariance. */
  readonly cell: UnitCell
  /** Zero shift in degrees, observed - true, if refined. */
  readonly zero?: Estimate | undefined
  /** Shift by displacement in degrees at theta = 0, if refined: -2 s / R x 180 / pi for a sample s too low on a goniometer of radius R. */
  readonly displacement?: Estimate | undefined
  /** By line: observed - calculated, unit of the axis. */
  readonly residuals: readonly number[]
  /** The fit underneath: its parameters are the free numbers of the cell (`a`, `c` ...), `zero` and `displacement`. */
  readonly fit: FitResult
}

/**
 * Least-squares cell from the positions of indexed lines, with standard errors, in any lattice system; on twoTheta with zero shift and displacement if wanted.
 *
 * @param lines   Lines with indices; as many as free parameters or more.
 * @param options System, axis, wavelength, corrections.
 * @throws OperandoError `E_ARGUMENT` for fewer lines than parameters, corrections on another axis than twoTheta, or a missing wavelength; `E_SINGULAR` where
 *   the lines do not determine the cell; `E_RANGE` for positions that mean nothing.
 * @see M. U. Cohen, Rev. Sci. Instrum. 6 (1935) 68
 * @example
 * ```ts
 * import { cellFromPeaks } from 'operando/scattering'
 * const { cell } = cellFromPeaks(
 *   [
 *     { hkl: [0, 0, 3], centre: { value: 18.74, standardError: 0.002 } },
 *     { hkl: [1, 0, 1], centre: { value: 36.7, standardError: 0.002 } },
 *     { hkl: [1, 0, 4], centre: { value: 44.41, standardError: 0.002 } },
 *   ],
 *   { system: 'hexagonal', wavelength: 1.5405929 },
 * )
 * console.log(cell.a, cell.c, cell.sigma) // 2.87, 14.2 Å: a layered oxide
 * ```
 */
export function cellFromPeaks(lines: readonly IndexedLine[], options: CellFromPeaksOptions): CellFromPeaks {
  assertKnown(options, 'cellFromPeaks options', OPTIONS)
  assertFields(options, 'cellFromPeaks options', ['system'])
  const { system, axis = 'twoTheta', zero = false, displacement = false, minError = 0, wavelengthSigma = 0 } = options
  if ((zero || displacement) && axis !== 'twoTheta') {
    throw new OperandoError('E_ARGUMENT', `cellFromPeaks: zero shift and displacement belong to twoTheta, found ${axis}.`)
  }
  const wavelength = axis === 'twoTheta' ? wavelengthOf(options) : Number.NaN
  const free = SYSTEM_NUMBERS[system]
  const count = free.length + Number(zero) + Number(displacement)
  if (lines.length < count) {
    throw new OperandoError(
      'E_ARGUMENT',
      `cellFromPeaks: ${count} lines or more expected for ${count} parameters (${system}), found ${lines.length}.`,
    )
  }
  const position = { axis, wavelength: options.wavelength, energy: options.energy }
  const observed = lines.map(({ centre }) => (typeof centre === 'number' ? centre : centre.value))
  const inverseSquares = lines.map(({ centre }) => dSpacingOfPeak(centre, position).value ** -2)
  const errors = lines.map(({ centre }) => (typeof centre === 'number' ? null : centre.standardError))
  const known = errors.every(e => e !== null && e > 0)
  const sigma = errors.map(e => (known ? Math.max(e!, minError) : 1))
  const begin = cellOfLines(lines, inverseSquares, system)
  if (!begin) throw undetermined(system)
  const parameters: ParameterInput[] = free.map(([first]) => ({
    name: CELL_NUMBERS[first!]!,
    value: begin[CELL_NUMBERS[first!]!],
  }))
  if (zero) parameters.push({ name: 'zero', value: 0 })
  if (displacement) parameters.push({ name: 'displacement', value: 0 })
  const problem = createLineProblem(lines, observed, sigma, { system, cell: begin, axis, wavelength, zero, displacement })
  const scaleErrors = options.scaleErrors ?? (lines.length > count || !known)
  const fit = leastSquares(problem, parameters, { scaleErrors })
  if (fit.covariance === null && lines.length > count) throw undetermined(system)
  const values = free.map(([first]) => fit.parameters[CELL_NUMBERS[first!]!]!.value)
  const relative = wavelengthSigma === 0 ? 0 : wavelengthSigma / wavelengthOf(options)
  const { a, b, c, alpha, beta, gamma } = cellWith(begin, values, free)
  const covariance = fit.covariance && cellCovariance(fit, free, [a, b, c], relative)
  const estimate = (name: string): Estimate => {
    const { value, standardError } = fit.parameters[name]!
    return { value, standardError }
  }
  return {
    cell: createUnitCell({ a, b, c, alpha, beta, gamma, ...(covariance && { covariance }) }),
    ...(zero && { zero: estimate('zero') }),
    ...(displacement && { displacement: estimate('displacement') }),
    residuals: Array.from(fit.residual, (r, i) => -r * sigma[i]!),
    fit,
  }
}

function undetermined(system: LatticeSystem): OperandoError {
  return new OperandoError(
    'E_SINGULAR',
    `cellFromPeaks: these lines do not determine a ${system} cell. Give lines of other directions, or check the indices.`,
  )
}

/** Covariance of the six numbers from that of the free ones; the wavelength scales all edges together. */
function cellCovariance(
  { covariance, varied }: FitResult,
  free: readonly (readonly number[])[],
  edges: readonly number[],
  relative: number,
): Float64Array {
  const out = new Float64Array(36)
  free.forEach((rows, i) => {
    free.forEach((columns, j) => {
      for (const r of rows) for (const c of columns) out[6 * r + c] = covariance![i * varied.length + j]!
    })
  })
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) out[6 * i + j]! += relative ** 2 * edges[i]! * edges[j]!
  return out
}
