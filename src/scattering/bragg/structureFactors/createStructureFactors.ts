import { HC_EV_ANGSTROM } from '../../../core/constants.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { type Energy, type Length, toValue } from '../../../core/quantity.js'
import type { ReflectionList } from '../../../model/crystal/reflections.js'
import type { Site, Structure } from '../../../model/crystal/structure.js'
import { outputOf } from '../../../numeric/outputOf.js'
import { loadScatteringFactors } from './loadScatteringFactors.js'
import { siteSums, summedSite, turnReflections } from './siteSums.js'

/** Options of {@link createStructureFactors}. */
export interface StructureFactorOptions {
  /** Wavelength in Å. */
  wavelength?: Length | undefined
  /** Photon energy in eV; instead of the wavelength. */
  energy?: Energy | undefined
  /** Whether f' and f'' are added to f0. Default true. */
  dispersion?: boolean | undefined
}

const OPTIONS: FieldsOf<StructureFactorOptions> = { wavelength: true, energy: true, dispersion: true }

/** Structure factors of a list of reflections: made once by {@link createStructureFactors}, evaluated for many states of the sites. */
export interface StructureFactors {
  /** The reflections, n of them. */
  readonly reflections: ReflectionList
  /** Names of the scattering factors, as the table has them: `Fe3+`. */
  readonly ions: readonly string[]
  /** Ions that stand as neutral atoms. */
  readonly warnings: readonly Issue[]
  /**
   * |F|² in electrons² per unit cell, the mean of each reflection and its Friedel mate: what a powder shows.
   * @param sites As many sites as the structure has, of the same ions: moved, filled or shaken otherwise. Default: those of the structure.
   * @param out   Receives n values; made if absent.
   * @throws OperandoError `E_SHAPE` for another number of sites or a wrong `out`.
   */
  squares(sites?: readonly Site[] | undefined, out?: Float64Array | undefined): Float64Array
  /**
   * F of each reflection, re and im in electrons per unit cell, with the phase convention exp(+2 pi i h.x).
   * @param sites As for {@link StructureFactors.squares}.
   */
  values(sites?: readonly Site[] | undefined): Float64Array
}

/**
 * Prepares structure factors of a crystal: F = sum over the atoms of the cell of occupancy x (f0 + f' + i f'') x T exp(2 pi i h.x). Waasmaier and Kirfel's f0 of atoms or, where sites
 * have a charge, of ions; Chantler's f' and f''; isotropic or anisotropic displacements; sites that share a position simply add. Friedel mates are averaged, since f'' parts
 * them in groups without inversion (by 11 % for Li15Si4 at Cu K-alpha).
 *
 * @param structure   The structure.
 * @param reflections Its reflections, as `reflections()` lists them.
 * @param options     Wavelength or energy.
 * @throws OperandoError `E_ARGUMENT` without wavelength or energy (unless `dispersion: false`), `E_RANGE` beyond the tables: s = 1/(2d) above 6 1/Å, energies below 10 eV.
 * @see International Tables for Crystallography C (2004), 6.1; Waasmaier & Kirfel, Acta Cryst. A 51 (1995) 416; Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71
 * @example
 * ```ts
 * import { createStructure, reflections } from 'operando'
 * import { createStructureFactors } from 'operando/scattering'
 * const nickel = createStructure({ cell: { a: 3.5238 }, spaceGroup: 'Fm-3m', sites: [{ element: 'Ni', position: [0, 0, 0], uIso: 0.0045 }] })
 * const lines = reflections(nickel.cell, nickel.spaceGroup, { dMin: 1 })
 * const factors = await createStructureFactors(nickel, lines, { wavelength: 1.5406 })
 * console.log(factors.squares()) // 111, 200, 220, 311, 222
 * ```
 */
export async function createStructureFactors(
  structure: Structure,
  reflections: ReflectionList,
  options: StructureFactorOptions,
): Promise<StructureFactors> {
  assertKnown(options, 'createStructureFactors options', OPTIONS)
  const energy = options.dispersion === false ? undefined : energyOf(options)
  const { kinds, kindOfSite, warnings } = await loadScatteringFactors(structure.sites, energy)
  const { cell, spaceGroup: group } = structure
  const { count } = reflections
  const turned = turnReflections(reflections, group)
  const s = turned.s2.map(Math.sqrt)
  const real = kinds.map(kind => kind.f0(s).map(f => f + kind.real))
  const cosine = new Float64Array(count)
  const sine = new Float64Array(count)
  // F(h) = (A - B') + i (B + A'), F(-h) = (A + B') - i (B - A') with A, B of f0 + f' and A', B' of f''
  const parts = {
    a: new Float64Array(count),
    b: new Float64Array(count),
    a2: new Float64Array(count),
    b2: new Float64Array(count),
  }

  const sum = (sites: readonly Site[]): void => {
    if (sites.length !== structure.sites.length)
      throw new OperandoError(
        'E_SHAPE',
        `sites: ${structure.sites.length} expected, as the structure has, ${sites.length} found.`,
      )
    const { a, b, a2, b2 } = parts
    for (const part of [a, b, a2, b2]) part.fill(0)
    sites.forEach((site, i) => {
      siteSums(turned, summedSite(site, cell, group, turned.turns), cosine, sine)
      const f = real[kindOfSite[i]!]!
      const f2 = kinds[kindOfSite[i]!]!.imaginary
      for (let n = 0; n < count; n++) {
        a[n]! += f[n]! * cosine[n]!
        b[n]! += f[n]! * sine[n]!
        a2[n]! += f2 * cosine[n]!
        b2[n]! += f2 * sine[n]!
      }
    })
  }

  return {
    reflections,
    ions: kinds.map(kind => kind.ion),
    warnings,
    squares(sites = structure.sites, out) {
      sum(sites)
      const { a, b, a2, b2 } = parts
      const result = outputOf(out, count)
      for (let n = 0; n < count; n++) result[n] = a[n]! ** 2 + b[n]! ** 2 + a2[n]! ** 2 + b2[n]! ** 2
      return result
    },
    values(sites = structure.sites) {
      sum(sites)
      const { a, b, a2, b2 } = parts
      const result = new Float64Array(2 * count)
      for (let n = 0; n < count; n++) {
        result[2 * n] = a[n]! - b2[n]!
        result[2 * n + 1] = b[n]! + a2[n]!
      }
      return result
    },
  }
}

/** The energy in eV that options name. */
function energyOf({ wavelength, energy }: StructureFactorOptions): number {
  if ((wavelength === undefined) === (energy === undefined))
    throw new OperandoError(
      'E_ARGUMENT',
      "createStructureFactors: wavelength (Å) or energy (eV), one of the two, expected: f' and f'' depend on it. Without them: { dispersion: false }.",
    )
  const value = energy === undefined ? HC_EV_ANGSTROM / toValue(wavelength!, 'Å', 'wavelength') : toValue(energy, 'eV', 'energy')
  if (value > 0 && Number.isFinite(value)) return value
  throw new OperandoError('E_RANGE', `createStructureFactors: an energy of ${value} eV; a positive one was expected.`)
}
