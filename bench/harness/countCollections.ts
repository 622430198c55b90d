import { PerformanceObserver } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Options of {@link countCollections}. */
export interface CountOptions {
  /** Least number of calls. Default 200. */
  calls?: number | undefined
  /** Least time, s. Default 0.1. */
  seconds?: number | undefined
}

/**
 * Counts garbage collections while a kernel runs many times. The young generation is emptied first and some 1 MB large, so that a kernel that
 * allocates a few kB a call is found out.
 *
 * @param kernel  One call, warmed up.
 * @param options Calls, time.
 * @returns Collections of any kind.
 */
export async function countCollections(kernel: () => void, { calls = 200, seconds = 0.1 }: CountOptions = {}): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  let begin = 0
  let end = Infinity
  let count = 0
  const observer = new PerformanceObserver(list => {
    for (const { startTime } of list.getEntries()) if (startTime >= begin && startTime <= end) count++
  })
  observer.observe({ entryTypes: ['gc'] })
  collect()
  collect()
  await settled()
  count = 0
  begin = performance.now()
  for (let done = 0; done < calls || performance.now() - begin < 1e3 * seconds; done++) kernel()
  end = performance.now()
  // entries are told in a later turn
  await settled()
  observer.disconnect()
  return count
}

function settled(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 20))
}
