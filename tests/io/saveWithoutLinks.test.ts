import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDataset } from 'operando'
import { openDataset, save } from 'operando/io/node'
import { expect, test, vi } from 'vitest'

// a memory stick: exFAT has no second name for a file
vi.mock('node:fs/promises', async original => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: () => Promise.reject(Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })),
}))

test('a file system without links is saved to as well, and keeps what is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'operando-'))
  const path = join(folder, 'a.csv')
  const q = { dims: ['q'], values: [1, 2], unit: '1/Å' }
  const curve = createDataset({ name: 'I', dims: ['q'], values: [4, 5], unit: 'counts', coords: { q } })
  await save(path, curve)
  expect([...(await openDataset(path)).values]).toEqual([4, 5])
  const before = readFileSync(path, 'utf8')
  await expect(save(path, curve)).rejects.toMatchObject({ code: 'E_IO', message: expect.stringContaining('overwrite: true') })
  expect(readFileSync(path, 'utf8')).toBe(before)
  expect(readdirSync(folder)).toEqual(['a.csv'])
  rmSync(folder, { recursive: true })
})
