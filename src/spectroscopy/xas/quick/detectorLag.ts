import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { outputOf } from '../../../numeric/outputOf.js'
import { foilShift } from '../edge/foilShift.js'
import { createQuickBinning } from './createQuickBinning.js'
import type { HalfScan } from './splitHalfScans.js'

/** Options of {@link detectorLag}. */
export interface DetectorLagOptions {
  /** Grid of energies around an edge on which both directions are compared, eV. */
  grid: NumbersLike
  /** Largest distance of the edges of both directions, eV. Default 25, but at most a quarter of the grid. */
  maxShift?: number | undefined
}

const OPTIONS: FieldsOf<DetectorLagOptions> = { grid: true, maxShift: true }

/** How much later the detectors answer than the encoder. */
export interface DetectorLag {
  /** Samples, with parts of them. */
  readonly lag: number
  /** Its standard error, samples. */
  readonly sigma: number
  /** Distance of the edges, up minus down, before it is taken off, eV. */
  readonly split: number
  /** The same afterwards. */
  readonly splitAfter: number
}

const PASSES = 12
/** A correction smaller than this ends the search, samples. */
const SMALL = 1e-5

/**
 * Energies as the detectors saw them: those of `lag` samples before, between samples by straight lines, which go on beyond both ends.
 * @param energy Energies of the encoder, eV, n values.
 * @param lag    Samples by which detectors answer later, with parts of them.
 * @param out    Receives n values; made if absent.
 * @throws OperandoError `E_NAN`, `E_SHAPE`.
 * @example
 * ```ts
 * import { removeLag } from 'operando/spectroscopy'
 * removeLag([8330, 8331, 8332, 8333], 1.5) // 8328.5, 8329.5, 8330.5, 8331.5
 * ```
 */
export function removeLag(energy: NumbersLike, lag: number, out?: Float64Array): Float64Array {
  const e = asFloat64(energy, 'energy')
  if (e.length < 2) throw new OperandoError('E_SHAPE', `energy: at least 2 samples expected, ${e.length} found.`)
  if (!Number.isFinite(lag)) throw new OperandoError('E_NAN', `lag is ${lag}: samples expected.`)
  const result = outputOf(out, e.length)
  const last = e.length - 1
  for (let i = 0; i <= last; i++) {
    const at = i - lag
    const low = Math.min(Math.max(Math.floor(at), 0), last - 1)
    result[i] = e[low]! + (at - low) * (e[low + 1]! - e[low]!)
  }
  return result
}

/**
 * Lag of the detectors behind the encoder, in samples. It moves scans up and scans down apart, each by its speed times the lag: the mean spectra of both directions are compared as two foils are, and the energies moved until their
 * edges meet. Compare before merging: at 20 kHz six samples part the edges by some 6 eV.
 *
 * @param energy  Energies of the encoder, eV, n values.
 * @param mu      Absorption of the detectors, n values.
 * @param scans   Half scans of both directions, from {@link splitHalfScans}.
 * @param options Grid around an edge.
 * @throws OperandoError `E_RANGE` without scans of both directions over the grid, or where the edges do not meet; `E_SHAPE`, `E_NAN`.
 * @example
 * ```ts
 * import { detectorLag, splitHalfScans } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 4000 }, (_, i) => 8340 + 200 * Math.sin(i / 160))
 * const late = energy.map((_, i) => energy[Math.max(i - 3, 0)]!)
 * const mu = late.map(e => 1 / (1 + Math.exp((8333 - e) / 3)))
 * const grid = Array.from({ length: 121 }, (_, i) => 8273 + i)
 * detectorLag(energy, mu, splitHalfScans(energy, { axis: 'energy' }), { grid }).lag // 3
 * ```
 */
export function detectorLag(
  energy: NumbersLike,
  mu: NumbersLike,
  scans: readonly HalfScan[],
  options: DetectorLagOptions,
): DetectorLag {
  assertFields(options, 'detectorLag options', ['grid'])
  assertKnown(options, 'detectorLag options', OPTIONS)
  const e = asFloat64(energy, 'energy')
  const signal = asFloat64(mu, 'mu', { length: e.length })
  const bins = createQuickBinning(options.grid)
  // samples of a periodic motion sit at the same places of their bins in every scan: their mean energy counts, not the middle of the bin
  const centroids = createQuickBinning(bins.energy)
  const grid = bins.energy
  const span = grid.at(-1)! - grid[0]!
  const maxShift = Math.min(options.maxShift ?? 25, span / 4)
  const speed = meanSpeed(e, scans, (grid[0]! + grid.at(-1)!) / 2)
  const moved = new Float64Array(e.length)
  const compare = (lag: number): ReturnType<typeof foilShift> => {
    removeLag(e, lag, moved)
    const mean = (direction: 'up' | 'down'): { energy: Float64Array; mu: Float64Array } => {
      bins.clear()
      centroids.clear()
      for (const { direction: way, start, stop } of scans) {
        if (way !== direction) continue
        bins.add(moved, signal, start, stop)
        centroids.add(moved, moved, start, stop)
      }
      const binned = bins.result()
      const at = centroids.result().mu
      const filled = Array.from(grid.keys()).filter(i => binned.counts[i]! > 0)
      if (filled.length < 20)
        throw new OperandoError(
          'E_RANGE',
          `detectorLag: scans ${direction} fill ${filled.length} of the ${grid.length} bins: scans of both directions over the grid expected.`,
        )
      return { energy: Float64Array.from(filled, i => at[i]!), mu: Float64Array.from(filled, i => binned.mu[i]!) }
    }
    const up = mean('up')
    const range = [grid[0]! + maxShift, grid.at(-1)! - maxShift] as const
    return foilShift(up, mean('down'), { range, maxShift: maxShift * 0.9, step: span / grid.length / 2 })
  }
  const before = compare(0)
  let lag = before.shift / (2 * speed)
  let now = before
  for (let pass = 0; pass < PASSES; pass++) {
    now = compare(lag)
    const more = now.shift / (2 * speed)
    lag += more
    if (Math.abs(more) < SMALL) break
  }
  const after = compare(lag)
  if (!before.inside || !(Math.abs(after.shift) < 0.25 * Math.max(Math.abs(before.shift), span / grid.length))) {
    throw new OperandoError(
      'E_RANGE',
      `detectorLag: the edges of both directions lie ${before.shift.toFixed(2)} eV apart and do not meet for any lag. Set grid around an edge, or a larger maxShift.`,
    )
  }
  return { lag, sigma: now.sigma / (2 * speed), split: before.shift, splitAfter: after.shift }
}

/** Mean magnitude of the speed where scans pass an energy, eV per sample. */
function meanSpeed(energy: Float64Array, scans: readonly HalfScan[], at: number): number {
  let [sum, count] = [0, 0]
  for (const { start, stop } of scans) {
    for (let i = start + 1; i < stop; i++) {
      if (energy[i - 1]! < at === energy[i]! < at) continue
      // over some samples: an encoder steps in counts
      const [a, b] = [Math.max(start, i - 8), Math.min(stop - 1, i + 8)]
      sum += Math.abs(energy[b]! - energy[a]!) / (b - a)
      count++
      break
    }
  }
  if (count === 0 || !(sum > 0))
    throw new OperandoError('E_RANGE', `detectorLag: no scan passes ${at.toFixed(1)} eV, the middle of the grid.`)
  return sum / count
}
