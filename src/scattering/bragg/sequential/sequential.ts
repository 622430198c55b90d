import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf } from '../../../core/fields.js'
import type { Dataset } from '../../../model/dataset.js'
import type { FrameSource } from '../../../model/frameSource.js'
import { framesOf, type OpenSeries } from '../../../series/sequence/frameSeries.js'
import { sequence } from '../../../series/sequence/sequence.js'
import type { RefinementAxis } from '../refinement/refinementTypes.js'
import { acceptFrame } from './acceptFrame.js'
import { createFrameFitter, type FrameRefinement } from './createFrameFitter.js'
import { sequentialTable } from './sequentialTable.js'
import { SEQUENTIAL_FIELDS, type SequentialModel, type SequentialOptions, type SequentialResult } from './sequentialTypes.js'
import { smoothLattice } from './smoothLattice.js'

/**
 * Refines a series of patterns frame by frame, each from where the last good one ended.
 *
 * Phases come and go: one that is less than `significance` standard uncertainties above nothing, its shapes held, is absent: its cell and widths are frozen where they were last seen and reported as unknown, its scale is
 * reported all the same, also below 0. It is looked for in each frame, and comes back when it shows. A phase that is there but weak keeps its widths. Frames that are empty, saturated, of another size or not
 * readable, whose fit does not converge, or that do not fit their neighbours are flagged with the reason, and those after them go on from the last good one. One frame is held at a time.
 *
 * @param series  Dataset of the dims `frame` and `twoTheta` (or `q`), or a `FrameSource` of such patterns. Sigma by default that of counts.
 * @param model   Phases and the options of `createRefinement`: wavelength, background, parameters ...
 * @param options Direction, significance, smoothness, progress and abort.
 * @throws OperandoError `E_AXIS` for other dims, what `createRefinement` throws for phases and options, `E_MISSING` for a coordinate that there is not, `E_ABORTED`.
 * @see H. M. Rietveld, J. Appl. Cryst. 2 (1969) 65; G. W. Stinton, J. S. O. Evans, J. Appl. Cryst. 40 (2007) 87: parametric refinement
 * @example
 * ```ts
 * import { createDataset, createUnitCell, spaceGroup } from 'operando'
 * import { sequential, thompsonCoxHastings } from 'operando/scattering'
 * const twoTheta = Float64Array.from({ length: 800 }, (_, i) => 26 + i * 0.03)
 * const frames = [5.43, 5.44, 5.45].flatMap(a => {
 *   const at = (d: number) => (360 / Math.PI) * Math.asin(1.5406 / (2 * d))
 *   const line = (d: number, area: number) => thompsonCoxHastings(twoTheta, { centre: at(d), fwhmG: 0.1, fwhmL: 0.06, area })
 *   const [one, two] = [line(a / Math.sqrt(3), 300), line(a / Math.sqrt(8), 200)]
 *   return Array.from(twoTheta, (_, i) => 50 + one[i]! + two[i]!)
 * })
 * const series = createDataset({
 *   name: 'I', dims: ['frame', 'twoTheta'], shape: [3, 800], values: frames, unit: 'counts',
 *   coords: { twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' } },
 * })
 * const silicon = { name: 'Si', cell: createUnitCell({ a: 5.43 }), spaceGroup: spaceGroup('Fd-3m') }
 * const { parameters, status } = await sequential(series, { phases: [silicon], wavelength: 1.5406, background: 2 })
 * console.log(status, parameters['Si.a']!.values, parameters['Si.a']!.sigma)
 * ```
 */
export async function sequential(
  series: Dataset | FrameSource,
  model: SequentialModel,
  options: SequentialOptions = {},
): Promise<SequentialResult> {
  assertFields(model, 'model', ['phases'])
  assertKnown(options, 'sequential options', SEQUENTIAL_FIELDS)
  const { direction = 'forward', outlier = 10, signal, onProgress } = options
  assertOneOf(direction, 'direction', ['forward', 'backward', 'both'])
  const frames = framesOf(series) as OpenSeries<Dataset>
  const refiner = await createFrameFitter(await axisOf(series, frames), model, options)
  const phases = model.phases.map(phase => phase.name)
  const own = { ...frames, coords: options.coords ?? frames.coords }
  const cells = options.smooth ? smoothLattice(own, refiner, model, options) : null
  const result = await sequence(own, refiner.fit, {
    direction,
    signal,
    onProgress,
    accept: acceptFrame(phases, outlier),
    onFit: (index, fit) => {
      const refined = fit as FrameRefinement
      cells?.put(index, refined)
      options.onFrame?.(index, refined.refinement)
    },
  })
  const table = sequentialTable(result, phases, model.couples ?? [], refiner.names)
  return cells ? cells.finish(result, table) : { ...table, smooth: null }
}

/** The axis that all frames share: that of a Dataset, or of the first frame of a source that can be read. */
async function axisOf(series: Dataset | FrameSource, frames: OpenSeries<Dataset>): Promise<RefinementAxis> {
  if ('values' in series) {
    if (series.dims.length !== 2)
      throw new OperandoError(
        'E_AXIS',
        `${series.name}: the dims frame and twoTheta (or q) expected, found [${series.dims.join(', ')}].`,
      )
    return series
  }
  let fault: unknown = new OperandoError('E_SHAPE', 'The series has no frame.')
  for (let index = 0; index < frames.length; index++) {
    try {
      return await frames.frame(index)
    } catch (error) {
      fault = error
    }
  }
  throw fault
}
