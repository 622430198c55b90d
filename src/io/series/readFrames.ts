import { isOperandoError, OperandoError } from '../../core/errors.js'
import type { Issue } from '../../core/issue.js'
import { createPace } from '../../core/progress.js'
import type { Dataset } from '../../model/dataset.js'
import { fileError } from '../context.js'
import { OPEN_FIELDS, type Opened, type OpenOptions } from '../format.js'
import { expectDataset, open } from '../open.js'
import type { ReadFrame } from './frameCoords.js'
import type { OpenSeriesOptions, SeriesEntry } from './openSeries.js'

/** The files of a series as they were read. */
export interface ReadSeries {
  /** Good frames, in order. */
  readonly frames: readonly ReadFrame[]
  /** Files that lenient mode left out, and why. */
  readonly warnings: Issue[]
}

/**
 * Reads the files of a series one after the other. In lenient mode a file with NaN is read with these masked, and one with any other fault is left out:
 * a frame is whole or not there.
 * @param entries The files, in order.
 * @param options The caller's options.
 */
export async function readFrames(entries: readonly SeriesEntry[], options: OpenSeriesOptions): Promise<ReadSeries> {
  if (entries.length === 0) throw new OperandoError('E_ARGUMENT', 'openSeries: at least one file was expected, found none.')
  const single = optionsOfOne(options)
  const pace = createPace(entries.length, options)
  const frames: ReadFrame[] = []
  const warnings: Issue[] = []
  for (const [i, { name, load }] of entries.entries()) {
    try {
      const input = await load()
      const strict = await open(input, { ...single, lenient: false }).catch(error => {
        if (options.lenient && isOperandoError(error, 'E_NAN')) return open(input, single)
        throw error
      })
      for (const data of framesOf(strict, name, options)) {
        assertAxis(data, name, options.axis)
        frames.push({ name, file: i, data, count: countOf(data) })
      }
    } catch (error) {
      if (!options.lenient || !isOperandoError(error) || error.code === 'E_ABORTED') throw error
      warnings.push({ code: error.code, message: error.message, file: name, place: `file ${i}` })
    }
    await pace.step(i + 1)
  }
  if (frames.length === 0)
    throw new OperandoError('E_FORMAT', `openSeries: none of ${entries.length} files could be read. ${warnings[0]!.message}`, {
      details: { file: warnings[0]!.file! },
    })
  return { frames, warnings }
}

function assertAxis(data: Dataset, name: string, axis: string | undefined): void {
  const dims = data.dims.filter(dim => dim !== 'frame')
  if (axis === undefined || dims.join() === axis) return
  const way = `Pass { columns: ['${axis}', 'I'] } if that is what its first column is.`
  throw new OperandoError('E_AXIS', `the axis '${axis}' was expected, ${name} has '${dims.join(', ')}'. ${way}`, {
    details: { file: name },
  })
}

function countOf(data: Dataset): number {
  const axis = data.dims.indexOf('frame')
  return axis < 0 ? 1 : data.shape[axis]!
}

function framesOf(opened: Opened, name: string, options: OpenSeriesOptions): readonly Dataset[] {
  if (opened.kind === 'arrays')
    throw fileError('E_FORMAT', name, 'bare arrays have no axis: open() them and build the series with seriesOf(values, axes).')
  const first = expectDataset(opened, name)
  const all = opened.kind === 'dataset' ? [first, ...opened.others] : [first]
  if (options.framesAre === 'columns') return all.map(data => ({ ...data, name: first.name }))
  if (options.dataset === undefined) return [first]
  const found = all.find(data => data.name === options.dataset)
  if (found) return [found]
  throw fileError('E_MISSING', name, `no dataset '${options.dataset}' among ${all.map(data => `'${data.name}'`).join(', ')}.`)
}

/** What `open` is told for each file; progress is counted in files here. */
function optionsOfOne(options: OpenSeriesOptions): OpenOptions {
  const names = Object.keys(OPEN_FIELDS) as (keyof OpenOptions)[]
  return { ...Object.fromEntries(names.map(name => [name, options[name]])), onProgress: undefined }
}
