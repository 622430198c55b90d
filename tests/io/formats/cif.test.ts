import { readFileSync } from 'node:fs'
import { cellContents, density, expandStructure } from 'operando'
import { readStructure } from 'operando/io'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

const load = (path: string) => readStructure(readFileSync(sharedPath(path), 'latin1'), { file: path.split('/').at(-1) })

describe.skipIf(!hasSharedData)('CIF files of databases and programs', () => {
  it('of VESTA: LiFePO4 in P 1 with 28 atoms (gemmi 0.5.7 finds 28), displacements from B', () => {
    const s = load('data/io/cif/LiFePO4.cif')
    expect([s.spaceGroup.hm, s.sites.length, expandStructure(s).length]).toEqual(['P 1', 28, 28])
    expectClose(s.sites[0]!.uIso!, 0.012665147955292222, { rtol: 1e-12 })
    expect(cellContents(s).formula).toBe('Fe4 Li4 O16 P4')
    expect(s.warnings).toEqual([])
  })

  it('of the ICSD: graphite in P 63/m m c with 4 atoms in spite of 0.3333; the density that the file tells', () => {
    const s = load('data/io/cif/Graphite.cif')
    expect([s.spaceGroup.hm, s.sites.map(x => x.charge), expandStructure(s).length]).toEqual(['P 63/m m c', [0, 0], 4])
    expectClose(density(s), 2.22, { atol: 0.005 })
    expect(s.warnings).toEqual([])
  })

  it('of the COD: alloclasite in P 1 21 1 with anisotropic displacements and the density that the file tells', () => {
    const s = load('data/io/xrd/cod_9004112.cif')
    expect([s.spaceGroup.hm, expandStructure(s).length]).toEqual(['P 1 21 1', 6])
    expect(s.sites[0]!.uAniso).toEqual([0.01244, 0.01335, 0.01309, -0.00019, 0, 0])
    expectClose(density(s), 6.187, { rtol: 1e-3 })
    expect([s.name, s.warnings]).toEqual(['Alloclasite', []])
  })
})
