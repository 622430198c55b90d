import { OperandoError } from './errors.js'

/** What every long call takes. */
export interface LongTask {
  /** Aborts the work; the call then throws `E_ABORTED`. */
  signal?: AbortSignal | undefined
  /**
   * Told how far the work is, at most about twenty times a second and once at the end.
   * @param done  Units done.
   * @param total Units in all.
   */
  onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * Throws `E_ABORTED` when the caller's signal has fired.
 * @param signal The caller's signal, if any.
 * @example
 * ```ts
 * import { throwIfAborted } from 'operando'
 * throwIfAborted(new AbortController().signal) // goes on
 * ```
 */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new OperandoError('E_ABORTED', 'The work was aborted by its caller.', { cause: signal.reason })
}

/** Paces a long loop: see {@link createPace}. */
export interface Pace {
  /**
   * Call after each unit of work: throws on abort, reports progress, and returns a promise to await when the event loop is due a turn
   * (else `undefined`, so that a fast loop does not pay for a microtask a frame).
   * @param done Units done so far.
   */
  step(done: number): Promise<void> | undefined
}

const REPORT_EVERY_MS = 50
const YIELD_EVERY_MS = 16

/** Resolves after the event loop has had a turn; a message channel is not throttled as timers are in background tabs. */
function turn(): Promise<void> {
  return new Promise(resolve => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve)
      return
    }
    const channel = new MessageChannel()
    channel.port1.onmessage = () => {
      channel.port1.close()
      resolve()
    }
    channel.port2.postMessage(0)
  })
}

/**
 * A pace for a loop over `total` units: abort, progress and turns of the event loop in one place.
 *
 * @param total Units in all.
 * @param task  The caller's signal and progress callback.
 * @example
 * ```ts
 * import { createPace } from 'operando'
 * const pace = createPace(3, { onProgress: (done, total) => console.log(`${done}/${total}`) })
 * for (let frame = 0; frame < 3; frame++) await pace.step(frame + 1)
 * ```
 */
export function createPace(total: number, task: LongTask = {}): Pace {
  let lastReport = -Infinity
  let lastTurn = performance.now()
  return {
    step(done: number): Promise<void> | undefined {
      throwIfAborted(task.signal)
      const now = performance.now()
      if (task.onProgress && (now - lastReport >= REPORT_EVERY_MS || done === total)) {
        lastReport = now
        task.onProgress(done, total)
      }
      if (now - lastTurn < YIELD_EVERY_MS) return undefined
      return turn().then(() => {
        lastTurn = performance.now()
        throwIfAborted(task.signal)
      })
    },
  }
}
