import { readFileSync } from 'node:fs'
import type { Dataset } from 'operando'
import { type OpenedDataset, writeNexus } from 'operando/io'
import { open } from 'operando/io/node'
import { describe, expect, test } from 'vitest'
import { rejection } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

interface Digest {
  n: number
  x_first: number
  x_last: number
  y_first: number
  y_last: number
  y_min: number
  y_max: number
  y_sum: number
}

const load = async (path: string, lenient = false): Promise<Dataset[]> => {
  const opened = (await open(sharedPath(`data/${path}`), { lenient })) as OpenedDataset
  return [opened.dataset, ...opened.others]
}

function expectDigest(dataset: Dataset, want: Digest, peer: string): void {
  const x = dataset.coords[dataset.dims[0]!]!.values
  const y = Float64Array.from(dataset.values)
  const got = [x[0]!, x.at(-1)!, y[0]!, y.at(-1)!, Math.min(...y), Math.max(...y), y.reduce((a, b) => a + b, 0)]
  expect(y.length).toBe(want.n)
  const { x_first, x_last, y_first, y_last, y_min, y_max, y_sum } = want
  // the digests were rounded to 10 digits
  expectClose(got, [x_first, x_last, y_first, y_last, y_min, y_max, y_sum], { rtol: 2e-9, peer })
}

describe.skipIf(!hasSharedData)('spectra of beamlines and databases', () => {
  const { files } = (
    hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/spectroscopy/io_expected.json'), 'utf8')) : { files: {} }
  ) as { files: Record<string, { kind: string; expected: Record<string, never> }> }
  const of = (kind: string): [string, Record<string, never>][] =>
    Object.entries(files).flatMap(([name, file]) => (file.kind === kind ? [[name, file.expected]] : []))

  test.each(of('xdi'))('XDI: %s has the columns, metadata and sums of its digest', async (name, expected) => {
    const want = expected as unknown as { columns: string[]; element: string; edge: string; d_spacing: string; first: Digest }
    const spectra = await load(`spectroscopy/${name}`)
    const names = want.columns.map(column => column.split(' ')[0]!)
    expect(spectra.map(d => d.name.toLowerCase()).sort()).toEqual(
      names
        .slice(1)
        .map(n => n.toLowerCase())
        .sort(),
    )
    const second = spectra.find(d => d.name.toLowerCase() === names[1]!.toLowerCase())!
    expectDigest(second, want.first, 'xraylarch 0.9.58')
    const { extra } = second.meta
    if (want.d_spacing) expect(extra!.dSpacing).toBe(Number(want.d_spacing))
    if (want.element !== '') expect([extra!.element, extra!.edge]).toEqual([want.element, want.edge])
  })

  test.each(of('athena'))('Athena: %s has the groups and sums of its digest', async (name, expected) => {
    const want = expected as unknown as { groups: (Digest & { group: string })[] }
    // NiO.prj has two groups twice; the digest has them once
    const every = await load(`spectroscopy/${name}`)
    const groups = every.filter((d, i) => every.findIndex(other => other.name === d.name) === i)
    expect(groups.map(d => d.name)).toEqual(want.groups.map(g => g.group.trim()))
    want.groups.forEach((digest, i) => {
      expectDigest(groups[i]!, digest, 'xraylarch 0.9.58')
    })
  })

  test('Photon Factory: the energies are those of the attained angles', async () => {
    const [[name, expected]] = of('pf9809') as [[string, Record<string, never>]]
    const want = expected as unknown as { d_spacing: number; energy_from_attained: Digest }
    const [i0] = await load(`spectroscopy/${name}`)
    expect(i0!.meta.extra!.dSpacing).toBe(want.d_spacing)
    expectDigest(i0!, want.energy_from_attained, 'Bragg')
  })

  test.each([
    ['APS13ID_2019.dat', 'xdi', 221, 6389.001866, ['Mn_Ka_mca1', 'i0']],
    ['CLSHXMA.dat', 'cls', 414, 11667, ['Detector1', 'Detector4', 'RingCurrent']],
    ['ESRF_BM08_LISA_2021.dat', 'columns', 198, 10906.925247165695, ['mu', 'mu_ref', 'I0_EH1']],
    ['NSLS8ID_2019.dat', 'columns', 647, 11686.05926, ['i0', 'ir', 'it', 'iff']],
  ] as const)('%s has energies in eV and its counters by name', async (file, format, n, first, names) => {
    const opened = (await open(sharedPath(`data/spectroscopy/xas/beamlines/${file}`))) as OpenedDataset
    const { energy } = opened.dataset.coords
    expect([opened.format, energy!.unit.symbol, energy!.values.length]).toEqual([format, 'eV', n])
    expectClose(energy!.values[0]!, first, { rtol: 1e-12 })
    expect([opened.dataset, ...opened.others].map(d => d.name)).toEqual(expect.arrayContaining([...names]))
  })

  test('SPEC: one scan of mu(E), and chi(k) on even and uneven grids', async () => {
    const [mu] = await load('io/spec/EXAFS_Cu.dat')
    expect([mu!.values.length, mu!.values[0], mu!.meta.extra!.scan]).toEqual([1461, 0.5249888, '1.1'])
    for (const [name, n] of [
      ['cu.chi', 350],
      ['nonuniform.chi', 476],
    ] as const) {
      const [chi] = await load(`spectroscopy/xas/larch/${name}`)
      expect([chi!.name, chi!.dims[0], chi!.values.length, chi!.coords.k!.unit.symbol]).toEqual(['chi', 'k', n, '1/Å'])
    }
  })

  test('the operando charge: columns of one file, and a table of 58 spectra', async () => {
    const [mu, foil] = await load('spectroscopy/operando_xas/raw/norm_op2_cell4_pos1_dq1_0001_av240_00001.txt')
    expect([mu!.name, foil!.name, mu!.coords.energy!.unit.symbol, mu!.values.length]).toEqual([
      'normalized',
      'reference',
      'eV',
      1649,
    ])
    const table = await load('spectroscopy/operando_xas/lno_op2_pos1_norm.csv.gz')
    expect([table.length, table[0]!.values.length, table[0]!.coords.energy!.unit.symbol]).toEqual([58, 585, 'eV'])
  })
})

/** What the authors of XDI say of their damaged files: read, read with a warning, or an error. */
const VERDICTS: readonly (readonly [string, 'read' | 'warning' | string])[] = [
  ['00', 'read'],
  ['01', 'E_FORMAT'],
  ['03', 'warning'],
  ['04', 'warning'],
  ['06', 'warning'],
  ['07', 'warning'],
  ['09', 'warning'],
  ['10', 'warning'],
  ['12', 'warning'],
  ['13', 'E_FORMAT'],
  ['15', 'E_NAN'],
  ['16', 'E_FORMAT'],
  ['18', 'E_FORMAT'],
  ['19', 'E_FORMAT'],
  ['21', 'E_FORMAT'],
  ['22', 'E_FORMAT'],
  ['24', 'E_FORMAT'],
  ['25', 'read'],
  ['27', 'read'],
  ['28', 'warning'],
  ['30', 'warning'],
  ['31', 'warning'],
  ['33', 'warning'],
  ['34', 'warning'],
]

describe.skipIf(!hasSharedData)('the damaged files of XDI get the verdict of their authors', () => {
  test.each(VERDICTS)('bad_%s.xdi: %s', async (number, verdict) => {
    const path = `io/xdi/bad/bad_${number}.xdi`
    const found = verdict.startsWith('E_') ? (await rejection(load(path))).split(' ')[0] : undefined
    if (found !== undefined) expect(found).toBe(verdict)
    const [mu] = await load(path, true)
    // lenient mode keeps at least the whole rows
    expect(mu!.values.length).toBeGreaterThanOrEqual(8)
    expect(mu!.warnings.length > 0).toBe(verdict !== 'read')
  })
})

describe('NXxas', () => {
  /** A file of another program, written with h5wasm. */
  async function nexus(fill: (root: import('h5wasm').File) => void): Promise<Uint8Array> {
    const { default: h5wasm, ready } = await import('h5wasm')
    const { FS } = await ready
    const file = new h5wasm.File('nxxas.nxs', 'w')
    fill(file)
    file.close()
    const bytes = FS.readFile('nxxas.nxs') as Uint8Array
    FS.unlink('nxxas.nxs')
    return bytes
  }

  test('of the old definition gives absorbed and incoming beam on energies', async () => {
    const bytes = await nexus(root => {
      const entry = root.create_group('entry')
      entry.create_attribute('NX_class', 'NXentry')
      entry.create_dataset({ name: 'definition', data: 'NXxas' })
      entry.create_dataset({ name: 'start_time', data: '2024-05-01T10:00:00Z' })
      const instrument = entry.create_group('instrument')
      instrument.create_attribute('NX_class', 'NXinstrument')
      instrument.create_group('incoming_beam').create_dataset({ name: 'data', data: Float64Array.of(9, 8, 7) })
      entry.create_group('sample').create_dataset({ name: 'name', data: 'LiNiO2' })
      const data = entry.create_group('data')
      data.create_attribute('NX_class', 'NXdata')
      data.create_dataset({ name: 'energy', data: Float64Array.of(8330, 8340, 8350) })
      data.create_dataset({ name: 'absorbed_beam', data: Float64Array.of(1, 2, 3) })
      data.create_dataset({ name: 'mode', data: 'Transmission' })
    })
    const { dataset, others } = (await open({ name: 'a.nxs', bytes })) as OpenedDataset
    expect([dataset.name, others[0]!.name, dataset.coords.energy!.unit.symbol]).toEqual(['absorbed_beam', 'incoming_beam', 'eV'])
    expect([...dataset.values, ...others[0]!.values]).toEqual([1, 2, 3, 9, 8, 7])
    expect(dataset.meta).toMatchObject({ sample: 'LiNiO2', extra: { definition: 'NXxas', mode: 'Transmission' } })
  })

  test('of the new definitions gives the intensity with element and edge', async () => {
    const bytes = await nexus(root => {
      const entry = root.create_group('entry')
      entry.create_attribute('NX_class', 'NXentry')
      entry.create_dataset({ name: 'definition', data: 'NXxas_trans' })
      entry.create_group('element').create_dataset({ name: 'symbol', data: 'Ni' })
      entry.create_group('edge').create_dataset({ name: 'name', data: 'K' })
      const data = entry.create_group('plot')
      data.create_attribute('NX_class', 'NXdata')
      data.create_attribute('signal', 'intensity')
      data.create_attribute('axes', ['energy'])
      data.create_dataset({ name: 'energy', data: Float64Array.of(8330, 8340, 8350) }).create_attribute('units', 'eV')
      data.create_dataset({ name: 'intensity', data: Float64Array.of(0.1, 0.5, 1) })
      data.create_dataset({ name: 'intensity_errors', data: Float64Array.of(0.01, 0.01, 0.02) })
    })
    const { dataset } = (await open({ name: 'a.nxs', bytes })) as OpenedDataset
    expect([dataset.name, dataset.dims, dataset.sigma?.[2]]).toEqual(['intensity', ['energy'], 0.02])
    expect(dataset.meta.extra).toEqual({ definition: 'NXxas_trans', element: 'Ni', edge: 'K' })
    // what operando wrote itself stays as it was
    const own = (await open({ name: 'b.nxs', bytes: await writeNexus({ datasets: [dataset] }) })) as OpenedDataset
    expect(own.dataset.meta).toEqual(dataset.meta)
  })
})
