/** An extreme value of a series. */
export interface Extreme {
  /** Its index. */
  readonly index: number
  /** Which. */
  readonly kind: 'max' | 'min'
}

/**
 * Extremes before and after which a series swings by more than a threshold. The ends of the series are none.
 * @param y         The series, without NaN.
 * @param threshold Least swing.
 */
export function extremes(y: Float64Array, threshold: number): Extreme[] {
  const turns: Extreme[] = []
  let direction = 0
  let lowest = 0
  let highest = 0
  for (let i = 1; i < y.length; i++) {
    if (direction >= 0 && y[i]! > y[highest]!) highest = i
    if (direction <= 0 && y[i]! < y[lowest]!) lowest = i
    if (direction >= 0 && y[highest]! - y[i]! > threshold) {
      // the first swing has no branch before it unless it began low enough
      if (direction > 0 || y[highest]! - lowestBefore(y, highest) > threshold) turns.push({ index: highest, kind: 'max' })
      direction = -1
      lowest = i
    } else if (direction <= 0 && y[i]! - y[lowest]! > threshold) {
      if (direction < 0 || highestBefore(y, lowest) - y[lowest]! > threshold) turns.push({ index: lowest, kind: 'min' })
      direction = 1
      highest = i
    }
  }
  return turns
}

const lowestBefore = (y: Float64Array, end: number): number => y.subarray(0, end + 1).reduce((a, b) => Math.min(a, b), Infinity)
const highestBefore = (y: Float64Array, end: number): number => y.subarray(0, end + 1).reduce((a, b) => Math.max(a, b), -Infinity)
