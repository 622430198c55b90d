import { type AxisSpec, scaleOf } from '../axis/axisScale.js'
import type { NoteLayer } from '../spec/figureSpec.js'

const middleOf = (axis: AxisSpec): number => scaleOf(axis, [0, 1]).invert(0.5)

/**
 * Says in the middle of a panel that it has no finite value: an empty frame alone could as well be a mistake.
 * @param x Axis of the panel.
 * @param y Axis of the panel.
 */
export function emptyNote(x: AxisSpec, y: AxisSpec): NoteLayer {
  return { kind: 'note', x: middleOf(x), y: middleOf(y), text: 'no finite values', color: '#777777', anchor: 'middle' }
}
