import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { toValue } from '../../core/quantity.js'
import type { LatticeReference } from './latticeParameter.js'
import { coefficientAt, expansionOf, integralTo, type ThermalExpansion } from './thermalExpansion.js'

/** Options of {@link latticeTemperature}. */
export interface LatticeTemperatureOptions {
  /** Standard uncertainty of the lattice parameter, Å. Default 0. */
  sigma?: number | undefined
  /** The same lattice parameter at a known temperature. Default: that of the table, whose own uncertainty then counts. */
  reference?: LatticeReference | undefined
}

const OPTIONS: FieldsOf<LatticeTemperatureOptions> = { sigma: true, reference: true }

/** A temperature read from a lattice parameter. */
export interface LatticeTemperature {
  /** K. */
  readonly temperature: number
  /** Standard uncertainty, K: of the lattice parameter, of the reference and of the table together. */
  readonly sigma: number
  /** Its parts, K. */
  readonly parts: {
    /** From the lattice parameter. */
    readonly measured: number
    /** From the reference. */
    readonly reference: number
    /** From the table of the expansion. */
    readonly expansion: number
  }
}

/**
 * Temperature of a current collector from its lattice parameter.
 *
 * One K is 1.7e-5 of the lattice parameter of copper, 2.3e-5 of that of aluminium. Published values of the pure metals part by 5e-5, which is 3 K:
 * measure a reference in the cell at rest. And 100 µm of sample displacement at 1 m look like 6 K: see {@link separateHeating} for telling them apart.
 * @param metal   `Cu`, `Al`, or a table of one's own.
 * @param a       Lattice parameter, Å.
 * @param options Uncertainty, reference.
 * @throws OperandoError `E_RANGE` where no temperature of the table (150 to 600 K) gives this lattice parameter, `E_MISSING` for another metal.
 * @see X. Yu et al., J. Electrochem. Soc. 165 (2018) A1578 (temperature within a pouch cell from its collectors)
 * @example
 * ```ts
 * import { latticeTemperature } from 'operando/cell'
 * const reference = { latticeParameter: 3.61512, sigma: 2e-5, temperature: '25 °C' } as const
 * const { temperature, sigma } = latticeTemperature('Cu', 3.61605, { sigma: 2e-5, reference })
 * console.log(temperature, sigma) // 313.5, 0.5
 * ```
 */
export function latticeTemperature(
  metal: 'Cu' | 'Al' | ThermalExpansion,
  a: number,
  options: LatticeTemperatureOptions = {},
): LatticeTemperature {
  assertKnown(options, 'latticeTemperature options', OPTIONS)
  const table = expansionOf(metal)
  const { reference, sigma = 0 } = options
  const a0 = reference?.latticeParameter ?? table.latticeParameter
  const sigma0 = reference ? (reference.sigma ?? 0) : table.latticeParameterSigma
  const from = reference ? toValue(reference.temperature, 'K', 'reference.temperature') : table.referenceTemperature
  for (const [name, value] of [
    ['a', a],
    ['reference.latticeParameter', a0],
  ] as const)
    if (!(value > 0 && Number.isFinite(value)))
      throw new OperandoError('E_RANGE', `${name} = ${value} Å: a positive length expected.`)
  if (!(sigma >= 0 && sigma0 >= 0)) throw new OperandoError('E_RANGE', 'sigma: 0 or more expected.')
  const temperature = temperatureOfIntegral(table, integralTo(table, from) + Math.log(a / a0) * 1e6, a)
  const alpha = coefficientAt(table, temperature)
  const parts = {
    measured: sigma / (a * alpha),
    reference: sigma0 / (a0 * alpha),
    expansion: table.relativeSigma * Math.abs(temperature - from),
  }
  return { temperature, sigma: Math.hypot(parts.measured, parts.reference, parts.expansion), parts }
}

/** The temperature at which the integral of the coefficient is reached: a root of a parabola within one interval. */
function temperatureOfIntegral(table: ThermalExpansion, integral: number, a: number): number {
  const { temperatures: t, coefficients: c, metal } = table
  let sum = 0
  for (let i = 0; i < t.length - 1 && integral >= 0; i++) {
    const step = t[i + 1]! - t[i]!
    const part = (step * (c[i]! + c[i + 1]!)) / 2
    if (integral > sum + part) {
      sum += part
      continue
    }
    const slope = (c[i + 1]! - c[i]!) / step
    const rest = integral - sum
    return t[i]! + (2 * rest) / (c[i]! + Math.sqrt(c[i]! * c[i]! + 2 * slope * rest))
  }
  throw new OperandoError(
    'E_RANGE',
    `a(${metal}) = ${a} Å belongs to no temperature from ${t[0]} to ${t[t.length - 1]} K. Is it the lattice parameter (not a spacing), and that of ${metal}?`,
    { details: { found: a } },
  )
}
