import { OperandoError } from '../../core/errors.js'
import type { McrOptions } from './mcr.js'
import { nonNegativeRows } from './nonNegativeRows.js'
import { unimodal } from './unimodal.js'

/**
 * One iteration of alternating least squares, in place: concentrations from spectra, their constraints, spectra from concentrations.
 * @param data    frames x points.
 * @param frames  Rows.
 * @param points  Columns.
 * @param k       Components.
 * @param options Constraints.
 */
export function alternate(
  data: Float64Array,
  frames: number,
  points: number,
  k: number,
  { closed = false, unimodal: single = [], knownSpectra = {}, pureFrames = {} }: McrOptions,
): (concentrations: Float64Array, spectra: Float64Array) => void {
  const known = Object.keys(knownSpectra).map(Number)
  const free = Array.from({ length: k }, (_, c) => c).filter(c => !known.includes(c))
  const anchors = Object.entries(pureFrames).map(([frame, component]) => [Number(frame), component] as const)
  for (const [frame, component] of anchors)
    if (!(frame < frames && component >= 0 && component < k))
      throw new OperandoError(
        'E_RANGE',
        `pureFrames: frames from 0 to ${frames - 1} with components from 0 to ${k - 1} expected, found ${frame}: ${component}.`,
      )
  const stranger = single.find(c => !(Number.isInteger(c) && c >= 0 && c < k))
  if (stranger !== undefined)
    throw new OperandoError('E_RANGE', `unimodal: components from 0 to ${k - 1} expected, found ${stranger}.`)
  const turned = transposed(data, frames, points)
  return (concentrations, spectra) => {
    concentrations.set(nonNegativeRows(data, frames, spectra, k, points))
    for (const c of single) {
      const column = Float64Array.from({ length: frames }, (_, f) => concentrations[f * k + c]!)
      unimodal(column).forEach((value, f) => {
        concentrations[f * k + c] = value
      })
    }
    for (const [frame, component] of anchors) {
      const height = closed ? 1 : concentrations[frame * k + component]! || 1
      concentrations.fill(0, frame * k, (frame + 1) * k)
      concentrations[frame * k + component] = height
    }
    if (closed) close(concentrations, frames, k)
    if (free.length === 0) return
    // what the known spectra leave over
    const left = known.length === 0 ? turned : turned.slice()
    for (const c of known)
      for (let i = 0; i < points; i++)
        for (let f = 0; f < frames; f++) left[i * frames + f]! -= concentrations[f * k + c]! * spectra[c * points + i]!
    const histories = new Float64Array(frames * free.length)
    for (let a = 0; a < free.length; a++)
      for (let f = 0; f < frames; f++) histories[a * frames + f] = concentrations[f * k + free[a]!]!
    const x = nonNegativeRows(left, points, histories, free.length, frames)
    for (let a = 0; a < free.length; a++)
      for (let i = 0; i < points; i++) spectra[free[a]! * points + i] = x[i * free.length + a]!
  }
}

/** Divides each row by its sum; a row of zeros stays. */
function close(concentrations: Float64Array, frames: number, k: number): void {
  for (let f = 0; f < frames; f++) {
    const row = concentrations.subarray(f * k, (f + 1) * k)
    const sum = row.reduce((a, b) => a + b, 0)
    if (sum > 0) for (let c = 0; c < k; c++) row[c]! /= sum
  }
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = matrix[r * columns + c]!
  return out
}

/** 100 sqrt(sum of residual² / sum of data²). */
export function lackOfFit(
  data: Float64Array,
  concentrations: Float64Array,
  spectra: Float64Array,
  frames: number,
  points: number,
  k: number,
): number {
  let misfit = 0
  let size = 0
  for (let f = 0; f < frames; f++)
    for (let i = 0; i < points; i++) {
      let value = data[f * points + i]!
      size += value * value
      for (let c = 0; c < k; c++) value -= concentrations[f * k + c]! * spectra[c * points + i]!
      misfit += value * value
    }
  return 100 * Math.sqrt(misfit / size)
}
