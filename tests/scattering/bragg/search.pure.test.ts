import { createUnitCell } from 'operando'
import { identifyPhases, simulatePattern } from 'operando/scattering'
import { describe, expect, it } from 'vitest'

const cubic = (name: string, a: number) => ({
  name,
  cell: createUnitCell({ a }),
  reflections: [
    { hkl: [1, 1, 1] as const, multiplicity: 8, f2: 9000 },
    { hkl: [2, 0, 0] as const, multiplicity: 6, f2: 8000 },
  ],
})
const twoTheta = Float64Array.from({ length: 1500 }, (_, i) => 30 + 0.02 * i)
const pattern = {
  twoTheta,
  intensity: simulatePattern(twoTheta, [{ ...cubic('Cu', 3.62), amount: 1 }], { wavelength: 1.5406, fwhm: 0.1 }).map(
    y => y + 100,
  ),
}

describe('identifyPhases', () => {
  it('refuses what it cannot use', async () => {
    const run = (candidates: unknown, options: unknown) =>
      identifyPhases(pattern, candidates as Parameters<typeof identifyPhases>[1], options as Parameters<typeof identifyPhases>[2])
    await expect(run([], { wavelength: 1 })).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(run([cubic('Cu', 3.6)], {})).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(run([cubic('Cu', 3.6), cubic('Cu', 4)], { wavelength: 1.5406 })).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(run([cubic('Cu', 3.6)], { wavelength: 1.5406, cellRoom: 0.5 })).rejects.toMatchObject({ code: 'E_RANGE' })
    await expect(run([cubic('Cu', 3.6)], { wavelength: 1.5406, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'E_ABORTED',
    })
  })

  it('names peaks that no candidate has, and takes none rather than a wrong one', async () => {
    const { phases, unexplainedPeaks } = await identifyPhases(pattern, [cubic('Al', 4.05)], { wavelength: 1.5406 })
    expect(phases[0]!.present).toBe(false)
    const expected = Math.asin((1.5406 * Math.sqrt(3)) / 2 / 3.62) * (360 / Math.PI)
    expect(unexplainedPeaks.some(at => Math.abs(at - expected) < 0.02)).toBe(true)
  })

  it('does without points that are masked or NaN', async () => {
    const intensity = pattern.intensity.slice()
    const mask = new Uint8Array(intensity.length)
    for (let i = 100; i < 160; i++) intensity[i] = Number.NaN
    for (let i = 300; i < 320; i++) [mask[i], intensity[i]] = [1, 1e7]
    const { phases } = await identifyPhases({ ...pattern, intensity, mask }, [cubic('Cu', 3.6)], { wavelength: 1.5406 })
    expect(phases[0]).toMatchObject({ name: 'Cu', present: true })
    expect(Math.abs(phases[0]!.cell.a - 3.62)).toBeLessThan(1e-3)
  })
})
