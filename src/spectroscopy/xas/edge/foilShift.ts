import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { goldenSection } from '../../../numeric/goldenSection.js'
import { createSpline } from '../../../numeric/interpolate/spline.js'
import { asSpectrum } from '../../spectrum.js'

/** A spectrum as a pair of arrays. */
export interface EnergyAndMu {
  /** eV, strictly rising. */
  readonly energy: NumbersLike
  /** Absorption. */
  readonly mu: NumbersLike
}

/** Options of {@link foilShift}. */
export interface FoilShiftOptions {
  /** Energies of the reference over which derivatives are compared, eV. Default: from 15 eV below to 50 eV above the steepest point of the reference. */
  range?: readonly [number, number] | undefined
  /** Largest shift looked for, eV. Default 3. */
  maxShift?: number | undefined
  /** Step of the comparison, eV. Default 0.25. */
  step?: number | undefined
}

const OPTIONS: FieldsOf<FoilShiftOptions> = { range: true, maxShift: true, step: true }

/** A shift that makes two scans of a foil agree. */
export interface FoilShift {
  /** What is to be added to the energies of the scan, eV. */
  readonly shift: number
  /** Standard error from what is left of the differences, eV. */
  readonly sigma: number
  /** Factor that makes the scan as thick as the reference. */
  readonly scale: number
  /** Root of the mean square of what is left, over that of the derivative of the reference. */
  readonly misfit: number
  /** Whether the best shift lies within the range that was looked at, not at its end. */
  readonly inside: boolean
}

/** How many positions are tried before the best is refined. */
const TRIES = 121

/**
 * Shift of the energies of a scan, from its reference foil: where the derivatives of both foils agree best, whatever their thickness. Align by each scan's foil, never by the sample, whose edge moves for other reasons.
 *
 * @param reference The foil that defines the energy.
 * @param scan      The foil measured with the scan.
 * @param options   Range, largest shift.
 * @throws OperandoError `E_RANGE` for a range that either scan does not cover, `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { foilShift } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 300 }, (_, i) => 8280 + 0.4 * i)
 * const foil = (at: number) => energy.map(e => 1 / (1 + Math.exp((at - e) / 1.5)))
 * foilShift({ energy, mu: foil(8333) }, { energy, mu: foil(8333.4) }).shift // -0.4
 * ```
 */
export function foilShift(reference: EnergyAndMu, scan: EnergyAndMu, options: FoilShiftOptions = {}): FoilShift {
  assertKnown(options, 'foilShift options', OPTIONS)
  assertFields(reference, 'reference', ['energy', 'mu'])
  assertFields(scan, 'scan', ['energy', 'mu'])
  const { maxShift = 3, step = 0.25 } = options
  if (!(maxShift > 0 && step > 0))
    throw new OperandoError('E_RANGE', `foilShift: maxShift = ${maxShift}, step = ${step}: energies above 0 expected.`)
  const fixed = asSpectrum(reference.energy, reference.mu)
  const moving = asSpectrum(scan.energy, scan.mu)
  const [low, high] = options.range ?? defaultRange(fixed)
  for (const [name, { energy }, margin] of [
    ['reference', fixed, 0],
    ['scan', moving, maxShift],
  ] as const) {
    if (energy[0]! <= low - margin && energy.at(-1)! >= high + margin && high - low >= 8 * step) continue
    throw new OperandoError(
      'E_RANGE',
      `foilShift: the ${name} reaches from ${energy[0]} to ${energy.at(-1)} eV, ${low} to ${high} eV${margin ? ` with ${margin} eV more at either side` : ''} expected. Set range or maxShift.`,
    )
  }
  const grid = Float64Array.from({ length: Math.ceil((high - low) / step - 1e-9) }, (_, i) => low + i * step)
  const wanted = createSpline(fixed.energy, fixed.mu).derivative(grid)
  const curve = createSpline(moving.energy, moving.mu)
  const moved = new Float64Array(grid.length)
  const slope = new Float64Array(grid.length)
  const total = wanted.reduce((sum, v) => sum + v * v, 0)
  let scale = 1
  const misfit = (shift: number): number => {
    for (let i = 0; i < grid.length; i++) moved[i] = grid[i]! - shift
    curve.derivative(moved, 1, slope)
    let [cross, own] = [0, 0]
    for (let i = 0; i < grid.length; i++) {
      cross += slope[i]! * wanted[i]!
      own += slope[i]! * slope[i]!
    }
    scale = cross / own
    let sum = 0
    for (let i = 0; i < grid.length; i++) sum += (scale * slope[i]! - wanted[i]!) ** 2
    return sum
  }
  let best = 0
  let least = Infinity
  const tick = (2 * maxShift) / (TRIES - 1)
  for (let k = 0; k < TRIES; k++) {
    const value = misfit(-maxShift + k * tick)
    if (value < least) [best, least] = [k, value]
  }
  const around = -maxShift + best * tick
  const shift = goldenSection(misfit, Math.max(-maxShift, around - tick), Math.min(maxShift, around + tick), 1e-8)
  const left = misfit(shift)
  const found = scale
  // what a shift does to the scaled derivative is its second derivative
  const bend = curve.derivative(moved, 2)
  const curvature = bend.reduce((sum, v) => sum + (found * v) ** 2, 0)
  return {
    shift,
    sigma: Math.sqrt(left / Math.max(grid.length - 2, 1) / curvature),
    scale: found,
    misfit: Math.sqrt(left / total),
    inside: best > 0 && best < TRIES - 1,
  }
}

function defaultRange({ energy, mu }: { energy: Float64Array; mu: Float64Array }): [number, number] {
  const slope = createSpline(energy, mu).derivative(energy)
  let steepest = 0
  for (let i = 1; i < energy.length; i++) if (slope[i]! > slope[steepest]!) steepest = i
  return [energy[steepest]! - 15, energy[steepest]! + 50]
}
