import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Dataset } from '../../model/dataset.js'
import type { ClockRelation, Electrochemistry } from '../../model/electrochemistry.js'
import { SYNCHRONIZE_CELLS_FIELDS, type SynchronizeCellsOptions, synchronizeCells } from './synchronizeCells.js'

/** Options of {@link synchronize}. */
export interface SynchronizeOptions extends SynchronizeCellsOptions {
  /**
   * How the record's clock stands to the run's, e.g. from {@link estimateClock}. Default: `echem.clock`.
   * Without `start` it counts from the run's own zero: run seconds = offset + rate * t.
   */
  clock?: ClockRelation | undefined
}

const OPTIONS: FieldsOf<SynchronizeOptions> = { ...SYNCHRONIZE_CELLS_FIELDS, clock: true }

/**
 * Puts electrochemistry and frames on one clock: attaches to each frame what the cell did during its exposure, as coordinates on `frame`.
 *
 * | coordinate | value |
 * | --- | --- |
 * | `voltage`, `charge`, `x` | time-weighted mean over the exposure, straight between rows (`x` only if the record has it) |
 * | `current` | time-weighted mean; between two rows the current is that of the later one |
 * | `cycle`, `halfCycle`, `step` | the one that holds for most of the exposure |
 * | `coverage` | part of the exposure that the rows cover, 0 to 1; means are over that part |
 * | `echemFlags` | 0, or bits of {@link ECHEM_FLAGS}: uncovered, partial, current step or programme step inside the exposure |
 *
 * Outside the rows, and in the pause between two files, the values are NaN, never the last voltage.
 * For interleaved cells or positions see {@link groupFrames} and {@link synchronizeCells}.
 *
 * @param run     Dataset with dim `frame` and a coordinate `time` (s since `meta.start`), and preferably `exposure` (s).
 * @param echem   The record.
 * @param options Clock, exposure, what `time` marks, gaps, what counts as a current step.
 * @returns A dataset with these coordinates added; values, mask and sigma are shared with `run`.
 * @throws OperandoError `E_TIME` when the clocks share no moment (the message states both ranges), cannot be related, or one has a time zone and the
 *   other not; `E_MISSING` without time or exposure; `E_AXIS` for a record whose time runs backwards.
 * @example
 * ```ts
 * import { createDataset, createElectrochemistry } from 'operando'
 * import { synchronize } from 'operando/series'
 * const run = createDataset({
 *   name: 'I',
 *   dims: ['frame'],
 *   values: [10, 11, 12],
 *   unit: 'counts',
 *   coords: { time: { dims: ['frame'], values: [0, 60, 600], unit: 's' } },
 * })
 * const echem = createElectrochemistry({ time: [0, 100, 200], potential: [3.4, 3.5, 3.6], current: [0, 0.001, 0.001] })
 * const clock = { offset: -10, rate: 1, sigma: 1, pairs: [] } // run seconds at t = 0 of the record, from a log book
 * synchronize(run, echem, { clock, exposure: 20 }).coords.voltage!.values // [3.42, 3.48, NaN]: the last frame is beyond the rows
 * ```
 */
export function synchronize<Dim extends string>(
  run: Dataset<Dim>,
  echem: Electrochemistry,
  options: SynchronizeOptions = {},
): Dataset<Dim> {
  assertKnown(options, 'synchronize options', OPTIONS)
  const { clock, ...rest } = options
  return synchronizeCells(run, [{ echem, clock }], rest)
}
