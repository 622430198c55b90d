import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import { median } from '../../../numeric/statistics/quantile.js'
import { MAD_TO_SIGMA } from '../../../numeric/statistics/robust.js'
import { type CellFromPeaks, type CellFromPeaksOptions, cellFromPeaks } from '../cellFromPeaks.js'
import { dSpacingOfPeak, type PeakAxis, wavelengthOf } from '../dSpacingOfPeak.js'
import { SYSTEM_NUMBERS } from '../lineProblem.js'
import { numberAndError } from '../quickLooks/measuredLine.js'
import { type Assignment, assignPeaks } from './assignPeaks.js'
import { expectedLines, positionsOf, systemOf } from './expectedLines.js'
import { figureOfMerit } from './figureOfMerit.js'
import type { CellFromUnindexedPeaks, IndexingPhase, UnindexedPeak, UnindexedPeaksOptions } from './indexingTypes.js'
import { searchCell } from './searchCell.js'

const OPTIONS: FieldsOf<UnindexedPeaksOptions> = {
  axis: true,
  wavelength: true,
  energy: true,
  wavelengthSigma: true,
  zero: true,
  displacement: true,
  minError: true,
  scaleErrors: true,
  cellRoom: true,
  tolerance: true,
  resolution: true,
  weakest: true,
  outlier: true,
}
const ROUNDS = 12

/**
 * Least-squares cell from peaks without indices: the cell, known nearly, tells which line each peak is. Edges are searched first; then peaks are assigned to lines, the cell refined, and so on until the indices stay.
 * Peaks that two lines make are left out, and so are outliers, judged by the robust scatter of all; peaks of other phases do no harm.
 *
 * @param peaks   Positions, in any order.
 * @param phase   Cell and space group; with intensities if they are known.
 * @param options Axis, wavelength, zero and displacement, how far all may be off.
 * @throws OperandoError `E_ARGUMENT` where fewer peaks have lines than there are parameters, and as {@link cellFromPeaks}.
 * @see P. M. de Wolff, J. Appl. Cryst. 1 (1968) 108; G. S. Smith, R. L. Snyder, J. Appl. Cryst. 12 (1979) 60
 * @example
 * ```ts
 * import { createUnitCell, spaceGroup } from 'operando'
 * import { cellFromUnindexedPeaks } from 'operando/scattering'
 * const silicon = { cell: createUnitCell({ a: 5.45 }), spaceGroup: spaceGroup('Fd-3m') }
 * const peaks = [28.443, 33.1, 47.303, 56.123, 69.132].map(centre => ({ centre }))
 * const { cell, peaks: assigned, figureOfMerit } = cellFromUnindexedPeaks(peaks, silicon, { wavelength: 1.5406 })
 * console.log(cell.a, assigned.map(p => p.hkl?.join(' ') ?? p.status), figureOfMerit.m) // 5.431: 111, foreign, 220, 311, 400
 * ```
 */
export function cellFromUnindexedPeaks(
  peaks: readonly UnindexedPeak[],
  phase: IndexingPhase,
  options: UnindexedPeaksOptions,
): CellFromUnindexedPeaks {
  assertKnown(options, 'cellFromUnindexedPeaks options', OPTIONS)
  assertFields(phase, 'cellFromUnindexedPeaks: the phase', ['cell', 'spaceGroup'])
  if (!Array.isArray(peaks as unknown) || peaks.length === 0)
    throw new OperandoError('E_ARGUMENT', 'cellFromUnindexedPeaks: peaks, as { centre }, expected; found none.')
  for (const [i, peak] of peaks.entries()) assertFields(peak, `peaks[${i}]`, ['centre'])
  const { axis = 'twoTheta', cellRoom = 0.01, weakest = 0.02, outlier = 4 } = options
  const wavelength = axis === 'twoTheta' ? wavelengthOf(options) : Number.NaN
  const system = systemOf(phase)
  const observed = Float64Array.from(peaks, ({ centre }) => numberAndError(centre).value)
  const position = { axis, wavelength: options.wavelength, energy: options.energy }
  const spacings = peaks.map(({ centre }) => dSpacingOfPeak(centre, position).value)
  const { tolerance, resolution } = distances(peaks, spacings, axis, wavelength, options)
  const lines = expectedLines(phase, Math.max(Math.min(...spacings) / (1 + 2 * cellRoom), wavelength / 2 || 0), weakest)
  const at = (cell: UnitCell, shift: (cosine: number) => number = () => 0): Float64Array =>
    positionsOf(lines, cell, axis, wavelength, shift)
  const positions = observed.slice().sort()
  // how much an edge must change to move the outermost line by the tolerance
  const strain = Math.min(...peaks.map((_, i) => tolerance / Math.abs(shiftByStrain(observed[i]!, axis))))
  const start = searchCell(phase.cell, SYSTEM_NUMBERS[system], cellRoom, strain, positions, tolerance, at)
  const count = SYSTEM_NUMBERS[system].length + Number(options.zero ?? false) + Number(options.displacement ?? false)

  const own: CellFromPeaksOptions = {
    system,
    axis,
    wavelength: options.wavelength,
    energy: options.energy,
    wavelengthSigma: options.wavelengthSigma,
    zero: options.zero,
    displacement: options.displacement,
    minError: options.minError,
    scaleErrors: options.scaleErrors,
  }
  const refine = (pairs: readonly Assignment[], left: ReadonlySet<number>): { fit: CellFromPeaks; used: number[] } => {
    const used = pairs.flatMap(({ line, overlapped }, i) => (line >= 0 && !overlapped && !left.has(i) ? [i] : []))
    if (used.length < count)
      throw new OperandoError(
        'E_ARGUMENT',
        `cellFromUnindexedPeaks: ${used.length} of ${peaks.length} peaks have a line of their own within ${tolerance}, but ${count} parameters are to be found. ` +
          'Is the cell right within cellRoom? Give a wider one, or a tolerance.',
        { details: { used: used.length, parameters: count } },
      )
    const indexed = used.map(i => ({ hkl: lines[pairs[i]!.line]!.hkl, centre: peaks[i]!.centre }))
    return { fit: cellFromPeaks(indexed, own), used }
  }
  const calculatedBy = ({ cell, zero, displacement }: CellFromPeaks): Float64Array =>
    at(cell, cosine => (zero?.value ?? 0) + (displacement?.value ?? 0) * cosine)
  const assign = (calculated: Float64Array): Assignment[] =>
    assignPeaks(observed, calculated, lines, tolerance, resolution, weakest)

  let calculated = at(start)
  let pairs = assign(calculated)
  let left = new Set<number>()
  let found = refine(pairs, left)
  for (let round = 0; round < ROUNDS; round++) {
    calculated = calculatedBy(found.fit)
    const next = assign(calculated)
    const out = outliers(found, outlier, count)
    const isSame = next.every(({ line }, i) => line === pairs[i]!.line) && out.length === 0
    if (isSame) break
    // a peak that has got another line begins anew
    left = new Set([...[...left].filter(i => next[i]!.line === pairs[i]!.line), ...out])
    pairs = next
    found = refine(pairs, left)
  }
  calculated = calculatedBy(found.fit)
  const used = new Set(found.used)
  const taken = new Set(pairs.map(({ line }) => line))
  const [low, high] = [positions[0]!, positions[positions.length - 1]!]
  return {
    ...found.fit,
    peaks: pairs.map(({ line, overlapped }, index) => ({
      index,
      centre: observed[index]!,
      hkl: line < 0 ? null : lines[line]!.hkl,
      calculated: line < 0 ? null : calculated[line]!,
      status: used.has(index) ? 'used' : line < 0 ? 'foreign' : overlapped ? 'overlapped' : 'outlier',
    })),
    missing: lines.flatMap(({ hkl }, k): Hkl[] =>
      taken.has(k) || !(calculated[k]! >= low && calculated[k]! <= high) ? [] : [hkl],
    ),
    figureOfMerit: figureOfMerit(
      found.used.map(i => ({ observed: observed[i]!, calculated: calculated[pairs[i]!.line]! })),
      calculated,
      axis,
      wavelength,
    ),
  }
}

/** Change of a position with the logarithm of all edges. */
function shiftByStrain(position: number, axis: PeakAxis): number {
  return axis === 'twoTheta' ? -(360 / Math.PI) * Math.tan((position * Math.PI) / 360) : axis === 'q' ? -position : position
}

/** The line that is further off than the scatter of all allows: the furthest only, since it spoils the fit for others. */
function outliers({ fit, used }: { fit: CellFromPeaks; used: readonly number[] }, limit: number, count: number): number[] {
  if (used.length <= count + 2) return []
  const pulls = fit.residuals.map((_, k) => Math.abs(fit.fit.residual[k]!))
  // least squares with few lines left over draws residuals in
  const scatter = (MAD_TO_SIGMA * median(pulls)) / Math.sqrt(1 - count / used.length)
  const worst = pulls.indexOf(Math.max(...pulls))
  return pulls[worst]! > limit * scatter && scatter > 0 ? [used[worst]!] : []
}

/** Tolerance and resolution on the axis. */
function distances(
  peaks: readonly UnindexedPeak[],
  spacings: readonly number[],
  axis: PeakAxis,
  wavelength: number,
  options: UnindexedPeaksOptions,
): { tolerance: number; resolution: Float64Array } {
  const widths = peaks.map(({ fwhm }) => (fwhm === undefined ? Number.NaN : numberAndError(fwhm).value))
  const known = widths.filter(w => w > 0)
  const d = median(spacings)
  // 0.1 degrees of 2theta, or of what Cu K alpha would make of q and d
  const angle = axis === 'twoTheta' ? 0.1 : (0.1 * Math.PI) / 360 / Math.tan(Math.asin(Math.min(0.99, 1.54 / (2 * d))))
  const usual = axis === 'twoTheta' ? angle : angle * (axis === 'q' ? (2 * Math.PI) / d : d)
  const tolerance = options.tolerance ?? (known.length > 0 ? median(known) / 2 : usual)
  if (!(tolerance > 0 && (options.resolution ?? 0) >= 0) || (axis === 'twoTheta' && !(wavelength > 0)))
    throw new OperandoError(
      'E_RANGE',
      `cellFromUnindexedPeaks: tolerance = ${tolerance}, resolution = ${options.resolution}: above 0 expected.`,
    )
  return {
    tolerance,
    resolution: Float64Array.from(widths, w => options.resolution ?? (w > 0 ? w / 2 : tolerance / 2)),
  }
}
