import { AVOGADRO, ELECTRON_RADIUS, HC_EV_ANGSTROM } from '../../core/constants.js'
import { atomicNumber, atomicWeight } from '../../core/elements.js'
import { type Composition, composition } from '../composition.js'
import { createAnomalous } from '../createAnomalous.js'
import type { MaterialInput } from '../material.js'
import { createEnergyCurve, type EnergyCurve } from '../tabulatedCurve.js'

/** Refractive index n = 1 - δ + iβ of a material over photon energy: made once by {@link createRefraction}. */
export interface Refraction {
  /** The material: name, mean density, elements. */
  readonly composition: Composition
  /** δ; above 0 but near strong edges at low energy. */
  readonly delta: EnergyCurve
  /** β, of photoabsorption; the linear attenuation coefficient of it is 4πβ/λ. */
  readonly beta: EnergyCurve
}

/**
 * Refractive index of a material as a plan, n = 1 - δ + iβ, from the forward scattering factors Z + f' + if'' of its atoms (Chantler): δ = r_e λ²/2π Σ N (Z + f'), β
 * the same with f''. Bonds are
 * left out: within some 50 eV of an edge, and below some 100 eV, numbers are rough. Pores make a mean index, which is right for refraction if they are
 * smaller than the coherence of the beam.
 * @param material Name, substance or mixture.
 * @throws OperandoError as `resolveMaterial`; `E_MISSING` for an element beyond uranium. The curves throw `E_RANGE` for an energy outside the table.
 * @see B. L. Henke et al., At. Data Nucl. Data Tables 54 (1993) 181, equation 1; numbers: C. T. Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71; 29 (2000) 597
 * @example
 * ```ts
 * import { createRefraction } from 'operando/matter'
 * const { delta, beta } = await createRefraction('Si')
 * delta.at('8 keV') // 7.67e-6
 * beta.over([8000, 10000])
 * ```
 */
export async function createRefraction(material: MaterialInput): Promise<Refraction> {
  const mixed = await composition(material)
  const atoms = await Promise.all(
    Object.entries(mixed.massFractions).map(async ([element, w]) => ({
      // r_e N / 2π in 1/Å², atoms per Å³
      weight: (ELECTRON_RADIUS * 1e10 * ((mixed.density * w * AVOGADRO) / atomicWeight(element)) * 1e-24) / (2 * Math.PI),
      electrons: atomicNumber(element),
      factors: await createAnomalous(element),
    })),
  )
  const curveOf = (name: string, part: 'f1' | 'f2'): EnergyCurve => {
    let scratch = new Float64Array(1)
    return createEnergyCurve({
      what: `${mixed.name}, ${name} of the refractive index, table of Chantler`,
      range: [
        Math.max(...atoms.map(({ factors }) => factors[part].range[0])),
        Math.min(...atoms.map(({ factors }) => factors[part].range[1])),
      ],
      source: atoms[0]!.factors[part].source,
      fill: (energies, out) => {
        if (scratch.length !== energies.length) scratch = new Float64Array(energies.length)
        out.fill(0)
        for (const { weight, electrons, factors } of atoms) {
          const added = part === 'f1' ? electrons : 0
          factors[part].over(energies, scratch)
          for (let k = 0; k < out.length; k++) out[k] = out[k]! + weight * (added + scratch[k]!)
        }
        for (let k = 0; k < out.length; k++) out[k] = out[k]! * (HC_EV_ANGSTROM / energies[k]!) ** 2
      },
    })
  }
  return { composition: mixed, delta: curveOf('delta', 'f1'), beta: curveOf('beta', 'f2') }
}
