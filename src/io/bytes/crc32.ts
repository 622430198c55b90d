const TABLE = /* @__PURE__ */ makeTable()

function makeTable(): Uint32Array {
  const table = new Uint32Array(256)
  for (let i = 0; i < 256; i++) {
    let c = i
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    table[i] = c
  }
  return table
}

/**
 * CRC-32 of gzip and zip (polynomial 0xEDB88320), 0 to 2^32 - 1.
 * @param bytes The bytes.
 * @param crc   CRC of what came before, to go on with. Default 0.
 * @see RFC 1952, section 8
 * @example
 * ```ts
 * import { crc32 } from 'operando/io'
 * crc32(new TextEncoder().encode('123456789')).toString(16) // 'cbf43926'
 * ```
 */
export function crc32(bytes: Uint8Array, crc = 0): number {
  let c = ~crc
  for (let i = 0; i < bytes.length; i++) c = TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8)
  return ~c >>> 0
}
