import { expect } from 'vitest'

/** Agreement asked for: |got - expected| <= atol + rtol |expected|, element by element. */
export interface Tolerance {
  /** Relative to the expected value. Default 0. */
  rtol?: number
  /** Absolute, in the unit of the values. Default 0. */
  atol?: number
}

const listOf = (x: ArrayLike<number> | number): ArrayLike<number> => (typeof x === 'number' ? [x] : x)

/**
 * Finds the element that misses the tolerance by the largest factor.
 * @param received  What the code gave.
 * @param expected  What it should be.
 * @param tolerance At least one of rtol, atol.
 */
export function worstDeviation(
  received: ArrayLike<number> | number,
  expected: ArrayLike<number> | number,
  { rtol = 0, atol = 0 }: Tolerance,
): { pass: boolean; message: string } {
  const got = listOf(received)
  const want = listOf(expected)
  if (got.length !== want.length) return { pass: false, message: `${want.length} values expected, ${got.length} found` }
  let worst = -1
  let worstRatio = -1
  let offenders = 0
  for (let i = 0; i < want.length; i++) {
    const g = got[i]!
    const w = want[i]!
    if (Object.is(g, w) || g === w || (Number.isNaN(g) && Number.isNaN(w))) continue
    const allowed = atol + rtol * Math.abs(w)
    const off = Math.abs(g - w)
    const ratio = Number.isFinite(off) ? (allowed > 0 ? off / allowed : Infinity) : Infinity
    if (!(ratio <= 1)) offenders++
    if (ratio > worstRatio) {
      worstRatio = ratio
      worst = i
    }
  }
  if (worst < 0) return { pass: true, message: 'all values are equal' }
  const g = got[worst]!
  const w = want[worst]!
  return {
    pass: offenders === 0,
    message:
      `worst of ${want.length} values at [${worst}]: got ${g}, expected ${w}; off by ${Math.abs(g - w)} absolute, ${Math.abs(g - w) / Math.abs(w)} relative, ` +
      `${worstRatio} x what rtol ${rtol}, atol ${atol} allow; ${offenders} values outside`,
  }
}

/**
 * Asserts that numbers agree within both tolerances; the message shows the worst deviation. NaN equals NaN only.
 * @param received  What the code gave.
 * @param expected  What it should be.
 * @param tolerance At least one of rtol, atol; choose what the physics deserves.
 */
export function expectClose(
  received: ArrayLike<number> | number,
  expected: ArrayLike<number> | number,
  tolerance: Tolerance,
): void {
  const worst = worstDeviation(received, expected, tolerance)
  expect(worst.pass, worst.message).toBe(true)
}
