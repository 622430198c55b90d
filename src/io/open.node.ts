import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OperandoError } from '../core/errors.js'
import { assertKnown } from '../core/fields.js'
import type { Dataset } from '../model/dataset.js'
import type { Electrochemistry } from '../model/electrochemistry.js'
import { OPEN_FIELDS, type Opened, type OpenOptions } from './format.js'
import { expectDataset, expectElectrochemistry, nameOf, type OpenInput, open as openBytes } from './open.js'
import { type FrameTable, openFrameTable as openFrames } from './series/openFrameTable.js'

/** What `open` takes in Node: a path or file URL too. */
export type NodeOpenInput = string | URL | OpenInput

/**
 * Opens a file by path, or anything that `open` of `operando/io` takes.
 *
 * @param input   Path, file URL, bytes, Blob, `{ name, bytes }`.
 * @param options As for `open` of `operando/io`.
 * @throws OperandoError `E_MISSING` when there is no such file, `E_IO` when the system refuses, and as `open` of `operando/io`.
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { open } from 'operando/io/node'
 * await writeFile('frame_001.xy', '10.00 5\n10.01 7\n10.02 6\n')
 * const opened = await open('frame_001.xy')
 * if (opened.kind === 'dataset') console.log(opened.dataset.values)
 * ```
 */
export async function open(input: NodeOpenInput, options: OpenOptions = {}): Promise<Opened> {
  assertKnown(options, 'open options', OPEN_FIELDS)
  return openBytes(await toInput(input, options.signal), options)
}

/**
 * As {@link open}, for files that hold a measured curve, image or series.
 * @param input   As for {@link open}.
 * @param options As for {@link open}.
 * @throws OperandoError `E_FORMAT` when the file holds something else, and as {@link open}.
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { openDataset } from 'operando/io/node'
 * await writeFile('frame_002.xy', '10.00 5\n10.01 7\n10.02 6\n')
 * console.log((await openDataset('frame_002.xy')).values)
 * ```
 */
export async function openDataset(input: NodeOpenInput, options: OpenOptions = {}): Promise<Dataset> {
  assertKnown(options, 'openDataset options', OPEN_FIELDS)
  const bytes = await toInput(input, options.signal)
  return expectDataset(await openBytes(bytes, options), nameOf(bytes))
}

/**
 * As {@link open}, for files of a potentiostat or cycler.
 * @param input   As for {@link open}.
 * @param options As for {@link open}.
 * @throws OperandoError `E_FORMAT` when the file holds something else, and as {@link open}.
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { openElectrochemistry } from 'operando/io/node'
 * const rows = 'time/s\tcontrol/mA\tEwe/V\t<I>/mA\t\r\n0\t0\t3.4\t0\t\r\n60\t1\t3.5\t1\t\r\n'
 * await writeFile('cell.mpt', `EC-Lab ASCII FILE\r\nNb header lines : 3                          \r\n${rows}`)
 * console.log((await openElectrochemistry('cell.mpt')).potential.values)
 * ```
 */
export async function openElectrochemistry(input: NodeOpenInput, options: OpenOptions = {}): Promise<Electrochemistry> {
  assertKnown(options, 'openElectrochemistry options', OPEN_FIELDS)
  const bytes = await toInput(input, options.signal)
  return expectElectrochemistry(await openBytes(bytes, options), nameOf(bytes))
}

/**
 * As `openFrameTable` of `operando/io`, by path too.
 * @param input   As for {@link open}.
 * @param options As for {@link open}.
 * @throws OperandoError As `openFrameTable` of `operando/io`, and `E_MISSING`, `E_IO`.
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { openFrameTable } from 'operando/io/node'
 * await writeFile('frames.csv', 'file,temperature\nscan_1.xy,298.1\nscan_2.xy,298.3\n')
 * const { rows, coords, texts } = await openFrameTable('frames.csv')
 * console.log(rows, coords.temperature, texts.file)
 * ```
 */
export async function openFrameTable(input: NodeOpenInput, options: OpenOptions = {}): Promise<FrameTable> {
  assertKnown(options, 'openFrameTable options', OPEN_FIELDS)
  return openFrames(await toInput(input, options.signal), options)
}

/** Reads a path into named bytes; everything else passes. */
export async function toInput(input: NodeOpenInput, signal?: AbortSignal): Promise<OpenInput> {
  if (typeof input !== 'string' && !(input instanceof URL)) return input
  const path = input instanceof URL || input.startsWith('file:') ? fileURLToPath(input) : input
  try {
    return { name: basename(path), bytes: await readFile(path, signal ? { signal } : {}) }
  } catch (cause) {
    throw ioError(path, cause)
  }
}

/** An error of the file system in operando's words. */
export function ioError(path: string, cause: unknown): OperandoError {
  const code = (cause as { code?: unknown }).code
  if (code === 'ABORT_ERR') return new OperandoError('E_ABORTED', 'The work was aborted by its caller.', { cause })
  if (code === 'ENOENT') return new OperandoError('E_MISSING', `${path}: no such file or folder.`, { cause, details: { path } })
  if (code === 'EISDIR')
    return new OperandoError('E_ARGUMENT', `${path}: is a folder. Open its files as one series with openSeries().`, {
      cause,
      details: { path },
    })
  return new OperandoError('E_IO', `${path}: ${(cause as Error).message}.`, { cause, details: { path } })
}
