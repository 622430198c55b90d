import { expect, TestRunner } from 'vitest'

/** Agreement asked for: |got - expected| <= atol + rtol |expected|, element by element. */
export interface Tolerance {
  /** Relative to the expected value. Default 0. */
  rtol?: number
  /** Absolute, in the unit of the values. Default 0. */
  atol?: number
  /** Who computed what is expected, with version: the agreement then stands in docs/validation.md (`npm run validation`). */
  peer?: string
}

/** An agreement with numbers that were not made here, as docs/validation.md tells it. */
export interface Agreement {
  readonly peer: string
  /** Numbers compared. */
  readonly values: number
  readonly rtol: number
  readonly atol: number
  /** Largest deviation as a part of what the tolerances allow: 1 is the limit. */
  readonly worst: number
}

declare module 'vitest' {
  interface TaskMeta {
    agreements?: Agreement[]
  }
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
): { pass: boolean; message: string; ratio: number } {
  const got = listOf(received)
  const want = listOf(expected)
  if (got.length !== want.length)
    return { pass: false, message: `${want.length} values expected, ${got.length} found`, ratio: Infinity }
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
  if (worst < 0) return { pass: true, message: 'all values are equal', ratio: 0 }
  const g = got[worst]!
  const w = want[worst]!
  return {
    ratio: worstRatio,
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
  const { peer, rtol = 0, atol = 0 } = tolerance
  if (peer !== undefined) recordAgreement({ peer, values: listOf(expected).length, rtol, atol, worst: worst.ratio })
}

/**
 * Notes an agreement for docs/validation.md: where a test compares in another way than {@link expectClose}.
 * @param agreement Who was agreed with, and how well.
 */
export function recordAgreement(agreement: Agreement): void {
  const meta = TestRunner.getCurrentTest()?.meta
  if (meta) meta.agreements = [...(meta.agreements ?? []), agreement]
}
