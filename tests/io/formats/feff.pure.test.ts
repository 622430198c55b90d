import { open, parseFeffPath, parseFeffPaths } from 'operando/io'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../errorCode.js'
import reference from '../../reference/spectroscopy/exafs.json'

const texts = reference.texts as Record<string, string>
const first = texts['feff0001.dat']!

describe('feffNNNN.dat', () => {
  it('gives header, atoms and columns as they stand', () => {
    const path = parseFeffPath(texts['feff0003.dat']!, { file: 'feff0003.dat' })
    expect(path).toMatchObject({
      name: 'feff0003.dat',
      title: 'Ni O Ni triangle',
      edge: 'K',
      legs: 3,
      degeneracy: 24,
      reff: 3.5593,
      rnorman: 2.5,
      edgeEnergy: -5.53502,
    })
    expect(path.atoms.map(({ element, potential }) => [element, potential])).toEqual([
      ['Ni', 0],
      ['O', 1],
      ['Ni', 2],
    ])
    expect(path.atoms[2]!.position).toEqual([2.085, 2.085, 0])
    expect(path.potentials.map(({ index, element, rNorman }) => [index, element, rNorman])).toEqual([
      [0, 'Ni', 1.42],
      [1, 'O', 1.39],
      [2, 'Ni', 1.39],
    ])
    const row = texts['feff0003.dat']!.split('\n').find(line => line.startsWith('  2.000'))!
    const i = path.k.indexOf(2)
    expect(
      [path.k, path.realPhc, path.magFeff, path.phaseFeff, path.redFactor, path.lambda, path.realP].map(column => column[i]),
    ).toEqual(row.trim().split(/\s+/).map(Number))
  })

  it('is read without the # of newer versions, with Windows line ends, and by open', async () => {
    const bare = first.replaceAll(/^#/gm, ' ').replaceAll('\n', '\r\n')
    expect(parseFeffPath(bare)).toEqual(parseFeffPath(first))
    const opened = await open({ name: 'feff0001.dat', bytes: new TextEncoder().encode(first) })
    expect(opened.kind === 'scattering-path' && opened.path.reff).toBe(2.085)
  })

  it('without scattering data, broken off, or with damaged numbers is refused with its line', () => {
    const lines = first.split('\n')
    const table = lines.findIndex(line => line.includes('real[2*phc]'))
    const cut = (text: string): string => errorText(() => parseFeffPath(text, { file: 'feff0001.dat' }))
    expect(cut(lines.slice(0, table).join('\n'))).toMatch(/E_MISSING feff0001.dat: the path has no scattering data/)
    expect(cut(lines.slice(0, table + 3).join('\n'))).toMatch(
      /E_TRUNCATED feff0001.dat line 13: 4 rows of scattering data or more expected, 2 found/,
    )
    expect(
      cut(
        lines
          .slice(0, table + 6)
          .join('\n')
          .slice(0, -20),
      ),
    ).toMatch(/E_TRUNCATED feff0001.dat line 17: 7 columns expected/)
    expect(cut(first.replace('  0.300', '  0.200'))).toMatch(
      /E_AXIS feff0001.dat line 16: k must rise from 0, but 0.2 follows 0.2/,
    )
    expect(cut(first.replace('  0.300  3.46', '  0.300  3.x6'))).toMatch(
      /E_NAN feff0001.dat line 16: a number expected in column 2/,
    )
    expect(cut(lines.filter(line => !/ 8 O$/.test(line)).join('\n'))).toMatch(
      /E_MISSING feff0001.dat line 9: 2 atoms expected, as many as legs, 1 found/,
    )
    expect(cut('k chi\n0 1\n')).toMatch(/E_FORMAT feff0001.dat: a ruler of hyphens/)
  })
})

const list = ` Cu fcc
 Rmax  4.0, keep and heap limits   0.0000000   0.0000000
 -----------------------------------------------------------------------
     1    2  12.000  index, nleg, degeneracy, r=  2.5478
      x           y           z     ipot  label      rleg      beta        eta
    1.801600   -1.801600    0.000000   1 'Cu    '     2.5478  180.0000    0.0000
    0.000000    0.000000    0.000000   0 'Cu    '     2.5478  180.0000    0.0000
     3    3  48.000  index, nleg, degeneracy, r=  3.8217
      x           y           z     ipot  label
    1.801600   -1.801600    0.000000   1 'Cu    '
    1.801600    0.000000    1.801600   1 'Cu 2  '
    0.000000    0.000000    0.000000   0 'Cu    '
`

describe('paths.dat', () => {
  it('lists paths with the file that holds their scattering data', () => {
    const paths = parseFeffPaths(list)
    expect(paths.map(({ file, legs, degeneracy, reff }) => [file, legs, degeneracy, reff])).toEqual([
      ['feff0001.dat', 2, 12, 2.5478],
      ['feff0003.dat', 3, 48, 3.8217],
    ])
    expect(paths[0]!.atoms[0]).toEqual({ label: 'Cu', potential: 1, position: [1.8016, -1.8016, 0], leg: 2.5478, beta: 180 })
    expect(paths[1]!.atoms[1]).toEqual({ label: 'Cu 2', potential: 1, position: [1.8016, 0, 1.8016] })
  })

  it('broken off within a path, or of another kind, is refused', () => {
    expect(errorText(() => parseFeffPaths(list.slice(0, list.indexOf('Cu 2'))))).toMatch(
      /E_TRUNCATED paths.dat line 8: path 3 has 3 legs, but 1 atoms follow/,
    )
    expect(errorText(() => parseFeffPaths(first))).toMatch(/E_FORMAT paths.dat: .*feffNNNN.dat is read by parseFeffPath/)
  })
})
