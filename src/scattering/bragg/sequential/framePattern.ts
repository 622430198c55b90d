import { OperandoError } from '../../../core/errors.js'
import { assertDataset } from '../../../model/assertDataset.js'
import type { Dataset } from '../../../model/dataset.js'
import type { PhasePattern } from '../phases/phaseFitTypes.js'

/** Part of the points that may be saturated. */
const MOST_SATURATED = 0.1

/**
 * A frame as a pattern: NaN and saturated points masked.
 * @param frame      One pattern.
 * @param saturation Intensity at which the detector is saturated.
 * @throws OperandoError `E_AXIS` for a frame of more dims, `E_NAN` where nothing was measured, `E_RANGE` where nothing is above zero or too much is saturated.
 */
export function framePattern(frame: Dataset, saturation: number = Infinity): PhasePattern {
  assertDataset(frame, 'frame')
  const { values, sigma, mask: given, dims } = frame
  if (dims.length !== 1)
    throw new OperandoError(
      'E_AXIS',
      `A frame of one dim expected, twoTheta or q, found [${dims.join(', ')}]: integrate it first.`,
    )
  const n = values.length
  const mask = new Uint8Array(n)
  let [good, saturated, positive] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    if (given?.[i] || !Number.isFinite(value)) {
      mask[i] = 1
      continue
    }
    good++
    if (value >= saturation) {
      saturated++
      mask[i] = 1
    } else if (value > 0) positive++
  }
  if (good === 0) throw new OperandoError('E_NAN', `None of its ${n} points is a number that is not masked.`)
  if (saturated > MOST_SATURATED * good)
    throw new OperandoError('E_RANGE', `${saturated} of ${good} points are at ${saturation} or above: the frame is saturated.`)
  if (positive === 0) throw new OperandoError('E_RANGE', `None of its ${good} points is above zero: was there no beam?`)
  return { intensity: values, ...(sigma && { sigma }), mask }
}
