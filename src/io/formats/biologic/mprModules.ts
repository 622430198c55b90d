import { fileError } from '../../context.js'
import { latin1 } from '../../text/scanRows.js'

/** One part of an .mpr. */
export interface MprModule {
  /** `VMP Set`, `VMP data`, `VMP LOG`, `VMP loop`, `ExtDev` ... */
  readonly name: string
  /** Layout version: the new one (EC-Lab 11.50 and later: 10, 11) or the old one (0, 2, 3). */
  readonly version: number
  /** Date as written, month first. */
  readonly date: string
  /** Where the content begins in the file. */
  readonly offset: number
  /** The content. */
  readonly payload: Uint8Array
}

const MAGIC = 'BIO-LOGIC MODULAR FILE'
const FIRST = 52

/** True if the bytes begin as an .mpr does. */
export function isMpr(head: Uint8Array): boolean {
  return latin1(head, 0, Math.min(head.length, MAGIC.length)) === MAGIC
}

/**
 * Splits an .mpr into its modules. A module is "MODULE", short name (10), long name (25), a length of 32 bits, version, date (8), content; from EC-Lab 11.50 on the
 * first length is 0xFFFFFFFF and length, old version and new version follow.
 * @param bytes The file.
 * @param name  Its name, for messages.
 * @throws OperandoError `E_FORMAT` without signature, `E_TRUNCATED` when a module ends beyond the file.
 */
export function mprModules(bytes: Uint8Array, name: string): MprModule[] {
  if (!isMpr(bytes)) throw fileError('E_FORMAT', name, `the signature "${MAGIC}" is missing.`, 'byte 0')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const modules: MprModule[] = []
  let at = FIRST
  while (at < bytes.length) {
    if (at + 65 > bytes.length)
      throw fileError('E_TRUNCATED', name, 'the header of a module is cut. Copy the file anew.', `byte ${at}`)
    if (latin1(bytes, at, at + 6) !== 'MODULE')
      throw fileError(
        'E_FORMAT',
        name,
        `a module was expected, found ${JSON.stringify(latin1(bytes, at, at + 6))}.`,
        `byte ${at}`,
      )
    const short = latin1(bytes, at + 6, at + 16).trim()
    const word = view.getUint32(at + 41, true)
    const wide = word === 0xffffffff
    const length = wide ? view.getUint32(at + 45, true) : word
    const old = view.getUint32(at + (wide ? 49 : 45), true)
    const version = wide ? view.getUint32(at + 53, true) : old
    const offset = at + (wide ? 65 : 57)
    if (offset + length > bytes.length)
      throw fileError(
        'E_TRUNCATED',
        name,
        `module "${short}" has ${length} bytes by its header, ${bytes.length - offset} are there. Copy the file anew; if EC-Lab was still writing, wait for its end.`,
        `byte ${offset}`,
      )
    const payload = bytes.subarray(offset, offset + length)
    modules.push({ name: short, version, date: latin1(bytes, offset - 8, offset), offset, payload })
    at = offset + length
  }
  return modules
}
