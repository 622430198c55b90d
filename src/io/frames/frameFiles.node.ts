import { createFrameSource } from '../../model/createFrameSource.js'
import { createVariable } from '../../model/createVariable.js'
import type { Dataset } from '../../model/dataset.js'
import { fileError } from '../context.js'
import { nameOf, openDataset } from '../open.js'
import type { NodeOpenInput } from '../open.node.js'
import { seriesFiles, toEntry } from '../series/openSeries.node.js'
import { sequenceNumbers } from '../series/sequenceNumbers.js'
import type { OpenedFrames } from './openFrames.node.js'

/** Options of {@link frameFiles}. */
export interface FrameFilesOptions {
  /** Which files of a folder. */
  match?: string | RegExp | undefined
  /** Whole parts of damaged files. */
  lenient?: boolean | undefined
}

/**
 * Image files as frames, each opened when it is asked for. The first is opened at once: it tells shape and unit.
 * @param input   A folder, or a list of files.
 * @param options Which, and how strictly.
 */
export async function frameFiles(
  input: string | readonly NodeOpenInput[],
  { match, lenient }: FrameFilesOptions,
): Promise<OpenedFrames> {
  const { entries, warnings } =
    typeof input === 'string' ? await seriesFiles(input, match) : { entries: input.map(toEntry), warnings: [] }
  if (entries.length === 0) throw fileError('E_MISSING', '(list)', 'no files: one image or more expected.')
  const names = entries.map(entry => nameOf({ name: entry.name, bytes: new Uint8Array() }))
  const read = async (index: number, signal?: AbortSignal): Promise<Dataset<'y' | 'x'>> => {
    const frame = await openDataset(await entries[index]!.load(), { lenient, signal, sha256: false })
    if (frame.dims.join() === 'y,x') return frame as Dataset<'y' | 'x'>
    throw fileError('E_SHAPE', names[index]!, `an image of y, x was expected, the file holds [${frame.dims.join(', ')}].`)
  }
  const first = await read(0)
  const told = sequenceNumbers(names)
  const source = createFrameSource({
    name: first.name,
    dims: ['y', 'x'],
    shape: [entries.length, ...first.shape],
    unit: first.unit,
    sequence: told.numbers,
    coords: told.numbers ? { fileNumber: createVariable({ dims: ['frame'], values: told.numbers, unit: '' }) } : {},
    meta: { ...first.meta, sources: names.map(name => ({ name })) },
    warnings: [...warnings, ...told.warnings],
    read: (index, { signal }) => (index === 0 ? first : read(index, signal)),
  })
  return Object.freeze({ ...source, close: () => {} })
}
