import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createDataset } from 'operando'
import { openDataset, save } from 'operando/io/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const curve = (y: number[]) =>
  createDataset({
    name: 'I',
    dims: ['q'],
    values: y,
    unit: 'counts',
    coords: { q: { dims: ['q'], values: y.map((_, i) => i + 1), unit: '1/Å' } },
  })

describe('save to a path', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'operando-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('writes what opens again, and leaves nothing else behind', async () => {
    await save(join(folder, 'a.nxs'), curve([1, 2, 3]))
    await save(pathToFileURL(join(folder, 'b.csv')), curve([4, 5]))
    expect([...(await openDataset(join(folder, 'a.nxs'))).values]).toEqual([1, 2, 3])
    expect([...(await openDataset(join(folder, 'b.csv'))).values]).toEqual([4, 5])
    expect(readdirSync(folder).sort()).toEqual(['a.nxs', 'b.csv'])
  })

  test('a name as long as the file system allows', async () => {
    const path = join(folder, `${'a'.repeat(250)}.csv`)
    await save(path, curve([4, 5]))
    expect([...(await openDataset(path)).values]).toEqual([4, 5])
    rmSync(path)
  })

  test('a file in the place of the folder is told as such', async () => {
    const path = join(folder, 'file')
    writeFileSync(path, '')
    await expect(save(join(path, 'a.csv'), curve([1, 2]))).rejects.toMatchObject({ code: 'E_IO' })
    rmSync(path)
  })

  test('a file that is there is kept unless replacing is asked for', async () => {
    const path = join(folder, 'only-copy.csv')
    writeFileSync(path, 'do not lose me')
    await expect(save(path, curve([1, 2]))).rejects.toMatchObject({
      code: 'E_IO',
      message: expect.stringContaining('overwrite: true'),
    })
    expect(readFileSync(path, 'utf8')).toBe('do not lose me')
    await save(path, curve([1, 2]), { overwrite: true })
    expect([...(await openDataset(path)).values]).toEqual([1, 2])
  })

  test('what cannot be written leaves what stood there whole', async () => {
    const path = join(folder, 'only-copy.csv')
    const before = readFileSync(path)
    await expect(save(path.replace('.csv', '.xye'), curve([1]), { overwrite: true })).rejects.toMatchObject({ code: 'E_MISSING' })
    expect(readFileSync(path)).toEqual(before)
    await expect(save(join(folder, 'nowhere', 'a.csv'), curve([1]))).rejects.toMatchObject({ code: 'E_MISSING' })
    await expect(save(folder, curve([1]), { format: 'csv' })).rejects.toMatchObject({ code: 'E_IO' })
    expect(readdirSync(folder).filter(name => name.endsWith('.tmp'))).toEqual([])
  })
})
