/**
 * Compares file names as people number them: runs of digits count as whole numbers, all else goes by lower-case character code; `frame2` comes before
 * `frame10`. Names that differ only in leading zeros or in case fall back to plain comparison, so the order is total.
 *
 * A point is no decimal mark here: `x_0.9` comes before `x_0.10`.
 *
 * @param a A name.
 * @param b Another.
 * @returns Negative, zero or positive, for `sort`.
 * @example
 * ```ts
 * import { naturalOrder } from 'operando/io'
 * ;['f10.xy', 'f2.xy'].sort(naturalOrder) // f2.xy, f10.xy
 * ```
 */
export function naturalOrder(a: string, b: string): number {
  const left = splitDigits(a.toLowerCase())
  const right = splitDigits(b.toLowerCase())
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const l = left[i]!
    const r = right[i]!
    if (l === r) continue
    const digits = isDigits(l) && isDigits(r)
    if (!digits) return l < r ? -1 : 1
    const order = compareWholeNumbers(l, r)
    if (order !== 0) return order
  }
  if (left.length !== right.length) return left.length - right.length
  return a < b ? -1 : a > b ? 1 : 0
}

/** Text and runs of digits in turn. */
export function splitDigits(name: string): string[] {
  return name.match(/\d+|\D+/g) ?? []
}

/** True for a run of digits. */
export const isDigits = (text: string): boolean => /^\d/.test(text)

/** By value without converting: numbers in names may have more digits than a double. */
function compareWholeNumbers(a: string, b: string): number {
  const x = a.replace(/^0+/, '')
  const y = b.replace(/^0+/, '')
  return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0)
}
