/**
 * Time since the start from times that begin anew at each step: each step stands on the longest time of the one before.
 * @param stepTime Time in each step, s.
 * @param step     A number that differs from step to step.
 */
export function addSteps(stepTime: Float64Array, step: ArrayLike<number>): Float64Array {
  const out = new Float64Array(stepTime.length)
  let base = 0
  let longest = 0
  for (let i = 0; i < out.length; i++) {
    if (i > 0 && step[i] !== step[i - 1]) {
      base += longest
      longest = 0
    }
    longest = Math.max(longest, stepTime[i]!)
    out[i] = base + stepTime[i]!
  }
  return out
}

/**
 * Steps of the run from 1: each change of a counter is a new one, also where it comes back to a number that it had before.
 * @param counters Counters of the file (of steps, of cycles), one a row.
 */
export function runsOf(...counters: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(counters[0]?.length ?? 0).fill(1)
  for (let i = 1; i < out.length; i++) out[i] = out[i - 1]! + (counters.every(c => c[i] === c[i - 1]) ? 0 : 1)
  return out
}
