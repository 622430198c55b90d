import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Angle, type Energy, toValue } from '../../core/quantity.js'
import { isOne } from '../isOne.js'
import type { AttenuationOptions } from '../massAttenuation.js'
import type { MaterialInput } from '../material.js'
import { createRefraction } from '../refraction/createRefraction.js'
import { createAttenuation } from './createAttenuation.js'

/** Micrometres in a centimetre. */
const CM = 1e4

/** Options of {@link penetrationDepth}. */
export interface PenetrationDepthOptions extends AttenuationOptions {
  /** Angle between beam and surface: degrees, or `'5 mrad'`. Default 90: straight in. */
  readonly incidence?: Angle | undefined
}

const OPTIONS: FieldsOf<PenetrationDepthOptions> = { incidence: true, table: true, kind: true }

/**
 * Depth below the surface, along its normal, at which 1/e of the intensity is left. Straight in it is the attenuation length 1/μ. At a glancing angle α refraction bends the beam:
 * the depth is 1 / (2 Im k_z) with k_z = k √(n² - cos²α), which is sin α / μ well above the critical angle, and some nanometres below it.
 * δ is of Chantler's table; β is μλ/4π with the table and process of the options, so that 90 degrees agree with `attenuationLength`.
 * @param material Name, substance or mixture.
 * @param energies eV or `'8 keV'`; or n values in eV.
 * @param options  Angle, table and process.
 * @returns µm, a number or n values.
 * @throws OperandoError as {@link createAttenuation}; `E_RANGE` for an energy outside the tables, an angle not above 0 to 90 degrees; `E_UNIT`.
 * @see L. G. Parratt, Phys. Rev. 95 (1954) 359
 * @example
 * ```ts
 * import { penetrationDepth } from 'operando/matter'
 * await penetrationDepth('Si', '8 keV') // 66 µm
 * await penetrationDepth('Si', '8 keV', { incidence: 0.1 }) // 0.0035 µm: below the critical angle of 0.22 degrees
 * ```
 */
export async function penetrationDepth(
  material: MaterialInput,
  energies: Energy,
  options?: PenetrationDepthOptions,
): Promise<number>
export async function penetrationDepth(
  material: MaterialInput,
  energies: NumbersLike,
  options?: PenetrationDepthOptions,
): Promise<Float64Array>
export async function penetrationDepth(
  material: MaterialInput,
  energies: Energy | NumbersLike,
  options: PenetrationDepthOptions = {},
): Promise<number | Float64Array> {
  assertKnown(options, 'penetrationDepth options', OPTIONS)
  const { incidence: given = 90, ...attenuation } = options
  const incidence = toValue(given, 'deg', 'incidence')
  if (!(incidence > 0 && incidence <= 90))
    throw new OperandoError(
      'E_RANGE',
      `penetrationDepth: incidence is counted from the surface, above 0 to 90 degrees; found ${incidence}.`,
    )
  const at = isOne(energies) ? Float64Array.of(toValue(energies, 'eV', 'energy')) : asFloat64(energies, 'energies')
  const mu = (await createAttenuation(material, attenuation)).over(at)
  const depth =
    incidence === 90
      ? mu.map(one => CM / one)
      : glancingDepths(at, incidence, mu, (await createRefraction(material)).delta.over(at))
  return isOne(energies) ? depth[0]! : depth
}

function glancingDepths(energies: Float64Array, incidence: number, mu: Float64Array, delta: Float64Array): Float64Array {
  const sine = Math.sin((incidence * Math.PI) / 180)
  return mu.map((one, i) => glancingDepth(energies[i]!, sine, delta[i]!, one))
}

/** µm, from the energy in eV, sin α, δ and μ in 1/cm. */
function glancingDepth(energy: number, sine: number, delta: number, mu: number): number {
  const k = (2 * Math.PI * energy) / HC_EV_ANGSTROM
  const beta = (mu * 1e-8) / (2 * k)
  // n² - cos²α, with n = 1 - δ + iβ
  const real = sine * sine - 2 * delta + delta * delta - beta * beta
  const imaginary = 2 * beta * (1 - delta)
  // the imaginary part of the root without loss of digits where it is the small one
  const modulus = Math.hypot(real, imaginary)
  const root = real > 0 ? imaginary / Math.sqrt(2 * (modulus + real)) : Math.sqrt((modulus - real) / 2)
  return 1e-4 / (2 * k * root)
}
