/**
 * exp(y² - x²) to a few ulp. The exponent's own rounding would cost |exponent| ulp, so its lost part is carried along.
 * @param x Any finite number with |x| < 1e19.
 * @param y Likewise.
 */
export function expSquares(x: number, y: number): number {
  // x = xh + xl with xh of 24 bits: xh² is exact, (x + xh) xl holds the rest of x²
  const xh = Math.fround(x)
  const yh = Math.fround(y)
  const a = yh * yh
  const b = xh * xh
  const main = a - b
  // what the subtraction rounded away (two-sum)
  const part = main - a
  const lost = a - (main - part) - (b + part)
  const rest = lost + (y + yh) * (y - yh) - (x + xh) * (x - xh)
  // four terms of exp are enough for |x|, |y| < 50
  return Math.exp(main) * (Math.abs(rest) < 3e-4 ? 1 + rest * (1 + rest * (0.5 + rest / 6)) : Math.exp(rest))
}
