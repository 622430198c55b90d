import type { NumbersLike } from '../../../core/arrays.js'
import type { FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import type { SpaceGroup } from '../../../model/crystal/spaceGroup.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import type { Doublet } from '../doublet.js'
import type { PhaseCurves, PhasePattern } from '../phases/phaseFitTypes.js'

/** A pattern to refine. Points that are NaN or masked are left out. */
export interface RefinementPattern extends PhasePattern {
  /** Scattering angles in degrees, rising, n values. */
  readonly twoTheta: NumbersLike
}

/** A phase of which only the lattice is known: where its lines lie, not how strong they are. A `Structure` is one. */
export interface LatticePhase {
  /** Its name, unique. */
  readonly name: string
  /** Its cell at the start, lines within a width of where they are. */
  readonly cell: UnitCell
  /** Its space group, which says which lines there are. */
  readonly spaceGroup: SpaceGroup
}

/** How a parameter of a refinement departs from its default: start, whether it varies, bounds, tie. */
export type ParameterChoice = Omit<ParameterInput, 'name'>

/** Options of {@link leBail} and {@link pawley}. */
export interface RefinementOptions {
  /** Wavelength in Å. Default: the first of `doublet`. */
  wavelength?: number | undefined
  /** Two lines of a tube, `K_ALPHA.Cu`, of which each reflection makes two peaks. Default none. */
  doublet?: Doublet | undefined
  /** Chebyshev terms of the background. Default 6. */
  background?: number | undefined
  /**
   * Parameters that are not to be as they are by default. Names: `zero` and `displacement` (degrees; the second times cos theta), `background.0` ...; of each phase P the free numbers of its
   * cell `P.a` ..., and the widths `P.u`, `P.v`, `P.w`, `P.p`, `P.size`, `P.strain`, `P.constant`, as {@link LineWidthParameters} has them. By default the cell, `w`, `size`, `strain` and
   * the background vary; all else is held at 0.
   */
  parameters?: Readonly<Record<string, ParameterChoice>> | undefined
  /** How far a line is computed, fwhm on either side. Default 40, where 1.6e-4 of a Lorentzian's height is left. */
  reach?: number | undefined
  /** Whether standard errors follow from the scatter about the fit, rather than from sigma alone. Default true, as in GSAS and FullProf. */
  scaleErrors?: boolean | undefined
  /** Most cycles of extraction and least squares. Default 100. */
  maxCycles?: number | undefined
}

/** Options that there are. */
export const REFINEMENT_FIELDS: FieldsOf<RefinementOptions> = {
  wavelength: true,
  doublet: true,
  background: true,
  parameters: true,
  reach: true,
  scaleErrors: true,
  maxCycles: true,
}

/** A line with the intensity that was extracted for it. */
export interface ExtractedLine {
  /** Name of its phase. */
  readonly phase: string
  /** Miller indices. */
  readonly hkl: Hkl
  /** Spacing in Å. */
  readonly d: number
  /** Where it was found, degrees: zero and displacement included. */
  readonly twoTheta: number
  /** Full width at half maximum, degrees. */
  readonly fwhm: number
  /** Integrated intensity, counts x degrees, both lines of a doublet together. */
  readonly intensity: number
  /** Its standard error, that of cell, widths and background included; `null` for a line that `overlaps`. */
  readonly standardError: number | null
  /** Index, in the list of lines, of others so near that only the sum of their intensities is known: how they share it is arbitrary. */
  readonly overlaps: readonly number[]
}

/** How well a pattern is described. */
export interface Agreement {
  /** Weighted profile R: sqrt(sum w (y - c)² / sum w y²). */
  readonly rwp: number
  /** The same with the background taken off y below: a high background does not flatter it. */
  readonly rwpBackground: number
  /** What Rwp would be if only noise were left: sqrt((n - k) / sum w y²). */
  readonly rExpected: number
  /** Reduced chi², (Rwp / Rexp)². */
  readonly chiSquare: number
  /** By phase: sum |I_obs - I_calc| / sum I_obs, where what is observed is shared among lines as the model has it. */
  readonly rBragg: Readonly<Record<string, number>>
}

/** Standard errors that know of serial correlation. */
export interface SerialErrors {
  /** What the standard errors are multiplied by; 1 where residuals do not hang together. */
  readonly factor: number
  /** The standard errors by name. */
  readonly standardErrors: Readonly<Record<string, number>>
}

/** Two parameters that the pattern hardly tells apart. */
export interface Correlation {
  /** The one. */
  readonly first: string
  /** The other. */
  readonly second: string
  /** Their correlation coefficient, -1 to 1. */
  readonly value: number
}

/** What {@link leBail} and {@link pawley} return. `iterations` are cycles, `rFactor` is Rwp, degrees of freedom count the intensities. */
export interface LatticeRefinement extends FitResult {
  /** R factors and chi². */
  readonly agreement: Agreement
  /** Standard errors with the factor of Bérar and Lelann. */
  readonly berarLelann: SerialErrors
  /** Pairs of parameters that correlate by more than 0.8, strongest first. */
  readonly correlated: readonly Correlation[]
  /** Cells by phase, with uncertainties. */
  readonly cells: Readonly<Record<string, UnitCell>>
  /** Lines in the pattern by phase and falling d, with their intensities. */
  readonly lines: readonly ExtractedLine[]
  /** The pattern calculated, taken apart. */
  readonly curves: PhaseCurves
  /** Lines that overlap, widths that are not defined everywhere ... */
  readonly warnings: readonly Issue[]
}
