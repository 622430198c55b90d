import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { type Scan, scanStart } from '../../scans/scanDatasets.js'
import { type RawBytes, rawBytes, readRecords } from './rawBytes.js'

const FILE_HEADER = 712

/**
 * Scans of a RAW1.01 file: a header of 712 bytes, then for each range its header, an extra part and the records.
 * @param bytes   The file.
 * @param context Of the reading.
 */
export function readRaw101(bytes: Uint8Array, context: ReadContext): Scan[] {
  const raw = rawBytes(bytes, context)
  const ranges = raw.u32(12)
  const start = scanStart(momentOf(raw), context)
  const meta = metaOf(raw)
  const scans: Scan[] = []
  let at = FILE_HEADER
  for (let i = 0; i < ranges && at < raw.length; i++) {
    const place = `range ${i}`
    const header = raw.u32(at)
    const points = raw.u32(at + 4)
    if (header < 260)
      throw fileError('E_FORMAT', context.name, `a range header of ${header} bytes: 304 were expected.`, `${place} byte ${at}`)
    // a bit for each quantity that a record holds behind the intensity
    const varying = raw.u32(at + 248)
    if (varying & 1)
      throw fileError(
        'E_UNSUPPORTED',
        context.name,
        'each point has a measured angle of its own: even steps are read.',
        `${place} byte ${at + 248}`,
      )
    const record = raw.u32(at + 252)
    const first = at + header + raw.u32(at + 256)
    const step = raw.f64(at + 176)
    const scan = readRecords(raw, { start: raw.f64(at + 16), step, points, at: first, record }, place, context)
    if (scan.values.length > 0)
      scans.push({
        axis: 'twoTheta',
        ...scan,
        unit: 'counts',
        exposure: raw.f32(at + 192) || undefined,
        start: i === 0 ? start : undefined,
        meta,
      })
    at = first + points * record
  }
  if (scans.length < ranges)
    context.fault('E_TRUNCATED', `${ranges} ranges are announced, ${scans.length} are there.`, `byte ${at}`)
  return scans
}

function momentOf(raw: RawBytes): string | undefined {
  const date = raw.text(16, 10)
  return date === '' ? undefined : `${date} ${raw.text(26, 10)}`.trim()
}

function metaOf(raw: RawBytes): Scan['meta'] {
  const [kAlpha1, kAlpha2, kBeta, ratio] = [624, 632, 640, 648].map(at => raw.f64(at))
  const sample = raw.text(326, 60)
  return {
    ...(sample === '' ? {} : { sample }),
    ...(kAlpha1! > 0 ? { wavelength: kAlpha1! } : {}),
    extra: { anode: raw.text(608, 4), kAlpha1: kAlpha1!, kAlpha2: kAlpha2!, kBeta: kBeta!, ratioKAlpha2KAlpha1: ratio! },
  }
}
