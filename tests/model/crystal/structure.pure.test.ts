import fc from 'fast-check'
import {
  bondAngle,
  cellContents,
  createStructure,
  createUnitCell,
  density,
  dSpacing,
  equivalentReflections,
  expandStructure,
  type Hkl,
  neighbours,
  qOf,
  reflections,
  type SiteInput,
  spaceGroup,
  systematicallyAbsent,
  uEquivalent,
  type Vector3,
} from 'operando'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/model/structures.json'

const cellOf = ([a, b, c, alpha, beta, gamma]: readonly number[]) => createUnitCell({ a: a!, b, c, alpha, beta, gamma })
const sitesOf = (text: string): SiteInput[] =>
  text.split(';').map(line => {
    const [label, element, x, y, z, occupancy] = line.split(' ')
    return { label: label!, element: element!, position: [Number(x), Number(y), Number(z)], occupancy: Number(occupancy) }
  })

describe(`structures agree with ${reference.peer}`, () => {
  for (const want of reference.structures) {
    it(`${want.name}: ${want.count} reflections, ${want.atoms} atoms`, () => {
      const cell = cellOf(want.cell)
      const group = spaceGroup(want.hm)
      const list = reflections(cell, group, { dMin: want.dMin })
      const got: string[] = []
      for (let i = 0; i < list.count; i++) got.push(`${list.hkl.subarray(3 * i, 3 * i + 3).join()}:${list.multiplicity[i]}`)
      expect(got.sort()).toEqual(want.lines.split(' ').sort())
      expectClose(
        list.d.reduce((s, d) => s + d, 0),
        want.dSum,
        { rtol: 1e-12 },
      )
      const structure = createStructure({ cell, spaceGroup: group, sites: sitesOf(want.sites) })
      expect(structure.warnings).toEqual([])
      expect(expandStructure(structure).length).toBe(want.atoms)
      const { counts } = cellContents(structure)
      for (const [element, n] of Object.entries(want.counts))
        expectClose(counts[element]!, n!, { rtol: 1e-5, peer: reference.peer })
      // gemmi's atomic weights are older: Li 6.941, Si 28.0855
      expectClose(density(structure), want.density, { rtol: 1e-4, peer: reference.peer })
    })
  }
})

describe('reflections', () => {
  const nacl = createUnitCell({ a: 5.64 })
  const fm3m = spaceGroup('Fm-3m')

  it('come by falling d, with q = 2 pi / d, equal spacings apart and in a fixed order', () => {
    const list = reflections(nacl, fm3m, { dMin: 1 })
    for (let i = 1; i < list.count; i++) expect(list.d[i]! <= list.d[i - 1]! * (1 + 1e-12)).toBe(true)
    expectClose(
      list.q,
      list.d.map(d => (2 * Math.PI) / d),
      { rtol: 1e-14 },
    )
    const text = Array.from({ length: list.count }, (_, i) => list.hkl.subarray(3 * i, 3 * i + 3).join(' '))
    expect(text.slice(0, 5)).toEqual(['1 1 1', '2 0 0', '2 2 0', '3 1 1', '2 2 2'])
    expect(text.indexOf('3 3 3')).toBe(text.indexOf('5 1 1') + 1)
  })

  it('reach the same limit whether it is given as d, q or angle, and include it', () => {
    const d = dSpacing(nacl, [3, 1, 1])
    const last = (list: { hkl: Int32Array }): number[] => [...list.hkl.slice(-3)]
    expect(last(reflections(nacl, fm3m, { dMin: d }))).toEqual([3, 1, 1])
    expect(last(reflections(nacl, fm3m, { qMax: qOf(nacl, [3, 1, 1]) }))).toEqual([3, 1, 1])
    expect(last(reflections(nacl, fm3m, { qMax: `${qOf(nacl, [3, 1, 1]) * 10.0001} 1/nm` }))).toEqual([3, 1, 1])
    const twoThetaMax = (2 * Math.asin(1.5406 / 2 / d) * 180) / Math.PI
    expect(last(reflections(nacl, fm3m, { twoThetaMax, wavelength: 1.5406 }))).toEqual([3, 1, 1])
    expect(last(reflections(nacl, fm3m, { twoThetaMax, wavelength: '0.15406 nm' }))).toEqual([3, 1, 1])
  })

  it('use Laue symmetry, not permutations: hkl and khl of 4/m are two lines of one spacing', () => {
    const list = reflections(createUnitCell({ a: 9, c: 5 }), spaceGroup('P4/m'), { dMin: 3.9 })
    const text = Array.from(
      { length: list.count },
      (_, i) => `${list.hkl.subarray(3 * i, 3 * i + 3).join(' ')} x${list.multiplicity[i]}`,
    )
    expect(text).toContain('2 1 0 x4')
    expect(text).toContain('1 2 0 x4')
  })

  it('hold every reflection of the sphere once, among the equivalents of the list or absent', () => {
    const groups = [
      'P -1',
      'C 1 2/c 1',
      'P n m a',
      'I 41/a',
      'P -3',
      'R -3 m:H',
      'P 63/m m c',
      'I a -3',
      'F d -3 m:2',
      'P 43 3 2',
      'P 63',
      'C 1 m 1',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...groups),
        fc.double({ min: 3, max: 6, noNaN: true }),
        fc.double({ min: 3, max: 9, noNaN: true }),
        (name, a, c) => {
          const group = spaceGroup(name)
          const system = group.crystalSystem
          const cell = createUnitCell({
            a,
            b: system === 'orthorhombic' || system === 'monoclinic' || system === 'triclinic' ? a * 1.3 : a,
            c: system === 'cubic' ? a : c,
            alpha: system === 'triclinic' ? 82 : 90,
            beta: system === 'monoclinic' || system === 'triclinic' ? 104 : 90,
            gamma: system === 'trigonal' || system === 'hexagonal' ? 120 : 90,
          })
          const dMin = 1.3
          const list = reflections(cell, group, { dMin })
          const covered = new Set<string>()
          for (let i = 0; i < list.count; i++) {
            const all = equivalentReflections(group, [...list.hkl.subarray(3 * i, 3 * i + 3)] as unknown as Hkl)
            expect(all.length).toBe(list.multiplicity[i])
            for (const h of all) {
              expect(covered.has(String(h))).toBe(false)
              covered.add(String(h))
            }
          }
          for (let h = -8; h <= 8; h++)
            for (let k = -8; k <= 8; k++)
              for (let l = -8; l <= 8; l++) {
                if (h === 0 && k === 0 && l === 0) continue
                const d = dSpacing(cell, [h, k, l])
                // the list may take or leave what stands within rounding of the end of its documented margin, but with all its equivalents
                if (Math.abs(d / dMin - (1 - 1e-9)) < 1e-12) {
                  const all = equivalentReflections(group, [h, k, l])
                  expect(new Set(all.map(e => covered.has(String(e)))).size).toBe(1)
                  continue
                }
                const inside = d >= dMin * (1 - 1e-9) && !systematicallyAbsent(group, [h, k, l])
                if (covered.has(`${h},${k},${l}`) !== inside) throw new Error(`${name} ${h} ${k} ${l}: ${inside}`)
              }
        },
      ),
      { numRuns: 25 },
    )
  })

  it('take a spacing at the limit with all its equivalents, though rounding puts it beyond by less than one part in 1e9', () => {
    const group = spaceGroup('C 1 m 1')
    const holds = (scale: number): boolean => {
      const cell = createUnitCell({ a: 4 * scale, b: 5.2 * scale, c: 3, beta: 104 }) // d(040) = 1.3 scale
      const { count, hkl, multiplicity } = reflections(cell, group, { dMin: 1.3 })
      const at = Array.from({ length: count }, (_, i) => hkl.subarray(3 * i, 3 * i + 3).join(' ')).indexOf('0 4 0')
      if (at >= 0) expect(multiplicity[at]).toBe(2)
      return at >= 0
    }
    expect([1 + 1e-12, 1, 1 - 1e-12, 1 - 5e-13, 1 - 9e-10].map(holds)).toEqual([true, true, true, true, true])
    expect([1 - 1.1e-9, 1 - 1e-8].map(holds)).toEqual([false, false])
  })

  it('refuse cells without the symmetry, missing or contradicting limits, and limits that mean millions', () => {
    expect(errorCode(() => reflections(createUnitCell({ a: 4, c: 5 }), fm3m, { dMin: 1 }))).toBe('E_ARGUMENT')
    expect(
      errorCode(() => reflections(createUnitCell({ a: 5, alpha: 60, beta: 60, gamma: 60 }), spaceGroup('R-3m'), { dMin: 1 })),
    ).toBe('E_ARGUMENT')
    expect(errorCode(() => reflections(nacl, fm3m, {} as never))).toBe('E_ARGUMENT')
    expect(errorCode(() => reflections(nacl, fm3m, { dMin: 1, qMax: 3 } as never))).toBe('E_ARGUMENT')
    expect(errorCode(() => reflections(nacl, fm3m, { dMin: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => reflections(nacl, fm3m, { dMin: 0.001 }))).toBe('E_LIMIT')
    expect(reflections(nacl, fm3m, { dMin: 9 }).count).toBe(0)
  })
})

describe('createStructure', () => {
  const si = { cell: { a: 5.43102 }, sites: [{ element: 'Si', position: [0, 0, 0] as Vector3 }] }

  it('takes the axes that the cell has, and says when it had to choose an origin', () => {
    const o = { cell: { a: 2.8156, c: 14.0542, gamma: 120 }, spaceGroup: 'R-3m', sites: [] }
    expect(createStructure(o).spaceGroup.hm).toBe('R -3 m:H')
    expect(createStructure(o).warnings).toEqual([])
    expect(createStructure({ ...o, cell: { a: 4.959, alpha: 33, beta: 33, gamma: 33 } }).spaceGroup.hm).toBe('R -3 m:R')
    const silicon = createStructure({ ...si, spaceGroup: 'Fd-3m' })
    expect(silicon.spaceGroup.hm).toBe('F d -3 m:2')
    expect(silicon.warnings.map(w => w.code)).toEqual(['W_ORIGIN'])
    expect(createStructure({ ...si, spaceGroup: 'P 1 21/c 1', cell: { a: 4, b: 5, c: 6, beta: 100 } }).warnings).toEqual([])
  })

  it('finds the unique axis of a short monoclinic symbol from the cell', () => {
    expect(createStructure({ cell: { a: 4, b: 5, c: 6, beta: 100 }, spaceGroup: 5, sites: [] }).spaceGroup.hm).toBe('C 1 2 1')
    expect(createStructure({ cell: { a: 4, b: 5, c: 6, gamma: 100 }, spaceGroup: 4, sites: [] }).spaceGroup.hm).toBe('P 1 1 21')
  })

  it('says what is missing to callers without a compiler', () => {
    const made = (input: unknown) => () => createStructure(input as never)
    const cell = { a: 5 }
    expect(made(undefined)).toThrow(/an object with cell, spaceGroup, sites/)
    expect(made({ cell, spaceGroup: 'Fm-3m' })).toThrow(/sites is missing/)
    expect(made({ cell: {}, spaceGroup: 'Fm-3m', sites: [] })).toThrow(/a is missing/)
    expect(made({ cell, spaceGroup: 'Fm-3m', sites: [{ element: 'Li' }] })).toThrow(/site 0: position is missing/)
  })

  it('refuses what cannot be, and names the site', () => {
    const make = (site: Partial<SiteInput>): unknown =>
      createStructure({ ...si, spaceGroup: 'P 1', sites: [{ element: 'Fe', position: [0, 0, 0], ...site }] })
    expect(errorCode(() => make({ element: 'Fe2+' }))).toBe('E_MISSING')
    expect(errorCode(() => make({ position: [0, Number.NaN, 0] }))).toBe('E_NAN')
    expect(errorCode(() => make({ occupancy: -0.1 }))).toBe('E_RANGE')
    expect(errorCode(() => createStructure({ ...si, spaceGroup: 'P 63/m m c' }))).toBe('E_ARGUMENT')
    expect(() => make({ label: 'Fe7', occupancy: Number.NaN })).toThrow('Site Fe7')
  })

  it('warns of positions filled twice, also by an equivalent position, and of displacements that cannot be', () => {
    const codes = (...sites: SiteInput[]): string[] =>
      createStructure({ cell: { a: 8 }, spaceGroup: 'Fd-3m:2', sites }).warnings.map(w => w.code)
    expect(
      codes(
        { element: 'Li', position: [1 / 8, 1 / 8, 1 / 8] },
        { element: 'Mn', position: [7 / 8, 3 / 8, 3 / 8], occupancy: 0.1 },
      ),
    ).toEqual(['W_OCCUPANCY'])
    expect(codes({ element: 'Li', position: [1 / 8, 1 / 8, 1 / 8], uIso: -0.01 })).toEqual(['W_DISPLACEMENT'])
    expect(codes({ element: 'Li', position: [1 / 8, 1 / 8, 1 / 8], uAniso: [0.01, 0.01, 0.01, 0.02, 0, 0] })).toEqual([
      'W_DISPLACEMENT',
    ])
  })

  it('does not write into its input, and survives structuredClone', () => {
    const input = { ...si, spaceGroup: 'F d -3 m:1' }
    const before = structuredClone(input)
    const structure = createStructure(input)
    expandStructure(structure)
    expect(input).toEqual(before)
    expect(structuredClone(structure)).toEqual(structure)
  })
})

describe('atoms', () => {
  const silicon = createStructure({
    cell: { a: 5.43102 },
    spaceGroup: 'F d -3 m:1',
    sites: [{ element: 'Si', position: [0, 0, 0] }],
  })

  it('of silicon have four neighbours at a sqrt(3)/4 and twelve at a/sqrt(2), at the tetrahedral angle', () => {
    const shell = neighbours(silicon, 'Si1', 4)
    expect(shell.length).toBe(16)
    expectClose(
      shell.slice(0, 4).map(n => n.distance),
      new Array(4).fill((5.43102 * Math.sqrt(3)) / 4),
      { rtol: 1e-12 },
    )
    expectClose(
      shell.slice(4).map(n => n.distance),
      new Array(12).fill(5.43102 / Math.SQRT2),
      { rtol: 1e-12 },
    )
    expectClose(bondAngle(silicon.cell, shell[0]!.position, [0, 0, 0], shell[1]!.position), 109.4712206, { rtol: 1e-9 })
    expect(errorCode(() => neighbours(silicon, 'Fe1', 3))).toBe('E_MISSING')
    expect(errorCode(() => neighbours(silicon, 'Si1', Infinity))).toBe('E_RANGE')
  })

  it('have the same distances from both origins of Fd-3m', () => {
    const other = createStructure({
      cell: { a: 5.43102 },
      spaceGroup: 'F d -3 m:2',
      sites: [{ element: 'Si', position: [1 / 8, 1 / 8, 1 / 8] }],
    })
    expectClose(
      neighbours(other, 'Si1', 9).map(n => n.distance),
      neighbours(silicon, 'Si1', 9).map(n => n.distance),
      { rtol: 1e-12 },
    )
    expectClose(density(silicon), 2.329, { rtol: 2e-4 })
  })

  it('turn their displacements so that the temperature factor of hkl is that of hkl R on the first atom', () => {
    const cell = createUnitCell({ a: 4.9137, c: 5.4047, gamma: 120 })
    const u = [0.006, 0.005, 0.007, -0.0004, -0.0002, 0.0021] as const
    const quartz = createStructure({
      cell,
      spaceGroup: 'P 32 2 1',
      sites: [{ element: 'O', position: [0.4135, 0.2669, 0.1191], uAniso: u }],
    })
    const [as, bs, cs] = [1, 0, 0].map((_, i) => 1 / dSpacing(cell, [+(i === 0), +(i === 1), +(i === 2)])) as [
      number,
      number,
      number,
    ]
    const exponent = (
      [h, k, l]: Hkl,
      [u11, u22, u33, u23, u13, u12]: readonly [number, number, number, number, number, number],
    ): number =>
      h * h * as * as * u11 +
      k * k * bs * bs * u22 +
      l * l * cs * cs * u33 +
      2 * (k * l * bs * cs * u23 + h * l * as * cs * u13 + h * k * as * bs * u12)
    const h: Hkl = [2, -1, 3]
    for (const atom of expandStructure(quartz)) {
      const r = quartz.spaceGroup.operations[atom.operation]!.rotation
      const image: Hkl = [2 * r[0] - r[3] + 3 * r[6], 2 * r[1] - r[4] + 3 * r[7], 2 * r[2] - r[5] + 3 * r[8]]
      expectClose(exponent(h, atom.uAniso!), exponent(image, u), { rtol: 1e-12 })
      expectClose(uEquivalent(cell, atom.uAniso!), uEquivalent(cell, u), { rtol: 1e-12 })
    }
  })
})
