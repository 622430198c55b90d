import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { OperandoError } from '../../core/index.js'
import { orderTies, type Tie } from './ties.js'
import type { ParameterInput } from './types.js'

/** The list of parameters, compiled: which vary, and how all follow from those that do. */
export interface ParameterSpace {
  /** Names of all parameters. */
  readonly names: readonly string[]
  /** Indices of the varied ones, k of them. */
  readonly free: Int32Array
  /** The ties, each after what it reads. */
  readonly ties: readonly Tie[]
  /** Lower bounds of the varied ones. */
  readonly lower: Float64Array
  /** Upper bounds of the varied ones. */
  readonly upper: Float64Array
  /** A size of each varied one that matters, 0 where only its value can tell. */
  readonly scale: Float64Array
  /** Start values of all. */
  readonly start: Float64Array
  /** True when every parameter varies: varied and all are then the same list. */
  readonly direct: boolean
  /**
   * Puts varied values into their places and computes the ties.
   * @param varied k values.
   * @param all    All values; fixed ones are left as they are.
   */
  expand(varied: Float64Array, all: Float64Array): void
  /**
   * Derivatives of each tie, in the order of `ties`, by the varied parameters: slopes[t * k + j].
   * @param all    All values, ties computed.
   * @param slopes (number of ties) x k values to fill.
   */
  slopes(all: Float64Array, slopes: Float64Array): void
}

const complain = (message: string, name: string): never => {
  throw new OperandoError('E_ARGUMENT', message, { details: { parameter: name } })
}

const FIELDS: FieldsOf<ParameterInput> = { name: true, value: true, vary: true, min: true, max: true, tie: true, scale: true }

function checkInput(input: ParameterInput, index: number): void {
  assertFields(input, `parameter ${index}`, ['name'])
  const { name, value, min = -Infinity, max = Infinity, tie } = input
  assertKnown(input, `parameter ${index} (${String(name)})`, FIELDS)
  if (typeof name !== 'string' || name === '') complain(`Parameter ${index} has no name.`, String(name))
  if (tie === undefined && !Number.isFinite(value)) {
    complain(`Parameter "${name}": a finite start value expected, found ${value}.`, name)
  }
  if (tie !== undefined && (min > -Infinity || max < Infinity)) {
    complain(`Parameter "${name}" is tied and cannot be bounded: bound the parameters that its tie reads.`, name)
  }
  if (tie === undefined && !(min <= value! && value! <= max)) {
    throw new OperandoError('E_RANGE', `Parameter "${name}": the start ${value} lies outside its bounds [${min}, ${max}].`, {
      details: { parameter: name, value: value!, min, max },
    })
  }
}

/**
 * Compiles a list of parameters.
 * @param inputs The parameters. A varied one with min = max counts as fixed.
 * @throws OperandoError `E_ARGUMENT` on missing or repeated names, missing values, circular ties, bounds on ties; `E_RANGE` on a start outside bounds.
 */
export function createParameterSpace(inputs: readonly ParameterInput[]): ParameterSpace {
  inputs.forEach(checkInput)
  const names = inputs.map(input => input.name)
  names.forEach((name, i) => {
    if (names.indexOf(name) !== i) complain(`Two parameters are called "${name}": names must differ.`, name)
  })
  const start = Float64Array.from(inputs, input => input.value ?? Number.NaN)
  const varies = (p: ParameterInput): boolean =>
    p.tie === undefined && p.vary !== false && !(p.min !== undefined && p.min === p.max)
  const free = Int32Array.from(inputs.flatMap((input, i) => (varies(input) ? [i] : [])))
  const k = free.length
  const ties = orderTies(
    inputs.map(input => input.tie),
    names,
    start,
  )
  const direction = new Float64Array(names.length)
  const space: ParameterSpace = {
    names,
    free,
    ties,
    lower: Float64Array.from(free, i => inputs[i]!.min ?? -Infinity),
    upper: Float64Array.from(free, i => inputs[i]!.max ?? Infinity),
    scale: Float64Array.from(free, i => Math.abs(inputs[i]!.scale ?? 0)),
    start,
    direct: k === names.length,
    expand(varied, all) {
      for (let j = 0; j < k; j++) all[free[j]!] = varied[j]!
      for (const tie of ties) all[tie.target] = tie.value(all)
    },
    slopes(all, slopes) {
      for (let j = 0; j < k; j++) {
        direction.fill(0)
        direction[free[j]!] = 1
        for (let t = 0; t < ties.length; t++) {
          const slope = ties[t]!.slope(all, direction)
          slopes[t * k + j] = slope
          direction[ties[t]!.target] = slope
        }
      }
    },
  }
  for (const tie of ties) start[tie.target] = tie.value(start)
  return space
}
