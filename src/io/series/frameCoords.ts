import { differenceSeconds, formatInstant, type Instant } from '../../core/instant.js'
import type { Issue } from '../../core/issue.js'
import type { VariableInput } from '../../model/createVariable.js'
import type { Dataset, Json } from '../../model/dataset.js'
import { columnMeaning } from '../text/columnMeaning.js'

/** A frame as it was read, and how many frames of the series it makes. */
export interface ReadFrame {
  /** Name of its file. */
  readonly name: string
  /** Which of the opened files it is. */
  readonly file: number
  /** What the file holds. */
  readonly data: Dataset
  /** 1, or the length of the file's own dim `frame`. */
  readonly count: number
}

/** What the headers of a series tell, frame by frame. */
export interface FrameCoords {
  /** Coordinates on `frame`. */
  readonly coords: Record<string, VariableInput>
  /** When the first frame began, if every file tells. */
  readonly start?: Instant | undefined
  /** What is doubtful about times. */
  readonly warnings: readonly Issue[]
}

/** What an exposure is called. */
export const EXPOSURE: RegExp =
  /^((exposure|count(ing)?|acquisition|integration|live|preset)[\s_]?time|exposure([\s_](span|duration))?)$/i
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * Times and numbers that the headers of all files have, as coordinates on `frame`: `time` (s since the first start), `exposure` (s) where a field of
 * that name is there, and every further number that is not the same in all files, under its own name.
 * @param frames The files, in order.
 */
export function frameCoords(frames: readonly ReadFrame[]): FrameCoords {
  const warnings: Issue[] = []
  const coords: Record<string, VariableInput> = {}
  const spread = (values: readonly number[]): Float64Array =>
    Float64Array.from(frames.flatMap((frame, i) => new Array<number>(frame.count).fill(values[i]!)))
  for (const [key, values] of headerNumbers(frames)) {
    const { label, unit } = columnMeaning(key)
    const exposure = EXPOSURE.test(label) && (unit === undefined || unit.symbol === 's')
    if (!exposure && values.every(v => Object.is(v, values[0]))) continue
    const name = exposure ? 'exposure' : label
    if (!(name in coords)) coords[name] = { dims: ['frame'], values: spread(values), unit: exposure ? 's' : (unit ?? ''), label }
  }
  const start = startTimes(frames, warnings)
  if (start) coords.time = { dims: ['frame'], values: start.seconds, unit: 's', label: 'Time' }
  return { coords, start: start?.first, warnings }
}

/** Header fields that are a number in every file; NaN where a file says so, if not all do. */
function headerNumbers(frames: readonly ReadFrame[]): [string, number[]][] {
  const fieldsOf = (data: Dataset): Readonly<Record<string, Json | undefined>> => {
    const fields = data.meta.extra?.fields
    return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? (fields as Record<string, Json>) : {}
  }
  const all = frames.map(frame => fieldsOf(frame.data))
  return Object.keys(all[0] ?? {}).flatMap((key): [string, number[]][] => {
    const values = all.map(fields => numberIn(fields[key]))
    if (values.some(v => v === undefined) || values.every(v => Number.isNaN(v))) return []
    return [[key, values as number[]]]
  })
}

function numberIn(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  if (/^nan$/i.test(value)) return Number.NaN
  return NUMBER.test(value) ? Number(value) : undefined
}

function startTimes(frames: readonly ReadFrame[], warnings: Issue[]): { first: Instant; seconds: Float64Array } | undefined {
  const starts = frames.map(frame => frame.data.meta.start)
  const told = starts.filter(start => start !== undefined)
  if (told.length === 0 || frames.length < 2) return undefined
  const doubt = (message: string): undefined => {
    warnings.push({
      code: 'W_TIME',
      message: `${message} No coordinate 'time' was made; give it with { coords: { time: ... } }.`,
    })
    return undefined
  }
  const lacking = starts.indexOf(undefined)
  if (lacking >= 0)
    return doubt(`${told.length} of ${frames.length} files tell when they began, ${frames[lacking]!.name} does not.`)
  if (frames.some(frame => frame.count > 1)) return doubt('The files tell when they began, but hold several frames each.')
  const first = told[0]!
  const mixed = told.findIndex(start => (start.source === 'naive') !== (first.source === 'naive'))
  if (mixed > 0) return doubt(`${frames[mixed]!.name} tells its start with a zone, ${frames[0]!.name} without (or the reverse).`)
  const seconds = Float64Array.from(told, start => differenceSeconds(start, first))
  if (seconds.every(s => s === 0)) return doubt(`All files give the same start, ${formatInstant(first)}: the time of an export?`)
  const back = seconds.findIndex((s, i) => i > 0 && s < seconds[i - 1]!)
  if (back > 0)
    warnings.push({
      code: 'W_TIME',
      message: `${frames[back]!.name} began before ${frames[back - 1]!.name}, which stands before it. Nothing was sorted.`,
      file: frames[back]!.name,
      place: `frame ${back}`,
    })
  return { first, seconds }
}
