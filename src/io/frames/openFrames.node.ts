import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { FrameSource } from '../../model/frameSource.js'
import type { NodeOpenInput } from '../open.node.js'
import { ioError } from '../open.node.js'
import { frameFiles } from './frameFiles.node.js'
import { hdf5Frames } from './hdf5Frames.node.js'

/** Frames that stay on disk until they are asked for. */
export interface OpenedFrames extends FrameSource<'y' | 'x'> {
  /** Closes the file; frames that were read stay good. */
  close(): void
}

/** Options of {@link openFrames}. */
export interface OpenFramesOptions {
  /** HDF5: path of the stack of images, or of the group of `data_000001` ..., where the file has more than one. */
  dataset?: string | undefined
  /** Folders: files to take, `'*.tif'`. Default: the extension that most have. */
  match?: string | RegExp | undefined
  /** Folders and lists: return the whole part of damaged files, with warnings. Default false. */
  lenient?: boolean | undefined
}

const FIELDS: FieldsOf<OpenFramesOptions> = { dataset: true, match: true, lenient: true }

/**
 * Opens frames of an area detector without loading them: an HDF5 file (the master of an EIGER with its data files beside it, NXmx, any NeXus file with a stack of images), or a
 * folder or list of image files. Each frame is read when it is asked for, so that memory does not grow with the series; `createIntegrator`'s plans, `sequence` and `collect` take the source.
 *
 * Pixels that the file's mask leaves out, and those that the detector marks, are masked. Frames compressed by bitshuffle and LZ4, as EIGER detectors write them, need the optional
 * package h5wasm-plugins. Parts that are linked and missing are told in `warnings`.
 *
 * @param input   Path or file URL of an HDF5 file or a folder; or a list of image files.
 * @param options Which dataset, which files.
 * @throws OperandoError `E_MISSING` without file or images, `E_ARGUMENT` when it is not clear which are meant, `E_FORMAT` for damaged files, `E_SHAPE` for frames of different sizes, `E_DEPENDENCY` without h5wasm,
 *   `E_UNSUPPORTED` for filters without plugin.
 * @example
 * ```ts
 * import { openFrames, save } from 'operando/io/node'
 * import { createDataset } from 'operando'
 * const stack = createDataset({ name: 'I', dims: ['frame', 'y', 'x'], shape: [2, 2, 3], values: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), unit: 'counts' })
 * await save('run.nxs', stack)
 * const frames = await openFrames('run.nxs')
 * for await (const { frame } of frames) console.log(frame.values)
 * frames.close()
 * ```
 */
export async function openFrames(
  input: string | URL | readonly NodeOpenInput[],
  options: OpenFramesOptions = {},
): Promise<OpenedFrames> {
  assertKnown(options, 'openFrames', FIELDS)
  const { dataset, ...rest } = options
  if (Array.isArray(input)) return frameFiles(input as readonly NodeOpenInput[], rest)
  if (typeof input !== 'string' && !(input instanceof URL))
    throw new OperandoError(
      'E_ARGUMENT',
      'openFrames: the path of an HDF5 file or of a folder, or a list of image files, was expected.',
    )
  const path = input instanceof URL || input.startsWith('file:') ? fileURLToPath(input) : input
  const found = await stat(path).catch(cause => {
    throw ioError(path, cause)
  })
  return found.isDirectory() ? frameFiles(path, rest) : hdf5Frames(path, basename(path), dataset)
}
