import { derivative } from '../../../numeric/calculus/derivative.js'
import { median } from '../../../numeric/statistics/index.js'

/** Which way a spectrum goes at its strongest step. */
export interface EdgeSense {
  /** Where, eV. */
  readonly energy: number
  /** Change of the level there, over some 30 eV on either side. */
  readonly step: number
  /** Whether it falls, and clearly so. */
  readonly falls: boolean
}

/** Levels are taken so far from the step, eV. */
const SIDES = { near: 3, far: 35 }
/** A fall counts as a step from this ratio to the scatter of both levels on. */
const CLEAR = 4

/**
 * Which way a spectrum goes at its steepest point.
 * @param energy eV, rising.
 * @param mu     Absorption.
 */
export function edgeSense(energy: Float64Array, mu: Float64Array): EdgeSense {
  const slope = derivative(energy, mu)
  const margin = Math.min(Math.max(3, Math.floor(0.02 * mu.length)), (mu.length - 1) >> 1)
  let place = margin
  for (let i = margin; i < mu.length - margin; i++) {
    // a single glitch goes up and down: its neighbours must agree
    const together = Math.abs(slope[i - 1]! + slope[i]! + slope[i + 1]!)
    if (together > Math.abs(slope[place - 1]! + slope[place]! + slope[place + 1]!)) place = i
  }
  const at = energy[place]!
  const side = (low: number, high: number): Float64Array => mu.filter((_, i) => energy[i]! >= low && energy[i]! <= high)
  const before = side(at - SIDES.far, at - SIDES.near)
  const after = side(at + SIDES.near, at + SIDES.far)
  if (before.length === 0 || after.length === 0) return { energy: at, step: 0, falls: false }
  const [low, high] = [median(before), median(after)]
  const scatter = (values: Float64Array, level: number): number => median(values.map(v => Math.abs(v - level)))
  const step = high - low
  return { energy: at, step, falls: step < 0 && -step > CLEAR * Math.max(scatter(before, low), scatter(after, high)) }
}
