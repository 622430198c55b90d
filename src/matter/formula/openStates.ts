import { usualStates } from './usualStates.js'

/** An element whose state is not known, and its atoms. */
export interface OpenElement {
  /** Its symbol. */
  readonly element: string
  /** Atoms in the formula unit. */
  readonly count: number
}

/** For elements of which nothing is known: no state in a solid lies outside. */
const ANY: readonly number[] = [-4, 8]
const MOST_CANDIDATES = 100
const MOST_TRIED = 100_000

/**
 * Lowest and highest state of each element, while all others stay within their usual states and all of them carry the charge.
 * @param open   The elements.
 * @param charge What they carry together.
 */
export function stateRanges(open: readonly OpenElement[], charge: number): Readonly<Record<string, readonly [number, number]>> {
  const usual = open.map(({ element }) => (usualStates(element).length > 0 ? usualStates(element) : ANY))
  const lowest = usual.map(states => Math.min(...states))
  const highest = usual.map(states => Math.max(...states))
  const ranges: Record<string, readonly [number, number]> = {}
  open.forEach(({ element, count }, i) => {
    const others = (bounds: readonly number[]): number =>
      open.reduce((sum, other, j) => (j === i ? sum : sum + other.count * bounds[j]!), 0)
    ranges[element] = [
      Math.max(lowest[i]!, (charge - others(highest)) / count),
      Math.min(highest[i]!, (charge - others(lowest)) / count),
    ]
  })
  return ranges
}

/**
 * Whole-numbered usual states of all elements that carry the charge, as far as rounded counts can tell.
 * @param open   The elements.
 * @param charge What they carry together.
 */
export function integerStates(open: readonly OpenElement[], charge: number): readonly Readonly<Record<string, number>>[] {
  const lists = open.map(({ element }) => usualStates(element))
  const combinations = lists.reduce((product, list) => product * list.length, open.length === 0 ? 0 : 1)
  const tolerance = 0.02 * open.reduce((sum, { count }) => sum + count, 0)
  const found: Record<string, number>[] = []
  for (let n = 0; n < Math.min(combinations, MOST_TRIED) && found.length < MOST_CANDIDATES; n++) {
    let rest = n
    const states = lists.map(list => {
      const state = list[rest % list.length]!
      rest = Math.floor(rest / list.length)
      return state
    })
    const sum = states.reduce((total, state, i) => total + state * open[i]!.count, 0)
    if (Math.abs(sum - charge) <= tolerance) found.push(Object.fromEntries(open.map(({ element }, i) => [element, states[i]!])))
  }
  return found
}
