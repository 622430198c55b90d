import { CYCLING_MODES } from './electrochemistry.js'

const REST = CYCLING_MODES.indexOf('rest')
const IMPEDANCE = CYCLING_MODES.indexOf('impedance')

/** Rows count as rest below this share of the largest current when nothing says what they are. */
export const REST_SHARE = 1e-3

/** Largest |current|. NaN is passed over. */
export function largestCurrent(current: Float64Array): number {
  let largest = 0
  for (let i = 0; i < current.length; i++) {
    const size = Math.abs(current[i]!)
    if (size > largest) largest = size
  }
  return largest
}

/** 1 where no current is imposed: rests, impedance, and rows below {@link REST_SHARE} of the largest current. */
export function restingRows(current: Float64Array, mode: Uint8Array): Uint8Array {
  const limit = REST_SHARE * largestCurrent(current)
  const out = new Uint8Array(current.length)
  for (let i = 0; i < out.length; i++)
    if (mode[i] === REST || mode[i] === IMPEDANCE || !(Math.abs(current[i]!) > limit)) out[i] = 1
  return out
}

/**
 * Half-cycles, counted from 0: a new one begins where the current flows the other way. Rests and impedance belong to the half-cycle before them,
 * those at the start to the first. Makers' counters skip at rests (0, 2, 3 ...), so they are not used.
 */
export function halfCyclesOf(current: Float64Array, mode: Uint8Array): Int32Array {
  const resting = restingRows(current, mode)
  const out = new Int32Array(current.length)
  let half = 0
  let direction = 0
  for (let i = 0; i < current.length; i++) {
    if (!resting[i]) {
      const sign = current[i]! > 0 ? 1 : -1
      if (direction !== 0 && sign !== direction) half++
      direction = sign
    }
    out[i] = half
  }
  return out
}

/** Cycles of two half-cycles each, counted from 0. */
export function cyclesOf(halfCycle: Int32Array): Int32Array {
  const out = new Int32Array(halfCycle.length)
  for (let i = 0; i < out.length; i++) out[i] = halfCycle[i]! >> 1
  return out
}
