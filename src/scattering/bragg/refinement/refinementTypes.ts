import type { NumbersLike } from '../../../core/arrays.js'
import type { FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import type { SpaceGroup } from '../../../model/crystal/spaceGroup.js'
import type { Structure } from '../../../model/crystal/structure.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { Dataset } from '../../../model/dataset.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import type { Polarization } from '../corrections/polarizationFactor.js'
import type { Doublet } from '../doublet.js'
import type { Share } from '../phases/fractions.js'
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

/** How intensities come about. */
export type IntensityChoice = 'structure' | 'leBail' | 'pawley'

/** How a parameter of a refinement departs from its default: start, whether it varies, bounds, tie. */
export type ParameterChoice = Omit<ParameterInput, 'name'>

/** What is known of an instrument, from a standard for instance: held, and added to what the sample does. */
export interface InstrumentProfile {
  /** Widths of its lines. */
  readonly widths?: LineWidthParameters | undefined
  /** Axial divergence, S/L and H/L. */
  readonly axial?: AxialHeights | undefined
}

/** Half heights of sample and detector over their distance. */
export interface AxialHeights {
  /** S/L. */
  readonly sample: number
  /** H/L. */
  readonly detector: number
}

/** Preferred orientation: March and Dollase about an axis, named as the plane that it is normal to, or spherical harmonics of even orders up to one. */
export type TextureChoice =
  | {
      /** Plane that the texture axis is normal to. */
      readonly axis: Hkl
    }
  | {
      /** Highest order, even, 2 to 12. */
      readonly harmonics: number
    }

/** Absorption of the sample. */
export interface AbsorptionChoice {
  /** A cylinder bathed in the beam, or a flat plate across it. */
  readonly geometry: 'cylinder' | 'plate'
  /** mu times radius, or mu times thickness, where the parameter `absorption` starts. */
  readonly mu: number
}

/** A phase that was added in a known share. */
export interface InternalStandard {
  /** Its name. */
  readonly phase: string
  /** Its share of the mass of the mixture, 0 to 1. */
  readonly massFraction: number
}

/** What lies under the lines, beside a Chebyshev series or instead of it. */
export interface BackgroundChoice {
  /** Chebyshev terms. Default 6 if there are no points. */
  readonly chebyshev?: number | undefined
  /** Angles in degrees between which the background is interpolated linearly; its heights there are refined. */
  readonly points?: readonly number[] | undefined
  /** Distances in Å at which an amorphous part has neighbours: each adds a wave sin(qr)/(qr), whose height is refined. */
  readonly debye?: readonly number[] | undefined
  /** A pattern of the empty cell on the same axis, n values, which is refined by a scale. */
  readonly blank?: NumbersLike | undefined
}

/** Options of {@link createRefinement}, {@link rietveld}, {@link leBail} and {@link pawley}. */
export interface RefinementOptions {
  /** Wavelength in Å. Default: the first of `doublet`. */
  wavelength?: number | undefined
  /** Two lines of a tube, `K_ALPHA.Cu`, of which each reflection makes two peaks. Default none. */
  doublet?: Doublet | undefined
  /**
   * How intensities come about, for all phases or by name: `'structure'`, from the sites of a `Structure`; `'leBail'`, extracted, never below 0; `'pawley'`, extracted by plain least squares.
   * Default `'structure'` for phases that have sites, `'leBail'` for others.
   */
  intensities?: IntensityChoice | Readonly<Record<string, IntensityChoice>> | undefined
  /** How the beam was polarised, and whether that is corrected already. Default `'corrected'`, as azimuthal integration does. For phases with structure. */
  polarization?: Polarization | undefined
  /** Chebyshev terms of the background, or what else it is made of. Default 6. */
  background?: number | BackgroundChoice | undefined
  /** Axial divergence: lines after Finger, Cox and Jephcoat, with parameters `axial.sample`, `axial.detector`, held by default. Default that of `instrument`, or none. */
  axial?: AxialHeights | undefined
  /** Whether lines are split pseudo-Voigts: `skew` + `skewCot` cot 2theta is the difference of their sides over their sum; both held at 0 by default. Not with `axial`. Default false. */
  skew?: boolean | undefined
  /** Absorption of a cylinder (mu R) or of a flat plate in transmission (mu t), with the parameter `absorption`, held by default. Default none. */
  absorption?: AbsorptionChoice | undefined
  /** Preferred orientation by phase: `P.march`, or `P.texture.0` ... of harmonics. Default none. */
  texture?: Readonly<Record<string, TextureChoice>> | undefined
  /** Phases, by name, whose size differs along an axis, named as the plane that it is normal to: `P.sizeAlong` beside `P.size`. Default none. */
  uniaxialSize?: Readonly<Record<string, Hkl>> | undefined
  /** Phases whose microstrain is anisotropic after Stephens: `P.S400` ... in 1e-6 Å^-4, those that symmetry leaves. Default none. */
  stephens?: readonly string[] | undefined
  /** Phases with primary extinction after Sabine: `P.extinction`, held at 0 by default. Default none. */
  extinction?: readonly string[] | undefined
  /** A phase that was added in a known share of the mass, crystalline without rest: tells how much is amorphous. Default none. */
  internalStandard?: InternalStandard | undefined
  /**
   * Parameters that are not to be as they are by default; `*` in a name stands for anything, and what is said of one parameter counts for more. Names: `zero` and `displacement` (degrees; the second
   * times cos theta), `background.0` ...; of each phase P the free numbers of its cell `P.a` ..., and the widths `P.u`, `P.v`, `P.w`, `P.p`, `P.size`, `P.strain`, `P.constant`, as
   * {@link LineWidthParameters} has them; of a phase with structure `P.scale` and, site by site, those of `P.Fe1.x`, `P.Fe1.y`, `P.Fe1.z`, `P.Fe1.occupancy`, `P.Fe1.uIso` or `P.Fe1.u11` ... that
   * symmetry leaves free. With several patterns what each has of its own begins with its name: `lab.zero`, `lab.P.scale`. By default cells, scales, background, `w`, `size` and `strain` vary;
   * all else is held.
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
  extends Pick<
    RefinementOptions,
    | 'wavelength'
    | 'doublet'
    | 'background'
    | 'instrument'
    | 'excluded'
    | 'polarization'
    | 'axial'
    | 'skew'
    | 'absorption'
    | 'texture'
  > {
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
  polarization: true,
  axial: true,
  skew: true,
  absorption: true,
  texture: true,
  uniaxialSize: true,
  stephens: true,
  extinction: true,
  internalStandard: true,
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

/** Shares of the mass. */
export interface MassFractions {
  /** Of the crystalline part, by phase with structure; they sum to 1. Phases without structure do not count. */
  readonly phases: Readonly<Record<string, Share>>
  /** Amorphous part of the sample, internal standard not counted; only with `internalStandard`. */
  readonly amorphous?: Share | undefined
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
  /** Shares of the mass; `undefined` where no phase has a structure. */
  readonly massFractions?: MassFractions | undefined
}

/** What {@link leBail}, {@link pawley}, {@link rietveld} and a {@link Refinement} return. `iterations` are steps, `rFactor` is Rwp, degrees of freedom count free intensities. */
export interface RefinementResult extends FitResult {
  /** R factors and chi², of all patterns together; those of Bragg are of the first pattern. */
  readonly agreement: Agreement
  /** Standard errors with the factor of Bérar and Lelann. */
  readonly berarLelann: SerialErrors
  /** Pairs of parameters that correlate by more than 0.8, strongest first. */
  readonly correlated: readonly Correlation[]
  /** Cells by phase, with uncertainties. */
  readonly cells: Readonly<Record<string, UnitCell>>
  /** Structures by phase, those that have one, with uncertainties. */
  readonly structures: Readonly<Record<string, Structure>>
  /** Shares of the mass in the first pattern, after Hill and Howard; `undefined` where no phase has a structure. */
  readonly massFractions?: MassFractions | undefined
  /** Lines of the first pattern by phase and falling d, with their intensities. */
  readonly lines: readonly ExtractedLine[]
  /** The first pattern calculated, taken apart. */
  readonly curves: PhaseCurves
  /** All patterns. */
  readonly patterns: readonly RefinedPattern[]
  /** Lines that overlap, widths that are not defined everywhere ... */
  readonly warnings: readonly Issue[]
}
