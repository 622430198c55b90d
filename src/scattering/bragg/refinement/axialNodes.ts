import { gaussLegendre } from '../../../numeric/calculus/gaussLegendre.js'

/** Lorentzians this far apart, in fwhm, add up to a smooth curve. */
const POINTS_PER_FWHM = 8
/** Fewest points of a side: where the asymmetry is narrow beside the line, few are exact. */
const FEWEST = 3

/** Most points of a side. */
const MOST = 500

const RADIAN = Math.PI / 180

/** The symmetric curves that make up lines made asymmetric by axial divergence, for lines one after another. */
export interface AxialNodes {
  /** Where the curves of line m begin; those of the last end at [m + 1]. */
  readonly at: Int32Array
  /** By how much each is shifted, degrees. */
  offset: Float64Array
  /** Its share; they sum to 1 for a line. */
  weight: Float64Array
}

/** How many curves a line needs, on each side of |H/L - S/L|. */
export function axialCount(twoTheta: number, fwhm: number, sample: number, detector: number): number {
  const high = sample + detector
  const cos = Math.cos(twoTheta * RADIAN)
  const edge = Math.min(1, Math.abs(cos) * Math.sqrt(1 + high * high))
  const spread = Math.abs(Math.acos(Math.abs(cos)) - Math.acos(edge)) / RADIAN
  return Math.max(FEWEST, Math.min(MOST, Math.ceil((POINTS_PER_FWHM * spread) / fwhm) + 2))
}

/**
 * Shifts and shares after Finger, Cox and Jephcoat, integrated over the height, where the weight is smooth. Kernel.
 * @param twoTheta Bragg angle, degrees.
 * @param sample   S/L.
 * @param detector H/L.
 * @param count    Points a side; 2 count are filled.
 * @param offset   Receives shifts.
 * @param weight   Receives shares.
 * @param at       Where.
 * @see L. W. Finger, D. E. Cox, A. P. Jephcoat, J. Appl. Cryst. 27 (1994) 892
 */
export function fillAxialNodes(
  twoTheta: number,
  sample: number,
  detector: number,
  count: number,
  offset: Float64Array,
  weight: Float64Array,
  at: number,
): void {
  const rule = ruleOf(count)
  const low = Math.abs(detector - sample)
  const high = Math.abs(detector + sample)
  const bragg = twoTheta * RADIAN
  const cos = Math.cos(bragg)
  // beyond this height the cone does not reach the slit's plane
  const tan = Math.abs(Math.tan(bragg))
  const reach = Math.min(high, tan)
  const bend = Math.min(low, reach)
  let total = 0
  for (let side = 0; side < 2; side++) {
    const from = side === 0 ? 0 : bend
    const to = side === 0 ? bend : reach
    // where the cone just grazes the plane 1 / sin(2phi) has a pole: h = to - (to - from) t² integrates it away
    const grazes = to === reach && reach < high
    for (let k = 0; k < count; k++) {
      const i = at + side * count + k
      const node = rule.nodes[k]!
      const span = to - from
      const h = grazes ? to - span * node * node : from + span * node
      const dh = grazes ? 2 * span * node * rule.weights[k]! : span * rule.weights[k]!
      const gap = grazes ? span * node * node : tan - h
      const sine = Math.abs(cos) * Math.sqrt(Math.max(0, gap) * (tan + h))
      const seen = h < low ? 2 * Math.min(Math.abs(detector), Math.abs(sample)) : high - h
      const share = dh === 0 || sine === 0 ? 0 : (seen * dh) / ((1 + h * h) * sine)
      offset[i] = Math.atan2(sine, cos * Math.sqrt(1 + h * h)) / RADIAN - twoTheta
      weight[i] = share
      total += share
    }
  }
  if (total === 0) {
    offset.fill(0, at, at + 2 * count)
    weight.fill(0.5 / count, at, at + 2 * count)
    return
  }
  for (let i = at; i < at + 2 * count; i++) weight[i]! /= total
}

const rules = /* @__PURE__ */ new Map<number, { readonly nodes: ArrayLike<number>; readonly weights: ArrayLike<number> }>()

function ruleOf(count: number): { readonly nodes: ArrayLike<number>; readonly weights: ArrayLike<number> } {
  const known = rules.get(count)
  if (known) return known
  const made = gaussLegendre(count, 0, 1)
  rules.set(count, made)
  return made
}
