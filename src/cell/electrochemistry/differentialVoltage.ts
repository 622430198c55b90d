import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { createLinear } from '../../numeric/interpolate/linear.js'
import { savitzkyGolay } from '../../numeric/signal/savitzkyGolay.js'
import type { CapacityBasis } from './capacityBasis.js'
import { type CapacityCurve, type DerivativeSmoothing, readCapacityCurve } from './differentialCapacity.js'

/** Options of {@link differentialVoltage}. */
export interface DifferentialVoltageOptions {
  /**
   * Width of the window of the local parabolas, in the unit of the capacity. Default 2 % of the capacity of the curve: the marks that dV/dQ is read for (ends of
   * graphite stages, of phases) lie more than 5 % apart.
   */
  readonly window?: number | undefined
}

const OPTIONS: FieldsOf<DifferentialVoltageOptions> = { window: true }

/** What {@link differentialVoltage} returns. */
export interface DifferentialVoltage {
  /** Capacity, evenly spaced, in the unit given. */
  readonly capacity: Float64Array
  /** dV/dQ in V over the unit of capacity. */
  readonly values: Float64Array
  /** Unit of `values`, e.g. `V g/mAh`; `''` when that of the capacity is not known. */
  readonly unit: string
  /** How it was smoothed. */
  readonly smoothing: DerivativeSmoothing
  /** What capacities are divided by. */
  readonly basis?: CapacityBasis | undefined
}

/** Cells of the grid in a window. */
const CELLS = 9

/**
 * Differential voltage dV/dQ of a half-cycle: how fast the potential changes with the charge. The potential is averaged in even cells of capacity,
 * however densely the cycler wrote, and each derivative is that of the least-squares parabola through a window of 9 cells.
 *
 * @param curve   Potential and capacity in order of time.
 * @param options Width of the window.
 * @throws OperandoError `E_SHAPE` for fewer than 3 points, `E_AXIS` where the capacity falls, `E_RANGE` without charge or for a window that is not positive
 *   or wider than the curve, `E_NAN`, `E_LIMIT` for more than 1e6 cells.
 * @see Bloom et al., J. Power Sources 139 (2005) 295
 * @example
 * ```ts
 * import { differentialVoltage } from 'operando/cell'
 * const capacity = Float64Array.from({ length: 200 }, (_, i) => i)
 * const { values } = differentialVoltage({ capacity, potential: capacity.map(q => 3 + 0.002 * q) })
 * values[10] // 0.002
 * ```
 */
export function differentialVoltage(curve: CapacityCurve, options: DifferentialVoltageOptions = {}): DifferentialVoltage {
  assertKnown(options, 'differentialVoltage options', OPTIONS)
  const { potential, capacity } = readCapacityCurve(curve, 3)
  const span = capacity.at(-1)! - capacity[0]!
  const window = options.window ?? 0.02 * span
  if (!(window > 0 && window <= span))
    throw new OperandoError(
      'E_RANGE',
      `window is ${window}: more than 0 and at most the capacity of the curve, ${span}, expected.`,
      {
        details: { window, span },
      },
    )
  const count = Math.max(CELLS, Math.round((span / window) * CELLS))
  if (count > 1e6) throw new OperandoError('E_LIMIT', `${count} cells of capacity: at most 1e6. Take a wider window.`)
  const step = span / count
  // where no charge flows between rows the last one is what the potential settled at
  const kept: number[] = []
  for (let i = 0; i < capacity.length; i++) if (i + 1 === capacity.length || capacity[i + 1]! > capacity[i]!) kept.push(i)
  const curveOf = createLinear(
    Float64Array.from(kept, i => capacity[i]!),
    Float64Array.from(kept, i => potential[i]!),
    { outside: 'clamp' },
  )
  const means = Float64Array.from({ length: count }, (_, k) => {
    const from = capacity[0]! + k * step
    return curveOf.integral(from, from + step) / step
  })
  return {
    capacity: means.map((_, k) => capacity[0]! + (k + 0.5) * step),
    values: savitzkyGolay(means, { window: CELLS, degree: 2, derivative: 1, step }),
    unit: curve.basis ? { mAh: 'V/mAh', 'mAh/g': 'V g/mAh', 'mAh/cm²': 'V cm²/mAh' }[curve.basis.unit] : '',
    smoothing: {
      kind: 'savitzky-golay',
      width: CELLS * step,
      step,
      chosenBy: options.window === undefined ? 'default' : 'caller',
    },
    basis: curve.basis,
  }
}
