/** What a kernel costs beside a yardstick. */
export interface Timing {
  /** Least time of a call of the kernel, s. */
  readonly kernel: number
  /** Least time of a call of the yardstick, s. */
  readonly yardstick: number
  /** Windows of each. */
  readonly windows: number
}

/** Options of {@link timeBeside}. */
export interface MeasureOptions {
  /** Time to spend, s. Default 1. */
  budget?: number | undefined
  /** Length of a window, s. Default 0.6 ms: most windows of a busy machine then see no other process. */
  window?: number | undefined
  /** The clock, s. Default: what wall clock and process time agree on, see {@link leastClock}. */
  clock?: (() => readonly [number, number]) | undefined
}

const fewestWindows = 15

/**
 * Time on the wall and of the processor. A window's time is the lesser difference of the two: the wall counts other processes, the processor
 * time counts the engine's own helper threads.
 */
export function leastClock(): readonly [number, number] {
  const { user, system } = process.cpuUsage()
  return [performance.now() / 1e3, (user + system) / 1e6]
}

/**
 * Times a kernel against a yardstick in short windows, one of each in turn, and keeps the shortest of each: windows that something
 * else disturbed drop out, and what slows the whole machine slows both, so that their quotient stays.
 *
 * @param kernel    One call.
 * @param yardstick One call of the work to hold against.
 * @param options   Budget, window, clock.
 */
export function timeBeside(kernel: () => void, yardstick: () => void, options: MeasureOptions = {}): Timing {
  const { budget = 1, window = 6e-4, clock = leastClock } = options
  const timed = (run: () => void, calls: number): number => {
    const [wall, processor] = clock()
    for (let i = 0; i < calls; i++) run()
    const [wallEnd, processorEnd] = clock()
    return Math.min(wallEnd - wall, processorEnd - processor) / calls
  }
  const callsInWindow = (run: () => void): number => {
    // doubled until it fills a window: that warms the compiler up as well
    for (let calls = 1; ; calls *= 2) {
      const each = timed(run, calls)
      if (each * calls >= window) return Math.max(1, Math.round(window / each))
    }
  }
  const [begin] = clock()
  callsInWindow(kernel)
  callsInWindow(yardstick)
  // the compiler has done its best by a tenth of the time
  while (clock()[0] - begin < budget / 10) {
    kernel()
    yardstick()
  }
  const kernelCalls = callsInWindow(kernel)
  const yardstickCalls = callsInWindow(yardstick)
  let least = Infinity
  let leastYardstick = Infinity
  let windows = 0
  while (windows < fewestWindows || clock()[0] - begin < budget) {
    least = Math.min(least, timed(kernel, kernelCalls))
    leastYardstick = Math.min(leastYardstick, timed(yardstick, yardstickCalls))
    windows++
  }
  return { kernel: least, yardstick: leastYardstick, windows }
}
