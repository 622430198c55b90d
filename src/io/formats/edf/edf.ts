import type { RealArray } from '../../../core/arrays.js'
import type { VariableInput } from '../../../model/createVariable.js'
import type { Dataset } from '../../../model/dataset.js'
import { NUMBER_BYTES, numbersOf } from '../../bytes/numbersOf.js'
import { fileError } from '../../context.js'
import type { Format, OpenedDataset, ReadContext } from '../../format.js'
import { imageDataset } from '../../images/imageDataset.js'
import { latin1 } from '../../text/scanRows.js'
import { edfHeader, edfLayout } from './edfHeader.js'
import { edfMeta, edfNumbers } from './edfMeta.js'

/**
 * ESRF data format: images behind headers of `key = value ;`, one or many in a file. Frames of one size and type become one stack with a coord
 * for each numeric key that changes; others follow in `others`.
 * @see https://www.esrf.fr/Instrumentation/software/data-analysis/OurSoftware/saxs/SaxsHeader
 */
export const edf: Format = {
  id: 'edf',
  name: 'ESRF data format',
  extensions: ['edf', 'edf.gz'],
  sniff: head => {
    const text = latin1(head, 0, Math.min(head.length, 512))
    return /^\s{0,8}\{\s{0,4}[\w:]+ {0,40}=/.test(text) && /;\r?\n/.test(text) ? 0.9 : 0
  },
  read(bytes: Uint8Array, context: ReadContext): OpenedDataset {
    const frames = readFrames(bytes, context)
    const groups = new Map<string, EdfFrame[]>()
    for (const frame of frames) {
      const group = groups.get(frame.like)
      if (group) group.push(frame)
      else groups.set(frame.like, [frame])
    }
    const [dataset, ...others] = [...groups.values()].map(group => toDataset(group, context))
    return { kind: 'dataset', format: 'edf', dataset: dataset!, others, warnings: context.warnings }
  },
}

interface EdfFrame {
  readonly fields: Readonly<Record<string, string>>
  readonly shape: readonly [frames: number, rows: number, columns: number]
  readonly values: RealArray
  /** Equal for frames that can lie in one stack. */
  readonly like: string
}

function readFrames(bytes: Uint8Array, context: ReadContext): EdfFrame[] {
  const frames: EdfFrame[] = []
  for (let at = nextHeader(bytes, 0); at < bytes.length; ) {
    if (bytes[at] !== 0x7b) {
      context.fault('E_FORMAT', `the header "{" of frame ${frames.length} was expected.`, `byte ${at}`)
      break
    }
    const header = edfHeader(bytes, at, context)
    const { shape, kind, little, size } = edfLayout(header, context)
    const count = shape[0] * shape[1] * shape[2]
    const needed = count * NUMBER_BYTES[kind]
    const there = bytes.length - header.begin
    const place = `byte ${header.begin}`
    if (needed > there || size > there) {
      const message = `frame ${frames.length}, ${shape[2]} x ${shape[1]} pixels (${kind}), needs ${Math.max(needed, size)} bytes, ${there} are there. Copy the file anew.`
      // there is no whole part of a first image that is cut
      if (frames.length === 0) throw fileError('E_TRUNCATED', context.name, message, place)
      context.fault('E_TRUNCATED', message, place)
      break
    }
    if (size > 0 && size < needed)
      throw fileError(
        'E_FORMAT',
        context.name,
        `frame ${frames.length}: ${shape[2]} x ${shape[1]} pixels (${kind}) are ${needed} bytes, the header says ${size}.`,
        place,
      )
    frames.push({
      fields: header.fields,
      shape,
      values: numbersOf(bytes, header.begin, count, kind, little),
      like: `${shape.join(' ')} ${kind}`,
    })
    at = nextHeader(bytes, header.begin + Math.max(needed, size))
  }
  return frames
}

/** The next byte that is not blank: some writers put line ends between frames, or fill up the last. */
function nextHeader(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && (bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 32 || bytes[at] === 0)) at++
  return at
}

function toDataset(frames: readonly EdfFrame[], context: ReadContext): Dataset {
  const [first] = frames as [EdfFrame]
  const [depth, rows, columns] = first.shape
  const count = frames.length * depth
  if (count === 1) return imageDataset({ shape: [rows, columns], values: first.values, meta: edfMeta(first.fields) }, context)
  const size = first.values.length
  const values = new (first.values.constructor as new (n: number) => RealArray)(size * frames.length)
  frames.forEach((frame, i) => {
    values.set(frame.values, i * size)
  })
  const coords = depth === 1 ? changingKeys(frames) : {}
  return imageDataset({ shape: [count, rows, columns], values, coords, meta: edfMeta(first.fields) }, context)
}

/** Coords of the numbers that differ between frames, and are more than book-keeping. */
function changingKeys(frames: readonly EdfFrame[]): Record<string, VariableInput> {
  const coords: Record<string, VariableInput> = {}
  const numbers = frames.map(frame => edfNumbers(frame.fields))
  for (const key of Object.keys(numbers[0]!)) {
    if (/^(EDF_|HeaderID|Image$|Size$|Dim_|(frame|y|x)$)/i.test(key)) continue
    const values = numbers.map(own => own[key])
    if (values.some(value => value === undefined) || values.every(value => value === values[0])) continue
    coords[key] = { dims: ['frame'], values: values as number[], unit: key === 'time_of_day' ? 's' : '' }
  }
  return coords
}
