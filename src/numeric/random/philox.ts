/** A source of 32-bit words. */
export interface WordSource {
  /** The next word, a whole number from 0 to 2^32 - 1. */
  next(): number
}

const BLOCK = 4

/** Ten rounds of Philox4x32: counter and key to four words. */
export function philoxBlock(counter: Uint32Array, key0: number, key1: number, out: Uint32Array): void {
  let c0 = counter[0]!
  let c1 = counter[1]!
  let c2 = counter[2]!
  let c3 = counter[3]!
  let k0 = key0 | 0
  let k1 = key1 | 0
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd251_1f53, c0)
    const high1 = multiplyHigh(0xcd9e_8d57, c2)
    const low0 = Math.imul(0xd251_1f53, c0)
    const low1 = Math.imul(0xcd9e_8d57, c2)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + 0x9e37_79b9) | 0
    k1 = (k1 + 0xbb67_ae85) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/** Upper 32 bits of the product of two 32-bit words, from halves. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff
  const a1 = a >>> 16
  const b0 = b & 0xffff
  const b1 = b >>> 16
  const middle = a1 * b0 + ((a0 * b0) >>> 16)
  return (a1 * b1 + Math.floor(middle / 0x1_0000) + ((middle & 0xffff) + a0 * b1) / 0x1_0000) | 0
}

/**
 * The words of one stream: block after block of Philox4x32-10. The seed is the key, the stream the upper half of the counter, so that no two
 * streams of a seed ever meet, and the n-th word of a stream depends on nothing but seed, stream and n.
 *
 * @param seed   Whole number, 0 to 2^53 - 1.
 * @param stream Whole number, 0 to 2^53 - 1.
 * @see Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy as 1, 2, 3, Proc. SC11 (2011)
 */
export function createPhilox(seed: number, stream: number): WordSource {
  const high = (x: number): number => Math.floor(x / 2 ** 32)
  const counter = Uint32Array.of(0, 0, stream, high(stream))
  const words = new Uint32Array(BLOCK)
  const [key0, key1] = [seed >>> 0, high(seed)]
  let used = BLOCK
  return {
    next(): number {
      if (used === BLOCK) {
        philoxBlock(counter, key0, key1, words)
        if (++counter[0]! === 0) counter[1]!++
        used = 0
      }
      return words[used++]!
    },
  }
}
