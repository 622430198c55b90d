import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import { unit } from '../../core/unit.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset } from '../../model/dataset.js'
import type { ClockRelation, Electrochemistry } from '../../model/electrochemistry.js'
import { historyStep } from '../historyStep.js'
import { type AttachOptions, attachRows, type FrameRows } from './attachRows.js'
import { describeRange } from './describeRange.js'
import { echemCoords } from './echemCoords.js'
import { type FrameTiming, frameCount, frameWindows } from './frameWindows.js'
import type { Windows } from './overWindows.js'
import { type AssumedZone, type RunClock, relateClocks } from './relateClocks.js'

/** One cell of a run that visits several: its record and its frames. */
export interface CellOfRun {
  /** The record of its potentiostat channel. */
  readonly echem: Electrochemistry
  /** Indices of its frames, as {@link groupFrames} finds them. Default: all. */
  readonly frames?: readonly number[] | undefined
  /** Its clock relation. Default: that of the record. Without `start` it counts from the run's own zero. */
  readonly clock?: ClockRelation | undefined
}

/** Options of {@link synchronizeCells} and {@link synchronize}, beside the clock. */
export interface SynchronizeCellsOptions extends FrameTiming, AttachOptions, AssumedZone {}

/** Their names, for `assertKnown`. */
export const SYNCHRONIZE_CELLS_FIELDS: FieldsOf<SynchronizeCellsOptions> = {
  exposure: true,
  timeMarks: true,
  maxGap: true,
  currentStep: true,
  zone: true,
}

/**
 * {@link synchronize} for a run that visits several cells or positions in turn: each frame takes the values of its own cell. A further
 * coordinate `cellIndex` says which of `cells` that is. Frames of no cell get NaN and the flag `uncovered`.
 *
 * @param run     Dataset with dim `frame` and a coordinate `time` (s since `meta.start`).
 * @param cells   The records, each with its frames.
 * @param options Exposure, what `time` marks, gaps.
 * @throws OperandoError as {@link synchronize}; `E_ARGUMENT` without cells or when two claim one frame, `E_RANGE` for an index beyond the frames,
 *   `E_UNIT` when the records differ in unit.
 * @example
 * ```ts
 * import { createDataset, createElectrochemistry } from 'operando'
 * import { groupFrames, synchronizeCells } from 'operando/series'
 * const run = createDataset({
 *   name: 'I',
 *   dims: ['frame'],
 *   values: [10, 11, 12],
 *   unit: 'counts',
 *   coords: { time: { dims: ['frame'], values: [0, 60, 600], unit: 's' } },
 * })
 * const echem = createElectrochemistry({ time: [0, 100, 200], potential: [3.4, 3.5, 3.6], current: [0, 0.001, 0.001] })
 * const clock = { offset: -10, rate: 1, sigma: 1, pairs: [] }
 * const [first] = groupFrames([1.001, 1.002, 7.5], 0.01) // by the motor position recorded with each frame
 * synchronizeCells(run, [{ echem, clock, frames: first!.frames }], { exposure: 20 }).coords.voltage!.values // [3.42, 3.48, NaN]
 * ```
 */
export function synchronizeCells<Dim extends string>(
  run: Dataset<Dim>,
  cells: readonly CellOfRun[],
  options: SynchronizeCellsOptions = {},
): Dataset<Dim> {
  assertKnown(options, 'synchronizeCells options', SYNCHRONIZE_CELLS_FIELDS)
  assertDataset(run, 'synchronize')
  if (!Array.isArray(cells) || cells.length === 0)
    throw new OperandoError('E_ARGUMENT', 'cells: at least one record expected, none found.')
  const n = frameCount(run)
  const windows = frameWindows(run, options)
  const owner = ownersOf(cells, n)
  const columns = echemCoords(n, cells)
  const warnings: Issue[] = [...run.warnings]
  const clocks: RunClock[] = []
  for (const [index, cell] of cells.entries()) {
    const frames = framesOf(cell, n)
    const clock = relateClocks(cell.clock ?? supported(cell.echem.clock), run.meta.start, options)
    const own = pick(windows, frames)
    const rows = attachRows(cell.echem, clock, own, options)
    assertOverlap(run, rows, own, cells.length > 1 ? `The record of cell ${index}` : 'The record')
    columns.put(rows, frames)
    clocks.push(clock)
    if (clock.assumption) warnings.push({ code: 'W_NAIVE_CLOCKS', message: clock.assumption })
  }
  const coords = { ...run.coords, ...columns.coords() }
  if (cells.length > 1) {
    coords.cellIndex = { dims: ['frame'], shape: [n], values: owner, unit: unit(''), label: 'Cell' }
  }
  const { timeMarks = 'start', maxGap, currentStep, zone } = options
  const parameters = {
    clocks: clocks.map(({ offset, rate, sigma }) => ({ offset, rate, sigma })),
    timeMarks,
    maxGap,
    currentStep,
    zone,
  }
  return Object.freeze({ ...run, coords, warnings, history: [...run.history, historyStep('synchronize', parameters)] })
}

/** A record that knows neither its start nor an offset is related to nothing; taking its zero for the run's would be a guess. */
function supported(clock: ClockRelation): ClockRelation {
  if (clock.start !== undefined || clock.sigma !== null || clock.pairs.length > 0 || clock.offset !== 0) return clock
  throw new OperandoError(
    'E_TIME',
    'Nothing relates the clock of the record to that of the run: it has no start, no offset and no pairs. Pass { clock: { offset, rate, sigma, pairs } } ' +
      'in run seconds, from a log book, a trigger record or estimateClock.',
  )
}

function framesOf(cell: CellOfRun, n: number): Int32Array {
  return cell.frames ? Int32Array.from(cell.frames) : Int32Array.from({ length: n }, (_, i) => i)
}

function ownersOf(cells: readonly CellOfRun[], n: number): Float64Array {
  const owner = new Float64Array(n).fill(Number.NaN)
  for (const [index, cell] of cells.entries()) {
    for (const frame of cell.frames ?? framesOf(cell, n)) {
      if (!(Number.isInteger(frame) && frame >= 0 && frame < n)) {
        throw new OperandoError(
          'E_RANGE',
          `cells[${index}].frames names frame ${frame}, but the run has ${n} frames (0 to ${n - 1}).`,
        )
      }
      if (!Number.isNaN(owner[frame])) {
        throw new OperandoError(
          'E_ARGUMENT',
          `Frame ${frame} is claimed by cells ${owner[frame]} and ${index}: a frame belongs to one cell.`,
        )
      }
      owner[frame] = index
    }
  }
  return owner
}

function pick(windows: Windows, frames: Int32Array): Windows {
  return { start: Float64Array.from(frames, i => windows.start[i]!), stop: Float64Array.from(frames, i => windows.stop[i]!) }
}

/** Clocks that share no moment are a mistake (a zone, a day, another cell's file), not a series of unknown voltages. */
function assertOverlap(run: Dataset, rows: FrameRows, windows: Windows, who: string): void {
  const m = windows.start.length
  if (m === 0) return
  let from = Infinity
  let to = -Infinity
  for (let i = 0; i < m; i++) {
    from = Math.min(from, windows.start[i]!)
    to = Math.max(to, windows.stop[i]!)
  }
  const [begin, end] = rows.range
  if (begin <= to && end >= from) return
  const { start } = run.meta
  throw new OperandoError(
    'E_TIME',
    `${who} and the frames share no moment: the rows run from ${describeRange(begin, end, start)}, the frames from ` +
      `${describeRange(from, to, start)}. Check time zone, date and file, or give the clock relation.`,
    { details: { rowsFrom: begin, rowsTo: end, framesFrom: from, framesTo: to } },
  )
}
