import { gzipSync } from 'fflate'
import { gunzip } from 'operando/io'
import { describe, expect, test } from 'vitest'
import { errorCode } from '../errorCode.js'

const text = (n: number): Uint8Array =>
  new TextEncoder().encode(Array.from({ length: n }, (_, i) => `${i} ${Math.sin(i)}\n`).join(''))
const concat = (...parts: Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])
describe('gunzip', () => {
  test('unpacks one member', () => {
    const plain = text(5000)
    expect(same(gunzip(gzipSync(plain), 'a.gz'), plain)).toBe(true)
  })

  test('unpacks all members of a file of several, whatever their sizes', () => {
    for (const sizes of [
      [10, 2000],
      [9000, 1, 0, 30],
      [0, 0],
      [20000, 20000],
    ]) {
      const parts = sizes.map(text)
      expect(same(gunzip(concat(...parts.map(part => gzipSync(part))), 'a.gz'), concat(...parts))).toBe(true)
    }
  })

  test('reads a header with a name in it', () => {
    expect(gunzip(gzipSync(text(20), { filename: 'frame_001.xy', mtime: 0 }), 'a.gz')).toEqual(text(20))
  })

  test('never accepts a file that is cut, at whatever byte', () => {
    const packed = gzipSync(text(100))
    for (let n = 3; n < packed.length; n++)
      expect(['E_TRUNCATED', 'E_CHECKSUM'], `cut at ${n} of ${packed.length}`).toContain(
        errorCode(() => gunzip(packed.slice(0, n), 'a.gz')),
      )
    expect(errorCode(() => gunzip(packed.slice(0, packed.length >> 1), 'a.gz'))).toBe('E_TRUNCATED')
    expect(errorCode(() => gunzip(packed.slice(0, -3), 'a.gz'))).toBe('E_TRUNCATED')
  })

  test('never accepts a second member that is cut', () => {
    const first = gzipSync(text(50))
    const packed = concat(first, gzipSync(text(80)))
    for (let n = first.length + 1; n < packed.length; n++)
      expect(errorCode(() => gunzip(packed.slice(0, n), 'a.gz'))).not.toBe('none')
  })

  test('finds a wrong CRC and a wrong size', () => {
    const packed = gzipSync(text(300))
    for (const at of [8, 7, 6, 5, 4, 1]) {
      const bad = packed.slice()
      bad[bad.length - at]! ^= 4
      expect(errorCode(() => gunzip(bad, 'a.gz'))).toBe('E_CHECKSUM')
    }
    const firstBad = packed.slice()
    firstBad[firstBad.length - 8]! ^= 4
    expect(errorCode(() => gunzip(concat(firstBad, packed), 'a.gz'))).toBe('E_CHECKSUM')
  })

  test('refuses foreign bytes after the last member', () => {
    expect(errorCode(() => gunzip(concat(gzipSync(text(30)), new Uint8Array([1, 2, 3, 4, 5])), 'a.gz'))).toBe('E_FORMAT')
  })

  test('stops a bomb before it fills the memory', () => {
    const bomb = gzipSync(new Uint8Array(4e7))
    expect(errorCode(() => gunzip(bomb, 'a.gz'))).toBe('E_LIMIT')
    expect(gunzip(bomb, 'a.gz', { expandedBytes: 2 ** 30, expansion: 2000, headerBytes: 1 }).length).toBe(4e7)
    expect(errorCode(() => gunzip(gzipSync(text(5000)), 'a.gz', { expandedBytes: 1000, expansion: 100, headerBytes: 1 }))).toBe(
      'E_LIMIT',
    )
  })
})
