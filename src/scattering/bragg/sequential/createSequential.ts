import { assertFields, assertKnown } from '../../../core/fields.js'
import { throwIfAborted } from '../../../core/progress.js'
import { assertDataset } from '../../../model/assertDataset.js'
import type { Dataset, Variable } from '../../../model/dataset.js'
import { makeStep } from '../../../model/derive.js'
import { type FrameFit, fitFrame, type Seed, seedOf } from '../../../series/sequence/fitFrame.js'
import { FitTable, type FrameStatus } from '../../../series/sequence/fitTable.js'
import type { RefinementAxis, RefinementResult } from '../refinement/refinementTypes.js'
import { acceptFrame } from './acceptFrame.js'
import { createFrameFitter, type FrameRefinement } from './createFrameFitter.js'
import { sequentialTable } from './sequentialTable.js'
import { SEQUENTIAL_FIELDS, type SequentialModel, type SequentialOptions, type SequentialResult } from './sequentialTypes.js'

/** Options of {@link createSequential}: those of `sequential` that make sense while frames come in. */
export type LiveOptions = Pick<SequentialOptions, 'start' | 'significance' | 'steady' | 'saturation' | 'outlier'>

/** What a frame came to. */
export interface FrameUpdate {
  /** Its number, from 0. */
  readonly index: number
  /** How its fit ended. */
  readonly status: FrameStatus
  /** Why it failed; `null` if it did not. */
  readonly reason: string | null
  /** The refinement; `null` if it failed. */
  readonly refinement: RefinementResult | null
  /** Presence of each phase by name: 0 absent, 1 weak, 2 seen; empty if it failed. */
  readonly presence: Readonly<Record<string, number>>
}

/** A series that is refined while it is measured. */
export interface LiveSequential {
  /** Frames so far. */
  readonly length: number
  /**
   * Refines the next frame, from where the last good one ended. A frame that cannot be refined is flagged; it is not thrown.
   * @param frame   The pattern, one dim; its single-number coords (time, voltage ...) go to the table.
   * @param options Abort.
   */
  update(frame: Dataset, options?: { readonly signal?: AbortSignal | undefined }): Promise<FrameUpdate>
  /** The table of all frames so far, as `sequential` gives it. */
  result(): SequentialResult
}

/** What is kept of a frame. */
interface Entry {
  readonly fit: FrameFit | undefined
  readonly status: FrameStatus
  readonly reason: string | null
  readonly tries: number
  readonly coords: Readonly<Record<string, Variable>>
}

/**
 * Prepares the refinement of a series whose frames come one by one, at the beamline for instance: each frame is given to `update` as it comes, and refined as `sequential` would, forwards.
 *
 * @param axis    The axis of all frames: angles, or a frame.
 * @param model   Phases and the options of `createRefinement`.
 * @param options Significance, saturation.
 * @throws OperandoError what `createRefinement` throws for axis, phases and options.
 * @example
 * ```ts
 * import { createDataset, createUnitCell, spaceGroup } from 'operando'
 * import { createSequential, thompsonCoxHastings } from 'operando/scattering'
 * const twoTheta = Float64Array.from({ length: 800 }, (_, i) => 26 + i * 0.03)
 * const silicon = { name: 'Si', cell: createUnitCell({ a: 5.43 }), spaceGroup: spaceGroup('Fd-3m') }
 * const live = await createSequential(twoTheta, { phases: [silicon], wavelength: 1.5406, background: 2 })
 * for (const [one, two] of [[28.44, 47.3], [28.42, 47.26]]) {
 *   const line = [one!, two!].map(centre => thompsonCoxHastings(twoTheta, { centre, fwhmG: 0.1, fwhmL: 0.06, area: 300 }))
 *   const frame = createDataset({
 *     name: 'I', dims: ['twoTheta'], values: twoTheta.map((_, i) => 50 + line[0]![i]! + line[1]![i]!), unit: 'counts',
 *     coords: { twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' } },
 *   })
 *   const { status, refinement } = await live.update(frame)
 *   console.log(status, refinement?.cells.Si!.a)
 * }
 * console.log(live.result().parameters['Si.a']!.values)
 * ```
 */
export async function createSequential(
  axis: RefinementAxis,
  model: SequentialModel,
  options: LiveOptions = {},
): Promise<LiveSequential> {
  assertFields(model, 'model', ['phases'])
  assertKnown(options, 'createSequential options', SEQUENTIAL_FIELDS)
  const refiner = await createFrameFitter(axis, model, options)
  const phases = model.phases.map(phase => phase.name)
  const accept = acceptFrame(phases, options.outlier ?? 10)
  const entries: Entry[] = []
  let last: Seed | undefined

  return {
    get length() {
      return entries.length
    },
    async update(frame, { signal } = {}) {
      assertDataset(frame, 'frame')
      throwIfAborted(signal)
      const index = entries.length
      const attempt = await fitFrame(() => frame, index, refiner.fit, last ? [last, undefined] : [undefined], accept)
      const fit = attempt.fit as FrameRefinement | undefined
      const status = !fit ? 'failed' : attempt.tries === 1 ? 'good' : 'restarted'
      if (fit) last = seedOf(fit)
      const light = fit && { ...fit, refinement: undefined }
      entries.push({ fit: light, status, reason: attempt.reason, tries: attempt.tries, coords: frame.coords })
      const presence = Object.fromEntries(phases.map((name, p) => [name, fit?.presence[p] ?? 0]))
      return { index, status, reason: attempt.reason, refinement: fit?.refinement ?? null, presence: fit ? presence : {} }
    },
    result() {
      const table = new FitTable(entries.length)
      entries.forEach(({ fit, status, reason, tries }, index) => {
        if (fit) table.put(index, fit, status, 1)
        table.reasons[index] = reason
        table.tries[index] = tries
      })
      const history = [makeStep('createSequential', { frames: entries.length })]
      const { status, reasons, tries, direction } = table
      const columns = table.datasets({ coords: coordsOf(entries), meta: {}, history, units: {} })
      return {
        ...sequentialTable({ ...columns, status, reasons, tries, direction }, phases, model.couples ?? [], refiner.names),
        smooth: null,
      }
    },
  }
}

/** Numbers that each frame brought along, as coordinates on `frame`; NaN where one has none. */
function coordsOf(entries: readonly Entry[]): Record<string, Variable> {
  const coords: Record<string, Variable> = {}
  for (const [name, first] of entries.flatMap(entry => Object.entries(entry.coords))) {
    if (coords[name] || first.dims.length > 0) continue
    const values = Float64Array.from(entries, entry => entry.coords[name]?.values[0] ?? Number.NaN)
    const { unit, label } = first
    coords[name] = Object.freeze({
      dims: ['frame'],
      shape: [entries.length],
      values,
      unit,
      ...(label !== undefined && { label }),
    })
  }
  return coords
}
