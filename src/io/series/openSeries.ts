import type { NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Instant } from '../../core/instant.js'
import type { LongTask } from '../../core/progress.js'
import { ALIGN_FIELDS, type AlignOptions } from '../../model/align.js'
import type { VariableInput } from '../../model/createVariable.js'
import type { Dataset } from '../../model/dataset.js'
import { OPEN_FIELDS, type OpenOptions } from '../format.js'
import { nameOf, type OpenInput } from '../open.js'
import { joinFrames } from './joinFrames.js'
import { naturalOrder } from './naturalOrder.js'
import { readFrames } from './readFrames.js'

/** A grid of equal steps, from `start` to at most `stop`. */
export interface EvenGrid {
  /** First point. */
  readonly start: number
  /** Last point, if the steps reach it. */
  readonly stop: number
  /** Distance of points, above 0. */
  readonly step: number
}

/** Options of {@link openSeries}: those of `open`, and how files become frames. */
export interface OpenSeriesOptions<Axis extends string = string> extends OpenOptions, AlignOptions, LongTask {
  /** The axis that the files must have, `'twoTheta'`, `'q'`, `'energy'`: checked, and then part of the type of the result. Default: any. */
  axis?: Axis | undefined
  /**
   * What to do when the axes of the files differ by more than `tolerance`. Default: refuse. `'first'` brings all onto the axis of the first file, an
   * {@link EvenGrid} or a list of values onto that (in the unit of the first file's axis). Values are interpolated straight between points; outside a
   * file's range they are NaN and masked, never zero.
   */
  grid?: 'first' | EvenGrid | NumbersLike | undefined
  /** Order of a list. Default `'given'`: as it stands. `'natural'` sorts by name, see {@link naturalOrder} (a folder is always read so). */
  order?: 'given' | 'natural' | undefined
  /** Which dataset of a file with several columns or groups becomes the frame, by its name. Default: the first. */
  dataset?: string | undefined
  /**
   * What is a frame. Default `'files'`: each file. `'columns'`: each column beside the axis of each file, for a table with one pattern a column.
   */
  framesAre?: 'files' | 'columns' | undefined
  /** Coordinates on `frame` that the files do not tell, or tell wrong: `{ time: { values, unit: 's' } }`, one value a frame. They win over those of headers. */
  coords?: Readonly<Record<string, Omit<VariableInput, 'dims' | 'shape'>>> | undefined
  /** When time 0 of the coordinate `time` was, if the files do not tell. */
  start?: Instant | undefined
}

/** Their names, for `assertKnown`. */
export const OPEN_SERIES_FIELDS: FieldsOf<OpenSeriesOptions> = {
  ...OPEN_FIELDS,
  ...ALIGN_FIELDS,
  axis: true,
  grid: true,
  order: true,
  dataset: true,
  framesAre: true,
  coords: true,
  start: true,
}

/**
 * Opens a list of files as one series: each becomes a frame along the new dim `frame`.
 *
 * Coordinates on `frame`: `source` (index into `meta.sources`), `fileNumber` (the running number in the names, if all have one), `time` (s since the
 * first file's start) and `exposure` where all headers tell them, and every number of the headers that varies. sigma, masks and units are kept. Numbers
 * missing from the sequence, numbers that come twice and files of the same bytes are told in `warnings`. Axes that differ are refused, or met by `grid`.
 * In lenient mode files that cannot be read, or whose axis is not that of most, are left out and listed in `warnings`; NaN are masked.
 *
 * @param inputs  Bytes, Files, Blobs or `{ name, bytes }`. The order of the list is kept unless `order` says otherwise.
 * @param options As for `open`; grid, order, which dataset, coordinates. `onProgress` counts files.
 * @returns Dataset with dims `frame` and those of the files.
 * @throws OperandoError `E_AXIS` naming the first file whose axis differs, and where, or that has not the `axis` asked for; `E_ARGUMENT` for an empty list; `E_SHAPE` when the files hold
 * different kinds of data; `E_MISSING` for a dataset that a file does not have; what `open` throws for a file; `E_ABORTED`.
 * @example
 * ```ts
 * import { openSeries } from 'operando/io'
 * const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) })
 * const series = await openSeries([
 *   file('scan_1.xye', '10 5 2\n11 7 3\n12 6 2\n'),
 *   file('scan_2.xye', '10 6 2\n11 9 3\n12 5 2\n'),
 * ])
 * series.dims // ['frame', 'twoTheta']
 * series.coords.fileNumber?.values // 1, 2
 * ```
 */
export function openSeries<const Axis extends string>(
  inputs: readonly OpenInput[],
  options: OpenSeriesOptions<Axis> & { axis: Axis },
): Promise<Dataset<'frame' | Axis>>
export function openSeries(inputs: readonly OpenInput[], options?: OpenSeriesOptions): Promise<Dataset>
export async function openSeries(inputs: readonly OpenInput[], options: OpenSeriesOptions = {}): Promise<Dataset> {
  assertKnown(options, 'openSeries options', OPEN_SERIES_FIELDS)
  if (!Array.isArray(inputs)) throw new OperandoError('E_ARGUMENT', 'openSeries: a list of files was expected.')
  return openEntries(
    (inputs as readonly OpenInput[]).map(input => ({ name: nameOf(input), load: () => input })),
    options,
  )
}

/** A file of a series that is read when its turn comes. */
export interface SeriesEntry {
  /** Its name; for order and sequence, with the folders below the opened one. */
  readonly name: string
  /** Its content. */
  load(): OpenInput | Promise<OpenInput>
}

/** {@link openSeries} over files that are loaded one by one. */
export async function openEntries(entries: readonly SeriesEntry[], options: OpenSeriesOptions): Promise<Dataset> {
  const ordered = options.order === 'natural' ? [...entries].sort((a, b) => naturalOrder(a.name, b.name)) : entries
  return joinFrames(await readFrames(ordered, options), options)
}
