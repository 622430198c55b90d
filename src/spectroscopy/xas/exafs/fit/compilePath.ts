import { OperandoError } from '../../../../core/errors.js'
import { assertFields } from '../../../../core/fields.js'
import type { Issue } from '../../../../core/issue.js'
import { type Expression, type ExpressionFunction, parseExpression } from '../../../../numeric/leastSquares/expression.js'
import { functionExpression } from '../../../../numeric/leastSquares/ties.js'
import { translateOptions } from '../../../foreignNames.js'
import { assertPath } from '../assertPath.js'
import { createPathModel, type PathModel } from '../createPathModel.js'
import { createCorrelatedDebye, type DebyeModel } from '../disorder/correlatedDebyeSigma2.js'
import { einsteinSigma2 } from '../disorder/einsteinSigma2.js'
import { reducedMass } from '../disorder/reducedMass.js'
import { PATH_FIELDS } from '../ff2chi.js'
import { PATH_DEFAULTS, PATH_FOREIGN, PATH_PARAMETERS, type PathParameter } from '../pathParameters.js'
import type { FitPath, PathValue } from './fitTypes.js'

/** A parameter of a path that follows those of the fit. */
export interface PathTerm {
  /** Index among {@link PATH_PARAMETERS}. */
  readonly parameter: number
  /** How it follows: from all parameters of the fit, and reff as the last. */
  readonly expression: Expression
}

/** A path of a fit, ready to be computed. */
export interface CompiledPath {
  /** Its label. */
  readonly label: string
  /** Half the length of the way, Å. */
  readonly reff: number
  /** Where its tables end, 1/Å. */
  readonly end: number
  /** The EXAFS equation. */
  readonly model: PathModel
  /** Values of {@link PATH_PARAMETERS}; those that follow are filled at each evaluation. */
  readonly values: Float64Array
  /** Those that follow. */
  readonly terms: readonly PathTerm[]
  /** 1 for those that follow. */
  readonly want: Uint8Array
  /** Names that were translated. */
  readonly hints: readonly Issue[]
}

/**
 * Prepares a path of a fit.
 * @param given The path with what sets its parameters.
 * @param what  What it is, for messages.
 * @param names What it may read, one name a parameter of the fit.
 * @param start Values of these at the start.
 * @param k     The even grid.
 * @throws OperandoError `E_MISSING` for a path without scattering data, or an expression that reads what there is not; `E_ARGUMENT` for unknown names and bad expressions.
 */
export function compilePath(
  given: FitPath,
  what: string,
  names: readonly string[],
  start: Float64Array,
  k: Float64Array,
): CompiledPath {
  assertFields(given, what, ['path'])
  const { options: own, hints } = translateOptions(given, what, PATH_FIELDS, PATH_FOREIGN)
  const { path } = own
  const label = own.label ?? path.name?.replace(/\.[^.]*$/, '') ?? what
  assertPath(path, `${what} (${label})`)
  const functions = pathFunctions(own)
  const readable = [...names, 'reff']
  const known = Float64Array.of(...start, path.reff)
  const values = new Float64Array(PATH_PARAMETERS.length)
  const terms: PathTerm[] = []
  PATH_PARAMETERS.forEach((name, parameter) => {
    const value = own[name] ?? (name === 'degen' ? path.degeneracy : PATH_DEFAULTS[name])
    if (typeof value === 'number' && Number.isFinite(value)) values[parameter] = value
    else terms.push({ parameter, expression: expressionOf(value, `${name} of ${label}`, readable, known, functions) })
  })
  const want = new Uint8Array(values.length)
  for (const { parameter } of terms) want[parameter] = 1
  return { label, reff: path.reff, end: path.k[path.k.length - 1]!, model: createPathModel(path, k), values, terms, want, hints }
}

function expressionOf(
  value: PathValue,
  what: string,
  names: readonly string[],
  start: Float64Array,
  functions: Readonly<Record<string, ExpressionFunction>>,
): Expression {
  if (typeof value === 'string') return parseExpression(value, names, functions)
  if (typeof value === 'function') return functionExpression(value, what, names, start)
  throw new OperandoError(
    'E_ARGUMENT',
    `${what} is ${String(value)}: a number, an expression such as 'alpha * reff' or a function of the parameters expected.`,
  )
}

/** Thermal models of a path, made when an expression first calls them; temperatures that a search strays to are kept above 0. */
function pathFunctions({ path }: FitPath): Readonly<Record<string, ExpressionFunction>> {
  let debye: DebyeModel | undefined
  let mass: number | undefined
  const positive = (x: number): number => Math.max(x, 1e-5)
  const sigma2Debye = (temperature: number, theta: number): number => {
    debye ??= createCorrelatedDebye(path)
    return debye(positive(temperature), positive(theta))
  }
  const sigma2Einstein = (temperature: number, theta: number): number => {
    mass ??= reducedMass(path)
    return einsteinSigma2(positive(temperature), positive(theta), mass)
  }
  return { sigma2_debye: sigma2Debye, debye: sigma2Debye, sigma2_eins: sigma2Einstein, eins: sigma2Einstein }
}

/** Fills the values of a path that follow. `all` ends with reff. */
export function updatePath({ values, terms }: CompiledPath, all: Float64Array): void {
  for (const { parameter, expression } of terms) values[parameter] = expression.value(all)
}

/** Index of a path parameter. */
export const indexOfParameter = (name: PathParameter): number => PATH_PARAMETERS.indexOf(name)
