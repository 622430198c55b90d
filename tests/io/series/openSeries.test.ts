import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openSeries } from 'operando/io/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

describe('openSeries of file URLs', () => {
  test('needs a folder or a list', async () => {
    for (const input of [undefined, 5, {}])
      await expect(openSeries(input as unknown as string)).rejects.toMatchObject({ code: 'E_ARGUMENT' })
  })

  test('takes names as they are on disk: a blank is no 20', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'operando-'))
    const urls = [1, 2].map(n => {
      const path = join(folder, `my scan ${n}.xye`)
      writeFileSync(path, `10 ${n} 1\n11 ${n} 1\n`)
      return pathToFileURL(path)
    })
    const series = await openSeries(urls)
    expect(series.meta.sources?.map(source => source.name)).toEqual(['my scan 1.xye', 'my scan 2.xye'])
    expect([...series.coords.fileNumber!.values]).toEqual([1, 2])
    rmSync(folder, { recursive: true })
  })
})

describe('openSeries of a folder', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'operando-'))
    for (const n of [1, 2, 10]) writeFileSync(join(folder, `frame${n}.xye`), `10 ${n} 1\n11 ${n} 1\n`)
    writeFileSync(join(folder, 'notes.txt'), 'beam dump at 3')
    writeFileSync(join(folder, '.hidden.xye'), 'x')
    mkdirSync(join(folder, 'sub'))
    symlinkSync(join(folder, 'sub'), join(folder, 'link.xye'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('takes the extension that most files have, in natural order, and tells what it left out', async () => {
    const series = await openSeries(folder)
    expect([...series.coords.fileNumber!.values]).toEqual([1, 2, 10])
    expect([...series.values]).toEqual([1, 1, 2, 2, 10, 10])
    expect(series.warnings.map(w => w.code)).toEqual(['W_SEQUENCE_GAP', 'W_FILES_LEFT_OUT'])
    expect(series.warnings[1]!.message).toContain('notes.txt left out')
    expect((await openSeries(pathToFileURL(folder))).shape).toEqual([3, 2])
  })

  test('a pattern says which files are meant', async () => {
    for (const match of ['frame?.xye', /^frame\d\./, '*{1,2}.xye', '*1.XYE'] as const) {
      const series = await openSeries(folder, { match })
      expect(series.shape[0]).toBe(match === '*1.XYE' ? 1 : 2)
    }
    await expect(openSeries(folder, { match: '*.tif' })).rejects.toMatchObject({
      code: 'E_MISSING',
      message: expect.stringContaining('*.tif'),
    })
  })

  test('a list keeps its order, a single file is a series of one', async () => {
    const paths = [10, 1].map(n => join(folder, `frame${n}.xye`))
    expect([...(await openSeries(paths)).coords.fileNumber!.values]).toEqual([10, 1])
    expect((await openSeries(paths[0]!)).shape).toEqual([1, 2])
  })

  test('no folder, an empty one and an undecided one are said', async () => {
    await expect(openSeries(join(folder, 'nope'))).rejects.toMatchObject({ code: 'E_MISSING' })
    await expect(openSeries(join(folder, 'sub'))).rejects.toMatchObject({ code: 'E_MISSING' })
    writeFileSync(join(folder, 'sub', 'a.xy'), '1 2\n2 3\n')
    writeFileSync(join(folder, 'sub', 'a.csv'), '1 2\n2 3\n')
    await expect(openSeries(join(folder, 'sub'))).rejects.toMatchObject({
      code: 'E_ARGUMENT',
      message: expect.stringContaining('which files'),
    })
  })
})
