import { cellVolume } from '../../../model/crystal/cellVolume.js'
import { latticeSystem } from '../../../model/crystal/latticeSystem.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { Estimate } from '../dSpacingOfPeak.js'
import { cellWith, SYSTEM_NUMBERS } from '../lineProblem.js'
import type { LatticePhase, RefinementResult } from '../refinement/refinementTypes.js'
import { type LineWidthParameters, lineWidths } from '../widths/lineWidths.js'
import { isCellOf, PRESENCE, partsOf } from './planVariants.js'
import { propagate } from './propagate.js'
import type { SequentialModel } from './sequentialTypes.js'

/**
 * What follows from a frame's refinement: volumes, widths in the middle of the pattern, intensities or fractions, significance and presence of phases, R factors.
 * @param fit      The refinement.
 * @param model    Phases and couples.
 * @param presence Of each phase.
 * @param found    Significance of each phase.
 * @param range    First and last angle of the pattern, degrees.
 */
export function derivedParameters(
  fit: RefinementResult,
  { phases, couples = [], instrument }: SequentialModel,
  presence: ArrayLike<number>,
  found: ArrayLike<number>,
  range: readonly [number, number],
): Record<string, Estimate> {
  const derived: Record<string, Estimate> = {
    rwp: { value: fit.agreement.rwp, standardError: null },
    rwpBackground: { value: fit.agreement.rwpBackground, standardError: null },
  }
  const middle = (range[0] + range[1]) / 2
  phases.forEach(({ name, cell }, p) => {
    const put = (what: string, own: Estimate): void => {
      if (Number.isFinite(own.value)) derived[`${name}.${what}`] = own
    }
    put('presence', { value: presence[p]!, standardError: null })
    put('significance', { value: found[p]!, standardError: null })
    const own = Object.keys(fit.parameters).filter(parameter => partsOf(parameter)[0] === name)
    const free = own.filter(parameter => isCellOf(parameter, name))
    const rows = SYSTEM_NUMBERS[latticeSystem(cell)]
    put(
      'volume',
      propagate(fit, free, values => cellVolume(cellWith(cell, values, rows) as UnitCell)),
    )
    if (presence[p] !== PRESENCE.absent) {
      const widths = own.filter(parameter => ['u', 'v', 'w', 'p', 'size', 'strain', 'constant'].includes(partsOf(parameter)[1]))
      put(
        'fwhm',
        propagate(fit, widths, values => widthAt(middle, widths, values, instrument?.widths)),
      )
    }
    if (fit.parameters[`${name}.scale`] === undefined) put('intensity', intensityOf(fit, name, range))
  })
  for (const [name, weight] of Object.entries(fit.massFractions?.phases ?? {}))
    if (Number.isFinite(weight.value)) derived[`${name}.weight`] = weight
  for (const { phases: own, formulaUnits = [1, 1] as const } of couples) {
    const members = own.map(name => phases.find(phase => phase.name === name)!) as [LatticePhase, LatticePhase]
    Object.assign(derived, fractionsOf(fit, members, formulaUnits))
  }
  return derived
}

/** Fwhm of a line of instrument and sample together; NaN where the terms give none. */
function widthAt(
  twoTheta: number,
  names: readonly string[],
  values: readonly number[],
  instrument: LineWidthParameters = {},
): number {
  const sum: Record<string, number> = {}
  names.forEach((name, i) => {
    const [, what] = partsOf(name)
    sum[what] = values[i]! + (instrument[what as keyof LineWidthParameters] ?? 0)
  })
  try {
    return lineWidths([twoTheta], sum).fwhm[0]!
  } catch {
    return Number.NaN
  }
}

/** A line so many fwhm from an end of the pattern, or nearer, is cut: it says little of its intensity, and much wrongly. */
const CUT = 2

/** Sum of a phase's intensities. Lines that overlap have no error of their own: they are given the mean relative one. */
function intensityOf({ lines }: RefinementResult, name: string, [first, last]: readonly [number, number]): Estimate {
  let [total, known, variance] = [0, 0, 0]
  for (const { phase, intensity, standardError, twoTheta, fwhm } of lines) {
    if (phase !== name || twoTheta < first + CUT * fwhm || twoTheta > last - CUT * fwhm) continue
    total += intensity
    if (standardError === null) continue
    known += intensity
    variance += standardError ** 2
  }
  if (!(known > 0)) return { value: total, standardError: null }
  return { value: total, standardError: Math.sqrt(variance) * Math.sqrt(total / known) }
}

/** Mole fractions of a couple: scale times volume times formula units, over the sum. (Scales are those of Hill and Howard: mass goes with scale x mass of the cell x volume of the cell.) */
function fractionsOf(
  fit: RefinementResult,
  phases: readonly [LatticePhase, LatticePhase],
  units: readonly [number, number],
): Record<string, Estimate> {
  if (phases.some(({ name }) => fit.parameters[`${name}.scale`] === undefined)) return {}
  const own = phases.map(({ name, cell }) => ({
    names: [`${name}.scale`, ...Object.keys(fit.parameters).filter(parameter => isCellOf(parameter, name))],
    volume: (numbers: number[]) => cellVolume(cellWith(cell, numbers, SYSTEM_NUMBERS[latticeSystem(cell)]) as UnitCell),
  }))
  const [one, other] = own as [(typeof own)[0], (typeof own)[0]]
  const moles = ([scale, ...cell]: number[], which: number): number => scale! * units[which]! * own[which]!.volume(cell)
  const share = (which: number) => (values: number[]) => {
    const [first, second] = [moles(values.slice(0, one.names.length), 0), moles(values.slice(one.names.length), 1)]
    return (which === 0 ? first : second) / (first + second)
  }
  const names = [...one.names, ...other.names]
  return Object.fromEntries(
    phases.map(({ name }, which): [string, Estimate] => [`${name}.fraction`, propagate(fit, names, share(which))]),
  )
}
