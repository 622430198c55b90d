import { type Unit, unit } from '../../core/unit.js'
import type { Dataset } from '../../model/dataset.js'
import type { Trends } from '../../scattering/bragg/mechanism/mechanismTypes.js'
import { known } from '../../scattering/bragg/mechanism/trend.js'
import type { FitPhase } from '../../scattering/bragg/phases/phaseFitTypes.js'
import type { SequenceResult } from '../../series/sequence/sequence.js'

/** Unit and words of a fitted parameter. */
export function meaningOf(name: string): { readonly unit: Unit; readonly label: string } {
  const cut = name.lastIndexOf('.')
  const [owner, what] = [name.slice(0, cut), name.slice(cut + 1)]
  const of = (symbol: string, word: string): { unit: Unit; label: string } => ({
    unit: unit(symbol),
    label: `${word} ${owner}`.trim(),
  })
  if (['a', 'b', 'c', 'd'].includes(what)) return of('Å', what)
  if (['alpha', 'beta', 'gamma'].includes(what)) return of('deg', { alpha: 'α', beta: 'β', gamma: 'γ' }[what]!)
  if (what === 'fwhm') return of('deg', 'Width')
  if (what === 'twoTheta') return of('deg', '2θ')
  if (what === 'fraction') return of('', 'Mole fraction')
  if (what === 'scale') return of('', 'Cells in the beam, relative:')
  if (what === 'area') return of('', 'Area')
  if (name === 'zero') return { unit: unit('deg'), label: 'Zero of 2θ' }
  return { unit: unit(''), label: name }
}

/**
 * The trends of a sequence of phase fits: what is told of a phase is left blank in frames where it was absent, and where a fit gave no uncertainty
 * (a value that was held is no result).
 * @param result The sequence.
 * @param phases Its phases.
 * @param keep   Which parameters are results.
 */
export function trendsOf(result: SequenceResult, phases: readonly FitPhase[], keep: (name: string) => boolean): Trends {
  const trends: Record<string, Dataset<'frame'>> = {}
  for (const [name, data] of Object.entries(result.parameters)) {
    const phase = phases.find(p => name.startsWith(`${p.name}.`))
    const held = phase?.fixedCell && !['scale', 'fwhm', 'fraction'].includes(name.slice(phase.name.length + 1))
    if (!keep(name) || !data.sigma || held) continue
    const { unit: ofName, label } = meaningOf(name)
    const values = Float64Array.from(data.values, (v, i) => (Number.isNaN(data.sigma![i]) ? Number.NaN : v))
    trends[name] = Object.freeze({
      ...data,
      name,
      label,
      unit: ofName,
      values,
      mask: Uint8Array.from(values, v => (Number.isNaN(v) ? 1 : 0)),
    })
  }
  return trends
}

/** How many of its standard uncertainties a trend covers, its most extreme twentieths aside. */
export function reachOf(trend: Dataset<'frame'> | undefined): number {
  const at = trend ? known(trend) : []
  if (!trend || at.length < 5) return 0
  const values = at.map(i => trend.values[i]!).sort((a, b) => a - b)
  const sigmas = at.map(i => trend.sigma?.[i] ?? Infinity).sort((a, b) => a - b)
  const cut = Math.floor(values.length / 20)
  return (values[values.length - 1 - cut]! - values[cut]!) / sigmas[sigmas.length >> 1]!
}
