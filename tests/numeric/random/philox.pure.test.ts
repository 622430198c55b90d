import { describe, expect, it } from 'vitest'
import { createPhilox, philoxBlock } from '../../../src/numeric/random/philox.js'

const hex = (words: Uint32Array): string => Array.from(words, w => w.toString(16).padStart(8, '0')).join(' ')

describe('philoxBlock', () => {
  // the known answers that the authors publish with Random123 (kat_vectors, philox 4x32, 10 rounds)
  it.each([
    ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ])('gives the published words of counter %s, key %s', (counter, key, expected) => {
    const parse = (text: string): Uint32Array => Uint32Array.from(text.split(' '), word => Number.parseInt(word, 16))
    const out = new Uint32Array(4)
    const [k0, k1] = parse(key)
    philoxBlock(parse(counter), k0!, k1!, out)
    expect(hex(out)).toBe(expected)
  })
})

describe('createPhilox', () => {
  it('takes the seed as key and the stream as upper half of the counter, both as 64-bit numbers', () => {
    const seed = 0x12_3456_789a
    const stream = 0x1b_0000_0005
    const source = createPhilox(seed, stream)
    const words = Uint32Array.from({ length: 12 }, () => source.next())
    const block = new Uint32Array(4)
    for (let n = 0; n < 3; n++) {
      philoxBlock(Uint32Array.of(n, 0, 5, 0x1b), 0x3456_789a, 0x12, block)
      expect(hex(words.slice(4 * n, 4 * n + 4))).toBe(hex(block))
    }
  })
})
