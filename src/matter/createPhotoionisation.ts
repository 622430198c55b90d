import { atomicNumber, OperandoError } from '../core/index.js'
import { createSpline } from '../numeric/index.js'
import { sumLogLog } from './logLog.js'
import { createMassAttenuation } from './massAttenuation.js'
import { createEnergyCurve, type EnergyCurve } from './tabulatedCurve.js'
import { unpackText } from './unpack.js'

/** Photoionisation cross section of a level of an element, cm²/g, over energy: made once by {@link createPhotoionisation}. */
export interface Photoionisation extends EnergyCurve {
  /** Symbol. */
  readonly element: string
  /** The level that is ionised. */
  readonly level: string
  /** Up to where the calculation of levels is used, eV: the end of `range` but for K levels of light elements. */
  readonly tabulatedTo: number
  /** Levels of the element that are tabulated: what may be asked for. */
  readonly levels: readonly string[]
}

const SOURCE = 'Kissel, Radiat. Phys. Chem. 59 (2000) 185, from xraylib 4.0.0'

/** Where the tables of levels end that do not end before, eV. */
const HIGHEST = 150e3

/**
 * Photoionisation cross section of all electrons of one level, H to Cf, as a plan: cm²/g of the element; times its atomic weight over N_A it is cm² an atom.
 *
 * xraylib's `CS_Photo_Partial` within 2e-3 (worst 6e-3; just above an edge more, where xraylib jumps), from the edge upwards. Its source fails at high energies, beyond some 30 times the binding
 * energy (Li K 1.7 keV, C K 8.7 keV, O K 16 keV). There the range of outer levels ends. K goes on to 150 keV as its share of all photoabsorption there, which changes by less than 1 % (that of s electrons of
 * one element does), times the photoabsorption of Elam's table; `source` says from where on.
 * @param element Symbol, `Fe`; the case matters.
 * @param level   `K`, `L3` ...
 * @throws OperandoError `E_MISSING` when there is no such element, or its level is not tabulated; the message lists those that are.
 * @see Kissel, Radiat. Phys. Chem. 59 (2000) 185
 * @example
 * ```ts
 * import { createPhotoionisation } from 'operando/matter'
 * const k = await createPhotoionisation('Ni', 'K')
 * k.at('10 keV') // 182 cm²/g
 * k.range
 * ```
 */
export async function createPhotoionisation(element: string, level: string): Promise<Photoionisation> {
  const number = atomicNumber(element)
  const { SUBSHELLS } = await import('./tables/subshells.generated.js')
  const all = unpackText(SUBSHELLS[number - 1]!)
    .split(';')
    .map(text => text.split(':'))
  const levels = all.map(([name]) => name!)
  const found = all.find(([name]) => name === level)
  if (found === undefined)
    throw new OperandoError('E_MISSING', `${element} has no cross section of "${level}": ${levels.join(', ')} expected.`, {
      details: { element, found: level, expected: levels },
    })
  const [x, y] = found.slice(1).map(text => text.split(',').map(Number))
  const spline = createSpline(x!, y!)
  const [low, end] = [Math.exp(x![0]!), Math.exp(x!.at(-1)!)]
  const goesOn = level === 'K' && end < 0.999 * HIGHEST
  const photo = goesOn ? await createMassAttenuation(element, { kind: 'photo' }) : undefined
  const share = photo ? Math.exp(y!.at(-1)!) / photo.at(end) : 0
  const curve = createEnergyCurve({
    what: `${element} ${level}, photoionisation`,
    range: [low, goesOn ? HIGHEST : end],
    source: goesOn
      ? `${SOURCE}; above ${Math.round(end)} eV, where that fails, its share there of the photoabsorption of Elam, Ravel & Sieber (2002), xraydb 4.4.7`
      : SOURCE,
    fill: (energies, out) => {
      if (!photo) return sumLogLog([spline], energies, out)
      const within = Float64Array.from(energies, energy => Math.min(energy, end))
      sumLogLog([spline], within, out)
      const beyond = photo.over(energies.map(energy => Math.max(energy, end)))
      for (let i = 0; i < energies.length; i++) if (energies[i]! > end) out[i] = share * beyond[i]!
    },
  })
  return { ...curve, element, level, tabulatedTo: end, levels }
}
