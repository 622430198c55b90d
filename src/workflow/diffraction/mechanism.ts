import type { Dataset } from '../../model/dataset.js'
import type { FitPhase } from '../../scattering/bragg/phases/phaseFitTypes.js'
import type { LineConfig } from './config.js'
import { known, type Trends } from './trends.js'

/** What the patterns say of how a phase, a couple of phases or a line reacts. */
export type Verdict = 'two-phase' | 'solid solution' | 'no change' | 'undecided'

/** A verdict with the evidence for it. */
export interface Mechanism {
  /** What it is about: a couple, a phase, a line, two lines. */
  readonly subject: string
  /** The verdict. */
  readonly verdict: Verdict
  /** Sentences with the numbers it rests on. */
  readonly evidence: readonly string[]
}

/** Frames in which both must be seen together before they count as coexisting. */
const TOGETHER = 3
/** A cell that moves less than this part of the distance between two phases stands still. */
const STILL = 0.25
/** A position moves when it changes by so many standard uncertainties, and by at least this part of itself. */
const MOVED_SIGMAS = 8
const MOVED_PART = 3e-4
/** A line narrower than this part of its way is one line that moves. */
const ONE_LINE = 0.7
/** A position that is at either end of its way in these parts of the frames, and between them in fewer than that, jumps. */
const JUMP = { ends: 0.1, between: 0.03 }

interface Sweep {
  readonly from: number
  readonly to: number
  /** Median standard uncertainty. */
  readonly sigma: number
}

/** Range of a trend without its most extreme twentieths on either side, over given frames. */
function sweepOf(trend: Dataset<'frame'>, frames: readonly number[]): Sweep {
  const values = frames.map(i => trend.values[i]!).sort((a, b) => a - b)
  const sigmas = frames.map(i => trend.sigma?.[i] ?? Number.NaN).sort((a, b) => a - b)
  const cut = Math.floor(values.length / 20)
  return { from: values[cut]!, to: values[values.length - 1 - cut]!, sigma: sigmas[sigmas.length >> 1]! }
}

/** A fraction with two digits, without the sign of a rounded nothing. */
const share = (value: number): string => (Math.round(100 * value) / 100 + 0).toFixed(2)

const digits = (value: number, sigma: number): string =>
  value.toFixed(Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(sigma || 1e-4)))))

/** Whether the couple coexists with cells that stand still. */
function mechanismOfCouple(couple: string, members: readonly FitPhase[], trends: Trends): Mechanism {
  const fractions = members.map(({ name }) => trends[`${name}.fraction`])
  const cells = members.map(({ name }) => trends[`${name}.a`])
  const [fraction] = fractions
  if (!fraction || cells.some(cell => cell === undefined))
    return { subject: couple, verdict: 'undecided', evidence: ['Its phases were not both found.'] }
  const together = known(cells[0]!).filter(i => cells.every(cell => !Number.isNaN(cell!.values[i])))
  const evidence = [
    `${members.map(m => m.name).join(' and ')} are seen together in ${together.length} of ${fraction.values.length} frames.`,
  ]
  if (together.length < TOGETHER) return { subject: couple, verdict: 'undecided', evidence }
  // near its end a phase is too weak to say where its lines are
  const firm = cells.map((_, m) => {
    const own = together.filter(i => Math.abs(trends[`${members[m]!.name}.fraction`]!.values[i]!) > 0.2)
    return own.length >= TOGETHER ? own : together
  })
  const sweeps = cells.map((cell, m) => sweepOf(cell!, firm[m]!))
  const middles = sweeps.map(s => (s.from + s.to) / 2)
  const apart = Math.abs(middles[0]! - middles[1]!)
  const drift = Math.max(...sweeps.map(s => Math.max(0, s.to - s.from - 2 * s.sigma)))
  members.forEach(({ name }, m) => {
    const s = sweeps[m]!
    evidence.push(
      `Meanwhile a of ${name} stays within ${digits(s.from, s.sigma)} to ${digits(s.to, s.sigma)} Å (uncertainty ${s.sigma.toPrecision(1)} Å), ${((100 * (s.to - s.from)) / apart).toFixed(1)} % of the ${apart.toFixed(3)} Å between the phases.`,
    )
  })
  const swing = sweepOf(fraction, known(fraction))
  evidence.push(`The mole fraction of ${members[0]!.name} goes over ${share(swing.from)} to ${share(swing.to)}.`)
  return { subject: couple, verdict: drift < STILL * apart ? 'two-phase' : 'undecided', evidence }
}

/** Where a line lies, to compare its width with its way. */
interface Place {
  /** A typical angle of it, degrees 2theta. */
  readonly twoTheta: number
}

/** Whether a position moves as one line. */
function mechanismOfPosition(
  subject: string,
  name: string,
  trend: Dataset<'frame'>,
  width: Dataset<'frame'> | undefined,
  { twoTheta }: Place,
): Mechanism {
  const at = known(trend)
  if (at.length < 10) return { subject, verdict: 'undecided', evidence: [`It was found in ${at.length} frames only.`] }
  const { from, to, sigma } = sweepOf(trend, at)
  const part = (to - from) / from
  const moved = to - from > MOVED_SIGMAS * sigma && part > MOVED_PART
  const evidence = [
    `It is found in ${at.length} of ${trend.values.length} frames; ${name} goes over ${digits(from, sigma)} to ${digits(to, sigma)} Å (${(100 * part).toFixed(2)} %), ${((to - from) / sigma).toFixed(0)} standard uncertainties.`,
  ]
  if (!moved) return { subject, verdict: 'no change', evidence }
  const third = (to - from) / 3
  const low = at.filter(i => trend.values[i]! <= from + third).length
  const high = at.filter(i => trend.values[i]! >= to - third).length
  const between = at.length - low - high
  if (between < JUMP.between * at.length && Math.min(low, high) > JUMP.ends * at.length) {
    evidence.push(
      `It jumps: ${low} frames lie in the lower third of the way, ${high} in the upper, ${between} between. The stronger of two lines was followed.`,
    )
    return { subject, verdict: 'two-phase', evidence }
  }
  const expected = Math.max(3, at.length / 20)
  evidence.push(`${between} frames lie in the middle third of the way.`)
  // two lines at either end that are taken for one make it as wide, half-way, as they are apart
  const way = (2 * part * Math.tan((twoTheta * Math.PI) / 360) * 180) / Math.PI
  const widest = width
    ? sweepOf(
        width,
        at.filter(i => !Number.isNaN(width.values[i])),
      ).to
    : 0
  evidence.push(
    `Its width is at most ${widest.toFixed(3)}°, its way ${way.toFixed(3)}° 2θ: two lines at either end that trade intensity would look ${way.toFixed(2)}° wide half-way.`,
  )
  const oneLine = between >= expected && widest < ONE_LINE * way
  return { subject, verdict: oneLine && at.length > trend.values.length / 2 ? 'solid solution' : 'undecided', evidence }
}

/**
 * Tells two-phase reactions from solid solutions: two sets of lines that coexist, stand still and trade intensity, against one set that moves.
 * @param phases The phases.
 * @param lines  The lines.
 * @param trends What was found.
 * @param range  First and last angle of the patterns, degrees 2theta.
 */
export function mechanismsOf(
  phases: readonly FitPhase[],
  lines: readonly LineConfig[],
  trends: Trends,
  range: readonly [number, number],
): Mechanism[] {
  const names = lines.map(line => line.name)
  const found: Mechanism[] = []
  const couples = new Set(phases.map(p => p.couple).filter(c => c !== undefined))
  for (const couple of couples) {
    const members = phases.filter(p => p.couple === couple)
    if (members.length === 2) found.push(mechanismOfCouple(couple, members, trends))
  }
  for (const phase of phases) {
    if (phase.couple !== undefined || phase.fixedCell) continue
    const positions = ['a', 'b', 'c']
      .map(axis => [axis, trends[`${phase.name}.${axis}`]] as const)
      .filter(([, t]) => t && known(t).length > 0)
    const [axis, widest] = positions.sort(([, s], [, t]) => relativeSweep(t!) - relativeSweep(s!))[0] ?? []
    if (axis && widest)
      found.push(
        mechanismOfPosition(phase.name, axis, widest, trends[`${phase.name}.fwhm`], { twoTheta: (range[0] + range[1]) / 2 }),
      )
  }
  for (const { name, range: own } of lines) {
    const [what, position] = trends[`${name}.a`] ? ['a', trends[`${name}.a`]] : ['d', trends[`${name}.d`]]
    const place = { twoTheta: (own[0] + own[1]) / 2 }
    if (position) found.push(mechanismOfPosition(`line ${name}`, what!, position, trends[`${name}.fwhm`], place))
  }
  return [...tradingLines(names, trends), ...found]
}

function relativeSweep(trend: Dataset<'frame'>): number {
  const { from, to } = sweepOf(trend, known(trend))
  return (to - from) / from
}

/** Pairs of lines whose areas fall as the others' rise while neither moves. */
function tradingLines(lines: readonly string[], trends: Trends): Mechanism[] {
  const found: Mechanism[] = []
  const swings = lines.filter(line => {
    const area = trends[`${line}.area`]
    if (!area) return false
    const { from, to } = sweepOf(area, known(area))
    return to > 0 && to - from > 0.5 * to
  })
  for (const [i, one] of swings.entries()) {
    for (const other of swings.slice(i + 1)) {
      const r = correlationOf(trends[`${one}.area`]!, trends[`${other}.area`]!)
      if (r > -0.8) continue
      found.push({
        subject: `lines ${one} and ${other}`,
        verdict: 'two-phase',
        evidence: [`Their areas trade: one falls as the other rises (r = ${r.toFixed(2)} over the frames).`],
      })
    }
  }
  return found
}

/** Pearson's r of two trends over the frames where both are known. */
export function correlationOf(one: Dataset<'frame'>, other: Dataset<'frame'>): number {
  const at = known(one).filter(i => !Number.isNaN(other.values[i]))
  const mean = (t: Dataset<'frame'>): number => at.reduce((sum, i) => sum + t.values[i]!, 0) / at.length
  const [mx, my] = [mean(one), mean(other)]
  let [sxx, syy, sxy] = [0, 0, 0]
  for (const i of at) {
    const [x, y] = [one.values[i]! - mx, other.values[i]! - my]
    sxx += x * x
    syy += y * y
    sxy += x * y
  }
  return sxx > 0 && syy > 0 ? sxy / Math.sqrt(sxx * syy) : Number.NaN
}
