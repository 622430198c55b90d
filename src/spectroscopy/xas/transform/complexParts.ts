/** A complex function on an even grid. */
export interface ComplexParts {
  /** Real part, n values. */
  readonly re: Float64Array
  /** Imaginary part. */
  readonly im: Float64Array
  /** Magnitude. */
  readonly magnitude: Float64Array
  /** Phase in radians, continued without jumps of 2 pi from the first point on. */
  readonly phase: Float64Array
}

/**
 * Real and imaginary part, magnitude and phase of interleaved complex values.
 * @param values re, im, re, im ...
 * @param n      How many complex values from the beginning.
 * @param scale  Factor on all.
 */
export function complexParts(values: Float64Array, n: number, scale: number): ComplexParts {
  const re = new Float64Array(n)
  const im = new Float64Array(n)
  const magnitude = new Float64Array(n)
  const phase = new Float64Array(n)
  let turns = 0
  let before = 0
  for (let i = 0; i < n; i++) {
    const a = scale * values[2 * i]!
    const b = scale * values[2 * i + 1]!
    re[i] = a
    im[i] = b
    magnitude[i] = Math.sqrt(a * a + b * b)
    const angle = Math.atan2(b, a)
    if (i > 0) turns -= Math.round((angle - before) / (2 * Math.PI))
    before = angle
    phase[i] = angle + 2 * Math.PI * turns
  }
  return { re, im, magnitude, phase }
}
