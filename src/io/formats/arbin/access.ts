import { OperandoError } from '../../../core/errors.js'
import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'

/** A row of a table, by the names of its columns. */
export type AccessRow = Readonly<Record<string, unknown>>

/** An Access database. */
export interface AccessDatabase {
  /** Names of its tables. */
  readonly tables: readonly string[]
  /** All rows of a table. */
  rows(table: string): AccessRow[]
}

/** The part of mdb-reader that is used here. It asks for a Buffer, which any Uint8Array with its methods is. */
interface MdbReader {
  getTableNames(): string[]
  getTable(name: string): { getData(): AccessRow[] }
}

/**
 * Opens an Access database with the optional package mdb-reader.
 * @param bytes   The file.
 * @param context Names the file.
 * @throws OperandoError `E_DEPENDENCY` without mdb-reader, or in a browser without a global Buffer; `E_TRUNCATED` for a broken page; `E_FORMAT` for what mdb-reader cannot read.
 */
export async function openAccess(bytes: Uint8Array, context: ReadContext): Promise<AccessDatabase> {
  const { MDBReader, Buffer } = await loadReader()
  // pages of 2 KiB before Access 2000, of 4 KiB since
  const page = bytes[0x14] === 0 ? 2048 : 4096
  if (bytes.length % page !== 0)
    throw fileError(
      'E_TRUNCATED',
      context.name,
      `${bytes.length} bytes, whole pages of ${page} were expected. Copy the file anew, after the test has ended.`,
      `byte ${bytes.length - (bytes.length % page)}`,
    )
  const guarded = <T>(what: string, read: () => T): T => {
    try {
      return read()
    } catch (error) {
      throw fileError(
        'E_FORMAT',
        context.name,
        `${what} cannot be read: ${error instanceof Error ? error.message : String(error)}. The file is damaged, or was copied while Arbin was writing.`,
      )
    }
  }
  const database = guarded('the Access database', () => new MDBReader(Buffer.from(bytes)))
  return {
    tables: guarded('the list of tables', () => database.getTableNames()),
    rows: table => guarded(`table ${table}`, () => database.getTable(table).getData()),
  }
}

interface Loaded {
  readonly MDBReader: new (bytes: Uint8Array) => MdbReader
  readonly Buffer: { from(bytes: Uint8Array): Uint8Array }
}

async function loadReader(): Promise<Loaded> {
  const { Buffer } = globalThis as { Buffer?: Loaded['Buffer'] }
  if (!Buffer)
    throw new OperandoError(
      'E_DEPENDENCY',
      'Arbin .res files are read by mdb-reader, which needs a global Buffer: load the package buffer and set globalThis.Buffer, or read the file in Node.',
    )
  try {
    const module = (await import('mdb-reader')) as unknown as { default: Loaded['MDBReader'] }
    return { MDBReader: module.default, Buffer }
  } catch (cause) {
    throw new OperandoError('E_DEPENDENCY', 'Arbin .res files need the optional package mdb-reader: npm install mdb-reader.', {
      cause,
    })
  }
}
