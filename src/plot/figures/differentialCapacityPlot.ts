import type { DifferentialCapacity } from '../../cell/electrochemistry/differentialCapacity.js'
import { assertKnown } from '../../core/fields.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions } from '../figure.js'
import type { Layer } from '../spec/figureSpec.js'
import { curvesByCycle, figureByCycle } from './curvesByCycle.js'

/** A derivative with the cycle it belongs to. */
export interface CycleDerivative {
  /** What `differentialCapacity` returns. */
  readonly curve: DifferentialCapacity
  /** Cycle, counted from 0. */
  readonly cycle: number
}

/**
 * Incremental capacity dQ/dV against potential, coloured by cycle; the widest smoothing of the curves is written on the axis, since no peak is narrower.
 *
 * @param curves  One or more derivatives; charge and discharge of a cycle share its number.
 * @param options Size, title.
 * @example
 * ```ts
 * import { differentialCapacity } from 'operando/cell'
 * import { differentialCapacityPlot } from 'operando/plot'
 * const curve = differentialCapacity({ potential: [3.3, 3.4, 3.45, 3.5], capacity: [0, 10, 90, 100] })
 * differentialCapacityPlot([{ curve, cycle: 0 }]).svg.includes('dQ/dV') // true
 * ```
 */
export function differentialCapacityPlot(curves: readonly CycleDerivative[], options: FigureOptions = {}): Figure {
  assertKnown(options, 'differentialCapacityPlot options', FIGURE_FIELDS)
  const width = 1000 * Math.max(0, ...curves.map(c => c.curve.smoothing.width))
  const zero: Layer = { kind: 'rule', axis: 'y', at: 0, color: '#999999' }
  return figureByCycle(
    'dQ/dV against potential',
    curvesByCycle(
      curves.map(({ curve, cycle }) => ({ x: curve.potential, y: curve.values, cycle })),
      {
        x: { label: `Potential, smoothed over ${Number(width.toPrecision(2))} mV`, unit: 'V' },
        y: { label: 'dQ/dV', unit: curves[0]?.curve.unit ?? '' },
      },
      [zero],
    ),
    options,
  )
}
