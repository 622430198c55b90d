import { zipSync } from 'fflate'
import { open, unzip } from 'operando/io'
import { describe, expect, test, vi } from 'vitest'

const text = (s: string): Uint8Array => new TextEncoder().encode(s)

describe('bad input of every day', () => {
  test('blanks of another kind before numbers do not make the reader turn in circles', async () => {
    for (const s of ['\f1 2\n\f2 3\n', '1 2\n\f3 4\n5 6\n', ',5 2\n,6 3\n', '\u00a01 2\n\u00a02 3\n'])
      for (const lenient of [false, true])
        await open({ name: 'a.chi', bytes: text(s) }, { lenient }).catch(error =>
          expect(error).toMatchObject({ code: 'E_FORMAT' }),
        )
  })

  test('a GSAS file whose BANK line is broken in two is refused in words', async () => {
    const bytes = text('title\nBANK\n1 3 3 CONST 1000 10 FXYE\n 1000 5 1\n')
    await expect(open({ name: 'a.gsa', bytes }, { format: 'gsas' })).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining('BANK'),
    })
  })

  test('a zip that is cut, changed or a bomb never opens', () => {
    const whole = zipSync({ 'a.npy': new Uint8Array(2000).fill(7) }, { level: 6 })
    for (let n = 0; n < whole.length; n++) expect(() => unzip(whole.slice(0, n), 'a.zip'), `cut at ${n}`).toThrow(/^a\.zip/)
    const changed = whole.slice()
    changed[40]! ^= 0xff
    expect(() => unzip(changed, 'a.zip')).toThrow(/a\.zip/)
    const bomb = zipSync({ 'a.npy': new Uint8Array(40 * 2 ** 20) }, { level: 9 })
    expect(() => unzip(bomb, 'bomb.zip')).toThrow(/bomb\.zip.*unpacks to more than.*expansion/)
  })

  test('without h5wasm a NeXus file says what to install', async () => {
    vi.resetModules()
    vi.doMock('h5wasm', () => {
      throw new Error('not installed')
    })
    const { readNexus } = await import('operando/io')
    const signature = Uint8Array.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0])
    await expect(readNexus(signature)).rejects.toMatchObject({
      code: 'E_DEPENDENCY',
      message: expect.stringContaining('npm install h5wasm'),
    })
    vi.doUnmock('h5wasm')
    vi.resetModules()
  })
})
