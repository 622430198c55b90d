import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { open, save } from '../../src/io/index.node.js'
import { operandoDiffraction } from '../../src/workflow/index.node.js'
import { SMALL, smallRun } from './smallRun.js'

vi.mock('h5wasm', () => {
  throw new Error("Cannot find package 'h5wasm'")
})

const output = mkdtempSync(join(tmpdir(), 'operando-no-hdf5-'))
afterAll(() => rmSync(output, { recursive: true, force: true }))

describe('without the optional h5wasm', () => {
  it('the rest of the report is written, it says what is missing and how to get it, and no older NeXus file stays beside it', async () => {
    writeFileSync(join(output, 'results.nxs'), 'of an earlier report')
    const { files, warnings } = await operandoDiffraction({ ...SMALL, patterns: smallRun(), output, overwrite: true })
    expect(files!.nexus).toBeNull()
    expect(readdirSync(output).sort()).toEqual(['overview.svg', 'report.html', 'results.csv'])
    const [warning] = warnings.filter(w => w.code === 'W_NO_NEXUS')
    expect(warning!.message).toMatch(/npm install h5wasm/)
    const html = readFileSync(files!.html, 'utf8')
    expect(html).toContain('npm install h5wasm')
    expect(html).not.toContain('results.nxs')
  })

  it('reading and writing HDF5 are refused with the way out', async () => {
    await expect(save(join(output, 'a.nxs'), smallRun())).rejects.toThrow(/need the optional package h5wasm: npm install h5wasm/)
    writeFileSync(join(output, 'b.nxs'), new Uint8Array([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]))
    await expect(open(join(output, 'b.nxs'))).rejects.toThrow(/npm install h5wasm/)
  })
})
