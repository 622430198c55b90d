import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createStructure, createUnitCell, spaceGroup } from 'operando'
import { K_ALPHA, leBail, type ParameterChoice, type RefinementResult, rietveld } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { sharedPath } from '../../sharedData.js'

const standards = sharedPath('data/scattering/standards')

describe.skipIf(!existsSync(standards))('standards on laboratory diffractometers', () => {
  const LaB6 = { name: 'LaB6', cell: createUnitCell({ a: 4.157 }), spaceGroup: spaceGroup('Pm-3m') }
  const refineLaB6 = (parameters: Record<string, ParameterChoice>): RefinementResult => {
    const rows = gunzipSync(readFileSync(`${standards}/LaB6_d500_si_psd.xye.gz`))
      .toString('utf8')
      .split('\n')
      .map(line => line.trim().split(/\s+/).map(Number))
      .filter(row => row.length >= 3 && row[0]! > 19 && row[0]! < 120 && row[2]! > 0)
    const pattern = { twoTheta: rows.map(row => row[0]!), intensity: rows.map(row => row[1]!), sigma: rows.map(row => row[2]!) }
    return leBail(pattern, [LaB6], { doublet: K_ALPHA.Cu, background: 8, parameters })
  }

  it('have an a of LaB6 that zero and displacement together hide: they correlate by more than 0.99', () => {
    const neither = refineLaB6({})
    const both = refineLaB6({ zero: { vary: true }, displacement: { vary: true } })
    expect(neither.converged && both.converged).toBe(true)
    // lines one by one gave 4.1560(2) with -0.065 and 0.066 degrees, and 4.1562 to 4.1567 with neither
    const error = both.berarLelann.standardErrors['LaB6.a']!
    expect(error).toBeLessThan(1e-3)
    expectClose(both.cells.LaB6!.a, 4.15602, { atol: 3 * Math.hypot(error, 2.05e-4) })
    expect(both.parameters.zero!.value).toBeLessThan(-0.05)
    expect(both.parameters.displacement!.value).toBeGreaterThan(0.05)
    expectClose(neither.cells.LaB6!.a, 4.1566, { atol: 2e-4 })
    const pair = both.correlated.find(({ first, second }) => first === 'zero' && second === 'displacement')
    expect(pair!.value).toBeLessThan(-0.99)
    expect(both.cells.LaB6!.sigma![0]).toBeGreaterThan(5 * neither.cells.LaB6!.sigma![0])
    // asymmetric lines, drawn symmetric: residuals hang together
    expect(both.berarLelann.factor).toBeGreaterThan(1.3)
  }, 100_000)

  const pbso4 = (from: number, to: number) => {
    const rows = readFileSync(`${standards}/PBSO4.XRA`, 'latin1').split('\n')
    const first = rows.findIndex(row => row.startsWith('BANK')) + 1
    const intensity = rows
      .slice(first)
      .flatMap(row => (row.match(/.{8}/g) ?? []).map(Number))
      .slice(0, 6001)
    const twoTheta = intensity.map((_, i) => 10 + 0.025 * i)
    return { twoTheta, intensity, mask: twoTheta.map(angle => (angle < from || angle > to ? 1 : 0)) }
  }

  it('have the published cell of PbSO4, from a start a third of a percent away', () => {
    const PbSO4 = { name: 'PbSO4', cell: createUnitCell({ a: 8.5, b: 5.38, c: 6.97 }), spaceGroup: spaceGroup('Pnma') }
    const run = leBail(pbso4(16, 90), [PbSO4], { doublet: K_ALPHA.Cu, parameters: { zero: { vary: true } } })
    expect(run.converged).toBe(true)
    // Miyake, Minato, Morikawa, Iwai, Am. Mineral. 63 (1978) 506: 8.482(2), 5.398(2), 6.959(2)
    const { a, b, c } = run.cells.PbSO4!
    expectClose([a, b, c], [8.482, 5.398, 6.959], { atol: 4e-3 })
    expect(run.agreement.rBragg.PbSO4!).toBeLessThan(0.02)
  }, 100_000)

  it('have the published structure of PbSO4, from atoms moved by a tenth of an ångström', async () => {
    // Miyake et al. (1978), Pnma
    const published = {
      Pb1: [0.1879, 0.25, 0.1667],
      S1: [0.0633, 0.25, 0.6842],
      O1: [0.908, 0.25, 0.595],
      O2: [0.194, 0.25, 0.543],
      O3: [0.0811, 0.0265, 0.8089],
    } as const
    const moved = createStructure({
      name: 'PbSO4',
      cell: { a: 8.49, b: 5.395, c: 6.965 },
      spaceGroup: 'Pnma',
      sites: Object.entries(published).map(([label, [x, y, z]], i) => ({
        element: label.startsWith('Pb') ? 'Pb' : label[0]!,
        label,
        position: [x + 0.01 * (-1) ** i, y, z - 0.01 * (-1) ** i],
        uIso: 0.015,
      })),
    })
    const run = await rietveld(pbso4(16, 100), [moved], {
      doublet: K_ALPHA.Cu,
      polarization: { monochromator: 26.6 },
      background: 10,
      axial: { sample: 0.02, detector: 0.02 },
      parameters: {
        'PbSO4.*.x': { vary: true },
        'PbSO4.*.y': { vary: true },
        'PbSO4.*.z': { vary: true },
        'PbSO4.*.uIso': { vary: true },
        zero: { vary: true },
        'axial.sample': { vary: true },
        'axial.detector': { tie: 'axial.sample' },
      },
    })
    expect(run.converged).toBe(true)
    const { a, b, c } = run.cells.PbSO4!
    expectClose([a, b, c], [8.482, 5.398, 6.959], { atol: 5e-3 })
    for (const { label, position } of run.structures.PbSO4!.sites) {
      const want = published[label as keyof typeof published]
      // heavy lead is told to a few thousandths of an ångström, oxygen beside it to some hundredths
      const within = label === 'Pb1' ? 0.001 : label === 'S1' ? 0.002 : 0.009
      expectClose(position, want, { atol: within })
    }
    expect(run.agreement.rBragg.PbSO4!).toBeLessThan(0.05)
    expect(run.agreement.rwp).toBeLessThan(0.085)
    expect(run.berarLelann.factor).toBeGreaterThan(1.3)
  }, 100_000)
})
