import type { CapacityPer } from '../../cell/electrochemistry/capacityBasis.js'
import { findHalfCycles } from '../../cell/electrochemistry/findHalfCycles.js'
import { halfCycleCurve } from '../../cell/electrochemistry/halfCycleCurve.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions } from '../figure.js'
import type { CurveInput } from '../input/curveInput.js'
import { curvesByCycle, figureByCycle } from './curvesByCycle.js'
import { type TrendPlotOptions, trendPlot } from './trendPlot.js'

/** Options of {@link cyclingPlot}. */
export interface CyclingPlotOptions extends FigureOptions, Pick<TrendPlotOptions, 'timeUnit' | 'clock' | 'start'> {
  /** `'time'` (default): potential and current one above the other. `'capacity'`: potential of each half-cycle from its own start, coloured by cycle. */
  against?: 'time' | 'capacity' | undefined
  /** What capacities are divided by. Default the cell: mAh. */
  per?: CapacityPer | undefined
  /** Which cycles, counted from 0. Default all. */
  cycles?: readonly number[] | undefined
}

const OPTIONS: FieldsOf<CyclingPlotOptions> = {
  ...FIGURE_FIELDS,
  against: true,
  per: true,
  cycles: true,
  timeUnit: true,
  clock: true,
  start: true,
}

/**
 * What a cell did: its potential and current against time, or its potential against capacity, half-cycle by half-cycle.
 *
 * @param echem   The record.
 * @param options Against what, which cycles, what capacities are divided by. In the figure cycles are counted from 1.
 * @throws OperandoError `E_ARGUMENT` for an unknown axis; as `findHalfCycles`.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { cyclingPlot } from 'operando/plot'
 * const echem = createElectrochemistry({ time: [0, 1800, 3600, 5400], potential: [3, 3.4, 3.5, 3.4], current: [0, 1e-3, 1e-3, -1e-3] })
 * cyclingPlot(echem, { against: 'capacity' }).svg.includes('Capacity (mAh)') // true
 * ```
 */
export function cyclingPlot(echem: Electrochemistry, options: CyclingPlotOptions = {}): Figure {
  assertKnown(options, 'cyclingPlot options', OPTIONS)
  const { against = 'time', cycles, per, ...figure } = options
  assertOneOf(against, 'against', ['time', 'capacity'])
  const potential = { label: 'Potential', unit: echem.potential.unit.symbol }
  if (against === 'time') {
    const shown = (values: ArrayLike<number>): Float64Array =>
      Float64Array.from(values).filter((_, row) => cycles === undefined || cycles.includes(echem.cycle[row]!))
    const x = { values: shown(echem.time.values), label: 'Time', unit: echem.time.unit }
    const curve = (values: ArrayLike<number>, style: Omit<CurveInput, 'x' | 'y'>): CurveInput => ({
      x,
      y: shown(values),
      ...style,
    })
    const first = curve(echem.potential.values, { ...potential, name: 'Working electrode' })
    const counter = echem.counterPotential
    return trendPlot(
      [
        counter
          ? {
              curves: [first, curve(counter.values, { label: 'Potential', unit: counter.unit, name: 'Counter electrode' })],
              label: 'Potential',
              weight: 2,
            }
          : { curves: [curve(echem.potential.values, potential)], weight: 2 },
        curve(
          Array.from(echem.current.values, i => 1000 * i),
          { label: 'Current', unit: 'mA' },
        ),
      ],
      { title: undefined, height: 420, ...figure },
    )
  }
  const halves = findHalfCycles(echem).filter(half => cycles === undefined || cycles.includes(half.cycle))
  const curves = halves.map(half => ({ half, curve: halfCycleCurve(echem, half, { per }) }))
  const unit = curves[0]?.curve.basis.unit ?? 'mAh'
  return figureByCycle(
    'Potential against capacity',
    curvesByCycle(
      curves.map(({ half, curve }) => ({ x: curve.capacity, y: curve.potential, cycle: half.cycle })),
      { x: { label: 'Capacity', unit }, y: potential },
    ),
    options,
  )
}
