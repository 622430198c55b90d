import { createUnitCell, dSpacing, type Hkl, reflections, spaceGroup, type UnitCell } from 'operando'
import { createRandom } from 'operando/numeric'
import { cellFromUnindexedPeaks, type UnindexedPeaksOptions } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const wavelength = 1.5405929
const angleOf = (d: number): number => (360 / Math.PI) * Math.asin(wavelength / (2 * d))
const R3m = spaceGroup('R-3m')
const Pnma = spaceGroup('Pnma')

/** Peaks of the lines of a cell with noise, in a mixed-up order. */
function peaksOf(
  cell: UnitCell,
  group: typeof Pnma,
  dMin: number,
  sigma: number,
  seed: number,
  shift = (_: number): number => 0,
) {
  const random = createRandom(seed)
  const { hkl, d, count } = reflections(cell, group, { dMin })
  return Array.from({ length: count }, (_, i) => ({
    hkl: [...hkl.subarray(3 * i, 3 * i + 3)] as unknown as Hkl,
    centre: { value: angleOf(d[i]!) + shift(angleOf(d[i]!)) + sigma * random.normal(), standardError: sigma },
  })).sort((a, b) => Math.sin(1e6 * a.centre.value) - Math.sin(1e6 * b.centre.value))
}

describe('cellFromUnindexedPeaks', () => {
  const oxide = createUnitCell({ a: 2.8162, c: 14.0536, gamma: 120 })
  const start = { cell: createUnitCell({ a: 2.84, c: 14.2, gamma: 120 }), spaceGroup: R3m }

  it('finds indices and cell of a layered oxide that is 1 % off, and which lines overlap', () => {
    const peaks = peaksOf(oxide, R3m, 1.1, 0.003, 1)
    const {
      cell,
      peaks: assigned,
      figureOfMerit,
      missing,
    } = cellFromUnindexedPeaks(peaks, start, { wavelength, cellRoom: 0.015 })
    for (const { index, hkl, status } of assigned) if (status === 'used') expect(hkl).toEqual(peaks[index]!.hkl)
    expect(assigned.filter(({ status }) => status === 'used').length).toBeGreaterThan(8)
    expectClose(cell.a, 2.8162, { atol: 4 * cell.sigma![0] })
    expectClose(cell.c, 14.0536, { atol: 4 * cell.sigma![2] })
    expect(cell.sigma![0]).toBeLessThan(2e-4)
    expect(figureOfMerit.m).toBeGreaterThan(30)
    expect(missing).toEqual([])
  })

  it('has pulls of deviation 1 with the displacement refined, foreign peaks and an outlier among them', () => {
    const pulls: number[] = []
    const options: UnindexedPeaksOptions = { wavelength, cellRoom: 0.01, displacement: true, tolerance: 0.12, resolution: 0.02 }
    for (let seed = 0; seed < 60; seed++) {
      const peaks = peaksOf(oxide, R3m, 0.9, 0.004, 100 + seed, twoTheta => 0.05 * Math.cos((twoTheta * Math.PI) / 360))
      const bad = peaks.findIndex(({ hkl }) => hkl.join() === '1,1,0')
      peaks[bad] = { ...peaks[bad]!, centre: { value: peaks[bad]!.centre.value + 0.08, standardError: 0.004 } }
      const found = cellFromUnindexedPeaks(
        [...peaks, { centre: { value: 28.44, standardError: 0.004 } }, { centre: { value: 43.3, standardError: 0.004 } }],
        start,
        options,
      )
      expect(found.peaks[bad]!.status).toBe('outlier')
      expect(found.peaks.slice(-2).map(({ status }) => status)).toEqual(['foreign', 'foreign'])
      pulls.push(
        (found.cell.c - 14.0536) / found.cell.sigma![2],
        (found.displacement!.value - 0.05) / found.displacement!.standardError!,
      )
    }
    const deviation = Math.sqrt(pulls.reduce((sum, p) => sum + p * p, 0) / pulls.length)
    expectClose(deviation, 1, { atol: 0.25 })
  })

  it('takes intensities to know which line a peak is where several are near: an olivine', () => {
    const olivine = createUnitCell({ a: 10.3295, b: 6.0065, c: 4.6908 })
    // every fifth line is strong
    const all = peaksOf(olivine, Pnma, 1.4, 0.004, 5).sort((a, b) => a.centre.value - b.centre.value)
    const lines = all.map(({ hkl }, i) => ({ hkl, intensity: i % 5 === 0 ? 100 : 0.5 }))
    const peaks = all.filter((_, i) => i % 5 === 0)
    const cell = createUnitCell({ a: 10.37, b: 5.99, c: 4.7 })
    const found = cellFromUnindexedPeaks(peaks, { cell, spaceGroup: Pnma, lines }, { wavelength, cellRoom: 0.006 })
    expect(found.peaks.every(({ status, hkl, index }) => status === 'used' && hkl!.join() === peaks[index]!.hkl.join())).toBe(
      true,
    )
    for (const [i, edge] of [10.3295, 6.0065, 4.6908].entries())
      expectClose([found.cell.a, found.cell.b, found.cell.c][i]!, edge, { atol: 4 * found.cell.sigma![i]! })
  })

  it('works in q and d, and its figure of merit is that of de Wolff, counted by hand', () => {
    const lines: Hkl[] = [
      [1, 1, 1],
      [2, 0, 0],
      [2, 2, 0],
    ]
    const copper = createUnitCell({ a: 3.615 })
    const off = [1e-4, -1e-4, 1e-4]
    const peaks = lines.map((hkl, i) => ({ centre: (2 * Math.PI) / dSpacing(copper, hkl) + off[i]! }))
    const phase = { cell: createUnitCell({ a: 3.63 }), spaceGroup: spaceGroup('Fm-3m') }
    const { cell, figureOfMerit, peaks: assigned } = cellFromUnindexedPeaks(peaks, phase, { axis: 'q' })
    const squares = assigned.map(
      ({ centre, calculated }) => [(centre / (2 * Math.PI)) ** 2, (calculated! / (2 * Math.PI)) ** 2] as const,
    )
    const mean = squares.reduce((sum, [o, c]) => sum + Math.abs(o - c), 0) / 3
    expectClose(figureOfMerit.m, 8 / cell.a ** 2 / (2 * mean * 3), { rtol: 1e-12 })
    expect(figureOfMerit).toMatchObject({ f: null, used: 3, possible: 3 })
    expectClose(cell.a, 3.615, { atol: 3e-4 })
    const inD = lines.map(hkl => ({ centre: dSpacing(copper, hkl) }))
    expectClose(cellFromUnindexedPeaks(inD, phase, { axis: 'd' }).cell.a, 3.615, { rtol: 1e-9 })
  })

  it('says so where the cell explains too few peaks', () => {
    const peaks = [25, 26, 27].map(centre => ({ centre }))
    expect(errorCode(() => cellFromUnindexedPeaks(peaks, start, { wavelength }))).toBe('E_ARGUMENT')
    expect(errorCode(() => cellFromUnindexedPeaks([], start, { wavelength }))).toBe('E_ARGUMENT')
    expect(errorCode(() => cellFromUnindexedPeaks([{ centre: 20 }], start, { wavelength, tolerance: -1 }))).toBe('E_RANGE')
    expect(errorCode(() => cellFromUnindexedPeaks([{ centre: 20 }], start, {}))).toBe('E_ARGUMENT')
  })

  it('finds b as the unique axis of a monoclinic cell, and beta', () => {
    const truth = createUnitCell({ a: 4.98, b: 8.55, c: 5.02, beta: 109.2 })
    const peaks = peaksOf(truth, spaceGroup('C2/m'), 1.6, 0.004, 8)
    const phase = { cell: createUnitCell({ a: 5, b: 8.53, c: 5.01, beta: 109.3 }), spaceGroup: spaceGroup('C2/m') }
    const { cell } = cellFromUnindexedPeaks(peaks, phase, { wavelength, cellRoom: 0.006 })
    expectClose([cell.a, cell.b, cell.c, cell.beta], [4.98, 8.55, 5.02, 109.2], { rtol: 1e-3 })
  })
})
