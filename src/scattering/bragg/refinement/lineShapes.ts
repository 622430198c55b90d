import { lowerBound } from '../../lowerBound.js'
import { axialCount, fillAxialNodes } from './axialNodes.js'
import { addProfile, addProfileSlopes, addSkewProfile, addSkewSlopes } from './lineProfiles.js'
import type { LinePlaces } from './placeLines.js'
import { addSpan } from './spans.js'

/** A skew beyond this would turn a side of the line inside out. */
const MOST_SKEW = 0.9
/** Fwhm beyond which the curves of an asymmetric line are not told apart. */
const NEAR = 10
/** Change of a height for its derivative. */
const STEP = 1e-6

/** The shape of lines round their places: symmetric, split, or made asymmetric by axial divergence. */
export interface LineShapes {
  /** Parameters of its own. */
  readonly parameters: number
  /** Takes the Bragg angles as they are, and how many curves each line needs. */
  settle(p: Float64Array, places: LinePlaces, zero: number, lines: number): void
  /** Takes the shape's parameters. */
  take(p: Float64Array, lines: number): void
  /** Adds line m of a given area to an array that begins at point `from`. */
  add(x: Float64Array, from: number, to: number, area: number, places: LinePlaces, m: number, out: Float64Array, at: number): void
  /** Adds its derivatives by centre, fwhm and Lorentzian share: columns of n. */
  addSlopes(
    x: Float64Array,
    from: number,
    to: number,
    area: number,
    places: LinePlaces,
    m: number,
    slopes: Float64Array,
    n: number,
  ): void
  /** Adds its derivatives by the shape's own parameters to a Jacobian; to be called after `addSlopes`. */
  addOwnSlopes(
    x: Float64Array,
    from: number,
    to: number,
    area: number,
    places: LinePlaces,
    m: number,
    slopes: Float64Array,
    n: number,
    jacobian: Float64Array,
    rows: number,
    row: number,
    wanted: Uint8Array,
  ): void
}

/**
 * Makes the shapes.
 * @param lines   Lines times lines of the source.
 * @param axialAt Index of S/L; -1 without axial divergence.
 * @param skewAt  Index of the skew; -1 without.
 */
export function createLineShapes(lines: number, axialAt: number, skewAt: number): LineShapes {
  if (axialAt >= 0) return axialShapes(lines, axialAt)
  return skewAt >= 0 ? splitShapes(lines, skewAt) : SYMMETRIC
}

const SYMMETRIC: LineShapes = {
  parameters: 0,
  settle: () => undefined,
  take: () => undefined,
  add(x, from, to, area, places, m, out, at) {
    addProfile(x, from, to, area, places.centre[m]!, places.fwhm[m]!, places.eta[m]!, out, at)
  },
  addSlopes(x, from, to, area, places, m, slopes, n) {
    addProfileSlopes(x, from, to, area, places.centre[m]!, places.fwhm[m]!, places.eta[m]!, slopes, n)
  },
  addOwnSlopes: () => undefined,
}

function splitShapes(lines: number, skewAt: number): LineShapes {
  const cotangent = new Float64Array(lines)
  const skew = new Float64Array(lines)
  return {
    parameters: 2,
    settle(_, places, __, count) {
      for (let m = 0; m < count; m++) {
        const sin = Math.min(1, places.sin[m]!)
        const tan2 = Math.tan(2 * Math.asin(sin))
        cotangent[m] = tan2 === 0 ? 0 : 1 / tan2
      }
    },
    take(p, count) {
      for (let m = 0; m < count; m++)
        skew[m] = Math.max(-MOST_SKEW, Math.min(MOST_SKEW, p[skewAt]! + p[skewAt + 1]! * cotangent[m]!))
    },
    add(x, from, to, area, places, m, out, at) {
      addSkewProfile(x, from, to, area, places.centre[m]!, places.fwhm[m]!, places.eta[m]!, skew[m]!, out, at)
    },
    addSlopes(x, from, to, area, places, m, slopes, n) {
      addSkewSlopes(x, from, to, area, places.centre[m]!, places.fwhm[m]!, places.eta[m]!, skew[m]!, slopes, n)
    },
    addOwnSlopes(_, from, to, __, ___, m, slopes, n, jacobian, rows, row, wanted) {
      if (Math.abs(skew[m]!) >= MOST_SKEW) return
      if (wanted[skewAt] === 1) addSpan(1, slopes, 3 * n + from, jacobian, skewAt * rows + row + from, to - from)
      if (wanted[skewAt + 1] === 1)
        addSpan(cotangent[m]!, slopes, 3 * n + from, jacobian, (skewAt + 1) * rows + row + from, to - from)
    },
  }
}

function axialShapes(lines: number, axialAt: number): LineShapes {
  const angle = new Float64Array(lines)
  const nodesAt = new Int32Array(lines + 1)
  let offset: Float64Array = new Float64Array(0)
  let weight: Float64Array = new Float64Array(0)
  let [above, below] = [[offset, weight] as const, [offset, weight] as const]
  const heights = new Float64Array(2)
  const near = new Int32Array(2)
  const mean = new Float64Array(lines)
  let scratch = new Float64Array(0)
  let part = new Float64Array(0)

  /** Points where the curves of a line are told apart; in the tails one at their mean stands for all. */
  const nearOf = (x: Float64Array, from: number, to: number, centre: number, fwhm: number, m: number): void => {
    let [least, most] = [0, 0]
    for (let i = nodesAt[m]!; i < nodesAt[m + 1]!; i++) {
      least = Math.min(least, offset[i]!)
      most = Math.max(most, offset[i]!)
    }
    const reach = NEAR * (fwhm + (most - least) / 4)
    near[0] = Math.max(from, Math.min(to, lowerBound(x, centre + least - reach)))
    near[1] = Math.max(near[0]!, Math.min(to, lowerBound(x, centre + most + reach)))
  }

  /** d profile / d height: the curves' shares change, and their places. */
  const slopeByHeight = (
    which: number,
    x: Float64Array,
    from: number,
    to: number,
    area: number,
    places: LinePlaces,
    m: number,
  ): void => {
    const begin = nodesAt[m]!
    const half = (nodesAt[m + 1]! - begin) / 2
    const [s, d] = [heights[0]!, heights[1]!]
    const [ds, dd] = which === 0 ? [STEP, 0] : [0, STEP]
    fillAxialNodes(angle[m]!, s + ds, d + dd, half, above[0], above[1], begin)
    fillAxialNodes(angle[m]!, s - ds, d - dd, half, below[0], below[1], begin)
    const n = x.length
    if (scratch.length < 3 * n) {
      scratch = new Float64Array(3 * n)
      part = new Float64Array(n)
    }
    part.fill(0, from, to)
    nearOf(x, from, to, places.centre[m]!, places.fwhm[m]!, m)
    const [low, high] = [near[0]!, near[1]!]
    for (let i = begin; i < nodesAt[m + 1]!; i++) {
      const byWeight = (above[1][i]! - below[1][i]!) / (2 * STEP)
      const byOffset = (above[0][i]! - below[0][i]!) / (2 * STEP)
      const centre = places.centre[m]! + offset[i]!
      addProfile(x, low, high, area * byWeight, centre, places.fwhm[m]!, places.eta[m]!, part, low)
      for (let k = 0; k < 3; k++) scratch.fill(0, k * n + low, k * n + high)
      addProfileSlopes(x, low, high, area * weight[i]!, centre, places.fwhm[m]!, places.eta[m]!, scratch, n)
      addSpan(byOffset, scratch, low, part, low, high - low)
    }
    let byMean = 0
    for (let i = begin; i < nodesAt[m + 1]!; i++)
      byMean += (above[1][i]! * above[0][i]! - below[1][i]! * below[0][i]!) / (2 * STEP)
    for (const [first, last] of [
      [from, low],
      [high, to],
    ] as const) {
      for (let k = 0; k < 3; k++) scratch.fill(0, k * n + first, k * n + last)
      addProfileSlopes(x, first, last, area, places.centre[m]! + mean[m]!, places.fwhm[m]!, places.eta[m]!, scratch, n)
      addSpan(byMean, scratch, first, part, first, last - first)
    }
  }

  return {
    parameters: 2,
    settle(p, places, _, count) {
      for (let m = 0; m < count; m++) {
        const sin = places.sin[m]!
        angle[m] = sin < 1 ? (360 / Math.PI) * Math.asin(sin) : 179
        const curves = sin < 1 ? axialCount(angle[m]!, places.fwhm[m]!, p[axialAt]!, p[axialAt + 1]!) : 1
        nodesAt[m + 1] = nodesAt[m]! + 2 * curves
      }
      if (offset.length < nodesAt[count]!) {
        const make = (): Float64Array => new Float64Array(Math.ceil(1.2 * nodesAt[count]!))
        offset = make()
        weight = make()
        above = [make(), make()]
        below = [make(), make()]
      }
    },
    take(p, count) {
      heights[0] = p[axialAt]!
      heights[1] = p[axialAt + 1]!
      for (let m = 0; m < count; m++) {
        fillAxialNodes(angle[m]!, heights[0], heights[1], (nodesAt[m + 1]! - nodesAt[m]!) / 2, offset, weight, nodesAt[m]!)
        let sum = 0
        for (let i = nodesAt[m]!; i < nodesAt[m + 1]!; i++) sum += weight[i]! * offset[i]!
        mean[m] = sum
      }
    },
    add(x, from, to, area, places, m, out, at) {
      const [centre, fwhm, eta] = [places.centre[m]!, places.fwhm[m]!, places.eta[m]!]
      nearOf(x, from, to, centre, fwhm, m)
      const [low, high] = [near[0]!, near[1]!]
      for (let i = nodesAt[m]!; i < nodesAt[m + 1]!; i++)
        if (weight[i] !== 0) addProfile(x, low, high, area * weight[i]!, centre + offset[i]!, fwhm, eta, out, at + low - from)
      addProfile(x, from, low, area, centre + mean[m]!, fwhm, eta, out, at)
      addProfile(x, high, to, area, centre + mean[m]!, fwhm, eta, out, at + high - from)
    },
    addSlopes(x, from, to, area, places, m, slopes, n) {
      const [centre, fwhm, eta] = [places.centre[m]!, places.fwhm[m]!, places.eta[m]!]
      nearOf(x, from, to, centre, fwhm, m)
      const [low, high] = [near[0]!, near[1]!]
      for (let i = nodesAt[m]!; i < nodesAt[m + 1]!; i++)
        if (weight[i] !== 0) addProfileSlopes(x, low, high, area * weight[i]!, centre + offset[i]!, fwhm, eta, slopes, n)
      addProfileSlopes(x, from, low, area, centre + mean[m]!, fwhm, eta, slopes, n)
      addProfileSlopes(x, high, to, area, centre + mean[m]!, fwhm, eta, slopes, n)
    },
    addOwnSlopes(x, from, to, area, places, m, _, __, jacobian, rows, row, wanted) {
      for (let which = 0; which < 2; which++) {
        if (wanted[axialAt + which] === 0) continue
        slopeByHeight(which, x, from, to, area, places, m)
        addSpan(1, part, from, jacobian, (axialAt + which) * rows + row + from, to - from)
      }
    },
  }
}
