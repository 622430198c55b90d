import type { NumbersLike } from '../../core/arrays.js'
import type { FieldsOf } from '../../core/fields.js'
import type { LongTask } from '../../core/progress.js'
import type { Hkl } from '../../model/crystal/matrix3.js'
import type { Structure } from '../../model/crystal/structure.js'
import type { Doublet } from '../../scattering/bragg/doublet.js'
import type { FitPhase } from '../../scattering/bragg/phases/phaseFitTypes.js'
import type { LatticePhase } from '../../scattering/bragg/refinement/refinementTypes.js'

/** A line to follow by itself, without knowing the phase. */
export interface LineConfig {
  /** Its name, unique among lines and phases. */
  readonly name: string
  /** Part of the axis that holds it in all frames, and as little else as possible; in degrees 2theta. Lines with overlapping ranges are fitted together. */
  readonly range: readonly [number, number]
  /** Where it is in the first frame, degrees 2theta. Default: the strongest point of the first frame in the range. */
  readonly at?: number | undefined
  /** Its indices, if it belongs to a cubic phase: the lattice parameter a is then given instead of d. */
  readonly cubicHkl?: Hkl | undefined
}

/** A phase to fit by its crystal structure, that of a CIF for instance: lines and |F|² follow from it. */
export interface StructurePhase extends Partial<Omit<FitPhase, 'cell' | 'reflections'>> {
  /** The structure; it gives the name, too, unless `name` does. */
  readonly structure: Structure
}

/** A phase to refine of which only the lattice is known: its lines are where cell and space group have them, as strong as they are found. */
export interface LatticePhaseConfig extends Partial<Omit<FitPhase, 'cell' | 'reflections' | 'name'>>, LatticePhase {}

/**
 * How the clocks of potentiostat and beamline are related.
 * `'auto'`: by their wall clocks, checked against turning points of the structure; where the two are more than three standard uncertainties apart the turning
 * points win, aloud. `'wall'`: by the wall clocks, unchecked. `'turning-points'`: by the structure. Or the relation itself, run seconds = offset + rate t,
 * with t the time column of the record and run seconds counted from the start of the first frame.
 */
export type ClockConfig =
  | 'auto'
  | 'wall'
  | 'turning-points'
  | {
      /** Run seconds at t = 0 of the record. */
      readonly offset: number
      /** Run seconds per second of the record. Default 1. */
      readonly rate?: number | undefined
      /** Standard uncertainty in s. Default: not known. */
      readonly sigma?: number | undefined
    }

/** What {@link analyseDiffraction} takes beside patterns and electrochemistry. */
export interface DiffractionOptions extends LongTask {
  /** Title of the report. Default `'Operando diffraction'`. */
  title?: string | undefined
  /** Wavelength in Å. Default: the first of `doublet`, else that of the patterns. */
  wavelength?: number | undefined
  /** Two lines of a tube, `K_ALPHA.Cu`, of which each reflection makes two peaks; `wavelength` is then the first. Default none. */
  doublet?: Doublet | undefined
  /** 0 when intensities are corrected for polarisation, 1 for an unpolarised tube, cos² 2theta of the monochromator otherwise. Default 0. */
  polarization?: number | undefined
  /** Part of the patterns to fit, degrees 2theta. Default all. */
  range?: readonly [number, number] | undefined
  /** Parts to leave out, degrees 2theta: lines of the cell that no phase explains. Default none. */
  exclude?: readonly (readonly [number, number])[] | undefined
  /**
   * Phases to fit. Where all are given by their structure, or by cell and space group, patterns are refined by `sequential` (Rietveld, Le Bail); where one is given by its lines with |F|², all are fitted with
   * one cell, one scale, one width and fixed relative intensities each. Default none.
   */
  phases?: readonly (FitPhase | StructurePhase | LatticePhaseConfig)[] | undefined
  /** Lines to follow by themselves. Default: if there are no phases, the strongest that {@link findLines} finds. */
  lines?: readonly LineConfig[] | undefined
  /** Chebyshev terms of the background of the phase fit. Default 8. */
  background?: number | undefined
  /** Error of the zero of 2theta in degrees, or `'refine'`, which needs a phase of known cell. Default 0. */
  zero?: number | 'refine' | undefined
  /** Which way fits are seeded along the frames. Default `'forward'`. */
  direction?: 'forward' | 'backward' | 'both' | undefined
  /** How the clocks are related. Default `'auto'`. */
  clock?: ClockConfig | undefined
  /** Zone of wall clocks that have none, e.g. `Europe/Paris`. Default none assumed. */
  zone?: string | undefined
  /** Exposure in s, one for all or one a frame, if the patterns do not tell. */
  exposure?: number | NumbersLike | undefined
  /** What the time of a frame marks. Default `'start'` of the exposure. */
  timeMarks?: 'start' | 'middle' | 'end' | undefined
  /** Time between the starts of frames in s, where the patterns tell no time. */
  interval?: number | undefined
  /** Time of the first frame in s of the run with `interval`. Default 0. */
  firstFrame?: number | undefined
}

/** Their names, for `assertKnown`. */
export const DIFFRACTION_FIELDS: FieldsOf<DiffractionOptions> = {
  title: true,
  wavelength: true,
  doublet: true,
  polarization: true,
  range: true,
  exclude: true,
  phases: true,
  lines: true,
  background: true,
  zero: true,
  direction: true,
  clock: true,
  zone: true,
  exposure: true,
  timeMarks: true,
  interval: true,
  firstFrame: true,
  signal: true,
  onProgress: true,
}

/** Names that a line may have. */
export const LINE_FIELDS: FieldsOf<LineConfig> = { name: true, range: true, at: true, cubicHkl: true }
