import { createElectrochemistry, type Electrochemistry } from 'operando'
import { findPulses, gitt, pitt } from 'operando/cell'
import { createRandom } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import { type Boundary, diffuse } from './diffuse.js'

const SPLIT = 20

interface Titration {
  kind: 'planar' | 'sphere'
  /** µm. */
  length: number
  diffusion: number
  /** s. */
  pulse: number
  rest: number
  noise?: number
}

/** Two pulses of a cell whose potential is 3.5 V + surface concentration, with 20 Ω in series; a row each second, then each twentieth of the rest. */
function titration({ kind, length, diffusion, pulse, rest, noise = 0 }: Titration): Electrochemistry {
  const random = createRandom(3)
  const [time, potential, current] = [[0], [3.5], [0]]
  const steps: { dt: number; boundary: Boundary }[] = []
  const rows: { at: number; flows: boolean; time: number }[] = []
  let now = 0
  const cm = length * 1e-4
  // 20 mV more at equilibrium after each pulse
  const amount = 0.02 * (kind === 'sphere' ? cm / 3 : cm)
  const flux = amount / (diffusion * pulse)
  for (const flows of [true, false, true, false]) {
    const count = flows ? 300 : 200
    const dt = (flows ? pulse : rest) / count
    for (let i = 0; i < count; i++) {
      // short steps where the flux has just changed
      const split = i < 10 ? 10 * SPLIT : SPLIT
      for (let k = 0; k < split; k++) steps.push({ dt: dt / split, boundary: { flux: flows ? flux : 0 } })
      now += dt
      rows.push({ at: steps.length - 1, flows, time: now })
    }
  }
  let next = 0
  diffuse({ kind, length: cm, diffusion }, steps, (step, surface) => {
    const row = rows[next]
    if (row?.at !== step) return
    next++
    time.push(row.time)
    potential.push(3.5 + surface + (row.flows ? 20 * 1e-3 : 0) + noise * random.normal())
    current.push(row.flows ? 1e-3 : 0)
  })
  return createElectrochemistry({ time, potential, current })
}

describe('gitt', () => {
  it('gives the diffusion coefficient that a simulated layer has, when the pulse is short against L²/D', () => {
    const echem = titration({ kind: 'planar', length: 5, diffusion: 1e-11, pulse: 600, rest: 100_000 })
    const steps = gitt(echem, { geometry: { planar: '5 µm' } })
    expect(steps.length).toBe(2)
    for (const step of steps) {
      expectClose(step.diffusion!, 1e-11, { rtol: 0.02 })
      expect(step.valid, step.doubts.join()).toBe(true)
      expectClose(step.ratio!, (600 * 1e-11) / 25e-8, { rtol: 0.03 })
      expectClose(step.steadyChange, 0.02, { rtol: 0.01 })
      expectClose(step.resistance, 20, { rtol: 0.01 })
      expectClose(step.fit!.diffusion, 1e-11, { rtol: 0.01 })
      expectClose(step.fit!.resistance, 20, { rtol: 0.01 })
    }
  })

  it('says by how much it errs where the pulse is not short, and the full solution does not err', () => {
    const echem = titration({ kind: 'sphere', length: 5, diffusion: 2e-11, pulse: 1800, rest: 60_000 })
    const [step] = gitt(echem, { geometry: { sphere: 5 } })
    // in a sphere the root law fails early: tau D / R² is 0.14 here
    const error = step!.diffusion! / 2e-11 - 1
    expect(error).toBeLessThan(-0.2)
    expect(step!.valid).toBe(false)
    expect(step!.doubts).toContain('biased')
    expect(step!.bias!).toBeLessThan(-0.2)
    expectClose(step!.fit!.diffusion, 2e-11, { rtol: 0.01 })
    expectClose(step!.fit!.steadyChange, 0.02, { rtol: 0.01 })
    expect(step!.fit!.converged).toBe(true)
  })

  it('finds D from a rest that is too short as well, by the full solution, with noise', () => {
    const echem = titration({ kind: 'planar', length: 5, diffusion: 3e-11, pulse: 1800, rest: 800, noise: 1e-4 })
    const [step] = gitt(echem, { geometry: { planar: 5 } })
    expect(step!.doubts).toContain('not relaxed')
    const { diffusion, standardError, steadyChange } = step!.fit!
    expect(Math.abs(diffusion - 3e-11)).toBeLessThan(4 * standardError! + 0.01 * 3e-11)
    expect(standardError!).toBeLessThan(0.05 * diffusion)
    expectClose(steadyChange, 0.02, { rtol: 0.02 })
  })

  it('goes with the square of the length that is told', () => {
    const echem = titration({ kind: 'planar', length: 5, diffusion: 1e-11, pulse: 600, rest: 30_000 })
    const [a] = gitt(echem, { geometry: { planar: 5 }, fit: false })
    const [b] = gitt(echem, { geometry: { planar: '10 µm' }, fit: false })
    expectClose(b!.diffusion! / a!.diffusion!, 4, { rtol: 1e-12 })
    expect(a!.fit).toBeNull()
  })

  it('gives no number where the potential moves the wrong way, or where rows are missing', () => {
    const time = Array.from({ length: 60 }, (_, i) => 10 * i)
    const current = time.map(t => (t > 0 && t <= 300 ? 1e-3 : 0))
    const wrong = createElectrochemistry({
      time,
      current,
      potential: time.map(t => (t > 0 && t <= 300 ? 3.5 - 0.001 * Math.sqrt(t) : t === 0 ? 3.5 : 3.51)),
    })
    const [step] = gitt(wrong, { geometry: { planar: 5 } })
    expect([step!.diffusion, step!.valid]).toEqual([null, false])
    expect(step!.doubts).toContain('opposite signs')
    const sparse = createElectrochemistry({ time: [0, 600, 1200], current: [0, 1e-3, 0], potential: [3.5, 3.6, 3.55] })
    expect(gitt(sparse, { geometry: { planar: 5 } })[0]!.doubts).toEqual(['few points'])
    expect(gitt(createElectrochemistry({ time: [], current: [], potential: [] }), { geometry: { planar: 5 } })).toEqual([])
  })

  it('refuses lengths and windows that are none', () => {
    const echem = createElectrochemistry({ time: [0], current: [0], potential: [3] })
    expect(errorCode(() => gitt(echem, { geometry: { planar: 0 } }))).toBe('E_RANGE')
    expect(errorCode(() => gitt(echem, { geometry: { sphere: '5 V' as never } }))).toBe('E_UNIT')
    expect(errorCode(() => gitt(echem, { geometry: {} as never }))).toBe('E_ARGUMENT')
    expect(errorCode(() => gitt(echem, {} as never))).toBe('E_MISSING')
    expect(errorCode(() => gitt(echem, { geometry: { planar: 1 }, window: [0.5, 0.5] }))).toBe('E_RANGE')
  })
})

describe('findPulses', () => {
  it('finds what lies between rests, with the charge of the row that ends each interval', () => {
    const echem = createElectrochemistry({
      time: [0, 10, 20, 30, 40, 50, 60],
      potential: [3, 3, 3, 3, 3, 3, 3],
      current: { values: [1, 0, 2, 2, 0, -1, 0], unit: 'mA' },
    })
    const pulses = findPulses(echem)
    expect(pulses.map(p => [p.before, p.from, p.to, p.restTo, p.start, p.duration])).toEqual([
      [1, 2, 4, 5, 10, 20],
      [4, 5, 6, 7, 40, 10],
    ])
    expectClose(
      pulses.map(p => p.current),
      [2e-3, -1e-3],
      { rtol: 1e-12 },
    )
  })
})

/** One step of potential: rows each second at first, then ever longer. */
function stepped(kind: 'planar' | 'sphere', length: number, diffusion: number, end: number, resistance = 0): Electrochemistry {
  const [time, potential, current] = [
    [0, 1],
    [3.5, 3.5],
    [0, 0],
  ]
  const cm = length * 1e-4
  const steps: { dt: number; boundary: Boundary }[] = []
  const rows: { at: number; dt: number }[] = []
  for (let now = 0; now < end; ) {
    const dt = Math.max(1, 0.02 * now)
    const split = now < 20 ? 400 : SPLIT
    for (let k = 0; k < split; k++) steps.push({ dt: dt / split, boundary: { held: 1 } })
    rows.push({ at: steps.length - 1, dt })
    now += dt
  }
  let next = 0
  let before = 0
  diffuse({ kind, length: cm, diffusion }, steps, (step, _surface, amount) => {
    const row = rows[next]
    if (row?.at !== step) return
    next++
    time.push(time.at(-1)! + row.dt)
    potential.push(3.51)
    // the mean current of the interval that ends here; a resistance takes off the more the higher the current
    const mean = (100 * (amount - before)) / row.dt
    current.push(resistance === 0 ? mean : 1 / (1 / mean + resistance))
    before = amount
  })
  return createElectrochemistry({ time, potential, current })
}

describe('pitt', () => {
  it.each([
    ['planar', 1e-11, 200_000],
    ['sphere', 1e-11, 60_000],
  ] as const)('gives the diffusion coefficient of a simulated %s from either end of the current', (kind, diffusion, end) => {
    const [step] = pitt(stepped(kind, 5, diffusion, end), { geometry: { [kind]: 5 } as never })
    expectClose(step!.shortTime!, diffusion, { rtol: 0.03 })
    expectClose(step!.longTime!, diffusion, { rtol: 0.03 })
    expect(step!.valid, step!.doubts.join()).toBe(true)
    expect(step!.potential).toBe(3.51)
    expect(step!.start).toBe(1)
  })

  it('sees that a resistance limits the current: both ends then disagree', () => {
    const [step] = pitt(stepped('planar', 5, 1e-11, 200_000, 3e4), { geometry: { planar: 5 } })
    expect(step!.doubts).toContain('disagree')
    expect(step!.valid).toBe(false)
  })

  it('sees a step that was cut short', () => {
    const [step] = pitt(stepped('planar', 5, 1e-11, 4000), { geometry: { planar: 5 } })
    expect(step!.valid).toBe(false)
  })

  it('finds no step where the potential is not held, and refuses what is no step', () => {
    const ramp = createElectrochemistry({
      time: Array.from({ length: 50 }, (_, i) => i),
      potential: Array.from({ length: 50 }, (_, i) => 3 + 0.01 * i),
      current: Array.from({ length: 50 }, () => 1e-3),
    })
    expect(pitt(ramp, { geometry: { planar: 5 } })).toEqual([])
    expect(errorCode(() => pitt(ramp, { geometry: { planar: 5 }, leastStep: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => pitt(ramp, { geometry: { planar: -5 } }))).toBe('E_RANGE')
  })
})
