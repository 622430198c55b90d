import fc from 'fast-check'
import {
  applyOperation,
  epsilon,
  equivalentReflections,
  formatOperation,
  type Hkl,
  isCentric,
  multiplicity,
  OperandoError,
  orbit,
  parseOperation,
  type SpaceGroup,
  siteMultiplicity,
  spaceGroup,
  spaceGroupFromHall,
  spaceGroupFromOperations,
  spaceGroupSettings,
  systematicallyAbsent,
  type Vector3,
} from 'operando'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/model/spaceGroups.json'

/** FNV-1a, as in the script that made the reference. */
function fnv(text: string): string {
  let h = 0x811c9dc5
  for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 0x01000193) >>> 0
  return h.toString(16)
}

const operationsText = (group: SpaceGroup): string =>
  group.operations
    .map(o => `${o.rotation.join()}|${o.translation.join()}`)
    .sort()
    .join('\n')

function reflectionsText(group: SpaceGroup): string {
  const out: string[] = []
  for (let h = -2; h < 4; h++)
    for (let k = -1; k < 4; k++)
      for (let l = 0; l < 7; l++) {
        const hkl: Hkl = [h, k, l]
        if (h === 0 && k === 0 && l === 0) continue
        out.push(
          `${+systematicallyAbsent(group, hkl)}${multiplicity(group, hkl)}/${epsilon(group, hkl)}${+isCentric(group, hkl)}`,
        )
      }
  return out.join(' ')
}

const rows = reference.rows as [number, string, string, string, string, string, number, number, string, string][]

describe(`the ${rows.length} tabulated settings agree with ${reference.peer}`, () => {
  it('in operations, number, centring, point group, Laue class and inversion, from the Hall symbol', () => {
    const wrong: string[] = []
    for (const [number, hm, hall, centring, pointGroup, laueClass, inversion, order, operations] of rows) {
      const g = spaceGroupFromHall(hall)
      const got = [
        g.number,
        g.centring,
        g.pointGroup,
        g.laueClass,
        +g.isCentrosymmetric,
        g.operations.length,
        fnv(operationsText(g)),
      ]
      const want = [number, centring, pointGroup, laueClass, inversion, order, operations]
      if (got.join() !== want.join()) wrong.push(`${hm} ${hall}: ${got} instead of ${want}`)
    }
    expect(wrong).toEqual([])
  })

  it('when found by the Hermann-Mauguin symbol, with or without spaces', () => {
    const wrong: string[] = []
    for (const [, hm, hall] of rows) {
      const found = [hm, hm.replaceAll(' ', ''), hm.replaceAll(' ', '').toUpperCase()].map(s => spaceGroup(s))
      if (found.some(g => g.hm !== hm || g.hall !== hall)) wrong.push(`${hm}: ${found.map(g => g.hm)}`)
    }
    expect(wrong).toEqual([])
  })

  it('when recognised by the operations alone', () => {
    const byOperations = new Map(rows.map(row => [row[8], row]))
    const wrong: string[] = []
    for (const [, hm, hall, , , , , , operations] of rows) {
      const texts = spaceGroupFromHall(hall).operations.map(formatOperation).reverse()
      const g = spaceGroupFromOperations(texts)
      // a few settings have two names: the first in the table is given
      const first = rows.find(row => row[8] === operations)!
      if (g.hm !== first[1] || g.number !== first[0]) wrong.push(`${hm}: ${g.hm}`)
    }
    expect(wrong).toEqual([])
    expect(byOperations.size).toBeGreaterThan(540)
  })

  it('in absences, multiplicities, epsilon and centric reflections of 209 indices each', () => {
    const wrong: string[] = []
    for (const [, hm, hall, , , , , , , reflections] of rows) {
      if (fnv(reflectionsText(spaceGroupFromHall(hall))) !== reflections) wrong.push(hm)
    }
    expect(wrong).toEqual([])
  })

  it('number by number', () => {
    for (let n = 1; n <= 230; n++) expect(spaceGroup(n).number).toBe(n)
  })
})

describe('spellings of space groups', () => {
  const names: [string, string][] = [
    ['P n m a', 'P n m a'],
    ['pnma', 'P n m a'],
    ['P 21/n 21/m 21/a', 'P n m a'],
    ['Pmnb', 'P m n b'],
    ['R-3m:H', 'R -3 m:H'],
    ['R -3 m H', 'R -3 m:H'],
    ['R-3mR', 'R -3 m:R'],
    ['R -3 2/m :r', 'R -3 m:R'],
    ['H -3 m', 'R -3 m:H'],
    ['H 3 2', 'R 3 2:H'],
    ['R-3m', 'R -3 m:H'],
    ['I 41/a m d :2', 'I 41/a m d:2'],
    ['I 41/a m d S', 'I 41/a m d:1'],
    ['I 41/a 2/m 2/d :1', 'I 41/a m d:1'],
    ['F d -3 m S', 'F d -3 m:1'],
    ['F d -3 m Z', 'F d -3 m:2'],
    ['Fd-3m O1', 'F d -3 m:1'],
    ['F d 3 m', 'F d -3 m:2'],
    ['Fd3mS', 'F d -3 m:1'],
    ['F 41/d -3 2/m :2', 'F d -3 m:2'],
    ['F 4/m -3 2/m', 'F m -3 m'],
    ['Ia3', 'I a -3'],
    ['I a 3 d', 'I a -3 d'],
    ['P 2/m -3', 'P m -3'],
    ['C 2/c', 'C 1 2/c 1'],
    ['C2/m', 'C 1 2/m 1'],
    ['P 21/c', 'P 1 21/c 1'],
    ['P2_1/n', 'P 1 21/n 1'],
    ['P 21/c:b1', 'P 1 21/c 1'],
    ['B 2/b', 'B 1 1 2/b'],
    ['I 2/a', 'I 1 2/a 1'],
    ['P2', 'P 1 2 1'],
    ['Cc', 'C 1 c 1'],
    ['P 63/m m c', 'P 63/m m c'],
    ['P 6_3/m 2/m 2/c', 'P 63/m m c'],
    ['P6(3)/mmc', 'P 63/m m c'],
    ['P -3 2/m 1', 'P -3 m 1'],
    ['P -3 1 2/m', 'P -3 1 m'],
    ['C m c e', 'C m c a'],
    ['C m m e', 'C m m a'],
    ['A e a 2', 'A b a 2'],
    ['C 2/m 2/c 21/m', 'C m c m'],
    ['A m a m', 'A m a m'],
    ['P4332', 'P 43 3 2'],
    ['P −1', 'P -1'],
  ]
  for (const [text, hm] of names) it(`"${text}" is ${hm}`, () => expect(spaceGroup(text).hm).toBe(hm))

  it('that are no symbols are refused with an OperandoError', () => {
    for (const found of [undefined, null, {}]) {
      for (const read of [spaceGroup, spaceGroupFromHall, spaceGroupFromOperations, parseOperation])
        expect(() => (read as (x: unknown) => unknown)(found)).toThrow(OperandoError)
    }
  })

  it('that mean nothing are refused by name', () => {
    for (const name of ['P n m q', '', 'Fd-3m:3', 'Q 1', 'Pnma:2'])
      expect(
        errorCode(() => spaceGroup(name)),
        name,
      ).toBe('E_MISSING')
    expect(errorCode(() => spaceGroup(231))).toBe('E_MISSING')
    expect(() => spaceGroup('Pnmq')).toThrow('"Pnmq"')
  })

  it('that leave the setting open list the settings', () => {
    expect(spaceGroupSettings('Fd-3m').map(s => s.hm)).toEqual(['F d -3 m:2', 'F d -3 m:1'])
    expect(spaceGroupSettings('R-3m').map(s => s.hm)).toEqual(['R -3 m:H', 'R -3 m:R'])
    expect(spaceGroupSettings(15)[0]!.hm).toBe('C 1 2/c 1')
  })
})

describe('operations and Hall symbols', () => {
  it('are read in the ways that files write them', () => {
    for (const text of ['1/2-x, Y ,z+.75', '-x+1/2,y,3/4+z', '+0.5-X,y,z+0.75', '-x-1/2,y,z-0.25']) {
      expect(formatOperation(parseOperation(text))).toBe('-x+1/2,y,z+3/4')
    }
    expect(formatOperation(parseOperation('-y+.333,x-y,z-0.6667'))).toBe('-y+1/3,x-y,z+1/3')
  })

  it('survive writing and reading for every operation of every setting', () => {
    for (const [, , hall] of rows) {
      const { operations } = spaceGroupFromHall(hall)
      expect(operations.map(o => parseOperation(formatOperation(o)))).toEqual(operations)
    }
  })

  it('are refused when they are none', () => {
    for (const bad of ['x,y', 'x,y,w', 'x,x,z', 'x,y,', 'x+0.1,y,z', 'x,y,z+', '2x,y,z', 'x,y,z/2'])
      expect(
        errorCode(() => parseOperation(bad)),
        bad,
      ).toBe('E_FORMAT')
    for (const bad of ['', 'P', 'Q 2', '-P 7', 'P 2 2 2 2 2', 'P 4*', '-P 2q', "P 3'", 'P 2 (1 2)'])
      expect(
        errorCode(() => spaceGroupFromHall(bad)),
        bad,
      ).toBe('E_FORMAT')
    expect(errorCode(() => spaceGroupFromOperations([]))).toBe('E_SHAPE')
    expect(errorCode(() => spaceGroupFromOperations(['x+1/24,y,z', 'x,y+1/24,z']))).toBe('E_FORMAT')
  })

  it('of a setting that is not tabulated still make a group', () => {
    const shifted = spaceGroupFromHall('-P 2ac 2n (0 0 1)')
    expect([shifted.number, shifted.hm, shifted.pointGroup, shifted.operations.length]).toEqual([null, null, 'mmm', 8])
    expect(shifted.isCentrosymmetric).toBe(true)
    // the same shift written as an operator
    expect(operationsText(spaceGroupFromHall('-P 2ac 2n (x,y,z+1/12)'))).toBe(operationsText(shifted))
    // a full turn of the axes: P n m a with (z, x, y) is P b n m
    expect(spaceGroupFromHall('-P 2ac 2n (z,x,y)').hm).toMatch(/^P (b n m|m c n)$/)
  })

  it('complete a list of which some are missing', () => {
    expect(spaceGroupFromOperations(['-x,-y,-z', '-x+1/2,-y,z+1/2', '-x,y+1/2,-z']).hm).toBe('P n m a')
  })
})

const anyGroup = fc.constantFrom(...rows.map(row => row[2])).map(hall => spaceGroupFromHall(hall))
const index = fc.integer({ min: -6, max: 6 })
const anyHkl = fc.tuple(index, index, index).filter(h => h.some(Boolean)) as fc.Arbitrary<Hkl>
const fraction = fc.double({ min: 0, max: 0.999, noNaN: true })

describe('any space group', () => {
  it('holds the product of any two of its operations, and their images fall into its orbits', () => {
    fc.assert(
      fc.property(anyGroup, fc.nat(), fc.nat(), (g, i, j) => {
        const x: Vector3 = [0.137, 0.291, 0.433]
        const [a, b] = [g.operations[i % g.operations.length]!, g.operations[j % g.operations.length]!]
        const image = applyOperation(a, applyOperation(b, x)).map(v => v - Math.floor(v))
        const hit = g.operations.filter(o => applyOperation(o, x).every((v, k) => Math.abs(v - Math.floor(v) - image[k]!) < 1e-9))
        expect(hit.length).toBe(1)
      }),
    )
  })

  it('has |F| = 0 for its absent reflections with atoms anywhere, and only for them', () => {
    const amplitude = (g: SpaceGroup, hkl: Hkl, xyz: Vector3): number => {
      const phases = g.operations.map(o => {
        const [x, y, z] = applyOperation(o, xyz)
        return 2 * Math.PI * (hkl[0] * x + hkl[1] * y + hkl[2] * z)
      })
      return Math.hypot(
        phases.reduce((s, p) => s + Math.cos(p), 0),
        phases.reduce((s, p) => s + Math.sin(p), 0),
      )
    }
    const general: Vector3[] = [
      [0.1373, 0.2917, 0.4339],
      [0.0541, 0.3391, 0.1729],
      [0.4127, 0.0613, 0.2281],
    ]
    fc.assert(
      fc.property(anyGroup, anyHkl, fc.tuple(fraction, fraction, fraction), (g, hkl, xyz) => {
        if (systematicallyAbsent(g, hkl)) expectClose(amplitude(g, hkl, xyz), 0, { atol: 1e-9 })
        else expect(Math.max(...general.map(x => amplitude(g, hkl, x)))).toBeGreaterThan(1e-3)
      }),
      { numRuns: 500 },
    )
  })

  it('has as many equivalents as its multiplicity, all absent or none, and equivalents x epsilon is the order of the point group', () => {
    fc.assert(
      fc.property(anyGroup, anyHkl, (g, hkl) => {
        const all = equivalentReflections(g, hkl)
        expect(all[0]).toEqual(hkl)
        expect(new Set(all.map(String)).size).toBe(multiplicity(g, hkl))
        expect(new Set(all.map(h => systematicallyAbsent(g, h))).size).toBe(1)
        expect(new Set(all.map(h => multiplicity(g, h))).size).toBe(1)
        const rotations = new Set(g.operations.map(o => o.rotation.join())).size
        const withoutMates = equivalentReflections(g, hkl, { friedel: false }).length
        expect(withoutMates * epsilon(g, hkl)).toBe(rotations)
        expect(all.length).toBe(isCentric(g, hkl) ? withoutMates : 2 * withoutMates)
      }),
    )
  })

  it('makes orbits whose length divides its order, from any of their points', () => {
    fc.assert(
      fc.property(
        anyGroup,
        fc.tuple(...[0, 0, 0].map(() => fc.constantFrom(0, 1 / 8, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 0.137))),
        (g, xyz) => {
          const points = orbit(g, xyz as unknown as Vector3)
          expect(g.operations.length % points.length).toBe(0)
          expect(siteMultiplicity(g, points.at(-1)!.position)).toBe(points.length)
        },
      ),
    )
  })
})

describe('special positions', () => {
  it('are recognised in spite of rounding, and moved where they belong', () => {
    const points = orbit(spaceGroup('P 63/m m c'), [0.3333, 0.6667, 0.25])
    expect(points.length).toBe(2)
    expectClose(points[0]!.position, [1 / 3, 2 / 3, 1 / 4], { atol: 1e-12 })
    expect(orbit(spaceGroup('P 63/m m c'), [0.333, 0.667, 0.25]).length).toBe(2)
    expect(orbit(spaceGroup('P 63/m m c'), [0.3333, 0.6667, 0.25], { tolerance: 1e-6 }).length).toBeGreaterThan(2)
  })

  it('are found in finite time whatever the tolerance, and refused where they are no position', () => {
    const garnet = spaceGroup('Ia-3d')
    for (const position of [
      [0.91, 0.44, 0.79],
      [0.3, 0.01, 0.2],
    ] as const)
      expect(96 % orbit(garnet, position, { tolerance: 0.2 }).length).toBe(0)
    expect(() => orbit(garnet, [Number.NaN, 0, 0])).toThrow(/finite fractional coordinates/)
    expect(() => orbit(garnet, [0, 0, 0], { tolerance: 0.5 })).toThrow(/tolerance is 0.5/)
  })

  it('have the multiplicities of the International Tables', () => {
    expect(siteMultiplicity(spaceGroup('Pnma'), [0, 0, 0])).toBe(4) // a
    expect(siteMultiplicity(spaceGroup('Pnma'), [0.28, 0.25, 0.97])).toBe(4) // c
    expect(siteMultiplicity(spaceGroup('Pnma'), [0.16, 0.04, 0.28])).toBe(8) // d
    expect(siteMultiplicity(spaceGroup('Fd-3m:1'), [0, 0, 0])).toBe(8)
    expect(siteMultiplicity(spaceGroup('Fd-3m:2'), [1 / 8, 1 / 8, 1 / 8])).toBe(8)
    expect(siteMultiplicity(spaceGroup('Fd-3m:2'), [0, 0, 0])).toBe(16)
    expect(siteMultiplicity(spaceGroup('Fd-3m:2'), [0.263, 0.263, 0.263])).toBe(32)
    expect(siteMultiplicity(spaceGroup('R-3m'), [0, 0, 0.2605])).toBe(6)
    expect(siteMultiplicity(spaceGroup('R-3m:R'), [0.2605, 0.2605, 0.2605])).toBe(2)
  })
})
