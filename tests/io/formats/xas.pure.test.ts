import { createDataset, type Dataset } from 'operando'
import { type OpenedDataset, open, openDataset, save, writeXdi } from 'operando/io'
import { describe, expect, test } from 'vitest'
import { errorCode, rejection } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const file = (name: string, lines: readonly string[]): { name: string; bytes: Uint8Array } => ({
  name,
  bytes: new TextEncoder().encode(`${lines.join('\n')}\n`),
})
const all = async (name: string, lines: readonly string[], lenient = false): Promise<Dataset[]> => {
  const opened = (await open(file(name, lines), { lenient })) as OpenedDataset
  return [opened.dataset, ...opened.others]
}

const XDI = [
  '# XDI/1.0 GSE/1.0',
  '# Column.1: energy eV || 13BMA:E:Energy.VAL',
  '# Column.2: i0 counts',
  '# Column.3: MuTrans',
  '# ELEMENT.Symbol: Ni',
  '# Element.edge: K',
  '# Mono.d_spacing: 3.13553',
  '# Sample.name: NiO',
  '# Sample.temperature: 13K',
  '# Scan.start_time: 2001-06-26T22:27:31',
  '# ///',
  '# a pellet',
  '# ---',
  '# energy i0 mutrans',
  '.8330E+04 100 0.1',
  '.8340E+04 101 0.4',
  '.8350E+04 102 1.2',
]

describe('XDI', () => {
  test('opens as one Dataset a column on energies, mu first, with element, edge, sample and moment', async () => {
    const [mu, i0] = await all('a.xdi', XDI)
    expect([mu!.name, mu!.dims, i0!.name, i0!.unit.symbol]).toEqual(['mutrans', ['energy'], 'i0', 'counts'])
    expect(mu!.coords.energy!.values).toEqual(Float64Array.of(8330, 8340, 8350))
    expect(mu!.coords.energy!.unit.symbol).toBe('eV')
    expect(mu!.meta).toMatchObject({
      sample: 'NiO',
      extra: { element: 'Ni', edge: 'K', dSpacing: 3.13553, comments: [' a pellet'.trim()] },
    })
    expect(mu!.meta.start).toBeDefined()
    expect(mu!.warnings).toEqual([])
  })

  test('with angles and a spacing has the energies of Bragg', async () => {
    const lines = XDI.map(line => line.replace('energy eV || 13BMA:E:Energy.VAL', 'angle degrees')).slice(0, 14)
    const [mu] = await all('a.xdi', [...lines, '13.75 100 0.1', '13.5 101 0.4', '13.25 102 1.2'])
    // 12398.419843 / (2 x 3.13553 x sin 13.75 deg), by hand
    expectClose(mu!.coords.energy!.values[0]!, 12398.419843320025 / (2 * 3.13553 * 0.23768589232617), { rtol: 1e-12 })
    expect(mu!.coords.angle!.values[0]).toBe(13.75)
  })

  test('keeps energies that step back as they are, and says so', async () => {
    const [mu] = await all('a.xdi', [...XDI, '8345 103 1.3'])
    expect(mu!.coords.energy!.values[3]).toBe(8345)
    expect(mu!.warnings.map(w => w.code)).toEqual(['W_AXIS_NOT_MONOTONIC'])
  })

  test('a header line that is no field is named with its line; lenient mode leaves it out', async () => {
    const bad = XDI.toSpliced(4, 0, '# Family key: value')
    expect(await rejection(all('a.xdi', bad))).toMatch(
      /a\.xdi line 5: "# Family\.Key: value" was expected, found "Family key: value"/,
    )
    const [mu] = await all('a.xdi', bad, true)
    expect([mu!.values.length, mu!.warnings.map(w => w.code)]).toEqual([3, ['E_FORMAT']])
  })

  test('what is written opens again to the last digit, with its metadata', async () => {
    const [mu, i0] = await all('a.xdi', XDI)
    const bytes = await save('b.xdi', [{ ...mu!, sigma: Float64Array.of(0.1, 1 / 3, 0.2) }, i0!], { comments: ['two\nlines'] })
    const [again, , sigma] = await all('b.xdi', new TextDecoder().decode(bytes).trimEnd().split('\n'))
    expect([again!.name, sigma!.name]).toEqual(['mutrans', 'i0'])
    expect(again!.values).toEqual(mu!.values)
    expect(again!.coords.energy!.values).toEqual(mu!.coords.energy!.values)
    expect(again!.meta).toMatchObject({
      sample: 'NiO',
      start: mu!.meta.start,
      extra: { element: 'Ni', edge: 'K', dSpacing: 3.13553, comments: ['two lines'] },
    })
  })

  test('a series is written one column a frame, in eV; masked points and other axes are refused', async () => {
    const series = createDataset({
      name: 'mu',
      dims: ['frame', 'energy'],
      shape: [2, 2],
      values: [1, 2, 3, 4],
      unit: '',
      coords: { energy: { dims: ['energy'], values: [8.33, 8.34], unit: 'keV' } },
    })
    const lines = writeXdi(series, { element: 'Ni', edge: 'K' }).trimEnd().split('\n')
    expect(lines.slice(-2)).toEqual(['8330 1 3', '8340 2 4'])
    expect(errorCode(() => writeXdi({ ...series, mask: Uint8Array.of(0, 1, 0, 0) }))).toBe('E_NAN')
    expect(errorCode(() => writeXdi({ ...series, dims: ['frame', 'q'] }))).toBe('E_SHAPE')
  })
})

const SPEC = [
  '#F run.spec',
  '#E 1300000000',
  '#D Mon Jun 04 14:15:57 2012',
  '#O0 Energy  sam x  sam z',
  '#O1 slit',
  '',
  '#S 1 ascan energy 8.3 8.4 2 1',
  '#D Mon Jun 04 14:15:58 2012',
  '#T 1  (Seconds)',
  '#P0 8.333 1.5 -2',
  '#P1 0.2',
  '#N 3',
  '#L energy  Seconds  ion ch 1',
  '8.3 1 100',
  '8.35 1 110',
  '8.4 1 1.5e2',
  '',
  '#S 1 mcaacq 5',
  '#@MCA 16C',
  '#@CHANN 4 1 4 1',
  '#@CALIB 0.1 0.5 0',
  '#N 2',
  '#L Epoch  det',
  '@A 1 2\\',
  ' 3 4',
  '1 5',
  '#C Mon Jun 04 14:16:00 2012.  Scan aborted after 1 points.',
]

describe('SPEC', () => {
  test('opens every scan: counters on their first column, spectra on channels, keys for numbers that come twice', async () => {
    const found = await all('run.spec', SPEC)
    expect(found.map(d => `${d.meta.extra!.scan} ${d.name} ${d.dims}`)).toEqual([
      '1.1 Seconds energy',
      '1.1 ion ch 1 energy',
      '1.2 det Epoch',
      '1.2 mca Epoch,channel',
    ])
    const [seconds, ion, , mca] = found
    expect(ion!.values).toEqual(Float64Array.of(100, 110, 150))
    expect(seconds!.meta.extra!.motors).toEqual({ Energy: 8.333, 'sam x': 1.5, 'sam z': -2, slit: 0.2 })
    expect(mca!.values).toEqual(Float64Array.of(1, 2, 3, 4))
    expect(mca!.coords.mcaEnergy!.values).toEqual(Float64Array.of(0.6, 1.1, 1.6, 2.1))
    expect(mca!.warnings.map(w => w.code)).toContain('W_ABORTED')
  })

  test('energies below 500 without a unit stay without: they may be keV', async () => {
    const [seconds] = await all('run.spec', SPEC)
    expect(seconds!.coords.energy!.unit.symbol).toBe('')
    const told = await openDataset(file('run.spec', SPEC), { units: { energy: 'keV' } })
    expect(told.coords.energy!.unit.symbol).toBe('keV')
  })

  test('block picks a scan, a missing one is refused', async () => {
    expect((await openDataset(file('run.spec', SPEC), { block: 1 })).meta.extra!.scan).toBe('1.2')
    expect(await rejection(open(file('run.spec', SPEC), { block: 7 }))).toMatch(/scan 7 was asked for/)
  })

  test('a row of another length is named; lenient mode keeps the others', async () => {
    const bad = SPEC.toSpliced(15, 0, '8.36 1')
    expect(await rejection(all('run.spec', bad))).toMatch(
      /run\.spec line 16: 3 numbers expected by the labels of scan 1\.1, 2 found/,
    )
    expect((await all('run.spec', bad, true))[0]!.values.length).toBe(3)
  })

  test('single blanks between motors are split when the count of positions says so', async () => {
    const [scan] = await all(
      'run.spec',
      SPEC.map(line => line.replace('Energy  sam x  sam z', 'Energy samx samz')),
    )
    expect(scan!.meta.extra!.motors).toMatchObject({ Energy: 8.333, samx: 1.5, samz: -2 })
  })
})

const PERL = [
  '# Athena project file -- Demeter version 0.9.25',
  "$old_group = 'abc';",
  "@args = ('label','it\\'s \\\\ NiO','bkg_e0','8333.5','bkg_z','Ni','fft_edge','k','bkg_eshift','0.25','titles',['a','b'],'xdi_mono',{'name' => 'Si 111'},'none',undef,'n',-3);",
  "@x = ('8330','8340.5','8350');",
  "@y = ('0.1','0.4','1.2');",
  "@stddev = ('0.01','0.02','0.03');",
  "@i0 = ('5','6','7');",
  "$xdi = bless( {'a' => ['(']}, 'Xray::XDI' );",
  '[record]   # create object',
  '',
  "$old_group = 'def';",
  "@args = ('label','chi','is_chi','1');",
  "@x = ('0','0.05');",
  "@y = ('1','2');",
  '[record]',
  '@journal = ();',
  '1;',
]

describe('Athena projects', () => {
  test('of the Perl dialect give a Dataset a group, with parameters, sigma and counters, and run nothing', async () => {
    const [mu, chi] = await all('a.prj', PERL)
    expect([mu!.name, mu!.dims, chi!.dims, chi!.coords.k!.unit.symbol]).toEqual(["it's \\ NiO", ['energy'], ['k'], '1/Å'])
    expect(mu!.coords.energy!.values).toEqual(Float64Array.of(8330, 8340.5, 8350))
    expect([mu!.sigma, mu!.coords.i0!.values]).toEqual([Float64Array.of(0.01, 0.02, 0.03), Float64Array.of(5, 6, 7)])
    expect(mu!.meta.extra).toMatchObject({
      e0: 8333.5,
      element: 'Ni',
      edge: 'K',
      energyShift: 0.25,
      athena: { titles: ['a', 'b'], xdi_mono: { name: 'Si 111' }, none: null, n: '-3' },
    })
    expect(mu!.warnings.map(w => w.code)).toEqual(['W_ENERGY_SHIFT'])
  })

  test('of the JSON dialect keep the order of the project', async () => {
    const group = (label: string): unknown => ({ args: { label }, x: ['1', '2'], y: ['3', '4'] })
    const json = { _____header1: '# Athena project file', b: group('second'), a: group('first'), _____order: ['a', 'b'] }
    expect((await all('a.prj', [JSON.stringify(json)])).map(d => d.name)).toEqual(['first', 'second'])
  })

  test('cut in a group are an error; lenient mode keeps the groups before', async () => {
    const cut = PERL.slice(0, 12)
    expect(await rejection(all('a.prj', cut))).toMatch(/line 11: the group "chi" is not finished/)
    expect((await all('a.prj', cut, true)).map(d => d.name)).toEqual(["it's \\ NiO"])
  })
})

test('Photon Factory tables have energies of the attained angles, counters by their mode, and announce their points', async () => {
  const lines = [
    '  9809     KEK-PF   BL9A',
    ' Mono :   Si(111)       D=  3.13551 A    Initial angle= 13.93250 deg',
    ' BL9A      Fluorescence( 3)   Repetition=  1     Points=    2',
    '     1        6606.20   7061.20         6.50       1.00        70',
    '  Angle(c)  Angle(o)    time/s         2         3',
    '      Mode         0         0         1         3',
    '    Offset         0         0  7753.700  7157.100',
    '  17.41446  17.41440      1.00   1792467     14016',
    '  17.39679  17.39700      1.00   1781004     13757',
  ]
  const [i0, ifluor, time] = await all('a.dat', lines)
  expect([i0!.name, ifluor!.name, time!.name]).toEqual(['i0', 'ifluor', 'time'])
  expectClose(i0!.coords.energy!.values[0]!, 6606.167376, { rtol: 1e-9 })
  expect(i0!.coords.requestedAngle!.values[0]).toBe(17.41446)
  expect(i0!.meta.extra!.offsets).toEqual([7753.7, 7157.1])
  expect(await rejection(all('a.dat', lines.slice(0, -1)))).toMatch(/2 points are announced, 1 rows found/)
})

test('columns know k, energies of Bragg angles, units behind an underscore, and that 8333 without a unit is eV', async () => {
  const axis = async (name: string, lines: readonly string[]): Promise<string> => {
    const [d] = await all(name, lines)
    return `${d!.dims[0]} ${d!.coords[d!.dims[0]!]!.unit.symbol} ${d!.name} ${d!.warnings.map(w => w.code)}`
  }
  expect(await axis('a.chi', ['# Output from Larch', '#-----', '#  k   chi', '0.05 0.1', '0.10 0.2', '0.15 0.3'])).toBe(
    'k 1/Å chi ',
  )
  expect(await axis('a.dat', ['#eBraggEnergy I0_EH1 mu', '8333 1 2', '8334 2 3'])).toBe('energy eV I0_EH1 W_UNIT_ASSUMED')
  expect(await axis('a.dat', ['# # energy  i0  it', '8333.5 1 2', '8334.5 2 3'])).toBe('energy eV i0 W_UNIT_ASSUMED')
  expect(await axis('a.csv', ['energy_eV,s0', '8.5,1', '8.6,2'])).toBe('energy eV s0 ')
  expect(await axis('a.dat', ['# energy mu', '8.333 1', '8.334 2'])).toBe('energy  mu W_UNIT_UNKNOWN')
})
