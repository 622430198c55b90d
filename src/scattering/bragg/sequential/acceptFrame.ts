import type { FrameFit } from '../../../series/sequence/fitFrame.js'
import { PRESENCE } from './planVariants.js'

/** A phase gone while the misfit grows by so much: the fit lost it, it did not leave. */
const LOST = 2

/**
 * Refuses fits that the frames around them do not support: one in which a phase of the last accepted fit has vanished while the misfit doubled, and one whose misfit is many times that of the last accepted
 * one, unless the frame before was like it: then the series has changed, not the frame.
 * @param phases  Names of the phases.
 * @param outlier How many times.
 */
export function acceptFrame(phases: readonly string[], outlier: number): (fit: FrameFit, index: number) => true | string {
  let last: FrameFit | undefined
  let refused: { readonly index: number; readonly misfit: number } | undefined
  const isThere = (fit: FrameFit, name: string): boolean => fit.parameters[`${name}.presence`]!.value !== PRESENCE.absent
  return (fit, index) => {
    const misfit = fit.reducedChiSquare
    const before = last?.reducedChiSquare ?? misfit
    const gone = phases.find(name => last && isThere(last, name) && !isThere(fit, name))
    const grows = `the misfit grows from ${before.toPrecision(3)} to ${misfit.toPrecision(3)}`
    if (gone !== undefined && misfit > LOST * before)
      return `${gone} is no longer found, but ${grows}: it moved away from where it was looked for.`
    if (misfit > outlier * before) {
      const isConfirmed =
        refused && Math.abs(refused.index - index) === 1 && misfit < 3 * refused.misfit && refused.misfit < 3 * misfit
      if (!isConfirmed) {
        refused = { index, misfit }
        return `${grows}: what was measured is not what the frames before show.`
      }
    }
    last = fit
    return true
  }
}
