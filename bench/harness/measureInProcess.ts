import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What one process found out about one bench. */
export interface Measurement {
  /** See Timing. */
  readonly kernel: number
  /** See Timing. */
  readonly yardstick: number
  /** See MemoryUse. */
  readonly collections: number
  /** See MemoryUse. */
  readonly bufferBytes: number
}

/**
 * Measures a bench in a fresh process: kernels that run in one process change what the compiler makes of each other.
 * @param name   Of the bench.
 * @param budget Time to measure, s.
 */
export function measureInProcess(name: string, budget: number): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [name, String(budget)])
    let answer: Measurement | undefined
    child.on('message', message => {
      answer = message as Measurement
    })
    child.on('error', reject)
    child.on('exit', code => {
      if (answer && code === 0) resolve(answer)
      else reject(new Error(`the bench "${name}" ended with code ${code}`))
    })
  })
}
