import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isOperandoError } from '../../src/index.js'
import { operandoDiffraction } from '../../src/workflow/index.node.js'
import { SMALL, smallRun } from './smallRun.js'

const root = mkdtempSync(join(tmpdir(), 'operando-folder-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const run = (output: string | URL, more: object = {}) => operandoDiffraction({ ...SMALL, patterns: smallRun(), output, ...more })
const FILES = ['overview.svg', 'report.html', 'results.csv', 'results.nxs']

describe('the table of a report', () => {
  it('gives areas of lines with their unit: intensity times angle', async () => {
    const { trends, files } = await run(join(root, 'table'))
    expect(trends['line.area']!.unit.symbol).toBe('counts deg')
    expect(readFileSync(files!.csv, 'utf8')).toMatch(/,line\.area_counts deg,/)
  })

  it('has results for a range narrower than four usual widths as well', async () => {
    const { failed } = await run(join(root, 'narrow'), { lines: [{ name: 'line', range: [18.87, 19.22] }] })
    expect(failed).toEqual([])
  })
})

describe('the folder of a report', () => {
  it('holds the four files and nothing else, by path or by file URL', async () => {
    const { files } = await run(join(root, 'deep/one'))
    expect(readdirSync(join(root, 'deep/one')).sort()).toEqual(FILES)
    expect(Object.values(files!).every(path => existsSync(path!))).toBe(true)
    await run(pathToFileURL(join(root, 'two words')))
    expect(readdirSync(join(root, 'two words')).sort()).toEqual(FILES)
  })

  it('is not overwritten in silence: the refusal comes before the work', async () => {
    const output = join(root, 'kept')
    mkdirSync(output)
    writeFileSync(join(output, 'results.csv'), 'mine')
    const onProgress = vi.fn()
    const error = await run(output, { onProgress }).catch((e: unknown) => e)
    expect(isOperandoError(error, 'E_IO')).toBe(true)
    expect(String(error)).toMatch(/kept holds a report already \(results\.csv\).*overwrite: true/)
    expect(onProgress).not.toHaveBeenCalled()
    expect(readFileSync(join(output, 'results.csv'), 'utf8')).toBe('mine')
    await run(output, { overwrite: true })
    expect(readFileSync(join(output, 'results.csv'), 'utf8')).toMatch(/^# Operando diffraction/)
  })

  it('keeps what else stands in it', async () => {
    const output = join(root, 'shared')
    mkdirSync(output)
    writeFileSync(join(output, 'notes.txt'), 'mine')
    await run(output)
    expect(readFileSync(join(output, 'notes.txt'), 'utf8')).toBe('mine')
  })

  it('that cannot be made is told before the work, with the reason', async () => {
    writeFileSync(join(root, 'file'), '')
    const onProgress = vi.fn()
    await expect(run(join(root, 'file'), { onProgress })).rejects.toThrow(/cannot be written to .*file: EEXIST/)
    await expect(run(join(root, 'file/below'), { onProgress })).rejects.toThrow(/cannot be written to .*below: ENOTDIR/)
    expect(onProgress).not.toHaveBeenCalled()
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'that may not be written to is told before the work',
    async () => {
      const output = join(root, 'locked')
      mkdirSync(output)
      chmodSync(output, 0o555)
      await expect(run(output)).rejects.toThrow(/cannot be written to .*locked: EACCES/)
    },
  )

  it.each(['reading', 'fitting', 'writing 1', 'writing 2', 'writing 3'])(
    'keeps an earlier report whole, and holds no part of a new one, when the work is aborted at %s',
    async when => {
      const stop = new AbortController()
      const onProgress = (stage: string, done: number): void => {
        if (when === stage || when === `${stage} ${done}`) stop.abort()
      }
      const start = new AbortController()
      if (when === 'reading') start.abort()
      const more = { onProgress, signal: when === 'reading' ? start.signal : stop.signal }
      const fresh = join(root, `fresh ${when}`)
      const aborted = await run(fresh, more).catch((e: unknown) => e)
      expect(isOperandoError(aborted, 'E_ABORTED')).toBe(true)
      expect(existsSync(fresh)).toBe(false)
      const old = join(root, `old ${when}`)
      mkdirSync(old)
      for (const name of FILES) writeFileSync(join(old, name), 'old')
      const stopAgain = new AbortController()
      const again = {
        overwrite: true,
        signal: when === 'reading' ? start.signal : stopAgain.signal,
        onProgress: (stage: string, done: number): void => {
          if (when === stage || when === `${stage} ${done}`) stopAgain.abort()
        },
      }
      await expect(run(old, again)).rejects.toThrow(/aborted/)
      expect(readdirSync(old).sort()).toEqual(FILES)
      for (const name of FILES) expect(readFileSync(join(old, name), 'utf8')).toBe('old')
    },
  )

  it('is not left behind empty when the fits are refused', async () => {
    const output = join(root, 'refused')
    await expect(run(output, { range: [80, 90] })).rejects.toThrow(/0 points lie within/)
    expect(existsSync(output)).toBe(false)
  })
})
