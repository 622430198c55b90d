import { atomicNumber } from '../core/index.js'
import { unpackLine } from './unpack.js'

/** An emission line of an element. */
export interface EmissionLine {
  /** Siegbahn's name in Latin letters: `Ka1`, `Kb1`, `La1`, `Lb2,15`. */
  readonly name: string
  /** Level that has the hole at first. */
  readonly initialLevel: string
  /** Level that has it afterwards; `M4,5` where two are not resolved. */
  readonly finalLevel: string
  /** Energy, eV. */
  readonly energy: number
  /** Part of the photons that fill a hole in `initialLevel`: those of one initial level sum to 1 (`M4` together with `M4,5`). */
  readonly intensity: number
}

/**
 * Characteristic emission lines of an element, Li to Cf; none for H and He.
 *
 * From Elam, Ravel and Sieber as xraydb 4.4.7 has them. The share of an absorption edge that leaves as a line is the yield of its level
 * ({@link edges}) times the intensity here.
 * @param element Symbol, `Fe`; the case matters.
 * @throws OperandoError `E_MISSING` when there is no such element.
 * @see Elam, Ravel & Sieber, Radiat. Phys. Chem. 63 (2002) 121
 * @example
 * ```ts
 * import { emissionLines } from 'operando/matter'
 * const lines = await emissionLines('Fe')
 * lines.find(line => line.name === 'Ka1')?.energy // 6405.2
 * ```
 */
export async function emissionLines(element: string): Promise<EmissionLine[]> {
  const number = atomicNumber(element)
  const { LINES } = await import('./tables/levels.generated.js')
  const line = unpackLine(LINES, number)
  return line === '' ? [] : line.split(';').map(readLine)
}

function readLine(text: string): EmissionLine {
  const [name, initialLevel, finalLevel, energy, intensity] = text.split(',').map(word => word.replace('/', ','))
  return {
    name: name!,
    initialLevel: initialLevel!,
    finalLevel: finalLevel!,
    energy: Number(energy),
    intensity: Number(intensity),
  }
}
