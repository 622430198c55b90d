import type { Hkl } from '../../../model/crystal/matrix3.js'
import type { SpaceGroup } from '../../../model/crystal/spaceGroup.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { CellFromPeaks, CellFromPeaksOptions } from '../cellFromPeaks.js'
import type { Estimate } from '../dSpacingOfPeak.js'

/** A peak without indices, as a fit or `findPeaks` gives it. */
export interface UnindexedPeak {
  /** Position. */
  readonly centre: number | Estimate
  /** Full width at half maximum, unit of the axis: lines nearer than that cannot be told apart. */
  readonly fwhm?: number | Estimate | undefined
}

/** A line that a peak may be. */
export interface IndexingLine {
  /** Its Miller indices. */
  readonly hkl: Hkl
  /** How strong it is, in any unit. */
  readonly intensity: number
}

/** The phase whose lines the peaks may be. */
export interface IndexingPhase {
  /** Its cell, nearly. */
  readonly cell: UnitCell
  /** Its space group. */
  readonly spaceGroup: SpaceGroup
  /** Its lines with intensities, of `powderReflections`: those too weak to be seen then do not disturb. Default: all that the group allows, taken for equally strong. */
  readonly lines?: readonly IndexingLine[] | undefined
}

/** Options of {@link cellFromUnindexedPeaks}. */
export interface UnindexedPeaksOptions extends Omit<CellFromPeaksOptions, 'system'> {
  /** How far each edge of the cell may be from the start, as a part of it. Default 0.01. */
  cellRoom?: number | undefined
  /** How far a peak may lie from its line, unit of the axis, once the cell is nearly right. Default: half the median width of the peaks; without widths 0.1 degrees, or that in d and q at the middle of the peaks. */
  tolerance?: number | undefined
  /** Lines nearer to each other than this, unit of the axis, have one peak whose place says nothing of either. Default half the width of the peak; without widths half the tolerance. */
  resolution?: number | undefined
  /** Lines weaker than this part of the strongest are not looked for, and do not disturb one that is 1 / `weakest` stronger; where intensities are given. Default 0.02. */
  weakest?: number | undefined
  /** Lines further off than this many standard deviations, robust ones of all, are outliers. Default 4. */
  outlier?: number | undefined
}

/** What became of a peak. */
export interface AssignedPeak {
  /** Its number in the list given. */
  readonly index: number
  /** Its position. */
  readonly centre: number
  /** Its line; `null` for a peak of something else. */
  readonly hkl: Hkl | null
  /** Where the refined cell puts that line. */
  readonly calculated: number | null
  /**
   * `used`: its place determined the cell. `overlapped`: two lines make it, so its place was not used. `outlier`: near a line, but not there, beyond the scatter of the others. `foreign`: no line is near.
   */
  readonly status: 'used' | 'overlapped' | 'outlier' | 'foreign'
}

/** What {@link cellFromUnindexedPeaks} finds. */
export interface CellFromUnindexedPeaks extends CellFromPeaks {
  /** Every peak, in the order given. */
  readonly peaks: readonly AssignedPeak[]
  /** Lines within the range of the peaks that none was found for. */
  readonly missing: readonly Hkl[]
  /** How much better the agreement is than chance would have it. */
  readonly figureOfMerit: {
    /** de Wolff's M: largest 1/d² over twice the mean difference in 1/d² and the number of possible lines. Above 10 the indices are beyond doubt as a rule. */
    readonly m: number
    /** Smith and Snyder's F, 1/degrees; `null` where positions are no angles. */
    readonly f: number | null
    /** Lines used. */
    readonly used: number
    /** Distinct lines possible as far as they reach. */
    readonly possible: number
  }
}
