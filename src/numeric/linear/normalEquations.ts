import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { OperandoError } from '../../core/index.js'
import type { Kernels } from '../wasm/kernels.js'
import { createGram } from './createGram.js'

/** Options of {@link createNormalEquations}. */
export interface NormalEquationsOptions {
  /** SIMD kernels of `loadKernels()`; plain TypeScript if absent. Results differ by the order of summation only: some 1e-15 of |a| |b|. */
  kernels?: Kernels | undefined
}

const OPTIONS: FieldsOf<NormalEquationsOptions> = { kernels: true }

/** Normal equations of a least-squares problem: see {@link createNormalEquations}. */
export interface NormalEquations {
  /** J by columns: the derivatives by parameter j are jacobian[j n] to jacobian[(j + 1) n - 1]. Written by the caller. */
  readonly jacobian: Float64Array
  /** The residuals r, n values. Written by the caller. */
  readonly residual: Float64Array
  /** J^T J, row-major k x k, symmetric; as of the last `update`. */
  readonly matrix: Float64Array
  /** J^T r, k values; as of the last `update`. */
  readonly gradient: Float64Array
  /** Sum of squares of r; as of the last `update`. */
  readonly sumOfSquares: number
  /** Computes the products anew. */
  update(): void
}

/**
 * A plan for J^T J and J^T r of n points and k parameters: the caller fills `jacobian` and `residual` (which lie in the kernel's memory, if
 * there is one), calls `update`, and reads the products; nothing is allocated or copied on the way.
 *
 * @param points     n, >= 1.
 * @param parameters k, >= 1.
 * @param options    Kernels.
 * @throws OperandoError `E_RANGE` when a number is no whole number >= 1.
 * @example
 * ```ts
 * import { createNormalEquations } from 'operando/numeric'
 * const equations = createNormalEquations(3, 2)
 * equations.jacobian.set([1, 1, 1, 0, 1, 2]) // a constant, a slope
 * equations.residual.set([1, 3, 5])
 * equations.update()
 * console.log(equations.matrix, equations.gradient) // 3, 3, 3, 5 and 9, 13
 * ```
 */
export function createNormalEquations(points: number, parameters: number, options: NormalEquationsOptions = {}): NormalEquations {
  assertKnown(options, 'createNormalEquations options', OPTIONS)
  const { kernels } = options
  for (const [name, n] of [
    ['points', points],
    ['parameters', parameters],
  ] as const) {
    if (Number.isSafeInteger(n) && n >= 1) continue
    throw new OperandoError('E_RANGE', `${name}: a whole number >= 1 expected, found ${n}.`, { details: { name, found: n } })
  }
  const width = parameters + 1
  const gram = createGram(points, width, kernels)
  const products = new Float64Array(width * width)
  const matrix = new Float64Array(parameters * parameters)
  const gradient = new Float64Array(parameters)
  return {
    jacobian: gram.vectors.subarray(0, points * parameters),
    residual: gram.vectors.subarray(points * parameters),
    matrix,
    gradient,
    get sumOfSquares() {
      return products[width * width - 1]!
    },
    update(): void {
      gram.compute(products)
      for (let i = 0; i < parameters; i++) {
        for (let j = 0; j < parameters; j++) matrix[i * parameters + j] = products[i * width + j]!
        gradient[i] = products[i * width + parameters]!
      }
    },
  }
}
