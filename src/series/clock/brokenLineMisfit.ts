/**
 * Sum of squares about y = a + b min(t - tau, 0) + c max(t - end, 0) at its best a, b, c: two straight branches, with a flat top from tau to end
 * between them if end is later than tau.
 * @param t    Abscissae, rising.
 * @param y    The series.
 * @param from First point to use.
 * @param to   Last point to use.
 * @param tau  Where the first branch ends.
 * @param end  Where the second begins. Default tau.
 */
export function brokenLineMisfit(
  t: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
  tau: number,
  end: number = tau,
): number {
  // a is common to both branches: for given a each slope follows, and the misfit is a parabola in a
  let [n, ul, ur, uul, uur, sy, uyl, uyr, yy] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  const level = y[from]!
  for (let i = from; i <= to; i++) {
    const x = t[i]!
    const u = x < tau ? x - tau : x > end ? x - end : 0
    const v = y[i]! - level
    n++
    sy += v
    yy += v * v
    if (u < 0) {
      ul += u
      uul += u * u
      uyl += u * v
    } else {
      ur += u
      uur += u * u
      uyr += u * v
    }
  }
  const left = uul > 0 ? 1 / uul : 0
  const right = uur > 0 ? 1 / uur : 0
  const nn = n - ul * ul * left - ur * ur * right
  const nv = sy - ul * uyl * left - ur * uyr * right
  const rest = yy - uyl * uyl * left - uyr * uyr * right
  return Math.max(0, rest - (nv * nv) / nn)
}
