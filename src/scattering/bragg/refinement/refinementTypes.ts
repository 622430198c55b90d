import type { NumbersLike } from '../../../core/arrays.js'
import type { FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import type { SpaceGroup } from '../../../model/crystal/spaceGroup.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { Dataset } from '../../../model/dataset.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import type { Doublet } from '../doublet.js'
import type { PhaseCurves, PhasePattern } from '../phases/phaseFitTypes.js'
import type { LineWidthParameters } from '../widths/lineWidths.js'

/** A pattern to refine. Points that are NaN or masked are left out. */
export interface RefinementPattern extends PhasePattern {
  /** Scattering angles in degrees, rising, n values. */
  readonly twoTheta: NumbersLike
}

/** One pattern for a plan that has its axis: intensity with sigma and mask, or a Dataset of one dim with them. */
export type RefinementData = PhasePattern | Dataset

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

/** What is known of an instrument, from a standard for instance: held, and added to what the sample does. */
export interface InstrumentProfile {
  /** Widths of its lines. */
  readonly widths?: LineWidthParameters | undefined
}

/** Options of {@link createRefinement}, {@link leBail} and {@link pawley}. */
export interface RefinementOptions {
  /** Wavelength in Å. Default: the first of `doublet`. */
  wavelength?: number | undefined
  /** Two lines of a tube, `K_ALPHA.Cu`, of which each reflection makes two peaks. Default none. */
  doublet?: Doublet | undefined
  /** How the intensities of phases without structure are found: Le Bail's, never below 0, or Pawley's, of plain least squares. Default `'leBail'`. */
  intensities?: 'leBail' | 'pawley' | undefined
  /** Chebyshev terms of the background. Default 6. */
  background?: number | undefined
  /**
   * Parameters that are not to be as they are by default; `*` in a name stands for anything. Names: `zero` and `displacement` (degrees; the second times cos theta), `background.0` ...; of each phase P the free numbers of its
   * cell `P.a` ..., and the widths `P.u`, `P.v`, `P.w`, `P.p`, `P.size`, `P.strain`, `P.constant`, as {@link LineWidthParameters} has them. By default the cell, `w`, `size`, `strain` and
   * the background vary; all else is held at 0.
   */
  parameters?: Readonly<Record<string, ParameterChoice>> | undefined
  /** How far a line is computed, fwhm on either side. Default 40, where 1.6e-4 of a Lorentzian's height is left. */
  reach?: number | undefined
  /** Whether standard errors follow from the scatter about the fit, rather than from sigma alone. Default true, as in GSAS and FullProf. */
  scaleErrors?: boolean | undefined
  /** Most steps of least squares. Default 100. */
  maxCycles?: number | undefined
  /** The instrument's own profile. Then only size and strain of phases vary by default. Default: none, phases carry all widths. */
  instrument?: InstrumentProfile | undefined
  /** Ranges of 2theta in degrees that are left out. */
  excluded?: readonly (readonly [from: number, to: number])[] | undefined
}

/** The axis of one pattern among several, with what differs there from the common options: wavelength, background, instrument ... */
export interface PatternAxis
  extends Pick<RefinementOptions, 'wavelength' | 'doublet' | 'background' | 'instrument' | 'excluded'> {
  /** Its name, unique: its own parameters begin with it, `lab.zero`, `lab.LFP.size`. */
  readonly name: string
  /** 2theta in degrees, rising, or a Dataset. */
  readonly twoTheta: NumbersLike | Dataset
}

/** What {@link createRefinement} is made for: scattering angles in degrees, rising; or a Dataset whose last dim is `twoTheta`, or `q` or `d`, which the wavelength converts; or several of these. */
export type RefinementAxis = NumbersLike | Dataset | readonly PatternAxis[]

/** Options that there are. */
export const REFINEMENT_FIELDS: FieldsOf<RefinementOptions> = {
  wavelength: true,
  doublet: true,
  intensities: true,
  background: true,
  parameters: true,
  reach: true,
  scaleErrors: true,
  maxCycles: true,
  instrument: true,
  excluded: true,
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

/** Options of a fit. */
export interface RefinementFitOptions {
  /** Where to start: values by name, or the result of the frame before. All parameters then vary from the first step. Default: own guess, and stages. */
  start?: Readonly<Record<string, number>> | RefinementResult | undefined
  /** Ends the fit, between two rounds, with reason `aborted`. */
  signal?: AbortSignal | undefined
}

/** A prepared refinement: see {@link createRefinement}. */
export interface Refinement {
  /** Names of all parameters, in order. */
  readonly names: readonly string[]
  /**
   * Fits one pattern, or several at once, one for each axis. The result depends on nothing but what is given here: not on patterns fitted before.
   * @param pattern Intensities on the plan's axis, in order of the axes if there are several.
   * @param options Start, signal.
   * @throws OperandoError `E_SHAPE` for a wrong number of values or fewer points than parameters, `E_NAN` where no point is left, `E_RANGE` for a sigma that is not above 0.
   */
  fit(pattern: RefinementData | readonly RefinementData[], options?: RefinementFitOptions): RefinementResult
}

/** One of several patterns of a refinement, after it. */
export interface RefinedPattern {
  /** Its name; '' if it is the only one. */
  readonly name: string
  /** R factors and chi² of its own. */
  readonly agreement: Agreement
  /** Lines in the pattern by phase and falling d, with their intensities. */
  readonly lines: readonly ExtractedLine[]
  /** The pattern calculated, taken apart. */
  readonly curves: PhaseCurves
}

/** What {@link leBail}, {@link pawley} and a {@link Refinement} return. `iterations` are steps, `rFactor` is Rwp, degrees of freedom count free intensities. */
export interface RefinementResult extends FitResult {
  /** R factors and chi², of all patterns together; those of Bragg are of the first pattern. */
  readonly agreement: Agreement
  /** Standard errors with the factor of Bérar and Lelann. */
  readonly berarLelann: SerialErrors
  /** Pairs of parameters that correlate by more than 0.8, strongest first. */
  readonly correlated: readonly Correlation[]
  /** Cells by phase, with uncertainties. */
  readonly cells: Readonly<Record<string, UnitCell>>
  /** Lines of the first pattern by phase and falling d, with their intensities. */
  readonly lines: readonly ExtractedLine[]
  /** The first pattern calculated, taken apart. */
  readonly curves: PhaseCurves
  /** All patterns. */
  readonly patterns: readonly RefinedPattern[]
  /** Lines that overlap, widths that are not defined everywhere ... */
  readonly warnings: readonly Issue[]
}
