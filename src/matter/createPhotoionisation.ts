import { atomicNumber, OperandoError } from '../core/index.js'
import { createSpline } from '../numeric/index.js'
import { sumLogLog } from './logLog.js'
import { createEnergyCurve, type EnergyCurve } from './tabulatedCurve.js'
import { unpackText } from './unpack.js'

/** Photoionisation cross section of a level of an element, cm²/g, over energy: made once by {@link createPhotoionisation}. */
export interface Photoionisation extends EnergyCurve {
  /** Symbol. */
  readonly element: string
  /** The level that is ionised. */
  readonly level: string
  /** Levels of the element that are tabulated: what may be asked for. */
  readonly levels: readonly string[]
}

const SOURCE = 'Kissel, Radiat. Phys. Chem. 59 (2000) 185, from xraylib 4.0.0'

/**
 * Photoionisation cross section of all electrons of one level, H to Cf, as a plan: cm²/g of the element; times its atomic weight over N_A it is cm² an atom.
 *
 * xraylib's `CS_Photo_Partial` within 2e-3 (worst 6e-3; just above an edge more, where xraylib jumps), from the edge upwards. Its source fails at high energies, for K beyond some 30 times the binding energy (Li 1.7 keV, C
 * 8.5 keV, O 15 keV); there the range ends, at 150 keV at most.
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
  const curve = createEnergyCurve({
    what: `${element} ${level}, photoionisation`,
    range: [Math.exp(x![0]!), Math.exp(x!.at(-1)!)],
    source: SOURCE,
    fill: (energies, out) => sumLogLog([spline], energies, out),
  })
  return { ...curve, element, level, levels }
}
