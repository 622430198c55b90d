import { assertKnown } from '../../core/fields.js'
import { type Composition, composition } from '../composition.js'
import {
  ATTENUATION_FIELDS,
  type AttenuationKind,
  type AttenuationOptions,
  type AttenuationTable,
  createMassAttenuation,
} from '../massAttenuation.js'
import type { MaterialInput } from '../material.js'
import { createEnergyCurve, type EnergyCurve } from '../tabulatedCurve.js'

/** Linear attenuation coefficient of a material, 1/cm, over photon energy: made once by {@link createAttenuation}. */
export interface Attenuation extends EnergyCurve {
  /** The material: name, mean density, elements. */
  readonly composition: Composition
  /** Whose numbers. */
  readonly table: AttenuationTable
  /** Which process. */
  readonly kind: AttenuationKind
}

/**
 * Linear attenuation coefficient μ of a material as a plan: names and tables are read once, then `at(energy)` and `over(energies)` give 1/cm without waiting.
 * Elements add up by mass (Bragg's rule); near edges that leaves the structure of bonds out.
 * @param material Name, substance or mixture; with pores it is the mean over them.
 * @param options  Table and process.
 * @throws OperandoError as `resolveMaterial`; `E_ARGUMENT` for another table or kind; `E_MISSING` for an element beyond the table. The plan throws `E_RANGE` for an energy outside.
 * @example
 * ```ts
 * import { createAttenuation } from 'operando/matter'
 * const cathode = await createAttenuation({ components: [{ name: 'LFP', massFraction: 0.9 }, { name: 'carbon black', massFraction: 0.1 }], porosity: 0.4 })
 * const edgeJump = cathode.at(7130) - cathode.at(7100) // 1/cm
 * const spectrum = cathode.over([7000, 7100, 7200])
 * ```
 */
export async function createAttenuation(material: MaterialInput, options: AttenuationOptions = {}): Promise<Attenuation> {
  assertKnown(options, 'createAttenuation options', ATTENUATION_FIELDS)
  const mixed = await composition(material)
  const { density, massFractions } = mixed
  const parts = await Promise.all(
    Object.entries(massFractions).map(async ([element, w]) => ({
      weight: w * density,
      curve: await createMassAttenuation(element, options),
    })),
  )
  const { table, kind, source } = parts[0]!.curve
  const range = [
    Math.max(...parts.map(({ curve }) => curve.range[0])),
    Math.min(...parts.map(({ curve }) => curve.range[1])),
  ] as const
  let scratch = new Float64Array(1)
  const fill = (energies: Float64Array, out: Float64Array): void => {
    if (scratch.length !== energies.length) scratch = new Float64Array(energies.length)
    out.fill(0)
    for (const { weight, curve } of parts) {
      curve.over(energies, scratch)
      for (let k = 0; k < out.length; k++) out[k] = out[k]! + weight * scratch[k]!
    }
  }
  const what = `${mixed.name}, ${kind} attenuation, table '${table}'`
  const inChantler = table === 'elam' && ['total', 'photo', 'scattering'].includes(kind)
  const wayOut = inChantler ? "{ table: 'chantler' } reaches from 10 eV to 966 keV." : undefined
  return { ...createEnergyCurve({ what, range, source, fill, wayOut }), composition: mixed, table, kind }
}
