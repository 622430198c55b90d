/** Files that people take for data, by their first bytes: a word says more than hex. */
const KNOWN: readonly (readonly [string, readonly number[]])[] = [
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a TIFF image', [0x49, 0x49, 0x2a, 0x00]],
  ['a TIFF image', [0x4d, 0x4d, 0x00, 0x2a]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf]],
]

/**
 * The first bytes in words, for messages: what they are known for, as text where they are text, else in hex.
 * @param bytes The file.
 */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'no bytes at all'
  const head = bytes.subarray(0, 24)
  const known = KNOWN.find(([, signature]) => signature.every((byte, i) => head[i] === byte))
  if (known) return known[0]
  const text = head.every(byte => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127))
  if (text) return `text beginning with ${JSON.stringify(String.fromCharCode(...head))}`
  return `bytes ${Array.from(head.subarray(0, 12), byte => byte.toString(16).padStart(2, '0')).join(' ')}`
}
