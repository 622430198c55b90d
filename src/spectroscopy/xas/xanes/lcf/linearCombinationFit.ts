import type { NumbersLike } from '../../../../core/arrays.js'
import type { Dataset } from '../../../../model/dataset.js'
import { readSpectrum } from '../../../spectrum.js'
import { createLinearCombination } from './createLinearCombination.js'
import type { LinearCombinationFit, LinearCombinationOptions } from './linearCombination.js'
import type { ReferenceSpectrum } from './references.js'

/**
 * Linear combination fit: a normalised spectrum as a weighted sum of references.
 *
 * Weights are free unless `sum: 'one'` closes them, and may be negative unless `negative: false`: both a sum beside one and a weight below zero tell of normalisation, energy scale or a missing
 * reference, and are hidden by constraints. Errors come from the full covariance; that of a closed sum's last weight as well. Points of an averaged quick scan are correlated: chi-square and
 * errors are then too small.
 *
 * @param energy     eV, n values, strictly rising.
 * @param mu         Normalised absorption, n values.
 * @param references 1 to 12 spectra, normalised alike, each at least as wide as the range.
 * @param options    Range, sum, bounds, shift, errors.
 * @throws OperandoError as `createLinearCombination`.
 * @see docs/xanes.md
 * @example
 * ```ts
 * import { linearCombinationFit } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 101 }, (_, i) => 8320 + 0.5 * i)
 * const edge = (at: number) => energy.map(e => 0.5 + Math.atan((e - at) / 1.5) / Math.PI)
 * const references = [{ name: 'reduced', energy, mu: edge(8343) }, { name: 'oxidised', energy, mu: edge(8345) }]
 * const mu = edge(8343).map((v, i) => 0.3 * v + 0.7 * edge(8345)[i]!)
 * const { components, rFactor } = linearCombinationFit(energy, mu, references, { range: [8330, 8365] })
 * for (const { name, weight, sigma } of components) console.log(name, weight, sigma)
 * ```
 */
export function linearCombinationFit(
  energy: NumbersLike,
  mu: NumbersLike,
  references: readonly ReferenceSpectrum[],
  options?: LinearCombinationOptions,
): LinearCombinationFit
export function linearCombinationFit(
  spectrum: Dataset,
  references: readonly ReferenceSpectrum[],
  options?: LinearCombinationOptions,
): LinearCombinationFit
export function linearCombinationFit(
  first: NumbersLike | Dataset,
  second: NumbersLike | readonly ReferenceSpectrum[],
  third?: readonly ReferenceSpectrum[] | LinearCombinationOptions,
  fourth?: LinearCombinationOptions,
): LinearCombinationFit {
  const isDataset = typeof first === 'object' && first !== null && 'dims' in first
  const { energy, mu } = isDataset
    ? readSpectrum('linearCombinationFit', first)
    : readSpectrum('linearCombinationFit', first, second as NumbersLike)
  const references = (isDataset ? second : third) as readonly ReferenceSpectrum[]
  const options = ((isDataset ? third : fourth) ?? {}) as LinearCombinationOptions
  return createLinearCombination(energy, references, options).fit(mu)
}
