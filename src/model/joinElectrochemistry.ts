import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import { differenceSeconds, formatInstant } from '../core/instant.js'
import type { Issue } from '../core/issue.js'
import { valuesIn } from './align.js'
import { type Column, createElectrochemistry } from './createElectrochemistry.js'
import type { Variable } from './dataset.js'
import type { CyclingSegment, Electrochemistry } from './electrochemistry.js'

/** Options of {@link joinElectrochemistry}. */
export interface JoinElectrochemistryOptions {
  /**
   * Where the wall clocks are not known: seconds from the last row of each record to the first of the next, one fewer than records.
   * Where they are known this is not asked.
   */
  gaps?: readonly number[] | undefined
}

const OPTIONS: FieldsOf<JoinElectrochemistryOptions> = { gaps: true }

const nameOf = (part: Electrochemistry, i: number): string => part.segments[0]?.file ?? `record ${i}`
const lastOf = (variable: Variable): number => variable.values[variable.values.length - 1]!

/** First or last value that is known; 0 where none is. */
function known(variable: Variable, end: 'first' | 'last'): number {
  const { values } = variable
  for (let k = 0; k < values.length; k++) {
    const value = values[end === 'first' ? k : values.length - 1 - k]!
    if (!Number.isNaN(value)) return value
  }
  return 0
}

/** Seconds to add to the time column of each part so that all count from the first part's time 0. */
function shiftsOf(parts: readonly Electrochemistry[], options: JoinElectrochemistryOptions, warnings: Issue[]): number[] {
  const shifts = [0]
  for (let i = 1; i < parts.length; i++) {
    const [before, part] = [parts[i - 1]!, parts[i]!]
    const end = shifts[i - 1]! + lastOf(before.time)
    const start = part.clock.start
    const first = parts[0]!.clock.start
    const gap = options.gaps?.[i - 1]
    if (gap === undefined && !(start && first)) {
      throw new OperandoError(
        'E_TIME',
        `${nameOf(part, i)} (or ${nameOf(parts[0]!, 0)}) does not tell when it began: say the seconds between the records with { gaps: [...] }.`,
      )
    }
    const shift = gap !== undefined ? end + gap - part.time.values[0]! : differenceSeconds(start!, first!)
    const begin = shift + part.time.values[0]!
    if (begin < end) {
      const told = start && first ? ` (it began at ${formatInstant(start)})` : ''
      throw new OperandoError(
        'E_TIME',
        `${nameOf(part, i)} begins ${(end - begin).toPrecision(6)} s before ${nameOf(before, i - 1)} ends${told}: records must follow each other, in order.`,
        { details: { overlap: end - begin } },
      )
    }
    if (begin > end) {
      const message = `${begin - end} s are not recorded between ${nameOf(before, i - 1)} and ${nameOf(part, i)}; charge that flowed then is not counted.`
      warnings.push({ code: 'W_GAP', message, file: nameOf(part, i) })
    }
    shifts.push(shift)
  }
  return shifts
}

/** Values of all parts behind one another, in the unit of the first that has them; NaN where a part has none. */
function joined(
  parts: readonly Electrochemistry[],
  pick: (part: Electrochemistry) => Variable<'row'> | undefined,
  shifts?: readonly number[],
): Column {
  const first = parts.map(pick).find(v => v !== undefined)!
  const values: Float64Array[] = parts.map((part, i) => {
    const variable = pick(part)
    if (!variable) return new Float64Array(part.time.values.length).fill(Number.NaN)
    const own = valuesIn(variable, first.unit, variable.label)
    const shift = shifts?.[i] ?? 0
    return shift === 0 ? own : own.map(v => v + shift)
  })
  // an uncertainty that not all parts know is known for none: a column has one or not
  const sigma = parts.every(part => pick(part)?.sigma)
    ? join(
        parts.map(part => {
          const { sigma: own, unit: from } = pick(part)!
          const factor = from.factor / first.unit.factor
          return Float64Array.from(own!, s => s * factor)
        }),
      )
    : undefined
  return { values: join(values), sigma, unit: first.unit, label: first.label }
}

function join(arrays: readonly ArrayLike<number>[]): Float64Array {
  const out = new Float64Array(arrays.reduce((n, a) => n + a.length, 0))
  let at = 0
  for (const array of arrays) {
    out.set(array, at)
    at += array.length
  }
  return out
}

/** What to add to each part so that a quantity goes on where the part before left it. */
function continued(parts: readonly Electrochemistry[], pick: (part: Electrochemistry) => Variable<'row'>): number[] {
  const shifts = [0]
  for (let i = 1; i < parts.length; i++)
    shifts.push(shifts[i - 1]! + known(pick(parts[i - 1]!), 'last') - known(pick(parts[i]!), 'first'))
  return shifts
}

/**
 * Joins records of one cell that follow each other: the files of one experiment. Time counts from the first record's start, by the wall clocks of
 * the files; charge and x go on where the record before left them; half-cycles and cycles are counted anew over the whole, steps are kept as they are;
 * columns meet by name, whatever their order, NaN where a file lacks one. Pauses between the records are told in `warnings`.
 *
 * @param parts   Records in order of time.
 * @param options The pauses, where the files do not tell when they began.
 * @throws OperandoError `E_TIME` if records overlap, are out of order, or cannot be placed; `E_UNIT` if potentials have different references; `E_ARGUMENT` for none.
 * @example
 * ```ts
 * import { createElectrochemistry, joinElectrochemistry, parseInstant } from 'operando'
 * const part = (start: string) =>
 *   createElectrochemistry({
 *     time: [0, 60, 120],
 *     potential: [3.4, 3.5, 3.6],
 *     current: [0, 0.001, 0.001],
 *     clock: { start: parseInstant(start), offset: 0, rate: 1, sigma: 1, pairs: [] },
 *   })
 * joinElectrochemistry([part('2022-07-26T20:00:00Z'), part('2022-07-26T20:05:00Z')]).time.values // [0, 60, 120, 300, 360, 420]
 * ```
 */
export function joinElectrochemistry(
  parts: readonly Electrochemistry[],
  options: JoinElectrochemistryOptions = {},
): Electrochemistry {
  assertKnown(options, 'joinElectrochemistry options', OPTIONS)
  if (!Array.isArray(parts) || parts.length === 0)
    throw new OperandoError('E_ARGUMENT', 'joinElectrochemistry: at least one record was expected, found none.')
  const filled = parts.filter(p => p.time.values.length > 0)
  if (filled.length <= 1) return filled[0] ?? parts[0]!
  const gaps: Issue[] = []
  const shifts = shiftsOf(filled, options, gaps)
  const first = filled[0]!
  const warnings = [...filled.flatMap(p => p.warnings), ...gaps]
  const all = (pick: (p: Electrochemistry) => unknown): boolean => filled.every(p => pick(p) !== undefined)
  const some = (pick: (p: Electrochemistry) => unknown): boolean => filled.some(p => pick(p) !== undefined)
  const columns: Record<string, Column> = {}
  for (const name of new Set(filled.flatMap(p => Object.keys(p.columns)))) {
    columns[name] = joined(filled, p => p.columns[name])
    const lacking = filled.findIndex(p => !p.columns[name])
    if (lacking >= 0)
      warnings.push({
        code: 'W_COLUMN_MISSING',
        message: `${nameOf(filled[lacking]!, lacking)} has no column '${name}': NaN there.`,
        place: `column ${name}`,
      })
  }
  const segments: CyclingSegment[] = []
  let row = 0
  for (const part of filled) {
    for (const s of part.segments) segments.push({ file: s.file, from: s.from + row, to: s.to + row })
    row += part.time.values.length
  }
  const charge = {
    ...joined(
      filled,
      p => p.charge,
      continued(filled, p => p.charge),
    ),
    unit: 'Ah',
  }
  const result = createElectrochemistry({
    time: joined(filled, p => p.time, shifts),
    potential: joined(filled, p => p.potential),
    current: joined(filled, p => p.current),
    charge,
    counterPotential: some(p => p.counterPotential) ? joined(filled, p => p.counterPotential) : undefined,
    x: all(p => p.x)
      ? joined(
          filled,
          p => p.x,
          continued(filled, p => p.x!),
        )
      : undefined,
    step: join(filled.map(p => p.step)),
    mode: join(filled.map(p => p.mode)),
    interpolated: some(p => p.interpolated)
      ? join(filled.map(p => p.interpolated ?? new Uint8Array(p.time.values.length)))
      : undefined,
    columns,
    clock: first.clock,
    segments,
    meta: { ...first.meta, sources: filled.flatMap(p => p.meta.sources ?? []) },
    warnings: warnings.filter(w => w.code !== 'W_CHARGE_INCONSISTENT'),
  })
  return result
}
