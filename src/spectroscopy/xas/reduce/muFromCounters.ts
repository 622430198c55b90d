import type { NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { freezeData } from '../../../model/derive.js'
import { asEnergies } from '../../spectrum.js'
import { type EdgeSense, edgeSense } from '../edge/edgeSense.js'
import type { DeadTime } from './correctDeadTime.js'
import { type CountRow, countRows } from './countRows.js'

/** What was counted at each energy; n values each. */
export interface Counters {
  /** Flux before the sample. */
  i0?: NumbersLike | undefined
  /** Flux behind the sample. */
  i1?: NumbersLike | undefined
  /** Flux behind the reference foil, which stands behind the sample. */
  i2?: NumbersLike | undefined
  /** Fluorescence: one counter, or the channels of a detector. */
  fluorescence?: NumbersLike | readonly NumbersLike[] | undefined
  /** Total electron yield: drain current. */
  electronYield?: NumbersLike | undefined
}

/** Options of {@link muFromCounters}. */
export interface MuFromCountersOptions {
  /** What each counter shows without beam, by its name; for fluorescence one for all channels. */
  dark?: Partial<Record<keyof Counters, number>> | undefined
  /** Losses of the fluorescence channels: one description for all, or one each. */
  deadTime?: DeadTime | readonly DeadTime[] | undefined
  /** Channels to leave out, from 0. */
  skipChannels?: readonly number[] | undefined
  /** What happens to rows where a counter is not above 0: `'refuse'` (default) or `'drop'`. */
  bad?: 'refuse' | 'drop' | undefined
  /** `'as-given'` (default) only warns where mu falls at its edge; `'auto'` turns it round. */
  orientation?: 'as-given' | 'auto' | undefined
}

const COUNTERS: FieldsOf<Counters> = { i0: true, i1: true, i2: true, fluorescence: true, electronYield: true }
const OPTIONS: FieldsOf<MuFromCountersOptions> = { dark: true, deadTime: true, skipChannels: true, bad: true, orientation: true }

/** One way of measuring. */
export interface MeasuredMu {
  /** Absorption, n values: ln(i0/i1), counts/i0, i/i0, ln(i1/i2). */
  readonly mu: Float64Array
  /** Standard uncertainty from counting, n values: fluorescence only, whose counts are photons. */
  readonly sigma?: Float64Array | undefined
  /** Whether it was turned round, or should be. */
  readonly sense: EdgeSense
}

/** All that counters tell. */
export interface CountedMu {
  /** eV, n values: rows that were dropped are not among them. */
  readonly energy: Float64Array
  /** Transmission, ln(i0/i1). */
  readonly transmission?: MeasuredMu | undefined
  /** Fluorescence yield over i0. */
  readonly fluorescence?: MeasuredMu | undefined
  /** Electron yield over i0. */
  readonly electronYield?: MeasuredMu | undefined
  /** Reference foil, ln(i1/i2). */
  readonly reference?: MeasuredMu | undefined
  /** Rows that were dropped, from 0. */
  readonly dropped: readonly number[]
  /** `W_SWAPPED_COUNTERS`, `W_DROPPED_ROWS`. */
  readonly warnings: readonly Issue[]
}

/**
 * Absorption from counters: transmission, fluorescence (dead time taken off, channels added), electron yield and reference foil, whichever counters are there.
 *
 * A spectrum that falls at its edge has its counters swapped (ln(i1/i0)), or is none: that is detected by its strongest step, warned of, and turned round on request. Negative mu by itself is no sign of it: gains of
 * amplifiers shift ln(i0/i1) by a constant.
 *
 * @param energy   eV, n values, strictly rising ({@link orderScan}).
 * @param counters What was counted.
 * @param options  Dark currents, dead time, channels, bad rows, orientation.
 * @throws OperandoError `E_MISSING` where counters are given without what they are divided by; `E_RANGE` for counters that are not above 0, naming the row; `E_AXIS`, `E_SHAPE`, `E_NAN`, `E_UNIT`.
 * @example
 * ```ts
 * import { muFromCounters } from 'operando/spectroscopy'
 * const energy = Array.from({ length: 101 }, (_, i) => 8300 + i)
 * const i0 = energy.map(() => 1e5)
 * const i1 = energy.map(e => 1e5 * Math.exp(-0.4 - 0.8 / (1 + Math.exp(8345 - e))))
 * const { transmission, warnings } = muFromCounters(energy, { i0, i1 })
 * console.log(transmission!.mu[100], warnings) // 1.2, []
 * ```
 */
export function muFromCounters(energy: NumbersLike, counters: Counters, options: MuFromCountersOptions = {}): CountedMu {
  assertKnown(counters, 'counters', COUNTERS)
  assertKnown(options, 'muFromCounters options', OPTIONS)
  const { bad = 'refuse', orientation = 'as-given' } = options
  assertOneOf(bad, 'bad', ['refuse', 'drop'])
  assertOneOf(orientation, 'orientation', ['as-given', 'auto'])
  const axis = asEnergies(energy)
  const rows = countRows(axis.length, counters, options)
  const dropped = badRows(axis, rows, bad)
  const keep = dropped.length === 0 ? undefined : Array.from(axis.keys()).filter(i => !dropped.includes(i))
  const at = keep ? Float64Array.from(keep, i => axis[i]!) : axis
  if (at.length < 5)
    throw new OperandoError('E_RANGE', `muFromCounters: ${at.length} of ${axis.length} rows have counts: at least 5 expected.`)
  const taken = (column: Float64Array): Float64Array => (keep ? Float64Array.from(keep, i => column[i]!) : column)
  const warnings: Issue[] = []
  if (dropped.length > 0)
    warnings.push({
      code: 'W_DROPPED_ROWS',
      message: `${dropped.length} rows where a counter is not above 0 were dropped: ${dropped.slice(0, 8).join(', ')}.`,
    })

  const measured = (name: string, mu: Float64Array, sigma?: Float64Array): MeasuredMu => {
    const sense = edgeSense(at, mu)
    const turn = sense.falls && orientation === 'auto'
    if (sense.falls) {
      warnings.push({
        code: 'W_SWAPPED_COUNTERS',
        message: `${name}: mu falls at ${sense.energy.toFixed(1)} eV where an edge should rise: ${name === 'fluorescence' || name === 'electronYield' ? 'is the signal inverted?' : 'are its two counters swapped?'} ${turn ? 'It was turned round.' : "{ orientation: 'auto' } turns it round."}`,
      })
    }
    return { mu: turn ? mu.map(v => -v) : mu, ...(sigma ? { sigma } : {}), sense }
  }
  const ratio = (over: Float64Array, under: Float64Array): Float64Array => taken(over).map((v, i) => v / taken(under)[i]!)
  const { i0, i1, i2, fluorescence, electronYield } = rows
  return freezeData({
    energy: at,
    ...(i0 && i1 ? { transmission: measured('transmission', ratio(i0.values, i1.values).map(Math.log)) } : {}),
    ...(i0 && fluorescence
      ? { fluorescence: measured('fluorescence', ratio(fluorescence.values, i0.values), ratio(fluorescence.sigma!, i0.values)) }
      : {}),
    ...(i0 && electronYield ? { electronYield: measured('electronYield', ratio(electronYield.values, i0.values)) } : {}),
    ...(i1 && i2 ? { reference: measured('reference', ratio(i1.values, i2.values).map(Math.log)) } : {}),
    dropped,
    warnings,
  })
}

/** Rows where a counter that is divided by, or whose logarithm is taken, is not above 0. */
function badRows(energy: Float64Array, rows: Partial<Record<keyof Counters, CountRow>>, bad: 'refuse' | 'drop'): number[] {
  const found: number[] = []
  for (let i = 0; i < energy.length; i++) {
    for (const name of ['i0', 'i1', 'i2'] as const) {
      const value = rows[name]?.values[i]
      if (value === undefined || value > 0) continue
      if (bad === 'refuse') {
        throw new OperandoError(
          'E_RANGE',
          `${name} is ${value} at row ${i} (${energy[i]} eV): a flux above 0 expected. { bad: 'drop' } leaves such rows out.`,
          { details: { name, index: i } },
        )
      }
      found.push(i)
      break
    }
  }
  return found
}
