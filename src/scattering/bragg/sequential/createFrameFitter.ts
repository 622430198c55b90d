import { OperandoError } from '../../../core/errors.js'
import { assertKnown } from '../../../core/fields.js'
import type { Dataset } from '../../../model/dataset.js'
import type { FrameFit, FrameFitter, Seed } from '../../../series/sequence/fitFrame.js'
import type { PhasePattern } from '../phases/phaseFitTypes.js'
import type { PatternSetting } from '../refinement/patternLayout.js'
import { axesOf } from '../refinement/refinementPatterns.js'
import type { Refinement, RefinementAxis, RefinementResult } from '../refinement/refinementTypes.js'
import { derivedParameters } from './derivedParameters.js'
import { framePattern } from './framePattern.js'
import { createPlanVariants, isOfCell, isWidth, type PlanVariants, PRESENCE, PROBED, partsOf } from './planVariants.js'
import { MODEL_FIELDS, type SequentialModel, type SequentialOptions } from './sequentialTypes.js'
import { gainDeviate, gainSignificance, linesSignificance, scaleSignificance } from './significanceOf.js'

/** A misfit that grows by so much from one frame to the next tells that something is where it was not looked for. */
const MISFIT = 1.5
/** A scale so many times surer than asked for need not be asked with its shapes held; lines, which promise too much, more so. */
const SURE = 2
const SURE_LINES = 6
/** Changes of presence within one frame; then it stays as it is. */
const ROUNDS = 4
/** A phase that is weaker by this part than what `steady` asks for becomes weak again: so it does not flicker. */
const HYSTERESIS = 0.8

/** A frame's fit with all that the engine says of it. */
export interface FrameRefinement extends FrameFit {
  /** The refinement. */
  readonly refinement: RefinementResult
  /** Presence of each phase in order. */
  readonly presence: Uint8Array
}

/** Where the fit of a frame begins. */
interface Beginning {
  readonly presence: Uint8Array
  readonly start: Record<string, number>
  /** Cells and widths that phases fall back on when they turn out not to be there. */
  readonly shapes: Readonly<Record<string, number>>
  /** Reduced chi-square of the frame before. */
  readonly misfit: number
}

/** Fits frames one by one. */
export interface FrameRefiner {
  /** Names of all parameters of the engine. */
  readonly names: readonly string[]
  /** First and last angle, degrees. */
  readonly range: readonly [number, number]
  /** The plans. */
  readonly plans: PlanVariants
  /** Fits one frame from a seed; see `sequence`. */
  readonly fit: (...given: Parameters<FrameFitter<Dataset>>) => Promise<FrameRefinement>
}

/**
 * Makes what refines a frame from a seed, phases that come and go included: which phases are there is part of the seed (`P.presence`), and is asked anew in each frame.
 * @param axis    The axis of all frames.
 * @param given   Phases and options.
 * @param options Significance, saturation, start.
 */
export async function createFrameFitter(
  axis: RefinementAxis,
  given: SequentialModel,
  { significance = 4, steady = 12, saturation, start = {} }: SequentialOptions,
): Promise<FrameRefiner> {
  assertKnown(given, 'model', MODEL_FIELDS)
  const model = startingAt(given, start)
  const unknown = model.couples?.flatMap(({ phases }) => phases).find(own => !model.phases.some(({ name }) => name === own))
  if (unknown !== undefined)
    throw new OperandoError(
      'E_MISSING',
      `couples: no phase "${unknown}" among ${model.phases.map(({ name }) => name).join(', ')}.`,
      {
        details: { name: unknown },
      },
    )
  const plans = await createPlanVariants(axis, model)
  const range = rangeOf(axis, model)
  const names = model.phases.map(phase => phase.name)
  const engine = new Set(plans.names)

  const fitWith = async (
    pattern: PhasePattern,
    presence: Uint8Array,
    start: Readonly<Record<string, number>> | undefined,
  ): Promise<RefinementResult> =>
    (await plans.plan(presence)).fit(pattern, { start: start && known(start, await plans.plan(presence)) })

  /** How sure a phase is, with its shapes held, so that a free width does not make it uncertain. */
  const significanceIn = async (
    pattern: PhasePattern,
    presence: Uint8Array,
    p: number,
    fit: RefinementResult,
    start: Readonly<Record<string, number>>,
  ): Promise<number> => {
    const name = names[p]!
    const other = presence.slice()
    if (plans.isStructure(name)) {
      const own = scaleSignificance(fit, name)
      if (presence[p] === PRESENCE.absent || own > SURE * significance) return own
      other[p] = PRESENCE.absent
      return scaleSignificance(await fitWith(pattern, other, valuesOf(fit)), name)
    }
    if (presence[p] === PRESENCE.absent) {
      other[p] = PROBED
      const probe = await fitWith(pattern, other, { ...start, ...valuesOf(fit) })
      return gainSignificance(probe, fit, name)
    }
    const own = linesSignificance(fit, name)
    if (own > SURE_LINES * significance) return own
    other[p] = PRESENCE.absent
    // the only phase there is cannot leave
    if (!other.some((state, q) => state !== PRESENCE.absent || plans.isStructure(names[q]!))) return own
    return gainSignificance(fit, await fitWith(pattern, other, valuesOf(fit)), name)
  }
  const nextOf = (now: number, found: number): number => {
    if (found < significance) return PRESENCE.absent
    if (now === PRESENCE.absent) return PRESENCE.weak
    if (now === PRESENCE.weak) return found >= steady ? PRESENCE.seen : PRESENCE.weak
    return found < HYSTERESIS * steady ? PRESENCE.weak : PRESENCE.seen
  }

  /** The first frame: phases that show with their cells where they were said to be; then those that show when their cells may move. */
  const begin = async (pattern: PhasePattern): Promise<Beginning> => {
    const given = Object.assign({}, ...names.map(cellOf)) as Record<string, number>
    const all = new Uint8Array(names.length).fill(PRESENCE.seen)
    // cells held, widths free: those of a phase that has never been seen cannot be held anywhere
    const look = (await plans.plan(all, new Set(names))).fit(pattern)
    const sure = (fit: RefinementResult, name: string): number =>
      plans.isStructure(name) ? scaleSignificance(fit, name) : linesSignificance(fit, name)
    const surest = names.reduce((best, name) => (sure(look, name) > sure(look, best) ? name : best))
    const presence = Uint8Array.from(names, name => (sure(look, name) >= significance ? PRESENCE.seen : PRESENCE.absent))
    let fit = look
    if (presence.includes(PRESENCE.seen)) fit = await fitWith(pattern, presence, { ...given, ...valuesOf(look), ...given })
    // lines of phases that are yet to come, or turn out not to be there, are taken to be as wide as those of the one that shows best
    for (const name of names) Object.assign(given, widthsLike(surest, name, fit))
    for (const [p, name] of names.entries()) {
      if (presence[p] === PRESENCE.seen) continue
      const more = presence.slice()
      more[p] = PRESENCE.seen
      const moved = await fitWith(pattern, more, { ...given, ...valuesOf(fit), ...cellOf(name) })
      if (!moved.converged || sure(moved, name) < significance || isAtBound(moved, name)) continue
      if (fit.chiSquare - moved.chiSquare < significance ** 2 * moved.reducedChiSquare) continue
      presence[p] = PRESENCE.seen
      fit = moved
    }
    const unseen = Object.assign(
      {},
      ...names.filter((_, p) => presence[p] === PRESENCE.absent).map(name => shapesOf(given, name)),
    )
    return { presence, start: { ...given, ...valuesOf(fit), ...unseen }, shapes: given, misfit: Number.POSITIVE_INFINITY }
  }
  const cellOf = (name: string): Record<string, number> => {
    const phase = model.phases.find(own => own.name === name)!
    return Object.fromEntries(
      plans.names
        .filter(own => partsOf(own)[0] === name && isOfCell(partsOf(own)[1]))
        .map(own => [own, model.parameters?.[own]?.value ?? phase.cell[partsOf(own)[1] as 'a']]),
    )
  }
  /** Widths of one phase under the names of another, where the model says nothing of them. */
  const widthsLike = (from: string, to: string, { parameters }: RefinementResult): Record<string, number> =>
    Object.fromEntries(
      plans.names.flatMap(own => {
        const [owner, what] = partsOf(own)
        const like = parameters[`${from}.${what}`]
        return owner === to && isWidth(what) && like && model.parameters?.[own] === undefined ? [[own, like.value]] : []
      }),
    )
  const ofSeed = (seed: Seed): Beginning => ({
    presence: Uint8Array.from(names, name => seed[`${name}.presence`] ?? PRESENCE.seen),
    start: Object.fromEntries(Object.entries(seed).filter(([name]) => engine.has(name))),
    shapes: seed,
    misfit: seed.misfit ?? Number.POSITIVE_INFINITY,
  })

  return {
    names: plans.names,
    range,
    plans,
    async fit(frame, seed) {
      const pattern = framePattern(frame, saturation)
      const from = seed ? ofSeed(seed) : await begin(pattern)
      let { presence, start } = from
      let fit = await fitWith(pattern, presence, start)
      let found = new Float64Array(names.length)
      for (let round = 0; round < ROUNDS; round++) {
        const now: number[] = []
        for (const p of names.keys()) now.push(await significanceIn(pattern, presence, p, fit, start))
        found = Float64Array.from(now)
        // at the last there is no way back to what it was before
        const next = presence.map((own, p) =>
          round === ROUNDS - 1 ? Math.min(own, nextOf(own, found[p]!)) : nextOf(own, found[p]!),
        )
        if (next.every((own, p) => own === presence[p])) break
        // what has just been found absent goes back to the cell it had before it went astray
        start = { ...start, ...valuesOf(fit) }
        for (const [p, name] of names.entries())
          if (next[p] === PRESENCE.absent && presence[p] !== PRESENCE.absent) Object.assign(start, shapesOf(from.shapes, name))
        presence = next
        fit = await fitWith(pattern, presence, start)
      }
      // a weak phase whose widths are wrong stays weak, for the misfit makes it unsure; one that is not where it was looked for stays absent: they are freed where that pays
      const isWorse = fit.reducedChiSquare > MISFIT * from.misfit
      for (const [p, name] of names.entries()) {
        if (presence[p] === PRESENCE.seen || (presence[p] === PRESENCE.absent && !isWorse)) continue
        const freed = presence.slice()
        freed[p] = PRESENCE.seen
        const moved = await fitWith(pattern, freed, { ...start, ...valuesOf(fit) })
        const gain = (fit.chiSquare - moved.chiSquare) / moved.reducedChiSquare
        const lines =
          plans.isStructure(name) || presence[p] !== PRESENCE.absent ? 0 : moved.lines.filter(own => own.phase === name).length
        const shapes = moved.varied.length - fit.varied.length
        if (!moved.converged || isAtBound(moved, name) || !(gainDeviate(gain, lines, shapes) >= significance)) continue
        presence = freed
        fit = moved
      }
      // where phases that are not in the plan were last seen: part of the seed for the next frame
      const frozen = Object.fromEntries(
        Object.entries(start)
          .filter(([name]) => fit.parameters[name] === undefined)
          .map(([name, value]) => [name, { value, standardError: null }]),
      )
      return {
        parameters: {
          ...frozen,
          ...fit.parameters,
          ...derivedParameters(fit, model, presence, found, range),
          misfit: { value: fit.reducedChiSquare, standardError: null },
        },
        converged: fit.converged,
        message: fit.message,
        reducedChiSquare: fit.reducedChiSquare,
        refinement: fit,
        presence,
      }
    },
  }

  /** Cell, widths and atoms of a phase among given values. */
  function shapesOf(values: Readonly<Record<string, number>>, name: string): Record<string, number> {
    return Object.fromEntries(
      Object.entries(values).filter(([own]) => engine.has(own) && own.startsWith(`${name}.`) && partsOf(own)[1] !== 'scale'),
    )
  }
}

/** First and last angle of the axis. */
function rangeOf(axis: RefinementAxis, model: SequentialModel): readonly [number, number] {
  const [{ x }] = axesOf(axis, model) as [PatternSetting]
  return [x[0]!, x[x.length - 1]!]
}

/** The model with other values to start from. */
function startingAt(model: SequentialModel, start: Readonly<Record<string, number>>): SequentialModel {
  const parameters = { ...model.parameters }
  for (const [name, value] of Object.entries(start)) parameters[name] = { ...parameters[name], value }
  return { ...model, parameters }
}

/** Of start values those that a plan has. */
function known(start: Readonly<Record<string, number>>, { names }: Refinement): Record<string, number> {
  const own = new Set(names)
  return Object.fromEntries(Object.entries(start).filter(([name]) => own.has(name)))
}

const valuesOf = (fit: RefinementResult): Record<string, number> =>
  Object.fromEntries(Object.values(fit.parameters).map(own => [own.name, own.value]))

/** Whether a number of the cell rests on its bound: it wanted to go where the phase is not. */
function isAtBound(fit: RefinementResult, name: string): boolean {
  return Object.values(fit.parameters).some(
    own => own.atBound !== undefined && partsOf(own.name)[0] === name && isOfCell(partsOf(own.name)[1]),
  )
}
