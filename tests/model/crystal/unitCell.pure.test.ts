import fc from 'fast-check'
import {
  bondAngle,
  bondLength,
  type CellNumbers,
  cellVolume,
  cellVolumeSigma,
  createUnitCell,
  dSpacing,
  dSpacingSigma,
  type Hkl,
  latticeSystem,
  metricTensor,
  orthogonalization,
  qOf,
  qSigma,
  reciprocalCell,
  toCartesian,
  toFractional,
  transformCell,
  type UnitCell,
  type Vector3,
} from 'operando'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/model/unitCells.json'

const make = ([a, b, c, alpha, beta, gamma]: readonly number[], sigma?: CellNumbers): UnitCell =>
  createUnitCell({ a: a!, b, c, alpha, beta, gamma, sigma })
const numbers = (cell: UnitCell): number[] => [cell.a, cell.b, cell.c, cell.alpha, cell.beta, cell.gamma]
/** Any cell that is not nearly flat. */
const anyCell = fc
  .tuple(
    ...[0, 0, 0].map(() => fc.double({ min: 2, max: 30, noNaN: true })),
    ...[0, 0, 0].map(() => fc.double({ min: 50, max: 115, noNaN: true })),
  )
  .filter(p => {
    const [x, y, z] = [p[3]!, p[4]!, p[5]!].map(v => Math.cos((v * Math.PI) / 180)) as [number, number, number]
    return 1 - x * x - y * y - z * z + 2 * x * y * z > 0.05
  })
const anySigma = fc.tuple(...[0, 0, 0, 0, 0, 0].map((_, i) => fc.double({ min: 1e-4, max: i < 3 ? 0.01 : 0.05, noNaN: true })))

describe('createUnitCell', () => {
  it('takes a cubic cell from one edge and freezes what it makes', () => {
    const cell = createUnitCell({ a: 4 })
    expect(numbers(cell)).toEqual([4, 4, 4, 90, 90, 90])
    expect(Object.isFrozen(cell)).toBe(true)
    expect(structuredClone(cell)).toEqual(cell)
  })

  it('refuses edges that are not positive, angles that do not close, uncertainties below zero', () => {
    expect(errorCode(() => createUnitCell({ a: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => createUnitCell({ a: 4, c: Number.NaN }))).toBe('E_RANGE')
    expect(errorCode(() => createUnitCell({ a: 4, beta: 180 }))).toBe('E_RANGE')
    expect(errorCode(() => createUnitCell({ a: 4, alpha: 130, beta: 125, gamma: 120 }))).toBe('E_RANGE')
    expect(errorCode(() => createUnitCell({ a: 4, alpha: 30, beta: 40, gamma: 70 }))).toBe('E_RANGE')
    expect(errorCode(() => createUnitCell({ a: 4, sigma: [-1, 0, 0, 0, 0, 0] }))).toBe('E_RANGE')
    expect(errorCode(() => createUnitCell({ a: 4, covariance: [1, 2] }))).toBe('E_SHAPE')
    expect(() => createUnitCell({ a: 4, alpha: 30, beta: 40, gamma: 80 })).toThrow('do not close')
  })
})

describe(`the geometry of a cell agrees with ${reference.peer}`, () => {
  for (const want of reference.cells) {
    it(`for ${want.cell.join(' ')}`, () => {
      const cell = make(want.cell)
      const [x, y] = [reference.x, reference.y] as unknown as [Vector3, Vector3]
      expectClose(cellVolume(cell), want.volume, { rtol: 1e-13, peer: reference.peer })
      expectClose(numbers(reciprocalCell(cell)), want.reciprocal, { rtol: 1e-13, peer: reference.peer })
      const hkls = reference.hkls as unknown as Hkl[]
      expectClose(
        hkls.map(h => dSpacing(cell, h)),
        want.d,
        { rtol: 1e-13 },
      )
      expectClose(
        hkls.map(h => qOf(cell, h)),
        want.d.map(d => (2 * Math.PI) / d),
        { rtol: 1e-13 },
      )
      expectClose(orthogonalization(cell), want.orth, { rtol: 1e-12, atol: 1e-14, peer: reference.peer })
      expectClose(toCartesian(cell, x), want.cartesian, { rtol: 1e-12, peer: reference.peer })
      expectClose(bondLength(cell, x, y), want.distance, { rtol: 1e-12, peer: reference.peer })
    })
  }
})

describe('the lattice', () => {
  it('returns to itself as the reciprocal of the reciprocal, with its uncertainties', () => {
    fc.assert(
      fc.property(anyCell, anySigma, (p, s) => {
        const cell = make(p, s as unknown as CellNumbers)
        const again = reciprocalCell(reciprocalCell(cell))
        expectClose(numbers(again), p, { rtol: 1e-9 })
        expectClose(again.sigma!, s, { rtol: 1e-6 })
      }),
    )
  })

  it('keeps q under a change of axes, indices going with the edges', () => {
    fc.assert(
      fc.property(anyCell, anySigma, (p, s) => {
        const cell = make(p, s as unknown as CellNumbers)
        const other = transformCell(cell, [1, 1, 0, -1, 1, 1, 0, 0, 2])
        // (2 -1 3) P
        expectClose(qOf(other, [3, 1, 5]), qOf(cell, [2, -1, 3]), { rtol: 1e-9 })
        expectClose(qSigma(other, [3, 1, 5])!, qSigma(cell, [2, -1, 3])!, { rtol: 1e-7 })
        expectClose(cellVolume(other) / cellVolume(cell), 4, { rtol: 1e-9 })
      }),
    )
    expect(errorCode(() => transformCell(make([3, 4, 5, 90, 90, 90]), [1, 0, 0, 1, 0, 0, 0, 0, 1]))).toBe('E_SINGULAR')
  })

  it('goes to Cartesian axes and back, and keeps the metric', () => {
    fc.assert(
      fc.property(anyCell, p => {
        const cell = make(p)
        expectClose(toFractional(cell, toCartesian(cell, [0.1, -0.7, 2.3])), [0.1, -0.7, 2.3], { rtol: 1e-10, atol: 1e-12 })
        const g = metricTensor(cell)
        expectClose(Math.hypot(...toCartesian(cell, [1, 1, 0])), Math.sqrt(g[0] + g[4] + 2 * g[1]), { rtol: 1e-10 })
      }),
    )
  })

  it('measures the tetrahedral angle of silicon', () => {
    const cell = createUnitCell({ a: 5.43102 })
    expectClose(bondAngle(cell, [0.25, 0.25, 0.25], [0, 0, 0], [-0.25, -0.25, 0.25]), (Math.acos(-1 / 3) * 180) / Math.PI, {
      rtol: 1e-12,
    })
    expect(errorCode(() => bondAngle(cell, [0, 0, 0], [0, 0, 0], [1, 0, 0]))).toBe('E_RANGE')
    expect(errorCode(() => dSpacing(cell, [0, 0, 0]))).toBe('E_RANGE')
  })
})

describe('uncertainties', () => {
  it('follow the derivatives of q, d and volume for independent cell parameters', () => {
    fc.assert(
      fc.property(anyCell, anySigma, (p, s) => {
        // the covariance is said, since equal edges with equal sigma alone would be one refined number
        const covariance = Float64Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? s[i / 7]! ** 2 : 0))
        const cell = createUnitCell({ ...make(p), covariance })
        const numeric = (f: (c: UnitCell) => number): number => {
          const terms = p.map((v, i) => {
            const step = 1e-5 * v
            const at = (t: number): number => f(make(p.map((w, j) => (i === j ? w + t : w))))
            return ((at(step) - at(-step)) / (2 * step)) * s[i]!
          })
          return Math.hypot(...terms)
        }
        expectClose(cellVolumeSigma(cell)!, numeric(cellVolume), { rtol: 1e-6 })
        expectClose(
          dSpacingSigma(cell, [2, -1, 3])!,
          numeric(c => dSpacing(c, [2, -1, 3])),
          { rtol: 1e-6 },
        )
        expectClose(
          qSigma(cell, [2, -1, 3])!,
          numeric(c => qOf(c, [2, -1, 3])),
          { rtol: 1e-6 },
        )
        const r = reciprocalCell(cell)
        expectClose(
          r.sigma![0],
          numeric(c => reciprocalCell(c).a),
          { rtol: 1e-5 },
        )
        expectClose(
          r.sigma![4],
          numeric(c => reciprocalCell(c).beta),
          { rtol: 1e-5 },
        )
      }),
    )
  })

  it('take equal edges with equal uncertainties for one refined number', () => {
    const cubic = createUnitCell({ a: 4, sigma: [0.001, 0.001, 0.001, 0, 0, 0] })
    for (const hkl of [
      [1, 0, 0],
      [1, 1, 1],
      [3, 2, 1],
    ] as Hkl[]) {
      expectClose(dSpacingSigma(cubic, hkl)! / dSpacing(cubic, hkl), 0.001 / 4, { rtol: 1e-12 })
    }
    expectClose(cellVolumeSigma(cubic)!, 3 * 16 * 0.001, { rtol: 1e-12 })
    const hexagonal = createUnitCell({ a: 3, c: 14, gamma: 120, sigma: [0.001, 0.001, 0.01, 0, 0, 0] })
    // V = sqrt(3)/2 a² c
    expectClose(cellVolumeSigma(hexagonal)! / cellVolume(hexagonal), Math.hypot(2 * (0.001 / 3), 0.01 / 14), { rtol: 1e-12 })
    expect(reciprocalCell(hexagonal).sigma!.slice(3)).toEqual([0, 0, 0])
  })

  it('of an orthorhombic line are the closed form', () => {
    const cell = createUnitCell({ a: 10.332, b: 6.01, c: 4.692, sigma: [0.002, 0.001, 0.0015, 0, 0, 0] })
    const [h, k, l] = [2, 1, 3]
    const d = dSpacing(cell, [h, k, l])
    const want = d ** 3 * Math.hypot((h * h * 0.002) / 10.332 ** 3, (k * k * 0.001) / 6.01 ** 3, (l * l * 0.0015) / 4.692 ** 3)
    expectClose(dSpacingSigma(cell, [h, k, l])!, want, { rtol: 1e-12 })
  })

  it('are null when the cell has none', () => {
    const cell = createUnitCell({ a: 4 })
    expect([dSpacingSigma(cell, [1, 0, 0]), qSigma(cell, [1, 0, 0]), cellVolumeSigma(cell)]).toEqual([null, null, null])
    expect(reciprocalCell(cell).sigma).toBeUndefined()
  })
})

describe('latticeSystem', () => {
  it('knows the seven systems and keeps to its tolerance', () => {
    const of = (...p: number[]): string => latticeSystem(make(p))
    expect(of(4, 4, 4, 90, 90, 90)).toBe('cubic')
    expect(of(4, 4, 5, 90, 90, 90)).toBe('tetragonal')
    expect(of(4, 5, 6, 90, 90, 90)).toBe('orthorhombic')
    expect(of(4, 4, 6, 90, 90, 120)).toBe('hexagonal')
    expect(of(5, 5, 5, 70, 70, 70)).toBe('rhombohedral')
    expect(of(4, 5, 6, 90, 100, 90)).toBe('monoclinic')
    expect(of(4, 4, 6, 85, 100, 91)).toBe('triclinic')
    expect(of(4, 4.0003, 5, 90, 90, 90)).toBe('tetragonal')
    expect(of(4, 4.01, 5, 90, 90, 90)).toBe('orthorhombic')
    expect(latticeSystem(make([4, 4.01, 5, 90, 90, 90]), { edgeTolerance: 0.01 })).toBe('tetragonal')
  })
})
