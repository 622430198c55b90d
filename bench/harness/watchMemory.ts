import { PerformanceObserver } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What a kernel does to memory. */
export interface MemoryUse {
  /** Garbage collections of any kind. */
  readonly collections: number
  /** Bytes of array buffers made by a call. They lie outside the heap and bring about a collection only when there are hundreds of MB. */
  readonly bufferBytes: number
}

/** Options of {@link watchMemory}. */
export interface WatchOptions {
  /** Least number of calls. Default 200. */
  calls?: number | undefined
  /** Least time, s. Default 0.1. */
  seconds?: number | undefined
}

/**
 * Counts garbage collections and array buffers made while a kernel runs many times. The young generation is emptied first and then some MB
 * large, so that a kernel that allocates 20 kB of objects a call is found out, and one that makes any array.
 *
 * @param kernel  One call, warmed up.
 * @param options Calls, time.
 */
export async function watchMemory(kernel: () => void, { calls = 200, seconds = 0.1 }: WatchOptions = {}): Promise<MemoryUse> {
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
  const buffers = process.memoryUsage().arrayBuffers
  let done = 0
  begin = performance.now()
  for (; done < calls || performance.now() - begin < 1e3 * seconds; done++) kernel()
  end = performance.now()
  const bufferBytes = Math.max(0, process.memoryUsage().arrayBuffers - buffers) / done
  // entries are told in a later turn
  await settled()
  observer.disconnect()
  return { collections: count, bufferBytes }
}

function settled(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 20))
}
