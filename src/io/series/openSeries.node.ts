import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import type { Dataset } from '../../model/dataset.js'
import { addWarnings } from '../../model/derive.js'
import { nameOf } from '../open.js'
import { ioError, type NodeOpenInput, toInput } from '../open.node.js'
import { naturalOrder } from './naturalOrder.js'
import { OPEN_SERIES_FIELDS, type OpenSeriesOptions, openEntries, type SeriesEntry } from './openSeries.js'

/** Options of `openSeries` in Node: which files of a folder. */
export interface NodeOpenSeriesOptions<Axis extends string = string> extends OpenSeriesOptions<Axis> {
  /**
   * Files of a folder to take: a pattern with `*`, `?` and `{a,b}` (`'*.xy'`, `'scan_*.{xy,xye}'`), or an expression that is tried on the name. Default: the extension that most
   * files have; the others are told in `warnings`.
   */
  match?: string | RegExp | undefined
}

const OPTIONS: FieldsOf<NodeOpenSeriesOptions> = { ...OPEN_SERIES_FIELDS, match: true }

/**
 * Opens a folder, or a list of files, as one series: see `openSeries` of `operando/io` for what becomes of them. The files of a folder (not those of its
 * folders, not hidden ones) are read in natural order, `frame2` before `frame10`; a list keeps its order.
 *
 * @param input   Path or file URL of a folder or of a single file, or a list of paths, URLs, bytes, Blobs, `{ name, bytes }`.
 * @param options As for `openSeries` of `operando/io`; `match` for folders.
 * @throws OperandoError `E_MISSING` when there is no such folder or no file of it matches, `E_ARGUMENT` when it is not clear which files are meant, and as `openSeries` of `operando/io`.
 * @example
 * ```ts
 * import { mkdir, writeFile } from 'node:fs/promises'
 * import { openSeries } from 'operando/io/node'
 * await mkdir('run', { recursive: true })
 * for (const i of [2, 10]) await writeFile(`run/frame${i}.xy`, `10.00 ${i}\n10.01 7\n10.02 6\n`)
 * const series = await openSeries('run', { axis: 'twoTheta', columns: ['twoTheta', 'I'] })
 * console.log(series.dims, series.coords.fileNumber?.values) // ['frame', 'twoTheta'], [2, 10]
 * ```
 */
export function openSeries<const Axis extends string>(
  input: string | URL | readonly NodeOpenInput[],
  options: NodeOpenSeriesOptions<Axis> & { axis: Axis },
): Promise<Dataset<'frame' | Axis>>
export function openSeries(input: string | URL | readonly NodeOpenInput[], options?: NodeOpenSeriesOptions): Promise<Dataset>
export async function openSeries(
  input: string | URL | readonly NodeOpenInput[],
  options: NodeOpenSeriesOptions = {},
): Promise<Dataset> {
  assertKnown(options, 'openSeries options', OPTIONS)
  const { match, ...rest } = options
  if (Array.isArray(input)) return openEntries((input as readonly NodeOpenInput[]).map(toEntry), rest)
  if (typeof input !== 'string' && !(input instanceof URL))
    throw new OperandoError('E_ARGUMENT', 'openSeries: a folder, or a list of files, was expected.')
  const path = input instanceof URL || input.startsWith('file:') ? fileURLToPath(input) : input
  const isFolder = await stat(path).then(
    found => found.isDirectory(),
    cause => {
      throw ioError(path, cause)
    },
  )
  if (!isFolder) return openEntries([toEntry(path)], rest)
  const { entries, warnings } = await seriesFiles(path, match)
  const series = await openEntries(entries, { ...rest, order: 'natural' })
  return warnings.length > 0 ? addWarnings(series, warnings) : series
}

/**
 * The files of a folder that make up a series, in natural order, with what is doubtful about the choice.
 * @param path  The folder.
 * @param match Which files.
 */
export async function seriesFiles(
  path: string,
  match: string | RegExp | undefined,
): Promise<{ entries: SeriesEntry[]; warnings: Issue[] }> {
  const { names, warnings } = await filesOf(path, match)
  return { entries: names.sort(naturalOrder).map(name => toEntry(join(path, name))), warnings }
}

/**
 * A file of a series, read when its turn comes.
 * @param input Path, URL, bytes, Blob, `{ name, bytes }`.
 */
export function toEntry(input: NodeOpenInput): SeriesEntry {
  if (typeof input !== 'string' && !(input instanceof URL)) return { name: nameOf(input), load: () => input }
  // the name on disk: a URL writes a blank as %20, which would be taken for a number
  const path = input instanceof URL || input.startsWith('file:') ? fileURLToPath(input) : input
  return { name: nameOf({ name: path, bytes: new Uint8Array() }), load: () => toInput(path) }
}

async function filesOf(path: string, match: string | RegExp | undefined): Promise<{ names: string[]; warnings: Issue[] }> {
  const found = await readdir(path, { withFileTypes: true }).catch(cause => {
    throw ioError(path, cause)
  })
  const isFolder = await Promise.all(
    found.map(async entry => {
      if (!entry.isSymbolicLink()) return entry.isDirectory()
      // a link that leads nowhere stays in the list: reading it tells so
      return stat(join(path, entry.name)).then(
        there => there.isDirectory(),
        () => false,
      )
    }),
  )
  const files = found.filter((entry, i) => !isFolder[i] && !entry.name.startsWith('.')).map(entry => entry.name)
  if (match === undefined) return byExtension(path, files)
  const expression =
    typeof match === 'string' ? globExpression(match) : new RegExp(match.source, match.flags.replace(/[gy]/g, ''))
  const names = files.filter(name => expression.test(name))
  if (names.length > 0) return { names, warnings: [] }
  throw new OperandoError('E_MISSING', `${path}: none of ${files.length} files matches ${String(match)}. ${listed(files)}`.trim())
}

function byExtension(path: string, files: readonly string[]): { names: string[]; warnings: Issue[] } {
  const groups = new Map<string, string[]>()
  for (const name of files) {
    // a packed pattern is of the same kind as one that is not
    const extension = /\.[^.]*$/.exec(name.replace(/\.gz$/i, ''))?.[0].toLowerCase() ?? ''
    groups.set(extension, [...(groups.get(extension) ?? []), name])
  }
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length)
  const tell = sorted.map(([extension, names]) => `${names.length} ${extension || 'without extension'}`).join(', ')
  if (sorted.length === 0) throw new OperandoError('E_MISSING', `${path}: the folder holds no files.`, { details: { path } })
  if (sorted.length > 1 && sorted[0]![1].length === sorted[1]![1].length)
    throw new OperandoError(
      'E_ARGUMENT',
      `${path}: which files are the frames? It holds ${tell}. Say { match: '*${sorted[0]![0]}' }.`,
    )
  const others = sorted.slice(1).flatMap(([, names]) => names)
  const message = `${path} holds ${tell}: the first were taken, ${others.slice(0, 10).join(', ')}${others.length > 10 ? ' ...' : ''} left out. Say which with { match }.`
  return { names: sorted[0]![1], warnings: others.length > 0 ? [{ code: 'W_FILES_LEFT_OUT', message }] : [] }
}

function listed(files: readonly string[]): string {
  return files.length === 0 ? '' : `It holds ${files.slice(0, 5).join(', ')}${files.length > 5 ? ' ...' : ''}`
}

/** `*` any characters, `?` one, `{a,b}` either; all else stands for itself. */
function globExpression(glob: string): RegExp {
  let depth = 0
  const source = glob.replace(/[.+^$()|[\]\\*?{},]/g, c => {
    if (c === '*') return '.*'
    if (c === '?') return '.'
    if (c === '{') depth++
    else if (c === '}' && depth > 0) depth--
    else return c === ',' && depth > 0 ? '|' : c === ',' ? ',' : `\\${c}`
    return c === '{' ? '(?:' : ')'
  })
  if (depth > 0) throw new OperandoError('E_ARGUMENT', `match: '${glob}' has a { without }.`)
  return new RegExp(`^${source}$`, 'i')
}
