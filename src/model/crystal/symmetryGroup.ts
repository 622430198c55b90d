import { OperandoError } from '../../core/errors.js'
import type { Matrix3, Vector3 } from './matrix3.js'
import { compose, formatOperation, operation, operationKey, rotationKey, type SymmetryOperation } from './symmetryOperation.js'

/** Largest number of operations that a space group has in a cell. */
const MOST = 192

/**
 * All operations of the group that generators make (modulo whole translations): the identity first, then each rotation once, then the same
 * again for each lattice centring.
 * @param generators Any operations; none gives the group of the identity.
 * @throws OperandoError `E_FORMAT` when they make more operations than a space group can have.
 */
export function closeGroup(generators: readonly SymmetryOperation[]): SymmetryOperation[] {
  const identity = operation([1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 0, 0])
  const found = new Map<number, SymmetryOperation>([[operationKey(identity), identity]])
  const queue = [identity]
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const generator of generators) {
      const product = compose(generator, next)
      const key = operationKey(product)
      // elements beyond -2 ... 2 have no key of their own; no group of a lattice with sensible axes has them
      if (product.rotation.some(e => Math.abs(e) > 2)) throw notAGroup(generators)
      if (found.has(key)) continue
      found.set(key, product)
      queue.push(product)
      if (found.size > MOST) throw notAGroup(generators)
    }
  }
  return arrange([...found.values()])
}

function notAGroup(generators: readonly SymmetryOperation[]): OperandoError {
  return new OperandoError(
    'E_FORMAT',
    `These operations make no space group (more than ${MOST} operations in a cell): ${generators.map(formatOperation).join('; ')}.`,
  )
}

/** Lattice translations of a set of operations, in 24ths, (0, 0, 0) first. */
export function centringVectors(operations: readonly SymmetryOperation[]): Vector3[] {
  const order = ([x, y, z]: Vector3): number => (x * 24 + y) * 24 + z
  return operations
    .filter(o => isIdentity(o.rotation))
    .map(o => o.translation)
    .sort((x, y) => order(x) - order(y))
}

/** Whether a rotation part is the identity. */
function isIdentity(rotation: Matrix3): boolean {
  return rotation.every((e, i) => e === (i % 4 === 0 ? 1 : 0))
}

/** One operation for each rotation, with the smallest translation, then the same for each centring. */
function arrange(operations: readonly SymmetryOperation[]): SymmetryOperation[] {
  const size = ({ translation: [x, y, z] }: SymmetryOperation): number => (x + y + z) * 24 ** 3 + (z * 24 + y) * 24 + x
  const smallest = new Map<number, SymmetryOperation>()
  for (const o of operations) {
    const key = rotationKey(o.rotation)
    const other = smallest.get(key)
    if (!other || size(o) < size(other)) smallest.set(key, o)
  }
  const [first, ...others] = [...smallest.values()].sort((x, y) => rank(x.rotation) - rank(y.rotation))
  const representatives = [first!, ...others]
  return centringVectors(operations).flatMap(([x, y, z]) =>
    representatives.map(({ rotation, translation: t }) => operation(rotation, [t[0] + x, t[1] + y, t[2] + z])),
  )
}

/** Order of listing: proper rotations before improper ones, the identity before all, then as the matrices come. */
function rank(rotation: Matrix3): number {
  const [a, b, c, d, e, f, g, h, i] = rotation
  const proper = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) > 0
  // diagonal matrices (x,y,z; -x,-y,z ...) come first
  const offDiagonal = [b, c, d, f, g, h].filter(Boolean).length
  return (proper ? 0 : 1e9) + (a + e + i === 3 ? 0 : 1e8) + offDiagonal * 1e7 - rotationKey(rotation) / 1e3
}
