import { OperandoError } from '../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import { emissionLines } from '../../matter/emissionLines.js'
import type { Hkl } from '../../model/crystal/matrix3.js'

/** A line of a phase in energy. */
export interface EnergyLine {
  /** Its Miller indices. */
  readonly hkl: Hkl
  /** eV. */
  readonly energy: number
}

/** A phase whose lines may be there. */
export interface EnergyPhase {
  /** Its name. */
  readonly name: string
  /** Its lines. */
  readonly lines: readonly EnergyLine[]
}

/** Options of {@link explainEnergies}. */
export interface ExplainEnergiesOptions {
  /** Elements that may fluoresce: of the sample, the cell, the shielding, the detector. Default `['Pb', 'W']`. */
  elements?: readonly string[] | undefined
  /** Detector, whose own photons escape. Default `'Ge'`. */
  detector?: 'Ge' | 'Si' | 'CdTe' | undefined
  /** Lines of the phases there are, of `edxrdLines`. Default none. */
  phases?: readonly EnergyPhase[] | undefined
  /** How far a line may be from its energy: eV, or by energy (`energyWidth` over 2). Default 200. */
  tolerance?: number | ((energy: number) => number) | undefined
}

/** What a peak may be. */
export interface EnergyExplanation {
  /** Kind of line. */
  readonly kind: 'diffraction' | 'fluorescence' | 'escape' | 'sum'
  /** In words: `graphite 0 0 2`, `Pb Ka1`, `Ge Ka1 escape of 60.51 keV`. */
  readonly label: string
  /** Where it should be, eV. */
  readonly energy: number
  /** Peak minus that, eV. */
  readonly difference: number
}

/** A peak and what it may be, the nearest first; none where nothing is near. */
export interface ExplainedEnergy {
  /** eV. */
  readonly energy: number
  /** What it may be. */
  readonly explanations: readonly EnergyExplanation[]
}

const OPTIONS: FieldsOf<ExplainEnergiesOptions> = { elements: true, detector: true, phases: true, tolerance: true }
const DETECTOR_ELEMENTS = { Ge: ['Ge'], Si: ['Si'], CdTe: ['Cd', 'Te'] } as const
/** Lines that carry less than this of a shell's photons are not told. */
const WEAKEST = 0.02
/** An escape peak has at most some part of its parent, a sum peak less than both its parents. */
const PARENT = 2

/**
 * Tells which peaks of an energy-dispersive pattern are fluorescence of some elements, escape peaks of the detector, sums of two photons, and which are diffraction of phases: before a fluorescence line is taken for a phase.
 *
 * An escape peak stands one Kα or Kβ of the detector below a peak that is at least twice as strong; where heights are not given, below any peak.
 * @param peaks   Energies in eV, with heights or areas if they are known.
 * @param options Elements, detector, phases.
 * @throws OperandoError `E_RANGE` for energies not above 0; `E_MISSING` for an unknown element.
 * @example
 * ```ts
 * import { explainEnergies } from 'operando/scattering'
 * const found = await explainEnergies([{ energy: 74_970, height: 300 }, { energy: 65_090, height: 40 }], { elements: ['Pb'] })
 * console.log(found.map(({ explanations }) => explanations[0]?.label)) // Pb Ka1; Ge Ka1 escape of it
 * ```
 */
export async function explainEnergies(
  peaks: readonly { readonly energy: number; readonly height?: number | undefined }[],
  options: ExplainEnergiesOptions = {},
): Promise<ExplainedEnergy[]> {
  assertKnown(options, 'explainEnergies options', OPTIONS)
  if (!Array.isArray(peaks as unknown))
    throw new OperandoError('E_ARGUMENT', 'explainEnergies: peaks, as { energy, height }, expected.')
  const { elements = ['Pb', 'W'], detector = 'Ge', phases = [], tolerance = 200 } = options
  assertOneOf(detector, 'detector', Object.keys(DETECTOR_ELEMENTS))
  for (const [i, peak] of peaks.entries())
    if (!(peak?.energy > 0)) throw new OperandoError('E_RANGE', `peaks[${i}]: energy = ${peak?.energy} eV: above 0 expected.`)
  const fluorescence = await linesOf(elements)
  // only K photons carry enough away to part the peaks
  const escapes = (await linesOf(DETECTOR_ELEMENTS[detector])).filter(({ name }) => name.startsWith('K'))
  const keV = (energy: number): string => `${(energy / 1000).toFixed(2)} keV`
  return peaks.map(({ energy, height }) => {
    const allowed = typeof tolerance === 'number' ? tolerance : tolerance(energy)
    const explanations: EnergyExplanation[] = []
    const tell = (kind: EnergyExplanation['kind'], label: string, at: number): void => {
      if (Math.abs(energy - at) <= allowed) explanations.push({ kind, label, energy: at, difference: energy - at })
    }
    for (const { element, name, energy: at } of fluorescence) tell('fluorescence', `${element} ${name}`, at)
    for (const { name, lines } of phases)
      for (const line of lines) tell('diffraction', `${name} ${line.hkl.join(' ')}`, line.energy)
    const stronger = peaks.filter(other => other.height === undefined || height === undefined || other.height > PARENT * height)
    for (const parent of stronger) {
      for (const { element, name, energy: lost } of escapes)
        tell('escape', `${element} ${name} escape of ${keV(parent.energy)}`, parent.energy - lost)
      for (const second of stronger)
        if (second.energy >= parent.energy)
          tell('sum', `sum of ${keV(parent.energy)} and ${keV(second.energy)}`, parent.energy + second.energy)
    }
    // one that needs two photons, or a photon lost, is the less likely
    const rank = { fluorescence: 0, diffraction: 0, escape: 1, sum: 2 }
    explanations.sort((a, b) => rank[a.kind] - rank[b.kind] || Math.abs(a.difference) - Math.abs(b.difference))
    return { energy, explanations }
  })
}

async function linesOf(elements: readonly string[]): Promise<{ element: string; name: string; energy: number }[]> {
  const lists = await Promise.all(elements.map(async element => ({ element, lines: await emissionLines(element) })))
  return lists.flatMap(({ element, lines }) =>
    lines.filter(({ intensity }) => intensity >= WEAKEST).map(({ name, energy }) => ({ element, name, energy })),
  )
}
