import type { NumbersLike } from '../../core/arrays.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import type { Energy } from '../../core/quantity.js'
import { isOne } from '../isOne.js'
import type { MaterialInput } from '../material.js'
import { createEnergyCurve, type EnergyCurve } from '../tabulatedCurve.js'
import { type ElectronParameters, type ElectronParametersOptions, electronParameters } from './electronParameters.js'
import { seahS1, seahS2, seahS3, seahS4 } from './seah.js'
import { tpp2m } from './tpp2m.js'

/**
 * Equations of {@link createInelasticMeanFreePath}. `'tpp-2m'` (relativistic, 50 eV to 200 keV) and `'tpp-2m-classic'` (50 eV to 30 keV; fitted up to 2 keV), `'seah-s1'` and
 * `'seah-s2'` (100 eV to 30 keV) give inelastic mean free paths; `'seah-s3'` and `'seah-s4'` (100 eV to 30 keV) effective attenuation lengths, elastic scattering included.
 */
export type ElectronPathMethod = 'tpp-2m' | 'tpp-2m-classic' | 'seah-s1' | 'seah-s2' | 'seah-s3' | 'seah-s4'

/** Options of {@link inelasticMeanFreePath} and {@link createInelasticMeanFreePath}. */
export interface InelasticMeanFreePathOptions extends ElectronParametersOptions {
  /** Equation. Default `'tpp-2m'`. */
  readonly method?: ElectronPathMethod | undefined
}

const OPTIONS: FieldsOf<InelasticMeanFreePathOptions> = { method: true, bandGap: true, valenceElectrons: true }

/** Path of electrons in a material, nm, over kinetic energy: made once by {@link createInelasticMeanFreePath}. */
export interface ElectronPath extends EnergyCurve {
  /** Equation. */
  readonly method: ElectronPathMethod
  /** Whether it is an inelastic mean free path, or an effective attenuation length. */
  readonly quantity: 'inelastic mean free path' | 'effective attenuation length'
  /** What the equation was given. */
  readonly parameters: ElectronParameters
}

const EQUATIONS: Readonly<
  Record<
    ElectronPathMethod,
    { range: readonly [number, number]; source: string; at: (energy: number, p: ElectronParameters) => number }
  >
> = {
  'tpp-2m': {
    range: [50, 200_000],
    source: 'H. Shinotsuka et al., Surf. Interface Anal. 47 (2015) 871',
    at: (energy, p) => tpp2m(energy, p),
  },
  'tpp-2m-classic': {
    range: [50, 30_000],
    source: 'S. Tanuma et al., Surf. Interface Anal. 21 (1994) 165',
    at: (energy, p) => tpp2m(energy, p, { relativistic: false }),
  },
  'seah-s1': { range: [100, 30_000], source: 'M. P. Seah, Surf. Interface Anal. 44 (2012) 497', at: seahS1 },
  'seah-s2': {
    range: [100, 30_000],
    source: 'M. P. Seah, Surf. Interface Anal. 44 (2012) 497',
    at: (energy, p) => seahS2(energy, p.meanNumber),
  },
  'seah-s3': { range: [100, 30_000], source: 'M. P. Seah, Surf. Interface Anal. 44 (2012) 1353', at: seahS3 },
  'seah-s4': {
    range: [100, 30_000],
    source: 'M. P. Seah, Surf. Interface Anal. 44 (2012) 1353',
    at: (energy, p) => seahS4(energy, p.meanNumber),
  },
}

/**
 * Inelastic mean free path of electrons in a substance as a plan, in nm over kinetic energy in eV (of metals above the Fermi level). The equations are good to about 10 %.
 * @param material Name in the list, substance, or parameters as `electronParameters` gives them.
 * @param options  Equation; band gap and valence electrons where the list has none.
 * @throws OperandoError as `electronParameters`; `E_ARGUMENT` for another method. The plan throws `E_RANGE` for an energy outside the range of the equation.
 * @example
 * ```ts
 * import { createInelasticMeanFreePath } from 'operando/matter'
 * const path = await createInelasticMeanFreePath('LiCoO2')
 * path.at('6 keV') // 8.6 nm
 * path.over([1000, 2000, 4000])
 * ```
 */
export async function createInelasticMeanFreePath(
  material: MaterialInput | ElectronParameters,
  options: InelasticMeanFreePathOptions = {},
): Promise<ElectronPath> {
  assertKnown(options, 'createInelasticMeanFreePath options', OPTIONS)
  const { method = 'tpp-2m', ...known } = options
  assertOneOf(method, 'method', Object.keys(EQUATIONS))
  const given = typeof material === 'object' && material !== null && 'meanNumber' in material
  const parameters = given ? material : await electronParameters(material, known)
  const { range, source, at } = EQUATIONS[method]
  const curve = createEnergyCurve({
    what: `Path of electrons by ${method}`,
    range,
    source,
    wayOut: 'The equation was made for these energies.',
    fill: (energies, out) => {
      for (let k = 0; k < energies.length; k++) out[k] = at(energies[k]!, parameters)
    },
  })
  const quantity = method === 'seah-s3' || method === 'seah-s4' ? 'effective attenuation length' : 'inelastic mean free path'
  return { ...curve, method, quantity, parameters }
}

/**
 * Inelastic mean free path of electrons in a substance at one or many kinetic energies. For repeated work, and for what the equations mean:
 * {@link createInelasticMeanFreePath}.
 * @param material Name in the list, substance, or parameters as `electronParameters` gives them.
 * @param energies eV or `'1.2 keV'`; or n values in eV.
 * @param options  Equation; band gap and valence electrons where the list has none.
 * @returns nm, a number or n values.
 * @throws OperandoError as {@link createInelasticMeanFreePath}; `E_RANGE` for an energy outside the range of the equation.
 * @example
 * ```ts
 * import { inelasticMeanFreePath } from 'operando/matter'
 * await inelasticMeanFreePath('Cu', 500) // 0.94 nm
 * await inelasticMeanFreePath({ formula: 'Li3PO4', density: 2.54 }, [1000, 1400], { bandGap: 6 })
 * await inelasticMeanFreePath('graphite', 1202, { method: 'seah-s4' }) // effective attenuation length
 * ```
 */
export async function inelasticMeanFreePath(
  material: MaterialInput | ElectronParameters,
  energies: Energy,
  options?: InelasticMeanFreePathOptions,
): Promise<number>
export async function inelasticMeanFreePath(
  material: MaterialInput | ElectronParameters,
  energies: NumbersLike,
  options?: InelasticMeanFreePathOptions,
): Promise<Float64Array>
export async function inelasticMeanFreePath(
  material: MaterialInput | ElectronParameters,
  energies: Energy | NumbersLike,
  options: InelasticMeanFreePathOptions = {},
): Promise<number | Float64Array> {
  assertKnown(options, 'inelasticMeanFreePath options', OPTIONS)
  const path = await createInelasticMeanFreePath(material, options)
  return isOne(energies) ? path.at(energies) : path.over(energies)
}
