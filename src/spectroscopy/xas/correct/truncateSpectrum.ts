import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Dataset } from '../../../model/dataset.js'
import { readSpectrum, type Spectrum } from '../../spectrum.js'

/** What is kept of a spectrum. */
export interface TruncateOptions {
  /** First energy, eV. Default the first of the data. */
  from?: number | undefined
  /** Last energy, eV. Default the last of the data. */
  to?: number | undefined
}

const OPTIONS: FieldsOf<TruncateOptions> = { from: true, to: true }

/**
 * The part of a spectrum between two energies, both included.
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options From, to.
 * @throws OperandoError `E_RANGE` where less than 5 points are left, with what the data reach; `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { truncateSpectrum } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 100 }, (_, i) => 7100 + i)
 * truncateSpectrum(energy, energy.map(e => e / 7000), { to: 7150 }).energy.length // 51
 * ```
 */
export function truncateSpectrum(energy: NumbersLike, mu: NumbersLike, options: TruncateOptions): Spectrum
export function truncateSpectrum(data: Dataset<'energy'>, options: TruncateOptions): Spectrum
export function truncateSpectrum(
  first: NumbersLike | Dataset,
  second?: NumbersLike | TruncateOptions,
  third?: TruncateOptions,
): Spectrum {
  const { energy, mu, options } = readSpectrum<TruncateOptions>('truncateSpectrum', first, second, third)
  assertKnown(options, 'truncateSpectrum options', OPTIONS)
  const { from = -Infinity, to = Infinity } = options
  const inside = Array.from(energy.keys()).filter(i => energy[i]! >= from && energy[i]! <= to)
  if (inside.length < 5) {
    throw new OperandoError(
      'E_RANGE',
      `truncateSpectrum: ${inside.length} points lie between ${from} and ${to} eV, at least 5 expected; the data reach from ${energy[0]} to ${energy.at(-1)} eV.`,
    )
  }
  const [low, high] = [inside[0]!, inside.at(-1)! + 1]
  return { energy: energy.slice(low, high), mu: mu.slice(low, high) }
}
