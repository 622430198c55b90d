/** Frames at one spot: dose of each, and what happens between them. */
export interface SpotSchedule {
  /** Gy of a frame. */
  readonly doseOfFrame: number
  /** Threshold, Gy. */
  readonly threshold: number
  /** Time from frame to frame, s. */
  readonly interval: number
  /** Frames between rests; 0: no rests. */
  readonly burst: number
  /** Extra time of a rest, s. */
  readonly rest: number
  /** Time in which a dose counts 1/e of itself, s; `Infinity`: it stays. */
  readonly recovery: number
}

/** Bursts after which a balance of dose and recovery must have come about. */
const MOST_STEPS = 1_000_000

/**
 * How many frames a spot bears: the dose that counts, after the last of them, does not exceed the threshold. `Infinity` if recovery keeps it below for ever.
 */
export function framesBelow({ doseOfFrame, threshold, interval, burst, rest, recovery }: SpotSchedule): number {
  if (doseOfFrame === 0) return Number.POSITIVE_INFINITY
  if (recovery === Number.POSITIVE_INFINITY) return Math.floor((threshold / doseOfFrame) * (1 + 1e-12))
  const decay = Math.exp(-interval / recovery)
  const decayRest = Math.exp(-(interval + rest) / recovery)
  let counting = 0
  let peak = 0
  for (let frame = 1; frame <= MOST_STEPS; frame++) {
    const rested = burst > 0 && frame > 1 && (frame - 1) % burst === 0
    counting = counting * (frame === 1 ? 0 : rested ? decayRest : decay) + doseOfFrame
    if (counting > threshold * (1 + 1e-12)) return frame - 1
    // the dose at the end of a burst rises to a limit: when it no longer does, the threshold will not be reached
    if (burst === 0 || frame % burst === 0) {
      if (counting - peak <= 1e-12 * counting) return Number.POSITIVE_INFINITY
      peak = counting
    }
  }
  return Number.POSITIVE_INFINITY
}
