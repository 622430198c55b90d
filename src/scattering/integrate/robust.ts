import type { SparseRows } from '../../numeric/sparse/sparseRows.js'

/** Pixels of a bin, ready for statistics. */
interface Members {
  /** Intensity of each: counts over normalisation. */
  readonly x: Float64Array
  /** What it weighs: share in the bin times normalisation. */
  readonly weight: Float64Array
  /** How many. */
  count: number
}

function gather(rows: SparseRows, bin: number, values: Float64Array, normalization: Float64Array, out: Members): void {
  out.count = 0
  for (let e = rows.start[bin]!; e < rows.start[bin + 1]!; e++) {
    const k = rows.input[e]!
    const weight = rows.weight[e]! * normalization[k]!
    if (Number.isNaN(values[k]!) || !(weight > 0)) continue
    out.x[out.count] = values[k]! / normalization[k]!
    out.weight[out.count++] = weight
  }
}

function room(rows: SparseRows): Members {
  let most = 0
  for (let b = 0; b + 1 < rows.start.length; b++) most = Math.max(most, rows.start[b + 1]! - rows.start[b]!)
  return { x: new Float64Array(most), weight: new Float64Array(most), count: 0 }
}

/** Weighted mean and standard error of it from the scatter, sqrt(sum w²(x - mean)²) / sum w. */
function meanOf({ x, weight, count }: Members): [mean: number, error: number, deviation: number] {
  let [sum, total] = [0, 0]
  for (let i = 0; i < count; i++) {
    sum += weight[i]! * x[i]!
    total += weight[i]!
  }
  const mean = sum / total
  let [scatter, squares] = [0, 0]
  for (let i = 0; i < count; i++) {
    const w2 = weight[i]! * weight[i]!
    scatter += w2 * (x[i]! - mean) ** 2
    squares += w2
  }
  return [mean, Math.sqrt(scatter) / total, Math.sqrt(scatter / squares)]
}

/**
 * Weighted medians of the pixels of each bin; error: 1.2533 of that of the mean, as for normal scatter.
 * @param rows          Pixels of each bin.
 * @param values        Counts less dark of each pixel, NaN for bad ones.
 * @param normalization Of each pixel.
 * @param intensity     Receives medians, NaN for empty bins.
 * @param sigma         Receives standard errors.
 */
export function medians(
  rows: SparseRows,
  values: Float64Array,
  normalization: Float64Array,
  intensity: Float64Array,
  sigma: Float64Array,
): void {
  const members = room(rows)
  for (let bin = 0; bin < intensity.length; bin++) {
    gather(rows, bin, values, normalization, members)
    const { x, weight, count } = members
    if (count === 0) {
      intensity[bin] = sigma[bin] = Number.NaN
      continue
    }
    const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => x[a]! - x[b]!)
    const half = 0.5 * weight.subarray(0, count).reduce((sum, w) => sum + w, 0)
    let below = 0
    let i = 0
    for (; i < count - 1 && below + weight[order[i]!]! < half * (1 - 1e-12); i++) below += weight[order[i]!]!
    // half of the weight lies on either side: the middle of the two pixels there
    const even = i + 1 < count && below + weight[order[i]!]! <= half * (1 + 1e-12)
    intensity[bin] = even ? 0.5 * (x[order[i]!]! + x[order[i + 1]!]!) : x[order[i]!]!
    sigma[bin] = Math.sqrt(Math.PI / 2) * meanOf(members)[1]
  }
}

/**
 * Means of the pixels of each bin that lie within some standard deviations of it.
 * @param rows          Pixels of each bin.
 * @param values        Counts less dark of each pixel, NaN for bad ones.
 * @param normalization Of each pixel.
 * @param limit         Standard deviations.
 * @param iterations    Rounds at most.
 * @param intensity     Receives means, NaN for empty bins.
 * @param sigma         Receives standard errors, from the scatter of what is left.
 */
export function clippedMeans(
  rows: SparseRows,
  values: Float64Array,
  normalization: Float64Array,
  limit: number,
  iterations: number,
  intensity: Float64Array,
  sigma: Float64Array,
): void {
  const members = room(rows)
  const { x, weight } = members
  for (let bin = 0; bin < intensity.length; bin++) {
    gather(rows, bin, values, normalization, members)
    let [mean, error, deviation] = meanOf(members)
    for (let round = 0; round < iterations; round++) {
      const before = members.count
      members.count = 0
      for (let i = 0; i < before; i++) {
        if (!(Math.abs(x[i]! - mean) <= limit * deviation)) continue
        x[members.count] = x[i]!
        weight[members.count++] = weight[i]!
      }
      if (members.count === before) break
      ;[mean, error, deviation] = meanOf(members)
    }
    intensity[bin] = mean
    sigma[bin] = error
  }
}
