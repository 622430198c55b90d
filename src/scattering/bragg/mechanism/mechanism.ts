import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf } from '../../../core/fields.js'
import type { Dataset } from '../../../model/dataset.js'
import { coupleInterval, type PhaseTrends, verdictOf } from './coupleInterval.js'
import { PENALTIES } from './courseModels.js'
import { hysteresisOf } from './hysteresisOf.js'
import { intervalsOf, type Stretch } from './intervalsOf.js'
import { leverRule, meanGap } from './leverRule.js'
import {
  MECHANISM_FIELDS,
  type Mechanism,
  type MechanismInterval,
  type MechanismOptions,
  type Trends,
  type Verdict,
} from './mechanismTypes.js'
import { positionVerdict } from './positionVerdict.js'
import { digits, known, relativeSweep, share, sweepOf } from './trend.js'
import { compositionsOf, gapByVegard, volumeChangeOf } from './volumes.js'

/** Frames in which both must be seen together before they count as coexisting. */
const TOGETHER = 3

/**
 * Tells how an electrode reacts along a series: as a solid solution (one phase whose cell moves), as two phases (two cells that stand still and trade places), or as both.
 *
 * The series is cut where it turns and where phases come and go. In each interval four models are held against each other by an information criterion, over lattice parameters and fractions in
 * their standard uncertainties: cells and fractions constant or on a smooth course. A process that is significant must also matter: the change of the mean lattice, sum of fraction times ln a
 * over the free axes, is shared between conversion (fractions change between cells that are apart) and solid solution (cells move), and a share below `material` is told but gives no verdict. A
 * phase that was followed alone must moreover move as one line does: two lines taken for one jump, or look as wide half-way as they are apart.
 *
 * @param result  What `sequential` returns, or its trends: `P.a`, `P.b`, `P.c` (or `P.d`), `P.fraction` of a couple, and `P.fwhm` and `P.volume` if there are.
 * @param options The phase, or the couple; coordinate, end members.
 * @throws OperandoError `E_ARGUMENT` for no or more than two phases, `E_MISSING` for phases without lattice parameters, or a coordinate that the trends do not have.
 * @see K. P. Burnham, D. R. Anderson, Model Selection and Multimodel Inference, 2nd ed. (2002)
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { mechanism } from 'operando/scattering'
 * const trend = (name: string, values: number[], s: number) =>
 *   createDataset({ name, dims: ['frame'], values, unit: '', sigma: values.map(() => s), coords: { x: { dims: ['frame'], values: [1, 0.8, 0.6, 0.4, 0.2, 0], unit: '' } } })
 * const trends = {
 *   'A.a': trend('A.a', [8.2, 8.2001, 8.2, 8.2, 8.1999, 8.2], 1e-4),
 *   'B.a': trend('B.a', [8.05, 8.05, 8.0499, 8.05, 8.05, 8.0501], 1e-4),
 *   'B.fraction': trend('B.fraction', [0.1, 0.28, 0.43, 0.6, 0.75, 0.92], 0.005),
 * }
 * const { verdict, gap } = mechanism(trends, { phases: ['A', 'B'] })
 * console.log(verdict, gap!.from.value, gap!.to.value) // two-phase, between x = 1.12 and -0.11
 * ```
 */
export function mechanism(result: Trends | { readonly parameters: Trends }, options: MechanismOptions): Mechanism {
  assertFields(result, 'mechanism: a result of sequential, or its trends', [])
  assertFields(options, 'mechanism options', ['phases'])
  assertKnown(options, 'mechanism options', MECHANISM_FIELDS)
  assertOneOf(options.criterion ?? 'bic', 'criterion', ['bic', 'aicc'])
  const trends = trendsIn(result)
  const { phases } = options
  if (!Array.isArray(phases) || phases.length < 1 || phases.length > 2)
    throw new OperandoError('E_ARGUMENT', 'phases: the name of one phase, or of the two that turn into each other, expected.')
  const own = phases.map(name => ({ name, lengths: lengthsOf(name, trends) }))
  const missing = own.find(({ lengths }) => lengths.length === 0)
  if (missing && phases.length === 1)
    throw new OperandoError(
      'E_MISSING',
      `${missing.name}: no trend ${missing.name}.a, .b, .c or .d among ${Object.keys(trends).join(', ') || 'none'}.`,
      { details: { phase: missing.name } },
    )
  return own.length === 2 ? ofCouple(own, trends, options) : ofPhase(own[0]!, trends, options)
}

const trendsIn = (result: Trends | { readonly parameters: Trends }): Trends =>
  'parameters' in result && !('dims' in result.parameters) ? (result.parameters as Trends) : (result as Trends)

/** Lengths of a phase that have values, or the spacing of a line. */
function lengthsOf(name: string, trends: Trends): Dataset<'frame'>[] {
  return ['a', 'b', 'c', 'd']
    .map(axis => trends[`${name}.${axis}`])
    .filter(trend => trend !== undefined)
    .filter(trend => trend.sigma !== undefined && known(trend).length > 0)
}

/** The coordinate on frames that tells how far the reaction is. */
function coordinateOf(trend: Dataset<'frame'>, against: string | undefined): Float64Array | null {
  const name = against ?? ['x', 'charge'].find(own => trend.coords[own]?.dims.join() === 'frame')
  if (name === undefined) return null
  const coord = trend.coords[name]
  if (coord?.dims.join() !== 'frame')
    throw new OperandoError(
      'E_MISSING',
      `against: the trends have no coordinate "${name}" on frame; they have ${Object.keys(trend.coords).join(', ') || 'none'}. Synchronize the series first.`,
      { details: { name } },
    )
  return Float64Array.from(coord.values)
}

const framesOf = (trend: Dataset<'frame'>): Float64Array => Float64Array.from(trend.values, (_, i) => i)

function ofCouple(phases: readonly PhaseTrends[], trends: Trends, options: MechanismOptions): Mechanism {
  const [one, other] = phases as [PhaseTrends, PhaseTrends]
  const subject = options.subject ?? `${one.name} and ${other.name}`
  const { material = 0.1, formulaUnits = [1, 1], vegard } = options
  const fraction = trends[`${other.name}.fraction`]
  const volumes = phases.map(({ name }) => trends[`${name}.volume`])
  const compositions = vegard ? compositionsOf([one.name, other.name], volumes, formulaUnits, vegard) : {}
  const rest = { subject, twoPhaseShare: null, gap: null, volumeChange: null, compositions, hysteresis: null }
  if (!fraction || phases.some(({ lengths }) => lengths.length === 0))
    return { ...rest, verdict: 'undecided', evidence: ['Its phases were not both found.'], intervals: [] }

  const coordinate = coordinateOf(fraction, options.against)
  const cells = phases.map(({ lengths }) => lengths[0]!)
  const stretches = intervalsOf(fraction, cells, options.intervals)
  const intervals = stretches.map(stretch => describe(stretch, phases, fraction, coordinate, options))
  const together = known(cells[0]!).filter(i => !Number.isNaN(cells[1]!.values[i]))
  const [conversion, motion] = [sum(intervals, 'byTwoPhases'), sum(intervals, 'bySolidSolution')]
  const twoPhaseShare = conversion + motion > 0 ? conversion / (conversion + motion) : null
  const decided = intervals.some(({ models }) => models.length > 0)
  const verdict: Verdict =
    together.length < TOGETHER || !decided
      ? 'undecided'
      : twoPhaseShare === null
        ? 'no change'
        : verdictOf(twoPhaseShare, material)
  const swing = sweepOf(fraction, known(fraction))
  const gap = meanGap(intervals) ?? gapByVegard(compositions[`${one.name}.x`], compositions[`${other.name}.x`])
  return {
    ...rest,
    verdict,
    evidence: [
      `${one.name} and ${other.name} are seen together in ${together.length} of ${fraction.values.length} frames.`,
      ...(together.length > 0 ? stillness(phases, together) : []),
      `The mole fraction of ${other.name} goes over ${share(swing.from)} to ${share(swing.to)}.`,
      ...summary(intervals, twoPhaseShare),
    ],
    intervals,
    twoPhaseShare,
    gap,
    volumeChange: volumeChangeOf(volumes, formulaUnits),
    hysteresis: coordinate && hysteresisOf(fraction.name, fraction, coordinate, branchesOf(stretches)),
  }
}

function ofPhase(phase: PhaseTrends, trends: Trends, options: MechanismOptions): Mechanism {
  const { name } = phase
  const { twoTheta = 30, formulaUnits = [1], vegard } = options
  const [widest] = [...phase.lengths].sort((s, t) => relativeSweep(t) - relativeSweep(s)) as [Dataset<'frame'>]
  const axis = widest.name.slice(widest.name.lastIndexOf('.') + 1)
  const { verdict, evidence } = positionVerdict(axis, widest, trends[`${name}.fwhm`], twoTheta)
  const coordinate = coordinateOf(widest, options.against)
  const stretches = intervalsOf(widest, [widest], options.intervals)
  const intervals = stretches.map(stretch => describe(stretch, [phase], undefined, coordinate, options))
  const volumes = [trends[`${name}.volume`]]
  return {
    subject: options.subject ?? name,
    verdict,
    evidence: [...evidence, ...summary(intervals, null)],
    // an interval in which it moves is what the whole is
    intervals: intervals.map(own => (own.verdict === 'solid solution' && verdict !== 'no change' ? { ...own, verdict } : own)),
    twoPhaseShare: null,
    gap: null,
    volumeChange: volumeChangeOf(volumes, formulaUnits),
    compositions: vegard ? compositionsOf([name], volumes, formulaUnits, vegard) : {},
    hysteresis: coordinate && hysteresisOf(widest.name, widest, coordinate, branchesOf(stretches)),
  }
}

function describe(
  { frames, isForward, present }: Stretch,
  phases: readonly PhaseTrends[],
  fraction: Dataset<'frame'> | undefined,
  coordinate: Float64Array | null,
  { criterion = 'bic', material = 0.1 }: MechanismOptions,
): MechanismInterval {
  const seen = present.map(p => phases[p]!)
  const along = coordinate && frames.every(i => Number.isFinite(coordinate[i])) ? coordinate : null
  const input = { frames, phases: seen, fraction, penalty: PENALTIES[criterion], material }
  const finding = coupleInterval({ ...input, coordinate: framesOf(fraction ?? phases[0]!.lengths[0]!) })
  return {
    frames: [frames[0]!, frames[frames.length - 1]!],
    direction: isForward ? 'forward' : 'backward',
    present: seen.map(({ name }) => name),
    ...finding,
    gap: seen.length === 2 && fraction && along ? leverRule(frames, fraction, along) : null,
  }
}

const sum = (intervals: readonly MechanismInterval[], what: 'byTwoPhases' | 'bySolidSolution'): number =>
  intervals.reduce((total, own) => total + own[what], 0)

/** Stretches of one direction taken together. */
function branchesOf(stretches: readonly Stretch[]): { frames: readonly number[]; isForward: boolean }[] {
  const branches: { frames: readonly number[]; isForward: boolean }[] = []
  for (const { frames, isForward } of stretches) {
    const last = branches[branches.length - 1]
    if (last?.isForward === isForward) last.frames = [...last.frames, ...frames]
    else branches.push({ frames, isForward })
  }
  return branches
}

/** How far the cells move while both are seen, against their distance. */
function stillness(phases: readonly PhaseTrends[], together: readonly number[]): string[] {
  const sweeps = phases.map(({ lengths }) => sweepOf(lengths[0]!, together))
  const middles = sweeps.map(s => (s.from + s.to) / 2)
  const apart = Math.abs(middles[0]! - middles[1]!)
  return phases.map(({ name, lengths }, p) => {
    const s = sweeps[p]!
    const axis = lengths[0]!.name.slice(name.length + 1)
    return `Meanwhile ${axis} of ${name} stays within ${digits(s.from, s.sigma)} to ${digits(s.to, s.sigma)} Å (uncertainty ${s.sigma.toPrecision(1)} Å), ${((100 * (s.to - s.from)) / apart).toFixed(1)} % of the ${apart.toFixed(3)} Å between the phases.`
  })
}

function summary(intervals: readonly MechanismInterval[], twoPhaseShare: number | null): string[] {
  const told = intervals.filter(({ models }) => models.length > 0)
  if (told.length === 0) return []
  const verdicts: readonly Verdict[] = ['two-phase', 'both', 'solid solution', 'no change', 'undecided']
  const counts = verdicts
    .map(verdict => [verdict, told.filter(own => own.verdict === verdict)] as const)
    .filter(([, own]) => own.length > 0)
    .map(([verdict, own]) => {
      const least = Math.min(...own.map(({ model, models }) => models.find(score => score.model === model)!.weight))
      return `${own.length} ${verdict} (weight of its model ${least.toFixed(2)} or more)`
    })
  const said = [`Of ${told.length} intervals of one direction and the same phases: ${counts.join(', ')}.`]
  if (twoPhaseShare !== null)
    said.push(
      `${(100 * twoPhaseShare).toFixed(1)} % of the change of lattice come from one phase giving way to the other, the rest from cells that move.`,
    )
  return said
}
