import { BOHR_RADIUS } from '../../../../core/constants.js'
import { atomicWeight } from '../../../../core/elements.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertFields } from '../../../../core/fields.js'
import type { ScatteringPath } from '../../../../model/scatteringPath.js'
import { gaussLegendre, type Quadrature } from '../../../../numeric/calculus/gaussLegendre.js'
import { checkTemperatures, EINSTEIN_FACTOR } from './einsteinSigma2.js'

/** What the model needs of a path. */
export type DebyePath = Pick<ScatteringPath, 'atoms' | 'rnorman'>

/** Mean-square displacement of a path at a temperature. */
export type DebyeModel = (temperature: number, theta: number) => number

interface Pair {
  /** Debye wavenumber times distance. */
  readonly rx: number
  /** Weight of the pair over the root of the product of the masses. */
  readonly weight: number
}

/** Where 2 / (exp(x) - 1) has nothing left. */
const COLD = 40
/** Nodes for the thermal part. */
const POINTS = 48

/**
 * Prepares {@link correlatedDebyeSigma2} for a path, for many temperatures.
 * @param path   Atoms with positions, and the Norman radius of the calculation in bohr.
 * @param masses Masses of the atoms, u. Default standard atomic weights.
 * @throws OperandoError `E_MISSING` for a path without atoms or Norman radius, `E_RANGE` for a Norman radius of 0, `E_SHAPE` for masses that are not one an atom.
 * @example
 * ```ts
 * import { createCorrelatedDebye } from 'operando/spectroscopy'
 * const atoms = [0, 2.5478].map(x => ({ label: 'Cu', element: 'Cu', potential: 1, position: [x, 0, 0] as const }))
 * const sigma2 = createCorrelatedDebye({ atoms, rnorman: 2.63 })
 * console.log(sigma2(10, 315), sigma2(300, 315)) // 0.0034, 0.0087
 * ```
 */
export function createCorrelatedDebye(path: DebyePath, masses?: readonly number[]): DebyeModel {
  assertFields(path, 'correlated Debye model: a path', ['atoms', 'rnorman'])
  const { atoms, rnorman } = path
  if (!(rnorman > 0))
    throw new OperandoError('E_RANGE', `correlated Debye model: a Norman radius above 0 bohr expected, found ${rnorman}.`)
  const mass = masses ?? atoms.map(({ element }) => atomicWeight(element))
  if (mass.length !== atoms.length) {
    throw new OperandoError(
      'E_SHAPE',
      `correlated Debye model: ${atoms.length} masses expected, one an atom, ${mass.length} found.`,
    )
  }
  const pairs = pairsOf(atoms, mass, Math.cbrt(4.5 * Math.PI) / (rnorman * BOHR_RADIUS * 1e10))
  const rule = gaussLegendre(POINTS, 0, 1)
  return (temperature, theta) => {
    checkTemperatures('correlatedDebyeSigma2', temperature, theta)
    let sum = 0
    for (const { rx, weight } of pairs) sum += weight * correlation(rx, temperature === 0 ? Infinity : theta / temperature, rule)
    return (3 * EINSTEIN_FACTOR * sum) / theta
  }
}

/**
 * Mean-square relative displacement of a path in the correlated Debye model, Å²: the displacements of all atoms of the path in a Debye spectrum of waves, single and multiple scattering alike.
 *
 * @param path        Atoms with positions, and the Norman radius of the calculation in bohr, which tells the density.
 * @param temperature K; 0 gives the zero-point motion.
 * @param theta       Debye temperature, K.
 * @throws OperandoError `E_RANGE` for temperatures that are none, `E_MISSING` for a path without atoms or Norman radius.
 * @see Sevillano, Meuth, Rehr, Phys. Rev. B 20 (1979) 4908; FEFF6, sigms; Larch, sigma2_debye
 * @example
 * ```ts
 * import { correlatedDebyeSigma2 } from 'operando/spectroscopy'
 * const atoms = [0, 2.5478].map(x => ({ label: 'Cu', element: 'Cu', potential: 1, position: [x, 0, 0] as const }))
 * correlatedDebyeSigma2({ atoms, rnorman: 2.63 }, 300, 315) // 0.0087 Å², copper
 * ```
 */
export function correlatedDebyeSigma2(path: DebyePath, temperature: number, theta: number): number {
  return createCorrelatedDebye(path)(temperature, theta)
}

/** Pairs of atoms whose displacements correlate, legs i and j of the path each with its two ends. */
function pairsOf(atoms: DebyePath['atoms'], mass: readonly number[], debyeWavenumber: number): Pair[] {
  const n = atoms.length
  const between = (i: number, j: number): number =>
    Math.hypot(...atoms[i]!.position.map((x, axis) => x - atoms[j]!.position[axis]!))
  const found = new Map<string, Pair>()
  const add = (i: number, j: number, weight: number): void => {
    const rx = debyeWavenumber * between(i, j)
    const key = rx.toFixed(9)
    found.set(key, { rx, weight: (found.get(key)?.weight ?? 0) + weight / Math.sqrt(mass[i]! * mass[j]!) })
  }
  for (let i = 0; i < n; i++) {
    const i1 = (i + 1) % n
    for (let j = i; j < n; j++) {
      const j1 = (j + 1) % n
      let dot = 0
      for (let axis = 0; axis < 3; axis++)
        dot += (atoms[i]!.position[axis]! - atoms[i1]!.position[axis]!) * (atoms[j]!.position[axis]! - atoms[j1]!.position[axis]!)
      // sigma2 = 1/4 sum over all i, j of what half the way changes: pairs i < j count twice
      const weight = ((i === j ? 0.25 : 0.5) * dot) / (between(i, i1) * between(j, j1))
      add(i, j, weight)
      add(i1, j1, weight)
      add(i, j1, -weight)
      add(i1, j, -weight)
    }
  }
  return [...found.values()].filter(pair => pair.weight !== 0)
}

/** Integral from 0 to 1 of sin(w rx) / rx coth(w tx / 2) dw: the zero-point part in closed form, the thermal one by quadrature over where it is not yet 0. */
function correlation(rx: number, tx: number, { nodes, weights }: Quadrature): number {
  const zeroPoint = rx < 1e-4 ? 0.5 - (rx * rx) / 24 : (2 * Math.sin(rx / 2) ** 2) / (rx * rx)
  if (tx === Infinity) return zeroPoint
  const end = Math.min(1, COLD / tx)
  let thermal = 0
  for (let i = 0; i < nodes.length; i++) {
    const w = end * nodes[i]!
    const wave = rx < 1e-6 ? w : Math.sin(w * rx) / rx
    thermal += (end * weights[i]! * wave * 2) / Math.expm1(w * tx)
  }
  return zeroPoint + thermal
}
