import { describeBytes } from '../bytes/describe.js'
import { fileError } from '../context.js'

/** Text as bytes, ready for the scanner. */
export interface TextBytes {
  /** Without byte order mark, ending with a line feed. */
  readonly bytes: Uint8Array
  /** True when the last line had no end: the file may be cut there. */
  readonly unfinished: boolean
}

/**
 * True if the bytes are not text of one byte (or UTF-8) a character: NULs, or many control characters.
 * @param head The first bytes.
 */
export function looksBinary(head: Uint8Array): boolean {
  let control = 0
  for (const byte of head) {
    if (byte === 0) return true
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 26) control++
  }
  return control > head.length * 0.02
}

/** `16` for UTF-16 with its mark, `8` for UTF-8 with its mark. */
export function byteOrderMark(bytes: Uint8Array): 16 | 8 | 0 {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 16
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 8 : 0
}

/**
 * Text of UTF-16 with its mark as UTF-8; any other bytes as they are.
 * @param bytes The file, or its beginning.
 */
export function utf8Bytes(bytes: Uint8Array): Uint8Array {
  if (byteOrderMark(bytes) !== 16) return bytes
  return new TextEncoder().encode(new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes))
}

/**
 * Readies a text file for scanning. Copies only where the last line has no end.
 * @param bytes The file.
 * @param name  Its name, for messages.
 * @throws OperandoError `E_UNSUPPORTED` for UTF-16, `E_FORMAT` for binary content.
 */
export function textBytes(bytes: Uint8Array, name: string): TextBytes {
  const mark = byteOrderMark(bytes)
  if (mark === 16)
    throw fileError(
      'E_UNSUPPORTED',
      name,
      'the text is UTF-16 (byte order mark ff fe or fe ff). Save it as UTF-8 and open that.',
      'byte 0',
    )
  const body = mark === 8 ? bytes.subarray(3) : bytes
  const binary = looksBinary(body.subarray(0, 4096))
  const nul = binary ? -1 : body.indexOf(0)
  if (binary || nul >= 0)
    throw fileError(
      'E_FORMAT',
      name,
      `text with columns of numbers was expected, found binary data (${binary ? describeBytes(body) : 'a NUL'}).`,
      `byte ${binary ? 0 : nul}`,
    )
  const last = body[body.length - 1]
  if (last === 10) return { bytes: body, unfinished: false }
  const out = new Uint8Array(body.length + 1)
  out.set(body)
  out[body.length] = 10
  return { bytes: out, unfinished: last !== 13 }
}

/**
 * Text of bytes: UTF-8 where it is valid, else windows-1252, or the encoding that the caller names.
 * @param bytes    The bytes.
 * @param encoding As `TextDecoder` names it.
 */
export function decodeText(bytes: Uint8Array, encoding?: string): string {
  if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
