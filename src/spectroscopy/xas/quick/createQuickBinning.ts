import { asFloat64, assertRising, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'

/** What fell into the bins. */
export interface BinnedScan {
  /** Mean absorption, m values; NaN where no sample fell. */
  readonly mu: Float64Array
  /** Standard error of the mean from the scatter of the samples in the bin, m values; NaN below two samples. It takes samples for independent: see {@link averageScans}. */
  readonly sigma: Float64Array
  /** Samples, m values. */
  readonly counts: Uint32Array
}

/** Bins for streams of a quick monochromator: samples are added piece by piece. */
export interface QuickBinning {
  /** Energies of the bins, eV, m values. */
  readonly energy: Float64Array
  /**
   * Adds samples of absorption. Kernel.
   * @param energy Exactly a Float64Array, eV.
   * @param mu     Exactly a Float64Array of as many values.
   * @param from   First sample. Default 0.
   * @param to     The sample after the last. Default all.
   */
  add(energy: Float64Array, mu: Float64Array, from?: number, to?: number): void
  /**
   * Adds samples of two counters: their mu is ln(over/under). Samples where either is not above 0 are passed over and counted. Kernel.
   * @param energy Exactly a Float64Array, eV.
   * @param over   Exactly a Float64Array of as many values: i0 for transmission, i1 for a reference behind the sample.
   * @param under  As many: i1, or i2.
   * @param from   First sample. Default 0.
   * @param to     The sample after the last. Default all.
   */
  addCounters(energy: Float64Array, over: Float64Array, under: Float64Array, from?: number, to?: number): void
  /** What is in the bins. */
  result(): BinnedScan
  /** Samples without a logarithm since the last `clear`. */
  readonly skipped: number
  /** Empties the bins. */
  clear(): void
}

/**
 * Bins of a quick-XAS stream on a grid of energies, such as {@link xasGrid} makes: a sample belongs to the energy to which it is nearest; samples more than half a step outside are left out. The mean is that of mu, not the
 * logarithm of mean counts, which noise and drifting flux would bend.
 *
 * @param grid Energies, eV, m >= 2 values, strictly rising.
 * @throws OperandoError `E_AXIS`, `E_NAN`, `E_RANGE`.
 * @example
 * ```ts
 * import { createQuickBinning } from 'operando/spectroscopy'
 * const bins = createQuickBinning([8330, 8331, 8332])
 * bins.add(Float64Array.of(8330.1, 8330.9, 8331.2, 8331.4), Float64Array.of(0.1, 0.4, 0.5, 0.6))
 * bins.result() // mu 0.1, 0.5, NaN; counts 1, 3, 0
 * ```
 */
export function createQuickBinning(grid: NumbersLike): QuickBinning {
  const energies = asFloat64(grid, 'grid').slice()
  assertRising(energies, 'grid')
  const m = energies.length
  if (m < 2) throw new OperandoError('E_RANGE', `createQuickBinning: at least 2 energies expected, ${m} found.`)
  const edges = new Float64Array(m + 1)
  for (let i = 1; i < m; i++) edges[i] = (energies[i - 1]! + energies[i]!) / 2
  edges[0] = 1.5 * energies[0]! - 0.5 * energies[1]!
  edges[m] = 1.5 * energies[m - 1]! - 0.5 * energies[m - 2]!
  const state = { skipped: 0 }
  // the sum, the sum of squares, and the count of a bin lie side by side
  const sums = new Float64Array(3 * m)

  const add = (energy: Float64Array, mu: Float64Array, from = 0, to: number = energy.length): void => {
    checkStretch(energy, [mu], from, to)
    let bin = 0
    for (let i = from; i < to; i++) {
      const e = energy[i]!
      if (!(e >= edges[0]! && e < edges[m]!)) continue
      // a monochromator goes on where it was
      while (e < edges[bin]!) bin--
      while (e >= edges[bin + 1]!) bin++
      const v = mu[i]!
      sums[3 * bin]! += v
      sums[3 * bin + 1]! += v * v
      sums[3 * bin + 2]! += 1
    }
  }
  const addCounters = (
    energy: Float64Array,
    over: Float64Array,
    under: Float64Array,
    from = 0,
    to: number = energy.length,
  ): void => {
    checkStretch(energy, [over, under], from, to)
    let bin = 0
    for (let i = from; i < to; i++) {
      const e = energy[i]!
      if (!(e >= edges[0]! && e < edges[m]!)) continue
      while (e < edges[bin]!) bin--
      while (e >= edges[bin + 1]!) bin++
      if (!(over[i]! > 0 && under[i]! > 0)) {
        state.skipped++
        continue
      }
      const v = Math.log(over[i]! / under[i]!)
      sums[3 * bin]! += v
      sums[3 * bin + 1]! += v * v
      sums[3 * bin + 2]! += 1
    }
  }
  const result = (): BinnedScan => {
    const [mu, sigma, counts] = [new Float64Array(m), new Float64Array(m), new Uint32Array(m)]
    for (let i = 0; i < m; i++) {
      const n = sums[3 * i + 2]!
      counts[i] = n
      mu[i] = n > 0 ? sums[3 * i]! / n : Number.NaN
      sigma[i] = n > 1 ? Math.sqrt(Math.max(0, sums[3 * i + 1]! / n - mu[i]! ** 2) / (n - 1)) : Number.NaN
    }
    return { mu, sigma, counts }
  }
  return {
    energy: energies,
    add,
    addCounters,
    result,
    get skipped(): number {
      return state.skipped
    },
    clear(): void {
      sums.fill(0)
      state.skipped = 0
    },
  }
}

function checkStretch(energy: Float64Array, others: readonly Float64Array[], from: number, to: number): void {
  if (others.some(other => other.length !== energy.length)) {
    throw new OperandoError(
      'E_SHAPE',
      `A value for each of the ${energy.length} energies expected, found ${others.map(other => other.length).join(' and ')}.`,
    )
  }
  if (!(from >= 0 && to <= energy.length && from <= to)) {
    throw new OperandoError('E_RANGE', `Samples ${from} to ${to} of ${energy.length}: 0 <= from <= to expected.`)
  }
}
