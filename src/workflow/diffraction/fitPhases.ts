import type { LongTask } from '../../core/progress.js'
import type { Dataset } from '../../model/dataset.js'
import type { Trends } from '../../scattering/bragg/mechanism/mechanismTypes.js'
import { createPhaseFit } from '../../scattering/bragg/phases/createPhaseFit.js'
import type { FitPhase, PhaseCurves } from '../../scattering/bragg/phases/phaseFitTypes.js'
import type { FrameFit } from '../../series/sequence/fitFrame.js'
import { type SequenceResult, sequence } from '../../series/sequence/sequence.js'
import type { DiffractionOptions } from './config.js'
import { trendsOf } from './trends.js'

/** The phase fits of a run. */
export interface PhaseSequence {
  /**
   * The model of a frame whose fit is good.
   * @param frame Its number.
   */
  readonly curves: (frame: number) => PhaseCurves
  /** How it went. */
  readonly result: Omit<SequenceResult, 'tries' | 'direction'>
  /** Cells, scales, widths, fractions along the frames. */
  readonly trends: Trends
}

/**
 * Fits phases along the frames, each fit seeded by the last good one.
 * @param run     Prepared patterns.
 * @param phases  The phases.
 * @param options Wavelength, background, zero, direction.
 * @param task    Abort and progress, in frames.
 */
export async function fitPhases(
  run: Dataset<'frame' | 'twoTheta'>,
  phases: readonly FitPhase[],
  options: DiffractionOptions & { readonly wavelength: number },
  task: LongTask,
): Promise<PhaseSequence> {
  const { wavelength, doublet, polarization, background, zero, direction } = options
  const fit = createPhaseFit(run.coords.twoTheta!.values, phases, { wavelength, doublet, polarization, background, zero })
  const result = await sequence(
    run,
    (frame, seed) => fit.fit({ intensity: frame.values, sigma: frame.sigma, mask: frame.mask }, seed),
    { direction, signal: task.signal, onProgress: task.onProgress, accept: noPhaseLost(phases) },
  )
  const trends = trendsOf(result, phases, name => !/^(eta|background\..*)$/.test(name))
  return { curves: frame => fit.curves(parametersOf(result, frame)), result, trends }
}

/** The parameters of a frame that were kept. */
export function parametersOf({ parameters }: Pick<SequenceResult, 'parameters'>, frame: number): Record<string, number> {
  const values: Record<string, number> = {}
  for (const [name, data] of Object.entries(parameters)) if (!Number.isNaN(data.values[frame])) values[name] = data.values[frame]!
  return values
}

/** Twice the misfit of the frame before, and a phase gone: the fit lost it, it did not leave. */
const LOST = 2

/** Refuses a fit in which a phase of the last accepted one has vanished while the misfit grew. */
function noPhaseLost(phases: readonly FitPhase[]): (fit: FrameFit) => true | string {
  let last: FrameFit | undefined
  const isThere = (fit: FrameFit, name: string): boolean => fit.parameters[`${name}.fwhm`]!.standardError !== null
  return fit => {
    const gone = phases.find(({ name }) => last && isThere(last, name) && !isThere(fit, name))
    if (last && gone && fit.reducedChiSquare > LOST * last.reducedChiSquare) {
      return `${gone.name} is no longer found, but the misfit grows from ${last.reducedChiSquare.toPrecision(3)} to ${fit.reducedChiSquare.toPrecision(3)}: it moved away from where it was looked for.`
    }
    last = fit
    return true
  }
}
