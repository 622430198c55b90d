import type { Issue } from '../../../core/issue.js'
import type { LongTask } from '../../../core/progress.js'
import type { Angle, Length } from '../../../core/quantity.js'
import type { Structure } from '../../../model/crystal/structure.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { Polarization } from '../corrections/polarizationFactor.js'
import type { Doublet } from '../doublet.js'
import type { PowderReflection } from '../simulatePattern.js'

/** A phase that may be in a pattern: a structure, that of a CIF for instance, or a cell with lines of known |F|². */
export type CandidatePhase =
  | Structure
  | {
      /** Its name, unique. */
      readonly name: string
      /** Its cell, nearly. */
      readonly cell: UnitCell
      /** Its lines. */
      readonly reflections: readonly PowderReflection[]
    }

/** Options of {@link identifyPhases}. */
export interface IdentifyPhasesOptions extends LongTask {
  /** Wavelength, Å. Default: the first of `doublet`. */
  wavelength?: Length | undefined
  /** Two lines of a tube. Default none. */
  doublet?: Doublet | undefined
  /** How the beam was polarised, and whether that is corrected already. Default `'corrected'`. */
  polarization?: Polarization | undefined
  /** Typical full width of lines, degrees. Default: that of the peaks found. */
  fwhm?: Angle | undefined
  /** How far each edge of a cell may be from that given, as a part of it: state of charge, temperature, another composition. A phase that fits best at that limit does not count. Default 0.015. */
  cellRoom?: number | undefined
  /** Most phases that are taken together. Default 6. */
  maxPhases?: number | undefined
  /** How far intensities of a structure may be off, as a part of what is measured: texture, composition. Default 0.1. */
  intensityError?: number | undefined
  /** Least part of its lines, those that should be seen, that must be seen for a phase to count. Default 0.7. */
  minFound?: number | undefined
  /** Least significance of a phase, standard deviations. Default 6. */
  significance?: number | undefined
  /** Background, n values. Default: `estimateBackground`, with a window 12 widths wide. */
  background?: ArrayLike<number> | undefined
}

/** What a candidate explains of a pattern. */
export interface IdentifiedPhase {
  /** Its name. */
  readonly name: string
  /** Whether it is one of the phases that together explain the pattern. */
  readonly present: boolean
  /** What candidates are ranked by: the present ones first, by the share of the pattern that they explain; the others, always lower, by `partial` times `found`. */
  readonly score: number
  /** Correlation of its pattern with the whole one (cosine, weighted), whatever else is in it. */
  readonly correlation: number
  /** The same with what the other present phases leave: low for a phase whose lines all lie on those of others. */
  readonly partial: number
  /** Part of its lines that should be seen, and are: weighted by the root of their intensities. */
  readonly found: number
  /** Part of its intensity that lies where no other present phase is stronger. Near 0: present or not, this pattern cannot tell. */
  readonly exclusive: number
  /** Standard deviations by which the pattern is explained better with it than without. */
  readonly significance: number
  /** Part of the intensity above background that it explains; 0 where it is not present. */
  readonly share: number
  /** Part of the scattering volume, by the intensities of its structure, among the present phases; 0 where it is not present. No texture, no absorption: to be refined. */
  readonly volumeFraction: number
  /** Its cell, edges moved to where the pattern has its lines. */
  readonly cell: UnitCell
  /** Relative change of its edges from those given. */
  readonly strain: readonly [a: number, b: number, c: number]
}

/** What {@link identifyPhases} finds. */
export interface IdentifiedPhases {
  /** All candidates, the best first. */
  readonly phases: readonly IdentifiedPhase[]
  /** Pattern of the present phases together and the background, n values. */
  readonly fitted: Float64Array
  /** The background taken, n values. */
  readonly background: Float64Array
  /** Part of the intensity above background that no present phase explains. */
  readonly unexplained: number
  /** Centres of peaks that are left over, degrees. */
  readonly unexplainedPeaks: readonly number[]
  /** Typical width taken, degrees. */
  readonly fwhm: number
  /** Doubts about structures. */
  readonly warnings: readonly Issue[]
}
