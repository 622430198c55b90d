import fc from 'fast-check'
import { isOperandoError } from 'operando'
import { createRandom } from 'operando/numeric'
import { currentReversals, estimateClock, fitClock, matchTriggers, turningPoints } from 'operando/series'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { makeEchem } from './makeEchem.js'

/** A fixed sequence of numbers in -0.5..0.5 that looks like noise. */
const noise = (i: number): number => {
  const x = Math.sin(12.9898 * (i + 1)) * 43758.5453
  return x - Math.floor(x) - 0.5
}

/** Triangle of period 4, -1..1, 0 at 0 and rising. */
const triangle = (u: number): number => (2 / Math.PI) * Math.asin(Math.sin((Math.PI / 2) * u))

describe('fitClock', () => {
  it('recovers offset and rate exactly from exact pairs, any order', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
        (offset, ppm) => {
          const times = [70000, 0, 33000, 150000, 120000]
          const clock = fitClock(times.map(t => [t, offset + (1 + ppm) * t]))
          expectClose([clock.offset, clock.rate - 1], [offset, ppm], { atol: 1e-6 })
          expect(clock.outliers).toEqual([])
        },
      ),
    )
  })

  it('is not moved by a third of wrong pairs and names them', () => {
    const pairs = Array.from({ length: 30 }, (_, i): [number, number] => [1000 * i, 5 + 1.00002 * 1000 * i + 0.05 * noise(i)])
    for (let i = 0; i < 30; i += 3) pairs[i] = [pairs[i]![0], pairs[i]![1] + 40 + 100 * noise(i) ** 2]
    const clock = fitClock(pairs)
    expectClose(clock.offset, 5, { atol: 0.05 })
    expectClose(clock.rate, 1.00002, { atol: 3e-6 })
    expect(clock.outliers).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27])
  })

  it('holds the rate with fewer than four pairs and claims no uncertainty that nothing supports', () => {
    expect(fitClock([[10, 15]])).toMatchObject({ offset: 5, rate: 1, sigma: null })
    expect(fitClock([[10, 15]], { pairSigma: 2 }).sigma).toBe(2)
    expect(
      fitClock([
        [0, 5],
        [100, 105.2],
      ]).rate,
    ).toBe(1)
  })
})

describe('matchTriggers', () => {
  it('matches by time and interval after missed triggers and spurious frames', () => {
    const triggers = Array.from({ length: 40 }, (_, i) => 12 * i + 0.02 * noise(i))
    const lost = new Set([6, 7, 15])
    const frames = triggers.filter((_, i) => !lost.has(i)).map(t => 800 + 1.00003 * t)
    frames.push(800 + 12 * 20 + 5.5)
    frames.sort((a, b) => a - b)
    const match = matchTriggers(frames, triggers)
    expect(match.missed).toEqual([6, 7, 15])
    expect(match.frameToTrigger.filter(j => j === null)).toHaveLength(1)
    match.frameToTrigger.forEach((j, i) => {
      if (j !== null) expectClose(frames[i]!, 800 + 1.00003 * triggers[j]!, { atol: 1e-9 })
    })
    expectClose([match.clock.offset, match.clock.rate], [800, 1.00003], { atol: 1e-6 })
    expect(match.ambiguous).toBe(false)
  })

  it('says when an evenly spaced series cannot tell which trigger was first', () => {
    const even = (n: number, from: number) => Array.from({ length: n }, (_, i) => from + 10 * i)
    expect(matchTriggers(even(8, 3), even(10, 0)).ambiguous).toBe(true)
    expect(matchTriggers(even(10, 3), even(10, 0)).ambiguous).toBe(false)
  })

  it('refuses triggers of another run', () => {
    const growing = [0, 10, 30, 70, 150]
    expect(() => matchTriggers(growing, [0, 1000, 3000], { tolerance: 0.1 })).toThrow('not the triggers of this run')
  })
})

describe('turningPoints', () => {
  it('finds the knots of a triangle between the samples, with and without noise', () => {
    const time = Array.from({ length: 90 }, (_, i) => 10 * i)
    const clean = time.map(t => triangle(t / 100 + 0.37))
    const turns = turningPoints(time, clean)
    expect(turns.map(t => t.kind)).toEqual(['max', 'min', 'max', 'min'])
    expectClose(
      turns.map(t => t.time),
      [63, 263, 463, 663],
      { atol: 1 },
    )
    const noisy = turningPoints(
      time,
      clean.map((y, i) => y + 0.1 * noise(i)),
    )
    for (const [k, turn] of noisy.entries()) {
      expect(Math.abs(turn.time - (63 + 200 * k))).toBeLessThan(4 * turn.sigma)
      expect(turn.sigma).toBeGreaterThan(0.3)
      expect(turn.sigma).toBeLessThan(10)
    }
  })

  it('leaves out failed frames and does not take the ends for turns', () => {
    const time = Array.from({ length: 41 }, (_, i) => i)
    const values = time.map(t => (t === 7 ? Number.NaN : Math.abs(t - 25.5)))
    expect(turningPoints(time, values).map(t => t.index)).toEqual([25])
    expect(turningPoints(time, time)).toEqual([])
  })
})

/** Charge 0..1000 s, rest to 1100 s, discharge to 2100 s, charge to 3100 s; a pulse back at 500 s. */
const time = Array.from({ length: 3111 }, (_, i) => i)
const charge = time.map(t => (t < 1000 ? t : t < 1100 ? 1000 : t < 2100 ? 2100 - t : t - 2100) - (t > 500 && t < 520 ? 5 : 0))
const echem = makeEchem({ time, charge })

describe('currentReversals', () => {
  it('finds reversals through rests and ignores pulses', () => {
    const reversals = currentReversals(echem)
    expect(reversals.map(r => r.kind)).toEqual(['max', 'min'])
    expectClose(
      reversals.map(r => r.time),
      [1050, 2100],
      { atol: 1.5 },
    )
    expectClose(reversals[0]!.halfWidth, 50, { atol: 1.5 })
  })
})

describe('estimateClock', () => {
  const frames = Array.from({ length: 100 }, (_, i) => 13 + 31 * i)
  const indicatorAt = (t: number): number => {
    const q = charge[Math.max(0, Math.min(charge.length - 1, Math.round(t)))]!
    return 4 - 1e-3 * q + 2e-7 * q * q
  }

  it('recovers a shift from turning points, whichever way the indicator runs', () => {
    for (const shift of [-180, 0, 90]) {
      for (const sign of [1, -1]) {
        const values = frames.map((s, i) => sign * (indicatorAt(s - shift) + 0.01 * noise(i)))
        const clock = estimateClock({ time: frames, values }, echem)
        expect(Math.abs(clock.offset - shift)).toBeLessThan(2 * clock.sigma)
        expect(clock.sigma).toBeLessThan(62)
        expect(clock.polarity).toBe(-sign)
        expect(clock.unmatched).toEqual([])
      }
    }
  })

  it.each([
    ['six turns, little noise', { half: 20000, halves: 7, interval: 600, noise: 0.005, rest: 0, bend: 0 }],
    ['two turns, more noise', { half: 20000, halves: 3, interval: 600, noise: 0.02, rest: 0, bend: 0 }],
    ['one turn', { half: 50000, halves: 2, interval: 1140, noise: 0.01, rest: 0, bend: 0 }],
    ['frames far apart', { half: 20000, halves: 6, interval: 2000, noise: 0.005, rest: 0, bend: 0 }],
    ['rests between', { half: 20000, halves: 4, interval: 300, noise: 0.01, rest: 1200, bend: 0 }],
    ['an indicator that follows less and less', { half: 20000, halves: 6, interval: 600, noise: 0.005, rest: 0, bend: 0.3 }],
  ])('claims the uncertainty that it has: %s', (_, { half, halves, interval, noise: share, rest, bend }) => {
    const length = halves * half + (halves - 1) * rest
    const chargeAt = (t: number): number => {
      const k = Math.min(halves - 1, Math.floor(t / (half + rest)))
      const part = Math.min(1, (t - k * (half + rest)) / half)
      return k % 2 ? 1 - part : part
    }
    const rows = Array.from({ length: Math.floor(length / 60) }, (_, i) => 60 * i)
    const slow = makeEchem({ time: rows, charge: rows.map(chargeAt) })
    const random = createRandom(7)
    let [squares, claims] = [0, 0]
    for (let seed = 0; seed < 16; seed++) {
      const shift = random.uniform(-1, 1) * interval
      const first = random.uniform(0, 1) * interval
      const times = Array.from({ length: Math.floor((length - 2 * interval) / interval) }, (_, i) => first + interval * i)
      const values = times.map(s => {
        const q = chargeAt(Math.min(length, Math.max(0, s - shift)))
        return q + bend * q * (1 - q) + share * random.normal()
      })
      const { offset, sigma } = estimateClock({ time: times, values }, slow)
      squares += (offset - shift) ** 2
      claims += sigma ** 2
    }
    // 16 draws tell their own scatter to 18 %
    expect(Math.sqrt(claims / squares)).toBeGreaterThan(0.65)
    // bent branches leave open where they meet: that is claimed besides, though this one bends alike on both sides
    expect(Math.sqrt(claims / squares)).toBeLessThan(bend > 0 ? 3 : 1.5)
  })

  it('admits what a flat top leaves open: a structure that stands still for a while after each reversal', () => {
    const half = 20000
    const rows = Array.from({ length: 2 * 3 * 668 }, (_, i) => 30 * i)
    const at = (t: number): number => Math.abs(((t + half) % (2 * half)) - half) / half // 0 to 1 and back, first up
    const slow = makeEchem({ time: rows, charge: rows.map(at) })
    for (const lag of [0.02, 0.04]) {
      for (const shift of [-1200, 0, 700]) {
        // play: the structure follows the charge at a distance, and only once it is pulled
        let state = 0
        const times = Array.from({ length: 500 }, (_, i) => 220 * i)
        const values = times.map((s, i) => {
          const q = s < shift ? 0 : at(s - shift)
          state = q > state + lag ? q - lag : q < state - lag ? q + lag : state
          return 8.27 - 0.1 * state + 4e-4 * noise(i)
        })
        const { offset, sigma } = estimateClock({ time: times, values }, slow)
        expect(Math.abs(offset - shift)).toBeLessThan(2 * sigma)
        // a flat top of 2 lag half: its middle is found, its beginning is the reversal
        expect(sigma).toBeGreaterThan(0.5 * lag * half)
        expect(sigma).toBeLessThan(2 * lag * half)
      }
    }
  })

  it('finds a large shift around a prior and refuses one that is too far from it', () => {
    const values = frames.map(s => indicatorAt(s - 5000 + 0))
    const late = frames.map(s => s + 5000)
    const shifted = { time: late, values: late.map(s => indicatorAt(s - 5000)) }
    expectClose(estimateClock(shifted, echem, { prior: { offset: 4900, rate: 1 } }).offset, 5000, { atol: 31 })
    try {
      estimateClock(shifted, echem)
      expect.unreachable()
    } catch (error) {
      expect(isOperandoError(error, 'E_TIME')).toBe(true)
    }
    expect(() => estimateClock({ time: frames, values }, echem)).toThrow('turns 0 times')
  })
})
