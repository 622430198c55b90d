import { OperandoError } from '../../core/index.js'

/** Which side of a distribution: the share below a value, or the share above it, which keeps its digits when it is tiny. */
export type Tail = 'lower' | 'upper'

/** Throws on a side that is none. */
export function assertTail(tail: Tail): void {
  if (tail === 'lower' || tail === 'upper') return
  throw new OperandoError('E_ARGUMENT', `tail: 'lower' or 'upper' expected, found '${String(tail)}'.`)
}

/** Throws unless a probability lies in [0, 1]. */
export function assertProbability(probability: number): void {
  if (probability >= 0 && probability <= 1) return
  throw new OperandoError('E_RANGE', `probability: 0 to 1 expected, found ${probability}.`, { details: { found: probability } })
}

/** Throws unless degrees of freedom are positive and finite. */
export function assertDegrees(degrees: number, name: string = 'degrees'): void {
  if (degrees > 0 && degrees < Infinity) return
  throw new OperandoError('E_RANGE', `${name}: a positive number expected, found ${degrees}.`, { details: { found: degrees } })
}

/** Throws on NaN where a value of a distribution is expected. */
export function assertNumber(x: number): void {
  if (typeof x !== 'number' || Number.isNaN(x)) throw new OperandoError('E_NAN', `x is ${x}: a number expected.`)
}

/**
 * The same place of a distribution told by the tail that is smaller, which keeps its digits.
 * @param probability Of the tail.
 * @param tail        Which.
 */
export function smallerTail(probability: number, tail: Tail): { readonly share: number; readonly side: Tail } {
  if (probability <= 0.5) return { share: probability, side: tail }
  return { share: 1 - probability, side: tail === 'lower' ? 'upper' : 'lower' }
}

/**
 * Finds t where a tail has a given probability. Its logarithm is concave in t for the distributions used here, so that Newton's steps on it
 * converge from everywhere; halving takes over where the tail underflows.
 *
 * @param probability What the tail should be, inside (0, 1).
 * @param tail        The tail and the density at t.
 * @param sign        1 if the tail rises with t, -1 if it falls.
 * @param start       Where to begin.
 */
export function invertTail(
  probability: number,
  tail: (t: number) => readonly [share: number, density: number],
  sign: 1 | -1,
  start: number,
): number {
  let low = -800
  let high = 800
  let t = start
  for (let i = 0; i < 200; i++) {
    const [share, density] = tail(t)
    const excess = Math.log(share / probability)
    if (excess === 0) return t
    if (excess > 0 === sign > 0) high = t
    else low = t
    const newton = t - (sign * excess * share) / density
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - t) <= 2 * Number.EPSILON * Math.max(1, Math.abs(t))) return next
    t = next
  }
  return t
}
