import { OperandoError } from '../../core/index.js'

/** Nodes and weights of a quadrature rule. */
export interface Quadrature {
  /** Where to evaluate, n values, rising. */
  readonly nodes: Float64Array
  /** What each counts, n values. */
  readonly weights: Float64Array
}

/**
 * Gauss-Legendre rule: the integral of f over an interval is the sum of weight x f(node), exact for polynomials up to degree 2n - 1.
 * @param count Number of nodes n, 1 to 10000.
 * @param from  Lower end. Default -1.
 * @param to    Upper end. Default 1.
 * @throws OperandoError `E_RANGE` for a count that is no whole number of that range.
 * @see W. H. Press et al., Numerical Recipes, 3rd ed. (2007), 4.6: Newton's method on the Legendre polynomial
 * @example
 * ```ts
 * import { gaussLegendre } from 'operando/numeric'
 * const { nodes, weights } = gaussLegendre(8, 0, Math.PI)
 * nodes.reduce((sum, x, i) => sum + weights[i]! * Math.sin(x), 0) // 2
 * ```
 */
export function gaussLegendre(count: number, from = -1, to = 1): Quadrature {
  if (!(Number.isInteger(count) && count >= 1 && count <= 10000))
    throw new OperandoError('E_RANGE', `gaussLegendre: ${count} nodes; a whole number from 1 to 10000 expected.`)
  const nodes = new Float64Array(count)
  const weights = new Float64Array(count)
  const middle = (from + to) / 2
  const half = (to - from) / 2
  for (let i = 0; i < Math.ceil(count / 2); i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step++) {
      let p = 1
      let before = 0
      for (let k = 1; k <= count; k++) {
        const next = ((2 * k - 1) * x * p - (k - 1) * before) / k
        before = p
        p = next
      }
      slope = (count * (x * p - before)) / (x * x - 1)
      const move = p / slope
      x -= move
      if (Math.abs(move) < 1e-15) break
    }
    const weight = (2 * half) / ((1 - x * x) * slope * slope)
    nodes[i] = middle - half * x
    nodes[count - 1 - i] = middle + half * x
    weights[i] = weight
    weights[count - 1 - i] = weight
  }
  return { nodes, weights }
}
