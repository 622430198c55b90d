import { createFractionSolver, MOST_FRACTIONS } from '../../numeric/linear/fractionSolver.js'
import { createNnls } from '../../numeric/linear/nnls.js'
import { orthonormalRows } from '../../numeric/linear/orthonormalRows.js'
import { projectRows } from '../../numeric/linear/projectRows.js'

/**
 * Non-negative amounts of k vectors in each row of a matrix, by least squares.
 * @param data    rows x n.
 * @param rows    Rows.
 * @param vectors k x n.
 * @param k       Vectors.
 * @param n       Values of a row.
 * @returns rows x k.
 */
export function nonNegativeRows(data: Float64Array, rows: number, vectors: Float64Array, k: number, n: number): Float64Array {
  if (k > MOST_FRACTIONS) {
    const columns = new Float64Array(n * k)
    for (let j = 0; j < k; j++) for (let i = 0; i < n; i++) columns[i * k + j] = vectors[j * n + i]!
    return createNnls(columns, n, k).solveAll(data).x
  }
  const { basis, triangle } = orthonormalRows(vectors, k, n)
  const padded = new Float64Array(Math.ceil(k / 3) * 3 * n)
  padded.set(basis)
  const products = new Float64Array(rows * (k + 1))
  projectRows(data, 0, n, rows, padded, k, n, products)
  const solver = createFractionSolver(triangle, k, { closed: false, nonNegative: true })
  const out = new Float64Array(rows * k)
  for (let row = 0; row < rows; row++) solver.solve(products, row * (k + 1), out, row * k)
  return out
}
