import { createDataset } from 'operando'
import { createRandom } from 'operando/numeric'
import {
  combineOpposite,
  correctSinograms,
  findRotationCentre,
  parallaxShift,
  reconstructBins,
  type SinogramToReconstruct,
} from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../errorCode.js'
import { expectClose } from '../matchers.js'

/** A Gaussian spot: what stands in the middle is `strength`, and projections are closed forms that translations sample without loss. */
interface Spot {
  x: number
  y: number
  r: number
  /** Scattering by bin, per length. */
  strength: readonly [number, number]
}
const SPOTS: Spot[] = [
  { x: -4, y: 2, r: 3, strength: [1, 0.2] },
  { x: 6, y: -3, r: 2, strength: [0, 2] },
]
const N = 41
const AXIS = 20.7
const translations = Float64Array.from({ length: N }, (_, i) => i)

const chord = ({ x, y, r }: Spot, angle: number, t: number): number => {
  const a = (angle * Math.PI) / 180
  const s = t - AXIS - (x * Math.cos(a) + y * Math.sin(a))
  return Math.sqrt(2 * Math.PI) * r * Math.exp(-0.5 * (s / r) ** 2)
}

/** Patterns of two bins over angles and translations: closed-form projections of the spots. */
function scan(angles: ArrayLike<number>, factor: (angle: number, t: number) => number = () => 1) {
  const values = Array.from(angles).flatMap(angle =>
    [...translations].flatMap(t =>
      [0, 1].map(bin => factor(angle, t) * SPOTS.reduce((sum, spot) => sum + spot.strength[bin]! * chord(spot, angle, t), 0)),
    ),
  )
  return createDataset({
    name: 'I',
    dims: ['angle', 'translation', 'q'],
    shape: [angles.length, N, 2],
    values: Float64Array.from(values),
    unit: '',
    coords: {
      angle: { dims: ['angle'], values: Float64Array.from(angles), unit: 'deg' },
      translation: { dims: ['translation'], values: translations, unit: 'mm' },
      q: { dims: ['q'], values: [1, 2], unit: '1/Å' },
    },
  })
}

/** Filtered back-projection, written here: the ramp of Ramachandran and Lakshminarayanan. */
function filteredBackProjection({ values, angles, centre }: SinogramToReconstruct): Float64Array {
  const out = new Float64Array(N * N)
  angles.forEach((angle, k) => {
    const row = values.subarray(k * N, (k + 1) * N)
    const filtered = row.map((_, i) => {
      let sum = 0
      for (let j = 0; j < N; j++) {
        const m = i - j
        sum += row[j]! * (m === 0 ? 0.25 : m % 2 === 0 ? 0 : -1 / (Math.PI * m) ** 2)
      }
      return sum
    })
    const a = (angle * Math.PI) / 180
    for (let y = 0; y < N; y++)
      for (let x = 0; x < N; x++) {
        const s = centre + (x - centre) * Math.cos(a) + (y - centre) * Math.sin(a)
        const i = Math.floor(s)
        if (i >= 0 && i + 1 < N)
          out[y * N + x]! += ((i + 1 - s) * filtered[i]! + (s - i) * filtered[i + 1]!) * (Math.PI / angles.length)
      }
  })
  return out
}
const HALF_TURN = Float64Array.from({ length: 60 }, (_, k) => 3 * k)
const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0)
const at = (slice: { values: ArrayLike<number> }, bin: number, { x, y }: { x: number; y: number }): number =>
  slice.values[bin * N * N + Math.round(AXIS + y) * N + Math.round(AXIS + x)]!

describe('XRD-CT', () => {
  it('finds the axis of rotation, with noise and with a sum over bins', () => {
    const sum = correctSinograms(scan(HALF_TURN)).values.slice(60 * N)
    expectClose(findRotationCentre({ values: sum, angles: HALF_TURN, translations }).value, AXIS, { atol: 1e-6 })
    const random = createRandom(2)
    const noisy = findRotationCentre({ values: sum.map(v => v + 0.1 * random.normal()), angles: HALF_TURN, translations })
    expectClose(noisy.value, AXIS, { atol: 4 * noisy.standardError! })
    expect(errorCode(() => findRotationCentre({ values: new Float64Array(60 * N), angles: HALF_TURN, translations }))).toBe(
      'E_ARGUMENT',
    )
  })

  it('reconstructs each bin through the function passed in: both phases, each where it is', async () => {
    const slices = await reconstructBins(correctSinograms(scan(HALF_TURN)), { reconstruct: filteredBackProjection, centre: AXIS })
    expect(slices.dims).toEqual(['q', 'y', 'x'])
    const truth = (bin: number, i: number): number =>
      SPOTS.reduce((sum, { x, y, r, strength }) => {
        const [dx, dy] = [(i % N) - AXIS - x, Math.floor(i / N) - AXIS - y]
        return sum + strength[bin]! * Math.exp((-0.5 * (dx * dx + dy * dy)) / (r * r))
      }, 0)
    // this back-projection interpolates linearly, which flattens the top of the narrower spot by some hundredths
    for (const bin of [0, 1])
      for (let i = 0; i < N * N; i++) expectClose(slices.values[bin * N * N + i]!, truth(bin, i), { atol: 0.08 })
    expectClose(slices.coords.x!.values[0]!, -AXIS, { rtol: 1e-12 })
  })

  it('takes off absorption, a flickering beam and air, and restores the flux by the sum rule', async () => {
    const transmission = (angle: number, t: number): number =>
      Math.exp(-0.06 * SPOTS.reduce((sum, spot) => sum + chord(spot, angle, t), 0))
    const beam = (angle: number): number => 1 + 0.3 * Math.sin(angle)
    const through = Float64Array.from([...HALF_TURN].flatMap(angle => [...translations].map(t => transmission(angle, t))))
    const raw = scan(HALF_TURN, (angle, t) => beam(angle) * transmission(angle, t))
    const monitor = Float64Array.from([...HALF_TURN].flatMap(angle => [...translations].map(() => beam(angle))))
    const clean = correctSinograms(scan(HALF_TURN))
    const exact = correctSinograms(raw, { monitor, transmission: through })
    expectClose(exact.values, clean.values, { rtol: 1e-12, atol: 1e-12 })
    // without a monitor, by the sum rule
    const ruled = correctSinograms(raw, { transmission: through, sumRule: true })
    const scale = total(ruled.values) / total(clean.values)
    expectClose(
      ruled.values.map(v => v / scale),
      clean.values,
      { atol: 0.12 },
    )
    // what absorption does if it is left: the middle of the spot darkens
    const left = await reconstructBins(correctSinograms(raw, { monitor }), { reconstruct: filteredBackProjection, centre: AXIS })
    expect(at(left, 0, SPOTS[0]!)).toBeLessThan(0.75)
    const air = [0.5, 0.1]
    const dirty = createDataset({ ...scan(HALF_TURN), values: scan(HALF_TURN).values.map((v, i) => v + air[i % 2]!) })
    expectClose(correctSinograms(dirty, { background: air }).values, clean.values, { atol: 1e-12 })
  })

  it('joins a full turn to half of it: the opposite turned over about the axis', () => {
    const turn = Float64Array.from({ length: 120 }, (_, k) => 3 * k)
    const joined = combineOpposite(correctSinograms(scan(turn)), AXIS)
    const half = correctSinograms(scan(HALF_TURN))
    expect(joined.shape).toEqual([2, 60, N])
    // the opposite is interpolated between translations: at most an eighth of the curvature, half of it in the mean of two
    const curvature = Math.sqrt(2 * Math.PI) / 2
    expectClose(joined.values, half.values, { atol: (2 * 1.2 * curvature) / 16 })
    expect(errorCode(() => combineOpposite(correctSinograms(scan(HALF_TURN))))).toBe('E_ARGUMENT')
  })

  it('cancels parallax to first order in a turn: the shift is odd in the offset', () => {
    const shift = (offset: number): number => parallaxShift({ twoTheta: 8, dist: 600, offset })
    // a ring of radius (L - z) tan(2 theta)
    expectClose(shift(1), (Math.atan((599 * Math.tan((8 * Math.PI) / 180)) / 600) * 180) / Math.PI - 8, { rtol: 1e-9 })
    expect(Math.abs(shift(1) + shift(-1))).toBeLessThan(2e-3 * Math.abs(shift(1)))
    expect(shift(0)).toBe(0)
    expect(errorCode(() => shift(600))).toBe('E_RANGE')
  })

  it('refuses what it cannot reconstruct', async () => {
    const sinograms = correctSinograms(scan(HALF_TURN))
    expect(errorCode(() => correctSinograms(scan(HALF_TURN), { monitor: [1] }))).toBe('E_SHAPE')
    expect(errorCode(() => correctSinograms(scan(HALF_TURN), { transmission: new Float64Array(60 * N) }))).toBe('E_RANGE')
    await expect(reconstructBins(sinograms, { reconstruct: () => new Float64Array(3) })).rejects.toMatchObject({
      code: 'E_SHAPE',
    })
    await expect(reconstructBins(sinograms, { reconstruct: filteredBackProjection, bins: [5] })).rejects.toMatchObject({
      code: 'E_ARGUMENT',
    })
    await expect(
      reconstructBins(sinograms, { reconstruct: filteredBackProjection, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'E_ABORTED' })
  })
})
