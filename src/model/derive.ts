import type { Issue } from '../core/issue.js'
import { VERSION } from '../core/version.js'
import { assertDataset } from './assertDataset.js'
import type { Dataset, Json, Step, Variable } from './dataset.js'

/** A frozen copy of plain data; typed arrays are shared, frozen things are taken as they are. */
export function freezeData<T>(x: T): T {
  if (typeof x !== 'object' || x === null || ArrayBuffer.isView(x) || Object.isFrozen(x)) return x
  if (Array.isArray(x)) return Object.freeze(x.map(freezeData)) as T
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(x)) if (value !== undefined) copy[key] = freezeData(value)
  return Object.freeze(copy) as T
}

/** The frozen Dataset of checked parts. */
export function freeze<Dim extends string>(parts: Dataset<Dim>): Dataset<Dim> {
  return freezeData(parts)
}

/** What a function changes of a Dataset; what is not named stays. `sigma` and `mask` go when they are `undefined` here. */
export interface Changes<Dim extends string> extends Omit<Partial<Dataset<Dim>>, 'history' | 'warnings'> {
  /** The step to add to the history. */
  readonly step: Omit<Step, 'version'>
  /** Doubts to add. */
  readonly doubts?: readonly Issue[] | undefined
}

/** A Dataset made of another: parts replaced, one step more in its history, frozen. The parts must fit each other. */
export function derive<Dim extends string>(from: Dataset<string>, { step, doubts, ...changes }: Changes<Dim>): Dataset<Dim> {
  assertDataset(from)
  return freeze({
    ...(from as Dataset<Dim>),
    ...changes,
    history: [...from.history, makeStep(step.op, step.parameters, step.inputs)],
    warnings: doubts?.length ? [...from.warnings, ...doubts] : from.warnings,
  })
}

/** A variable with other numbers along its dims: what is not given stays. */
export function deriveVariable(from: Variable, changes: Partial<Variable>): Variable {
  const made: Record<string, unknown> = { ...from, ...changes }
  for (const key of Object.keys(made)) if (made[key] === undefined) delete made[key]
  return Object.freeze(made) as unknown as Variable
}

/**
 * A step of the history, with the version of the library.
 * @param op         The function.
 * @param parameters Its options: plain JSON; `undefined` ones are left out.
 * @param inputs     Names of other inputs.
 */
export function makeStep(
  op: string,
  parameters: { readonly [key: string]: Json | undefined } = {},
  inputs?: readonly string[],
): Step {
  return { op, version: VERSION, parameters, ...(inputs === undefined ? {} : { inputs }) }
}

/**
 * The Dataset with one step more in its history. Every function of the library that returns a Dataset does this by itself; use it for your own.
 * @param data       The Dataset.
 * @param op         What was done.
 * @param parameters With which options.
 * @param inputs     Names of other inputs.
 * @example
 * ```ts
 * import { addStep, createDataset } from 'operando'
 * const raw = createDataset({ name: 'I', dims: ['x'], values: [1, 2], unit: 'counts' })
 * addStep(raw, 'myDeadTimeCorrection', { deadTime: 1e-7 }).history.length // 1
 * ```
 */
export function addStep<Dim extends string>(
  data: Dataset<Dim>,
  op: string,
  parameters: { readonly [key: string]: Json | undefined } = {},
  inputs?: readonly string[],
): Dataset<Dim> {
  return derive<Dim>(data, { step: makeStep(op, parameters, inputs) })
}

/**
 * The Dataset with another history.
 * @param data    The Dataset.
 * @param history The whole history.
 * @example
 * ```ts
 * import { createDataset, withHistory } from 'operando'
 * const frame = createDataset({ name: 'I', dims: ['x'], values: [1, 2], unit: 'counts' })
 * withHistory(frame, []).history.length // 0
 * ```
 */
export function withHistory<Dim extends string>(data: Dataset<Dim>, history: readonly Step[]): Dataset<Dim> {
  assertDataset(data)
  return freeze({ ...data, history })
}

/**
 * The Dataset with doubts added to its warnings.
 * @param data   The Dataset.
 * @param issues What is doubtful.
 * @example
 * ```ts
 * import { addWarnings, createDataset } from 'operando'
 * const frame = createDataset({ name: 'I', dims: ['x'], values: [1, 2], unit: 'counts' })
 * addWarnings(frame, [{ code: 'W_BEAM_DUMP', message: 'The beam was lost during this frame.' }]).warnings.length // 1
 * ```
 */
export function addWarnings<Dim extends string>(data: Dataset<Dim>, issues: readonly Issue[]): Dataset<Dim> {
  assertDataset(data)
  return freeze({ ...data, warnings: [...data.warnings, ...issues] })
}
