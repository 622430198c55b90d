import type { CombinationParts } from './createLinearCombination.js'
import type { LinearCombinationFit } from './linearCombination.js'

/**
 * Fits one spectrum and works out its errors.
 * @param parts The plan.
 * @param y     Data on the energies that count.
 * @param moved Derivative of the data by the shift, where that was fitted too, and its value.
 */
export function finishLinearCombination(
  parts: CombinationParts,
  y: Float64Array,
  moved?: { readonly slope: Float64Array; readonly value: number; readonly atLimit: boolean },
): LinearCombinationFit {
  const { names, energy, references, weights, basis, solver, options } = parts
  const k = names.length
  const n = energy.length
  const c = new Float64Array(k)
  for (let j = 0; j < k; j++) for (let i = 0; i < n; i++) c[j]! += basis[j * n + i]! * y[i]! * weights[i]!
  const w = new Float64Array(k)
  const free = solver.solve(c, 0, w, 0)
  const fit = new Float64Array(n)
  for (let j = 0; j < k; j++) for (let i = 0; i < n; i++) fit[i]! += w[j]! * references[j * n + i]!
  let chiSquare = 0
  let plain = 0
  let size = 0
  const residual = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    residual[i] = y[i]! - fit[i]!
    chiSquare += (residual[i]! * weights[i]!) ** 2
    plain += residual[i]! ** 2
    size += y[i]! ** 2
  }
  const operator = solver.operatorOf(free)
  const unknowns = (operator?.unknowns ?? 0) + (moved ? 1 : 0)
  const reducedChiSquare = chiSquare / Math.max(1, n - unknowns)
  const variance = options.scaleErrors === false ? 1 : n > unknowns ? reducedChiSquare : 0
  const covariance = covarianceOf(parts, operator?.matrix ?? new Float64Array(k * k), variance, moved?.slope)
  const width = moved ? k + 1 : k
  const known = variance > 0
  const components = names.map((name, j) => {
    const atBound = (free & (1 << j)) === 0
    const sigma = Math.sqrt(covariance[j * width + j]!)
    return { name, weight: w[j]!, ...(atBound || !known ? {} : { sigma }), atBound }
  })
  let sumVariance = 0
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) sumVariance += covariance[i * width + j]!
  const closed = options.sum === 'one'
  const shift = moved && { value: moved.value, sigma: Math.sqrt(covariance[k * width + k]!), atLimit: moved.atLimit }
  return Object.freeze({
    components,
    sum: w.reduce((a, b) => a + b, 0),
    sumSigma: closed ? 0 : Math.sqrt(Math.max(0, sumVariance)),
    covariance,
    ...(shift ? { shift } : {}),
    energy,
    fit,
    residual,
    points: n,
    unknowns,
    chiSquare,
    reducedChiSquare,
    rFactor: plain / size,
  })
}

/**
 * Covariance of the weights, w = M c; with a shift s that changes the data by `slope` a unit, that of both together: the weights follow the shift by M Q^T slope, and the shift is known from what of
 * `slope` the weights cannot imitate.
 */
function covarianceOf(
  parts: CombinationParts,
  matrix: Float64Array,
  variance: number,
  slope: Float64Array | undefined,
): Float64Array {
  const { basis, triangle, weights, energy } = parts
  const n = energy.length
  const k = parts.names.length
  const width = slope ? k + 1 : k
  const covariance = new Float64Array(width * width)
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) {
      let sum = 0
      for (let l = 0; l < k; l++) sum += matrix[i * k + l]! * matrix[j * k + l]!
      covariance[i * width + j] = variance * sum
    }
  if (!slope) return covariance
  const projected = new Float64Array(k)
  for (let l = 0; l < k; l++) for (let i = 0; i < n; i++) projected[l]! += basis[l * n + i]! * slope[i]! * weights[i]!
  const response = new Float64Array(k)
  for (let j = 0; j < k; j++) for (let l = 0; l < k; l++) response[j]! += matrix[j * k + l]! * projected[l]!
  // what is left of the slope after the weights have followed
  let left = 0
  const followed = new Float64Array(n)
  for (let l = 0; l < k; l++) {
    let along = 0
    for (let j = 0; j < k; j++) along += triangle[j * k + l]! * response[j]!
    for (let i = 0; i < n; i++) followed[i]! += along * basis[l * n + i]!
  }
  for (let i = 0; i < n; i++) left += (slope[i]! * weights[i]! - followed[i]!) ** 2
  const shiftVariance = left > 0 ? variance / left : 0
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) covariance[i * width + j]! += response[i]! * response[j]! * shiftVariance
    covariance[i * width + k] = covariance[k * width + i] = response[i]! * shiftVariance
  }
  covariance[k * width + k] = shiftVariance
  return covariance
}
