const RATIO = 0.6180339887498949

/**
 * Where a function of one number is least, by golden section: one valley between the limits expected.
 * @param f         The function.
 * @param low       Lower limit.
 * @param high      Upper limit.
 * @param tolerance Width of what is left at the end.
 */
export function goldenSection(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  let [a, b] = [low, high]
  let [c, d] = [b - RATIO * (b - a), a + RATIO * (b - a)]
  let [atC, atD] = [f(c), f(d)]
  // a bracket of neighbouring numbers gets no narrower
  while (b - a > tolerance && c > a && d < b) {
    if (atC < atD) {
      b = d
      d = c
      atD = atC
      c = b - RATIO * (b - a)
      atC = f(c)
    } else {
      a = c
      c = d
      atC = atD
      d = a + RATIO * (b - a)
      atD = f(d)
    }
  }
  return (a + b) / 2
}
