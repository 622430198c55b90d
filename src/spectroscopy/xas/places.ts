/** Index of the last value of a rising axis at or below `x`; 0 where all lie above. Larch's `index_of`. */
export function placeBelow(axis: Float64Array, x: number): number {
  let [low, high] = [0, axis.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (axis[middle]! <= x) low = middle
    else high = middle
  }
  return low
}

/** Index of the value of a rising axis nearest to `x`, the lower of two that are equally near. Larch's `index_nearest`. */
export function nearestPlace(axis: Float64Array, x: number): number {
  const below = placeBelow(axis, x)
  if (below + 1 >= axis.length) return below
  return Math.abs(axis[below + 1]! - x) < Math.abs(axis[below]! - x) ? below + 1 : below
}
