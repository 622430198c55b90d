import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import { freezeData } from '../../../model/derive.js'
import { median } from '../../../numeric/statistics/index.js'
import { asSpectrum } from '../../spectrum.js'
import { findE0 } from '../edge/findE0.js'
import { robustCurve } from './robustCurve.js'

/** Options of {@link deglitch}. */
export interface DeglitchOptions {
  /** Edge, eV: within 15 eV of it nothing is a glitch. Default: that of `findE0`. */
  e0?: number | undefined
  /** A glitch stands out by so many times the scatter of its neighbourhood. Default 8. */
  threshold?: number | undefined
  /** Energies that are glitches without question: pairs from, to. */
  ranges?: readonly (readonly [number, number])[] | undefined
  /** Whether glitches are looked for beside `ranges`. Default true. */
  search?: boolean | undefined
  /** What happens to glitches: `'interpolate'` (default) by the smooth curve through their neighbours, or `'drop'`. */
  repair?: 'interpolate' | 'drop' | undefined
}

const OPTIONS: FieldsOf<DeglitchOptions> = { e0: true, threshold: true, ranges: true, search: true, repair: true }

/** A spectrum without glitches. */
export interface Deglitched {
  /** eV; fewer values than before where glitches were dropped. */
  readonly energy: Float64Array
  /** Absorption, as many. */
  readonly mu: Float64Array
  /** Points that are glitches, as they were counted before, rising. */
  readonly glitches: readonly number[]
}

/** Nothing so near to the edge is a glitch, eV: white lines are sharp. */
const EDGE = 15
/** The first and the last points have neighbours on one side only, which tell too little. */
const ENDS = 2
/** Half of the neighbourhood whose scatter counts, points. */
const NEIGHBOURS = 20
/** The scatter is taken for no less than this share of the range of mu. */
const LEAST = 5e-4
/** A glitch spoils the curve of so many neighbours: of those only the worst is judged, then the curve is drawn anew without it. */
const REACH = 6
/** More points in a row than this are a feature that the cubic cannot follow, no glitch. */
const MOST_IN_A_ROW = 4

/**
 * Finds glitches, points (up to four in a row) that stand out from a robust cubic through their neighbours, and repairs them. The axis is the root of the distance from the edge, along which EXAFS oscillates evenly. Within 15 eV of the edge
 * nothing is a glitch, nor are the first and the last two points.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Absorption, n values.
 * @param options Edge, threshold, ranges, repair.
 * @throws OperandoError `E_RANGE` for a range without points, `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { deglitch } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 200 }, (_, i) => 7050 + 2 * i)
 * const mu = energy.map((e, i) => 1 / (1 + Math.exp((7112 - e) / 2)) + (i === 120 ? 0.2 : 0))
 * deglitch(energy, mu).glitches // 120
 * ```
 */
export function deglitch(energy: NumbersLike, mu: NumbersLike, options: DeglitchOptions = {}): Deglitched {
  assertKnown(options, 'deglitch options', OPTIONS)
  const { threshold = 8, ranges = [], search = true, repair = 'interpolate' } = options
  assertOneOf(repair, 'repair', ['interpolate', 'drop'])
  if (!(threshold > 0)) throw new OperandoError('E_RANGE', `deglitch: threshold = ${threshold}: a number above 0 expected.`)
  const { energy: x, mu: y } = asSpectrum(energy, mu)
  const e0 = options.e0 ?? findE0(x, y).energy
  const axis = x.map(e => Math.sign(e - e0) * Math.sqrt(Math.abs(e - e0)))
  const isGlitch = new Uint8Array(x.length)
  for (const [from, to] of ranges) {
    const inside = Array.from(x.keys()).filter(i => x[i]! >= from && x[i]! <= to)
    for (const i of inside) isGlitch[i] = 1
    if (inside.length === 0) throw new OperandoError('E_RANGE', `deglitch: no point lies between ${from} and ${to} eV.`)
  }
  if (search) searchGlitches({ x, y, axis, e0, threshold }, isGlitch)
  const glitches = Array.from(isGlitch.keys()).filter(i => isGlitch[i])
  if (repair === 'drop')
    return freezeData({ energy: x.filter((_, i) => !isGlitch[i]), mu: y.filter((_, i) => !isGlitch[i]), glitches })
  const curve = robustCurve(axis, y, isGlitch)
  return freezeData({ energy: x, mu: y.map((v, i) => (isGlitch[i] ? curve[i]! : v)), glitches })
}

interface Search {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly axis: Float64Array
  readonly e0: number
  readonly threshold: number
}

/** Marks the points that stand out, the worst of each neighbourhood first, until none does. */
function searchGlitches({ x, y, axis, e0, threshold }: Search, isGlitch: Uint8Array): void {
  const least = LEAST * (y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b)))
  for (let round = 0; round < x.length; round++) {
    const curve = robustCurve(axis, y, isGlitch)
    const off = y.map((v, i) => (isGlitch[i] ? 0 : Math.abs(v - curve[i]!)))
    const excess = off.map((d, i) => {
      if (isGlitch[i] || Math.abs(x[i]! - e0) <= EDGE || i < ENDS || i >= x.length - ENDS) return 0
      return d / Math.max(1.4826 * median(off.subarray(Math.max(0, i - NEIGHBOURS), i + NEIGHBOURS + 1)), least)
    })
    const worst = Array.from(excess.keys()).filter(
      i => excess[i]! > threshold && excess.subarray(Math.max(0, i - REACH), i + REACH + 1).every(other => other <= excess[i]!),
    )
    if (worst.length === 0) return
    for (const i of worst) isGlitch[i] = 1
    unmarkLongRows(isGlitch)
    if (worst.every(i => !isGlitch[i])) return
  }
}

function unmarkLongRows(isGlitch: Uint8Array): void {
  for (let i = 0; i < isGlitch.length; i++) {
    let end = i
    while (isGlitch[end]) end++
    if (end - i > MOST_IN_A_ROW) isGlitch.fill(0, i, end)
    i = Math.max(i, end)
  }
}
