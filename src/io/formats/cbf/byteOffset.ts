/** What came of unpacking, for the caller to judge. */
export interface ByteOffsetResult {
  /** Pixels written. */
  readonly count: number
  /** Bytes read. */
  readonly bytes: number
  /** The next pixel is a 64-bit step, which no 32-bit image needs. */
  readonly tooWide: boolean
}

/**
 * Unpacks the differences of a CBF: a byte each, or -128 and 16 bits, or -128, -32768 and 32 bits. Stops where the output is full or the input ends.
 * @param bytes Input.
 * @param begin First byte.
 * @param end   One past the last.
 * @param out   Pixels; arithmetic is modulo 2^32, as the packer's.
 * @see CBFlib manual, section 3.3.3 (x-CBF_BYTE_OFFSET)
 */
export function byteOffset(bytes: Uint8Array, begin: number, end: number, out: Int32Array): ByteOffsetResult {
  const { length } = out
  let pixel = 0
  let value = 0
  let at = begin
  while (pixel < length && at < end) {
    let step = (bytes[at]! << 24) >> 24
    let width = 1
    if (step === -128) {
      if (at + 3 > end) break
      step = ((bytes[at + 1]! | (bytes[at + 2]! << 8)) << 16) >> 16
      width = 3
      if (step === -32768) {
        if (at + 7 > end) break
        step = bytes[at + 3]! | (bytes[at + 4]! << 8) | (bytes[at + 5]! << 16) | (bytes[at + 6]! << 24)
        width = 7
        if (step === -2147483648) return { count: pixel, bytes: at - begin, tooWide: true }
      }
    }
    at += width
    value = (value + step) | 0
    out[pixel++] = value
  }
  return { count: pixel, bytes: at - begin, tooWide: false }
}
