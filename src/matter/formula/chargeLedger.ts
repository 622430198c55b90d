import type { FormulaNode } from '../../core/readFormula.js'
import { IONS, spanOf, usualState } from './usualStates.js'

/** Where an oxidation state comes from: the caller, what is usual, an ion in brackets, or the balance of charges. */
export type StateOrigin = 'given' | 'usual' | 'ion' | 'solved'

/** Who holds which charge: closed atoms have a state, free ones have none yet. */
export class ChargeLedger {
  readonly #counts: Readonly<Record<string, number>>
  readonly #held: Record<string, { atoms: number; charge: number; origin: StateOrigin }> = {}

  constructor(tree: FormulaNode, given: Readonly<Record<string, number>>) {
    this.#counts = tree.counts
    for (const [element, state] of Object.entries(given)) this.#hold(element, tree.counts[element]!, state, 'given')
    this.#findIons(tree, 1, given, tree.charge)
    for (const element of Object.keys(tree.counts)) {
      const state = usualState(element, tree.counts)
      const free = this.free(element)
      if (state !== undefined && free > 0) this.#hold(element, free, state, this.#held[element]?.origin ?? 'usual')
    }
  }

  #hold(element: string, atoms: number, state: number, origin: StateOrigin): void {
    const before = this.#held[element]
    this.#held[element] = { atoms: (before?.atoms ?? 0) + atoms, charge: (before?.charge ?? 0) + atoms * state, origin }
  }

  /** Ions in brackets, and the formula itself if it has the charge of one. */
  #findIons(node: FormulaNode, times: number, given: Readonly<Record<string, number>>, charge?: number): void {
    const ion = IONS.find(
      one =>
        Object.keys(one.counts).length === Object.keys(node.counts).length &&
        Object.entries(one.counts).every(([element, count]) => node.counts[element] === count) &&
        (charge === undefined || charge === one.charge),
    )
    if (ion) {
      for (const [element, state] of Object.entries(ion.states))
        if (!(element in given)) this.#hold(element, ion.counts[element]! * times, state, 'ion')
      return
    }
    for (const group of node.groups) this.#findIons(group, times * group.times, given)
  }

  /** Atoms without a state. */
  free(element: string): number {
    const free = this.#counts[element]! - (this.#held[element]?.atoms ?? 0)
    return free > 1e-9 * this.#counts[element]! ? free : 0
  }

  /** Charge of all atoms that have a state. */
  sum(): number {
    return Object.values(this.#held).reduce((sum, { charge }) => sum + charge, 0)
  }

  /** Charges without their signs, the scale of rounding. */
  turnover(): number {
    return Object.values(this.#held).reduce((sum, { charge }) => sum + Math.abs(charge), 0)
  }

  /** Whether a non-metal of usual state may take what is left. */
  canTake(element: string, left: number): boolean {
    const held = this.#held[element]
    const span = spanOf(element)
    if (!held || !span || held.origin !== 'usual') return false
    const state = (held.charge + left) / held.atoms
    return state >= span[0] - 1e-9 && state <= span[1] + 1e-9
  }

  /** Takes the state of an element back. */
  release(element: string): void {
    delete this.#held[element]
  }

  /** Gives its free atoms this state. */
  solve(element: string, state: number): void {
    this.#hold(element, this.free(element), state, 'solved')
  }

  /** Mean states of the elements all atoms of which have one. */
  result(): {
    states: Readonly<Record<string, number>>
    origin: Readonly<Record<string, StateOrigin>>
  } {
    const closed = Object.keys(this.#counts).filter(element => this.free(element) === 0)
    return {
      states: Object.fromEntries(closed.map(element => [element, this.#held[element]!.charge / this.#held[element]!.atoms])),
      origin: Object.fromEntries(closed.map(element => [element, this.#held[element]!.origin])),
    }
  }
}
