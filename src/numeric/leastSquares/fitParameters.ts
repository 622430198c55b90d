import type { FitParameter } from '../fitResult.js'
import type { ParameterSpace } from './parameterSpace.js'
import type { ParameterInput } from './types.js'

/**
 * The parameters of a result: values, errors, correlations, errors of tied ones propagated.
 *
 * @param inputs     As the caller gave them.
 * @param space      The same, compiled.
 * @param initial    All values at the start.
 * @param all        All values at the end.
 * @param covariance Covariance of the varied ones, k x k, or null.
 */
export function describeParameters(
  inputs: readonly ParameterInput[],
  space: ParameterSpace,
  initial: Float64Array,
  all: Float64Array,
  covariance: Float64Array | null,
): Record<string, FitParameter> {
  const { free, ties } = space
  const k = free.length
  const varied = new Map<number, number>()
  for (let j = 0; j < k; j++) varied.set(free[j]!, j)
  const tied = new Map(ties.map((tie, t) => [tie.target, t]))
  const slopes = new Float64Array(ties.length * k)
  if (covariance && ties.length > 0) space.slopes(all, slopes)

  const parameters: Record<string, FitParameter> = {}
  inputs.forEach((input, i) => {
    const j = varied.get(i)
    const t = tied.get(i)
    const value = all[i]!
    const min = input.min ?? -Infinity
    const max = input.max ?? Infinity
    let standardError: number | null = null
    if (covariance && j !== undefined) standardError = Math.sqrt(covariance[j * k + j]!)
    if (covariance && t !== undefined) standardError = quadraticForm(covariance, slopes.subarray(t * k, t * k + k))
    const atBound = j === undefined ? undefined : value === min ? 'min' : value === max ? 'max' : undefined
    parameters[input.name] = {
      name: input.name,
      value,
      standardError,
      initial: initial[i]!,
      min,
      max,
      varied: j !== undefined,
      ...(atBound && { atBound }),
      ...(t !== undefined && { tie: ties[t]!.text }),
      correlations: j === undefined || !covariance ? {} : correlations(covariance, space, j),
    }
  })
  return parameters
}

function quadraticForm(covariance: Float64Array, slope: Float64Array): number {
  const k = slope.length
  let variance = 0
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) variance += slope[i]! * covariance[i * k + j]! * slope[j]!
  return Math.sqrt(Math.max(0, variance))
}

function correlations(covariance: Float64Array, { names, free }: ParameterSpace, j: number): Record<string, number> {
  const k = free.length
  const found: Record<string, number> = {}
  for (let m = 0; m < k; m++) {
    if (m === j) continue
    const product = covariance[j * k + j]! * covariance[m * k + m]!
    found[names[free[m]!]!] = product > 0 ? covariance[j * k + m]! / Math.sqrt(product) : 0
  }
  return found
}
