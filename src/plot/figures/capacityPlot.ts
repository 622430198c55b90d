import type { CyclingSummary } from '../../cell/electrochemistry/summarizeCycles.js'
import { assertKnown } from '../../core/fields.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions } from '../figure.js'
import type { CurveInput } from '../input/curveInput.js'
import { trendPlot } from './trendPlot.js'

/**
 * Capacity of charge and discharge, and coulombic efficiency, cycle by cycle. Cycles are counted from 1; half-cycles that the end of the record
 * cut are left out.
 *
 * @param summary What `summarizeCycles` returns.
 * @param options Size, title.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { summarizeCycles } from 'operando/cell'
 * import { capacityPlot } from 'operando/plot'
 * const echem = createElectrochemistry({ time: [0, 1800, 3600, 5400], potential: [3, 3.4, 3.4, 3.4], current: [0, 1e-3, -9e-4, 0] })
 * capacityPlot(summarizeCycles(echem)).svg.includes('Coulombic efficiency') // true
 * ```
 */
export function capacityPlot(summary: CyclingSummary, options: FigureOptions = {}): Figure {
  assertKnown(options, 'capacityPlot options', FIGURE_FIELDS)
  const { cycles, basis } = summary
  const x = { values: cycles.map(c => c.cycle + 1), label: 'Cycle', unit: '' }
  const known = (value: number | null | undefined): number => value ?? Number.NaN
  const points = (y: number[], style: Omit<CurveInput, 'x' | 'y'>): CurveInput => ({
    x,
    y,
    lineWidth: 0.8,
    marker: 'circle',
    markerSize: 5,
    ...style,
  })
  const capacity = { label: 'Capacity', unit: basis.unit }
  return trendPlot(
    [
      {
        curves: [
          points(
            cycles.map(c => (c.charge?.complete ? c.charge.capacity : Number.NaN)),
            { ...capacity, name: 'Charge' },
          ),
          points(
            cycles.map(c => (c.discharge?.complete ? c.discharge.capacity : Number.NaN)),
            { ...capacity, name: 'Discharge', marker: 'square' },
          ),
        ],
        label: 'Capacity',
        weight: 2,
      },
      points(
        cycles.map(c => 100 * known(c.coulombicEfficiency)),
        { label: 'Coulombic efficiency', unit: '%', marker: 'diamond' },
      ),
    ],
    { height: 400, ...options },
  )
}
