import type { NumbersLike } from '../../../core/arrays.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { FitParameter, FitResult } from '../../../numeric/fitResult.js'
import type { Doublet } from '../doublet.js'
import type { PowderReflection } from '../simulatePattern.js'

/** A phase to be looked for in patterns: its cell may change, the relative intensities of its lines not. */
export interface FitPhase {
  /** Its name, unique. */
  readonly name: string
  /** Its cell at the start. */
  readonly cell: UnitCell
  /** Its lines with multiplicity and |F|². */
  readonly reflections: readonly PowderReflection[]
  /** Phases that name the same couple turn into each other and share a mole fraction. Default none. */
  readonly couple?: string | undefined
  /** Formula units in the cell, for mole fractions. Default 1. */
  readonly formulaUnits?: number | undefined
  /** Whether its cell is known and held, as that of an internal standard. Default false. */
  readonly fixedCell?: boolean | undefined
  /** How far each number of the cell may go from the start, as a part of it. Default 0.03; 0.01 in a couple, where each phase keeps its cell. */
  readonly cellRoom?: number | undefined
}

/** Options of {@link createPhaseFit}. */
export interface PhaseFitOptions {
  /** Wavelength in Å. Default: the first of `doublet`. */
  wavelength?: number | undefined
  /** Two lines of a tube, `K_ALPHA.Cu`, of which each reflection makes two peaks. Default none. */
  doublet?: Doublet | undefined
  /** 0 when the intensities are corrected for polarisation (integrated synchrotron images), 1 for an unpolarised tube, cos² of the monochromator otherwise. Default 0. */
  polarization?: number | undefined
  /** Chebyshev terms of the background. Default 8. */
  background?: number | undefined
  /** Error of the zero of 2theta in degrees, or `'refine'`, which needs a phase with `fixedCell`. Default 0. */
  zero?: number | 'refine' | undefined
  /** A phase whose scale is fewer standard uncertainties above zero counts as absent: its cell and width are held. Default 4. */
  significance?: number | undefined
}

/** One pattern for a {@link PhaseFit}. */
export interface PhasePattern {
  /** Intensity, n values. */
  readonly intensity: NumbersLike
  /** Standard uncertainty, n values. Default sqrt(max(intensity, 1)), that of counts. */
  readonly sigma?: NumbersLike | undefined
  /** 0 = good. Masked points have no weight. */
  readonly mask?: ArrayLike<number> | undefined
}

/** What a {@link PhaseFit} returns. Parameters: `P.scale`, `P.a` ..., `P.fwhm` of each phase P, `eta`, `zero`, `background.k`, and `P.fraction` of couples. */
export interface PhaseFitResult extends Omit<FitResult, 'parameters'> {
  /** Parameters by name. What was held (also: cell and width of an absent phase) has no standard error. */
  readonly parameters: Readonly<Record<string, FitParameter>>
  /** Names of the phases that were not found. */
  readonly absent: readonly string[]
}

/** A pattern taken apart. */
export interface PhaseCurves {
  /** The whole model. */
  readonly calculated: Float64Array
  /** Its background. */
  readonly background: Float64Array
  /** Each phase without background. */
  readonly phases: Readonly<Record<string, Float64Array>>
}

/** A prepared fit of phases: see {@link createPhaseFit}. */
export interface PhaseFit {
  /**
   * Fits one pattern.
   * @param pattern The pattern on the plan's axis.
   * @param seed    Start values by parameter name, e.g. of the frame before. Without: own guess of the widths.
   */
  fit(pattern: PhasePattern, seed?: Readonly<Record<string, number>>): PhaseFitResult
  /**
   * The model of given parameters.
   * @param parameters Values by name; all of them.
   */
  curves(parameters: Readonly<Record<string, number>>): PhaseCurves
}
