import type { Dataset } from '../../model/dataset.js'
import type { Verdict } from '../../scattering/bragg/mechanism/mechanismTypes.js'
import { known } from '../../scattering/bragg/mechanism/trend.js'
import type { DiffractionAnalysis } from '../diffraction/analyseDiffraction.js'
import { formatUncertain } from './formatUncertain.js'

/** Beginning, turn and end of a trend. */
export interface Course {
  /** Index of the first frame with a value, of the one farthest from the line between first and last, and of the last. */
  readonly frames: readonly [number, number, number]
  /** Values there with their uncertainties, `2.8195(1)`. */
  readonly texts: readonly [string, string, string]
}

/**
 * How a trend runs: where it begins, where it is farthest from where it began, where it ends.
 * @param trend The trend.
 */
export function courseOf(trend: Dataset<'frame'>): Course | undefined {
  const at = known(trend)
  if (at.length === 0) return undefined
  const [first, last] = [at[0]!, at[at.length - 1]!]
  const start = trend.values[first]!
  // the mean of neighbours, so that one stray frame is no turn
  const smooth = (k: number): number => {
    const near = at.slice(Math.max(0, k - 1), k + 2)
    return near.reduce((sum, i) => sum + trend.values[i]!, 0) / near.length
  }
  const far = at.reduce((best, _, k) => (Math.abs(smooth(k) - start) > Math.abs(smooth(best) - start) ? k : best), 0)
  const frames = [first, at[far]!, last] as const
  const text = (i: number): string => formatUncertain(trend.values[i]!, trend.sigma?.[i])
  return { frames, texts: [text(frames[0]), text(frames[1]), text(frames[2])] }
}

/** The time of a frame's start for people. */
export function timeText(run: Dataset, frame: number): string {
  const time = run.coords.time!.values
  const seconds = time[frame]!
  const long = time[time.length - 1]! > 3 * 3600
  return long ? `${(seconds / 3600).toFixed(2)} h` : `${(seconds / 60).toFixed(1)} min`
}

function at(run: Dataset, frame: number): string {
  const voltage = run.coords.voltage?.values[frame]
  return `${timeText(run, frame)}${voltage !== undefined && !Number.isNaN(voltage) ? `, ${voltage.toFixed(3)} V` : ''}`
}

/** A couple's verdict in words. */
const REACTIONS: Readonly<Record<Verdict, string>> = {
  'two-phase': 'a two-phase reaction',
  'solid solution': 'a solid solution reaction',
  both: 'a reaction of two phases whose cells move as well',
  'no change': 'no reaction',
  undecided: 'mechanism undecided',
}

/**
 * What the experiment shows, in sentences with numbers: for each couple how far the reaction went, for each moving cell its course, and the verdicts.
 * @param analysis The analysis.
 * @example
 * ```ts
 * import { type DiffractionAnalysis, findingsOf } from 'operando/workflow'
 * const headline = (analysis: DiffractionAnalysis): string => findingsOf(analysis)[0] ?? 'Nothing was found.'
 * ```
 */
export function findingsOf(analysis: DiffractionAnalysis): string[] {
  const { run, phases, lines, trends, mechanisms } = analysis
  const said: string[] = []
  const verdict = (subject: string): Verdict | undefined => mechanisms.find(m => m.subject === subject)?.verdict
  for (const couple of new Set(phases.map(p => p.couple).filter(c => c !== undefined))) {
    const members = phases.filter(p => p.couple === couple)
    // told of the member that is made first
    const product =
      members.find(p => (trends[`${p.name}.fraction`]?.values[known(trends[`${p.name}.fraction`]!)[0] ?? 0] ?? 1) < 0.5) ??
      members[members.length - 1]!
    const fraction = trends[`${product.name}.fraction`]
    const course = fraction && courseOf(fraction)
    if (!course) continue
    const [first, far, last] = course.frames
    const kind = verdict(couple)
    said.push(
      `${capital(couple)}: ${members.map(p => p.name).join(' ⇌ ')}${kind ? `, ${REACTIONS[kind]}` : ''}. ` +
        `The mole fraction of ${product.name} goes from ${course.texts[0]} (${at(run, first)}) to ${course.texts[1]} (${at(run, far)}) and stands at ${course.texts[2]} at the end (${at(run, last)}).`,
    )
  }
  for (const { name, couple, fixedCell } of phases) {
    if (couple !== undefined || fixedCell) continue
    const axes = ['a', 'b', 'c'].filter(axis => trends[`${name}.${axis}`] && known(trends[`${name}.${axis}`]!).length > 0)
    const courses = axes.map(axis => [axis, courseOf(trends[`${name}.${axis}`]!)!] as const)
    if (courses.length === 0) continue
    const kind = verdict(name)
    said.push(
      `${name}${kind === 'solid solution' ? ': a solid solution' : kind === 'no change' ? ': no change' : kind ? ': mechanism undecided' : ''}. ` +
        courses
          .map(([axis, { texts, frames }]) => `${axis} = ${texts[0]} → ${texts[1]} (${at(run, frames[1])}) → ${texts[2]} Å`)
          .join('; ') +
        '.',
    )
  }
  for (const { name } of lines) {
    const what = trends[`${name}.a`] ? 'a' : 'd'
    const course = trends[`${name}.${what}`] && courseOf(trends[`${name}.${what}`]!)
    if (!course) continue
    const kind = verdict(`line ${name}`)
    said.push(
      `Line ${name}${kind === 'solid solution' ? ' moves as in a solid solution' : kind === 'no change' ? ' stands still' : kind === 'two-phase' ? ' jumps as in a two-phase reaction' : kind ? ', mechanism undecided' : ''}: ${what} = ${course.texts[0]} → ${course.texts[1]} (${at(run, course.frames[1])}) → ${course.texts[2]} Å.`,
    )
  }
  for (const { subject, verdict: kind, evidence } of mechanisms)
    if (kind === 'two-phase' && subject.startsWith('lines ')) said.push(`Two-phase, by the ${subject}. ${evidence[0]}`)
  return said
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
