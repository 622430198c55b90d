import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'
import type { PrincipalComponents } from './pca.js'

/** A target held against the components of a series. */
export interface TargetTransform {
  /** The target as the components can make it. */
  readonly reproduction: Float64Array
  /** Target minus reproduction. */
  readonly residual: Float64Array
  /** Sum of residual² over sum of target². */
  readonly rFactor: number
  /** Amounts of the components. */
  readonly loadings: Float64Array
  /**
   * Malinowski's SPOIL: error that the target brings along, over that of the data. Below 1.5 excellent, below 3 good, up to 4.5 fair, up to 6 acceptable, above the target is no constituent. Infinity for data without
   * error.
   */
  readonly spoil: number
}

/**
 * Target transformation: whether a reference spectrum can be a constituent of a series, that is, lies in the space of its components.
 *
 * @param found  Result of `pca(series, { centre: false, components: k })` with k the number of constituents.
 * @param target The reference on the same points.
 * @throws OperandoError `E_ARGUMENT` for centred components, `E_SHAPE` for other points.
 * @see E. R. Malinowski, Anal. Chim. Acta 103 (1978) 339
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { pca, targetTransform } from 'operando/series'
 * const [a, b] = [[0, 1, 4, 1, 0, 0], [0, 0, 1, 3, 2, 0]]
 * const values = [0, 0.3, 0.7, 1].flatMap(t => a.map((v, i) => (1 - t) * v + t * b[i]! + 1e-3 * Math.sin(7 * i + 3 * t)))
 * const series = createDataset({ name: 'mu', dims: ['frame', 'energy'], shape: [4, 6], unit: '', values })
 * const two = pca(series, { centre: false, components: 2 })
 * console.log(targetTransform(two, a).rFactor < 1e-4, targetTransform(two, [3, 0, 0, 0, 0, 1]).rFactor > 0.5) // true, true
 * ```
 */
export function targetTransform(found: PrincipalComponents, target: NumbersLike): TargetTransform {
  assertFields(found, 'targetTransform', ['components', 'singularValues', 'mean', 'rank'])
  if (found.mean.values.some(v => v !== 0))
    throw new OperandoError(
      'E_ARGUMENT',
      'targetTransform: components of centred data span differences, not spectra. Use pca(series, { centre: false }).',
    )
  const many = found.components.shape[0]!
  const n = found.components.values.length / many
  const t = asFloat64(target, 'target', { length: n })
  const basis = found.components.values
  const reproduction = new Float64Array(n)
  const loadings = new Float64Array(many)
  let inScores = 0
  for (let c = 0; c < many; c++) {
    let dot = 0
    for (let i = 0; i < n; i++) dot += basis[c * n + i]! * t[i]!
    loadings[c] = dot
    inScores += (dot / found.singularValues[c]!) ** 2
    for (let i = 0; i < n; i++) reproduction[i]! += dot * basis[c * n + i]!
  }
  const residual = t.map((v, i) => v - reproduction[i]!)
  const misfit = residual.reduce((sum, v) => sum + v * v, 0)
  // apparent error of the target, and what of it the errors of the data explain
  const apparent = misfit / Math.max(1, n - many)
  const predicted = inScores * (found.rank.realError[many - 1] ?? 0) ** 2
  const size = t.reduce((sum, v) => sum + v * v, 0)
  return Object.freeze({
    reproduction,
    residual,
    loadings,
    rFactor: size > 0 ? misfit / size : 0,
    spoil: predicted > 0 ? Math.sqrt(Math.max(0, apparent - predicted) / predicted) : misfit > 0 ? Infinity : 0,
  })
}
