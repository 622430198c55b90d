import type { NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { ClockRelation, Electrochemistry } from '../../model/electrochemistry.js'
import { median } from '../../numeric/statistics/quantile.js'
import { type CurrentReversal, currentReversals } from './currentReversals.js'
import { type ClockPair, fitClock } from './fitClock.js'
import { type TurningPoint, turningPoints } from './turningPoints.js'

/** A structural indicator along the run. */
export interface Indicator {
  /** Middle of each exposure in run seconds, rising. */
  readonly time: NumbersLike
  /** What follows the state of charge: lattice parameter, edge position, phase fraction; NaN where it is not known. */
  readonly values: NumbersLike
}

/** Options of {@link estimateClock}. */
export interface EstimateClockOptions {
  /** What is known beforehand: run seconds = offset + rate * t. Default offset 0, rate 1. The rate is kept. */
  prior?:
    | {
        /** Run seconds at t = 0 of the record. */
        readonly offset: number
        /** Run seconds per second of the record. */
        readonly rate: number
      }
    | undefined
  /** How far in s from the prior offset to look. Default: a quarter of the shortest time between two reversals; without limit if there is one reversal only. */
  maxShift?: number | undefined
  /** Least swing of the indicator between turning points. Default as {@link turningPoints}. */
  threshold?: number | undefined
  /** Least swing of the charge between reversals, in its unit. Default a tenth of its range. */
  chargeThreshold?: number | undefined
}

const OPTIONS: FieldsOf<EstimateClockOptions> = { prior: true, maxShift: true, threshold: true, chargeThreshold: true }

/** What {@link estimateClock} returns: a relation without `start`, so it counts from the run's own zero. */
export interface ClockEstimate extends ClockRelation {
  /** Standard uncertainty in s, see {@link estimateClock}. */
  readonly sigma: number
  /** 1 if the indicator rises while the working electrode is oxidised, -1 if it falls. */
  readonly polarity: 1 | -1
  /** Turning points of the indicator that no reversal explains. */
  readonly unmatched: readonly TurningPoint[]
}

interface Candidate {
  polarity: 1 | -1
  offset: number
  shift: number
  links: { turn: TurningPoint; reversal: CurrentReversal; offset: number }[]
}

/**
 * Estimates how the potentiostat's clock stands to the run's from turning points: where a structural indicator changes direction, the current was
 * reversed. Whether the indicator rises or falls on charge is found too.
 *
 * Turning points, and not the best correlation of charge and indicator: the response is hysteretic and not linear, and the best correlation of a real LiNiO2
 * series lies half an hour from the truth although the turning points agree within one frame.
 *
 * `sigma` is what the turns scatter, or what each leaves open if that is more, over the root of their number; and, common to all and so not less with
 * their number, the half width of flat tops of the indicator that no rest of the current explains, and how far the turns move when the branches about them may bend. Simulated series scatter by it within a factor of 1.5 (a test); by less where the branches are bent. A lag of the structure
 * that shows in no flat top is not in it. The rate is not estimated: a drift of 20 ppm is below one frame in two days. Where a trigger record exists use {@link matchTriggers}.
 *
 * @param indicator Structural indicator along the run.
 * @param echem     The record.
 * @param options   Prior, how far to look, thresholds.
 * @throws OperandoError `E_TIME` when indicator or record do not turn, or no turn of one lies near a turn of the other.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { estimateClock } from 'operando/series'
 * // a cell that is charged and discharged twice; the lattice parameter follows the charge, 30 s late on the clock of the beamline
 * const time = Float64Array.from({ length: 801 }, (_, i) => 10 * i)
 * const chargeAt = (t: number) => 2000 - Math.abs((t % 4000) - 2000)
 * const charge = time.map(chargeAt)
 * const current = time.map((_, i) => (i === 0 ? 0 : (charge[i]! - charge[i - 1]!) / 10))
 * const echem = createElectrochemistry({ time, potential: time.map(() => 3.5), current, charge: { values: charge, unit: 'C' } })
 * const frames = Float64Array.from({ length: 80 }, (_, i) => 45 + 100 * i)
 * const lattice = frames.map(t => 8.27 - 4e-5 * chargeAt(t - 30))
 * const { offset, sigma } = estimateClock({ time: frames, values: lattice }, echem)
 * console.log(offset, sigma) // about 30 s, and how well that is known
 * ```
 */
export function estimateClock(indicator: Indicator, echem: Electrochemistry, options: EstimateClockOptions = {}): ClockEstimate {
  assertKnown(options, 'estimateClock options', OPTIONS)
  assertFields(indicator, 'an indicator', ['time', 'values'])
  const { offset: before, rate } = options.prior ?? { offset: 0, rate: 1 }
  const turns = turningPoints(indicator.time, indicator.values, { threshold: options.threshold })
  const reversals = currentReversals(echem, options.chargeThreshold)
  if (turns.length === 0 || reversals.length === 0) {
    throw new OperandoError(
      'E_TIME',
      `Clocks cannot be related by turning points: the indicator turns ${turns.length} times, the current is reversed ${reversals.length} times. ` +
        'Lower the threshold, or give the relation.',
    )
  }
  const quarter = rate * shortestGap(reversals) * 0.25
  const maxShift = options.maxShift ?? quarter
  const tolerance = Math.min(quarter, shortestGap(turns) / 4)
  const best = bestCandidate(turns, reversals, { before, rate, maxShift, tolerance })
  if (!best) {
    throw new OperandoError(
      'E_TIME',
      `No turning point of the indicator (at ${list(turns)} s of the run) lies within ${Math.round(maxShift)} s of a reversal of the current (at ` +
        `${list(reversals.map(r => ({ time: before + rate * r.time })))} s of the run by the prior). Give a better prior, or a larger maxShift.`,
    )
  }
  const pairs = best.links.map(({ turn, reversal }): ClockPair => [reversal.time, turn.time])
  const fit = fitClock(pairs, { fitRate: false, rate })
  const kept = best.links.filter((_, i) => !fit.outliers.includes(i))
  return {
    ...fit,
    sigma: uncertaintyOf(kept, fit.offset),
    polarity: best.polarity,
    unmatched: turns.filter(turn => !kept.some(link => link.turn === turn)),
  }
}

/** Most matches win; among equals the one nearest to the prior. */
function bestCandidate(
  turns: readonly TurningPoint[],
  reversals: readonly CurrentReversal[],
  { before, rate, maxShift, tolerance }: { before: number; rate: number; maxShift: number; tolerance: number },
): Candidate | undefined {
  let best: Candidate | undefined
  for (const polarity of [1, -1] as const) {
    const fits = (turn: TurningPoint, reversal: CurrentReversal): boolean => (turn.kind === reversal.kind) === (polarity === 1)
    for (const turn of turns) {
      for (const reversal of reversals) {
        const offset = turn.time - rate * reversal.time
        const shift = Math.abs(offset - before)
        if (!fits(turn, reversal) || shift > maxShift) continue
        const links = linksAt(turns, reversals, offset, rate, tolerance, fits)
        const better = !best || links.length > best.links.length || (links.length === best.links.length && shift < best.shift)
        if (better) best = { polarity, offset, shift, links }
      }
    }
  }
  return best
}

function linksAt(
  turns: readonly TurningPoint[],
  reversals: readonly CurrentReversal[],
  offset: number,
  rate: number,
  tolerance: number,
  fits: (turn: TurningPoint, reversal: CurrentReversal) => boolean,
): Candidate['links'] {
  const links: Candidate['links'] = []
  for (const turn of turns) {
    let nearest: CurrentReversal | undefined
    let least = tolerance
    for (const reversal of reversals) {
      const off = Math.abs(turn.time - offset - rate * reversal.time)
      if (fits(turn, reversal) && off <= least) {
        least = off
        nearest = reversal
      }
    }
    if (nearest) links.push({ turn, reversal: nearest, offset: turn.time - rate * nearest.time })
  }
  return links
}

function shortestGap(points: readonly { readonly time: number }[]): number {
  let least = Infinity
  for (let i = 1; i < points.length; i++) least = Math.min(least, points[i]!.time - points[i - 1]!.time)
  return least
}

const list = (points: readonly { readonly time: number }[]): string => points.map(({ time }) => Math.round(time)).join(', ')

/**
 * What scatters from turn to turn becomes less with their number; what is common to them does not: a flat top of the indicator that no rest of the current
 * explains is a structure that answers late: the reversal may be at its beginning, half a width from the middle that is found.
 */
function uncertaintyOf(links: Candidate['links'], offset: number): number {
  const n = links.length
  const rms = (of: (link: Candidate['links'][number]) => number): number =>
    Math.sqrt(links.reduce((sum, link) => sum + of(link) ** 2, 0) / n)
  const lag = Math.max(0, median(links.map(({ turn, reversal }) => 0.5 * turn.flat - reversal.halfWidth)))
  const told = rms(({ turn }) => Math.sqrt(Math.max(0, turn.sigma ** 2 - turn.bend ** 2 - turn.flat ** 2 / 4)))
  const seen = n > 1 ? rms(link => link.offset - offset) * Math.sqrt(n / (n - 1)) : 0
  const bend = median(links.map(({ turn }) => turn.bend))
  return Math.hypot(Math.max(told, seen) / Math.sqrt(n), lag, bend)
}
