import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import { createVariable } from '../../model/createVariable.js'
import { freezeData } from '../../model/derive.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import { linearRegression } from '../../numeric/statistics/linearRegression.js'
import { type CyclingColumns, cyclingColumns } from './columns.js'
import { type HalfCycle, halfCyclesIn } from './findHalfCycles.js'

/** A moment at which the composition is known from elsewhere: a lattice parameter, an edge position, the end of a charge. */
export interface CompositionAnchor {
  /** Row of the record. */
  readonly row: number
  /** Composition there. */
  readonly x: number
}

/** Options of {@link withCorrectedComposition}. */
export interface CorrectedCompositionOptions {
  /** Moments at which x is known, one or more. */
  readonly anchors: readonly CompositionAnchor[]
  /**
   * What is taken to be wrong with the nominal x. `'losses'` (default): charge went into side reactions between the anchors, in proportion to `along`.
   * `'mass'`: x0 and the active mass; x becomes a + b x with a and b by least squares (one anchor: a alone).
   */
  readonly explain?: 'losses' | 'mass' | undefined
  /** What losses grow with between anchors: charge that passed either way (default), or time. */
  readonly along?: 'charge' | 'time' | undefined
}

const OPTIONS: FieldsOf<CorrectedCompositionOptions> = { anchors: true, explain: true, along: true }

/** What {@link withCorrectedComposition} returns. */
export interface CorrectedComposition {
  /** The record with the corrected x; the nominal one stays among its columns as `x (nominal)`. */
  readonly echem: Electrochemistry
  /** Corrected minus nominal x, row by row. */
  readonly correction: Float64Array
  /** What was assumed. */
  readonly explain: 'losses' | 'mass'
  /** For losses: net charge that did not change x over all charge that passed, from each anchor to the next; + = oxidation of something else, - = reduction. */
  readonly lossShares: readonly number[]
  /** For the mass: active mass found over the mass given; `null` otherwise. */
  readonly massRatio: number | null
  /** Anchor minus corrected x: 0 for losses, the misfit for the mass. */
  readonly residuals: Float64Array
  /** What is doubtful. */
  readonly warnings: readonly Issue[]
}

function readAnchors(anchors: readonly CompositionAnchor[], rows: number): CompositionAnchor[] {
  if (!Array.isArray(anchors) || anchors.length === 0)
    throw new OperandoError('E_ARGUMENT', 'anchors: at least one { row, x } expected.')
  const sorted = [...(anchors as readonly CompositionAnchor[])].sort((a, b) => a.row - b.row)
  sorted.forEach(({ row, x }, i) => {
    if (!(Number.isInteger(row) && row >= 0 && row < rows))
      throw new OperandoError('E_RANGE', `anchors: row ${row} expected within 0 to ${rows - 1}.`, { details: { row } })
    if (!Number.isFinite(x)) throw new OperandoError('E_NAN', `anchors: x at row ${row} is ${x}.`)
    if (i > 0 && sorted[i - 1]!.row === row)
      throw new OperandoError('E_ARGUMENT', `anchors: row ${row} is given twice.`, { details: { row } })
  })
  return sorted
}

/** What losses grow with, summed from the first row: charge passed either way, or time. */
function progress({ time, charge }: CyclingColumns, along: 'charge' | 'time'): Float64Array {
  const out = new Float64Array(time.length)
  for (let i = 1; i < out.length; i++)
    out[i] = out[i - 1]! + (along === 'time' ? time[i]! - time[i - 1]! : Math.abs(charge[i]! - charge[i - 1]!))
  return out
}

/** Offsets at the anchors, straight between them along `s`, constant before the first and after the last. */
function between(s: Float64Array, anchors: readonly CompositionAnchor[], offsets: readonly number[]): Float64Array {
  let k = 0
  return s.map((at, row) => {
    while (k < anchors.length - 1 && row > anchors[k + 1]!.row) k++
    const [a, b] = [anchors[k]!, anchors[k + 1]]
    if (row <= a.row || !b) return offsets[k]!
    const length = s[b.row]! - s[a.row]!
    const share = length > 0 ? (at - s[a.row]!) / length : 1
    return offsets[k]! + share * (offsets[k + 1]! - offsets[k]!)
  })
}

/**
 * The record with x corrected by what is known from elsewhere. The nominal x of `withComposition` counts every electron as intercalation; side
 * reactions, a wrong mass and a wrong x0 stay in it. Anchors say what x was at some moments, and `explain` what to blame. Both are assumptions: the
 * nominal x stays in the record, and the correction is in the result.
 *
 * @param echem   A record with x.
 * @param options Anchors, what to blame. `anchorsAtEnds` makes anchors at ends of charge or discharge.
 * @throws OperandoError `E_MISSING` for a record without x or options without anchors, `E_RANGE`, `E_NAN`, `E_ARGUMENT` for anchors that make no sense, `E_SINGULAR` when the mass is asked
 *   of anchors with one and the same nominal x.
 * @example
 * ```ts
 * import { createElectrochemistry, withComposition } from 'operando'
 * import { withCorrectedComposition } from 'operando/cell'
 * const raw = createElectrochemistry({ time: [0, 3600, 7200], potential: [3.4, 3.5, 3.6], current: [0, 85e-6, 85e-6] })
 * const echem = withComposition(raw, { x0: 1, molarMass: 157.76, activeMass: '1 mg' })
 * withCorrectedComposition(echem, { anchors: [{ row: 0, x: 1 }, { row: 2, x: 0.1 }] }).echem.x?.values // [1, 0.55, 0.1]
 * ```
 */
export function withCorrectedComposition(echem: Electrochemistry, options: CorrectedCompositionOptions): CorrectedComposition {
  assertKnown(options, 'withCorrectedComposition options', OPTIONS)
  assertFields(options, 'withCorrectedComposition options', ['anchors'])
  const { explain = 'losses', along = 'charge' } = options
  assertOneOf(explain, 'explain', ['losses', 'mass'])
  assertOneOf(along, 'along', ['charge', 'time'])
  if (!echem.x) throw new OperandoError('E_MISSING', 'The record has no x: give it one with withComposition first.')
  const nominal = asFloat64(echem.x.values, 'echem.x', { allowNaN: true })
  const columns = cyclingColumns(echem)
  const anchors = readAnchors(options.anchors, nominal.length)
  const own = anchors.map(a => nominal[a.row]!)
  const unknown = own.findIndex(Number.isNaN)
  if (unknown >= 0) throw new OperandoError('E_NAN', `The nominal x of row ${anchors[unknown]!.row}, an anchor, is not known.`)
  const warnings: Issue[] = []
  const lossShares: number[] = []
  let massRatio: number | null = null
  let correction: Float64Array
  if (explain === 'mass' && anchors.length > 1) {
    const line = linearRegression(
      own,
      anchors.map(a => a.x),
    )
    if (!(line.slope > 0))
      warnings.push({
        code: 'W_ANCHORS',
        message: `The anchors run against the charge (x = ${line.intercept} + ${line.slope} x nominal): no mass does that.`,
      })
    massRatio = 1 / line.slope
    correction = nominal.map(x => line.intercept + (line.slope - 1) * x)
  } else {
    const offsets = anchors.map((a, k) => a.x - own[k]!)
    const s = progress(columns, along)
    correction = between(s, anchors, offsets)
    const passed = progress(columns, 'charge')
    for (let k = 1; k < anchors.length; k++) {
      // x per A h, from the record's own nominal x
      const [a, b] = [anchors[k - 1]!.row, anchors[k]!.row]
      const charge = columns.charge[b]! - columns.charge[a]!
      const perAh = charge === 0 ? slopeOf(nominal, columns.charge) : (own[k]! - own[k - 1]!) / charge
      const share =
        perAh === 0 || passed[b] === passed[a] ? 0 : (offsets[k]! - offsets[k - 1]!) / perAh / -(passed[b]! - passed[a]!)
      lossShares.push(share)
      if (Math.abs(share) > 0.3)
        warnings.push({
          code: 'W_ANCHORS',
          message: `${(100 * Math.abs(share)).toPrecision(3)} % of the charge between rows ${a} and ${b} would not have changed x: is the mass or an anchor wrong?`,
          place: `rows ${a} to ${b}`,
        })
    }
  }
  const values = nominal.map((x, i) => x + correction[i]!)
  return {
    echem: freezeData({
      ...echem,
      x: createVariable({ dims: ['row'], values, unit: '', label: 'x (corrected)' }, 'x'),
      columns: { ...echem.columns, 'x (nominal)': echem.x },
    }),
    correction,
    explain,
    lossShares,
    massRatio,
    residuals: Float64Array.from(anchors, a => a.x - values[a.row]!),
    warnings,
  }
}

/** x for an A h over the whole record. */
function slopeOf(nominal: Float64Array, charge: Float64Array): number {
  for (let i = 1; i < charge.length; i++) {
    const [dq, dx] = [charge[i]! - charge[0]!, nominal[i]! - nominal[0]!]
    if (dq !== 0 && Number.isFinite(dx)) return dx / dq
  }
  return 0
}

/**
 * Anchors at the ends of half-cycles: where x is known at the end of each charge (all lithium out) or discharge (full again).
 *
 * @param echem The record.
 * @param ends  x at the end of each complete oxidation, reduction; absent: no anchors there.
 * @throws OperandoError `E_ARGUMENT` without either.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { anchorsAtEnds } from 'operando/cell'
 * const echem = createElectrochemistry({ time: [0, 1, 2, 3], potential: [3, 4, 3, 3], current: [0, 1e-3, -1e-3, 0] })
 * anchorsAtEnds(echem, { oxidation: 0.02 }) // [{ row: 1, x: 0.02 }]
 * ```
 */
export function anchorsAtEnds(
  echem: Electrochemistry,
  ends: { oxidation?: number | undefined; reduction?: number | undefined },
): CompositionAnchor[] {
  if (ends?.oxidation === undefined && ends?.reduction === undefined)
    throw new OperandoError('E_ARGUMENT', 'anchorsAtEnds: x at the end of oxidation, of reduction, or of both expected.')
  const halves: HalfCycle[] = halfCyclesIn(cyclingColumns(echem), echem.mode, {
    per: 'cell',
    divisor: 1,
    unit: 'mAh',
    energyUnit: 'mWh',
  })
  return halves.flatMap(half => {
    const x = ends[half.direction]
    return x === undefined || !half.complete ? [] : [{ row: half.to - 1, x }]
  })
}
