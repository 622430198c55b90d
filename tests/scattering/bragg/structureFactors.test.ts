import { readFileSync } from 'node:fs'
import { createStructure, type SiteInput } from 'operando'
import { powderReflections } from 'operando/scattering'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

interface PeerSite {
  el: string
  x: number
  y: number
  z: number
  B: number
  occ: number
}
interface Case {
  name: string
  space_group: string
  cell: [number, number, number, number, number, number]
  wavelength_A: number
  dmin: number
  sites: PeerSite[]
  hkl: [number, number, number][]
  d: number[]
  mult: number[]
  F2: number[]
  F2_no_dispersion: number[]
  I_rel: number[]
}

const { cases, peers } = (
  hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/scattering/b_powder.json'), 'utf8')) : { cases: [], peers: {} }
) as { cases: Case[]; peers: Record<string, string> }

const siteOf = ({ el, x, y, z, B, occ }: PeerSite): SiteInput => ({
  element: el,
  position: [x, y, z],
  occupancy: occ,
  uIso: B / (8 * Math.PI ** 2),
})

describe.skipIf(!hasSharedData)('powder lines of battery phases and standards', () => {
  test.each(cases)('$name: spacings, multiplicities, |F|² and intensities are those of gemmi and xraydb', async c => {
    const [a, b, cc, alpha, beta, gamma] = c.cell
    const structure = createStructure({
      name: c.name,
      cell: { a, b, c: cc, alpha, beta, gamma },
      spaceGroup: c.space_group,
      sites: c.sites.map(siteOf),
    })
    const peer = `gemmi ${peers.gemmi}, xraydb ${peers.xraydb}`
    const { lines } = await powderReflections(structure, {
      wavelength: c.wavelength_A,
      dMin: c.dmin,
      polarization: 'unpolarised',
    })
    // lines of one spacing may come in another order: each by its indices
    const key = (hkl: readonly number[]): string => hkl.join(' ')
    const byIndices = new Map(lines.map(line => [key(line.hkl), line]))
    expect(lines.length).toBe(c.hkl.length)
    const found = c.hkl.map(hkl => byIndices.get(key(hkl)) ?? equivalent(lines, c, hkl))
    expectClose(
      found.map(line => line.d),
      c.d,
      { rtol: 1e-10 },
    )
    expect(found.map(line => line.multiplicity)).toEqual(c.mult)
    const strongest = Math.max(...c.F2)
    expectClose(
      found.map(line => line.f2),
      c.F2,
      { rtol: 1e-4, atol: 1e-6 * strongest, peer },
    )
    const most = Math.max(...found.map(line => line.intensity))
    expectClose(
      found.map(line => (100 * line.intensity) / most),
      c.I_rel,
      { rtol: 0, atol: 0.02 },
    )
    const bare = await powderReflections(structure, { wavelength: c.wavelength_A, dMin: c.dmin, dispersion: false })
    const bareByIndices = new Map(bare.lines.map(line => [key(line.hkl), line]))
    expectClose(
      found.map(line => bareByIndices.get(key(line.hkl))!.f2),
      c.F2_no_dispersion,
      { rtol: 1e-6, atol: 1e-6 * strongest },
    )
  })
})

/** The line of the same spacing, where another of the equivalent planes stands for it. */
function equivalent<Line extends { d: number; multiplicity: number; f2: number }>(
  lines: readonly Line[],
  c: Case,
  hkl: readonly number[],
): Line {
  const index = c.hkl.indexOf(hkl as [number, number, number])
  const near = lines.filter(line => Math.abs(line.d / c.d[index]! - 1) < 1e-9 && line.multiplicity === c.mult[index])
  near.sort((x, y) => Math.abs(x.f2 - c.F2[index]!) - Math.abs(y.f2 - c.F2[index]!))
  if (near.length === 0) throw new Error(`no line like ${hkl.join(' ')}`)
  return near[0]!
}
