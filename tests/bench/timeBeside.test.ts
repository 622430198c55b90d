import { describe, expect, it } from 'vitest'
import { timeBeside } from '../../bench/harness/timeBeside.js'

/** A machine on which calls take known times, and other processes take the processor away now and then. */
function machine(disturbed: number) {
  let now = 0
  let processor = 0
  let seed = 1
  const chance = (): number => {
    seed = (seed * 16807) % 2147483647
    return seed / 2147483647
  }
  return {
    clock: (): readonly [number, number] => [now, processor],
    call: (seconds: number) => (): void => {
      now += seconds
      processor += seconds
      // another process runs for some ms, and a helper thread of the engine adds to the processor time
      if (chance() < disturbed * seconds * 1e3) now += 4e-3 * chance()
      if (chance() < disturbed * seconds * 1e3) processor += 1e-3 * chance()
    },
  }
}

describe('timeBeside', () => {
  it('finds the times of both within 1 %, however busy the machine', () => {
    for (const disturbed of [0, 0.1, 0.5, 0.9]) {
      const { clock, call } = machine(disturbed)
      const { kernel, yardstick } = timeBeside(call(3e-6), call(2e-6), { clock, budget: 0.5 })
      expect(kernel / 3e-6).toBeGreaterThan(0.9999)
      expect(kernel / 3e-6).toBeLessThan(1.01)
      expect(yardstick / 2e-6).toBeGreaterThan(0.9999)
      expect(yardstick / 2e-6).toBeLessThan(1.01)
    }
  })

  it('keeps the quotient when the whole machine slows down halfway', () => {
    const { clock, call } = machine(0.2)
    let slow = 1
    const paced = (seconds: number) => () => {
      slow = clock()[0] > 0.2 ? 1.7 : 1
      call(seconds * slow)()
    }
    const { kernel, yardstick } = timeBeside(paced(5e-6), paced(1e-6), { clock, budget: 0.5 })
    expect(kernel / yardstick).toBeGreaterThan(4.95)
    expect(kernel / yardstick).toBeLessThan(5.05)
  })

  it('sees a kernel that is half as slow again', () => {
    const ratio = (seconds: number): number => {
      const { clock, call } = machine(0.5)
      const { kernel, yardstick } = timeBeside(call(seconds), call(2e-6), { clock, budget: 0.3 })
      return kernel / yardstick
    }
    expect(ratio(1.5 * 7e-6) / ratio(7e-6)).toBeCloseTo(1.5, 1)
  })

  it('measures calls longer than a window one by one, some at least', () => {
    const { clock, call } = machine(0)
    const { kernel, windows } = timeBeside(call(0.5), call(1e-6), { clock, budget: 0.1 })
    expect(kernel).toBeCloseTo(0.5, 9)
    expect(windows).toBeGreaterThanOrEqual(15)
  })

  it('works on the real clock', () => {
    let sum = 0
    const work = (n: number) => () => {
      for (let i = 0; i < n; i++) sum += Math.sqrt(i)
    }
    const { kernel, yardstick } = timeBeside(work(4000), work(1000), { budget: 0.2 })
    expect(sum).toBeGreaterThan(0)
    expect(kernel / yardstick).toBeGreaterThan(2)
    expect(kernel / yardstick).toBeLessThan(8)
  })
})
