import { randomUUID } from 'node:crypto'
import { link, open as openFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import { throwIfAborted } from '../core/progress.js'
import { ioError } from './open.node.js'
import { SAVE_FIELDS, type Saveable, type SaveOptions, save as saveBytes } from './save.js'

/** Options of `save` in Node. */
export interface NodeSaveOptions extends SaveOptions {
  /** Whether a file that stands there already is replaced. Default false: it is refused, for it may be the only copy of a measurement. */
  overwrite?: boolean | undefined
}

const OPTIONS: FieldsOf<NodeSaveOptions> = { ...SAVE_FIELDS, overwrite: true }

/**
 * Saves to a path, in the format of its extension: see `save` of `operando/io`. The file is written beside its place under another name, flushed to disk and put in
 * place in one step: nobody ever sees half a file, and what stood there stays whole if anything fails.
 *
 * @param path    Path or file URL. Its folder must exist.
 * @param thing   What to save.
 * @param options As for `save` of `operando/io`; whether to replace.
 * @throws OperandoError `E_IO` when the file exists (pass `{ overwrite: true }`) or the system refuses, `E_MISSING` when the folder does not exist, and as `save` of `operando/io`.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { openDataset, save } from 'operando/io/node'
 * const curve = createDataset({
 *   name: 'I',
 *   dims: ['q'],
 *   values: [5, 7],
 *   sigma: [2, 3],
 *   unit: 'counts',
 *   coords: { q: { dims: ['q'], values: [1, 1.1], unit: '1/Å' } },
 * })
 * await save('curve.nxs', curve, { overwrite: true })
 * console.log((await openDataset('curve.nxs')).sigma) // Float64Array [2, 3]
 * ```
 */
export async function save(path: string | URL, thing: Saveable, options: NodeSaveOptions = {}): Promise<void> {
  assertKnown(options, 'save options', OPTIONS)
  if (typeof path !== 'string' && !(path instanceof URL))
    throw new OperandoError('E_ARGUMENT', `save: a path or file URL was expected, found ${path === null ? 'null' : typeof path}.`)
  const target = resolve(path instanceof URL || path.startsWith('file:') ? fileURLToPath(path) : path)
  const { overwrite = false, ...saving } = options
  const bytes = await saveBytes(basename(target), thing, saving)
  throwIfAborted(options.signal)
  // short, for the name may be as long as names can be
  const draft = join(dirname(target), `.${randomUUID()}.tmp`)
  try {
    const file = await openFile(draft, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    if (overwrite) await rename(draft, target)
    else await placeNew(draft, target)
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'EEXIST')
      throw new OperandoError('E_IO', `${target} exists already. Pass { overwrite: true } to replace it, or another name.`, {
        cause,
        details: { path: target },
      })
    throw ioError(target, cause)
  } finally {
    // what went wrong before is what the caller must know
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

/** What a file system answers that knows no second name for a file: exFAT and FAT on memory sticks, some network folders. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']

/** Puts the draft in place, unless the name is taken: a link fails there, in one step. Without links the name is taken first by an empty file. */
async function placeNew(draft: string, target: string): Promise<void> {
  try {
    await link(draft, target)
  } catch (cause) {
    if (!NO_LINKS.includes(String((cause as { code?: unknown }).code))) throw cause
    await writeFile(target, '', { flag: 'wx' })
    try {
      await rename(draft, target)
    } catch (failed) {
      await rm(target, { force: true })
      throw failed
    }
  }
}
