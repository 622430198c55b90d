import type { Dataset as H5Dataset, File as H5File, Group as H5Group } from 'h5wasm'
import { isOperandoError, OperandoError } from '../../core/errors.js'

export type { H5Dataset, H5File, H5Group }

type H5Module = typeof import('h5wasm')

let serial = 0

/** The optional peer, started, with a handler that throws: without it a failed read returns uninitialised memory as numbers. */
async function loadH5(): Promise<{ h5: H5Module; fs: MemoryFs }> {
  let h5: H5Module
  try {
    h5 = await import('h5wasm')
  } catch (cause) {
    throw new OperandoError('E_DEPENDENCY', 'HDF5 and NeXus files need the optional package h5wasm: npm install h5wasm.', {
      cause,
    })
  }
  const module = await h5.ready
  module.activate_throwing_error_handler()
  return { h5, fs: module.FS as unknown as MemoryFs }
}

/** The part of the in-memory file system that is used here. */
interface MemoryFs {
  writeFile(path: string, data: Uint8Array): void
  readFile(path: string): Uint8Array
  unlink(path: string): void
}

/** First line of HDF5's own diagnosis that says what is wrong rather than where in its source. */
function diagnosis(error: unknown): string {
  const text = String(error instanceof Error ? error.message : error)
  return /minor: (.*)/.exec(text)?.[1] ?? text.split('\n')[0]!
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]

/** True if bytes begin like HDF5 (a user block of 512 bytes or more may stand before it). */
export function isHdf5(bytes: Uint8Array): boolean {
  for (let at = 0; at + 8 <= bytes.length && at <= 65536; at = at === 0 ? 512 : at * 2) {
    if (SIGNATURE.every((byte, i) => bytes[at + i] === byte)) return true
  }
  return false
}

/**
 * Opens bytes as HDF5, hands the file to `use`, and closes it whatever happens.
 * @param bytes The whole file.
 * @param file  Its name, for messages.
 * @param use   Reads from the open file; nothing of the file may be kept.
 * @throws OperandoError `E_FORMAT` if it is no HDF5 or is damaged, `E_DEPENDENCY` without h5wasm.
 */
export async function withHdf5<T>(bytes: Uint8Array, file: string, use: (root: H5File) => T): Promise<T> {
  if (!isHdf5(bytes)) {
    const head = [...bytes.subarray(0, 8)].map(byte => byte.toString(16).padStart(2, '0')).join(' ')
    throw new OperandoError(
      'E_FORMAT',
      `${file}: an HDF5 signature was expected in the first bytes, found ${head || 'an empty file'}.`,
      { details: { file } },
    )
  }
  const { h5, fs } = await loadH5()
  const path = `operando-${serial++}.h5`
  fs.writeFile(path, bytes)
  let root: H5File | undefined
  try {
    root = new h5.File(path, 'r')
    return use(root)
  } catch (cause) {
    if (isOperandoError(cause)) throw cause
    throw new OperandoError('E_FORMAT', `${file}: HDF5 cannot be read (${diagnosis(cause)}). It may be truncated or damaged.`, {
      details: { file },
      cause,
    })
  } finally {
    root?.close()
    fs.unlink(path)
  }
}

/**
 * Creates an HDF5 file in memory.
 * @param build Fills the open file.
 * @returns The bytes of the file.
 * @throws OperandoError `E_DEPENDENCY` without h5wasm.
 */
export async function buildHdf5(build: (root: H5File) => void): Promise<Uint8Array> {
  const { h5, fs } = await loadH5()
  const path = `operando-${serial++}.h5`
  const root = new h5.File(path, 'w')
  let open = true
  try {
    build(root)
    root.close()
    open = false
    return fs.readFile(path).slice()
  } finally {
    if (open) root.close()
    fs.unlink(path)
  }
}
