// AssemblyScript: a Stockham transform from interleaved values to interleaved values is begin(), middle passes, end(). Between them, the
// points lie in one of two arrays of scratch: x at `scratch`, y `step` bytes on. The inverse is the forward transform with re and im exchanged
// at both ends.
import { firstPass4, firstPass8, join, lastPass4, split } from './ends'
import { pass2, pass3, pass4, pass5 } from './passes'

/**
 * Reads n interleaved points into scratch and, where the first radix is 4 or 8, does the first pass on the way.
 * @returns Whether a pass was done: then the points are in y.
 */
export function begin<T>(
  n: usize, width: usize, p: usize, stride: usize, scratch: usize, step: usize, radices: usize, tw: usize, inverse: bool,
): bool {
  const y = scratch + step
  if (load<i32>(radices) == 4) {
    if (inverse) firstPass4<T>(n >> 2, width, p, stride, y, tw, true)
    else firstPass4<T>(n >> 2, width, p, stride, y, tw, false)
    return true
  }
  if (load<i32>(radices) == 8) {
    if (inverse) firstPass8<T>(n >> 3, width, p, stride, y, tw, true)
    else firstPass8<T>(n >> 3, width, p, stride, y, tw, false)
    return true
  }
  if (inverse) split<T>(n, width, p, stride, scratch, true)
  else split<T>(n, width, p, stride, scratch, false)
  return false
}

/**
 * The passes between the arrays of scratch.
 * @param n       Points; `width` bytes (vectors of re and im in turn) each.
 * @param radices i32 values 2, 3, 4 or 5, the first of all may be 8 (see {@link begin}); their product n, then 0.
 * @param tw      Twiddle factors of all passes in order of use, as T.
 * @param inY     Whether the first radix is done and the points are in y: see {@link begin}.
 * @param keep    Whether to leave a last radix 4 to {@link end}.
 * @returns Address of the points: x or y.
 */
export function middle<T>(
  n: usize, width: usize, scratch: usize, step: usize, radices: usize, tw: usize, inY: bool, keep: bool,
): usize {
  let x = inY ? scratch + step : scratch
  let y = inY ? scratch : scratch + step
  let s = width
  if (inY) {
    const r = <usize>load<i32>(radices)
    radices += 4
    n /= r
    s *= r
    tw += 2 * (r - 1) * n * sizeof<T>()
  }
  for (let radix = load<i32>(radices); radix != 0; radices += 4, radix = load<i32>(radices)) {
    const r = <usize>radix
    const m = n / r
    if (r == 4) {
      if (keep && m == 1) break
      pass4<T>(m, s, x, y, tw)
    } else if (r == 2) pass2<T>(m, s, x, y, tw)
    else if (r == 3) pass3<T>(m, s, x, y, tw)
    else pass5<T>(m, s, x, y, tw)
    tw += 2 * (r - 1) * m * sizeof<T>()
    n = m
    s *= r
    const t = x
    x = y
    y = t
  }
  return x
}

/** Writes the points at x as n interleaved ones times `scale`, with the last pass on the way if `pass` (its radix is 4). */
export function end<T>(n: usize, width: usize, x: usize, p: usize, stride: usize, scale: T, inverse: bool, pass: bool): void {
  const f = v128.splat<T>(scale)
  if (pass) {
    if (inverse) lastPass4<T>(n, width, x, p, stride, f, true)
    else lastPass4<T>(n, width, x, p, stride, f, false)
  } else {
    if (inverse) join<T>(n, width, x, p, stride, f, true)
    else join<T>(n, width, x, p, stride, f, false)
  }
}

/** The last of the radices. */
export function lastRadix(radices: usize): i32 {
  let last = 0
  for (let radix = load<i32>(radices); radix != 0; radices += 4, radix = load<i32>(radices)) last = radix
  return last
}
