import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'

/** An emission spectrum that has passed the door. */
export interface EmissionSpectrum {
  /** eV, strictly rising. */
  readonly energy: Float64Array
  /** Intensity. */
  readonly intensity: Float64Array
}

/**
 * The door of functions that take an emission spectrum, or a part of one.
 * @param energy    eV.
 * @param intensity As many.
 * @param window    Lowest and highest energy that count, ends included. Default all.
 * @throws OperandoError `E_AXIS`, `E_SHAPE`, `E_NAN`; `E_RANGE` with fewer than 3 points in the window.
 */
export function asEmission(energy: NumbersLike, intensity: NumbersLike, window?: readonly [number, number]): EmissionSpectrum {
  const e = asFloat64(energy, 'energy')
  assertRising(e, 'energy')
  const y = asFloat64(intensity, 'intensity', { length: e.length })
  if (!window) {
    if (e.length >= 3) return { energy: e, intensity: y }
    throw new OperandoError('E_RANGE', `energy: at least 3 points expected, found ${e.length}.`)
  }
  const inside = (_: number, i: number): boolean => e[i]! >= window[0] && e[i]! <= window[1]
  const part = e.filter(inside)
  if (part.length < 3)
    throw new OperandoError(
      'E_RANGE',
      `window: ${part.length} points lie between ${window[0]} and ${window[1]} eV, at least 3 are needed; the data reach from ${e[0]} to ${e[e.length - 1]} eV.`,
    )
  return { energy: part, intensity: y.filter(inside) }
}

/** Integral by trapezia. */
export function area(x: Float64Array, y: ArrayLike<number>): number {
  let sum = 0
  for (let i = 1; i < x.length; i++) sum += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2
  return sum
}
