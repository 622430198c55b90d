import { OperandoError } from '../../core/errors.js'

/** How the lattice of a cubic metal grows with temperature, and where the table comes from. One's own table has the same form. */
export interface ThermalExpansion {
  /** The metal. */
  readonly metal: string
  /** Temperatures of the table in K, rising. */
  readonly temperatures: readonly number[]
  /** Coefficient d ln a / dT there, in 1e-6/K; straight lines between them, so that ln a is quadratic from point to point. */
  readonly coefficients: readonly number[]
  /** Standard uncertainty of the coefficients, relative. */
  readonly relativeSigma: number
  /** Temperature of `latticeParameter`, K. */
  readonly referenceTemperature: number
  /** Lattice parameter there, Å. */
  readonly latticeParameter: number
  /** Its standard uncertainty, Å: how far published values of the pure metal part. */
  readonly latticeParameterSigma: number
  /** Where the numbers come from. */
  readonly source: string
}

const temperatures = [150, 175, 200, 225, 250, 275, 300, 325, 350, 375, 400, 425, 450, 475, 500, 525, 550, 575, 600]

// Copper: two independent sources part by 0.5 % at most from 150 to 500 K. Aluminium: recommended curve and handbook points part by 0.5 % above
// room temperature, by 1.5 % towards 200 K. (Numbers and script: tests/reference/cell/make_expansion.py.)
const TABLES: Readonly<Record<'Cu' | 'Al', ThermalExpansion>> = {
  Cu: {
    metal: 'Cu',
    temperatures,
    coefficients: [
      13.6, 14.5, 15.16, 15.66, 16.06, 16.4, 16.68, 16.93, 17.16, 17.37, 17.56, 17.75, 17.92, 18.1, 18.27, 18.44, 18.61, 18.78,
      18.95,
    ],
    relativeSigma: 0.005,
    referenceTemperature: 293.15,
    latticeParameter: 3.6149,
    latticeParameterSigma: 2e-4,
    source:
      'coefficient: T. Hahn, Copper Thermal Expansion Study, NIST StRD data set Hahn1, certified rational function; lattice parameter: ' +
      '3.61496 Å of the crystal table of xraylib 4.0.0, rounded',
  },
  Al: {
    metal: 'Al',
    temperatures,
    coefficients: [
      17.36, 18.82, 20.02, 21.01, 21.83, 22.51, 23.07, 23.55, 23.98, 24.37, 24.75, 25.13, 25.53, 25.95, 26.41, 26.92, 27.46,
      28.05, 28.68,
    ],
    relativeSigma: 0.01,
    referenceTemperature: 293.15,
    latticeParameter: 4.0495,
    latticeParameterSigma: 2e-4,
    source:
      'coefficient: as usually cited, Y. S. Touloukian et al., Thermophysical Properties of Matter 12 (1975), recommended curve, by way of a polynomial ' +
      'of the density; within 1.5 % of NIST and AIP values; lattice parameter: W. Witt, Z. Naturforsch. 22a (1967) 92',
  },
}

/**
 * Thermal expansion of a metal of current collectors, 150 to 600 K.
 *
 * Copper follows the fit that NIST certifies to its own measurements, aluminium the recommended curve of the TPRC volume. Between 200 and 500 K
 * the table repeats them to 0.1 % of the expansion. Foils are no pure metals: aluminium of an alloy expands up to 2 % less.
 * @param metal `Cu` or `Al`.
 * @throws OperandoError `E_MISSING` for another metal; give a table of your own of the same form.
 * @example
 * ```ts
 * import { thermalExpansion } from 'operando/cell'
 * const { latticeParameter, source } = thermalExpansion('Cu') // 3.6149 Å at 293.15 K
 * ```
 */
export function thermalExpansion(metal: 'Cu' | 'Al'): ThermalExpansion {
  const table = Object.hasOwn(TABLES, metal) ? TABLES[metal] : undefined
  if (table) return table
  throw new OperandoError(
    'E_MISSING',
    `Thermal expansion of "${metal}": tables of Cu and Al are here. Give your own: { metal, temperatures, coefficients, ... }.`,
    { details: { found: String(metal) } },
  )
}

/** The table of a name, or the caller's own, checked. */
export function expansionOf(metal: 'Cu' | 'Al' | ThermalExpansion): ThermalExpansion {
  if (typeof metal !== 'object') return thermalExpansion(metal)
  const { temperatures: t, coefficients: c } = metal
  if (t.length < 2 || t.length !== c.length)
    throw new OperandoError('E_SHAPE', `Expansion of ${metal.metal}: ${t.length} temperatures and ${c.length} coefficients.`)
  for (let i = 0; i < t.length; i++) {
    if (!(t[i]! > (i > 0 ? t[i - 1]! : 0)))
      throw new OperandoError('E_AXIS', `Expansion of ${metal.metal}: temperatures in K must rise, found ${t[i]} at [${i}].`)
    if (!(c[i]! > 0))
      throw new OperandoError(
        'E_RANGE',
        `Expansion of ${metal.metal}: coefficient ${c[i]} at [${i}]: above 0 expected, since else two temperatures have one length.`,
      )
  }
  return metal
}

/** Integral of the coefficient from the first temperature of the table, 1e-6. @throws OperandoError `E_RANGE` outside the table. */
export function integralTo(table: ThermalExpansion, temperature: number): number {
  const { temperatures: t, coefficients: c, metal } = table
  const last = t.length - 1
  if (!(temperature >= t[0]! && temperature <= t[last]!))
    throw new OperandoError(
      'E_RANGE',
      `Expansion of ${metal}: ${temperature} K lies outside the table, ${t[0]} to ${t[last]} K. Are temperatures in K?`,
      { details: { found: temperature, expected: [t[0]!, t[last]!] } },
    )
  let sum = 0
  for (let i = 0; i < last; i++) {
    const step = Math.min(temperature, t[i + 1]!) - t[i]!
    if (step <= 0) break
    sum += step * (c[i]! + (0.5 * step * (c[i + 1]! - c[i]!)) / (t[i + 1]! - t[i]!))
  }
  return sum
}

/** Coefficient at a temperature within the table, 1/K. */
export function coefficientAt(table: ThermalExpansion, temperature: number): number {
  const { temperatures: t, coefficients: c } = table
  let i = 0
  while (i < t.length - 2 && temperature > t[i + 1]!) i++
  return (c[i]! + ((temperature - t[i]!) * (c[i + 1]! - c[i]!)) / (t[i + 1]! - t[i]!)) * 1e-6
}
