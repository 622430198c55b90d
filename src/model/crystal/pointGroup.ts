import { determinant3, type Matrix3 } from './matrix3.js'
import { rotationKey, type SymmetryOperation } from './symmetryOperation.js'

/** The eleven Laue classes: what diffraction shows of the point group when Friedel's law holds. */
export type LaueClass = '-1' | '2/m' | 'mmm' | '4/m' | '4/mmm' | '-3' | '-3m' | '6/m' | '6/mmm' | 'm-3' | 'm-3m'

/** The seven crystal systems. */
export type CrystalSystem = 'triclinic' | 'monoclinic' | 'orthorhombic' | 'tetragonal' | 'trigonal' | 'hexagonal' | 'cubic'

/** What the rotation parts of a space group say. */
export interface PointGroupFacts {
  /** One of the 32 point groups by its Hermann-Mauguin symbol, e.g. `mmm`, `-42m`, `-62m`; orientation is not told. */
  readonly pointGroup: string
  /** Laue class. */
  readonly laueClass: LaueClass
  /** Crystal system. */
  readonly crystalSystem: CrystalSystem
  /** Whether there is an inversion centre (not necessarily at the origin). */
  readonly isCentrosymmetric: boolean
}

/** Laue class, then the groups without inversion: rotations only; mixed with half their rotations proper, the higher axis proper or not. */
const GROUPS: Readonly<
  Record<LaueClass, readonly [system: CrystalSystem, rotations: string, mixed: string, mixedImproper: string]>
> = {
  '-1': ['triclinic', '1', '', ''],
  '2/m': ['monoclinic', '2', 'm', 'm'],
  mmm: ['orthorhombic', '222', 'mm2', 'mm2'],
  '4/m': ['tetragonal', '4', '-4', '-4'],
  '4/mmm': ['tetragonal', '422', '4mm', '-42m'],
  '-3': ['trigonal', '3', '', ''],
  '-3m': ['trigonal', '32', '3m', '3m'],
  '6/m': ['hexagonal', '6', '-6', '-6'],
  '6/mmm': ['hexagonal', '622', '6mm', '-62m'],
  'm-3': ['cubic', '23', '', ''],
  'm-3m': ['cubic', '432', '-43m', '-43m'],
}

/** Order of a rotation from its trace, for proper ones. */
const ORDER_OF_TRACE: Readonly<Record<number, number>> = { 3: 1, [-1]: 2, 0: 3, 1: 4, 2: 6 }

/** Point group, Laue class and system of a closed list of operations. */
export function pointGroupOf(operations: readonly SymmetryOperation[]): PointGroupFacts {
  const rotations = distinctRotations(operations)
  const orders = (parity: 1 | -1): number[] =>
    rotations.filter(r => determinant3(r) === parity).map(r => ORDER_OF_TRACE[parity * (r[0] + r[4] + r[8])]!)
  const [proper, improper] = [orders(1), orders(-1)]
  const isCentrosymmetric = improper.includes(1)
  // times the inversion, every improper rotation is a proper one of the Laue class
  const all = isCentrosymmetric ? proper : [...proper, ...improper]
  const four = all.includes(4)
  const six = all.includes(6)
  const laueClass = laueOf(all.length, four, six)
  const [crystalSystem, rotationsOnly, mixed, mixedImproper] = GROUPS[laueClass]
  const highest = proper.includes(4) || proper.includes(6)
  const pointGroup = isCentrosymmetric ? laueClass : improper.length === 0 ? rotationsOnly : highest ? mixed : mixedImproper
  return { pointGroup, laueClass, crystalSystem, isCentrosymmetric }
}

/** The Laue class from the number of its proper rotations and whether fourfold and sixfold ones are among them. */
function laueOf(order: number, four: boolean, six: boolean): LaueClass {
  switch (order) {
    case 1:
      return '-1'
    case 2:
      return '2/m'
    case 3:
      return '-3'
    case 4:
      return four ? '4/m' : 'mmm'
    case 6:
      return six ? '6/m' : '-3m'
    case 8:
      return '4/mmm'
    case 12:
      return six ? '6/mmm' : 'm-3'
    default:
      return 'm-3m'
  }
}

/** The rotation parts, each once. */
export function distinctRotations(operations: readonly SymmetryOperation[]): Matrix3[] {
  return [...new Map(operations.map(o => [rotationKey(o.rotation), o.rotation])).values()]
}
