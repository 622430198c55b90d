/**
 * The first bytes in words, for messages: as text where they are text, else in hex.
 * @param bytes The file.
 */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'no bytes at all'
  const head = bytes.subarray(0, 24)
  const text = head.every(byte => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127))
  if (text) return `text beginning with ${JSON.stringify(String.fromCharCode(...head))}`
  return `bytes ${Array.from(head.subarray(0, 12), byte => byte.toString(16).padStart(2, '0')).join(' ')}`
}
