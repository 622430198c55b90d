import type { Pace } from '../../../core/progress.js'
import { nnls } from '../../../numeric/linear/nnls.js'
import { type Candidate, linesOf, type SearchAxis, strained } from './candidateModel.js'
import { foundLines } from './foundLines.js'
import { type Match, matchAt, matchCandidate } from './matchCandidate.js'
import type { IdentifiedPhase, IdentifyPhasesOptions } from './searchTypes.js'

interface Problem {
  readonly axis: SearchAxis
  readonly candidates: readonly Candidate[]
  /** Data without background and running mean. */
  readonly net: Float64Array
  readonly sigma: Float64Array
  /** 0 for points left out. */
  readonly weight: Float64Array
  readonly room: number
  readonly pace: Pace
}

/** Where other phases explain intensity already, this part of it may be off in their own right (texture, width, shift) and speaks for nothing else. */
const DOUBT = 0.3

interface Member {
  readonly candidate: Candidate
  readonly match: Match
  readonly amount: number
}

/** Takes phases together, the one that explains most of what is left first, and drops those that later ones make needless. */
export async function combinePhases(
  problem: Problem,
  { maxPhases = 6, minFound = 0.7, significance = 6 }: IdentifyPhasesOptions,
): Promise<{ phases: IdentifiedPhase[]; fitted: Float64Array; rest: Float64Array }> {
  const { axis, candidates, net, sigma, room, pace } = problem
  const alone = new Map<Candidate, Match>()
  const latest = new Map<Candidate, Match>()
  let members: Member[] = []
  let done = 0
  const rejected = new Set<Candidate>()
  for (let round = 0; round < maxPhases; round++) {
    const rest = residual(net, members)
    const doubtful = doubting(problem, members)
    const noise = reducedChi(rest, doubtful)
    let best: { candidate: Candidate; match: Match } | undefined
    for (const candidate of candidates) {
      await pace.step(++done)
      if (rejected.has(candidate) || members.some(member => member.candidate === candidate)) continue
      const match = matchCandidate(candidate, axis, rest, doubtful, room)
      if (members.length === 0) alone.set(candidate, match)
      latest.set(candidate, match)
      if (!best || match.gain > best.match.gain) best = { candidate, match }
    }
    if (!best || best.match.gain < significance ** 2 * noise) break
    const next = solve(problem, [...members, { ...best, amount: 0 }])
    const own = next.find(({ candidate }) => candidate === best.candidate)
    const others = next.filter(member => member !== own)
    const found =
      own &&
      foundLines(
        linesOf(own.candidate, own.match.strain, axis),
        own.match.sharp,
        own.amount,
        residual(net, others),
        uncertainty(doubting(problem, others), sigma),
        axis,
      )
    // a phase that is not seen by its lines hides a better one: ask the others again
    // one that fits best with a cell at the limit of its room has no place of its own there
    const isAtLimit = own?.match.strain.some(v => Math.abs(v) > 0.97 * room)
    if (!own || found! < minFound || isAtLimit) {
      rejected.add(best.candidate)
      round--
      continue
    }
    members = next
  }
  // without each: does it explain anything that the others do not
  for (;;) {
    const weakest = members
      .map(member => ({ member, ...without(problem, members, member) }))
      .filter(({ deviations }) => deviations < significance)
      .sort((a, b) => a.deviations - b.deviations)[0]
    if (!weakest) break
    members = solve(
      problem,
      members.filter(member => member !== weakest.member),
    )
  }
  const fitted = sumOf(members, net.length)
  const explained = members.map(
    ({ match, amount }) => amount * match.pattern.reduce((sum, v, i) => sum + (axis.used[i] ? v : 0), 0),
  )
  const rest = residual(net, members)
  // what stands out of the noise and nothing explains
  const left = rest.reduce((sum, v, i) => sum + (axis.used[i] ? Math.max(0, v - 2 * sigma[i]!) : 0), 0)
  const intensity = Math.max(Number.MIN_VALUE, explained.reduce((sum, v) => sum + v, 0) + left)
  const volume = members.reduce((sum, { amount }) => sum + amount, 0)
  const phases = candidates.map((candidate): IdentifiedPhase => {
    const index = members.findIndex(member => member.candidate === candidate)
    const member = members[index]
    const others = members.filter(other => other !== member)
    const left = residual(net, others)
    const doubtful = doubting(problem, others)
    const match = member?.match ?? matchCandidate(candidate, axis, left, doubtful, room, latest.get(candidate)?.strain)
    const here = matchAt(candidate, match.strain, axis, left, doubtful)
    // what it would have at most, where it is not present
    const amount = member?.amount ?? scaleOf(match.sharp, left, doubtful)
    const found = foundLines(
      linesOf(candidate, match.strain, axis),
      match.sharp,
      amount,
      left,
      uncertainty(doubtful, sigma),
      axis,
    )
    const partial = Math.max(0, here.cosine)
    const share = member ? Math.min(1, explained[index]! / intensity) : 0
    return {
      name: candidate.name,
      present: member !== undefined,
      score: member ? 1 + share : partial * found,
      correlation: Math.max(0, (alone.get(candidate) ?? here).cosine),
      partial,
      found,
      exclusive: exclusiveOf(match.pattern, amount, others),
      significance: member ? without(problem, members, member).deviations : Math.sqrt(match.gain / reducedChi(left, doubtful)),
      share,
      volumeFraction: member ? member.amount / volume : 0,
      cell: strained(candidate.cell, match.strain),
      strain: [match.strain[0]!, match.strain[1]!, match.strain[2]!],
    }
  })
  return { phases: phases.sort((a, b) => b.score - a.score), fitted, rest }
}

/** Moves every cell to where it fits with the others as they are, then finds all amounts; phases that come out as nothing are left out. */
function solve({ axis, net, weight, room }: Problem, members: readonly Member[]): Member[] {
  let now = amounts(net, weight, members)
  for (let round = 0; round < 2; round++) {
    now = now.map(member => {
      const rest = residual(
        net,
        now.filter(other => other !== member),
      )
      return { ...member, match: matchCandidate(member.candidate, axis, rest, weight, room, member.match.strain) }
    })
    now = amounts(net, weight, now)
  }
  return now.filter(({ amount }) => amount > 0)
}

function amounts(net: Float64Array, weight: Float64Array, members: readonly Member[]): Member[] {
  const [rows, columns] = [net.length, members.length]
  const a = new Float64Array(rows * columns)
  const b = new Float64Array(rows)
  const norms = members.map(({ match }) => match.sharp.reduce((most, v) => Math.max(most, v), 0) || 1)
  for (let i = 0; i < rows; i++) {
    const root = Math.sqrt(weight[i]!)
    b[i] = net[i]! * root
    for (let k = 0; k < columns; k++) a[i * columns + k] = (members[k]!.match.sharp[i]! * root) / norms[k]!
  }
  const { x } = nnls(a, rows, columns, b)
  return members.map((member, k) => ({ ...member, amount: x[k]! / norms[k]! }))
}

/** Standard deviations by which a phase is needed: chi² without it, the others' amounts found anew, minus chi² with all; where the others are strong nothing counts much. */
function without(problem: Problem, members: readonly Member[], member: Member): { deviations: number } {
  const { net } = problem
  const others = members.filter(other => other !== member)
  const doubtful = doubting(problem, others)
  const chi = chiSquare(residual(net, amounts(net, doubtful, members)), doubtful)
  const more = chiSquare(residual(net, others.length > 0 ? amounts(net, doubtful, others) : []), doubtful) - chi
  return { deviations: Math.sqrt(Math.max(0, more) / Math.max(1, chi / points(doubtful))) }
}

/** Weights of a question about one phase: what the others explain is doubtful by a part of itself. */
function doubting({ net, weight }: Problem, others: readonly Member[]): Float64Array {
  const model = sumOf(others, net.length)
  return weight.map((w, i) => w / (1 + w * (DOUBT * model[i]!) ** 2))
}

function uncertainty(weight: Float64Array, sigma: Float64Array): Float64Array {
  return weight.map((w, i) => (w > 0 ? 1 / Math.sqrt(w) : sigma[i]!))
}

function sumOf(members: readonly Member[], length: number): Float64Array {
  const out = new Float64Array(length)
  for (const { match, amount } of members) for (let i = 0; i < length; i++) out[i]! += amount * match.pattern[i]!
  return out
}

function residual(net: Float64Array, members: readonly Member[]): Float64Array {
  const out = net.slice()
  for (const { match, amount } of members) for (let i = 0; i < out.length; i++) out[i]! -= amount * match.sharp[i]!
  return out
}

function chiSquare(rest: Float64Array, weight: Float64Array): number {
  return rest.reduce((sum, v, i) => sum + weight[i]! * v * v, 0)
}

/** Chi² over the number of points, at least 1. */
function reducedChi(rest: Float64Array, weight: Float64Array): number {
  return Math.max(1, chiSquare(rest, weight) / points(weight))
}

function points(weight: Float64Array): number {
  return Math.max(
    1,
    weight.reduce((sum, w) => sum + Number(w > 0), 0),
  )
}

function scaleOf(pattern: Float64Array, rest: Float64Array, weight: Float64Array): number {
  let pp = 0
  let pd = 0
  for (let i = 0; i < rest.length; i++) {
    pp += weight[i]! * pattern[i]! * pattern[i]!
    pd += weight[i]! * pattern[i]! * rest[i]!
  }
  return pp > 0 ? Math.max(0, pd / pp) : 0
}

function exclusiveOf(pattern: Float64Array, amount: number, others: readonly Member[]): number {
  const model = sumOf(others, pattern.length)
  let all = 0
  let own = 0
  for (let i = 0; i < pattern.length; i++) {
    all += pattern[i]!
    if (amount * pattern[i]! > model[i]!) own += pattern[i]!
  }
  return all > 0 ? own / all : 0
}
