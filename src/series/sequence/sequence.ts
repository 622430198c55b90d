import { OperandoError } from '../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import { createPace, type LongTask, type Pace } from '../../core/progress.js'
import type { Unit } from '../../core/unit.js'
import type { Dataset, Variable } from '../../model/dataset.js'
import { historyStep } from '../historyStep.js'
import { type FrameFit, type FrameFitter, fitFrame, type Seed, seedOf } from './fitFrame.js'
import { FitTable, type FrameStatus } from './fitTable.js'
import { type FrameSeries, type FramesOf, framesOf } from './frameSeries.js'

/** Options of {@link sequence}. */
export interface SequenceOptions extends LongTask {
  /**
   * Which way to go: `'both'` goes forwards, then backwards from where it ended, and keeps for each frame the fit with the smaller misfit. A phase that appears is
   * found from the side where it is strong. Default `'forward'`.
   */
  direction?: 'forward' | 'backward' | 'both' | undefined
  /** Start values for the first frame, and again after a failure. Default: none; the fit makes its own guess. */
  seed?: Seed | undefined
  /** Further demands on a fit that converged: `true`, or a sentence why it is not accepted. Default: none. */
  accept?: ((fit: FrameFit, index: number) => true | string) | undefined
  /** Units of parameters by name. Default: dimensionless. */
  units?: Readonly<Record<string, Unit>> | undefined
  /** Coordinates on `frame` (time, voltage, x ...) for the result. Default: those of the series when it is a Dataset. */
  coords?: Readonly<Record<string, Variable>> | undefined
  /** Called for each accepted fit, also when a better one follows (`'both'`): the place to keep what the table does not. */
  onFit?: ((index: number, fit: FrameFit) => void) | undefined
}

/** What {@link sequence} returns. */
export interface SequenceResult {
  /** Each parameter along the frames with its standard errors as `sigma`; frames without a value are NaN and masked. */
  readonly parameters: Readonly<Record<string, Dataset<'frame'>>>
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
}

const OPTIONS: FieldsOf<SequenceOptions> = {
  direction: true,
  seed: true,
  accept: true,
  units: true,
  coords: true,
  onFit: true,
  signal: true,
  onProgress: true,
}

/**
 * Runs a fit along a series, each frame seeded by the last good one.
 *
 * A frame whose fit fails (does not converge, gives NaN, throws an OperandoError or is not accepted) is tried again from the initial seed, from the
 * fit's own guess, and at the end from the good neighbour on its other side; if all fail it is NaN, masked, with the reason, and the frames after it go on
 * from the last good one. So does a frame that cannot be read. What the fit is about does not matter here: it gets a frame and a seed and returns parameters.
 *
 * One frame is held at a time, and the result is the same on every run.
 *
 * @param series  Dataset with dim `frame`, array of frames, a `FrameSource`, or anything with `length` and `frame(index)`.
 * @param fit     Fits one frame from a seed.
 * @param options Direction, seed, acceptance, units, progress and abort.
 * @throws OperandoError `E_ABORTED` on abort, `E_ARGUMENT` for another direction or a fit that is no function; whatever else `fit` throws that
 *   is no OperandoError.
 * @example
 * ```ts
 * import { sequence } from 'operando/series'
 * const frames = [[1, 2, 3], [2, 3, 4], [3, 4, 5]]
 * const { parameters, status } = await sequence(frames, frame => {
 *   const level = frame.reduce((sum, y) => sum + y, 0) / frame.length
 *   return { parameters: { level: { value: level, standardError: 0.5 } }, converged: true, message: '', reducedChiSquare: 1 }
 * })
 * console.log(status, parameters.level!.values) // [ 'good', 'good', 'good' ] Float64Array [ 2, 3, 4 ]
 * ```
 */
export async function sequence<Series extends FrameSeries>(
  series: Series,
  fit: FrameFitter<FramesOf<Series>>,
  options: SequenceOptions = {},
): Promise<SequenceResult> {
  assertKnown(options, 'sequence options', OPTIONS)
  const frames = framesOf(series)
  const { direction = 'forward', accept = () => true } = options
  assertOneOf(direction, 'direction', ['forward', 'backward', 'both'])
  if (typeof fit !== 'function')
    throw new OperandoError('E_ARGUMENT', `fit: a function of a frame and a seed was expected, found ${typeof fit}.`)
  const n = frames.length
  const passes: (1 | -1)[] = direction === 'both' ? [1, -1] : [direction === 'forward' ? 1 : -1]
  const pace = createPace(n * passes.length, options)
  const run = { frames, fit, accept, options, pace }
  const tables: FitTable[] = []
  for (const way of passes) {
    // the way back begins where the way there ended
    const end = tables[0]?.status.findLastIndex(status => status !== 'failed')
    const seed = end !== undefined && end >= 0 ? tables[0]!.seed(end) : options.seed
    tables.push(await onePass(run, way, n * tables.length, seed))
  }
  const [table, other] = tables as [FitTable, FitTable?]
  if (other) table.keepBetter(other)
  else await mend(run, table, passes[0] === 1 ? -1 : 1)
  const parameters = { direction, frames: n, failed: table.status.filter(s => s === 'failed').length }
  const about = {
    coords: options.coords ?? frames.coords,
    meta: frames.meta,
    history: [...frames.history, historyStep('sequence', parameters)],
    units: options.units ?? {},
  }
  const { status, reasons, tries } = table
  return { ...table.datasets(about), status, reasons, tries, direction: table.direction }
}

interface Run<Frame> {
  frames: { readonly length: number; frame(index: number): Frame | Promise<Frame> }
  fit: FrameFitter<Frame>
  accept: (fit: FrameFit, index: number) => true | string
  options: SequenceOptions
  pace: Pace
}

async function onePass<Frame>(
  { frames, fit, accept, options, pace }: Run<Frame>,
  way: 1 | -1,
  done: number,
  seed: Seed | undefined,
): Promise<FitTable> {
  const n = frames.length
  const table = new FitTable(n)
  let last = seed
  for (let k = 0; k < n; k++) {
    const index = way === 1 ? k : n - 1 - k
    const seeds = [...new Set([last, options.seed, undefined])]
    const attempt = await fitFrame(() => frames.frame(index), index, fit, seeds, accept)
    table.tries[index] = attempt.tries
    table.reasons[index] = attempt.reason
    if (attempt.fit) {
      table.put(index, attempt.fit, attempt.tries === 1 ? 'good' : 'restarted', way)
      last = seedOf(attempt.fit)
      options.onFit?.(index, attempt.fit)
    }
    await pace.step(done + k + 1)
  }
  return table
}

/** A pass the other way over the failed frames only: each starts from its good neighbour on that side. */
async function mend<Frame>({ frames, fit, accept, options }: Run<Frame>, table: FitTable, way: 1 | -1): Promise<void> {
  const n = frames.length
  const pace = createPace(n, { signal: options.signal })
  for (let k = 1; k < n; k++) {
    const index = way === 1 ? k : n - 1 - k
    if (table.has(index) || !table.has(index - way)) continue
    const attempt = await fitFrame(() => frames.frame(index), index, fit, [table.seed(index - way)], accept)
    table.tries[index]! += attempt.tries
    table.reasons[index] = attempt.reason
    if (attempt.fit) {
      table.put(index, attempt.fit, 'restarted', way)
      options.onFit?.(index, attempt.fit)
    }
    await pace.step(k)
  }
}
