/**
 * First index of a rising axis whose value is not below `value`; its length if all are.
 * @param x     The axis, rising.
 * @param value Any number.
 */
export function lowerBound(x: Float64Array, value: number): number {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
