let sum = 0

/**
 * The work that kernels are held against in the same process and moment: eight chains of dependent multiplications (the logistic map, which
 * stays within 0 and 1), all in registers. It fills the arithmetic units as kernels do, so that what slows the processor slows both; and since
 * each step needs the one before, no compiler can make it faster or slower: it repeats to 1 % from process to process, where loops over
 * arrays vary by 10 %.
 */
export function yardstick(): void {
  let a = 0.3
  let b = 0.4
  let c = 0.5
  let d = 0.6
  let e = 0.31
  let f = 0.41
  let g = 0.51
  let h = 0.61
  for (let i = 0; i < 400; i++) {
    a = 3.9 * a * (1 - a)
    b = 3.9 * b * (1 - b)
    c = 3.9 * c * (1 - c)
    d = 3.9 * d * (1 - d)
    e = 3.9 * e * (1 - e)
    f = 3.9 * f * (1 - f)
    g = 3.9 * g * (1 - g)
    h = 3.9 * h * (1 - h)
  }
  // used, so that it is not optimised away
  sum += a + b + c + d + e + f + g + h
  if (Number.isNaN(sum)) throw new Error('the logistic map left its interval')
}
