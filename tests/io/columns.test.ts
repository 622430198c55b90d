import { readFileSync } from 'node:fs'
import type { Dataset } from 'operando'
import { type OpenOptions, open } from 'operando/io/node'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'

interface Digest {
  shape: number[]
  sum: number
  first: number[]
  last: number[]
  at: Record<string, number>
  min: number
  max: number
}
const json = (path: string): { files: Record<string, never> } => JSON.parse(readFileSync(sharedPath(path), 'utf8'))
const load = async (path: string, options?: OpenOptions): Promise<Dataset> => {
  const opened = await open(sharedPath(`data/io/${path}`), options)
  if (opened.kind !== 'dataset') throw new Error(opened.kind)
  return opened.dataset
}

describe.skipIf(!hasSharedData)('text columns of real instruments', () => {
  test('files of every dialect match their digests', async () => {
    const { files } = json('reference/io/formats-synthetic.json') as { files: Record<string, Record<string, Digest | null>> }
    for (const name of ['pat.xy', 'pat.xye', 'pat.chi', 'pat.fxye', 'pat.esd.gsa', 'pat_comma.dat', 'pdf.gr']) {
      const d = await load(`synthetic/${name}`)
      const want = files[name]!
      const check = (values: ArrayLike<number>, digest: Digest | null | undefined, rtol = 1e-9): void => {
        if (!digest) return
        const list = Array.from(values)
        expect(list.length).toBe(digest.shape[0])
        expectClose(list.slice(0, 4), digest.first, { rtol })
        expectClose(list.slice(-3), digest.last, { rtol })
        expectClose(
          list.reduce((a, b) => a + b, 0),
          digest.sum,
          { rtol },
        )
        for (const [i, v] of Object.entries(digest.at)) expectClose(list[Number(i)]!, v, { rtol })
      }
      check(d.coords[d.dims[0]!]!.values, want.twotheta_deg ?? want.r)
      check(d.values, want.intensity ?? want.G)
      if (want.sigma) check(d.sigma!, want.sigma)
    }
  })

  test('real patterns match their digests', async () => {
    const { files } = json('reference/io/real-files.json') as unknown as {
      files: Record<string, { rows: number; table: { first: number; last: number; sum: number }[] }>
    }
    for (const name of ['example_bmb.xye', 'example_evadiffract.xy', 'example_mythen.xye', 'example_ocx.xy']) {
      const d = await load(`xrd/${name}`)
      const { rows, table } = files[`xrd/${name}`]!
      const columns = [d.coords[d.dims[0]!]!.values, d.values, ...(d.sigma ? [d.sigma] : [])]
      expect(columns.length).toBe(table.length)
      columns.forEach((values, c) => {
        expect(values.length).toBe(rows)
        expect([values[0], values[rows - 1]]).toEqual([table[c]!.first, table[c]!.last])
        expectClose(
          Array.from(values).reduce((a, b) => a + b, 0),
          table[c]!.sum,
          { rtol: 1e-9 },
        )
      })
    }
    expect((await load('xrd/example_evadiffract.xy')).dims).toEqual(['twoTheta'])
  })

  test('a laboratory pattern in cp1251 that writes its numbers twice is read once', async () => {
    const d = await load('operando/lcov-labxrd/raw/1.txt', { encoding: 'windows-1251' })
    expect(d.dims).toEqual(['twoTheta'])
    expect(d.shape).toEqual([3517])
    expect(d.warnings.map(w => w.code)).toEqual(['W_REPEATED'])
    expect(JSON.stringify(d.meta.extra)).toContain('Образец: Ячейка LCoV 16-09-2022')
    expect(d.meta.start).toBeUndefined() // the stamp is that of the export, equal in all files
  })

  test('a normalised XAS spectrum keeps its further columns and its start time', async () => {
    const opened = await open(sharedPath('data/io/operando/lno-nik-rock/raw/norm_op2_cell4_pos1_dq1_0001_av240_00001.txt'), {
      units: { energy: 'eV' },
    })
    if (opened.kind !== 'dataset') throw new Error(opened.kind)
    expect(opened.dataset).toMatchObject({ name: 'normalized', dims: ['energy'], shape: [1649] })
    expect(opened.dataset.meta.start).toMatchObject({
      source: 'naive',
      seconds: Date.UTC(2022, 6, 26, 23, 1, 58) / 1000,
      nanos: 55e6,
    })
    expect(opened.others.map(d => d.name)).toEqual(['reference', 'ref.derivative', 'I0'])
    expect(opened.warnings).toEqual([])
  })

  test('a binary pattern of another maker is refused by its first bytes', async () => {
    await expect(load('ftir/opus_issue82_test.0')).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining('bytes 0a 0a fe fe'),
    })
  })
})
