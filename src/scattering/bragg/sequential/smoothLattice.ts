import { OperandoError } from '../../../core/errors.js'
import type { Dataset } from '../../../model/dataset.js'
import { fCdf } from '../../../numeric/statistics/fDistribution.js'
import type { OpenSeries } from '../../../series/sequence/frameSeries.js'
import { type SequenceResult, sequence } from '../../../series/sequence/sequence.js'
import type { Estimate } from '../dSpacingOfPeak.js'
import type { FrameRefinement, FrameRefiner } from './createFrameFitter.js'
import { derivedParameters } from './derivedParameters.js'
import { framePattern } from './framePattern.js'
import { isOfCell, PRESENCE, partsOf } from './planVariants.js'
import { sequentialTable } from './sequentialTable.js'
import type { SequentialModel, SequentialOptions, SequentialResult } from './sequentialTypes.js'
import { type CellEstimate, type CellSplines, splineOfCells } from './splineOfCells.js'

/** What the first pass leaves of a frame. */
interface FirstPass {
  readonly values: Readonly<Record<string, number>>
  readonly presence: Uint8Array
  readonly significance: Float64Array
  readonly chiSquare: number
  readonly reducedChiSquare: number
  readonly degreesOfFreedom: number
  readonly cells: ReadonlyMap<string, CellEstimate>
}

/** The second pass of a series: collects what frames say of cells, then holds the cells at splines through all of them. */
export interface SmoothPass {
  /** Takes a frame of the first pass. */
  put(index: number, fit: FrameRefinement): void
  /** Fits the splines, refines all frames again with their cells held there, and tests the restraint. */
  finish(result: SequenceResult, table: Omit<SequentialResult, 'smooth'>): Promise<SequentialResult>
}

/**
 * Prepares the second pass.
 * @param frames  The series.
 * @param refiner What fits frames.
 * @param model   Phases.
 * @param options Smoothness, signal.
 * @throws OperandoError `E_MISSING` for a coordinate or phases that there are not.
 */
export function smoothLattice(
  frames: OpenSeries<Dataset>,
  refiner: FrameRefiner,
  model: SequentialModel,
  { smooth = {}, saturation, signal }: SequentialOptions,
): SmoothPass {
  const names = model.phases.map(phase => phase.name)
  const { pieces = 4, phases = names } = smooth
  const unknown = phases.find(name => !names.includes(name))
  if (unknown !== undefined)
    throw new OperandoError('E_MISSING', `smooth: no phase "${unknown}" among ${names.join(', ')}.`, {
      details: { name: unknown },
    })
  const coordinate = coordinateOf(frames, smooth.against)
  const first = new Map<number, FirstPass>()

  return {
    put(index, fit) {
      const before = first.get(index)
      if (before && before.reducedChiSquare <= fit.reducedChiSquare * (1 + 1e-9)) return
      const { parameters, varied, covariance, chiSquare, reducedChiSquare, degreesOfFreedom } = fit.refinement
      const cells = new Map<string, CellEstimate>()
      for (const [p, name] of names.entries()) {
        const free = varied.flatMap((own, j) => (partsOf(own)[0] === name && isOfCell(partsOf(own)[1]) ? [{ own, j }] : []))
        if (!phases.includes(name) || fit.presence[p] === PRESENCE.absent || free.length === 0 || covariance === null) continue
        cells.set(name, {
          at: coordinate[index]!,
          values: Float64Array.from(free, ({ own }) => parameters[own]!.value),
          covariance: Float64Array.from(free.flatMap(one => free.map(other => covariance[one.j * varied.length + other.j]!))),
        })
      }
      first.set(index, {
        values: Object.fromEntries(Object.values(parameters).map(own => [own.name, own.value])),
        presence: fit.presence,
        significance: Float64Array.from(names, name => fit.parameters[`${name}.significance`]?.value ?? 0),
        chiSquare,
        reducedChiSquare,
        degreesOfFreedom,
        cells,
      })
    },
    async finish(result, table) {
      const splines = new Map<string, { readonly spline: CellSplines; readonly numbers: readonly string[] }>()
      let [parameters, numbersInFrames] = [0, 0]
      for (const name of phases) {
        const estimates = [...first.values()]
          .flatMap(({ cells }) => cells.get(name) ?? [])
          .filter(({ at }) => Number.isFinite(at))
        const numbers = refiner.names.filter(own => partsOf(own)[0] === name && isOfCell(partsOf(own)[1]))
        const free = numbers.filter(own => result.parameters[own]?.sigma !== undefined)
        if (estimates.length < 2 * 4 || free.length !== estimates[0]!.values.length) continue
        const spline = splineOfCells(estimates, free.length, pieces)
        splines.set(name, { spline, numbers: free })
        parameters += spline.parameters
        numbersInFrames += estimates.length * free.length
      }
      if (splines.size === 0) return { ...table, smooth: null }
      const held = new Set(splines.keys())
      let [growth, freedom] = [0, 0]
      const second = await sequence(
        frames,
        async (frame: Dataset, _, index) => {
          const before = first.get(index)
          if (!before) throw new OperandoError('E_MISSING', table.reasons[index] ?? 'There is no fit of this frame.')
          const cells: Record<string, number> = {}
          const errors: Record<string, Estimate> = {}
          for (const [name, { spline, numbers }] of splines) {
            if (!before.cells.has(name)) continue
            const own = spline.at(coordinate[index]!)
            numbers.forEach((number, j) => {
              cells[number] = own.values[j]!
              errors[number] = { value: own.values[j]!, standardError: Math.sqrt(own.covariance[j * (numbers.length + 1)]!) }
            })
          }
          const plan = await refiner.plans.plan(before.presence, held)
          const fit = plan.fit(framePattern(frame, saturation), { start: { ...before.values, ...cells } })
          growth += Math.max(0, fit.chiSquare - before.chiSquare) / before.reducedChiSquare
          freedom += before.degreesOfFreedom
          return {
            ...fit,
            parameters: {
              ...fit.parameters,
              ...errors,
              ...derivedParameters(fit, model, before.presence, before.significance, refiner.range),
            },
          }
        },
        { signal, coords: frames.coords },
      )
      const saved = Math.max(1, numbersInFrames - parameters)
      const f = growth / saved
      const test = { parameters, saved, chiSquare: growth, f, probability: fCdf(f, saved, Math.max(1, freedom), 'upper') }
      const { tries, direction } = table
      return { ...sequentialTable(second, names, model.couples ?? [], refiner.names), tries, direction, smooth: test }
    },
  }
}

function coordinateOf({ coords, length }: OpenSeries<Dataset>, against: string | undefined): Float64Array {
  if (against === undefined) return Float64Array.from({ length }, (_, i) => i)
  const coord = coords[against]
  if (coord === undefined || coord.values.length !== length)
    throw new OperandoError(
      'E_MISSING',
      `smooth: no coordinate "${against}" on frame; there are ${Object.keys(coords).join(', ') || 'none'}.`,
      { details: { name: against } },
    )
  return Float64Array.from(coord.values)
}
