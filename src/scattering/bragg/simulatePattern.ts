import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { cellVolume } from '../../model/crystal/cellVolume.js'
import { dSpacing } from '../../model/crystal/dSpacing.js'
import type { Hkl } from '../../model/crystal/matrix3.js'
import type { UnitCell } from '../../model/crystal/unitCell.js'
import { outputOf } from '../../numeric/outputOf.js'
import { addPseudoVoigtLine, evenStep } from '../profiles/sumPseudoVoigts.js'

/** A reflection with what decides its intensity. */
export interface PowderReflection {
  /** Miller indices of one of its planes. */
  readonly hkl: Hkl
  /** How many planes fall together in the powder line. */
  readonly multiplicity: number
  /** |F|² in electrons². */
  readonly f2: number
}

/** A crystalline phase in the beam. */
export interface PowderPhase {
  /** Its unit cell now. */
  readonly cell: UnitCell
  /** Its reflections; |F|² is taken not to change with the cell. */
  readonly reflections: readonly PowderReflection[]
  /** Number of unit cells in the beam, relative. */
  readonly amount: number
  /** Volume-weighted domain size in Å, which broadens by Scherrer's equation. Default: none. */
  readonly size?: number | undefined
}

/** Options of {@link simulatePattern}. */
export interface SimulatePatternOptions {
  /** Wavelength in Å. */
  wavelength: number
  /** Full width at half maximum of the instrument in degrees 2theta. */
  fwhm: number
  /** Lorentzian fraction of the pseudo-Voigt profile, 0 to 1. Default 0.5. */
  eta?: number | undefined
  /** Receives the pattern; made if absent. */
  out?: Float64Array | undefined
}

const OPTIONS: FieldsOf<SimulatePatternOptions> = { wavelength: true, fwhm: true, eta: true, out: true }

const SCHERRER_CONSTANT = 0.94
const RADIANS = Math.PI / 180

/** Integrated intensity of a reflection per unit cell: m |F|² / (V sin²θ cosθ), polarisation corrected by the integration. */
function intensityPerCell(reflection: PowderReflection, volume: number, theta: number): number {
  const sin = Math.sin(theta)
  return (reflection.multiplicity * reflection.f2) / (volume * sin * sin * Math.cos(theta))
}

/**
 * Powder pattern of a mixture by the kinematic theory: pseudo-Voigt lines at the Bragg angles, with Lorentz factor, without
 * absorption, texture, background or noise. The forward model of the simulated experiment that ships with operando.
 *
 * @param twoTheta Scattering angles in degrees, n values, strictly rising.
 * @param phases   Phases, cells and amounts.
 * @param options  Wavelength, instrument width, profile.
 * @returns Intensity, n values, arbitrary but common unit for all phases.
 * @throws OperandoError `E_RANGE` for a wavelength, width or amount that means nothing, `E_AXIS` for angles that do not rise.
 * @see B. E. Warren, X-Ray Diffraction (1969), ch. 4
 * @example
 * ```ts
 * import { createUnitCell } from 'operando'
 * import { simulatePattern } from 'operando/scattering'
 * const silicon = { cell: createUnitCell({ a: 5.43102 }), reflections: [{ hkl: [1, 1, 1] as const, multiplicity: 8, f2: 3500 }], amount: 1 }
 * const twoTheta = Float64Array.from({ length: 200 }, (_, i) => 28 + i * 0.005)
 * console.log(Math.max(...simulatePattern(twoTheta, [silicon], { wavelength: 1.54056, fwhm: 0.05 })))
 * ```
 */
export function simulatePattern(
  twoTheta: NumbersLike,
  phases: readonly PowderPhase[],
  options: SimulatePatternOptions,
): Float64Array {
  assertKnown(options, 'simulatePattern options', OPTIONS)
  const x = asFloat64(twoTheta, 'twoTheta')
  assertRising(x, 'twoTheta')
  const { wavelength, fwhm, eta = 0.5 } = options
  if (!(wavelength > 0) || !(fwhm > 0)) {
    throw new OperandoError('E_RANGE', `simulatePattern: wavelength (${wavelength} Å) and fwhm (${fwhm} deg) must be positive.`)
  }
  const out = outputOf(options.out, x.length).fill(0)
  const step = evenStep(x)
  for (const phase of phases) {
    if (!(phase.amount >= 0))
      throw new OperandoError('E_RANGE', `simulatePattern: an amount is ${phase.amount}; numbers from 0 expected.`)
    const volume = cellVolume(phase.cell)
    for (const reflection of phase.reflections) {
      const sine = wavelength / (2 * dSpacing(phase.cell, reflection.hkl))
      if (sine >= 1) continue
      const theta = Math.asin(sine)
      const bySize = phase.size === undefined ? 0 : (SCHERRER_CONSTANT * wavelength) / (phase.size * Math.cos(theta) * RADIANS)
      const area = phase.amount * intensityPerCell(reflection, volume, theta)
      addPseudoVoigtLine(x, step, area, (2 * theta) / RADIANS, Math.hypot(fwhm, bySize), eta, Infinity, out)
    }
  }
  return out
}
