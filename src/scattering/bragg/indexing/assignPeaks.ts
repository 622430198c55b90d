import type { ExpectedLine } from './expectedLines.js'

/** A peak and the line that is nearest to it. */
export interface Assignment {
  /** Number of the line; -1 for none within the tolerance. */
  readonly line: number
  /** Whether another line of some strength lies within the resolution. */
  readonly overlapped: boolean
}

/**
 * Gives each peak the line nearest to it, and each line one peak only: the nearest pairs first.
 * @param observed   Positions of peaks.
 * @param calculated Positions of lines, NaN for none.
 * @param lines      The lines.
 * @param tolerance  How far a peak may be from its line.
 * @param resolution By peak: lines nearer to each other than this have one peak.
 * @param weakest    How weak a line must be not to disturb, relative to the one it lies on.
 */
export function assignPeaks(
  observed: Float64Array,
  calculated: Float64Array,
  lines: readonly ExpectedLine[],
  tolerance: number,
  resolution: Float64Array,
  weakest: number,
): Assignment[] {
  const pairs: [distance: number, peak: number, line: number][] = []
  for (let i = 0; i < observed.length; i++)
    for (let k = 0; k < calculated.length; k++) {
      const distance = Math.abs(observed[i]! - calculated[k]!)
      if (distance <= tolerance) pairs.push([distance, i, k])
    }
  pairs.sort((a, b) => a[0] - b[0])
  const lineOf = new Int32Array(observed.length).fill(-1)
  const taken = new Set<number>()
  for (const [, i, k] of pairs) {
    if (lineOf[i]! >= 0 || taken.has(k)) continue
    lineOf[i] = k
    taken.add(k)
  }
  return Array.from(lineOf, (line, i) => ({
    line,
    overlapped:
      line >= 0 &&
      calculated.some(
        (at, k) =>
          k !== line &&
          Math.abs(at - calculated[line]!) < resolution[i]! &&
          lines[k]!.intensity > weakest * lines[line]!.intensity &&
          // a peak of its own tells it apart
          !taken.has(k),
      ),
  }))
}
