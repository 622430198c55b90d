import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { isOperandoError, OperandoError } from '../../core/errors.js'
import type { Issue } from '../../core/issue.js'
import type { Unit } from '../../core/unit.js'
import { whereTheyPart } from '../../model/align.js'
import { concat } from '../../model/concat.js'
import { createDataset } from '../../model/createDataset.js'
import type { VariableInput } from '../../model/createVariable.js'
import type { Dataset, Meta, SourceFile } from '../../model/dataset.js'
import { makeStep } from '../../model/derive.js'
import { regrid } from '../../model/regrid.js'
import { frameCoords, type ReadFrame } from './frameCoords.js'
import type { EvenGrid, OpenSeriesOptions } from './openSeries.js'
import type { ReadSeries } from './readFrames.js'
import { sequenceNumbers } from './sequenceNumbers.js'

/**
 * Makes one Dataset of the frames: one grid, coordinates on `frame`, what the names tell.
 * @param series  The frames, and what was left out.
 * @param options The caller's options.
 */
export function joinFrames(series: ReadSeries, options: OpenSeriesOptions): Dataset {
  const warnings = [...series.warnings]
  const frames =
    options.grid === undefined ? alignedFrames(series.frames, options, warnings) : regridded(series.frames, options.grid)
  const joined = concat<string, string>(
    frames.map(frame => frame.data),
    'frame',
    { tolerance: options.tolerance },
  )
  const n = joined.shape[joined.dims.indexOf('frame')]!
  const told = frameCoords(frames)
  const { sources, source } = sourcesOf(frames)
  const sequence = options.framesAre === 'columns' ? { warnings: [] } : sequenceNumbers(frames.map(frame => frame.name))
  warnings.push(...sameBytes(frames), ...sequence.warnings, ...told.warnings)
  const coords: Record<string, VariableInput> = { ...joined.coords, ...told.coords }
  coords.source = { dims: ['frame'], values: source, unit: '', label: 'Index of the file in meta.sources' }
  if (sequence.numbers && n === frames.length)
    coords.fileNumber = { dims: ['frame'], values: sequence.numbers, unit: '', label: 'Number of the file' }
  for (const [name, given] of Object.entries(options.coords ?? {})) coords[name] = { ...given, dims: ['frame'] }
  const start = options.start ?? told.start ?? (frames.length === 1 ? joined.meta.start : undefined)
  const { start: _, ...meta } = joined.meta
  return createDataset({
    ...joined,
    coords,
    meta: { ...meta, ...(start ? { start } : {}), sources } satisfies Meta,
    history: [...frames[0]!.data.history, makeStep('openSeries', { files: sources.length, grid: describeGrid(options.grid) })],
    warnings: [...joined.warnings, ...warnings],
  })
}

/** Frames of one grid. Strict: the first that differs is refused. Lenient: those of the grid that most have stay. */
function alignedFrames(frames: readonly ReadFrame[], options: OpenSeriesOptions, warnings: Issue[]): readonly ReadFrame[] {
  const groups: ReadFrame[][] = []
  for (const frame of frames) {
    const group = groups.find(own => difference(own[0]!, frame, options) === undefined)
    if (group) group.push(frame)
    else if (groups.length > 0 && !options.lenient) throw mismatch(groups[0]![0]!, frame, options)
    else groups.push([frame])
  }
  const most = groups.reduce((best, own) => (own.length > best.length ? own : best))
  for (const frame of groups.filter(group => group !== most).flat()) {
    const error = mismatch(most[0]!, frame, options)
    warnings.push({
      code: error.code,
      message: `left out: ${error.message}`,
      file: frame.name,
      place: `file ${frames.indexOf(frame)}`,
    })
  }
  return most
}

function mismatch(first: ReadFrame, frame: ReadFrame, options: OpenSeriesOptions): OperandoError {
  const way = "Regrid them on opening with { grid: 'first' } or { grid: { start, stop, step } }."
  const { code, text } = difference(first, frame, options)!
  return new OperandoError(code, `${frame.name} does not fit ${first.name}: ${text}. ${code === 'E_AXIS' ? way : ''}`.trim(), {
    details: { file: frame.name, first: first.name },
  })
}

/** Why two files cannot be frames of one series, or `undefined`. */
function difference(
  first: ReadFrame,
  frame: ReadFrame,
  options: OpenSeriesOptions,
): { code: 'E_AXIS' | 'E_SHAPE'; text: string } | undefined {
  const inner = (data: Dataset): string[] => data.dims.filter(dim => dim !== 'frame')
  const [a, b] = [inner(first.data), inner(frame.data)]
  if (a.join() !== b.join()) return { code: 'E_SHAPE', text: `it has [${b.join(', ')}], not [${a.join(', ')}]` }
  const [hasSigma, needsSigma] = [frame.data.sigma !== undefined, first.data.sigma !== undefined]
  if (hasSigma !== needsSigma)
    return { code: 'E_SHAPE', text: `it has ${hasSigma ? 'a sigma' : 'no sigma'}, the first has ${needsSigma ? 'one' : 'none'}` }
  for (const dim of a) {
    const [own, other] = [first.data.coords[dim], frame.data.coords[dim]]
    const lengths = [first, frame].map(({ data }) => data.shape[data.dims.indexOf(dim)]!)
    const text =
      own && other
        ? whereTheyPart(own, other, dim, options)
        : lengths[0] !== lengths[1]
          ? `'${dim}' has ${lengths[0]} points and ${lengths[1]}`
          : undefined
    if (text !== undefined) return { code: 'E_AXIS', text }
  }
  return undefined
}

function regridded(frames: readonly ReadFrame[], grid: 'first' | EvenGrid | NumbersLike): readonly ReadFrame[] {
  const [first] = frames as [ReadFrame]
  const [dim] = first.data.dims
  const axis = dim === undefined ? undefined : first.data.coords[dim]
  if (!axis) throw new OperandoError('E_SHAPE', `${first.name}: without an axis nothing can be regridded.`)
  const values = grid === 'first' ? Float64Array.from(axis.values) : gridValues(grid)
  return frames.map(frame => ({ ...frame, data: onGrid(frame, dim!, { values, unit: axis.unit }) }))
}

/** A frame on the grid; its doubts and faults name its file. */
function onGrid({ data, name }: ReadFrame, dim: string, points: { values: Float64Array; unit: Unit }): Dataset {
  if (data.dims.length !== 1 || data.dims[0] !== dim)
    throw new OperandoError('E_SHAPE', `${name}: only curves over '${dim}' can be regridded, not [${data.dims.join(', ')}].`)
  try {
    const regridded = regrid(data, dim, points)
    const { length } = data.warnings
    return { ...regridded, warnings: regridded.warnings.map((w, i) => (i < length ? w : { ...w, file: name })) }
  } catch (error) {
    if (!isOperandoError(error)) throw error
    throw new OperandoError(error.code, `${name}: ${error.message}`, { details: { ...error.details, file: name }, cause: error })
  }
}

/** Points of a grid beyond which its step is a slip: no pattern is as long, and memory would not hold a series of them. */
const MOST_POINTS = 1e7

function gridValues(grid: EvenGrid | NumbersLike): Float64Array {
  if (typeof grid !== 'object' || !('start' in grid)) return asFloat64(grid as NumbersLike, 'grid')
  const { start, stop, step } = grid
  const steps = Math.floor((stop - start) / step + 1e-9)
  if (!(step > 0 && steps >= 0 && steps < MOST_POINTS))
    throw new OperandoError(
      'E_RANGE',
      `grid: start <= stop, step > 0 and at most ${MOST_POINTS} points were expected, found ${start}, ${stop}, ${step}.`,
    )
  return Float64Array.from({ length: steps + 1 }, (_, i) => start + i * step)
}

function describeGrid(grid: OpenSeriesOptions['grid']): string | { [key: string]: number } | undefined {
  if (grid === undefined || grid === 'first') return grid
  if (typeof grid === 'object' && 'start' in grid) return { start: grid.start, stop: grid.stop, step: grid.step }
  return 'given'
}

/** Each file once, and for each frame which it is. */
function sourcesOf(frames: readonly ReadFrame[]): { sources: SourceFile[]; source: Int32Array } {
  const sources: SourceFile[] = []
  const source: number[] = []
  frames.forEach((frame, i) => {
    if (frame.file !== frames[i - 1]?.file) sources.push({ ...frame.data.meta.sources?.[0], name: frame.name })
    for (let k = 0; k < frame.count; k++) source.push(sources.length - 1)
  })
  return { sources, source: Int32Array.from(source) }
}

function sameBytes(frames: readonly ReadFrame[]): Issue[] {
  const seen = new Map<string, ReadFrame>()
  const issues: Issue[] = []
  for (const frame of frames) {
    const hash = frame.data.meta.sources?.[0]?.sha256
    if (hash === undefined) continue
    const earlier = seen.get(hash)
    if (earlier === undefined) seen.set(hash, frame)
    else if (earlier.file !== frame.file)
      issues.push({ code: 'W_DUPLICATE', message: `${frame.name} holds the same bytes as ${earlier.name}.`, file: frame.name })
  }
  return issues
}
