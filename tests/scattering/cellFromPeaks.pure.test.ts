import fc from 'fast-check'
import { createUnitCell, dSpacing, dSpacingSigma, type Hkl, isOperandoError, type LatticeSystem, type UnitCell } from 'operando'
import { createRandom } from 'operando/numeric'
import { cellFromPeaks, dSpacingOfPeak, K_ALPHA, latticeParameter } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'

const wavelength = 1.5405929
const refuses = (run: () => unknown, code: Parameters<typeof isOperandoError>[1]): void => {
  expect(run).toThrow(expect.toSatisfy((error: unknown) => isOperandoError(error, code)))
}
const twoThetaOf = (d: number): number => (360 / Math.PI) * Math.asin(wavelength / (2 * d))
const numbers = (cell: UnitCell): number[] => [cell.a, cell.b, cell.c, cell.alpha, cell.beta, cell.gamma]
const LINES: readonly Hkl[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 1, 0],
  [1, 0, 1],
  [0, 1, 1],
  [1, 1, 1],
  [1, 0, -1],
  [1, -1, 0],
  [0, 1, -1],
  [2, 1, 0],
  [1, 2, 3],
]

describe('dSpacingOfPeak', () => {
  it("is Bragg's law, with the error of the centre and of the wavelength", () => {
    const { value, standardError } = dSpacingOfPeak(
      { value: 28.4423, standardError: 0.001 },
      { wavelength, wavelengthSigma: 1e-5 },
    )
    const theta = (14.22115 * Math.PI) / 180
    expectClose(value, wavelength / (2 * Math.sin(theta)), { rtol: 1e-14 })
    const byAngle = ((0.0005 * Math.PI) / 180 / Math.tan(theta)) * value
    expectClose(standardError!, Math.hypot(byAngle, (value * 1e-5) / wavelength), { rtol: 1e-12 })
  })

  it('gives silicon 111 the spacing of the certified lattice parameter', () => {
    // NIST SRM 640c: a = 5.4311946 Å, 111 at 28.441 degrees for Cu K alpha 1 as used there
    expectClose(dSpacingOfPeak(28.441, { wavelength: 1.5405929 }).value * Math.sqrt(3), 5.4311946, { rtol: 5e-5 })
  })

  it('takes q, d and an energy', () => {
    expectClose(dSpacingOfPeak({ value: 2, standardError: 0.01 }, { axis: 'q' }).standardError!, Math.PI * 0.005, { rtol: 1e-12 })
    expect(dSpacingOfPeak(3, { axis: 'd' })).toEqual({ value: 3, standardError: null })
    expectClose(dSpacingOfPeak(20, { energy: 12398.419843320025 }).value, 0.5 / Math.sin(Math.PI / 18), { rtol: 1e-12 })
    refuses(() => dSpacingOfPeak(20), 'E_ARGUMENT')
    refuses(() => dSpacingOfPeak(190, { wavelength }), 'E_RANGE')
    refuses(() => dSpacingOfPeak(Number.NaN, { wavelength }), 'E_RANGE')
  })
})

describe('latticeParameter', () => {
  it('is the closed form of each system', () => {
    const cells: [LatticeSystem, UnitCell, Hkl, 'a' | 'b' | 'c'][] = [
      ['cubic', createUnitCell({ a: 8.1 }), [4, 4, 0], 'a'],
      ['tetragonal', createUnitCell({ a: 4, c: 9 }), [2, 1, 0], 'a'],
      ['tetragonal', createUnitCell({ a: 4, c: 9 }), [0, 0, -2], 'c'],
      ['hexagonal', createUnitCell({ a: 2.87, c: 14.2, gamma: 120 }), [1, 1, 0], 'a'],
      ['hexagonal', createUnitCell({ a: 2.87, c: 14.2, gamma: 120 }), [0, 0, 3], 'c'],
      ['orthorhombic', createUnitCell({ a: 10.33, b: 6.01, c: 4.69 }), [0, 2, 0], 'b'],
    ]
    for (const [system, cell, hkl, edge] of cells) {
      const d = dSpacing(cell, hkl)
      const got = latticeParameter({ value: d, standardError: 0.001 * d }, hkl, { system: system as 'cubic' })
      expect(got.edge).toBe(edge)
      expectClose(got.value, cell[edge], { rtol: 1e-12 })
      expectClose(got.standardError!, 0.001 * cell[edge], { rtol: 1e-12 })
    }
  })

  it('says when one line is not enough', () => {
    refuses(() => latticeParameter(2, [1, 0, 1], { system: 'hexagonal' }), 'E_SINGULAR')
    refuses(() => latticeParameter(2, [0, 0, 0]), 'E_RANGE')
    refuses(() => latticeParameter({ name: 'peak1' }, [1, 1, 1]), 'E_MISSING')
  })
})

describe('cellFromPeaks', () => {
  const edge = fc.double({ min: 5, max: 15, noNaN: true })
  const angle = fc.double({ min: 75, max: 105, noNaN: true })
  const cellsOf: Record<LatticeSystem, fc.Arbitrary<UnitCell>> = {
    cubic: edge.map(a => createUnitCell({ a })),
    tetragonal: fc.tuple(edge, edge).map(([a, c]) => createUnitCell({ a, c })),
    hexagonal: fc.tuple(edge, edge).map(([a, c]) => createUnitCell({ a, c, gamma: 120 })),
    rhombohedral: fc.tuple(edge, angle).map(([a, x]) => createUnitCell({ a, alpha: x, beta: x, gamma: x })),
    orthorhombic: fc.tuple(edge, edge, edge).map(([a, b, c]) => createUnitCell({ a, b, c })),
    monoclinic: fc.tuple(edge, edge, edge, angle).map(([a, b, c, beta]) => createUnitCell({ a, b, c, beta })),
    triclinic: fc
      .tuple(edge, edge, edge, angle, angle, angle)
      .map(([a, b, c, alpha, beta, gamma]) => createUnitCell({ a, b, c, alpha, beta, gamma })),
  }

  it.each(Object.keys(cellsOf) as LatticeSystem[])(
    'gives a %s cell back from its lines, with zero shift and displacement',
    system => {
      fc.assert(
        fc.property(cellsOf[system], cell => {
          const lines = LINES.map(hkl => ({ hkl, centre: twoThetaOf(dSpacing(cell, hkl)) }))
          expectClose(numbers(cellFromPeaks(lines, { system, wavelength }).cell), numbers(cell), { rtol: 1e-9 })
          const onQ = LINES.map(hkl => ({ hkl, centre: (2 * Math.PI) / dSpacing(cell, hkl) }))
          expectClose(numbers(cellFromPeaks(onQ, { system, axis: 'q' }).cell), numbers(cell), { rtol: 1e-9 })
          const shifted = lines.map(({ hkl, centre }) => ({
            hkl,
            centre: centre + 0.05 - 0.1 * Math.cos((centre * Math.PI) / 360),
          }))
          const found = cellFromPeaks(shifted, { system, wavelength, zero: true, displacement: true })
          expectClose([found.zero!.value, found.displacement!.value], [0.05, -0.1], { atol: 1e-5 })
          expectClose(numbers(found.cell), numbers(cell), { rtol: 1e-6 })
        }),
        { numRuns: 20 },
      )
    },
  )

  it('has standard errors that lead back to those of the lines: as many lines as parameters', () => {
    const cell = createUnitCell({ a: 10.33, b: 6.01, c: 4.69, beta: 97 })
    const hkls: Hkl[] = [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 2],
      [1, 1, 1],
    ]
    const lines = hkls.map((hkl, i) => ({
      hkl,
      centre: { value: twoThetaOf(dSpacing(cell, hkl)), standardError: 0.002 * (i + 1) },
    }))
    const found = cellFromPeaks(lines, { system: 'monoclinic', wavelength }).cell
    for (const { hkl, centre } of lines) {
      expectClose(dSpacingSigma(found, hkl)!, dSpacingOfPeak(centre, { wavelength }).standardError!, { rtol: 1e-6 })
    }
  })

  it('weights lines of a cubic cell by the closed form: a mean of a(hkl), weights tan²(theta)/sigma²', () => {
    const { normal } = createRandom(3)
    const lines = LINES.slice(6).map(hkl => ({
      hkl,
      centre: { value: twoThetaOf(dSpacing(createUnitCell({ a: 8.2 }), hkl)) + 0.001 * normal(), standardError: 0.001 },
    }))
    const singles = lines.map(({ hkl, centre }) => latticeParameter(dSpacingOfPeak(centre, { wavelength }), hkl))
    const weights = singles.map(({ standardError }) => standardError! ** -2)
    const sum = weights.reduce((s, w) => s + w, 0)
    const { cell } = cellFromPeaks(lines, { system: 'cubic', wavelength, scaleErrors: false })
    expectClose(cell.a, singles.reduce((s, { value }, i) => s + value * weights[i]!, 0) / sum, { rtol: 1e-8 })
    expectClose(cell.sigma![0], sum ** -0.5, { rtol: 1e-4 })
    expect(cell.sigma![2]).toBe(cell.sigma![0])
    // an uncertain wavelength is common to all lines
    const doubtful = cellFromPeaks(lines, { system: 'cubic', wavelength, scaleErrors: false, wavelengthSigma: 1e-4 })
    expectClose(doubtful.cell.sigma![0], Math.hypot(sum ** -0.5, (cell.a * 1e-4) / wavelength), { rtol: 1e-4 })
  })

  it('has pulls of mean 0 and deviation 1', () => {
    const truth = createUnitCell({ a: 2.87, c: 14.2, gamma: 120 })
    const hkls: Hkl[] = [
      [0, 0, 3],
      [1, 0, 1],
      [0, 1, 2],
      [1, 0, 4],
      [1, 0, 7],
      [1, 1, 0],
    ]
    const { normal } = createRandom(11)
    const pulls = Array.from({ length: 200 }, () => {
      const lines = hkls.map(hkl => ({
        hkl,
        centre: { value: twoThetaOf(dSpacing(truth, hkl)) + 0.003 * normal(), standardError: 0.003 },
      }))
      const { cell } = cellFromPeaks(lines, { system: 'hexagonal', wavelength, scaleErrors: false })
      return [(cell.a - truth.a) / cell.sigma![0], (cell.c - truth.c) / cell.sigma![2]]
    })
    for (const k of [0, 1]) {
      const mean = pulls.reduce((s, p) => s + p[k]!, 0) / 200
      const deviation = Math.sqrt(pulls.reduce((s, p) => s + (p[k]! - mean) ** 2, 0) / 199)
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(200))
      expect(Math.abs(deviation - 1)).toBeLessThan(4 / Math.sqrt(400))
    }
  })

  it('says what is missing', () => {
    const lines = [
      { hkl: [0, 0, 3] as Hkl, centre: 18.7 },
      { hkl: [0, 0, 6] as Hkl, centre: 37.9 },
      { hkl: [0, 0, 9] as Hkl, centre: 58.4 },
    ]
    refuses(() => cellFromPeaks(lines, { system: 'hexagonal', wavelength }), 'E_SINGULAR')
    refuses(() => cellFromPeaks(lines.slice(1), { system: 'orthorhombic', wavelength }), 'E_ARGUMENT')
    refuses(() => cellFromPeaks(lines, { system: 'cubic' }), 'E_ARGUMENT')
    refuses(() => cellFromPeaks(lines, { system: 'cubic', axis: 'q', zero: true }), 'E_ARGUMENT')
  })
})

describe('K_ALPHA', () => {
  it('has the wavelengths that the older tables of J. A. Bearden (Rev. Mod. Phys. 39 (1967) 78) give as energies', () => {
    const kAlpha1 = [5414.72, 6403.84, 6930.32, 8047.78, 17479.34, 22162.92]
    const kAlpha2 = [5405.509, 6390.84, 6915.3, 8027.83, 17374.3, 21990.3]
    const energies = (line: 0 | 1): number[] => Object.values(K_ALPHA).map(({ wavelengths }) => 12398.42 / wavelengths[line])
    expectClose(energies(0), kAlpha1, { rtol: 5e-5 })
    expectClose(energies(1), kAlpha2, { rtol: 5e-5 })
  })
})
