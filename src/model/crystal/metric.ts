import { assertFields } from '../../core/fields.js'
import { fullMatrix, type Matrix3, type Symmetric3 } from './matrix3.js'
import { type CellNumbers, createUnitCell, type UnitCell } from './unitCell.js'

const RADIAN = Math.PI / 180

/** Metric tensor as its elements a.a, b.b, c.c, b.c, a.c, a.b in Å². */
export function metricElements(cell: UnitCell): Symmetric3 {
  if (!Number.isFinite(cell?.gamma)) assertFields(cell, 'a unit cell', ['a', 'b', 'c', 'alpha', 'beta', 'gamma'])
  const { a, b, c, alpha, beta, gamma } = cell
  return [a * a, b * b, c * c, b * c * cosine(alpha), a * c * cosine(beta), a * b * cosine(gamma)]
}

/** Exact at 90 degrees, where Math.cos leaves 6e-17 and cells would look skewed. */
function cosine(degrees: number): number {
  return degrees === 90 ? 0 : Math.cos(degrees * RADIAN)
}

/**
 * The metric tensor of a cell: the scalar products of its edges.
 * @param cell The unit cell.
 * @returns 3 x 3, row-major, Å².
 * @example
 * ```ts
 * import { createUnitCell, metricTensor } from 'operando'
 * metricTensor(createUnitCell({ a: 2, b: 3, c: 4 })) // [4, 0, 0, 0, 9, 0, 0, 0, 16]
 * ```
 */
export function metricTensor(cell: UnitCell): Matrix3 {
  return fullMatrix(metricElements(cell))
}

/** Covariance of a, b, c, alpha, beta, gamma (6 x 6, Å and degrees); undefined when the cell carries no uncertainty. See `UnitCell.covariance`. */
export function cellCovariance(cell: UnitCell): Float64Array | undefined {
  if (cell.covariance) return cell.covariance
  const { sigma } = cell
  if (!sigma) return undefined
  const p = [cell.a, cell.b, cell.c, cell.alpha, cell.beta, cell.gamma]
  const out = new Float64Array(36)
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < 6; j++) {
      const alike = i < 3 === j < 3 && p[i] === p[j] && sigma[i] === sigma[j] && (i < 3 || (p[i] !== 90 && p[i] !== 120))
      if (i === j || alike) out[6 * i + j] = sigma[i]! * sigma[j]!
    }
  }
  return out
}

/** Derivatives of the six metric elements by a, b, c, alpha, beta, gamma: 6 x 6 row-major, one row for each element. */
function metricJacobian({ a, b, c, alpha, beta, gamma }: UnitCell): Float64Array {
  const [ca, cb, cg] = [cosine(alpha), cosine(beta), cosine(gamma)]
  const sine = (degrees: number): number => Math.sin(degrees * RADIAN) * RADIAN
  return Float64Array.of(
    ...[2 * a, 0, 0, 0, 0, 0],
    ...[0, 2 * b, 0, 0, 0, 0],
    ...[0, 0, 2 * c, 0, 0, 0],
    ...[0, c * ca, b * ca, -b * c * sine(alpha), 0, 0],
    ...[c * cb, 0, a * cb, 0, -a * c * sine(beta), 0],
    ...[b * cg, a * cg, 0, 0, 0, -a * b * sine(gamma)],
  )
}

/**
 * Covariance of numbers that hang on the metric elements of a cell; undefined when the cell carries no uncertainty. The derivatives are
 * multiplied first and meet the covariance once: step by step, through the covariance of the metric, terms would cancel twice over.
 * @param cell     The cell with its uncertainty.
 * @param jacobian Derivatives by the metric elements, n x 6.
 * @returns n x n.
 */
export function covarianceFrom(cell: UnitCell, jacobian: ArrayLike<number>): Float64Array | undefined {
  const covariance = cellCovariance(cell)
  return covariance && propagate(multiply6(jacobian, metricJacobian(cell)), covariance)
}

/** Product of an n x 6 and a 6 x 6 matrix. An element that is nothing but rounding of cancelled terms becomes 0. */
function multiply6(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const out = new Float64Array(x.length)
  for (let i = 0; i < x.length / 6; i++) {
    for (let j = 0; j < 6; j++) {
      let sum = 0
      let size = 0
      for (let k = 0; k < 6; k++) {
        const term = x[6 * i + k]! * y[6 * k + j]!
        sum += term
        size += Math.abs(term)
      }
      out[6 * i + j] = Math.abs(sum) > 4e-15 * size ? sum : 0
    }
  }
  return out
}

/**
 * Covariance of linear functions of six numbers: J C J'. A variance that is nothing but rounding of cancelled terms becomes 0, and with it its row.
 * @param jacobian   n x 6.
 * @param covariance 6 x 6.
 */
function propagate(jacobian: ArrayLike<number>, covariance: ArrayLike<number>): Float64Array {
  const n = jacobian.length / 6
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0
      let size = 0
      for (let k = 0; k < 6; k++) {
        for (let l = 0; l < 6; l++) {
          const term = jacobian[6 * i + k]! * covariance[6 * k + l]! * jacobian[6 * j + l]!
          sum += term
          size += Math.abs(term)
        }
      }
      out[n * i + j] = i !== j || sum > 1e-13 * size ? sum : 0
    }
  }
  for (let i = 0; i < n; i++) {
    if (out[(n + 1) * i] !== 0) continue
    for (let j = 0; j < n; j++) {
      out[n * i + j] = 0
      out[n * j + i] = 0
    }
  }
  return out
}

/**
 * The cell whose metric elements these are, with the uncertainty that follows from that of the cell it was made of.
 * @param metric   Its metric elements.
 * @param from     The cell it was made of.
 * @param jacobian Derivatives of the new metric elements by the old ones, 6 x 6.
 */
export function cellFromMetric(metric: Symmetric3, from: UnitCell, jacobian: ArrayLike<number>): UnitCell {
  const [a, b, c] = [Math.sqrt(metric[0]), Math.sqrt(metric[1]), Math.sqrt(metric[2])]
  const angle = (product: number, x: number, y: number): number => (product === 0 ? 90 : Math.acos(product / (x * y)) / RADIAN)
  const numbers: CellNumbers = [a, b, c, angle(metric[3], b, c), angle(metric[4], a, c), angle(metric[5], a, b)]
  const inner = new Float64Array(36) // the six numbers by the metric elements
  for (let i = 0; i < 3; i++) {
    inner[7 * i] = 1 / (2 * numbers[i]!)
    const [j, k] = [(i + 1) % 3, (i + 2) % 3]
    const row = 6 * (3 + i)
    const cosine = metric[3 + i]! / (numbers[j]! * numbers[k]!)
    const f = -1 / (Math.sin(numbers[3 + i]! * RADIAN) * RADIAN)
    inner[row + 3 + i] = f / (numbers[j]! * numbers[k]!)
    inner[row + j] = (-f * cosine) / (2 * metric[j]!)
    inner[row + k] = (-f * cosine) / (2 * metric[k]!)
  }
  const [, , , alpha, beta, gamma] = numbers
  return createUnitCell({ a, b, c, alpha, beta, gamma, covariance: covarianceFrom(from, multiply6(inner, jacobian)) })
}
