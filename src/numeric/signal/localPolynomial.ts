/** Scratch of {@link localPolynomialWeights}, made once. */
export interface LocalPolynomialScratch {
  /** Two orthogonal polynomials at the points. */
  readonly p: Float64Array
  /** The same at the point of evaluation: derivatives 0 to d of two polynomials. */
  readonly q: Float64Array
}

/**
 * Makes the scratch of {@link localPolynomialWeights}.
 * @param count      Points in a window.
 * @param derivative Highest derivative.
 */
export function localPolynomialScratch(count: number, derivative: number): LocalPolynomialScratch {
  return { p: new Float64Array(2 * count), q: new Float64Array(2 * (derivative + 1)) }
}

/**
 * Weights w with sum w[j] y[first + j] = derivative at `at` of the least-squares polynomial through the points. Kernel.
 *
 * The polynomials are made orthogonal on the points by their three-term recurrence, so no normal equations are solved.
 *
 * @param x          Abscissae.
 * @param first      First point of the window.
 * @param count      Points in the window.
 * @param degree     Degree, below count.
 * @param at         Where the polynomial is evaluated.
 * @param derivative Which derivative.
 * @param out        Receives count weights.
 * @param scratch    From {@link localPolynomialScratch}.
 * @see Forsythe, J. SIAM 5 (1957) 74
 */
export function localPolynomialWeights(
  x: Float64Array,
  first: number,
  count: number,
  degree: number,
  at: number,
  derivative: number,
  out: Float64Array,
  { p, q }: LocalPolynomialScratch,
): void {
  const rows = derivative + 1
  // positions relative to `at`, in units of the window, so that powers neither overflow nor cancel
  const unit = Math.abs(x[first + count - 1]! - x[first]!) / 2 || 1
  let now = 0
  let squareBefore = 1
  p.fill(0)
  q.fill(0)
  p.fill(1, 0, count)
  q[0] = 1
  out.fill(0, 0, count)
  for (let k = 0; k <= degree; k++) {
    const pn = now * count
    const po = count - pn
    const qn = now * rows
    const qo = rows - qn
    let square = 0
    let moment = 0
    for (let j = 0; j < count; j++) {
      const v = p[pn + j]!
      square += v * v
      moment += (v * v * (x[first + j]! - at)) / unit
    }
    const share = q[qn + derivative]! / square
    for (let j = 0; j < count; j++) out[j]! += share * p[pn + j]!
    // p_{k+1} = (t - a) p_k - b p_{k-1}, and its derivatives at t = 0
    const a = moment / square
    const b = k === 0 ? 0 : square / squareBefore
    for (let j = 0; j < count; j++) p[po + j] = ((x[first + j]! - at) / unit - a) * p[pn + j]! - b * p[po + j]!
    for (let m = rows - 1; m >= 0; m--) {
      q[qo + m] = -a * q[qn + m]! + (m > 0 ? m * q[qn + m - 1]! : 0) - b * q[qo + m]!
    }
    squareBefore = square
    now = 1 - now
  }
  const scale = unit ** -derivative
  for (let j = 0; j < count; j++) out[j]! *= scale
}
