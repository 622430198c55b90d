import { type Unit, unit } from '../../../core/unit.js'
import type { Dataset } from '../../../model/dataset.js'
import type { SequenceResult } from '../../../series/sequence/sequence.js'
import type { Trends } from '../mechanism/mechanismTypes.js'
import { PRESENCE, partsOf, phaseOf } from './planVariants.js'
import type { PhaseCouple, SequentialResult } from './sequentialTypes.js'

const UNITS: Readonly<Record<string, string>> = {
  a: 'Å',
  b: 'Å',
  c: 'Å',
  alpha: 'deg',
  beta: 'deg',
  gamma: 'deg',
  volume: 'Å³',
  fwhm: 'deg',
  size: 'deg',
  strain: 'deg',
  constant: 'deg',
  zero: 'deg',
  displacement: 'deg',
}
const LABELS: Readonly<Record<string, string>> = {
  volume: 'Volume of the cell,',
  fwhm: 'Width in the middle of the pattern,',
  scale: 'Scale,',
  intensity: 'Intensity of all lines,',
  fraction: 'Fraction of',
  weight: 'Weight fraction of',
  significance: 'Significance of',
  alpha: 'α of',
  beta: 'β of',
  gamma: 'γ of',
  size: 'Broadening by size,',
  strain: 'Broadening by strain,',
}

/**
 * The table of a series: units and words, blanks where phases are absent or nothing was free, fractions of couples without scales.
 * @param result  What the run along the frames gave.
 * @param phases  Names of the phases.
 * @param couples Phases that turn into each other.
 * @param engine  Names of the engine's parameters: of those, what was held all along is no result.
 */
export function sequentialTable(
  result: SequenceResult,
  phases: readonly string[],
  couples: readonly PhaseCouple[],
  engine: readonly string[],
): Omit<SequentialResult, 'smooth'> {
  const n = result.status.length
  const own = new Set(engine)
  const presence = Object.fromEntries(
    phases.map(name => {
      const column = result.parameters[`${name}.presence`]
      return [name, Uint8Array.from({ length: n }, (_, i) => column?.values[i] || 0)]
    }),
  )
  const parameters: Record<string, Dataset<'frame'>> = {}
  for (const [name, data] of Object.entries(result.parameters)) {
    const [owner, what] = partsOf(name)
    // of use to the next frame only
    if (what === 'presence' || name === 'misfit') continue
    const isFree = data.sigma !== undefined
    if (!isFree && (own.has(name) || what === 'volume')) continue
    // shapes and atoms, and what follows from them: unknown where the phase is absent, or where they were held
    const isShape = (own.has(name) && what !== 'scale') || what === 'volume' || what === 'fwhm'
    const there = presence[phases[phaseOf(name, phases)] ?? '']
    const values = Float64Array.from(data.values, (v, i) => {
      const isBlank = isShape && (there?.[i] === PRESENCE.absent || (isFree && Number.isNaN(data.sigma![i])))
      return isBlank ? Number.NaN : v
    })
    parameters[name] = Object.freeze({
      ...data,
      ...meaningOf(owner, what),
      values,
      ...(data.sigma && { sigma: Float64Array.from(data.sigma, (s, i) => (Number.isNaN(values[i]) ? Number.NaN : s)) }),
      mask: Uint8Array.from(values, v => (Number.isNaN(v) ? 1 : 0)),
    })
  }
  for (const couple of couples) Object.assign(parameters, fractionsByIntensity(parameters, couple))
  const { quality, status, reasons, tries, direction } = result
  return { parameters, quality, status, reasons, tries, direction, presence, phases }
}

function meaningOf(owner: string, what: string): { readonly unit: Unit; readonly label: string } {
  const words = LABELS[what] ?? what
  return { unit: unit(UNITS[what] ?? ''), label: owner === '' ? words : `${words} ${owner}`.trim() }
}

/**
 * Fractions of a couple whose structures are not known: each phase's intensity against its largest in the series, which is right where both were alone at some time.
 * @param parameters Trends so far.
 * @param couple     The couple.
 */
function fractionsByIntensity(parameters: Trends, { phases }: PhaseCouple): Record<string, Dataset<'frame'>> {
  const sums = phases.map(name => parameters[`${name}.intensity`])
  const [one, other] = sums
  if (!one?.sigma || !other?.sigma || parameters[`${phases[0]}.fraction`]) return {}
  const most = sums.map(sum => Float64Array.from(sum!.values).reduce((top, v) => (v > top ? v : top), 0))
  if (most.some(top => !(top > 0))) return {}
  const relative = (which: number, i: number): number => (which === 0 ? one : other).values[i]! / most[which]!
  const error = (which: number, i: number): number => (which === 0 ? one : other).sigma![i]! / most[which]!
  return Object.fromEntries(
    phases.map((name, which): [string, Dataset<'frame'>] => {
      const values = Float64Array.from(one.values, (_, i) => relative(which, i) / (relative(0, i) + relative(1, i)))
      const sigma = Float64Array.from(one.values, (_, i) => {
        const total = relative(0, i) + relative(1, i)
        return Math.hypot(relative(1 - which, i) * error(which, i), relative(which, i) * error(1 - which, i)) / total ** 2
      })
      const own = `${name}.fraction`
      const mask = Uint8Array.from(values, v => (Number.isNaN(v) ? 1 : 0))
      return [
        own,
        Object.freeze({ ...one, name: own, values, sigma, mask, unit: unit(''), label: `Fraction of ${name} by intensity` }),
      ]
    }),
  )
}
