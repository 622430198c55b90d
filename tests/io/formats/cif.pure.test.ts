import { expandStructure, formatOperation, isOperandoError, type Structure } from 'operando'
import { type CifBlock, type CifValue, open, parseCif, readStructure, writeCif } from 'operando/io'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/io/cif.json'

const errorOf = (run: () => unknown): { code: string; message: string } => {
  try {
    run()
  } catch (error) {
    if (isOperandoError(error)) return { code: error.code, message: error.message }
    throw error
  }
  return { code: 'none', message: '' }
}

const plain = (value: CifValue): string | null => (value.missing ? null : value.text)
const shapeOf = (block: CifBlock): unknown => ({
  name: block.name,
  items: Object.fromEntries([...block.items].map(([tag, value]) => [tag, plain(value)])),
  loops: block.loops.map(loop => [loop.tags, loop.rows.map(row => row.map(plain))]),
  frames: block.frames.map(frame => frame.name),
})

describe(`the syntax of a CIF file, as ${reference.peer} reads it`, () => {
  it('holds quotes, text fields, comments, tables, frames and several blocks', () => {
    expect(parseCif(reference.syntax).blocks.map(shapeOf)).toEqual(reference.blocks)
  })

  it('is the same with any line end and a byte order mark', () => {
    const want = parseCif(reference.syntax).blocks.map(shapeOf)
    for (const end of ['\r\n', '\r'])
      expect(parseCif(`\ufeff${reference.syntax.replaceAll('\n', end)}`).blocks.map(shapeOf)).toEqual(want)
    expect(parseCif(`${reference.syntax}\n\u001a`).blocks.map(shapeOf)).toEqual(want)
    expect(parseCif(reference.syntax.trimEnd()).blocks.map(shapeOf)).toEqual(want)
  })

  it('tells unknown from not applicable, and both from quoted marks', () => {
    const items = parseCif(`data_a _b ? _c . _d '?' _e "."`).blocks[0]!.items
    expect(['_b', '_c', '_d', '_e'].map(tag => items.get(tag)!.missing)).toEqual(['?', '.', undefined, undefined])
  })

  it('unfolds long lines', () => {
    expect(parseCif('data_a\n_b\n;\\\none \\\nline\n;\n').blocks[0]!.items.get('_b')!.text).toBe('one line')
  })
})

describe('damaged CIF files', () => {
  const file = 'x.cif'
  const cases: [string, string, string, RegExp][] = [
    ['an empty file', '', 'E_FORMAT', /x\.cif line 1: .*data_/],
    ['another text', 'q I\n1 2\n', 'E_FORMAT', /line 1 column 1: .*data_.*"q"/],
    ['binary', 'data_a\n_b\n\u0000\u0001', 'E_FORMAT', /line 3: .*binary/],
    ['a text field without end', 'data_a\n_b 1\n_c\n;text\nmore\n', 'E_TRUNCATED', /line 4: .*never ends/],
    ['a quote without end', "data_a\n_b 'open\n_c 2\n", 'E_FORMAT', /line 2 column 4: .*no closing '/],
    ['a name at the end', 'data_a\n_b', 'E_TRUNCATED', /line 2 column 1: a value of _b expected, found the end/],
    ['a name without value', 'data_a\n_b\n_c 2', 'E_FORMAT', /line 2 column 1: a value of _b expected, found "_c"/],
    ['a value too many', 'data_a\n_b 1 2\n', 'E_FORMAT', /line 2 column 6: .*found "2"/],
    [
      'a table cut off',
      'data_a\nloop_\n_x\n_y\n1 2\n3\n',
      'E_FORMAT',
      /line 2: .*_x has 2 names.*found 3. Line 6 holds 1.*cut off/,
    ],
    ['a row too long', 'data_a\nloop_\n_x\n_y\n1 2\n3 4 5\n6 7\n_z 1', 'E_FORMAT', /found 7. Line 6 holds 3/],
    ['a table without names', 'data_a\nloop_\n1 2', 'E_FORMAT', /line 2: a loop_ without names/],
    ['two values of one name', 'data_a _b 1\n_b 2', 'E_FORMAT', /given twice, "1" in line 1 and now "2"/],
    ['CIF 2', '#\\#CIF_2.0\ndata_a\n_b [1 2]', 'E_UNSUPPORTED', /line 3 column 4: .*CIF 2/],
  ]
  for (const [what, text, code, message] of cases) {
    it(`${what} is ${code}, with file and line`, () => {
      const error = errorOf(() => parseCif(text, { file }))
      expect(error.code).toBe(code)
      expect(error.message).toMatch(message)
      expect(error.message.startsWith(file)).toBe(true)
    })
  }

  it('give what is whole when lenient, with a warning', () => {
    const { blocks, warnings } = parseCif('data_a\n_b 1\nloop_\n_x\n_y\n1 2\n3\n', { file, lenient: true })
    expect(blocks[0]!.items.get('_b')!.text).toBe('1')
    expect(blocks[0]!.loops).toEqual([])
    expect(warnings.map(w => [w.code, w.place])).toEqual([['E_FORMAT', 'line 3']])
  })

  it('never hang or crash, wherever they are cut', () => {
    const text = reference.structures[0]!.text
    for (let n = 0; n < text.length; n += 7) {
      const { code } = errorOf(() => readStructure(text.slice(0, n), { file }))
      expect(['none', 'E_FORMAT', 'E_TRUNCATED', 'E_MISSING', 'E_ARGUMENT']).toContain(code)
    }
  })
})

describe(`structures, as ${reference.peer} reads them`, () => {
  for (const want of reference.structures) {
    it(want.name, () => {
      const s = readStructure(want.text)
      expect(s.spaceGroup.hm).toBe(want.hm)
      expectClose([s.cell.a, s.cell.b, s.cell.c, s.cell.alpha, s.cell.beta, s.cell.gamma], want.cell, {
        rtol: 1e-15,
        peer: reference.peer,
      })
      expect(s.sites.map(site => [site.label, site.element, site.charge ?? 0])).toEqual(want.sites.map(site => site.slice(0, 3)))
      want.sites.forEach(([, , , xyz, occupancy, uIso, uAniso], i) => {
        const site = s.sites[i]!
        expectClose(site.position, xyz as number[], { rtol: 1e-15 })
        expectClose(site.occupancy, occupancy as number, { rtol: 1e-15 })
        expectClose(site.uIso ?? 0, uIso as number, { rtol: 1e-15 })
        expectClose(site.uAniso ?? [0, 0, 0, 0, 0, 0], uAniso as number[], { rtol: 1e-15 })
      })
      expect(expandStructure(s).length).toBe(want.atoms)
      expect(s.warnings).toEqual([])
    })
  }

  it('keep the uncertainties in brackets', () => {
    const s = readStructure(reference.structures[0]!.text)
    expectClose(s.cell.sigma!, [0.0004, 0.0005, 0.0002, 0, 0, 0], { rtol: 1e-12 })
    expect(s.name).toBe('Triphylite')
    expectClose(s.sites[0]!.sigma!.occupancy!, 0.01, { rtol: 1e-12 })
    expectClose(s.sites[0]!.sigma!.uIso!, 0.1 / (8 * Math.PI ** 2), { rtol: 1e-12 })
    expectClose(s.sites[5]!.sigma!.position!, [0.00011, 0.00017, 0.00019], { rtol: 1e-12 })
    expect(s.sites[1]!.sigma!.position![1]).toBe(0)
    expectClose(readStructure(reference.structures[1]!.text).sites[1]!.sigma!.uAniso![0], 0.0004, { rtol: 1e-12 })
  })
})

const cell = '_cell_length_a 4 _cell_length_b 4 _cell_length_c 4 _cell_angle_alpha 90 _cell_angle_beta 90 _cell_angle_gamma 90\n'
const site = 'loop_ _atom_site_label _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z\nFe1 0 0 0\n'
const hm = (symbol: string): string => `_symmetry_space_group_name_H-M '${symbol}'\n`
const read = (text: string, lenient = false): Structure => readStructure(`data_t\n${text}`, { file: 't.cif', lenient })
const codes = (text: string): string[] => read(text).warnings.map(w => w.code)

describe('symmetry', () => {
  it('comes from the operations before the Hall symbol, the Hermann-Mauguin symbol and the number', () => {
    const operations = "loop_ _space_group_symop_operation_xyz 'x,y,z' '-x,-y,-z'\n"
    const hall = "_space_group_name_Hall 'P 2'\n"
    expect(read(cell + hm('P m -3 m') + hall + operations + site).spaceGroup.hm).toBe('P -1')
    expect(read(cell + hm('P m -3 m') + hall + site).spaceGroup.hm).toBe('P 1 1 2')
    expect(read(`${cell}_symmetry_Int_Tables_number 221\n${hm('P 1')}${site}`).spaceGroup.hm).toBe('P 1')
    expect(read(`${cell}_space_group_IT_number 221\n${site}`).spaceGroup.hm).toBe('P m -3 m')
  })

  it('that contradicts itself is warned of, with the line', () => {
    const { warnings } = read(`${cell}_space_group_IT_number 2\n${hm('P 4/m')}_space_group_name_Hall 'P 2'\n${site}`)
    expect(warnings.map(w => w.code)).toEqual(['W_SYMMETRY', 'W_SYMMETRY'])
    expect(warnings[0]).toMatchObject({ file: 't.cif', place: 'line 4' })
    expect(codes(`${cell + hm('F d -3 m')}loop_ _symmetry_equiv_pos_as_xyz 'x,y,z'\n${site}`)).toEqual(['W_SYMMETRY'])
    expect(codes(`${cell}_space_group_name_Hall '-P 4 2 3'\n${hm('cubic, primitive')}${site}`)).toEqual(['W_SYMMETRY'])
  })

  it('listed in part is completed, and said so', () => {
    const s = read(`${cell}loop_ _symmetry_equiv_pos_as_xyz -x,-y,z '-x, y, -z'\n${site}`)
    expect([s.spaceGroup.hm, s.warnings[0]!.code]).toEqual(['P 2 2 2', 'W_SYMMETRY'])
  })

  it('of a symbol with two origins or two kinds of axes is settled by the cell or warned of', () => {
    expect(codes(cell + hm('F d -3 m') + site)).toEqual(['W_ORIGIN'])
    expect(codes(cell + hm('F d -3 m S') + site)).toEqual([])
    expect(read(`${cell + hm('F d -3 m')}_space_group_IT_coordinate_system_code 1\n${site}`).spaceGroup.hm).toBe('F d -3 m:1')
    const rhombohedral =
      '_cell_length_a 5 _cell_length_b 5 _cell_length_c 5 _cell_angle_alpha 33 _cell_angle_beta 33 _cell_angle_gamma 33\n'
    expect(read(rhombohedral + hm('R -3 m') + site).spaceGroup.hm).toBe('R -3 m:R')
  })

  it('can be given by the caller', () => {
    expect(readStructure(`data_t\n${cell}${site}`, { spaceGroup: 'Pm-3m' }).spaceGroup.number).toBe(221)
    expect(errorOf(() => read(cell + site))).toMatchObject({ code: 'E_MISSING' })
  })

  it('that the cell does not have is refused', () => {
    const { code, message } = errorOf(() => read(cell + hm('P 63/m m c') + site))
    expect([code, message.startsWith('t.cif block t')]).toEqual(['E_ARGUMENT', true])
  })
})

describe('sites', () => {
  const table = (columns: string, rows: string): string =>
    `${cell}${hm('P 1')}loop_ ${columns
      .split(' ')
      .map(c => `_atom_site_${c}`)
      .join(' ')}\n${rows}\n`

  it('take element and charge from type symbols in every spelling, else the element from the label', () => {
    const types = ['Fe2+', 'Fe+2', 'O2-', 'Na+', 'C0+', 'D', 'FE', 'li1+']
    const s = read(table('label type_symbol fract_x fract_y fract_z', types.map((t, i) => `x${i} ${t} ${i / 10} 0 0`).join('\n')))
    expect(s.sites.map(x => [x.element, x.charge])).toEqual([
      ['Fe', 2],
      ['Fe', 2],
      ['O', -2],
      ['Na', 1],
      ['C', 0],
      ['D', undefined],
      ['Fe', undefined],
      ['Li', 1],
    ])
    const labels = ['Li1', 'FE2', 'O3A', 'Co(1)', 'OW', 'Fe-1']
    const t = read(table('label fract_x fract_y fract_z', labels.map((l, i) => `${l} ${i / 10} 0 0`).join('\n')))
    expect(t.sites.map(x => x.element)).toEqual(['Li', 'Fe', 'O', 'Co', 'O', 'Fe'])
  })

  it('without position or element are refused with the line, or left out when lenient', () => {
    const rows = 'Fe1 0 0 0\nFe2 ? ? ?\nXx1 0.5 0 0'
    const text = table('label fract_x fract_y fract_z', rows)
    expect(errorOf(() => read(text))).toMatchObject({
      code: 'E_MISSING',
      message: expect.stringMatching(/^t\.cif line 6: site Fe2/),
    })
    const s = read(text, true)
    expect(s.sites.map(x => x.label)).toEqual(['Fe1'])
    expect(s.warnings.length).toBe(2)
    expect(errorOf(() => read(table('label fract_x fract_y fract_z', 'Fe1 0 1/3 0'))).message).toMatch(
      /line 5: fract_y of Fe1: a number/,
    )
  })

  it('that are dummies, or whose multiplicity does not agree, are warned of', () => {
    expect(codes(table('label fract_x fract_y fract_z calc_flag', 'Fe1 0 0 0 .\nFe2 .5 0 0 dum'))).toEqual(['W_SITE'])
    expect(codes(table('label fract_x fract_y fract_z symmetry_multiplicity', 'Fe1 0 0 0 4'))).toEqual(['W_MULTIPLICITY'])
    expect(codes(cell + hm('P 1'))).toEqual(['W_SITES'])
  })

  it('have displacements only where the file gives them', () => {
    const s = read(table('label fract_x fract_y fract_z U_iso_or_equiv', 'Fe1 0 0 0 ?\nFe2 .5 0 0 0.01'))
    expect(s.sites.map(x => x.uIso)).toEqual([undefined, 0.01])
  })
})

describe('cells', () => {
  it('need three edges; angles have the default of the dictionary, said aloud', () => {
    expect(errorOf(() => read('_cell_length_a 4 _cell_length_c 4\n')).message).toMatch(/no _cell_length_b/)
    expect(codes(`_cell_length_a 4 _cell_length_b 4 _cell_length_c 4\n${hm('P 1')}${site}`)).toEqual([
      'W_CELL',
      'W_CELL',
      'W_CELL',
    ])
    expect(errorOf(() => read(cell.replace('a 4', 'a -4') + hm('P 1') + site))).toMatchObject({ code: 'E_RANGE' })
  })

  it('are read from DDLm names too, and from the named block', () => {
    const dotted = cell.replaceAll('_cell_', '_cell.')
    const text = `data_empty\n_a 1\ndata_one\n${dotted}${hm('P 1')}data_TWO\n${cell.replace('a 4', 'a 5')}${hm('P 1')}`
    expect(readStructure(text).cell.a).toBe(4)
    expect(readStructure(text).warnings[0]!.code).toBe('W_BLOCKS')
    expect(readStructure(text, { block: 'two' }).cell.a).toBe(5)
    expect(errorOf(() => readStructure(text, { block: 'three' })).message).toMatch(/found empty, one, TWO/)
  })
})

describe('writeCif', () => {
  it('is read back as the same structure', () => {
    for (const { text } of reference.structures) {
      const s = readStructure(text)
      const again = readStructure(writeCif(s))
      expect(again.spaceGroup.operations.map(formatOperation).sort()).toEqual(s.spaceGroup.operations.map(formatOperation).sort())
      expect(again.spaceGroup.hm).toBe(s.spaceGroup.hm)
      expect(again.warnings).toEqual([])
      expect(again.name.replaceAll(' ', '_')).toBe(s.name.replaceAll(' ', '_'))
      const numbers = (x: Structure): number[] => [
        ...[x.cell.a, x.cell.b, x.cell.c, x.cell.alpha, x.cell.beta, x.cell.gamma, ...(x.cell.sigma ?? [])],
        ...x.sites.flatMap(y => [...y.position, y.occupancy, y.uIso ?? -1, ...(y.uAniso ?? []), ...(y.sigma?.position ?? [])]),
      ]
      // an uncertainty keeps two digits, and a number goes as far as they do
      expectClose(numbers(again), numbers(s), { rtol: 1e-12, atol: 6e-6 })
      expect(again.sites.map(x => [x.label, x.element, x.charge])).toEqual(s.sites.map(x => [x.label, x.element, x.charge]))
      expect(writeCif(again)).toBe(writeCif(s))
    }
  })

  it('quotes what needs it', () => {
    const s = readStructure(reference.structures[0]!.text)
    for (const name of ["it's ' both \" kinds", 'two\nlines\n;and a semicolon', '_tag', '#hash', 'data_x', '?']) {
      const text = writeCif({ ...s, name })
      expect(parseCif(text).blocks[0]!.items.get('_chemical_name_common')!.text.trim().replace('\n ;', '\n;')).toBe(name)
    }
  })
})

describe('open', () => {
  it('knows a CIF file by its content or its name', async () => {
    const bytes = new TextEncoder().encode(reference.structures[0]!.text)
    for (const name of ['LiFePO4.cif', 'download.txt']) {
      const opened = await open({ name, bytes })
      expect(opened.kind).toBe('structure')
      if (opened.kind === 'structure')
        expect([opened.structure.sites.length, opened.others.length, opened.format]).toEqual([6, 0, 'cif'])
    }
  })

  it('gives every structure of the file, each with its own warnings', async () => {
    const text = `data_a\n${cell}${hm('P 1')}${site}data_b\n${cell}${hm('F d -3 m')}${site}data_note\n_a b\n`
    const opened = await open({ name: 'two.cif', bytes: new TextEncoder().encode(text) })
    if (opened.kind !== 'structure') throw new Error(opened.kind)
    expect([opened.structure, ...opened.others].map(s => s.warnings.length)).toEqual([0, 1])
    expect(opened.warnings.length).toBe(1)
  })
})

it('a text full of comments is looked at in no time, whatever its line ends', async () => {
  const comments = Array.from({ length: 60 }, (_, i) => `#Key ${i} (s)=\t 300  `).join('\r\n')
  const begun = performance.now()
  const opened = await open({ name: 'a.txt', bytes: new TextEncoder().encode(`${comments}\r\n1 2\r\n2 3\r\n`) })
  expect(opened.format).toBe('columns')
  expect(performance.now() - begun).toBeLessThan(2000)
})
