import { choleskyFactor } from '../linear/cholesky.js'
import { gram } from '../linear/gram.js'
import { householderQr, solveUpperTransposed } from '../linear/householder.js'

/** Below this scaled Cholesky pivot the normal equations lose half of the digits: QR of the Jacobian takes over. */
const WORST_PIVOT = 1e-7

/** The linear problem |J d + f| at a point, reduced to k x k: |R d + q| differs from it by a constant. */
export interface LocalModel {
  /** R, upper triangle, k x k by columns. */
  readonly r: Float64Array
  /** q, k values. */
  readonly q: Float64Array
  /** Half the gradient of the cost, J^T f. */
  readonly gradient: Float64Array
  /** Lengths of the columns of J. */
  readonly norms: Float64Array
  /** How it was made last: sticky once QR was needed. */
  solver: 'normal-equations' | 'qr'
  /**
   * Reduces J and f.
   * @param system J by columns, then f as one more column; overwritten where QR is used.
   * @returns False when something in it is not finite.
   */
  reduce(system: Float64Array): boolean
}

/** Sum over products of `gram`, or a faster twin of it. */
export type GramKernel = typeof gram

/**
 * Makes the reducer for n x k problems, with its buffers.
 * @param n      Rows.
 * @param k      Columns.
 * @param solver Which way, `auto` for Cholesky until it is ill-conditioned.
 * @param kernel The kernel of the normal equations.
 */
export function createLocalModel(
  n: number,
  k: number,
  solver: 'auto' | 'normal-equations' | 'qr',
  kernel: GramKernel = gram,
): LocalModel {
  const width = k + 1
  const products = new Float64Array(width * width)
  const model: LocalModel = {
    r: new Float64Array(k * k),
    q: new Float64Array(k),
    gradient: new Float64Array(k),
    norms: new Float64Array(k),
    solver: solver === 'qr' ? 'qr' : 'normal-equations',
    reduce(system) {
      const { r, q, gradient, norms } = model
      if (model.solver === 'normal-equations') {
        kernel(system, n, width, products)
        for (let j = 0; j < k; j++) {
          gradient[j] = products[j * width + k]!
          norms[j] = Math.sqrt(products[j * width + j]!)
        }
        if (!finite(gradient) || !finite(norms)) return false
        const pivot = choleskyFactor(products, width, k, r)
        if (pivot >= WORST_PIVOT || (solver === 'normal-equations' && pivot > 0)) {
          q.set(gradient)
          solveUpperTransposed(r, k, k, q)
          return true
        }
        model.solver = 'qr'
      } else if (!gradientOf(system, n, k, gradient, norms)) return false
      const residual = system.subarray(k * n, width * n)
      householderQr(system, n, k, residual)
      for (let j = 0; j < k; j++) {
        q[j] = residual[j]!
        for (let i = 0; i < k; i++) r[j * k + i] = i <= j ? system[j * n + i]! : 0
      }
      return true
    },
  }
  return model
}

function gradientOf(system: Float64Array, n: number, k: number, gradient: Float64Array, norms: Float64Array): boolean {
  for (let j = 0; j < k; j++) {
    let dot = 0
    let square = 0
    for (let i = 0; i < n; i++) {
      const a = system[j * n + i]!
      dot += a * system[k * n + i]!
      square += a * a
    }
    gradient[j] = dot
    norms[j] = Math.sqrt(square)
  }
  return finite(gradient) && finite(norms)
}

function finite(x: Float64Array): boolean {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i])) return false
  return true
}
