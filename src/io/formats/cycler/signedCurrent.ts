import type { ReadContext } from '../../format.js'
import type { PlaceOf } from './soundRows.js'

/** The state that a cycler writes beside each row. */
export interface StateColumn {
  /** Index into `words`, one a row. */
  readonly values: Float64Array
  /** The different states. */
  readonly words: readonly string[]
}

const DISCHARGE = /^(d|dis(charge)?|.*(dis[ _-]?ch|dchg).*)$/i
const CHARGE = /^(c|ch(ar)?ge?|(?!.*(dis[ _-]?ch|dchg)).*(chg|charge).*)$/i

/**
 * The current with + = oxidation at the working electrode, that is into the positive terminal, as nearly all cyclers count a charge. Makers that write no sign
 * (Maccor) have it from the state of each row. A current without sign whose states tell nothing, or one that rises while the potential falls at most of
 * its steps (as it does when reduction is counted positive), is told in a warning; `options.currentSign` settles it.
 *
 * @param current   The current of each row.
 * @param potential The potential of each row.
 * @param state     What the cycler says it was doing.
 * @param place     Where a row stands.
 * @param context   Options and warnings.
 */
export function signedCurrent(
  current: Float64Array,
  potential: Float64Array,
  state: StateColumn | undefined,
  place: PlaceOf,
  context: ReadContext,
): Float64Array {
  const { currentSign } = context.options
  if (currentSign === undefined && state) warnContradiction(current, signsOfStates(state), place, context)
  if (currentSign === 'reduction') return current.map(i => (i === 0 ? 0 : -i))
  const signs = currentSign === 'from-potential' ? signsFromPotential(current, potential) : signsFromState(current, state)
  if (signs) return current.map((i, row) => (i === 0 ? 0 : Math.abs(i) * signs[row]!))
  if (currentSign === undefined) warnDoubt(current, potential, context)
  return current
}

/** 1 where the state is a charge, -1 where it is a discharge, 0 where it is neither. */
function signsOfStates(state: StateColumn): Int8Array {
  const meaning = state.words.map(word => (DISCHARGE.test(word) ? -1 : CHARGE.test(word) ? 1 : 0))
  return Int8Array.from(state.values, word => meaning[word] ?? 0)
}

/** Signs of a current that has none, if the states name charge and discharge. */
function signsFromState(current: Float64Array, state: StateColumn | undefined): Int8Array | undefined {
  if (!state || current.some(i => i < 0)) return undefined
  const signs = signsOfStates(state)
  return signs.includes(-1) ? signs.map(sign => sign || 1) : undefined
}

/**
 * Warns where a signed current contradicts what the cycler says it was doing: a charge with negative, a discharge with positive current. A current without any
 * sign contradicts nothing.
 * @param current The current, + = oxidation, in any unit.
 * @param signs   1 charge, -1 discharge, 0 neither, one a row.
 * @param place   Where a row stands.
 * @param context Where the doubt goes.
 */
export function warnContradiction(current: Float64Array, signs: Int8Array, place: PlaceOf, context: ReadContext): void {
  if (!current.some(i => i < 0)) return
  let first = -1
  let against = 0
  let told = 0
  for (let i = 0; i < current.length; i++) {
    if (signs[i] === 0 || current[i] === 0) continue
    told++
    if (Math.sign(current[i]!) === signs[i]) continue
    if (first < 0) first = i
    against++
  }
  if (first < 0) return
  const all = against === told
  context.warn(
    'W_SIGN',
    `the sign of the current contradicts the state in ${against} of ${told} rows that charge or discharge: ${all ? "a discharge seems to be counted positive. Pass { currentSign: 'reduction' }." : 'the first is here. Pass { currentSign } if the signs are wrong.'}`,
    place(first),
  )
}

/** Stretches of one current, at rest or not, as [from, to). */
function stretches(current: Float64Array): [number, number][] {
  const found: [number, number][] = []
  for (let i = 0, from = 0; i < current.length; i++) {
    const next = current[i + 1]
    const here = Math.abs(current[i]!)
    if (next !== undefined && Math.abs(Math.abs(next) - here) <= 0.05 * Math.max(here, Math.abs(next))) continue
    found.push([from, i + 1])
    from = i + 1
  }
  return found
}

/** Within a stretch of one current the potential rises on oxidation and falls on reduction. */
function signsFromPotential(current: Float64Array, potential: Float64Array): Int8Array {
  const signs = new Int8Array(current.length).fill(1)
  for (const [from, to] of stretches(current)) if (potential[to - 1]! < potential[from]!) signs.fill(-1, from, to)
  return signs
}

function warnDoubt(current: Float64Array, potential: Float64Array, context: ReadContext): void {
  const way = "Pass { currentSign: 'reduction' }, 'from-potential' or, if it is right, 'oxidation'."
  if (!current.some(i => i < 0)) {
    const falls = stretches(current).filter(
      ([from, to]) => to - from > 2 && current[from]! > 0 && potential[to - 1]! < potential[from]!,
    ).length
    if (falls > 0)
      context.warn(
        'W_SIGN',
        `the current has no sign, though the potential falls in ${falls} stretches of positive current: charge and discharge are not told apart. ${way}`,
      )
    return
  }
  let along = 0
  let against = 0
  const most = current.reduce((max, i) => Math.max(max, Math.abs(i)), 0)
  for (let i = 1; i < current.length; i++) {
    const step = current[i]! - current[i - 1]!
    if (Math.abs(step) < 0.2 * most) continue
    const answer = step * (potential[i]! - potential[i - 1]!)
    if (answer > 0) along++
    else if (answer < 0) against++
  }
  if (against > along)
    context.warn(
      'W_SIGN',
      `the potential falls where the current rises (${against} of ${along + against} steps): reduction seems to be counted positive. ${way}`,
    )
}
