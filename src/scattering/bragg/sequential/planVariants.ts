import { createRefinement } from '../refinement/createRefinement.js'
import type { ParameterChoice, Refinement, RefinementAxis } from '../refinement/refinementTypes.js'
import type { SequentialModel } from './sequentialTypes.js'

/**
 * Whether a phase is absent, weak (only scale and cell vary), or seen with all that varies. An absent structure stays in the plan with its scale alone, which may be below 0; an absent lattice leaves it, since its free
 * intensities would take up noise.
 */
export const PRESENCE = { absent: 0, weak: 1, seen: 2 } as const
/** A phase that is looked for: in the plan, with cell and widths held. */
export const PROBED = 3

/** How far a cell in a couple may go from where it started, as a part of it. */
const COUPLED_ROOM = 0.01
const WIDTHS = new Set(['u', 'v', 'w', 'p', 'size', 'strain', 'constant'])
const CELL = new Set(['a', 'b', 'c', 'alpha', 'beta', 'gamma'])

/** Plans of one model that differ in what is held. */
export interface PlanVariants {
  /** Names of all parameters. */
  readonly names: readonly string[]
  /**
   * The plan for phases of given presence.
   * @param presence  One number a phase.
   * @param heldCells Phases whose cells are held all the same.
   */
  plan(presence: ArrayLike<number>, heldCells?: ReadonlySet<string>): Promise<Refinement>
  /** Whether the intensities of a phase follow from its structure, so that it has a scale. */
  isStructure(name: string): boolean
}

/** Owner and kind of a parameter's name: `LFP.a` is of LFP, `LFP.Fe1.x` of its atom LFP.Fe1. */
export function partsOf(name: string): readonly [owner: string, what: string] {
  const cut = name.lastIndexOf('.')
  return [name.slice(0, Math.max(0, cut)), name.slice(cut + 1)]
}

/** Index of the phase that a parameter belongs to, with its atoms; -1 if it is the pattern's. */
export function phaseOf(name: string, phases: readonly string[]): number {
  return phases.findIndex(own => name.startsWith(`${own}.`))
}

/** Whether a parameter is a number of a cell. */
export const isOfCell = (what: string): boolean => CELL.has(what)
/** Whether a parameter is a number of the cell of a phase. */
export const isCellOf = (name: string, phase: string): boolean => partsOf(name)[0] === phase && isOfCell(partsOf(name)[1])
/** Whether a parameter is a width. */
export const isWidth = (what: string): boolean => WIDTHS.has(what)

/**
 * Prepares the plans of a model; each is made when it is first asked for.
 * @param axis  The axis of all frames.
 * @param model Phases and options.
 */
export async function createPlanVariants(axis: RefinementAxis, model: SequentialModel): Promise<PlanVariants> {
  const { phases, couples = [], parameters = {}, ...options } = model
  const coupled = new Set(couples.flatMap(couple => couple.phases))
  const whole = await createRefinement(axis, phases, { ...options, parameters })
  const chosen: Record<string, ParameterChoice> = { ...parameters }
  for (const { name, cell } of phases) {
    if (!coupled.has(name)) continue
    for (const own of whole.names) {
      const [owner, what] = partsOf(own)
      const choice = parameters[own]
      if (owner !== name || !isOfCell(what) || choice?.tie !== undefined) continue
      const value = choice?.value ?? cell[what as 'a']
      chosen[own] = { min: value * (1 - COUPLED_ROOM), max: value * (1 + COUPLED_ROOM), ...choice }
    }
  }
  // what is below nothing is told: bounded, the scale of an absent phase would be wrong on the average
  for (const own of whole.names)
    if (partsOf(own)[1] === 'scale') chosen[own] = { min: Number.NEGATIVE_INFINITY, ...parameters[own] }
  const plans = new Map<string, Promise<Refinement>>()
  const isStructure = (name: string): boolean => whole.names.includes(`${name}.scale`)
  const names = phases.map(phase => phase.name)
  return {
    names: whole.names,
    isStructure,
    plan(presence, heldCells) {
      const key = `${Array.from(presence).join('')} ${[...(heldCells ?? [])].join()}`
      const known = plans.get(key)
      if (known) return known
      // a plan needs one phase at least
      const isEmpty = phases.every(({ name }, p) => presence[p] === PRESENCE.absent && !isStructure(name))
      const left = phases.filter(({ name }, p) => isEmpty || presence[p] !== PRESENCE.absent || isStructure(name))
      // what is said of phases that have left would be mistyped names
      const isLeft = (own: string): boolean => phaseOf(own, names) < 0 || left.some(({ name }) => own.startsWith(`${name}.`))
      const held: Record<string, ParameterChoice> = {}
      for (const [own, choice] of Object.entries(chosen)) if (isLeft(own)) held[own] = choice
      for (const own of whole.names) {
        const p = phaseOf(own, names)
        if (p < 0 || chosen[own]?.tie !== undefined || partsOf(own)[1] === 'scale' || !isLeft(own)) continue
        const isCell = isCellOf(own, names[p]!)
        const isHeld =
          presence[p] === PRESENCE.absent ||
          presence[p] === PROBED ||
          (presence[p] === PRESENCE.weak && !isCell) ||
          (isCell && heldCells?.has(names[p]!))
        if (isHeld) held[own] = { ...chosen[own], vary: false }
      }
      const plan = createRefinement(axis, left, { ...options, parameters: held })
      plans.set(key, plan)
      return plan
    },
  }
}
