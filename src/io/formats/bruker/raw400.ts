import type { Json, Meta } from '../../../model/dataset.js'
import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { type Scan, scanStart } from '../../scans/scanDatasets.js'
import { type RawBytes, rawBytes, readRecords } from './rawBytes.js'

const PREAMBLE = 61
const RANGE_HEADER = 160
const TEXT = 10
const TUBE = 30
const DRIVE = 50

/** The part of a chain that a position lies in. */
interface Segment {
  readonly kind: number
  readonly at: number
  readonly length: number
}

/**
 * Scans of a RAW4.00 file: a preamble of 61 bytes, then a chain of segments (kind, length); kinds 0 and 160 begin a range, whose header ends in a chain of its own with
 * the drives, and is followed by its records.
 * @param bytes   The file.
 * @param context Of the reading.
 */
export function readRaw400(bytes: Uint8Array, context: ReadContext): Scan[] {
  const raw = rawBytes(bytes, context)
  const start = scanStart(`${raw.text(12, 10)} ${raw.text(24, 8)}`.trim() || undefined, context)
  const texts: Record<string, string> = {}
  let meta: Meta = {}
  const scans: Scan[] = []
  for (let at = PREAMBLE; at + 8 <= raw.length; ) {
    const kind = raw.u32(at)
    if (kind === 0 || kind === RANGE_HEADER) {
      const range = readRange(raw, at, `range ${scans.length}`, context)
      scans.push({ ...range.scan, start: scans.length === 0 ? start : undefined, meta })
      at = range.end
      continue
    }
    const segment = segmentAt(raw, at, context)
    if (kind === TEXT) texts[raw.text(at + 12, 24)] = raw.text(at + 36, segment.length - 36)
    if (kind === TUBE) meta = tubeOf(raw, at)
    at += segment.length
  }
  const sample = texts.SAMPLEID
  const known = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
  return scans.map(scan => ({
    ...scan,
    meta: { ...scan.meta, ...(sample ? { sample } : {}), extra: { ...scan.meta.extra, header: known } },
  }))
}

function segmentAt(raw: RawBytes, at: number, context: ReadContext): Segment {
  const segment = { kind: raw.u32(at), at, length: raw.u32(at + 4) }
  if (segment.length >= 8 && at + segment.length <= raw.length) return segment
  throw fileError(
    segment.length < 8 ? 'E_FORMAT' : 'E_TRUNCATED',
    context.name,
    `a segment of kind ${segment.kind} has ${segment.length} bytes, the file ends at ${raw.length}.`,
    `byte ${at}`,
  )
}

function readRange(raw: RawBytes, at: number, place: string, context: ReadContext): { scan: Omit<Scan, 'meta'>; end: number } {
  const type = raw.text(at + 32, 24)
  const points = raw.u32(at + 88)
  const record = raw.u32(at + 136)
  const drivesEnd = at + RANGE_HEADER + raw.u32(at + 140)
  const fixed: Record<string, number> = {}
  for (let segmentBegin = at + RANGE_HEADER; segmentBegin < drivesEnd; ) {
    const segment = segmentAt(raw, segmentBegin, context)
    if (segment.kind === DRIVE && segment.length >= 64) fixed[raw.text(segmentBegin + 12, 24)] = raw.f64(segmentBegin + 56)
    segmentBegin += segment.length
  }
  const start = raw.f64(at + 72)
  // coupled and detector scans are over 2theta; others over the drive that stands at the start
  const scanned = /coupled|detector|2theta/i.test(type)
    ? '2Theta'
    : (Object.keys(fixed).find(name => fixed[name] === start) ?? '2Theta')
  delete fixed[scanned]
  if (/coupled/i.test(type)) delete fixed.Theta
  const scan = readRecords(raw, { start, step: raw.f64(at + 80), points, at: drivesEnd, record }, place, context)
  return {
    scan: {
      axis: scanned === '2Theta' ? 'twoTheta' : scanned.charAt(0).toLowerCase() + scanned.slice(1),
      ...scan,
      unit: 'counts',
      exposure: raw.f32(at + 92) || undefined,
      fixed,
    },
    end: drivesEnd + points * record,
  }
}

function tubeOf(raw: RawBytes, at: number): Meta {
  const [, kAlpha1, kAlpha2, kBeta, ratio] = [72, 80, 88, 96, 104].map(offset => raw.f64(at + offset))
  const extra: Record<string, Json> = {
    kAlpha1: kAlpha1!,
    kAlpha2: kAlpha2!,
    kBeta: kBeta!,
    ratioKAlpha2KAlpha1: ratio!,
    anode: raw.text(at + 116, 4),
  }
  return { ...(kAlpha1! > 0 ? { wavelength: kAlpha1! } : {}), extra }
}
