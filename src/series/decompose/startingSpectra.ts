import { OperandoError } from '../../core/errors.js'
import type { McrOptions } from './mcr.js'
import { purestRows } from './purestFrames.js'

/**
 * Spectra that an iteration begins with: given, or rows of the data, without their negative values; known ones in their place.
 * @param data    frames x points.
 * @param frames  Rows.
 * @param points  Columns.
 * @param options As given to `mcr`.
 */
export function startingSpectra(
  data: Float64Array,
  frames: number,
  points: number,
  { components: k, start, knownSpectra = {} }: McrOptions,
): Float64Array {
  if (start instanceof Float64Array) {
    if (start.length !== k * points)
      throw new OperandoError('E_SHAPE', `start: ${k} x ${points} values expected, found ${start.length}.`)
    return withKnown(start.slice(), knownSpectra, k, points)
  }
  const rows = start ?? purestRows(data, frames, points, k)
  if (rows.length !== k || rows.some(row => !(Number.isInteger(row) && row >= 0 && row < frames)))
    throw new OperandoError('E_RANGE', `start: ${k} frames from 0 to ${frames - 1} expected, found ${rows.join(', ')}.`)
  const spectra = new Float64Array(k * points)
  rows.forEach((row, c) => {
    for (let i = 0; i < points; i++) spectra[c * points + i] = Math.max(0, data[row * points + i]!)
  })
  return withKnown(spectra, knownSpectra, k, points)
}

function withKnown(
  spectra: Float64Array,
  known: NonNullable<McrOptions['knownSpectra']>,
  k: number,
  points: number,
): Float64Array {
  for (const [key, spectrum] of Object.entries(known)) {
    const c = Number(key)
    if (!(Number.isInteger(c) && c >= 0 && c < k))
      throw new OperandoError('E_RANGE', `knownSpectra: components from 0 to ${k - 1} expected, found ${key}.`)
    if (spectrum.length !== points)
      throw new OperandoError('E_SHAPE', `knownSpectra[${c}]: ${points} values expected, found ${spectrum.length}.`)
    spectra.set(spectrum, c * points)
  }
  return spectra
}
