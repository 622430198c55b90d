import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import { readFormula } from '../../core/readFormula.js'
import { ChargeLedger, type StateOrigin } from './chargeLedger.js'
import { integerStates, stateRanges } from './openStates.js'
import { usualStates } from './usualStates.js'

/** Options of {@link oxidationStates}. */
export interface OxidationStatesOptions {
  /** States that are known, by element: `{ Mn: 4, Co: 3 }`. They come before the usual ones. */
  readonly states?: Readonly<Record<string, number>> | undefined
}

const OPTIONS: FieldsOf<OxidationStatesOptions> = { states: true }

/** What the charges of a formula say. */
export interface OxidationStates {
  /** As it was written. */
  readonly formula: string
  /** Charge of the formula unit. */
  readonly charge: number
  /** Mean state of each element that has one; those in `open` are not among them. */
  readonly states: Readonly<Record<string, number>>
  /** Where each state comes from. */
  readonly origin: Readonly<Record<string, StateOrigin>>
  /** Elements that share what is left, so that only their mean is known; empty if nothing is ambiguous. */
  readonly open: readonly string[]
  /** Mean state over the atoms of `open`. Absent if there are none, or if they are no likes (S or O of a compound). */
  readonly mean?: number | undefined
  /** Lowest and highest state of each element in `open`, while all others stay within their usual states. */
  readonly ranges: Readonly<Record<string, readonly [number, number]>>
  /** Usual whole-numbered states of all elements in `open` that balance exactly, at most 100. */
  readonly candidates: readonly Readonly<Record<string, number>>[]
  /** Charge that no state accounts for: sum of count times state, less `charge`. 0 if something was solved for. */
  readonly excess: number
  /** What is doubtful. */
  readonly warnings: readonly Issue[]
}

/** Rounded counts (0.333 thrice) leave this share of the charges unbalanced. */
const ROUNDED = 0.005

/**
 * Oxidation states from the balance of charges. Alkalis, alkaline earths, F, Al, O, phosphate P and the like have their usual states; what is given comes first; the
 * rest must carry what is left. One element left (Fe of `LiFePO4`): its mean state is solved for. Several (Ni, Mn, Co): only their mean is known, and `open`,
 * `ranges` and `candidates` tell what is possible; give the states that you know. None left, and no balance: a non-metal gives way (sulfite, carbon of a
 * solvent; oxygen last: peroxide) if only one can; else `excess` tells the charge that is left over.
 *
 * These are formal states: covalency, and oxygen that takes part in redox, are beyond them. States that are unusual come with a warning `W_STATE`.
 *
 * @param formula A formula as `formula` reads it: `Li0.3NiO2`, `MnO4-`.
 * @param options Known states.
 * @throws OperandoError `E_FORMAT` that tells the place; `E_ARGUMENT` for a state of an element that the formula has not; `E_NAN`.
 * @example
 * ```ts
 * import { oxidationStates } from 'operando/matter'
 * oxidationStates('Li0.3NiO2').states.Ni // 3.7
 * const nmc = oxidationStates('LiNi0.8Mn0.1Co0.1O2')
 * nmc.mean // 3, of nmc.open: Ni, Mn, Co
 * oxidationStates('LiNi0.8Mn0.1Co0.1O2', { states: { Mn: 4, Co: 3 } }).states.Ni // 2.875
 * ```
 */
export function oxidationStates(formula: string, options: OxidationStatesOptions = {}): OxidationStates {
  assertKnown(options, 'oxidationStates options', OPTIONS)
  const tree = readFormula(formula)
  const { counts, charge } = tree
  const given = checkGiven(formula, counts, options.states ?? {})
  const ledger = new ChargeLedger(tree, given)
  const warnings: Issue[] = []
  const warn = (message: string): void => void warnings.push({ code: 'W_STATE', message: `${formula}: ${message}` })

  const { sharers, alike, excess } = whoTakesTheRest(Object.keys(counts), charge, ledger, given)
  if (excess !== 0)
    warn(`a charge of ${signed(excess)} is left over, and no element can take it. Is it an alloy, or a count wrong?`)
  const rest = charge - ledger.sum()
  const mean = rest / sharers.reduce((sum, element) => sum + ledger.free(element), 0)
  const open = sharers.length > 1 ? sharers.map(element => ({ element, count: ledger.free(element) })) : []
  if (sharers.length === 1) {
    const [element] = sharers as [string]
    ledger.solve(element, mean)
    if (Object.keys(counts).length > 1) warnUnusual(element, mean, warn)
  }
  const ranges = stateRanges(open, rest)
  if (open.length > 0) {
    const shared = sharers.join(', ')
    warn(
      `${shared} share what is left${alike ? ` of mean state ${signed(mean)}` : ''}; give the states that are known, as { states: { ${sharers[0]}: ... } }.`,
    )
    for (const element of sharers) if (usualStates(element).length === 0) warnUnusual(element, mean, warn)
    if (sharers.some(element => ranges[element]![0] > ranges[element]![1]))
      warn(`no usual states of ${shared} balance the charges.`)
  }
  return {
    formula,
    charge,
    ...ledger.result(),
    open: open.map(({ element }) => element),
    mean: alike && open.length > 0 ? mean : undefined,
    ranges,
    candidates: alike ? integerStates(open, rest) : [],
    excess,
    warnings,
  }
}

/** The elements that must carry what no other has, made free of their usual states; `alike` if they may be averaged. */
function whoTakesTheRest(
  elements: readonly string[],
  charge: number,
  ledger: ChargeLedger,
  given: Readonly<Record<string, number>>,
): { sharers: readonly string[]; alike: boolean; excess: number } {
  // a substance of one element is that element, whatever is usual in compounds
  if (elements.length === 1 && !(elements[0]! in given)) {
    ledger.release(elements[0]!)
    return { sharers: elements, alike: true, excess: 0 }
  }
  const open = elements.filter(element => ledger.free(element) > 0)
  const left = charge - ledger.sum()
  if (open.length > 0 || Math.abs(left) <= ROUNDED * ledger.turnover()) return { sharers: open, alike: true, excess: 0 }
  const yielding = elements.filter(element => ledger.canTake(element, left))
  // oxygen is the last to give way: perchlorate, not a peroxide of a chloride
  const sharers = yielding.length > 1 ? yielding.filter(element => element !== 'O') : yielding
  for (const element of sharers) ledger.release(element)
  return { sharers, alike: sharers.length === 1, excess: sharers.length === 0 ? -left : 0 }
}

function warnUnusual(element: string, state: number, warn: (message: string) => void): void {
  const usual = usualStates(element)
  if (usual.length === 0) {
    warn(`no usual state of ${element} is known. Is the formula mistyped?`)
    return
  }
  const [low, high] = [Math.min(...usual), Math.max(...usual)]
  if (state >= low - 0.02 && state <= high + 0.02) return
  warn(
    `${element} would have to be ${signed(state)}, and ${signed(low)} to ${signed(high)} is usual. Is a count wrong, or another element not in its usual state?`,
  )
}

const signed = (x: number): string => `${x > 0 ? '+' : ''}${Number(x.toFixed(3))}`

function checkGiven(
  formula: string,
  counts: Readonly<Record<string, number>>,
  states: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  for (const [element, state] of Object.entries(states)) {
    if (!(element in counts))
      throw new OperandoError(
        'E_ARGUMENT',
        `oxidationStates: a state of ${element} is given, which "${formula}" does not contain.`,
        {
          details: { found: element },
        },
      )
    if (!Number.isFinite(state)) throw new OperandoError('E_NAN', `oxidationStates: the state of ${element} is ${state}.`)
  }
  return states
}
