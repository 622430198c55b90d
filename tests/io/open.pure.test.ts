import { gzipSync } from 'fflate'
import { type Format, open, openDataset, writeNpy } from 'operando/io'
import { describe, expect, test } from 'vitest'

const array = writeNpy({ shape: [2], values: Float64Array.from([1, 2]) })

describe('open', () => {
  test('takes bytes, named bytes, buffers, Files and Blobs, packed or not', async () => {
    const buffer = array.slice().buffer
    for (const input of [
      array,
      buffer,
      { name: 'a.npy', bytes: array },
      new Blob([buffer]),
      new File([buffer], 'a.npy'),
      gzipSync(array),
    ]) {
      const opened = await open(input)
      expect(opened.kind).toBe('arrays')
    }
  })

  test('says what was seen when the format is not known, and lists those that are', async () => {
    await expect(open({ name: 'dir/x.bin', bytes: Uint8Array.from([0, 1, 2, 255]) })).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringMatching(/^x\.bin: no known format: found bytes 00 01 02 ff.*npy/),
    })
  })

  test('an empty file is truncated, an unknown format id an argument error', async () => {
    await expect(open({ name: 'x.npy', bytes: new Uint8Array(0) })).rejects.toMatchObject({ code: 'E_TRUNCATED' })
    await expect(open(array, { format: 'nope' })).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    // @ts-expect-error a path is for operando/io/node
    await expect(open('x.npy')).rejects.toMatchObject({ code: 'E_ARGUMENT' })
  })

  test('a helper for one kind says what the file holds instead', async () => {
    await expect(openDataset({ name: 'a.npy', bytes: array })).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining('arrays'),
    })
  })

  test('a format of the caller is asked first, and may be named', async () => {
    const mine: Format = {
      id: 'one-number',
      name: 'one number a file',
      extensions: ['one'],
      sniff: (_head, name) => (name.endsWith('.one') ? 1 : 0),
      read: (bytes, context) => ({
        kind: 'arrays',
        format: 'one-number',
        arrays: { data: { shape: [], values: Float64Array.of(bytes[0]!) } },
        warnings: context.warnings,
      }),
    }
    const opened = await open({ name: 'a.one', bytes: Uint8Array.of(7) }, { formats: [mine] })
    expect(opened).toMatchObject({ format: 'one-number', arrays: { data: { values: Float64Array.of(7) } } })
    expect((await open(Uint8Array.of(8), { formats: [mine], format: 'one-number' })).kind).toBe('arrays')
    await expect(open({ name: 'a.one', bytes: Uint8Array.of(7) })).rejects.toMatchObject({ code: 'E_FORMAT' })
  })

  test('an aborted signal aborts', async () => {
    await expect(open(array, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'E_ABORTED' })
  })
})
