import { assertFields } from '../../../core/fields.js'
import type { Mechanism, Trends } from './mechanismTypes.js'
import { correlationOf, known, sweepOf } from './trend.js'

/** A line whose area swings by less than this part of its largest takes no part in a trade. */
const SWING = 0.5
/** Areas that trade correlate at least so strongly. */
const TRADE = -0.8

/**
 * Pairs of lines whose areas fall as the others' rise: a two-phase reaction seen without knowing the phases.
 * @param lines  Names of lines, whose areas are `name.area`.
 * @param trends The areas along the frames.
 * @throws OperandoError `E_ARGUMENT` without a list and trends.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { tradingLines } from 'operando/scattering'
 * const area = (name: string, values: number[]) => createDataset({ name, dims: ['frame'], values, unit: '', sigma: values.map(() => 1) })
 * const trends = { 'A.area': area('A.area', [90, 70, 40, 20, 5]), 'B.area': area('B.area', [4, 25, 50, 72, 88]) }
 * console.log(tradingLines(['A', 'B'], trends).map(({ subject, verdict }) => `${subject}: ${verdict}`))
 * ```
 */
export function tradingLines(lines: readonly string[], trends: Trends): Mechanism[] {
  assertFields(lines, 'lines: a list of names', [])
  assertFields(trends, 'trends', [])
  const found: Mechanism[] = []
  const swings = lines.filter(line => {
    const area = trends[`${line}.area`]
    if (!area) return false
    const { from, to } = sweepOf(area, known(area))
    return to > 0 && to - from > SWING * to
  })
  for (const [i, one] of swings.entries()) {
    for (const other of swings.slice(i + 1)) {
      const r = correlationOf(trends[`${one}.area`]!, trends[`${other}.area`]!)
      if (r > TRADE) continue
      found.push({
        subject: `lines ${one} and ${other}`,
        verdict: 'two-phase',
        evidence: [`Their areas trade: one falls as the other rises (r = ${r.toFixed(2)} over the frames).`],
        intervals: [],
        twoPhaseShare: null,
        gap: null,
        volumeChange: null,
        compositions: {},
        hysteresis: null,
      })
    }
  }
  return found
}
