import { isOperandoError, OperandoError } from '../../core/errors.js'
import type { Issue } from '../../core/issue.js'
import type { Dataset } from '../../model/dataset.js'
import type { ClockRelation, Electrochemistry } from '../../model/electrochemistry.js'
import type { Trends } from '../../scattering/bragg/mechanism/mechanismTypes.js'
import { known } from '../../scattering/bragg/mechanism/trend.js'
import { type ClockEstimate, estimateClock } from '../../series/clock/estimateClock.js'
import { frameWindows } from '../../series/synchronize/frameWindows.js'
import { relateClocks } from '../../series/synchronize/relateClocks.js'
import { synchronize } from '../../series/synchronize/synchronize.js'
import type { DiffractionOptions } from './config.js'
import { reachOf } from './trends.js'

/** An estimate of the clocks' relation from one structural trend. */
export interface TrendClock {
  /** The trend, e.g. `NMC622.a`. */
  readonly trend: string
  /** What it says. */
  readonly estimate: ClockEstimate
}

/** How the clocks of the run and of the record were related, and what speaks for it. */
export interface ClockFinding {
  /** Where the relation came from. */
  readonly source: 'given' | 'wall' | 'turning-points'
  /** The relation, run seconds = offset + rate t. */
  readonly relation: ClockRelation
  /** Offset of the wall clocks in s, if both were known. */
  readonly wallOffset: number | null
  /** What trends say, best first. */
  readonly estimates: readonly TrendClock[]
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

/** A run on one clock with its record. */
export interface RelatedRun<Dim extends string> {
  /** The run with voltage, current, charge ... on its frames; as it was if nothing relates the clocks. */
  readonly run: Dataset<Dim>
  /** The clocks; `undefined` if nothing relates them. */
  readonly clock: ClockFinding | undefined
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

const UNRELATED =
  'Nothing relates the clock of the record to that of the patterns: no wall clocks on both sides, and no cell or line position that turns with the current. ' +
  'Pass { clock: { offset, rate, sigma } } in seconds of the run.'
/** Only cells and positions turn where the current does: fractions and areas saturate. */
const TURNS = /\.(a|b|c|d)$/
/** A trend that covers fewer of its uncertainties says nothing of when it turns. */
const MOVES = 20
/** So many standard uncertainties apart, wall clocks and structure contradict each other. */
const CONTRADICTION = 3

/**
 * Puts a run and a record on one clock, see `ClockConfig`.
 * @param run     The run.
 * @param echem   The record.
 * @param trends  What was found in the patterns.
 * @param options Clock, zone.
 * @throws OperandoError `E_TIME` when the clocks share no moment, or nothing relates them in the way that was asked for. With `'auto'` the run is then
 *   left without voltage, and a warning says so.
 */
export function relateRun<Dim extends string>(
  run: Dataset<Dim>,
  echem: Electrochemistry,
  trends: Trends,
  options: DiffractionOptions,
): RelatedRun<Dim> {
  const clock = findClock(run, echem, trends, options)
  if (!clock) {
    const message = `${UNRELATED} The trends stand over time alone.`
    return { run, clock, warnings: [{ code: 'W_CLOCKS_UNRELATED', message }] }
  }
  const related = synchronize(run, echem, { clock: clock.relation, timeMarks: options.timeMarks })
  return { run: related, clock, warnings: clock.warnings }
}

function findClock(run: Dataset, echem: Electrochemistry, trends: Trends, options: DiffractionOptions): ClockFinding | undefined {
  const { clock = 'auto' } = options
  const wall = wallClock(run, echem, options)
  const estimates = clock === 'wall' ? [] : estimatesOf(run, echem, trends, wall, options)
  const best = estimates[0]
  const rest = { wallOffset: wall ? wall.relation.offset : null, estimates }
  if (typeof clock === 'object') {
    const { offset, rate = 1, sigma = null } = clock
    return { source: 'given', relation: { offset, rate, sigma, pairs: [] }, ...rest, warnings: [] }
  }
  if (clock !== 'turning-points' && wall) {
    const apart = best ? Math.abs(best.estimate.offset - wall.relation.offset) / best.estimate.sigma : 0
    if (apart <= CONTRADICTION) {
      const sigma = wall.relation.sigma
      return { source: 'wall', relation: { ...wall.relation, sigma, pairs: [] }, ...rest, warnings: wall.warnings }
    }
    const off = (best!.estimate.offset - wall.relation.offset) / 60
    const hours = Math.round(off / 60)
    const isZone = hours !== 0 && Math.abs(off - 60 * hours) < best!.estimate.sigma / 60
    const zone = isZone ? ` Does one of them show another time zone, ${Math.abs(hours)} h ${hours > 0 ? 'behind' : 'ahead'}?` : ''
    const message =
      `By its turning point ${best!.trend} puts the potentiostat's clock ${Math.abs(off).toFixed(0)} min ${off > 0 ? 'behind' : 'ahead of'} what the wall clocks say ` +
      `(uncertainty ${(best!.estimate.sigma / 60).toFixed(0)} min): the turning points were used.${zone} Give { clock: { offset } } if you know better.`
    return {
      source: 'turning-points',
      relation: best!.estimate,
      ...rest,
      warnings: [...wall.warnings, { code: 'W_CLOCKS_CONTRADICT', message }],
    }
  }
  if (best) return { source: 'turning-points', relation: best.estimate, ...rest, warnings: [] }
  if (clock === 'auto') return undefined
  throw new OperandoError('E_TIME', UNRELATED)
}

/** The relation by the wall clocks, where both are known. */
function wallClock(
  run: Dataset,
  echem: Electrochemistry,
  { zone }: DiffractionOptions,
): { readonly relation: Omit<ClockRelation, 'pairs'>; readonly warnings: readonly Issue[] } | undefined {
  const { clock } = echem
  const stands = clock.sigma !== null || clock.pairs.length > 0 || clock.offset !== 0
  if (clock.start === undefined ? !stands : run.meta.start === undefined) return undefined
  const { offset, rate, sigma, assumption } = relateClocks(clock, run.meta.start, { zone })
  return { relation: { offset, rate, sigma }, warnings: assumption ? [{ code: 'W_NAIVE_CLOCKS', message: assumption }] : [] }
}

function estimatesOf(
  run: Dataset,
  echem: Electrochemistry,
  trends: Trends,
  wall: { readonly relation: Omit<ClockRelation, 'pairs'> } | undefined,
  { timeMarks, phases = [] }: DiffractionOptions,
): TrendClock[] {
  // phases that turn into each other keep their cells: what moves there is the noise of a phase about to vanish
  const inCouple = (trend: string): boolean =>
    phases.some(({ name, couple }) => couple !== undefined && trend.startsWith(`${name}.`))
  const { start, stop } = frameWindows(run, { timeMarks })
  const time = start.map((t, i) => (t + stop[i]!) / 2)
  const found: TrendClock[] = []
  const rate = wall?.relation.rate ?? 1
  const prior = { offset: wall?.relation.offset ?? 0, rate }
  // with a prior by wall clocks: a clock in UTC or another zone, summer time, and what a clock may be off besides
  const maxShift = wall ? 4 * 3600 : undefined
  for (const [trend, data] of Object.entries(trends)) {
    if (!TURNS.test(trend) || known(data).length < 10 || reachOf(data) < MOVES || inCouple(trend)) continue
    try {
      found.push({ trend, estimate: estimateClock({ time, values: data.values }, echem, { prior, maxShift }) })
    } catch (error) {
      // a trend that does not turn says nothing
      if (!isOperandoError(error)) throw error
    }
  }
  const quality = ({ estimate }: TrendClock): number => estimate.sigma * (1 + estimate.unmatched.length)
  return found.sort((a, b) => quality(a) - quality(b))
}
