import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Angle } from '../../../core/quantity.js'
import { toValue } from '../../../core/quantity.js'
import { createAttenuation, edge as edgeOf, emissionLines, type MaterialInput } from '../../../matter/index.js'
import { freezeData } from '../../../model/derive.js'

/** What decides about over-absorption of fluorescence. */
export interface OverAbsorption {
  /** (Attenuation below the edge + that of the line times sin in / sin out) / rise at the edge: the smaller, the stronger the damping. */
  readonly alpha: number
  /** Rise of the attenuation at the edge times the path in: infinite for a thick sample. */
  readonly thickness: number
}

/** A sample for {@link overAbsorptionOf}. */
export interface OverAbsorptionOptions {
  /** The sample. */
  material: MaterialInput
  /** The absorber. */
  element: string
  /** Its edge. Default `'K'`. */
  edge?: string | undefined
  /** Energy of the fluorescence, eV. Default: mean of the lines of the edge that make up the strongest family (`Ka`, `La`). */
  lineEnergy?: number | undefined
  /** Angle between beam and surface. Default 45°. */
  angleIn?: Angle | undefined
  /** Angle between surface and detector. Default 45°. */
  angleOut?: Angle | undefined
  /** Thickness, µm, for a sample that the beam passes. Default: so thick that nothing passes. */
  thickness?: number | undefined
}

const OPTIONS: FieldsOf<OverAbsorptionOptions> = {
  material: true,
  element: true,
  edge: true,
  lineEnergy: true,
  angleIn: true,
  angleOut: true,
  thickness: true,
}

/**
 * Strength of the over-absorption of a sample, from tables: attenuation at 10 eV below and above the edge and at the fluorescence line.
 *
 * @param options Sample, absorber, angles, thickness.
 * @throws OperandoError as `createAttenuation` and `edges`; `E_MISSING` for an edge without lines; `E_RANGE` for angles, thickness, or a material without the absorber.
 * @example
 * ```ts
 * import { overAbsorptionOf } from 'operando/spectroscopy'
 * const { alpha } = await overAbsorptionOf({ material: { formula: 'FeS2', density: 5 }, element: 'S' })
 * console.log(alpha) // 1.35: white lines can not show more than 2.35
 * ```
 */
export async function overAbsorptionOf(options: OverAbsorptionOptions): Promise<OverAbsorption> {
  assertFields(options, 'overAbsorptionOf options', ['material', 'element'])
  assertKnown(options, 'overAbsorptionOf options', OPTIONS)
  const { material, element, edge = 'K', thickness } = options
  const [angleIn, angleOut] = [toValue(options.angleIn ?? 45, '°', 'angleIn'), toValue(options.angleOut ?? 45, '°', 'angleOut')]
  if (!(angleIn > 0 && angleIn <= 90 && angleOut > 0 && angleOut <= 90 && (thickness === undefined || thickness > 0))) {
    throw new OperandoError(
      'E_RANGE',
      `overAbsorptionOf: angles ${angleIn}° and ${angleOut}°, thickness ${thickness} µm: angles from the surface up to 90° and a thickness above 0 expected.`,
    )
  }
  const { energy } = await edgeOf(element, edge)
  const attenuation = await createAttenuation(material)
  const [below, above, line] = attenuation.over([
    energy - 10,
    energy + 10,
    options.lineEnergy ?? (await strongestFamily(element, edge)),
  ]) as unknown as [number, number, number]
  const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 180)
  const rise = above - below
  if (!(rise > 0.001 * above))
    throw new OperandoError(
      'E_RANGE',
      `overAbsorptionOf: the material has no ${edge} edge of ${element} at ${energy} eV: is ${element} in it?`,
    )
  return {
    alpha: (below + (line * sine(angleIn)) / sine(angleOut)) / rise,
    thickness: thickness === undefined ? Infinity : (rise * thickness * 1e-4) / sine(angleIn),
  }
}

/** Mean energy of the lines that go by the first two letters of the strongest one, as `Ka`. */
async function strongestFamily(element: string, edge: string): Promise<number> {
  const lines = (await emissionLines(element)).filter(line => line.initialLevel === edge)
  if (lines.length === 0)
    throw new OperandoError('E_MISSING', `${element} has no emission lines of its ${edge} edge: give lineEnergy.`)
  const strongest = lines.reduce((a, b) => (b.intensity > a.intensity ? b : a))
  const family = lines.filter(line => line.name.slice(0, 2) === strongest.name.slice(0, 2))
  const total = family.reduce((sum, line) => sum + line.intensity, 0)
  return family.reduce((sum, line) => sum + (line.energy * line.intensity) / total, 0)
}

/** Options of {@link correctOverAbsorption}. */
export interface CorrectOverAbsorptionOptions {
  /** Largest factor by which the correction may multiply an error of the data. Default 25. */
  maxGain?: number | undefined
}

const CORRECT: FieldsOf<CorrectOverAbsorptionOptions> = { maxGain: true }

/** A corrected spectrum. */
export interface OverAbsorptionCorrected {
  /** Normalised absorption, n values. */
  readonly norm: Float64Array
  /** What the measured values were multiplied by, n values: for mu with its background. */
  readonly factor: Float64Array
  /** Largest factor by which errors were multiplied. */
  readonly gain: number
}

/**
 * Corrects normalised fluorescence for over-absorption. For a thick sample x = m alpha / (alpha + 1 - m), the formula of FLUO; for a thin one m F(1) = F(x), F(x) = x / (alpha + x) (1 - exp(-(alpha + x) t)), the yield of Booth and
 * Bridges, is solved for x without their approximation of small chi.
 *
 * No sample shows more than alpha + 1: near it the correction multiplies noise and errors of the table without limit, and is refused.
 *
 * @param norm    Normalised fluorescence, n values: 0 below the edge, 1 far above.
 * @param strength From {@link overAbsorptionOf}.
 * @param options Largest gain.
 * @throws OperandoError `E_RANGE` where errors would be multiplied by more than maxGain, naming the point; `E_NAN`.
 * @see D. Haskel, FLUO (1999); C. H. Booth, F. Bridges, Phys. Scr. T115 (2005) 202
 * @example
 * ```ts
 * import { correctOverAbsorption } from 'operando/spectroscopy'
 * correctOverAbsorption([0, 1, 1.4], { alpha: 2.5, thickness: Infinity }).norm // 0, 1, 1.667
 * ```
 */
export function correctOverAbsorption(
  norm: NumbersLike,
  strength: OverAbsorption,
  options: CorrectOverAbsorptionOptions = {},
): OverAbsorptionCorrected {
  assertFields(strength, 'strength', ['alpha', 'thickness'])
  assertKnown(options, 'correctOverAbsorption options', CORRECT)
  const { alpha, thickness } = strength
  const { maxGain = 25 } = options
  if (!(alpha > 0 && thickness > 0 && maxGain > 0))
    throw new OperandoError(
      'E_RANGE',
      `correctOverAbsorption: alpha = ${alpha}, thickness = ${thickness}, maxGain = ${maxGain}: numbers above 0 expected.`,
    )
  const measured = asFloat64(norm, 'norm')
  const shown = yieldOf(alpha, thickness)
  const one = shown(1).value
  let gain = 0
  const corrected = measured.map((m, i) => {
    const x = invert(shown, m * one)
    const slope = shown(x).slope / one
    const own = 1 / slope
    if (!(slope > 0 && own <= maxGain)) {
      throw new OperandoError(
        'E_RANGE',
        `norm[${i}] = ${m.toFixed(3)}: this sample can not show more than ${(1 / (one * (thickness === Infinity ? 1 : 1))).toFixed(2)}, and the correction would multiply errors by ${own > 0 && Number.isFinite(own) ? own.toFixed(0) : 'any factor'}. Thin or dilute the sample, or give its thickness; maxGain allows more.`,
        { details: { index: i } },
      )
    }
    gain = Math.max(gain, own)
    return x
  })
  const atZero = one / shown(0).slope
  return freezeData({
    norm: corrected,
    factor: corrected.map((x, i) => (Math.abs(measured[i]!) < 1e-12 ? atZero : x / measured[i]!)),
    gain,
  })
}

/** Fluorescence over what it would be if all photons were absorbed by the edge, and its derivative. */
function yieldOf(alpha: number, thickness: number): (x: number) => { value: number; slope: number } {
  return x => {
    const sum = alpha + x
    const passed = Math.exp(-sum * thickness)
    const share = x / sum
    return {
      value: share * (1 - passed),
      slope: (alpha / (sum * sum)) * (1 - passed) + share * (thickness === Infinity ? 0 : thickness * passed),
    }
  }
}

/** Newton's method, which cannot overshoot: the yield bends down throughout. */
function invert(shown: (x: number) => { value: number; slope: number }, wanted: number): number {
  let x = 0
  for (let step = 0; step < 200; step++) {
    const { value, slope } = shown(x)
    const move = (wanted - value) / slope
    x += move
    if (!Number.isFinite(x) || Math.abs(move) <= 1e-14 * Math.max(1, Math.abs(x))) break
  }
  return x
}
