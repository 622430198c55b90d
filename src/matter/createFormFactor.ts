import { atomicNumber, elementSymbol, isElement, OperandoError } from '../core/index.js'
import { createTabulatedCurve, type TabulatedCurve } from './tabulatedCurve.js'
import { unpackText } from './unpack.js'

/** Elastic scattering factor f0 of an atom or ion, electrons, over s = sin(theta)/lambda = Q / (4 pi) in 1/Å: made once by {@link createFormFactor}. */
export interface FormFactor extends TabulatedCurve {
  /** As the table names it: `Fe3+`. */
  readonly ion: string
  /** Symbol of the element. */
  readonly element: string
  /** Charge, elementary charges. */
  readonly charge: number
}

/** Beyond, the five Gaussians were not fitted. */
const HIGHEST_S = 6
const SOURCE = 'Waasmaier & Kirfel, Acta Cryst. A 51 (1995) 416, from xraydb 4.4.7'

/**
 * Elastic scattering factor f0 of an atom or ion, H to Cf, to s = 6 1/Å (Q = 75 1/Å): the sum of five Gaussians and a constant of Waasmaier and Kirfel.
 *
 * Outside 0 to 6 1/Å a plan refuses (`E_RANGE`). `D` and `T` are hydrogen. `Cval` and `Siva` are the bonded atoms in diamond and silicon.
 * @param ion Symbol with charge: `Fe`, `Fe3+`, `Fe+3`, `O2-`, `Li+`.
 * @throws OperandoError `E_MISSING` for an unknown element, or an ion that was not tabulated; the message lists those of the element that were.
 * @see Waasmaier & Kirfel, Acta Cryst. A 51 (1995) 416
 * @example
 * ```ts
 * import { createFormFactor } from 'operando/matter'
 * const iron = await createFormFactor('Fe3+')
 * iron.at(0) // 23, the electrons
 * iron.over([0.1, 0.5, 1])
 * ```
 */
export async function createFormFactor(ion: string): Promise<FormFactor> {
  const { FORM_FACTORS } = await import('./tables/formFactors.generated.js')
  const lines = unpackText(FORM_FACTORS).split('\n')
  const name = nameOf(ion)
  const line = lines.find(candidate => candidate.startsWith(`${name};`))
  if (line === undefined) throw unknownIon(ion, lines)
  const [offset, ...terms] = line
    .slice(name.length + 1)
    .split(',')
    .map(Number)
  const scales = Float64Array.from(terms.slice(0, 5))
  const exponents = Float64Array.from(terms.slice(5))
  const fill = (s: Float64Array, out: Float64Array): void => {
    for (let k = 0; k < s.length; k++) {
      const v = s[k]!
      let sum = offset!
      for (let j = 0; j < 5; j++) sum += scales[j]! * Math.exp(-exponents[j]! * v * v)
      out[k] = sum
    }
  }
  const curve = createTabulatedCurve(
    { what: `f0 of ${name}`, range: [0, HIGHEST_S], source: SOURCE, wayOut: 's is Q / 4π.', fill },
    { one: 's', many: 's', unit: '1/Å' },
  )
  return { ion: name, ...partsOf(name), ...curve }
}

/**
 * Names of all atoms and ions that {@link createFormFactor} knows.
 * @param element Only those of this element.
 * @throws OperandoError `E_MISSING` when there is no such element.
 * @example
 * ```ts
 * import { formFactorIons } from 'operando/matter'
 * await formFactorIons('Mn') // ['Mn', 'Mn2+', 'Mn3+', 'Mn4+']
 * ```
 */
export async function formFactorIons(element?: string | undefined): Promise<string[]> {
  const { FORM_FACTORS } = await import('./tables/formFactors.generated.js')
  return ionsOf(unpackText(FORM_FACTORS).split('\n'), element)
}

/** `Fe+3`, `Fe3+` and `Li+` as the table writes them: `Fe3+`, `Li1+`. */
function nameOf(ion: string): string {
  const match = /^([A-Z][a-z]?)(?:(\d?)([+-])|([+-])(\d))?$/.exec(ion.trim())
  if (!match) return ion
  const [, symbol, before, signAfter, signBefore, after] = match
  const element = symbol === 'D' || symbol === 'T' ? 'H' : symbol!
  const sign = signAfter ?? signBefore
  const size = before || after || '1'
  return sign === undefined || size === '0' ? element : `${element}${size}${sign}`
}

function partsOf(name: string): {
  element: string
  charge: number
} {
  const match = /^([A-Z][a-z]?)(\d)([+-])$/.exec(name)
  if (match) return { element: match[1]!, charge: Number(`${match[3]}${match[2]}`) }
  return { element: name === 'Cval' ? 'C' : name === 'Siva' ? 'Si' : name, charge: 0 }
}

function ionsOf(lines: readonly string[], element: string | undefined): string[] {
  const names = lines.map(line => line.slice(0, line.indexOf(';')))
  if (element === undefined) return names
  const symbol = elementSymbol(atomicNumber(element))
  return names.filter(name => partsOf(name).element === symbol)
}

function unknownIon(ion: string, lines: readonly string[]): OperandoError {
  const symbol = [ion.slice(0, 2), ion.slice(0, 1)].find(isElement)
  const known = ionsOf(lines, symbol)
  return new OperandoError(
    'E_MISSING',
    symbol === undefined
      ? `"${ion}" begins with no element: an atom or ion expected, as "Fe" or "Fe3+".`
      : `No f0 of "${ion}": ${known.join(', ')} expected. Away from small angles the atom ("${known[0]}") differs little from its ions.`,
    { details: { found: ion, expected: symbol === undefined ? [] : known } },
  )
}
