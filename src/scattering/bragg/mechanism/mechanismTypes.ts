import type { FieldsOf } from '../../../core/fields.js'
import type { Dataset } from '../../../model/dataset.js'
import type { Estimate } from '../dSpacingOfPeak.js'

/** Results along the frames by name, `NMC622.a`, with their standard uncertainties; NaN and masked where there is none. */
export type Trends = Readonly<Record<string, Dataset<'frame'>>>

/** How an electrode reacts. `'both'`: two phases trade places while the cells of the two move as well, each with a part that matters. */
export type Verdict = 'two-phase' | 'solid solution' | 'both' | 'no change' | 'undecided'

/** A model of an interval, held against the others. */
export interface ModelScore {
  /** What it says. */
  readonly model: 'no change' | 'solid solution' | 'two-phase' | 'both'
  /** Numbers it takes. */
  readonly parameters: number
  /** Sum of squares over lattice parameters, fractions and widths, in their standard uncertainties, these widened to the scatter found. */
  readonly chiSquare: number
  /** Its information criterion: smaller is better. */
  readonly criterion: number
  /** Its weight among the models, exp(-Δ/2) over their sum. */
  readonly weight: number
}

/** Compositions (or charges) between which a single phase does not exist. */
export interface MiscibilityGap {
  /** Where the second phase begins to form: the lever rule's fraction 0. */
  readonly from: Estimate
  /** Where the first is used up: fraction 1. */
  readonly to: Estimate
  /** Change of the fraction of the second phase for a unit of the coordinate. */
  readonly slope: Estimate
  /** Where both numbers come from. */
  readonly by: 'lever rule' | 'Vegard'
}

/** A stretch of the series within which phases and direction stay the same. */
export interface MechanismInterval {
  /** Its first and last frame. */
  readonly frames: readonly [number, number]
  /** Which way it goes: `'forward'` where the second phase grows, or the position of a single one rises. */
  readonly direction: 'forward' | 'backward'
  /** Phases that are seen. */
  readonly present: readonly string[]
  /** What it is. */
  readonly verdict: Verdict
  /** The models, best first. Empty where there are too few frames to tell. */
  readonly models: readonly ModelScore[]
  /** The simplest model that the best one does not beat by more than 6 (strong evidence, after Kass and Raftery); `null` without models. */
  readonly model: ModelScore['model'] | null
  /** Relative change of lattice that comes from one phase giving way to the other, added over the free axes. */
  readonly byTwoPhases: number
  /** Relative change of lattice that comes from cells that move. */
  readonly bySolidSolution: number
  /** Ends of the gap by the lever rule, where two phases coexist along a coordinate. */
  readonly gap: MiscibilityGap | null
}

/** Difference between the two directions at the same composition. */
export interface Hysteresis {
  /** What is compared: a trend by name. */
  readonly of: string
  /** Mean of backward minus forward over the range both cover. */
  readonly mean: Estimate
  /** The largest difference in size. */
  readonly largest: number
  /** Where that is, on the coordinate. */
  readonly at: number
}

/** A verdict with the evidence for it. */
export interface Mechanism {
  /** What it is about: a couple, a phase, a line, two lines. */
  readonly subject: string
  /** The verdict over all intervals. */
  readonly verdict: Verdict
  /** Sentences with the numbers it rests on. */
  readonly evidence: readonly string[]
  /** The series cut where it turns and where phases come and go. */
  readonly intervals: readonly MechanismInterval[]
  /** Share of two-phase conversion in the change of lattice, 0 to 1; `null` where nothing changes, or a single phase was followed. */
  readonly twoPhaseShare: number | null
  /** The gap over all intervals; `null` without a coordinate and `vegard`, or where two phases do not coexist. */
  readonly gap: MiscibilityGap | null
  /** Relative change of volume for a formula unit: of a couple second over first where both are seen, of one phase smallest over largest. `null` without volumes. */
  readonly volumeChange: Estimate | null
  /** Composition of each phase by Vegard's rule; empty without `vegard`. */
  readonly compositions: Trends
  /** Between the directions; `null` without a coordinate or with one direction only. */
  readonly hysteresis: Hysteresis | null
}

/** Options of {@link mechanism}. */
export interface MechanismOptions {
  /** The phase, or the two that turn into each other: the second is the one that grows forwards. */
  phases: readonly [string] | readonly [string, string]
  /** What to call it. Default: the names of the phases. */
  subject?: string | undefined
  /** The coordinate on `frame` that tells how far the reaction is: `'x'`, `'charge'` ... Default: `'x'` if the trends have it, else `'charge'`, else none. */
  against?: string | undefined
  /** First and last frames of intervals, if you know better. Default: where the series turns, and where phases come and go. */
  intervals?: readonly (readonly [number, number])[] | undefined
  /** How models are held against each other: Bayes' criterion, or Akaike's with its correction for few points. Default `'bic'`. */
  criterion?: 'bic' | 'aicc' | undefined
  /** Part of the change of lattice below which a process does not matter, however significant it is. Default 0.1. */
  material?: number | undefined
  /** Formula units in the cell of each phase, for volumes. Default 1 each. */
  formulaUnits?: readonly number[] | undefined
  /** Two compositions and the volumes of a formula unit there, Å³: x follows from a volume by the straight line between. Default none. */
  vegard?:
    | {
        /** Compositions of the end members. */
        readonly x: readonly [number, number]
        /** Their volumes for a formula unit, at the temperature of the experiment. */
        readonly volume: readonly [number, number]
      }
    | undefined
  /** Angle at which widths are told, degrees 2theta: a single line must be narrower than its way. Default 30. */
  twoTheta?: number | undefined
}

/** Options that there are. */
export const MECHANISM_FIELDS: FieldsOf<MechanismOptions> = {
  phases: true,
  subject: true,
  against: true,
  intervals: true,
  criterion: true,
  material: true,
  formulaUnits: true,
  vegard: true,
  twoTheta: true,
}
