import { isOperandoError } from '../../core/errors.js'
import { parseInstant } from '../../core/parseInstant.js'
import type { Json, Meta } from '../../model/dataset.js'
import type { ReadContext } from '../format.js'

/** What the text header of DECTRIS detectors says, in the units of the house. */
export interface PilatusHeader {
  /** Detector as instrument, wavelength, start, and in `extra`: `exposure` s, `pixelSize` [y, x] m, `distance` m, `beam` [x, y] pixels, numbers as `fields`, `header` as it stands. */
  readonly meta: Meta
  /** Counts from which a pixel is saturated. */
  readonly cutoff: number | undefined
}

/**
 * Reads the lines `# Pixel_size 172e-6 m x 172e-6 m` that PILATUS and EIGER detectors write into CBF and TIFF.
 * @param text    The header.
 * @param context Of the reading.
 * @see CBF header specification 1.4, DECTRIS Ltd.
 */
export function pilatusHeader(text: string, context: ReadContext): PilatusHeader {
  const lines = text.split(/[\r\n\0]+/).flatMap(line => /^[ \t]*#[ \t]*(.*?)[ \t]*$/.exec(line)?.[1] || [])
  const numberAt = (key: string, unit: string): number | undefined => {
    const line = lines.find(l => l.startsWith(`${key} `) || l.startsWith(`${key}=`))
    const found = line && new RegExp(`^${key}[ =]+\\(?([-+.\\deE]+)\\)?(?: +${unit})?`).exec(line)
    const value = found ? Number(found[1]) : Number.NaN
    return Number.isFinite(value) ? value : undefined
  }
  const pair = (pattern: RegExp): [number, number] | undefined => {
    const found = lines.map(line => pattern.exec(line)).find(match => match !== null)
    const numbers = found ? [Number(found[1]), Number(found[2])] : []
    return numbers.length === 2 && numbers.every(Number.isFinite) ? [numbers[0]!, numbers[1]!] : undefined
  }
  const size = pair(/^Pixel_size +([-+.\deE]+) m x ([-+.\deE]+) m/)
  const beam = pair(/^Beam_xy +\(([-+.\deE]+), *([-+.\deE]+)\)/)
  const detector = lines.find(line => line.startsWith('Detector: '))?.slice('Detector: '.length)
  const extra: Record<string, Json | undefined> = {
    exposure: numberAt('Exposure_time', 's'),
    pixelSize: size && [size[1], size[0]],
    distance: numberAt('Detector_distance', 'm'),
    beam,
    fields: Object.fromEntries(
      lines.flatMap(line => {
        const found = /^(\w+)[ =]+([-+]?[.\d][.\deE+-]*)(?: +(\S+))?/.exec(line)
        const value = Number(found?.[2] ?? Number.NaN)
        return found && Number.isFinite(value) ? [[found[3] ? `${found[1]} (${found[3]})` : found[1]!, value]] : []
      }),
    ),
    header: lines,
  }
  const wavelength = numberAt('Wavelength', 'A')
  const start = startOf(lines, context)
  return {
    meta: {
      ...(detector === undefined ? {} : { instrument: detector }),
      ...(wavelength === undefined ? {} : { wavelength }),
      ...(start ? { start } : {}),
      extra: Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined)),
    },
    cutoff: numberAt('Count_cutoff', 'counts'),
  }
}

function startOf(lines: readonly string[], context: ReadContext): Meta['start'] {
  const line = lines.find(l => /^\d{4}[-/]/.test(l))
  if (line === undefined) return undefined
  try {
    return parseInstant(line, context.options.zone === undefined ? {} : { zone: context.options.zone })
  } catch (error) {
    if (!isOperandoError(error)) throw error
    context.warn('W_TIME', `the moment ${JSON.stringify(line)} of the header is not understood: ${error.message}`)
    return undefined
  }
}
