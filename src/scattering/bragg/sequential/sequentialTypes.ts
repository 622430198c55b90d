import type { FieldsOf } from '../../../core/fields.js'
import type { LongTask } from '../../../core/progress.js'
import type { Dataset, Variable } from '../../../model/dataset.js'
import type { FrameStatus } from '../../../series/sequence/fitTable.js'
import type { Trends } from '../mechanism/mechanismTypes.js'
import {
  type LatticePhase,
  REFINEMENT_FIELDS,
  type RefinementOptions,
  type RefinementResult,
} from '../refinement/refinementTypes.js'

/** Two phases that turn into each other: what one loses the other gains. */
export interface PhaseCouple {
  /** Its phases by name. */
  readonly phases: readonly [string, string]
  /** Formula units in the cell of each, for mole fractions. Default 1 each. */
  readonly formulaUnits?: readonly [number, number] | undefined
}

/** What each frame of a series is refined with: phases and the options of `createRefinement`. */
export interface SequentialModel extends RefinementOptions {
  /** The phases: a `Structure` each, or name, cell and space group where only the lattice is known. */
  phases: readonly LatticePhase[]
  /** Phases that turn into each other; each keeps its cell to within 1 %, so that they do not take each other's lines. Default none. */
  couples?: readonly PhaseCouple[] | undefined
}

/** Lattice parameters of a phase as smooth functions, over the whole series at once. */
export interface SmoothLattice {
  /** The coordinate on `frame` that they are functions of: `'x'`, `'temperature'`, `'time'` ... Default: the number of the frame. */
  readonly against?: string | undefined
  /** Pieces of the cubic spline between knots at equal distances. Default 4. */
  readonly pieces?: number | undefined
  /** Phases it holds for. Default all whose cells are free. */
  readonly phases?: readonly string[] | undefined
}

/** How a series is gone through. */
export interface SequentialOptions extends LongTask {
  /** Which way to go: `'both'` goes forwards, then backwards, and keeps for each frame the fit with the smaller misfit. Default `'forward'`. */
  direction?: 'forward' | 'backward' | 'both' | undefined
  /** Where the first frame starts, by parameter. Default: the engine's own guess. */
  start?: Readonly<Record<string, number>> | undefined
  /** A phase fewer standard uncertainties above nothing counts as absent: its cell and widths are held. Default 4. */
  significance?: number | undefined
  /** A phase fewer standard uncertainties above nothing is too weak to tell more than scale and cell: widths, and atoms if they vary, are held. Default 12. */
  steady?: number | undefined
  /** Intensity at which the detector is saturated: such points are left out, and a frame with more than a tenth of them is flagged. Default: none. */
  saturation?: number | undefined
  /** A frame whose misfit is so many times that of the frame before is refused, unless the next one is like it. Default 10. */
  outlier?: number | undefined
  /** Cells as smooth functions over the whole series, in a second pass. Default none: each frame for itself. */
  smooth?: SmoothLattice | undefined
  /** Coordinates on `frame` for the result. Default: those of the series. */
  coords?: Readonly<Record<string, Variable>> | undefined
  /** Called with each accepted refinement: the place to keep curves and line intensities, which the table does not. */
  onFrame?: ((index: number, refinement: RefinementResult) => void) | undefined
}

/** Options of {@link SequentialOptions} that there are. */
export const SEQUENTIAL_FIELDS: FieldsOf<SequentialOptions> = {
  direction: true,
  start: true,
  significance: true,
  steady: true,
  saturation: true,
  outlier: true,
  smooth: true,
  coords: true,
  onFrame: true,
  signal: true,
  onProgress: true,
}

/** Fields of {@link SequentialModel} that there are. */
export const MODEL_FIELDS: FieldsOf<SequentialModel> = { ...REFINEMENT_FIELDS, phases: true, couples: true }

/** How the smooth lattice compares with that of each frame for itself. */
export interface SmoothTest {
  /** Numbers that the splines take. */
  readonly parameters: number
  /** Numbers that they save. */
  readonly saved: number
  /** By how much chi-square of the series grows, in units of its scatter. */
  readonly chiSquare: number
  /** Hamilton's F of the restraint: growth for each number saved. */
  readonly f: number
  /** Chance of an F as large if the restraint holds: below 0.01 the cells are not that smooth. */
  readonly probability: number
}

/** What {@link sequential} returns. */
export interface SequentialResult {
  /**
   * Results along the frames by name with `sigma`; NaN and masked where there is none, so also cells and widths of absent phases. Of each phase P `P.scale` (structures) or `P.intensity`
   * (lattices), `P.a` ..., `P.volume`, `P.size` ..., `P.fwhm` in the middle of the pattern, `P.significance`, `P.weight` and, in couples, `P.fraction`; `rwp`, `rwpBackground`.
   */
  readonly parameters: Trends
  /** Reduced chi-square along the frames. */
  readonly quality: Dataset<'frame'>
  /** How each frame ended. */
  readonly status: readonly FrameStatus[]
  /** Why each failed frame failed; `null` for the others. */
  readonly reasons: readonly (string | null)[]
  /** Fits tried for each frame. */
  readonly tries: Int32Array
  /** Where the kept fit got its seed: 1 from an earlier frame, -1 from a later one, 0 without a fit. */
  readonly direction: Int8Array
  /** Whether each phase is there: 0 absent, 1 weak (only scale and cell vary), 2 seen with all that varies; by phase, n values. 0 in failed frames. */
  readonly presence: Readonly<Record<string, Uint8Array>>
  /** Names of the phases. */
  readonly phases: readonly string[]
  /** What `smooth` came to; `null` without it. */
  readonly smooth: SmoothTest | null
}
