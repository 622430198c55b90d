import { mechanism } from '../../scattering/bragg/mechanism/mechanism.js'
import type { Mechanism, Trends } from '../../scattering/bragg/mechanism/mechanismTypes.js'
import { tradingLines } from '../../scattering/bragg/mechanism/tradingLines.js'
import { known } from '../../scattering/bragg/mechanism/trend.js'
import type { FitPhase } from '../../scattering/bragg/phases/phaseFitTypes.js'
import type { LineConfig } from './config.js'

/**
 * How the phases, couples and lines of a run react, by `mechanism`.
 * @param phases The phases.
 * @param lines  The lines.
 * @param trends What was found.
 * @param range  First and last angle of the patterns, degrees 2theta.
 */
export function mechanismsOf(
  phases: readonly FitPhase[],
  lines: readonly LineConfig[],
  trends: Trends,
  range: readonly [number, number],
): Mechanism[] {
  const found: Mechanism[] = []
  for (const couple of new Set(phases.map(p => p.couple).filter(c => c !== undefined))) {
    const [one, other, ...more] = phases.filter(p => p.couple === couple)
    if (!one || !other || more.length > 0) continue
    const formulaUnits = [one.formulaUnits ?? 1, other.formulaUnits ?? 1]
    found.push(mechanism(trends, { subject: couple, phases: [one.name, other.name], formulaUnits }))
  }
  const isSeen = (name: string): boolean =>
    ['a', 'b', 'c', 'd'].some(axis => trends[`${name}.${axis}`]?.sigma && known(trends[`${name}.${axis}`]!).length > 0)
  for (const { name, couple, fixedCell, formulaUnits = 1 } of phases) {
    if (couple !== undefined || fixedCell || !isSeen(name)) continue
    found.push(mechanism(trends, { phases: [name], formulaUnits: [formulaUnits], twoTheta: (range[0] + range[1]) / 2 }))
  }
  for (const { name, range: own } of lines) {
    if (!isSeen(name)) continue
    found.push(mechanism(trends, { subject: `line ${name}`, phases: [name], twoTheta: (own[0] + own[1]) / 2 }))
  }
  const names = lines.map(line => line.name)
  return [...tradingLines(names, trends), ...found]
}
