import { elementSymbol, OperandoError } from '../core/index.js'
import { createSpline, type PiecewiseCubic } from '../numeric/index.js'
import { intervalOf } from '../numeric/interpolate/piecewiseCubic.js'
import { logLogCurve } from './logLog.js'
import { unpackBytes, unpackColumns, unpackLine } from './unpack.js'
import { decimalsOfPlaces, unpackDifferences } from './unpackDifferences.js'

/** Where the numbers of Chantler's tables come from. */
export const CHANTLER_SOURCE =
  'Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71 and 29 (2000) 597 (NIST FFAST), fine grid, from xraydb 4.4.7'

/** Below, the table is about free atoms alone, and four nodes are kept only for the interpolation. */
const LOWEST = 10

/** Nodes to either side of an interval that its cubic of f1 looks at, as xraydb takes them. */
const REACH = 3

/**
 * The energies at which Chantler's table of an element has numbers, eV, the first few below 10 eV.
 * @param number Atomic number, 1 to 92.
 * @throws OperandoError `E_MISSING` beyond uranium.
 */
export async function chantlerEnergies(number: number): Promise<Float64Array> {
  if (number > 92)
    throw new OperandoError(
      'E_MISSING',
      `Chantler's tables end at U; ${elementSymbol(number)} is in the table of Elam (attenuation only): { table: 'elam' }.`,
    )
  const { CHANTLER_GRID, CHANTLER_OWN } = await import('./tables/chantlerGrid.generated.js')
  const [absent = '', own = ''] = unpackLine(CHANTLER_OWN[(number - 1) >> 3]!, ((number - 1) & 7) + 1).split(';')
  const shared = unpackColumns(CHANTLER_GRID)[0]!
  for (const index of absent === '' ? [] : absent.split(',')) shared[Number(index)] = Number.NaN
  const present = shared.filter(energy => !Number.isNaN(energy))
  const further = own === '' ? [] : own.split(',')
  const energies = new Float64Array(present.length + further.length)
  energies.set(present)
  energies.set(further.map(Number), present.length)
  return energies.sort()
}

/**
 * The range of Chantler's table, eV.
 * @param energies Its energies.
 */
export const chantlerRange = (energies: Float64Array): readonly [low: number, high: number] => [
  LOWEST,
  energies[energies.length - 1]!,
]

/** Chantler's dispersion corrections of an element. */
export interface ChantlerFactors {
  /** Energies of the nodes, eV. */
  readonly energies: Float64Array
  /** f' over eV: fills out with the values at the energies. */
  readonly f1: (energies: Float64Array, out: Float64Array) => void
  /** ln f'' over ln eV. */
  readonly f2: PiecewiseCubic
}

/**
 * f' and f'' of an element.
 * @param number Atomic number, 1 to 92.
 */
export async function readChantlerFactors(number: number): Promise<ChantlerFactors> {
  const energies = await chantlerEnergies(number)
  const { CHANTLER_FACTORS } = await import('./tables/chantlerFactors.generated.js')
  const [f1, f2] = unpackDifferences(unpackBytes(CHANTLER_FACTORS[number - 1]!), energies.length)
  return {
    energies,
    f1: localSpline(
      energies,
      f1!.map(v => v / 1e7),
    ),
    f2: logCurve(energies, decimalsOfPlaces(f2!, 5)),
  }
}

/** Chantler's attenuation of an element, ln(cm²/g) over ln(eV). */
export interface ChantlerAttenuation {
  /** Energies of the nodes, eV. */
  readonly energies: Float64Array
  /** Photoabsorption. */
  readonly photo: PiecewiseCubic
  /** Coherent and incoherent scattering together. */
  readonly scattering: PiecewiseCubic
  /** Sum of the two, interpolated as such. */
  readonly total: PiecewiseCubic
}

/**
 * Attenuation of an element.
 * @param number Atomic number, 1 to 92.
 */
export async function readChantlerAttenuation(number: number): Promise<ChantlerAttenuation> {
  const energies = await chantlerEnergies(number)
  const { CHANTLER_ATTENUATION } = await import('./tables/chantlerAttenuation.generated.js')
  const [photoPlaces, scatterPlaces] = unpackDifferences(unpackBytes(CHANTLER_ATTENUATION[number - 1]!), energies.length)
  const photo = decimalsOfPlaces(photoPlaces!, 5)
  const scattering = decimalsOfPlaces(scatterPlaces!, 4)
  return {
    energies,
    photo: logCurve(energies, photo),
    scattering: logCurve(energies, scattering),
    total: logCurve(
      energies,
      photo.map((v, i) => v + scattering[i]!),
    ),
  }
}

const logCurve = (energies: Float64Array, values: Float64Array): PiecewiseCubic =>
  logLogCurve(
    energies.map(e => Math.log(e)),
    values.map(v => Math.log(v)),
  )

/**
 * In each interval the cubic spline (not-a-knot) through the nodes around it: what xraydb gives for one energy, whatever else is asked for. Of the 800 intervals of a
 * table few are ever asked for, so a spline is made when its interval is.
 */
function localSpline(x: Float64Array, y: Float64Array): ChantlerFactors['f1'] {
  const known = new Uint8Array(x.length)
  const coefficients = new Float64Array(4 * (x.length - 1))
  const learn = (i: number): void => {
    const from = Math.max(0, i - REACH)
    const to = Math.min(x.length, i + REACH + 1)
    const { coefficients: c } = createSpline(x.subarray(from, to), y.subarray(from, to))
    coefficients.set(c.subarray(4 * (i - from), 4 * (i - from) + 4), 4 * i)
    known[i] = 1
  }
  return (energies, out) => {
    let i = 0
    for (let k = 0; k < energies.length; k++) {
      const energy = energies[k]!
      i = intervalOf(x, energy, i)
      if (known[i] === 0) learn(i)
      const d = energy - x[i]!
      const j = 4 * i
      out[k] = coefficients[j]! + d * (coefficients[j + 1]! + d * (coefficients[j + 2]! + d * coefficients[j + 3]!))
    }
  }
}
