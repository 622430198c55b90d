import { OperandoError } from '../../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../../core/fields.js'
import type { TieFunction } from '../../../../numeric/leastSquares/ties.js'
import type { ParameterInput } from '../../../../numeric/leastSquares/types.js'
import type { ExafsParameter, ExafsParameters } from './fitTypes.js'

/** The parameters of a fit, those that each spectrum has of its own written out. */
export interface FitParameterList {
  /** For the least squares, in order. */
  readonly inputs: readonly ParameterInput[]
  /**
   * What the paths of a spectrum call each of them; `''` for those of other spectra.
   * @param set Name of the spectrum.
   */
  namesIn(set: string): readonly string[]
}

const FIELDS: FieldsOf<ExafsParameter> = { value: true, vary: true, min: true, max: true, tie: true, scale: true, each: true }
const NAME = /^[A-Za-z_]\w*$/

/** What expressions of paths know besides parameters. */
const TAKEN = ['reff', 'pi']

/**
 * Writes out the parameters of a fit.
 * @param parameters As the caller gives them.
 * @param sets       Names of the spectra.
 * @throws OperandoError `E_ARGUMENT` for names that cannot stand in an expression, unknown fields, starts that are no numbers.
 */
export function fitParameterList(parameters: ExafsParameters, sets: readonly string[]): FitParameterList {
  assertFields(parameters, 'parameters of the fit', [])
  const own = new Set<string>()
  const rows: { input: ParameterInput; base: string; set: string | undefined }[] = []
  for (const [name, given] of Object.entries(parameters)) {
    if (!NAME.test(name) || TAKEN.includes(name)) {
      throw new OperandoError(
        'E_ARGUMENT',
        `Parameter "${name}": a name of letters, digits and _ expected, and not ${TAKEN.join(' or ')}, which mean something already.`,
      )
    }
    if (typeof given !== 'number') assertKnown(given, `parameter ${name}`, FIELDS)
    if (typeof given !== 'number' && given.each) own.add(name)
  }
  for (const [name, given] of Object.entries(parameters)) {
    const { each = false, tie, ...rest }: ExafsParameter = typeof given === 'number' ? { value: given } : given
    if (!each) rows.push({ input: { name, ...rest, ...(tie === undefined ? {} : { tie }) }, base: name, set: undefined })
    else
      for (const set of sets) {
        const local = tie === undefined ? {} : { tie: tieWithin(set, tie, own) }
        rows.push({ input: { name: `${name}.${set}`, ...rest, ...local }, base: name, set })
      }
  }
  return {
    inputs: rows.map(({ input }) => input),
    namesIn: set => rows.map(row => (row.set === undefined || row.set === set ? row.base : '')),
  }
}

/** A tie of a parameter that each spectrum has, as it reads in one of them. */
function tieWithin(set: string, tie: string | TieFunction, own: ReadonlySet<string>): string | TieFunction {
  const nameIn = (name: string): string => (own.has(name) ? `${name}.${set}` : name)
  if (typeof tie === 'string') return tie.replaceAll(/[A-Za-z_]\w*/g, nameIn)
  return values => tie(new Proxy(values, { get: (target, key) => target[nameIn(String(key))] }))
}
